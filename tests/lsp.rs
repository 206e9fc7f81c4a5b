//! The language server, driven through stdio as an editor does.

use client::{Client, applied, pulling, pushing, uri};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

mod client;
mod editors;
mod edits;

/// A directory with some files.
fn tree(files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().canonicalize().unwrap();
    for (path, text) in files {
        let path = root.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    (directory, root)
}

fn range(start: (u32, u32), end: (u32, u32)) -> Value {
    let place = |(line, character): (u32, u32)| json!({ "line": line, "character": character });
    json!({ "start": place(start), "end": place(end) })
}

#[test]
fn a_session_ends_as_the_protocol_says() {
    assert_eq!(Client::start(pushing(), &[]).stop(), Some(0));
    assert_eq!(Client::start(pushing(), &[]).vanish(), Some(1));
    let mut client = Client::bare();
    let id = client.ask("textDocument/hover", json!({}));
    assert_eq!(client.answer(&json!(id))["error"]["code"], -32002);
    client.notify("exit", Value::Null);
    assert_eq!(client.vanish(), Some(1));
}

#[test]
fn what_is_no_message_is_refused_and_the_session_goes_on() {
    let (_keep, root) = tree(&[("setup.py", "from setuptools import setup\nsetup(name='a', version='1')\n")]);
    let mut client = Client::start(pushing(), &[&root]);
    client.raw(b"Content-Length: 4\r\n\r\n{]!}");
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32700);
    client.raw(b"Content-Length: 2\r\n\r\n{}");
    assert_eq!(client.answer(&Value::Null)["error"]["code"], -32600);
    for (method, params, code) in [
        ("textDocument/nothing", json!({}), -32601),
        ("textDocument/hover", json!({ "textDocument": 3 }), -32602),
        ("textDocument/hover", json!([]), -32602),
        ("workspace/executeCommand", json!({ "command": "rm" }), -32602),
        ("workspace/executeCommand", json!({ "command": "spx.build", "arguments": ["file:///"] }), -32602),
        ("initialize", json!({}), -32600),
    ] {
        let id = client.ask(method, params);
        assert_eq!(client.answer(&json!(id))["error"]["code"], code, "{method}");
    }
    for (method, params) in [
        ("textDocument/didChange", json!({ "textDocument": { "uri": "file:///x" }, "contentChanges": "x" })),
        ("textDocument/didChange", json!({ "textDocument": { "uri": "file:///x" }, "contentChanges": [] })),
        ("textDocument/didOpen", json!(null)),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "\u{0}" } })),
        ("$/cancelRequest", json!({ "id": {} })),
        ("$/nothing", json!(1)),
        ("workspace/didChangeWatchedFiles", json!({ "changes": [{ "uri": 3 }] })),
    ] {
        client.notify(method, params);
    }
    let path = root.join("setup.py");
    client.open(&path);
    assert!(client.of("textDocument/documentSymbol", &path)[0]["name"] == "setup");
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn a_cancelled_request_is_answered_as_such() {
    let endless = "from setuptools import setup\nn = 0\nwhile n < 10 ** 9:\n    n += 1\nsetup(name='a')\n";
    let (_keep, root) = tree(&[("setup.py", endless)]);
    let mut client = Client::start(pulling(), &[&root]);
    let path = root.join("setup.py");
    client.open(&path);
    let id = client.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri(&path) } }));
    client.notify("$/cancelRequest", json!({ "id": id }));
    let answer = client.answer(&json!(id));
    // Cancelled, or answered before the cancellation came.
    assert!(answer["error"]["code"] == -32800 || answer["result"]["kind"] == "full", "{answer}");
    assert_eq!(client.stop(), Some(0));
}

const READS_VERSION: &str = "from setuptools import setup\n\nsetup(\n    name='demo',\n    version=open('VERSION').read().strip(),\n    packages=['pkg'],\n)\n";

#[test]
fn buffers_count_before_they_are_saved_across_files() {
    let (_keep, root) = tree(&[
        ("setup.py", READS_VERSION),
        ("MANIFEST.in", "include VERSION*\n"),
        ("VERSION", "1.0\n"),
        ("pkg/__init__.py", ""),
    ]);
    let mut client = Client::start(pushing(), &[&root]);
    let (setup, version) = (root.join("setup.py"), root.join("VERSION"));
    client.open(&setup);
    client.open(&version);
    client.until_codes(&setup, &[]);
    client.write(&version, "1.0.banana\n");
    client
        .until("the version is refused", |client| client.pushed.values().any(|(_, items)| !items.is_empty()));
    let items: Vec<&Value> = client.pushed.values().flat_map(|(_, items)| items).collect();
    assert!(items.iter().any(|item| item["message"].as_str().unwrap().contains("1.0.banana")), "{items:?}");
    client.write(&version, "1.0\n");
    client.until("it is taken back", |client| client.pushed.values().all(|(_, items)| items.is_empty()));
    // A module that setup.py imports.
    client.write(
        &setup,
        "from setuptools import setup\nimport pkg\nsetup(name='demo', version=pkg.__version__)\n",
    );
    let module = root.join("pkg/__init__.py");
    client.open_with(&module, "__version__ = '2.0'\n");
    client.write(&module, "__version__ = 'two'\n");
    client.until("the module's version is refused", |client| {
        client
            .pushed
            .values()
            .flat_map(|(_, items)| items)
            .any(|item| item["message"].as_str().unwrap().contains("two"))
    });
    // Closing gives the file on disk its say again: there the module has no version.
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn files_that_come_go_and_change_are_read_again() {
    let (_keep, root) = tree(&[
        ("setup.py", READS_VERSION),
        ("MANIFEST.in", "include VERSION*\n"),
        ("VERSION", "1.0\n"),
        ("pkg/__init__.py", ""),
    ]);
    let mut client = Client::start(pushing(), &[&root]);
    let setup = root.join("setup.py");
    client.open(&setup);
    client.until("the version is watched", |client| {
        client.heard.iter().any(|(method, params)| {
            let path = root.join("VERSION");
            method == "client/registerCapability" && params.to_string().contains(path.to_str().unwrap())
        })
    });
    std::fs::write(root.join("VERSION"), "x y\n").unwrap();
    let change =
        |kind: u8, path: &str| json!({ "changes": [{ "uri": uri(&root.join(path)), "type": kind }] });
    client.notify("workspace/didChangeWatchedFiles", change(2, "VERSION"));
    client.until("the change is seen", |client| client.pushed.values().any(|(_, items)| !items.is_empty()));
    std::fs::rename(root.join("VERSION"), root.join("VERSION.txt")).unwrap();
    client.notify("workspace/didChangeWatchedFiles", change(3, "VERSION"));
    client.until("the loss is seen", |client| {
        let items = client.pushed.get(&uri(&setup)).map(|(_, items)| items.clone()).unwrap_or_default();
        items.iter().any(|item| item["message"].as_str().unwrap().contains("VERSION"))
    });
    client.write(&setup, &READS_VERSION.replace("'VERSION'", "'VERSION.txt'"));
    std::fs::write(root.join("VERSION.txt"), "1.0\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", change(1, "VERSION.txt"));
    client.until("all is well", |client| client.pushed.values().all(|(_, items)| items.is_empty()));
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn a_fix_is_offered_applied_and_gone() {
    let config = "[metadata]\nname = demo\nauthor-email = é🎉@x.example\nversion = 1.0\n";
    let (_keep, root) =
        tree(&[("setup.cfg", config), ("setup.py", "from setuptools import setup\nsetup()\n")]);
    let mut client = Client::start(pushing(), &[&root]);
    let path = root.join("setup.cfg");
    client.open(&path);
    client.until_codes(&path, &["outdated-setting"]);
    let actions = client.within(
        "textDocument/codeAction",
        &path,
        json!({ "diagnostics": [], "only": ["source.fixAll"] }),
    );
    let edits = &actions[0]["edit"]["changes"][uri(&path)];
    let fixed = applied(config, edits);
    assert!(fixed.contains("author_email = é🎉@x.example"), "{fixed}");
    let quick =
        client.within("textDocument/codeAction", &path, json!({ "diagnostics": [], "only": ["quickfix"] }));
    let titles: Vec<&str> =
        quick.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect();
    assert!(titles.iter().any(|title| title.starts_with("Explain ")), "{titles:?}");
    assert!(quick.as_array().unwrap().iter().any(|action| action["isPreferred"] == true));
    client.write(&path, &fixed);
    client.until_codes(&path, &[]);
    let explain = quick.as_array().unwrap().iter().find(|action| action["command"].is_object()).unwrap();
    let explained = client.request("workspace/executeCommand", explain["command"].clone());
    assert!(explained.as_str().unwrap().contains("outdated-setting"), "{explained}");
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn several_roots_stand_apart_and_leave_with_their_folders() {
    let broken = "from setuptools import setup\nsetup(name='a', version='not one')\n";
    let (_one, first) = tree(&[("setup.py", broken), ("sub/deep/setup.py", broken)]);
    let (_two, second) =
        tree(&[("setup.py", "from setuptools import setup\nsetup(name='b', version='1')\n")]);
    let mut client = Client::start(pushing(), &[&first, &second]);
    client.until_codes(&first.join("setup.py"), &["invalid-version"]);
    client.until_codes(&first.join("sub/deep/setup.py"), &["invalid-version"]);
    client.open_with(&second.join("setup.py"), broken);
    client.until_codes(&second.join("setup.py"), &["invalid-version"]);
    let gone = json!({ "event": { "added": [], "removed": [{ "uri": uri(&first), "name": "x" }] } });
    client.notify("workspace/didChangeWorkspaceFolders", gone);
    client.until_codes(&first.join("setup.py"), &[]);
    assert_eq!(client.pushed[&uri(&second.join("setup.py"))].1.len(), 1);
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn many_projects_are_pulled_at_once_and_unchanged_ones_are_short() {
    let files: Vec<(String, String)> = (0..25)
        .map(|at| {
            (
                format!("p{at}/setup.py"),
                format!("from setuptools import setup\nsetup(name='p{at}', version='no {at}')\n"),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (_keep, root) = tree(&files);
    let mut client = Client::start(pulling(), &[&root]);
    let mut report = json!({ "items": [] });
    client.until("a refresh", |client| {
        client.heard.iter().any(|(method, _)| method == "workspace/diagnostic/refresh")
    });
    for _ in 0..600 {
        report = client.request("workspace/diagnostic", json!({ "previousResultIds": [] }));
        if report["items"].as_array().unwrap().len() == 25 {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 25);
    let before: Vec<Value> =
        items.iter().map(|item| json!({ "uri": item["uri"], "value": item["resultId"] })).collect();
    let again = client.request("workspace/diagnostic", json!({ "previousResultIds": before }));
    assert!(again["items"].as_array().unwrap().iter().all(|item| item["kind"] == "unchanged"), "{again}");
    assert!(client.pushed.is_empty(), "a client that pulls is not pushed to");
    assert_eq!(client.stop(), Some(0));
}

/// The range of the only diagnostic of a pulled or pushed setup.py.
fn only_range(capabilities: Value, text: &str) -> Value {
    let (_keep, root) = tree(&[("setup.py", "")]);
    let path = root.join("setup.py");
    let pulls = capabilities["textDocument"].get("diagnostic").is_some();
    let mut client = Client::start(capabilities, &[]);
    client.open_with(&path, text);
    let items = if pulls {
        let params = json!({ "textDocument": { "uri": uri(&path) } });
        let mut items = json!([]);
        for _ in 0..600 {
            items = client.request("textDocument/diagnostic", params.clone())["items"].clone();
            if items != json!([]) {
                break;
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        items
    } else {
        client.until_codes(&path, &["invalid-version"]);
        json!(client.pushed[&uri(&path)].1)
    };
    assert_eq!(items.as_array().unwrap().len(), 1, "{items}");
    let range = items[0]["range"].clone();
    assert_eq!(client.stop(), Some(0));
    range
}

#[test]
fn positions_are_what_the_client_counts() {
    let before = "from setuptools import setup\r\n# 🎉\r\n";
    let line = "setup(\tname='a', description='é🎉e\u{301}', version='no 🎉')";
    let text = format!("{before}{line}\r\n");
    let start = line.find("version").unwrap();
    let utf16 = |part: &str| part.encode_utf16().count() as u32;
    let end = line.len() - 1;
    let (from, to) = (utf16(&line[..start]), utf16(&line[..end]));
    assert_eq!(only_range(pushing(), &text), range((2, from), (2, to)));
    assert_eq!(only_range(pulling(), &text), range((2, start as u32), (2, end as u32)));
    // A byte order mark is part of the editor's first line.
    let marked = "\u{feff}from setuptools import setup; setup(name='a', version='no')";
    let start = marked.find("version").unwrap();
    let to = marked.len() as u32 - 1;
    assert_eq!(only_range(pulling(), marked), range((0, start as u32), (0, to)));
    assert_eq!(only_range(pushing(), marked), range((0, start as u32 - 2), (0, to - 2)));
    // A file that says it is Latin-1 is read as what the editor shows.
    let latin = "# -*- coding: latin-1 -*-\nfrom setuptools import setup\nsetup(name='a', author=u'é', version='no')\n";
    assert_eq!(only_range(pushing(), latin), range((2, 29), (2, 41)));
}

#[test]
fn incremental_edits_make_the_text_that_the_editor_has() {
    let (_keep, root) = tree(&[("setup.py", "")]);
    let path = root.join("setup.py");
    let mut client = Client::start(pushing(), &[]);
    let first = "from setuptools import setup\r\nsetup(name='a', author='🎉e\u{301}', version='1')\r\n";
    client.open_with(&path, first);
    // Each step is an edit and the text that it leaves.
    let second = first.replace("version='1'", "version='no'");
    let at = "setup(name='a', author='🎉e\u{301}', version='".encode_utf16().count() as u32;
    client.edit(&path, &range((1, at), (1, at + 1)), "no", &second);
    client.until_codes(&path, &["invalid-version"]);
    let third = second.replace("no", "2");
    client.edit(&path, &range((1, at), (1, at + 2)), "2", &third);
    client.until_codes(&path, &[]);
    let joined = third.replace("\r\nsetup", "; setup");
    client.edit(&path, &range((0, 28), (1, 0)), "; ", &joined);
    let symbols = client.of("textDocument/documentSymbol", &path);
    assert_eq!(symbols[0]["selectionRange"], range((0, 30), (0, 35)), "{symbols}");
    assert_eq!(client.stop(), Some(0));
}

const PROJECT: &[(&str, &str)] = &[
    (
        "setup.py",
        "from setuptools import setup, find_packages\nfrom glob import glob\nfrom demo import __version__\n\nSCRIPTS = glob('bin/*')\n\nsetup(\n    name='demo',\n    version=__version__,\n    packages=find_packages(),\n    scripts=['bin/run', 'bin/walk'],\n    entry_points={'console_scripts': ['demo = demo.cli:main']},\n    install_requires=['click>=7', 'sh'],\n    classifiers=['Programming Language :: Pyt'],\n    url='https://demo.example/x',\n    \n)\n",
    ),
    ("demo/__init__.py", "import os\n\n__version__ = '1.4'\n"),
    ("demo/cli.py", "import sys\n\n\ndef main():\n    pass\n"),
    ("bin/run", "#!python\n"),
    ("bin/walk", "#!python\n"),
    ("README.md", "x\n"),
    ("notes.txt", "x\n"),
    ("MANIFEST.in", "include README.md\ngra\nrecursive-include bin *\ninclude notes.txt\n"),
    ("requirements.txt", "-r base.txt\nclick==7.1.2\nsh[\n"),
    ("base.txt", "sh==1.14.3\n"),
    (
        "setup.cfg",
        "[metadata]\nlong_description=file: README.md\n\n\n[options]\nzip_safe=F\ninstall_requires=\n  click\n",
    ),
];

/// The line of a file that holds a word, and the column of the word, both from 0.
fn find(path: &Path, word: &str) -> (u32, u32) {
    let text = std::fs::read_to_string(path).unwrap();
    let at = text.find(word).unwrap_or_else(|| panic!("{word}"));
    let line = text[..at].matches('\n').count();
    (line as u32, (at - text[..at].rfind('\n').map_or(0, |at| at + 1)) as u32)
}

#[test]
fn setup_py_is_answered_about() {
    let (_keep, root) = tree(PROJECT);
    let mut client = Client::start(pushing(), &[&root]);
    let path = root.join("setup.py");
    client.open(&path);
    client.until("the project is read", |client| {
        client.heard.iter().any(|(method, params)| {
            method == "client/registerCapability" && params.to_string().contains("demo/__init__.py")
        })
    });
    let hover = |client: &mut Client, word: &str, more: u32| {
        let (line, column) = find(&path, word);
        client.at("textDocument/hover", &path, line, column + more)["contents"]["value"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    let version = hover(&mut client, "version=", 2);
    assert!(version.contains("1.4") && version.contains("demo/__init__.py:3"), "{version}");
    let click = hover(&mut client, "click>=7", 2);
    assert!(click.contains("locked: 7.1.2 (`requirements.txt:2:1`)"), "{click}");
    let mut built = String::new();
    for _ in 0..600 {
        built = hover(&mut client, "setup(\n", 2);
        if !built.contains("working out") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(
        built.contains("Name: demo") && built.contains("demo/cli.py") && built.contains("demo-1.4-py"),
        "{built}"
    );
    let hints = client.within("textDocument/inlayHint", &path, Value::Null);
    let labels: Vec<&str> =
        hints.as_array().unwrap().iter().map(|hint| hint["label"].as_str().unwrap()).collect();
    assert_eq!(labels, ["→ '1.4'", "→ ['demo']", "→ 2 files"]);
    let goto = |client: &mut Client, word: &str, more: u32| {
        let (line, column) = find(&path, word);
        let found = client.at("textDocument/definition", &path, line, column + more);
        (found[0]["uri"].as_str().unwrap_or_default().to_owned(), found[0]["range"]["start"]["line"].as_u64())
    };
    assert_eq!(goto(&mut client, "demo.cli:main", 3), (uri(&root.join("demo/cli.py")), Some(3)));
    assert_eq!(goto(&mut client, "version=", 3), (uri(&root.join("demo/__init__.py")), Some(2)));
    // A name, where this file binds it or the module that it came from does.
    assert_eq!(goto(&mut client, "__version__,", 3), (uri(&root.join("demo/__init__.py")), Some(2)));
    assert_eq!(goto(&mut client, "__version__\n", 3), (uri(&root.join("demo/__init__.py")), Some(2)));
    assert_eq!(goto(&mut client, "glob('bin", 1), (uri(&path), Some(1)));
    assert_eq!(goto(&mut client, "SCRIPTS =", 2), (uri(&path), Some(4)));
    let complete = |client: &mut Client, word: &str, more: u32| {
        let (line, column) = find(&path, word);
        let items = client.at("textDocument/completion", &path, line, column + more);
        let labels =
            items["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap().to_owned());
        labels.collect::<Vec<_>>()
    };
    let classifiers = complete(&mut client, "Programming", 26);
    assert!(classifiers.contains(&"Programming Language :: Python :: 3".to_owned()), "{classifiers:?}");
    let keywords = complete(&mut client, "    \n)", 4);
    assert!(keywords.contains(&"python_requires".to_owned()) && !keywords.contains(&"name".to_owned()));
    let links = client.of("textDocument/documentLink", &path);
    let targets: Vec<&str> =
        links.as_array().unwrap().iter().map(|link| link["target"].as_str().unwrap()).collect();
    assert_eq!(
        targets,
        [&uri(&root.join("bin/run")), &uri(&root.join("bin/walk")), "https://demo.example/x"]
    );
    assert!(
        client
            .of("textDocument/foldingRange", &path)
            .as_array()
            .unwrap()
            .iter()
            .any(|fold| fold["endLine"] == 16)
    );
    let lenses = client.of("textDocument/codeLens", &path);
    assert_eq!(lenses[0]["command"]["command"], "spx.build");
    let built = client.request("workspace/executeCommand", lenses[0]["command"].clone());
    assert_eq!(built["built"][1], "dist/demo-1.4-py3-none-any.whl", "{built}");
    assert!(root.join("dist/demo-1.4-py3-none-any.whl").is_file());
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn the_other_files_are_answered_about() {
    let (_keep, root) = tree(PROJECT);
    let mut client = Client::start(pushing(), &[&root]);
    let labels = |items: &Value| -> Vec<String> {
        items["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["label"].as_str().unwrap().to_owned())
            .collect()
    };
    let manifest = root.join("MANIFEST.in");
    client.open(&manifest);
    assert_eq!(labels(&client.at("textDocument/completion", &manifest, 1, 3)), ["graft"]);
    let names = labels(&client.at("textDocument/completion", &manifest, 0, 12));
    assert_eq!(names, ["README.md"]);
    // The list of files is worked out behind the answers.
    let mut hints = Value::Null;
    for _ in 0..600 {
        hints = client.within("textDocument/inlayHint", &manifest, Value::Null);
        if hints.as_array().is_some_and(|hints| !hints.is_empty()) {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(hints[2]["label"], "→ adds 1 file", "{hints}");
    let said = client.at("textDocument/hover", &manifest, 2, 3);
    assert!(said["contents"]["value"].as_str().unwrap().contains("below the directory"), "{said}");

    let config = root.join("setup.cfg");
    client.open(&config);
    assert_eq!(labels(&client.at("textDocument/completion", &config, 5, 10)), ["False"]);
    assert_eq!(labels(&client.at("textDocument/completion", &config, 3, 0)).first().unwrap(), "author");
    let edits = client.of("textDocument/formatting", &config);
    let text = std::fs::read_to_string(&config).unwrap();
    assert_eq!(
        applied(&text, &edits),
        "[metadata]\nlong_description = file: README.md\n\n[options]\nzip_safe = F\ninstall_requires =\n    click\n"
    );
    let found = client.at("textDocument/definition", &config, 1, 26);
    assert_eq!(found[0]["uri"], uri(&root.join("README.md")));
    assert_eq!(client.of("textDocument/documentSymbol", &config)[1]["children"][0]["name"], "zip_safe");

    let requirements = root.join("requirements.txt");
    client.open(&requirements);
    let found = client.at("textDocument/definition", &requirements, 0, 5);
    assert_eq!(found[0]["uri"], uri(&root.join("base.txt")));
    assert_eq!(
        client.of("textDocument/documentLink", &requirements)[0]["target"],
        uri(&root.join("base.txt"))
    );
    assert_eq!(client.of("textDocument/documentSymbol", &requirements).as_array().unwrap().len(), 3);

    let module = root.join("demo/__init__.py");
    client.open(&module);
    client.until("the project is read", |client| {
        client.heard.iter().any(|(method, params)| {
            method == "client/registerCapability" && params.to_string().contains("demo/__init__.py")
        })
    });
    let mut said = Value::Null;
    for _ in 0..600 {
        said = client.at("textDocument/hover", &module, 2, 16);
        if !said.is_null() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(said["contents"]["value"].as_str().unwrap().contains("becomes `version`"), "{said}");
    assert_eq!(client.stop(), Some(0));
}

#[test]
fn nothing_of_the_repository_is_run_or_followed_out() {
    let (_keep, root) = tree(&[
        (
            "setup.py",
            "import os\nfrom setuptools import setup\nopen('/tmp/spx-lsp-was-here', 'w')\nos.system('touch ran')\nsetup(name='a', version='1', long_description=open('../secret').read())\n",
        ),
        ("spx.json", "{\"path\": \"./evil\"}"),
    ]);
    let mut client = Client::start(pushing(), &[&root]);
    let path = root.join("setup.py");
    client.open(&path);
    client.notify(
        "workspace/didChangeConfiguration",
        json!({ "settings": { "spx": { "python": "3.11", "path": "./evil", "indexUrl": "x" } } }),
    );
    let _ = client.within("textDocument/inlayHint", &path, Value::Null);
    let hover = client.at("textDocument/hover", &path, 4, 40);
    assert!(!hover.to_string().contains("root:"));
    let command = json!({ "command": "spx.build", "arguments": [uri(&root.join(".."))] });
    let id = client.ask("workspace/executeCommand", command);
    assert_eq!(client.answer(&json!(id))["error"]["code"], -32602);
    assert!(!root.join("ran").exists() && !Path::new("/tmp/spx-lsp-was-here").exists());
    assert_eq!(client.stop(), Some(0));
}
