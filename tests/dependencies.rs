//! What goes into an application beside the project: source distributions, archives and directories by their place,
//! choices of versions and platforms.

use crate::support::{World, pythons, sdist, wheel};
use serde_json::Value;
use std::fs;

/// Builds with JSON output; what it says of the application.
#[track_caller]
fn built(world: &World, arguments: &[&str]) -> Value {
    let ran = world.spx(&[arguments, &["--no-index", "--format", "json"]].concat());
    let document: Value = serde_json::from_str(&ran.success().stdout).unwrap();
    document["application"].clone()
}

/// The file names of an application's wheels.
fn files(application: &Value) -> Vec<String> {
    let wheels = application["wheels"].as_array().unwrap();
    wheels.iter().map(|wheel| wheel["file"].as_str().unwrap().to_owned()).collect()
}

const OLD: &str = "from setuptools import setup\nopen('ran', 'w').close()\nsetup(name='old', version='1.0', py_modules=['old'])\n";

#[test]
fn source_distributions_are_built_and_not_run() {
    let world = World::new();
    let folder = world.work().join("wheelhouse");
    let module = "import sys\ndef main():\n    print('old on %d' % sys.version_info[0])\n";
    sdist(&folder, "old", "1.0", &[("setup.py", OLD), ("old.py", module)]);
    let arguments = ["old", "-e", "old:main", "-f", "wheelhouse", "-o", "old.pyz"];
    let application = built(&world, &arguments);
    assert_eq!(files(&application), ["old-1.0-py2-none-any.whl", "old-1.0-py3-none-any.whl"]);
    let before = fs::read(world.work().join("old.pyz")).unwrap();
    for (version, python) in pythons() {
        let ran = world.finish(world.command(&python).arg(world.work().join("old.pyz")));
        assert_eq!(ran.success().stdout, format!("old on {}\n", &version[..1]));
    }
    assert!(!world.work().join("ran").exists() && !folder.join("ran").exists());
    assert_eq!(files(&built(&world, &arguments)).len(), 2, "out of the cache");
    assert_eq!(fs::read(world.work().join("old.pyz")).unwrap(), before);
}

#[test]
fn what_a_dependency_wants_from_an_address_needs_the_users_word() {
    let world = World::new();
    let folder = world.work().join("wheelhouse");
    let inner = wheel(&world.work(), "inner", "1.0", "py3-none-any", "", &[("inner.py", "")]);
    let address = format!("inner @ file://{}", inner.display());
    let needs = format!("Requires-Dist: {address}\n");
    wheel(&folder, "outer", "2.0", "py3-none-any", &needs, &[("outer.py", "import inner\n")]);
    let arguments = ["outer", "-m", "outer", "-f", "wheelhouse", "-o", "o.pyz", "--python", "3.12"];
    let ran = world.spx(&[&arguments[..], &["--no-index"]].concat());
    assert!(ran.status == 1 && ran.stderr.contains("outer 2.0 wants `inner @ file://"), "{}", ran.all());
    assert!(ran.stderr.contains("your own requirements"), "{}", ran.all());
    let application = built(&world, &[&arguments[..], &[&address]].concat());
    assert_eq!(files(&application), ["inner-1.0-py3-none-any.whl", "outer-2.0-py3-none-any.whl"]);
    // Another hash means another file.
    let other = needs.replace(".whl", &format!(".whl#sha256={}", "0".repeat(64)));
    wheel(&folder, "outer", "2.0", "py3-none-any", &other, &[("outer.py", "import inner\n")]);
    let ran = world.spx(&[&arguments[..], &["--no-index", &address]].concat());
    assert!(ran.status == 1 && ran.stderr.contains("outer 2.0 wants `inner @ file://"), "{}", ran.all());
}

#[test]
fn what_cannot_be_built_is_passed_over_or_named_with_the_reason() {
    let world = World::new();
    let folder = world.work().join("wheelhouse");
    let native = "from setuptools import setup, Extension\nsetup(name='old', version='2.0', ext_modules=[Extension('x', ['x.c'])])\n";
    sdist(&folder, "old", "2.0", &[("setup.py", native), ("x.c", "")]);
    wheel(&folder, "old", "1.5", "py2.py3-none-any", "", &[("old.py", "")]);
    let ran = world.spx(&["old", "-m", "old", "--no-index", "-f", "wheelhouse", "-o", "old.pyz"]);
    assert!(
        ran.success().stderr.contains("old 2.0 has no wheel, and its source distribution cannot be built"),
        "{}",
        ran.all()
    );
    assert!(ran.stderr.contains("1.5 is taken"), "{}", ran.all());
    let ran = world.spx(&["old==2.0", "-m", "old", "--no-index", "-f", "wheelhouse", "-o", "old.pyz"]);
    assert_eq!(ran.status, 1, "{}", ran.all());
    assert!(ran.stderr.contains("old 1.5 is the newest for Python 2.7 and 3.5 to 3.14"), "{}", ran.all());
}

#[test]
fn wheels_archives_and_directories_are_taken_by_their_place() {
    let world = World::new();
    world.write(
        "p/setup.py",
        "from setuptools import setup\nsetup(name='p', version='1', py_modules=['p'], scripts=['p.py'])\n",
    );
    world.write("p/p.py", "import old, lib\nprint(old.NAME, lib.NAME)\n");
    world.write(
        "p/lib/setup.py",
        "from setuptools import setup\nsetup(name='lib', version='3', py_modules=['lib'])\n",
    );
    world.write("p/lib/lib.py", "NAME = 'lib'\n");
    sdist(&world.work().join("p/archives"), "old", "1.0", &[("setup.py", OLD), ("old.py", "NAME = 'old'\n")]);
    world.write("p/requirements.txt", "./archives/old-1.0.zip\n-e ./lib\n-e .\n");
    let application = built(&world, &["p", "-o", "p.pyz", "--python", "3.12"]);
    assert_eq!(
        files(&application),
        ["p-1-py3-none-any.whl", "lib-3-py3-none-any.whl", "old-1.0-py3-none-any.whl"]
    );
    let tool = wheel(&world.work(), "tool", "1.0", "py2.py3-none-any", "", &[("tool.py", "print('tool')\n")]);
    let typed = built(&world, &["./tool-1.0-py2.py3-none-any.whl", "-m", "tool", "-o", "t.pyz"]);
    assert_eq!(files(&typed), ["tool-1.0-py2.py3-none-any.whl"]);
    let address = format!("tool @ file://{}", tool.display());
    assert_eq!(files(&built(&world, &[&address, "-m", "tool", "-o", "t.pyz"])), files(&typed));
    for (line, said) in [
        ("git+https://example.org/x.git@main#egg=x", "it runs no `git`"),
        ("x @ hg+https://example.org/x", "it runs no `hg`"),
        (
            "./archives/old-1.0.zip --hash=sha256:00000000000000000000000000000000000000000000000000000000deadbeef",
            "none of the hashes",
        ),
        ("./archives/gone-1.0.zip", "no such file"),
        ("../secret", "leads out of the project"),
    ] {
        world.write("p/requirements.txt", line);
        let ran = world.spx(&["p", "--no-index", "-o", "p.pyz"]);
        assert!(ran.status != 0 && ran.stderr.contains(said), "{line}: {}", ran.all());
    }
}

#[test]
fn versions_and_systems_can_be_chosen() {
    let world = World::new();
    let folder = world.work().join("wheelhouse");
    for (version, tag) in [
        ("1.0", "py2.py3-none-any"),
        ("2.0", "cp312-cp312-manylinux_2_17_x86_64"),
        ("2.0", "cp312-cp312-manylinux_2_34_x86_64"),
        ("2.0", "cp312-cp312-win_arm64"),
    ] {
        wheel(&folder, "tool", version, tag, "Requires-Dist: extra-thing\n", &[("tool.py", "")]);
    }
    let base = [
        "tool",
        "-m",
        "tool",
        "-f",
        "wheelhouse",
        "-o",
        "t.pyz",
        "--exclude",
        "Extra_Thing",
        "--python",
        "3.12",
    ];
    for (more, expected) in [
        (["--platform", "manylinux2014_x86_64"], "tool-2.0-cp312-cp312-manylinux_2_17_x86_64.whl"),
        (["--platform", "win_arm64"], "tool-2.0-cp312-cp312-win_arm64.whl"),
        (["--platform", "macosx_11_0_arm64"], "tool-1.0-py2.py3-none-any.whl"),
        (["--resolution", "lowest"], "tool-1.0-py2.py3-none-any.whl"),
    ] {
        assert_eq!(files(&built(&world, &[&base[..], &more].concat())), [expected], "{more:?}");
    }
    let both = [&base[..], &["--platform", "manylinux2014_x86_64", "--platform", "win_amd64"]].concat();
    assert_eq!(files(&built(&world, &both)).len(), 2);
    let ran = world.spx(&[&base[..], &["--no-index", "--platform", "solaris"]].concat());
    assert!(ran.status == 2 && ran.stderr.contains("manylinux2014_x86_64"), "{}", ran.all());
}
