// Starts `spx lsp` and connects it to the editor. Everything else is the server's.

import { commands, ExtensionContext, window, workspace } from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** The program, from the settings of this machine alone: a workspace must not say what is run. */
export function program(): string {
  const setting = workspace.getConfiguration("spx").inspect<string>("path");
  return setting?.globalValue || setting?.defaultValue || "spx";
}

/** Which documents the server is asked about. Python files are sent, because setup.py may read them while they are edited. */
export function options(): LanguageClientOptions {
  const file = (pattern: string) => ({ scheme: "file", pattern });
  return {
    documentSelector: [
      file("**/setup.py"),
      file("**/setup.cfg"),
      file("**/pyproject.toml"),
      file("**/MANIFEST.in"),
      file("**/*requirements*.txt"),
      file("**/*constraints*.txt"),
      file("**/requirements/*.txt"),
      file("**/VERSION*"),
      file("**/README*"),
      { scheme: "file", language: "python" },
      { scheme: "file", language: "pip-requirements" },
    ],
    synchronize: { configurationSection: "spx" },
    initializationOptions: workspace.getConfiguration("spx"),
    diagnosticCollectionName: "spx",
  };
}

async function start(): Promise<void> {
  const server: ServerOptions = { command: program(), args: ["lsp"] };
  client = new LanguageClient("spx", "spx", server, options());
  try {
    await client.start();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void window.showErrorMessage(`spx could not be started (${why}). Install it, or set "spx.path" to where it is.`);
  }
}

export async function activate(context: ExtensionContext): Promise<void> {
  context.subscriptions.push(
    commands.registerCommand("spx.restart", async () => {
      await deactivate();
      await start();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  const running = client;
  client = undefined;
  if (running && running.state === State.Running) {
    await running.stop();
  }
}
