//! `spx lock`, and `spx .` and `spx tree` beside a lock.

use crate::support::{World, python, sdist, wheel};
use std::fs;

/// A project that needs `tool`, which needs another version of `part` on each Python series.
fn project(world: &World) {
    world.write(
        "p/setup.py",
        "from setuptools import setup\nsetup(name='p', version='1', py_modules=['p'], scripts=['p.py'])\n",
    );
    world.write("p/setup.cfg", "[bdist_wheel]\nuniversal = 1\n");
    world.write("p/p.py", "import tool\n");
    world.write("p/requirements.txt", "tool>=1\n./archives/old-1.0.zip\n");
    let folder = world.work().join("p/wheelhouse");
    let needs = "Provides-Extra: x\nRequires-Dist: part<2; python_version < '3'\nRequires-Dist: part; python_version >= '3'\n";
    wheel(&folder, "tool", "1.0", "py2.py3-none-any", needs, &[("tool.py", "")]);
    for version in ["1.0", "2.0"] {
        wheel(&folder, "part", version, "py2.py3-none-any", "", &[("part.py", "")]);
    }
    let setup = "from setuptools import setup\nsetup(name='old', version='1.0', py_modules=['old'])\n";
    sdist(&world.work().join("p/archives"), "old", "1.0", &[("setup.py", setup), ("old.py", "")]);
}

const BASE: [&str; 4] = ["p", "--no-index", "-f", "p/wheelhouse"];

fn spx(world: &World, words: &[&str]) -> crate::support::Ran {
    world.spx(&[words, &BASE].concat())
}

#[test]
fn a_lock_is_written_used_and_found_stale() {
    let world = World::new();
    project(&world);
    let ran = spx(&world, &["lock"]);
    assert!(
        ran.success().stderr.contains("4 versions of 3 projects, for Python 2.7, 3.5 to 3.14"),
        "{}",
        ran.all()
    );
    let path = world.work().join("p/pylock.toml");
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("name = \"part\"\nversion = \"1.0\"\nmarker = \"python_version < \\\"3\\\"\""),
        "{text}"
    );
    assert!(text.contains("archive = { path = \"./archives/old-1.0.zip\""), "{text}");
    assert_eq!(spx(&world, &["lock", "--diff"]).success().stdout, "nothing would change\n");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    // A newer version changes nothing while there is a lock.
    wheel(&world.work().join("p/wheelhouse"), "part", "3.0", "py2.py3-none-any", "", &[("part.py", "")]);
    for more in [&["-o", "p.pyz"][..], &["-o", "p.pyz", "--locked"], &["-o", "p.pyz", "--python", "3.12"]] {
        let ran = spx(&world, more);
        assert!(ran.success().stderr.contains("part") && !ran.stderr.contains("3.0"), "{}", ran.all());
    }
    world.write("p/requirements.txt", "tool>=1\npart\n");
    let ran = spx(&world, &["-o", "p.pyz"]);
    assert!(ran.success().stderr.contains("new since it was made: requirements.txt: part"), "{}", ran.all());
    assert!(
        ran.stderr.contains("no longer there: requirements.txt: old @ ./archives/old-1.0.zip"),
        "{}",
        ran.all()
    );
    let ran = spx(&world, &["-o", "p.pyz", "--locked"]);
    assert!(ran.status == 1 && ran.stderr.contains("stale-lock"), "{}", ran.all());
    assert_eq!(spx(&world, &["lock"]).status, 0);
    assert_eq!(spx(&world, &["-o", "p.pyz", "--locked"]).status, 0);
}

#[test]
fn versions_stay_until_they_are_to_move() {
    let world = World::new();
    project(&world);
    spx(&world, &["lock"]).success();
    let path = world.work().join("p/pylock.toml");
    let text = fs::read_to_string(&path).unwrap();
    for name in ["part", "tool"] {
        let file = format!("{name}.py");
        wheel(&world.work().join("p/wheelhouse"), name, "3.0", "py2.py3-none-any", "", &[(&file, "")]);
    }
    let diff = |words: &[&str]| spx(&world, &[&["lock", "--diff"], words].concat());
    assert_eq!(diff(&[]).success().stdout, "nothing would change\n");
    // The new `tool` needs nothing.
    let all = "- part 1.0 (python_version < \"3\"), 2.0 (python_version >= \"3\")\ntool 1.0 -> 3.0\n";
    assert_eq!(diff(&["--upgrade"]).success().stdout, all);
    assert_eq!(diff(&["--upgrade-package", "Tool"]).success().stdout, all);
    let part = "part 2.0 (python_version >= \"3\") -> 3.0 (python_version >= \"3\")\n";
    assert_eq!(diff(&["-P", "part"]).success().stdout, part);
    for (name, said) in [("parts", "nothing needs it"), ("no name", "is not the name of a project")] {
        let ran = diff(&["-P", name]);
        assert!(ran.status == 2 && ran.stderr.contains(said), "{}", ran.all());
    }
    // What is asked for moves what it must, and nothing else.
    world.write("p/requirements.txt", "tool>=1\n./archives/old-1.0.zip\npart!=2.0\n");
    assert_eq!(diff(&[]).success().stdout, part);
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "--diff writes nothing");
    // One version more, and one that is taken in fewer places.
    world.write("p/requirements.txt", "tool>=1\n./archives/old-1.0.zip\npart>2; python_version >= '3.9'\n");
    let also = "part: also 3.0 (python_version >= \"3.9\")\n";
    assert_eq!(diff(&[]).success().stdout, also);
    // A lock that nobody can read keeps nothing, and that is said.
    fs::write(&path, "lock-version = '9'").unwrap();
    let ran = spx(&world, &["lock"]);
    assert!(ran.success().stderr.contains("as if there were no lock"), "{}", ran.all());
    assert!(fs::read_to_string(&path).unwrap().contains("name = \"tool\"\nversion = \"3.0\""));
}

#[test]
fn a_changed_file_is_not_what_was_locked() {
    let world = World::new();
    project(&world);
    spx(&world, &["lock"]).success();
    wheel(
        &world.work().join("p/wheelhouse"),
        "tool",
        "1.0",
        "py2.py3-none-any",
        "",
        &[("tool.py", "other\n")],
    );
    let ran = spx(&world, &["-o", "p.pyz", "--locked"]);
    assert!(ran.status != 0 && ran.stderr.contains("tool-1.0-py2.py3-none-any.whl"), "{}", ran.all());
    assert!(!world.work().join("p.pyz").exists());
}

#[test]
fn locks_of_others_are_used_when_they_fit() {
    let world = World::new();
    project(&world);
    spx(&world, &["lock"]).success();
    let path = world.work().join("p/pylock.toml");
    let text = fs::read_to_string(&path).unwrap();
    let foreign = text
        .split("\n# What this was made of")
        .next()
        .unwrap()
        .replace("created-by = \"spx\"", "created-by = \"other\"");
    fs::write(&path, &foreign).unwrap();
    wheel(&world.work().join("p/wheelhouse"), "part", "3.0", "py2.py3-none-any", "", &[("part.py", "")]);
    let ran = spx(&world, &["-o", "p.pyz", "--locked"]);
    assert!(ran.success().stderr.contains("part 1.0 2.0"), "{}", ran.all());
    world.write("p/requirements.txt", "tool>=1\n./archives/old-1.0.zip\npart>=3; python_version >= '3'\n");
    let ran = spx(&world, &["-o", "p.pyz", "--locked"]);
    assert!(ran.status == 1 && ran.stderr.contains("part"), "{}", ran.all());
    for (broken, said) in [("lock-version = '9'", "version `9`"), ("nonsense", "pylock.toml:1")] {
        fs::write(&path, broken).unwrap();
        let ran = spx(&world, &["-o", "p.pyz", "--locked"]);
        assert!(ran.status == 1 && ran.stderr.contains(said), "{}", ran.all());
    }
}

#[test]
fn the_tree_says_who_brings_what() {
    let world = World::new();
    project(&world);
    let ran = spx(&world, &["tree"]);
    assert_eq!(
        ran.success().stdout,
        "p 1\n├── old 1.0 [old @ file://[ROOT]/work/p/archives/old-1.0.zip]\n└── tool 1.0 [tool>=1]\n    ├── part 1.0 [part<2] ; python_version < \"3\"\n    └── part 2.0 ; python_version >= \"3\"\n"
    );
    let document: serde_json::Value =
        serde_json::from_str(&spx(&world, &["tree", "--format", "json"]).success().stdout).unwrap();
    assert_eq!(document["tree"]["packages"].as_array().unwrap().len(), 4);
}

#[test]
fn another_reader_takes_the_lock() {
    let Some(python) = python("3.12") else { return };
    let world = World::new();
    project(&world);
    spx(&world, &["lock"]).success();
    let program = "import sys, tomllib\nlock = tomllib.load(open(sys.argv[1], 'rb'))\nprint(lock['lock-version'], sorted((p['name'], p['version']) for p in lock['packages']))\n";
    let ran =
        world.finish(world.command(&python).args(["-c", program]).arg(world.work().join("p/pylock.toml")));
    assert_eq!(
        ran.success().stdout,
        "1.0 [('old', '1.0'), ('part', '1.0'), ('part', '2.0'), ('tool', '1.0')]\n"
    );
}
