// As much of the editor's API as vscode-languageclient uses, so that the packaged extension runs without the editor:
// documents, providers that register, diagnostics that arrive.
"use strict";

const { pathToFileURL, fileURLToPath } = require("node:url");

class Disposable {
  constructor(dispose) { this.run = dispose; }
  dispose() { if (this.run) this.run(); }
  static from(...all) { return new Disposable(() => all.forEach((one) => one.dispose())); }
}

class EventEmitter {
  constructor() {
    this.listeners = new Set();
    this.event = (listener, self) => {
      const bound = self ? listener.bind(self) : listener;
      this.listeners.add(bound);
      return new Disposable(() => this.listeners.delete(bound));
    };
  }
  fire(value) { for (const listener of [...this.listeners]) listener(value); }
  dispose() { this.listeners.clear(); }
}

class CancellationTokenSource {
  constructor() {
    const emitter = new EventEmitter();
    this.token = { isCancellationRequested: false, onCancellationRequested: emitter.event };
    this.cancel = () => { this.token.isCancellationRequested = true; emitter.fire(); };
  }
  dispose() {}
}

class Uri {
  constructor(text) {
    this.text = text;
    this.scheme = text.split(":")[0];
    this.fsPath = this.scheme === "file" ? fileURLToPath(text) : text;
    this.path = this.fsPath;
  }
  toString() { return this.text; }
  with() { return this; }
  static parse(text) { return new Uri(text); }
  static file(path) { return new Uri(pathToFileURL(path).href); }
}

class Position {
  constructor(line, character) { this.line = line; this.character = character; }
}

class Range {
  constructor(a, b, c, d) {
    const numbers = typeof a === "number";
    this.start = numbers ? new Position(a, b) : a;
    this.end = numbers ? new Position(c, d) : b;
  }
}

// Classes that only hold what they are given, in the order in which the client gives it.
const holder = (...names) => class {
  constructor(...values) { names.forEach((name, at) => { if (values[at] !== undefined) this[name] = values[at]; }); }
};

class CodeActionKind {
  constructor(value) { this.value = value; }
  append(part) { return new CodeActionKind(this.value ? `${this.value}.${part}` : part); }
  contains(other) { return `${other.value}.`.startsWith(`${this.value}.`); }
}
CodeActionKind.Empty = new CodeActionKind("");
CodeActionKind.QuickFix = new CodeActionKind("quickfix");
CodeActionKind.Source = new CodeActionKind("source");
for (const name of ["Refactor", "RefactorExtract", "RefactorInline", "RefactorRewrite", "SourceOrganizeImports", "SourceFixAll"]) {
  CodeActionKind[name] = new CodeActionKind(name);
}

class MarkdownString {
  constructor(value = "") { this.value = value; }
  appendMarkdown(text) { this.value += text; return this; }
  appendCodeblock(text) { this.value += text; return this; }
}

class WorkspaceEdit {
  constructor() { this.files = new Map(); }
  set(uri, edits) { this.files.set(uri.toString(), edits); }
  replace(uri, range, newText) { this.files.set(uri.toString(), [...(this.files.get(uri.toString()) ?? []), { range, newText }]); }
  insert(uri, position, newText) { this.replace(uri, new Range(position, position), newText); }
  delete(uri, range) { this.replace(uri, range, ""); }
}

/** A document with one version. */
class Document {
  constructor(uri, languageId, text) { Object.assign(this, { uri, languageId, text, version: 1, isClosed: false, isUntitled: false }); }
  getText() { return this.text; }
  get fileName() { return this.uri.fsPath; }
}

/** An editor with nothing open; `settings` are the user's. */
function editor(settings, folder) {
  const providers = {};
  const diagnostics = new Map();
  const errors = [];
  const documents = [];
  const events = {};
  const on = (name) => { events[name] ??= new EventEmitter(); return events[name].event; };
  const register = (kind) => (selector, provider) => {
    providers[kind] = provider;
    return new Disposable(() => delete providers[kind]);
  };
  const languages = new Proxy({
    match: (selector, document) => [].concat(selector).some((filter) => {
      const name = document.fileName.split("/").pop();
      return filter.pattern ? filter.pattern.endsWith(name) : filter.language === document.languageId;
    }) ? 10 : 0,
    createDiagnosticCollection: () => ({
      set: (uri, items) => { diagnostics.set(uri.toString(), items); (events.diagnostics ??= new EventEmitter()).fire(); },
      delete: (uri) => diagnostics.delete(uri.toString()),
      has: (uri) => diagnostics.has(uri.toString()),
      get: (uri) => diagnostics.get(uri.toString()),
      clear: () => diagnostics.clear(),
      dispose: () => {},
    }),
  }, { get: (own, name) => own[name] ?? (String(name).startsWith("register") ? register(String(name)) : undefined) });
  const channel = new Proxy({}, { get: () => () => {} });
  const nothing = new Proxy({}, { get: (_, name) => (String(name).startsWith("on") ? on(String(name)) : undefined) });
  const configuration = {
    get: (name, otherwise) => settings[name] ?? otherwise,
    inspect: (name) => ({ globalValue: settings[name], workspaceValue: "./a-workspace-must-not-say-this" }),
    toJSON: () => settings,
    ...settings,
  };
  const workspace = {
    textDocuments: documents,
    notebookDocuments: [],
    workspaceFolders: [{ uri: Uri.file(folder), name: "x", index: 0 }],
    getConfiguration: () => configuration,
    getWorkspaceFolder: () => workspace.workspaceFolders[0],
    createFileSystemWatcher: () => ({ onDidCreate: on("created"), onDidChange: on("changed"), onDidDelete: on("deleted"), dispose: () => {} }),
    applyEdit: async () => true,
    asRelativePath: (uri) => String(uri),
  };
  const withEvents = (own) => new Proxy(own, {
    get: (target, name) => (name in target ? target[name] : String(name).startsWith("on") ? on(String(name)) : undefined),
  });
  const api = {
    version: "1.82.0",
    Disposable, EventEmitter, CancellationTokenSource, Uri, Position, Range, CodeActionKind, MarkdownString, WorkspaceEdit,
    CancellationError: class extends Error {},
    Selection: Range,
    Location: holder("uri", "range"),
    Hover: holder("contents", "range"),
    TextEdit: class extends holder("range", "newText") {},
    SnippetTextEdit: holder("range", "snippet"),
    Diagnostic: holder("range", "message", "severity"),
    DiagnosticRelatedInformation: holder("location", "message"),
    CodeAction: holder("title", "kind"),
    CodeLens: holder("range", "command"),
    CompletionItem: holder("label", "kind"),
    CompletionList: holder("items", "isIncomplete"),
    DocumentLink: holder("range", "target"),
    DocumentSymbol: holder("name", "detail", "kind", "range", "selectionRange"),
    FoldingRange: holder("start", "end", "kind"),
    InlayHint: holder("position", "label", "kind"),
    InlayHintLabelPart: holder("value"),
    SymbolInformation: holder("name", "kind"),
    SemanticTokens: holder("data"),
    SnippetString: holder("value"),
    TypeHierarchyItem: holder("kind"),
    CallHierarchyItem: holder("kind"),
    RelativePattern: holder("base", "pattern"),
    TabInputText: holder("uri"),
    TabInputTextDiff: holder("original"),
    TabInputCustom: holder("uri"),
    TabInputNotebook: holder("uri"),
    ProgressLocation: { Window: 10, Notification: 15 },
    NotebookCellKind: { Markup: 1, Code: 2 },
    DiagnosticSeverity: { Error: 0, Warning: 1, Information: 2, Hint: 3 },
    DiagnosticTag: { Unnecessary: 1, Deprecated: 2 },
    CompletionItemKind: { Text: 0 },
    CompletionItemTag: { Deprecated: 1 },
    CompletionTriggerKind: { Invoke: 0, TriggerCharacter: 1, TriggerForIncompleteCompletions: 2 },
    CodeActionTriggerKind: { Invoke: 1, Automatic: 2 },
    FoldingRangeKind: { Comment: 1, Imports: 2, Region: 3 },
    InlayHintKind: { Type: 1, Parameter: 2 },
    SymbolKind: { File: 0 },
    SymbolTag: { Deprecated: 1 },
    SignatureHelpTriggerKind: { Invoke: 1 },
    TextDocumentSaveReason: { Manual: 1 },
    EndOfLine: { LF: 1, CRLF: 2 },
    StatusBarAlignment: { Left: 1 },
    ConfigurationTarget: { Global: 1 },
    languages,
    workspace: withEvents(workspace),
    window: withEvents({
      tabGroups: withEvents({ all: [] }),
      createOutputChannel: () => channel,
      showErrorMessage: async (message) => { errors.push(message); },
      showWarningMessage: async () => undefined,
      showInformationMessage: async () => undefined,
      withProgress: async (_, work) => work({ report: () => {} }, new CancellationTokenSource().token),
      visibleTextEditors: [],
    }),
    commands: { registerCommand: () => new Disposable(), executeCommand: async () => undefined },
    env: { appName: "test", language: "en", openExternal: async () => true },
    extensions: nothing,
  };
  const open = (path, languageId, text) => {
    const document = new Document(Uri.file(path), languageId, text);
    documents.push(document);
    events.onDidOpenTextDocument?.fire(document);
    return document;
  };
  const change = (document, text) => {
    const lines = document.text.split("\n");
    const all = new Range(0, 0, lines.length - 1, lines.at(-1).length);
    document.text = text;
    document.version += 1;
    events.onDidChangeTextDocument?.fire({ document, reason: undefined, contentChanges: [{ range: all, rangeOffset: 0, rangeLength: 0, text }] });
  };
  return { api, providers, diagnostics, errors, open, change };
}

module.exports = { editor };
