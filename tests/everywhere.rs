//! An application that looks at its surroundings from inside, under every Python and started in every way.

use crate::support::{World, pypy, pythons, wheel};
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const EXTENDED: &str = "__path__ = __import__('pkgutil').extend_path(__path__, __name__)\n";
const NSPKG: &str = "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *('nsdeclared',));\
    m = sys.modules.setdefault('nsdeclared', types.ModuleType('nsdeclared'))\n";

fn build(world: &World) -> PathBuf {
    let folder = world.work().join("wheelhouse");
    let resources = [
        (
            "resources/__init__.py",
            "def triple(x):\n    return 3 * x\ndef plugin():\n    pass\ndef fail():\n    raise ValueError('on purpose')\n",
        ),
        ("resources/inner.py", ""),
        ("resources/data.txt", "text"),
        ("resources-1.0.dist-info/entry_points.txt", "[plugins]\nfirst = resources:plugin\n"),
    ];
    wheel(&folder, "resources", "1.0", "py2.py3-none-any", "", &resources);
    for (name, value) in [("one", "X = 1\n"), ("two", "X = 2\n")] {
        let declared = format!("nsdeclared/{name}.py");
        let extended = format!("nspkgutil/{name}.py");
        let implicit = format!("nsimplicit/{name}.py");
        let pth = format!("part{name}-1.0-nspkg.pth");
        let files = [
            (pth.as_str(), NSPKG),
            (declared.as_str(), value),
            (extended.as_str(), value),
            (implicit.as_str(), value),
            ("nspkgutil/__init__.py", EXTENDED),
        ];
        wheel(&folder, &format!("part{name}"), "1.0", "py2.py3-none-any", "", &files);
    }
    world.write("everywhere/everywhere.py", fs::read("testdata/everywhere.py").unwrap());
    world.write(
        "everywhere/setup.py",
        "from setuptools import setup\nsetup(name='everywhere', version='1', scripts=['everywhere.py'],\n      \
         install_requires=['resources', 'partone', 'parttwo'])\n",
    );
    world.write("everywhere/setup.cfg", "[bdist_wheel]\nuniversal=1\n");
    world.spx(&["everywhere", "--no-index", "-f", "wheelhouse"]).success();
    world.work().join("dist/everywhere.pyz")
}

/// A directory that has a Python under its plain name, for the header to find.
fn bin(world: &World, version: &str, python: &Path) -> PathBuf {
    let directory = world.work().join(format!("bin-{version}"));
    fs::create_dir_all(&directory).unwrap();
    symlink(python, directory.join(if version == "2.7" { "python2" } else { "python3" })).unwrap();
    directory
}

fn started(world: &World, program: &Path, file: Option<&Path>, typed: &str, search: &Path) -> Command {
    let outside = world.work().join("outside");
    let mut command = world.command(program);
    command.args(file).args(["a b", "*", "--", "-x"]);
    command.env("PATH", search);
    command.env("TYPED", typed).env("PYTHONPATH", &outside).env("GIVEN_PYTHONPATH", &outside);
    command
}

#[test]
fn every_point_holds_from_inside() {
    let world = World::new();
    let file = build(&world);
    world.write("outside/planted.py", "");
    for name in ["sitecustomize", "usercustomize", "resources", "nspkgutil", "json", "marshal", "zipfile"] {
        world.write(&format!("outside/{name}.py"), "import planted\n");
    }
    let strange = world.work().join("a b ü");
    fs::create_dir(&strange).unwrap();
    let renamed = strange.join("näme with space");
    fs::copy(&file, &renamed).unwrap();
    let link = strange.join("link");
    symlink(&file, &link).unwrap();
    for (version, python) in pythons().into_iter().chain(pypy()) {
        let search = bin(&world, &version, &python);
        for turn in ["first", "second"] {
            for (path, typed) in [(&file, "everywhere.pyz"), (&renamed, "näme with space"), (&link, "link")]
            {
                for direct in [false, true] {
                    // The header takes the first Python in range; for an old one there must be no other.
                    let (program, argument) =
                        if direct { (path, None) } else { (&python, Some(path.as_path())) };
                    let mut command = started(&world, program, argument, typed, &search);
                    if direct && turn == "first" {
                        command.env("PYTHONUNBUFFERED", "1");
                    }
                    let ran = world.finish(&mut command);
                    let what = format!("Python {version}, {typed}, {turn}, direct {direct}");
                    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (7, "", ""), "{what}");
                }
            }
        }
    }
}

#[test]
fn signals_and_exit_statuses_are_the_programs_own() {
    let world = World::new();
    world.write(
        "p/app.py",
        "import os, signal, sys, time\nhow = sys.argv[1]\nif how == 'status':\n    sys.exit(int(sys.argv[2]))\n\
         if how == 'words':\n    sys.exit('said')\nif how == 'raise':\n    raise KeyError('x')\n\
         if how == 'handled':\n    signal.signal(signal.SIGTERM, lambda *_: sys.exit(9))\n\
         sys.stdout.write('ready\\n')\nsys.stdout.flush()\ntime.sleep(60)\n",
    );
    world.spx(&["-D", "p", "-m", "app", "-o", "a.pyz", "--no-index"]).success();
    let file = world.work().join("a.pyz");
    for (version, python) in pythons() {
        let search = bin(&world, &version, &python);
        for direct in [false, true] {
            let command = |arguments: &[&str]| {
                let mut command = world.command(if direct { &file } else { &python });
                if !direct {
                    command.arg(&file);
                }
                command.args(arguments).env("PATH", &search);
                command
            };
            let run = |arguments: &[&str]| world.finish(&mut command(arguments));
            let what = format!("Python {version}, direct {direct}");
            assert_eq!(run(&["status", "0"]).status, 0, "{what}");
            assert_eq!(run(&["status", "77"]).status, 77, "{what}");
            let words = run(&["words"]);
            assert_eq!((words.status, words.stderr.as_str()), (1, "said\n"), "{what}");
            let raised = run(&["raise"]);
            assert!(
                raised.status == 1 && raised.stderr.contains("KeyError: 'x'"),
                "{what}: {}",
                raised.all()
            );
            for (how, expected) in [("plain", (None, Some(15))), ("handled", (Some(9), None))] {
                let mut child = command(&[how]).stdout(Stdio::piped()).spawn().unwrap();
                let mut line = String::new();
                std::io::BufRead::read_line(
                    &mut std::io::BufReader::new(child.stdout.take().unwrap()),
                    &mut line,
                )
                .unwrap();
                assert_eq!(line, "ready\n", "{what}");
                rustix::process::kill_process(
                    rustix::process::Pid::from_child(&child),
                    rustix::process::Signal::TERM,
                )
                .unwrap();
                let status = child.wait().unwrap();
                let signal = std::os::unix::process::ExitStatusExt::signal(&status);
                assert_eq!((status.code(), signal), expected, "{what}, {how}");
            }
        }
    }
}

/// `SPX_TEST_DAMAGES` of them; benches/robustness.py has the other torments.
#[test]
fn random_damages_and_kills_are_healed() {
    let world = World::new();
    let file = build(&world);
    let Some((version, python)) = pythons().pop() else { return };
    let count = std::env::var("SPX_TEST_DAMAGES").ok().and_then(|text| text.parse().ok()).unwrap_or(8);
    let search = bin(&world, &version, &python);
    let command = || {
        let mut command = started(&world, &python, Some(&file), "everywhere.pyz", &search);
        command.env_remove("PYTHONPATH").env_remove("GIVEN_PYTHONPATH");
        command
    };
    let right = |what: &str| {
        let ran = world.finish(&mut command());
        assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (7, "", ""), "{what}");
    };
    right("the first run");
    // A generator of its own (Knuth's), so that a failure can be had again.
    let mut state: u64 = 6_364_136_223_846_793_005;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    for turn in 0..count {
        let mut files: Vec<PathBuf> = walkdir::WalkDir::new(world.cache())
            .sort_by_file_name()
            .into_iter()
            .flatten()
            .filter(|entry| {
                entry.file_type().is_file() && !entry.path().components().any(|c| c.as_os_str() == "index")
            })
            .map(walkdir::DirEntry::into_path)
            .collect();
        let path = files.swap_remove(next(files.len()));
        let mut content = fs::read(&path).unwrap();
        let at = next(content.len() + 1);
        match next(4) {
            0 => fs::remove_file(&path).unwrap(),
            1 => fs::write(&path, &content[..at]).unwrap(),
            2 => fs::write(&path, [&content[..], b"\0more"].concat()).unwrap(),
            _ => {
                content.truncate(at);
                content.extend(b"\0\xff/other bytes");
                fs::write(&path, content).unwrap();
            }
        }
        right(&format!("damage {turn}: {}", path.display()));
        if turn % 4 == 3 {
            fs::remove_dir_all(world.cache().join("app")).unwrap();
            fs::remove_dir_all(world.cache().join("whl")).unwrap();
            let mut child = command().stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
            std::thread::sleep(std::time::Duration::from_millis(20 + next(200) as u64));
            let _ = child.kill();
            child.wait().unwrap();
            right(&format!("after kill {turn}"));
        }
    }
}
