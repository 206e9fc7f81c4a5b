//! Against the real package index, when `SPX_TEST_INDEX=1` asks for it: the tutorial's project, as the README has it,
//! and a program that looks at everything it can rely on from inside.

use crate::support::{World, pythons};
use std::fs;

/// Whether these tests are wanted and the index answers; says why when not.
fn wanted() -> bool {
    if std::env::var_os("SPX_TEST_INDEX").is_none() {
        eprintln!("SKIPPED: the tests that need the package index; SPX_TEST_INDEX=1 runs them");
        return false;
    }
    let world = World::new();
    let ran = world.spx_with_index(&["six", "-m", "six", "-o", "six.pyz", "--python", "3.12"]);
    if ran.status == 2 {
        eprintln!(
            "SKIPPED: THE PACKAGE INDEX CANNOT BE REACHED, SO NOTHING WAS TESTED AGAINST IT\n{}",
            ran.stderr
        );
        return false;
    }
    true
}

#[test]
fn the_demo_is_built_from_the_index_and_runs_everywhere() {
    if !wanted() {
        return;
    }
    let world = World::new();
    world.project("demo");
    world.spx_with_index(&["demo"]).success();
    let file = world.work().join("dist/demo.pyz");
    for (version, python) in pythons() {
        let ran = world.finish(world.command(&python).arg(&file).args(["--name", "you"]).current_dir("/"));
        let lines: Vec<&str> = ran.stdout.lines().collect();
        assert!(
            ran.status == 0
                && lines[0] == "Hello, you!"
                && lines[1].starts_with(&format!("Python {version}.")),
            "Python {version}: {}",
            ran.all()
        );
        assert!(lines[2].contains("Linux") || lines[2].contains("Darwin"), "{}", ran.all());
    }
    // Nothing changed, so the second build asks nobody: the index it is given does not exist.
    let before = fs::read(&file).unwrap();
    let ran = world.spx_with_index(&["demo", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
    assert_eq!(document["application"]["requests"], 0);
    assert_eq!(fs::read(&file).unwrap(), before);
}

/// What runs under every Python: each assertion is a promise about applications.
const MATRIX: &str = r#"
import sys, os, subprocess, multiprocessing, pkgutil

import markupsafe, yaml, pkg_resources, six
from markupsafe import _speedups

def double(x):
    return 2 * x

def methods():
    return [None] if sys.version_info[0] == 2 else ["fork", "spawn"]

def main():
    three = sys.version_info[0] > 2
    assert sys.argv[1:] == ["a b", "*"], sys.argv
    assert sys.modules["__main__"].__name__ == "__main__"
    # Native extensions: compiled ones are there and load.
    assert _speedups.__file__.endswith((".so", ".pyd")), _speedups.__file__
    assert str(markupsafe.escape("<")) == "&lt;"
    assert yaml.safe_load("a: [1, 2]") == {"a": [1, 2]}
    # Data, by every way to it.
    import matrixdata
    assert open(os.path.join(os.path.dirname(matrixdata.__file__), "data.txt")).read() == "data\n"
    assert pkgutil.get_data("matrixdata", "data.txt") == b"data\n"
    assert pkg_resources.resource_string("matrixdata", "data.txt") == b"data\n"
    assert os.path.isfile(pkg_resources.resource_filename("matrixdata", "data.txt"))
    if sys.version_info >= (3, 9):
        import importlib.resources
        assert (importlib.resources.files("matrixdata") / "data.txt").read_text() == "data\n"
    # Metadata and entry points.
    assert pkg_resources.get_distribution("matrix").version == "1"
    assert [e.name for e in pkg_resources.iter_entry_points("matrix.plugins")] == ["one"]
    assert next(iter(pkg_resources.iter_entry_points("matrix.plugins"))).load() is double
    if sys.version_info >= (3, 10):
        from importlib import metadata
        assert metadata.version("PyYAML") == yaml.__version__
        assert [e.name for e in metadata.entry_points(group="matrix.plugins")] == ["one"]
    # Processes.
    for method in methods():
        context = multiprocessing.get_context(method) if method else multiprocessing
        pool = context.Pool(2)
        assert pool.map(double, [1, 2]) == [2, 4]
        pool.close()
        pool.join()
    # Isolation.
    for path in sys.path:
        assert path and path != os.getcwd() and "outside" not in path, sys.path
    assert "outside" in os.environ["PYTHONPATH"]
    # Standard streams and the exit status.
    sys.stderr.write("to stderr\n")
    sys.exit(7)
"#;

#[test]
fn everything_that_programs_rely_on_is_there_under_every_python() {
    if !wanted() {
        return;
    }
    let world = World::new();
    world.write("matrix/matrix.py", MATRIX);
    world.write("matrix/matrixdata/__init__.py", "");
    world.write("matrix/matrixdata/data.txt", "data\n");
    world.write("matrix/setup.cfg", "[bdist_wheel]\nuniversal = 1\n");
    world.write(
        "matrix/setup.py",
        "from setuptools import setup\nsetup(name='matrix', version='1', python_requires='>=2.7, !=3.5.*', py_modules=['matrix'],\n    \
         packages=['matrixdata'], package_data={'matrixdata': ['data.txt']},\n    \
         install_requires=['MarkupSafe', 'PyYAML', 'six', 'setuptools<81'],\n    \
         entry_points={'console_scripts': ['matrix = matrix:main'], 'matrix.plugins': ['one = matrix:double']})\n",
    );
    world.spx_with_index(&["matrix", "-c", "matrix", "--platform", "linux"]).success();
    let file = world.work().join("dist/matrix.pyz");
    let outside = world.write("outside/yaml.py", "raise SystemExit('from outside')\n");
    for (version, python) in pythons() {
        for turn in ["first", "later"] {
            let mut command = world.command(&python);
            command.arg(&file).args(["a b", "*"]).env("PYTHONPATH", outside.parent().unwrap());
            let ran = world.finish(command.current_dir("/"));
            assert_eq!((ran.status, ran.stdout.as_str()), (7, ""), "{turn} run on {version}: {}", ran.all());
            assert!(ran.stderr.ends_with("to stderr\n"), "{turn} run on {version}: {}", ran.all());
        }
    }
}
