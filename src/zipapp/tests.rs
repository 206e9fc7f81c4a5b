//! Applications made from tiny wheels and run, as their users would, under every Python that is found.
#![allow(clippy::disallowed_methods)] // the tests start Pythons and look at files

mod cache;
mod run;

use super::*;
use crate::archive::{ArchiveEntry, zip};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::{Cursor, ErrorKind};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

/// A directory with an application file, a cache, and Pythons under their plain names.
struct World {
    directory: tempfile::TempDir,
}

/// What a run left: exit status, standard output, standard error.
#[derive(Debug, PartialEq, Eq)]
struct Outcome(i32, String, String);

impl World {
    fn new() -> Self {
        let directory = tempfile::Builder::new().prefix("a spx tést ").tempdir().unwrap();
        fs::create_dir(directory.path().join("temporary")).unwrap();
        Self { directory }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    fn write(&self, app: &App) -> PathBuf {
        let path = self.path(&format!("{}.pyz", app.name));
        let mut out = Cursor::new(Vec::new());
        write(app, &mut out).unwrap();
        fs::write(&path, out.into_inner()).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    /// A command that sees this world's cache and nothing of the tester's environment.
    fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.env_clear().current_dir(self.directory.path());
        command
            .env("PATH", "/usr/bin:/bin")
            .env("HOME", self.path("home"))
            .env("TMPDIR", self.path("temporary"));
        command
            .env("SPX_CACHE", self.path("cache"))
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .env("LC_ALL", "C.UTF-8");
        command.stdin(Stdio::null());
        command
    }

    /// Every file below the cache, sorted.
    fn cached(&self) -> Vec<PathBuf> {
        let files = walkdir::WalkDir::new(self.path("cache")).sort_by_file_name().into_iter();
        files
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.file_type().is_file())
            .map(walkdir::DirEntry::into_path)
            .collect()
    }

    fn assert_no_leftovers(&self) {
        assert_eq!(fs::read_dir(self.path("cache/tmp")).unwrap().count(), 0, "temporary files were left");
    }
}

fn run(command: &mut Command) -> Outcome {
    // A file that was just written is busy while a program that another test starts still holds it open.
    let output = loop {
        match command.output() {
            Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
            output => break output.unwrap(),
        }
    };
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Outcome(output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
}

fn succeed(command: &mut Command) -> String {
    let outcome = run(command);
    assert_eq!((outcome.0, outcome.2.as_str()), (0, ""), "{command:?}: {}", outcome.1);
    outcome.1
}

/// The Pythons of this machine, one of each version that spx knows; the missing ones are named.
fn pythons() -> Vec<(Python, PathBuf)> {
    let mut found = Vec::new();
    let managed = std::env::home_dir().unwrap().join(".pyenv/versions");
    for python in Python::ALL {
        let mut places: Vec<PathBuf> = fs::read_dir(&managed)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with(&format!("{python}.")))
            .map(|path| path.join("bin/python"))
            .collect();
        for directory in std::env::var("PATH").unwrap().split(':') {
            places.push(Path::new(directory).join(format!("python{python}")));
        }
        let works = |path: &PathBuf| {
            let code = "import sys; print('%d.%d' % sys.version_info[:2])";
            let output = Command::new(path).args(["-c", code]).stderr(Stdio::null()).output();
            output.is_ok_and(|output| output.stdout == format!("{python}\n").as_bytes())
        };
        match places.into_iter().find(works) {
            Some(path) => found.push((python, path)),
            None => eprintln!("skipped: no Python {python} on this machine"),
        }
    }
    found
}

fn wheel(name: &str, files: &[(&str, &str)]) -> AppWheel {
    wheel_of(name, files.iter().map(|(path, content)| ArchiveEntry::new(*path, *content)).collect())
}

fn wheel_of(name: &str, mut entries: Vec<ArchiveEntry>) -> AppWheel {
    let information = format!("{name}-1.0.dist-info/");
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n");
    entries.push(ArchiveEntry::new(format!("{information}METADATA"), metadata));
    entries.push(ArchiveEntry::new(
        format!("{information}entry_points.txt"),
        format!("[console_scripts]\n{name}-command = {name}:main\n"),
    ));
    entries.push(ArchiveEntry::new(format!("{information}RECORD"), ""));
    let content = zip::write(Cursor::new(Vec::new()), &entries).unwrap().into_inner();
    let sha256 = super::write::hex(&Sha256::digest(&content));
    let file_name = format!("{name}-1.0-py2.py3-none-any.whl");
    AppWheel::new(file_name, sha256, WheelSource::Bytes(content))
}

/// `demo`, which prints what it sees and exits with 3, and `dependency`.
fn demo(entry: Entry) -> App {
    let module = "import sys, dependency\n\
        def main():\n    print(sys.argv[1:])\n    print(dependency.X)\n    print(sys.modules['__main__'].__name__)\n    \
        return 3\nif __name__ == '__main__':\n    sys.exit(main())\n";
    let script = "import sys, os, dependency\nassert __name__ == '__main__' and not __doc__\n\
        print(sys.argv[0])\nprint(os.path.basename(__file__))\n\
        print(sorted(name for name in globals() if name[0] != '_'))\n";
    app(
        entry,
        vec![
            wheel("demo", &[("demo.py", module), ("demo-1.0.data/scripts/demo-script", script)]),
            wheel("dependency", &[("dependency/__init__.py", "X = 1\n"), ("dependency/é.txt", "data")]),
        ],
    )
}

fn app(entry: Entry, wheels: Vec<AppWheel>) -> App {
    let all: Vec<usize> = (0..wheels.len()).collect();
    App {
        name: "demo".to_owned(),
        version: Some("1.0".to_owned()),
        requirements: Vec::new(),
        behaviour: Behaviour::default(),
        compress: false,
        selections: Python::ALL.into_iter().map(|python| Selection::pure(python, all.clone())).collect(),
        wheels,
        entry,
        inject_args: Vec::new(),
        inject_env: Vec::new(),
        header: Header::Sh,
    }
}

fn function() -> Entry {
    Entry::Function { module: "demo".to_owned(), attr: "main".to_owned() }
}

/// The application for this Python alone, so that the header cannot find another one.
fn only(python: Python, mut app: App) -> App {
    app.selections.retain(|selection| selection.python == python);
    app
}

/// An application whose `demo.main` is `body`.
fn program(body: &str) -> App {
    app(function(), vec![wheel("demo", &[("demo.py", body)])])
}

/// A directory to put first in PATH, where `python3` is this Python.
fn named(world: &World, name: &str, python: &Path) -> String {
    let directory = world.path(&format!("bin-{name}"));
    fs::create_dir_all(&directory).unwrap();
    let _ = fs::remove_file(directory.join(name));
    std::os::unix::fs::symlink(python, directory.join(name)).unwrap();
    format!("{}:/usr/bin:/bin", directory.display())
}

#[test]
fn the_file_is_the_same_every_time_and_has_the_wheels_byte_for_byte() {
    let app = demo(function());
    let bytes = |app: &App| {
        let mut out = Cursor::new(Vec::new());
        let summary = write(app, &mut out).unwrap();
        assert_eq!(summary.size, out.get_ref().len() as u64);
        (summary.id, out.into_inner())
    };
    let (id, once) = bytes(&app);
    assert_eq!((id.clone(), once.clone()), bytes(&app));
    assert!(once.starts_with(b"#!/bin/sh\n"));
    for wheel in &app.wheels {
        let WheelSource::Bytes(content) = &wheel.source else { unreachable!() };
        assert!(once.windows(content.len()).any(|window| window == content));
    }
    let other = App { header: Header::Shebang("/usr/bin/env python3".to_owned()), ..app.clone() };
    let (other_id, other) = bytes(&other);
    assert!(other.starts_with(b"#!/usr/bin/env python3\nPK"));
    assert_ne!(id, other_id, "the header's kind is part of the identity");

    let mut changed = app;
    changed.wheels[0].sha256 = "0".repeat(64);
    let error = write(&changed, &mut Cursor::new(Vec::new())).unwrap_err();
    assert!(matches!(error, Error::Hash { .. }), "{error}");
}

#[test]
fn what_cannot_run_is_refused_while_writing() {
    let refused = |change: &dyn Fn(&mut App)| {
        let mut app = demo(function());
        change(&mut app);
        write(&app, &mut Cursor::new(Vec::new())).unwrap_err().to_string()
    };
    assert_eq!(refused(&|app| app.selections.clear()), "the application fits no Python");
    assert_eq!(
        refused(&|app| app.entry = Entry::Function { module: "a;b".to_owned(), attr: "c".to_owned() }),
        "`a;b:c` cannot be run"
    );
    assert_eq!(refused(&|app| app.entry = Entry::Script("../x".to_owned())), "script `../x` cannot be run");
    assert_eq!(
        refused(&|app| app.wheels[0].file_name = "../demo.whl".to_owned()),
        "`../demo.whl` is not the file name of a wheel"
    );
    assert!(refused(&|app| app.wheels[1].file_name = app.wheels[0].file_name.clone()).contains("two wheels"));
    assert!(refused(&|app| app.selections[0].wheels.push(9)).contains("wheel 9"));
    assert!(refused(&|app| app.inject_env.push(("A=B".to_owned(), String::new()))).contains("injected"));
    assert!(refused(&|app| app.header = Header::Shebang("a\nb".to_owned())).contains("shebang"));
}

#[test]
fn applications_of_the_first_spx_are_read() {
    let content = || match demo(function()).wheels.remove(0).source {
        WheelSource::Bytes(content) => content,
        WheelSource::File(_) => unreachable!(),
    };
    let sha256 = super::write::hex(&Sha256::digest(content()));
    let file = "demo-1.0-py2.py3-none-any.whl";
    let entry = r#"{"kind": "module", "module": "demo"}"#;
    let written = |format: u8, main: &str| {
        let manifest = format!(
            r#"{{"format": {format}, "name": "demo", "entry": {entry}, "args": [], "env": [], "header": "shebang",
            "wheels": [{{"file": "{file}", "sha256": "{sha256}"}}], "selections": [{{"python": [3, 9], "wheels": [0]}}]}}"#
        );
        let header = "#!/usr/bin/env python3\n";
        let id = write::identity(&[&manifest, header, "APP = \"@ID@\"\n", "start", "install"]);
        let mut out = Cursor::new(header.as_bytes().to_vec());
        out.set_position(header.len() as u64);
        let mut zip = zip::Writer::new(&mut out);
        zip.add(&ArchiveEntry::new(format!("whl/{file}"), content()).stored()).unwrap();
        let main = main.replace("@ID@", &id);
        for (name, text) in [
            ("spx.json", manifest.as_str()),
            ("spx_start.py", "start"),
            ("spx_install.py", "install"),
            ("__main__.py", &main),
        ] {
            zip.add(&ArchiveEntry::new(name, text)).unwrap();
        }
        zip.finish().unwrap();
        read::open(out.into_inner(), &crate::archive::Limits::default())
    };
    let opened = written(1, "APP = \"@ID@\"\n").unwrap();
    assert_eq!((opened.name.as_str(), &opened.version, &opened.sbom), ("demo", &None, &None));
    assert_eq!((opened.wheels[0].name.as_str(), opened.wheels[0].version.as_str()), ("demo", "1.0"));
    assert_eq!(opened.wheel(&opened.wheels[0]).unwrap(), content());
    let refused = |format, main| written(format, main).unwrap_err().to_string();
    assert!(refused(2, "APP = \"@ID@\"\n").contains("a newer spx reads it"));
    assert!(refused(1, "APP = \"@ID@\" # more\n").contains("changed after it was written"));
}
