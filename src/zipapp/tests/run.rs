//! What runs: entries, headers, the environment, multiprocessing.
#![allow(clippy::disallowed_methods)] // the tests start Pythons and look at files

use super::*;

#[test]
fn every_python_runs_every_kind_of_entry_on_first_and_later_runs() {
    for (python, path) in pythons() {
        let world = World::new();
        let mut app = demo(function());
        app.inject_args = vec!["--injected".to_owned(), "ä'\"\\".to_owned()];
        let file = world.write(&app);
        let again = |arguments: &[&str]| run(world.command(&path).arg(&file).args(arguments));
        let check = "import sys, zipfile; assert zipfile.ZipFile(sys.argv[1]).testzip() is None";
        succeed(world.command(&path).args(["-c", check]).arg(&file));
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
        wrong = [p for p in sys.path if p in ('', os.getcwd()) or 'outside' in p or p.endswith('-packages') and not p.startswith(os.environ['SPX_CACHE'])]\n    \
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
        let methods = if python.major == 2 { "(None,)" } else { "('fork', 'spawn')" };
        let world = World::new();
        let name = if python.major == 2 { "python2" } else { "python3" };
        let search = named(&world, name, &path);
        for entry in [function(), Entry::Script("run".to_owned()), Entry::Module("demo".to_owned())] {
            let module = module.replace("METHODS", methods);
            let script = script.replace("METHODS", methods);
            let wheels = vec![wheel("demo", &[("demo.py", &module), ("demo-1.0.data/scripts/run", &script)])];
            let file = world.write(&only(python, app(entry.clone(), wheels)));
            for turn in 0..2 {
                let printed = succeed(world.command(&file).env("PATH", &search));
                assert_eq!(printed, "done\n", "{python}, {entry}, run {turn}");
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
                outcome.2.contains("site-packages/demo.py\", line 9, in main\n    raise RuntimeError"),
                "{}",
                outcome.2
            );
        }
    }
}

#[test]
fn a_virtual_environment_is_there_for_the_pythons_that_the_program_starts() {
    let body = "import sys, os, subprocess, dependency\ndef other():\n    print('other')\ndef main():\n    \
        code = 'import dependency; print(dependency.X)'\n    \
        print(subprocess.check_output([sys.executable, '-c', code]).decode().strip())\n    \
        if sys.version_info[0] > 2:\n        assert sys.prefix.startswith(os.environ['SPX_CACHE'])\n        \
        command = os.path.join(os.path.dirname(sys.executable), 'dependency-command')\n        \
        assert subprocess.check_output([command]) == b'called\\n'\n        \
        assert sorted(os.listdir(os.path.dirname(sys.executable)))[:2] == ['demo-command', 'dependency-command']\n";
    let library = [("dependency.py", "X = 1\ndef main():\n    print('called')\n")];
    for (python, path) in pythons() {
        let world = World::new();
        let mut app =
            app(function(), vec![wheel("demo", &[("demo.py", body)]), wheel("dependency", &library)]);
        app.behaviour.venv = true;
        let file = world.write(&only(python, app));
        let search = named(&world, if python.major == 2 { "python2" } else { "python3" }, &path);
        for direct in [false, true, false, true] {
            let mut command = world.command(if direct { &file } else { &path });
            if !direct {
                command.arg(&file);
            }
            assert_eq!(succeed(command.env("PATH", &search)), "1\n", "{python}, direct {direct}");
        }
        for entry in walkdir::WalkDir::new(world.path("cache")).into_iter().flatten() {
            if entry.file_name() == "python" {
                fs::remove_file(entry.path()).unwrap();
                std::os::unix::fs::symlink("/nonexistent/python", entry.path()).unwrap();
            }
        }
        assert_eq!(succeed(world.command(&path).arg(&file)), "1\n", "{python}: its Python was uninstalled");
    }
}

#[test]
fn pth_files_run_when_that_was_chosen() {
    let body = "import sys\ndef main():\n    print(getattr(sys, 'started', None))\n";
    for (python, path) in pythons() {
        for pth in [false, true] {
            let world = World::new();
            let files = [("demo.py", body), ("demo.pth", "import sys; sys.started = 'by pth'\n")];
            let mut app = app(function(), vec![wheel("demo", &files)]);
            app.behaviour.pth = pth;
            let file = world.write(&only(python, app));
            let search = named(&world, if python.major == 2 { "python2" } else { "python3" }, &path);
            let expected = if pth { "by pth\n" } else { "None\n" };
            for direct in [false, true, true] {
                let mut command = world.command(if direct { &file } else { &path });
                if !direct {
                    command.arg(&file);
                }
                assert_eq!(succeed(command.env("PATH", &search)), expected, "{python}, direct {direct}");
            }
        }
    }
}

#[test]
fn native_extensions_load_in_every_start_and_in_children() {
    let source = "#include <Python.h>\nstatic PyMethodDef methods[] = {{NULL, NULL, 0, NULL}};\n\
        #if PY_MAJOR_VERSION > 2\nstatic struct PyModuleDef module = {PyModuleDef_HEAD_INIT, \"native\", NULL, -1, methods};\n\
        PyMODINIT_FUNC PyInit__native(void) { PyObject *m = PyModule_Create(&module);\n\
        PyModule_AddIntConstant(m, \"ANSWER\", 42); return m; }\n\
        #else\nPyMODINIT_FUNC init_native(void) { PyObject *m = Py_InitModule(\"_native\", methods);\n\
        PyModule_AddIntConstant(m, \"ANSWER\", 42); }\n#endif\n";
    let body = "import multiprocessing, native\nfrom native import _native\ndef answer(x):\n    return _native.ANSWER + x\n\
        def main():\n    assert _native.__file__.endswith('.so'), _native.__file__\n    \
        pool = multiprocessing.Pool(1)\n    print(pool.map(answer, [0, 1]))\n    pool.close()\n    pool.join()\n";
    for (python, path) in pythons() {
        let world = World::new();
        fs::write(world.path("native.c"), source).unwrap();
        let include = succeed(
            world.command(&path).args(["-c", "import sysconfig; print(sysconfig.get_paths()['include'])"]),
        );
        let library = world.path("_native.so");
        let mut compiler = Command::new("cc");
        compiler.args(["-shared", "-fPIC", "-o"]).arg(&library).arg(format!("-I{}", include.trim()));
        let compiled = compiler.arg(world.path("native.c")).stderr(Stdio::null()).status();
        if !compiled.is_ok_and(|status| status.success()) {
            eprintln!("skipped: no C compiler, or no headers of Python {python}");
            continue;
        }
        let entries = vec![
            ArchiveEntry::new("native/__init__.py", ""),
            ArchiveEntry::new("native/_native.so", fs::read(&library).unwrap()),
        ];
        let wheels = vec![wheel("demo", &[("demo.py", body)]), wheel_of("native", entries)];
        let file = world.write(&only(python, app(function(), wheels)));
        let search = named(&world, if python.major == 2 { "python2" } else { "python3" }, &path);
        for turn in 0..3 {
            let printed = succeed(world.command(&file).env("PATH", &search));
            assert_eq!(printed, "[42, 43]\n", "{python}, run {turn}");
        }
    }
}
