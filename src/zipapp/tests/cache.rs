//! The cache: damage, places it can be in, races, modes, bytecode.
#![allow(clippy::disallowed_methods)] // the tests start Pythons and look at files

use super::*;

#[test]
fn any_file_of_the_cache_may_be_damaged() {
    let found = pythons();
    let extremes: Vec<Python> =
        found.first().into_iter().chain(found.last()).map(|(python, _)| *python).collect();
    for (python, path) in found {
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
            // Every way under the two extremes, one under the Pythons between them.
            let ways: &[&str] =
                if extremes.contains(&python) { &["cut", "removed", "grown"] } else { &["cut"] };
            for how in ways {
                assert!(damaged.exists(), "{python}: {} is not there before it is {how}", damaged.display());
                match *how {
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

        // No regular file can be written, as on a full disk.
        let script = "ulimit -f 0; exec \"$@\"";
        let outcome =
            run(world.command(Path::new("/bin/sh")).args(["-c", script, "sh"]).arg(&path).arg(&file));
        assert_eq!((outcome.0, outcome.2.lines().count()), (73, 1), "{python}: {outcome:?}");
        assert!(outcome.2.contains("cannot unpack: "), "{}", outcome.2);
        world.assert_no_leftovers();
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
            assert_eq!((output.status.code(), output.stderr.len()), (Some(3), 0), "{python}: {output:?}");
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
        let left = world.path("cache/tmp").join(format!("{host}-{dead}-0"));
        fs::create_dir_all(left.join("lib")).unwrap();
        fs::write(left.join("lib/half.py"), "").unwrap();
        let script = "umask 0; exec \"$@\"";
        let outcome =
            run(world.command(Path::new("/bin/sh")).args(["-c", script, "sh"]).arg(&path).arg(&file));
        assert_eq!(outcome.0, 3, "{python}: {}", outcome.2);
        assert!(!left.exists());
        for entry in walkdir::WalkDir::new(world.path("cache")).min_depth(2) {
            let entry = entry.unwrap();
            if entry.path_is_symlink() {
                continue;
            }
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
