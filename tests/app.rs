//! `spx .` on the tutorial's project, from a folder of wheels: the file it writes, run by every Python there is.

use crate::support::{World, pythons, wheel, wheelhouse};
use std::fs;
use std::path::{Path, PathBuf};

/// The demo, built without a network.
fn build(world: &World) -> PathBuf {
    world.project("demo");
    // The stand-ins have no decorators, so the program is one of their size.
    world.write("demo/demo.py", "import sys\nimport click\nimport sh\nclick.echo('Hello, %s!' % ' '.join(sys.argv[1:] or ['world']))\nprint('Python %d.%d' % sys.version_info[:2])\nprint(sh.uname('-s').strip())\n");
    wheelhouse(&world.work());
    world.spx(&["demo", "--no-index", "--find-links", "wheelhouse"]).success();
    world.work().join("dist/demo.pyz")
}

/// Runs the application under a Python, in a directory of its own.
fn run(world: &World, python: &Path, file: &Path, arguments: &[&str]) -> crate::support::Ran {
    world.finish(world.command(python).arg(file).args(arguments).current_dir("/"))
}

#[test]
fn the_demo_runs_under_every_python() {
    let world = World::new();
    let file = build(&world);
    let expected_click = |version: &str| match version {
        "2.7" | "3.5" => "7.1.2",
        "3.6" => "8.0.4",
        _ => "8.1.8",
    };
    for (version, python) in pythons() {
        for round in ["first", "later"] {
            let ran = run(&world, &python, &file, &["you"]);
            let click = expected_click(&version);
            let expected = format!("click {click}: Hello, you!\nPython {version}\nLinux\n");
            assert_eq!(
                (ran.status, ran.stdout.as_str()),
                (0, expected.as_str()),
                "{round} run on {version}: {}",
                ran.stderr
            );
        }
    }
}

#[test]
fn two_builds_are_equal_and_every_zip_reader_takes_them() {
    let world = World::new();
    let file = build(&world);
    let once = fs::read(&file).unwrap();
    let other = World::new();
    assert_eq!(once, fs::read(build(&other)).unwrap(), "another directory, the same bytes");
    for (version, python) in pythons() {
        let test = "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip())";
        let ran = world.finish(world.command(python).args(["-c", test]).arg(&file));
        assert_eq!(ran.stdout, "None\n", "Python {version}: {}", ran.stderr);
    }
    match world.command("unzip").arg("-tq").arg(&file).output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => eprintln!("SKIPPED: no unzip on this machine"),
    }
}

#[test]
#[cfg(unix)]
fn it_runs_through_a_link_from_a_strange_place_without_a_home() {
    let world = World::new();
    let file = build(&world);
    let Some((_, python)) = pythons().into_iter().next_back() else { return };
    let strange = world.work().join("a b ü");
    fs::create_dir(&strange).unwrap();
    let link = strange.join("hällo");
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(run(&world, &python, &link, &[]).success().stderr, "");
    // A file stands where the cache should be: nobody can write there, not even root.
    let blocked = world.write("blocked", "");
    let mut command = world.command(&python);
    command.arg(&file).env("HOME", &blocked).env_remove("SPX_CACHE").env_remove("XDG_CACHE_HOME");
    let ran = world.finish(&mut command);
    assert!(ran.status == 0 && ran.stdout.contains("Hello, world!"), "{}", ran.all());
    assert!(!ran.stderr.contains("Traceback"), "{}", ran.all());
}

#[test]
#[cfg(unix)]
fn the_header_finds_a_python_by_itself() {
    let world = World::new();
    let file = build(&world);
    let ran = world.finish(world.command(&file).arg("there"));
    assert!(ran.status == 0 && ran.stdout.contains("Hello, there!"), "{}", ran.all());
}

#[test]
fn what_is_baked_in_comes_before_what_the_user_says() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import setup\nsetup(name='p', version='1', py_modules=['p'], entry_points={'console_scripts': ['p = p:main']})\n");
    world.write(
        "p/p.py",
        "import os, sys\ndef main():\n    print(sys.argv[1:], os.environ.get('MODE'))\n    return 3\n",
    );
    let baked =
        ["p", "--no-index", "--inject-args", "--port '8 0'", "--inject-env", "MODE=prod", "-o", "p.pyz"];
    world.spx(&baked).success();
    let Some((_, python)) = pythons().into_iter().next_back() else { return };
    let ran = run(&world, &python, &world.work().join("p.pyz"), &["x"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (3, "['--port', '8 0', 'x'] prod\n"), "{}", ran.stderr);
    world.spx(&["p", "--no-index", "-o", "q.pyz", "--inject-args", "--", "-v", "--", "y"]).success();
    let ran = run(&world, &python, &world.work().join("q.pyz"), &[]);
    assert_eq!(ran.stdout, "['-v', '--', 'y'] None\n", "{}", ran.stderr);
}

#[test]
fn entry_points_modules_and_requirements_can_be_chosen() {
    let world = World::new();
    let folder = world.work().join("wheelhouse");
    let files = [
        ("tool/__init__.py", "def main():\n    print('function')\n"),
        ("tool/__main__.py", "print('module')\n"),
        ("tool-1.0.dist-info/entry_points.txt", "[console_scripts]\none = tool:main\ntwo = tool:main\n"),
    ];
    wheel(&folder, "tool", "1.0", "py2.py3-none-any", "", &files);
    let Some((_, python)) = pythons().into_iter().next_back() else { return };
    let base = ["tool", "--no-index", "-f", "wheelhouse", "-o", "t.pyz"];
    for (choice, expected) in [
        (["-c", "two"], "function\n"),
        (["--console-script", "one"], "function\n"),
        (["-e", "tool:main"], "function\n"),
        (["-m", "tool"], "module\n"),
        (["-e", "tool"], "module\n"),
    ] {
        world.spx(&[&base[..], &choice[..]].concat()).success();
        let ran = run(&world, &python, &world.work().join("t.pyz"), &[]);
        assert_eq!(ran.stdout, expected, "{choice:?}: {}", ran.stderr);
    }
    let ran = world.spx(&base);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("choose one: -c one, -c two"), "{}", ran.stderr);
}

#[test]
fn the_wrong_python_gets_one_line() {
    let world = World::new();
    build(&world);
    world.spx(&["demo", "--no-index", "-f", "wheelhouse", "--python", ">=3.12", "-o", "new.pyz"]).success();
    let Some((_, python)) = pythons().into_iter().find(|(version, _)| version == "2.7") else { return };
    let ran = run(&world, &python, &world.work().join("new.pyz"), &[]);
    assert_eq!((ran.status, ran.stderr.lines().count()), (1, 1), "{}", ran.all());
    assert!(ran.stderr.contains("3.12"), "{}", ran.stderr);
}

#[test]
fn a_failed_build_leaves_what_was_there() {
    let world = World::new();
    let file = build(&world);
    let before = fs::read(&file).unwrap();
    world.write("demo/requirements.txt", "sh\nclick\nnobody-has-this\n");
    let ran = world.spx(&["demo", "--no-index", "--find-links", "wheelhouse"]);
    assert_eq!(ran.status, 1, "{}", ran.all());
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(file.parent().unwrap()).unwrap().count(), 1, "nothing half-written beside it");
    let projects: Vec<_> =
        fs::read_dir(world.work().join("demo")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(projects.len(), 4, "nothing is written into the project: {projects:?}");
}

#[test]
fn json_says_what_was_built() {
    let world = World::new();
    build(&world);
    let ran = world.spx(&["demo", "--no-index", "-f", "wheelhouse", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
    assert_eq!(document["schema"], 1);
    let application = &document["application"];
    assert_eq!(application["size"], fs::metadata(world.work().join("dist/demo.pyz")).unwrap().len());
    assert_eq!(application["wheels"][0]["file"], "demo-0.0.1-py2.py3-none-any.whl");
    assert_eq!(application["targets"].as_array().unwrap().len(), 33);
    assert_eq!(application["requests"], 0);
}
