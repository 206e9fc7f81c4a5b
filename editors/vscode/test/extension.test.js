// The packaged extension, loaded out of the .vsix, against the built server: SPX, or ../../target/debug/spx.
"use strict";

const assert = require("node:assert");
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");
const { test } = require("node:test");
const { editor } = require("./editor.js");

const root = path.join(__dirname, "..");
const spx = process.env.SPX ?? path.join(root, "../../target/debug/spx");

/** The extension as users get it: unpacked from the archive, with its own modules only. */
function unpacked() {
  const directory = fs.mkdtempSync(path.join(os.tmpdir(), "spx-vsix-"));
  execFileSync("python3", ["-m", "zipfile", "-e", path.join(root, "spx.vsix"), directory]);
  return path.join(directory, "extension");
}

async function until(what, holds) {
  for (let tries = 0; tries < 600; tries += 1) {
    const value = await holds();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited for ${what} in vain`);
}

test("the manifest trusts no workspace with a program", () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const settings = manifest.contributes.configuration.properties;
  assert.equal(settings["spx.path"].scope, "machine");
  assert.ok(!Object.keys(settings).some((name) => /index|url|command|argument/i.test(name)));
  const lock = fs.readFileSync(path.join(root, "package-lock.json"), "utf8");
  assert.ok(!lock.includes('"resolved"'), "the lock file names no registry");
});

test("diagnostics, hover, hints, actions and formatting come through the client", async () => {
  const project = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "spx-project-")));
  const setup = "from setuptools import setup\nfrom demo import __version__\nsetup(author='é🎉', version=__version__, url='https://x.example')\n";
  fs.mkdirSync(path.join(project, "demo"));
  fs.writeFileSync(path.join(project, "demo/__init__.py"), "__version__ = '1.4'\n");
  fs.writeFileSync(path.join(project, "setup.py"), setup);
  const config = "[metadata]\nauthor-email=a@x.example\n";
  fs.writeFileSync(path.join(project, "setup.cfg"), config);

  const { api, providers, diagnostics, errors, open, change } = editor({ path: spx }, project);
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? api : load(name, ...rest));
  const extension = require(path.join(unpacked(), "out/extension.js"));
  assert.equal(extension.program(), spx, "the machine's setting, whatever a workspace says");
  await extension.activate({ subscriptions: [], extensionPath: root });
  assert.deepEqual(errors, []);

  const token = new api.CancellationTokenSource().token;
  const document = open(path.join(project, "setup.py"), "python", setup);
  const said = await until("a hover", async () => {
    const hover = await providers.registerHoverProvider?.provideHover(document, new api.Position(2, 24), token);
    const text = JSON.stringify(hover?.contents ?? "");
    return text.includes("1.4") && text;
  });
  assert.match(said, /demo\/__init__\.py:1/);
  const everything = new api.Range(0, 0, 9, 0);
  const hints = await until("a hint", async () => {
    const found = await providers.registerInlayHintsProvider.provideInlayHints(document, everything, token);
    return found?.length && found;
  });
  assert.equal(hints[0].label, "→ '1.4'");

  change(document, setup.replace("version=__version__", "version='no 🎉'"));
  const all = () => [...diagnostics.entries()].filter(([uri]) => uri.endsWith("setup.py")).flatMap(([, items]) => items);
  const items = await until("a diagnostic", async () => all().some((item) => /no 🎉/.test(item.message)) && all());
  const item = items.find((one) => /no 🎉/.test(one.message));
  assert.equal(item.source, "spx");
  assert.deepEqual({ ...item.range.start }, { line: 2, character: setup.split("\n")[2].indexOf("version=") });

  const second = open(path.join(project, "setup.cfg"), "setup-cfg", config);
  const edits = await until("formatting", async () =>
    providers.registerDocumentFormattingEditProvider.provideDocumentFormattingEdits(second, { tabSize: 4, insertSpaces: true }, token));
  assert.equal(edits[0].newText, "author-email = a@x.example\n");
  const actions = await until("an action", async () => {
    const context = { diagnostics: [], triggerKind: 1, only: undefined };
    const found = await providers.registerCodeActionsProvider.provideCodeActions(second, everything, context, token);
    return found?.some((action) => action.edit) && found;
  });
  assert.ok(actions.some((action) => /author_email/.test(JSON.stringify([...(action.edit?.files ?? [])]))));
  await extension.deactivate();
  Module._load = load;
});

test("a program that is not there is said, and nothing breaks", async () => {
  const { api, errors } = editor({ path: "/no/such/spx" }, os.tmpdir());
  const load = Module._load;
  Module._load = (name, ...rest) => (name === "vscode" ? api : load(name, ...rest));
  const extension = require(path.join(unpacked(), "out/extension.js"));
  await extension.activate({ subscriptions: [] });
  await extension.deactivate();
  Module._load = load;
  assert.match(errors.join("\n"), /spx could not be started/);
});
