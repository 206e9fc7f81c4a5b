//! Applications made from tiny wheels and run, as their users would, under every Python that is found.
#![allow(clippy::disallowed_methods)] // the tests start Pythons and look at files

use super::*;
use crate::archive::{ArchiveEntry, zip};
use sha2::{Digest, Sha256};
use std::fs;
use std::io::Cursor;
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
            .map(|e| e.into_path())
            .collect()
    }

    fn assert_no_leftovers(&self) {
        assert_eq!(fs::read_dir(self.path("cache/tmp")).unwrap().count(), 0, "temporary files were left");
    }
}

fn run(command: &mut Command) -> Outcome {
    let output = command.output().unwrap();
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
    let information = format!("{name}-1.0.dist-info/");
    let mut entries: Vec<ArchiveEntry> =
        files.iter().map(|(path, content)| ArchiveEntry::new(*path, *content)).collect();
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n");
    entries.push(ArchiveEntry::new(format!("{information}METADATA"), metadata));
    entries.push(ArchiveEntry::new(
        format!("{information}entry_points.txt"),
        format!("[console_scripts]\n{name}-command = {name}:main\n"),
    ));
    entries.push(ArchiveEntry::new(format!("{information}RECORD"), ""));
    let content = zip::write(Cursor::new(Vec::new()), &entries).unwrap().into_inner();
    let sha256 = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    let file_name = format!("{name}-1.0-py2.py3-none-any.whl");
    AppWheel { file_name, sha256, source: WheelSource::Bytes(content) }
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
fn every_python_runs_every_kind_of_entry_on_first_and_later_runs() {
    for (python, path) in pythons() {
        let world = World::new();
        let mut app = demo(function());
        app.inject_args = vec!["--injected".to_owned(), "ä'\"\\".to_owned()];
        let file = world.write(&app);
        let again = |arguments: &[&str]| run(world.command(&path).arg(&file).args(arguments));
        let first = again(&["a b", "$c"]);
        assert_eq!(first.0, 3, "{python}: {}", first.2);
        assert_eq!(first.1.lines().skip(1).collect::<Vec<_>>(), ["1", "__main__"]);
        assert!(first.1.starts_with("['--injected', '") && first.1.contains("'a b', '$c']"), "{}", first.1);
        assert_eq!(first, again(&["a b", "$c"]), "{python}: a later run is like the first");

        let file = world.write(&demo(Entry::Script("demo-script".to_owned())));
        let printed = "demo.pyz\ndemo-script\n['dependency', 'os', 'sys']\n";
        for _ in 0..2 {
            assert_eq!(succeed(world.command(&path).arg("demo.pyz")), printed, "{python}");
        }
        let link = world.path("link to it");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let linked = succeed(world.command(&path).arg(&link).current_dir("/"));
        assert_eq!(linked.lines().next(), link.to_str(), "the name that was typed");

        world.write(&demo(Entry::Module("demo".to_owned())));
        for _ in 0..2 {
            let outcome = run(world.command(&path).arg("demo.pyz").arg("x"));
            assert_eq!(outcome, Outcome(3, "['x']\n1\n__main__\n".to_owned(), String::new()), "{python}");
        }
        world.assert_no_leftovers();
    }
}

#[test]
fn the_header_finds_a_python_and_starts_the_same_program() {
    for (python, path) in pythons() {
        let world = World::new();
        let name = if python.major == 2 { "python2" } else { "python3" };
        let body = "import sys\ndef main():\n    print('%d.%d' % sys.version_info[:2])\n    \
            print(sys.argv)\n    print(sys.stdin.read())\n    exit(4)\n";
        let file = world.write(&only(python, program(body)));
        let search = named(&world, name, &path);
        let expected = Outcome(4, format!("{python}\n['{}', 'a b', '*']\n\n", file.display()), String::new());
        for turn in 0..3 {
            let outcome = run(world.command(&file).env("PATH", &search).args(["a b", "*"]));
            assert_eq!((outcome.0, outcome.2.as_str()), (4, ""), "{python}, run {turn}");
            assert_eq!(outcome.1.lines().next(), expected.1.lines().next());
            let prepared = world.cached().iter().any(|path| path.ends_with("start"));
            assert!(prepared, "{python}: the header has a start to take");
        }
        let link = world.path("a link");
        std::os::unix::fs::symlink(&file, &link).unwrap();
        let outcome = run(world.command(&link).env("PATH", &search).current_dir("/"));
        assert!(outcome.1.contains("a link'"), "{python}: {outcome:?}");
    }
}

#[test]
fn a_python_out_of_range_gets_one_line() {
    let world = World::new();
    let all = pythons();
    let Some((_, path)) = all.first() else { return };
    let mut app = demo(function());
    app.selections.retain(|selection| selection.python.minor == 5 || selection.python.minor == 14);
    let file = world.write(&app);
    let outcome = run(world.command(path).arg(&file));
    assert_eq!((outcome.0, outcome.1.as_str(), outcome.2.lines().count()), (1, "", 1), "{outcome:?}");
    assert!(outcome.2.starts_with("demo.pyz: needs Python 3.5 and 3.14, and this is "), "{}", outcome.2);

    let search = named(&world, "python3", path);
    let search = search.replace(":/usr/bin:/bin", "");
    let outcome = run(Command::new("/bin/sh").arg(&file).env_clear().env("PATH", &search));
    assert_eq!((outcome.0, outcome.2.lines().count()), (1, 1), "{outcome:?}");
    assert!(
        outcome.2.starts_with("demo.pyz: needs Python 3.5 and 3.14, and PATH has none (python3 is "),
        "{outcome:?}"
    );

    let mut app = demo(function());
    for selection in &mut app.selections {
        selection.platform = Some(Platform::Linux);
        selection.machine = Some("vax".to_owned());
    }
    world.write(&app);
    let outcome = run(world.command(path).arg(&file));
    assert_eq!((outcome.0, outcome.2.lines().count()), (1, 1), "{outcome:?}");
    assert!(outcome.2.contains("has no wheels for ") && outcome.2.contains("linux vax"), "{outcome:?}");
}

#[test]
fn the_environment_stays_out_of_the_program_and_reaches_its_children() {
    let body = "import sys, os, subprocess, dependency\ndef main():\n    assert dependency.X == 1\n    \
        wrong = [p for p in sys.path if p in ('', os.getcwd()) or 'outside' in p or p.endswith('-packages')]\n    \
        assert not wrong, wrong\n    \
        foreign = [n for n in sys.modules if 'customize' in n or n == 'planted']\n    assert not foreign, foreign\n    \
        assert os.environ['PYTHONPATH'].endswith('outside')\n    \
        assert not [n for n in os.environ if n.startswith('SPX_') and n != 'SPX_CACHE']\n    \
        assert os.environ['GIVEN'] == 'user' and os.environ['SET'] == 'application'\n";
    for (python, path) in pythons() {
        let world = World::new();
        let outside = world.path("outside");
        fs::create_dir(&outside).unwrap();
        for name in
            ["sitecustomize", "usercustomize", "dependency", "demo", "json", "hashlib", "zlib", "struct"]
        {
            fs::write(outside.join(format!("{name}.py")), "import planted\n").unwrap();
        }
        fs::write(outside.join("planted.py"), "").unwrap();
        fs::write(world.path("dependency.py"), "raise SystemExit('from the current directory')").unwrap();
        let library = [("dependency.py", "X = 1\n")];
        let mut app =
            app(function(), vec![wheel("demo", &[("demo.py", body)]), wheel("dependency", &library)]);
        app.inject_env = vec![("GIVEN".into(), "application".into()), ("SET".into(), "application".into())];
        let file = world.write(&only(python, app));
        let search = named(&world, if python.major == 2 { "python2" } else { "python3" }, &path);
        for turn in 0..2 {
            for direct in [false, true] {
                let mut command = world.command(if direct { &file } else { &path });
                if !direct {
                    command.arg(&file);
                }
                command.env("PYTHONPATH", &outside).env("GIVEN", "user").env("PATH", &search);
                let outcome = run(&mut command);
                assert_eq!((outcome.0, outcome.2.as_str()), (0, ""), "{python}, run {turn}, direct {direct}");
            }
        }
    }
}

#[test]
fn multiprocessing_works_from_every_kind_of_entry() {
    let script = "import multiprocessing, demo\ndef double(x):\n    return 2 * x\n\
        if __name__ == '__main__':\n    for method in METHODS:\n        \
        context = multiprocessing.get_context(method) if method else multiprocessing\n        \
        pool = context.Pool(2)\n        \
        assert pool.map(double, [1, 2]) == [2, 4]\n        assert pool.map(demo.triple, [1]) == [3]\n        \
        pool.close()\n        pool.join()\n    print('done')\n";
    let module = "import multiprocessing\ndef triple(x):\n    return 3 * x\n\
        def main():\n    for method in METHODS:\n        \
        context = multiprocessing.get_context(method) if method else multiprocessing\n        \
        pool = context.Pool(2)\n        assert pool.map(triple, [1, 2]) == [3, 6]\n        \
        pool.close()\n        pool.join()\n    print('done')\n\
        if __name__ == '__main__':\n    main()\n";
    for (python, path) in pythons() {
        let methods = if python.major == 2 { "(None,)" } else { "('fork', 'spawn', 'forkserver')" };
        let world = World::new();
        let name = if python.major == 2 { "python2" } else { "python3" };
        let search = named(&world, name, &path);
        for entry in [function(), Entry::Script("run".to_owned()), Entry::Module("demo".to_owned())] {
            let module = module.replace("METHODS", methods);
            let script = script.replace("METHODS", methods);
            let wheels = vec![wheel("demo", &[("demo.py", &module), ("demo-1.0.data/scripts/run", &script)])];
            let file = world.write(&only(python, app(entry.clone(), wheels)));
            for direct in [false, true, true] {
                let mut command = world.command(if direct { &file } else { &path });
                if !direct {
                    command.arg(&file);
                }
                let printed = succeed(command.env("PATH", &search));
                assert_eq!(printed, "done\n", "{python}, {entry}, direct {direct}");
            }
        }
    }
}

#[test]
fn any_file_of_the_cache_may_be_damaged() {
    for (python, path) in pythons() {
        let world = World::new();
        let file = world.write(&only(python, demo(function())));
        let search = named(&world, if python.major == 2 { "python2" } else { "python3" }, &path);
        let start = || run(world.command(&file).env("PATH", &search));
        let whole = start();
        assert_eq!((whole.0, whole.2.as_str()), (3, ""), "{python}");
        let files = world.cached();
        assert!(files.len() > 8, "{files:?}");
        for damaged in &files {
            let bytecode = damaged.extension().is_some_and(|extension| extension == "pyc");
            for how in ["cut", "removed", "grown"] {
                assert!(damaged.exists(), "{python}: {} is not there before it is {how}", damaged.display());
                match how {
                    "cut" if bytecode => fs::write(damaged, &fs::read(damaged).unwrap()[..20]).unwrap(),
                    "cut" => fs::write(damaged, "").unwrap(),
                    "removed" => fs::remove_file(damaged).unwrap(),
                    _ => fs::write(damaged, [fs::read(damaged).unwrap(), b"\nraise 1 = (".to_vec()].concat())
                        .unwrap(),
                }
                assert_eq!(start(), whole, "{python}: {} was {how}", damaged.display());
            }
        }
        for directory in ["whl", "app"] {
            fs::remove_dir_all(world.path("cache").join(directory)).unwrap();
            assert_eq!(start(), whole, "{python}: {directory} was removed");
        }
        world.assert_no_leftovers();
    }
}

#[test]
fn verification_finds_what_size_and_time_do_not_show() {
    for (python, path) in pythons() {
        let world = World::new();
        let file = world.write(&demo(function()));
        let whole = run(world.command(&path).arg(&file));
        let find = |end: &str| world.cached().into_iter().find(|path| path.ends_with(end)).unwrap();
        let target = find("dependency/__init__.py");
        let time = fs::metadata(&target).unwrap().modified().unwrap();
        fs::write(&target, "X = 2\n").unwrap();
        fs::File::options().write(true).open(&target).unwrap().set_modified(time).unwrap();
        fs::write(target.with_file_name("planted.py"), "").unwrap();
        let outcome = run(world.command(&path).arg(&file).env("SPX_VERIFY", "full"));
        assert_eq!(outcome, whole, "{python}");
        assert_eq!(fs::read(&target).unwrap(), b"X = 1\n");
        assert!(!target.with_file_name("planted.py").exists());
        assert_eq!(run(world.command(&path).arg(&file)), whole, "{python}");
    }
}

#[test]
fn without_a_usable_cache_it_runs_from_elsewhere_or_says_one_line() {
    for (python, path) in pythons() {
        let world = World::new();
        let file = world.write(&demo(function()));
        fs::write(world.path("blocked"), "").unwrap();
        let blocked = world.path("blocked/cache");
        let private = world.path("temporary").join(format!("spx-{}", rustix::process::getuid().as_raw()));
        let start = || run(world.command(&path).arg(&file).env("SPX_CACHE", &blocked));
        let first = start();
        assert_eq!((first.0, first.2.lines().count()), (3, 1), "{python}: {}", first.2);
        assert!(first.2.contains("unpacked to ") && first.2.contains("blocked"), "{}", first.2);
        assert_eq!(start(), Outcome(3, first.1.clone(), String::new()), "{python}: quiet from then on");
        assert_eq!(fs::metadata(&private).unwrap().permissions().mode() & 0o777, 0o700);

        fs::set_permissions(&private, fs::Permissions::from_mode(0o777)).unwrap();
        let outcome = start();
        assert_eq!((outcome.0, outcome.2.lines().count()), (3, 1), "{python}: {}", outcome.2);
        assert!(
            outcome.2.contains("for this run only"),
            "a directory that others can write is not used: {outcome:?}"
        );
        let left: Vec<_> = fs::read_dir(world.path("temporary")).unwrap().collect();
        assert_eq!(left.len(), 1, "what was unpacked for one run is gone: {left:?}");

        // tempfile would go on to /tmp, /var/tmp and the current directory, which a test cannot close.
        let code = "import sys, tempfile\ndef none(*names):\n    raise OSError(28, 'No space left on device', '/x')\n\
            tempfile.mkdtemp = none\nsys.argv = sys.argv[1:]\nimport runpy\nrunpy.run_path(sys.argv[0], None, '__main__')";
        let outcome = run(world.command(&path).args(["-c", code]).arg(&file).env("SPX_CACHE", &blocked));
        assert_eq!((outcome.0, outcome.2.lines().count()), (73, 1), "{python}: {outcome:?}");
        assert!(outcome.2.contains("cannot unpack: "), "{}", outcome.2);
    }
}

#[test]
fn first_runs_at_the_same_time_do_not_disturb_each_other() {
    for (python, path) in pythons() {
        let world = World::new();
        let file = world.write(&demo(function()));
        let start =
            || world.command(&path).arg(&file).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let running: Vec<_> = (0..20).map(|_| start()).collect();
        for child in running {
            let output = child.wait_with_output().unwrap();
            assert_eq!(
                output.status.code(),
                Some(3),
                "{python}: {}",
                String::from_utf8_lossy(&output.stderr)
            );
            assert_eq!(output.stderr, b"");
        }
        assert_eq!(fs::metadata(world.path("cache")).unwrap().permissions().mode() & 0o777, 0o700);
        world.assert_no_leftovers();
    }
}

#[test]
fn nobody_else_can_write_the_cache_and_what_killed_runs_left_goes() {
    for (python, path) in pythons() {
        let world = World::new();
        let file = world.write(&demo(function()));
        let host = String::from_utf8(Command::new("uname").arg("-n").output().unwrap().stdout).unwrap();
        let host = host.trim().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
        let dead =
            Command::new("/bin/true").spawn().and_then(|mut child| child.wait().map(|_| child.id())).unwrap();
        let left = world.path("cache/tmp").join(format!("{host}-{dead}-0-1"));
        fs::create_dir_all(left.join("lib")).unwrap();
        fs::write(left.join("lib/half.py"), "").unwrap();
        let script = "umask 0; exec \"$@\"";
        let outcome =
            run(world.command(Path::new("/bin/sh")).args(["-c", script, "sh"]).arg(&path).arg(&file));
        assert_eq!(outcome.0, 3, "{python}: {}", outcome.2);
        assert!(!left.exists());
        for entry in walkdir::WalkDir::new(world.path("cache")).min_depth(2) {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode();
            assert_eq!(mode & 0o022, 0, "{python}: {} has mode {mode:o}", entry.path().display());
        }
    }
}

#[test]
fn bytecode_is_kept_for_the_cache_alone() {
    for (python, path) in pythons() {
        let world = World::new();
        fs::create_dir(world.path("plugins")).unwrap();
        fs::write(world.path("plugins/plugin.py"), "").unwrap();
        let body = "import sys\ndef main():\n    sys.path.append('plugins')\n    import plugin, dependency\n    \
            assert sys.dont_write_bytecode\n";
        let library = [("dependency.py", "X = 1\n")];
        let file = world.write(&app(
            function(),
            vec![wheel("demo", &[("demo.py", body)]), wheel("dependency", &library)],
        ));
        succeed(world.command(&path).arg(&file));
        let compiled =
            world.cached().into_iter().filter(|p| p.extension().is_some_and(|e| e == "pyc")).count();
        assert_eq!(compiled, 2, "{python}: demo and dependency");
        assert_eq!(
            fs::read_dir(world.path("plugins")).unwrap().count(),
            1,
            "{python}: nothing beside the plugin"
        );
    }
}

#[test]
fn packages_that_several_wheels_share_are_one() {
    let spaced =
        "import sys, types, os\np = os.path.join(sys._getframe(1).f_locals['sitedir'], *('spaced',))\n";
    let body = "import split.one, split.two, plain.a, plain.b, spaced.x, spaced.y\n\
        def main():\n    import split\n    assert split.ORIGIN == 'first'\n    print('ok')\n";
    for (python, path) in pythons() {
        let wheels = |plain: bool| {
            let mut one = vec![
                ("split/__init__.py", "ORIGIN = 'first'\n"),
                ("split/one.py", ""),
                ("plain/a.py", ""),
                ("spaced/x.py", ""),
                ("demo.py", body),
                ("demo-1.0-nspkg.pth", spaced),
            ];
            let mut two = vec![
                ("split/two.py", ""),
                ("plain/b.py", ""),
                ("spaced/y.py", ""),
                ("two-nspkg.pth", spaced),
            ];
            if plain {
                one.push(("plain/__init__.py", ""));
                two.push(("split/__init__.py", "ORIGIN = 'second'\n"));
            }
            vec![wheel("demo", &one), wheel("two", &two)]
        };
        for plain in [true, false] {
            if python.major == 2 && !plain {
                continue; // PEP 420 is not for Python 2
            }
            let world = World::new();
            let file = world.write(&app(function(), wheels(plain)));
            for _ in 0..2 {
                assert_eq!(succeed(world.command(&path).arg(&file)), "ok\n", "{python}");
            }
        }
    }
}

#[test]
fn the_environment_can_ask_for_another_entry() {
    for (python, path) in pythons() {
        let world = World::new();
        let file = world.write(&demo(Entry::Module("nothing".to_owned())));
        let ask = |name: &str, value: &str, arguments: &[&str]| {
            run(world.command(&path).arg(&file).args(arguments).env(name, value))
        };
        let printed = "['x']\n1\n__main__\n";
        let expected = Outcome(3, printed.to_owned(), String::new());
        assert_eq!(ask("SPX_SCRIPT", "demo-command", &["x"]), expected, "{python}");
        assert_eq!(ask("SPX_MODULE", "demo", &["x"]), expected, "{python}");
        assert_eq!(ask("SPX_MODULE", "demo:main", &["x"]), expected, "{python}");
        assert!(ask("SPX_SCRIPT", "demo-script", &[]).1.contains("demo-script"), "{python}");
        let code = "import dependency, sys; print(dependency.X, sys.argv[1:]); sys.exit(5)";
        let outcome = ask("SPX_INTERPRETER", "1", &["-c", code, "y"]);
        assert_eq!((outcome.0, outcome.1.contains("['y']")), (5, true), "{python}: {outcome:?}");
        let outcome = ask("SPX_SCRIPT", "absent", &[]);
        assert_eq!((outcome.0, outcome.2.lines().count()), (1, 1), "{python}: {outcome:?}");
        assert!(outcome.2.contains("no script is called `absent`; there are: demo-script"), "{}", outcome.2);
        let outcome = ask("SPX_VERBOSE", "1", &[]);
        assert!(outcome.2.contains("spx: starting "), "{python}: {outcome:?}");
    }
}

#[test]
fn a_file_that_does_not_belong_in_a_wheel_is_refused() {
    let Some((_, path)) = pythons().pop() else { return };
    for name in ["../escape.py", "/escape.py", "a\\b.py", "c:x.py", "a/../../b.py", "demo-1.0.data/other/x"] {
        let world = World::new();
        let file = world.write(&app(function(), vec![wheel("demo", &[("demo.py", ""), (name, "")])]));
        let outcome = run(world.command(&path).arg(&file));
        assert_eq!((outcome.0, outcome.2.lines().count()), (1, 1), "{name}: {outcome:?}");
        assert!(
            outcome.2.contains("is damaged: demo-1.0-py2.py3-none-any.whl has a file that"),
            "{}",
            outcome.2
        );
        assert!(!world.cached().iter().any(|path| path.extension().is_some_and(|e| e == "py")));
    }
}

#[test]
fn metadata_tracebacks_and_data_are_where_tools_look() {
    let body = "def main():\n    import os, dependency\n    \
        print(open(os.path.join(os.path.dirname(dependency.__file__), 'data.txt')).read())\n    \
        try:\n        from importlib.metadata import version\n        print(version('dependency'))\n    \
        except ImportError:\n        print('1.0')\n    raise RuntimeError('on purpose')\n";
    for (python, path) in pythons() {
        let world = World::new();
        let library = [("dependency/__init__.py", ""), ("dependency/data.txt", "content")];
        let file = world.write(&app(
            function(),
            vec![wheel("demo", &[("demo.py", body)]), wheel("dependency", &library)],
        ));
        for _ in 0..2 {
            let outcome = run(world.command(&path).arg(&file));
            assert_eq!((outcome.0, outcome.1.as_str()), (1, "content\n1.0\n"), "{python}: {}", outcome.2);
            assert!(
                outcome.2.contains("lib/demo.py\", line 9, in main\n    raise RuntimeError"),
                "{}",
                outcome.2
            );
        }
    }
}
