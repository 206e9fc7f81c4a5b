//! Projects made to take long or to overflow: each gets its answer, and what was not read is said.
//!
//! Nothing is timed: what walks a shared value again and again, or a list once for each of its items, would not end here.

use crate::support::{Ran, World};

/// Runs a command over a project of some files.
fn run(command: &[&str], files: &[(&str, String)]) -> Ran {
    let world = World::new();
    for (path, content) in files {
        world.write(&format!("p/{path}"), content);
    }
    let ran = world.spx(&[command, &["p"]].concat());
    // Neither a signal nor a panic.
    assert!((0..=1).contains(&ran.status), "{}", ran.all());
    ran
}

fn setup(statement: &str) -> (&'static str, String) {
    let helpers = "from setuptools import setup\n\
        def shared(leaf, wrap):\n    for _ in range(60): leaf = wrap(leaf)\n    return leaf\n\
        def nested(leaf, wrap):\n    for _ in range(50000): leaf = wrap(leaf)\n    return leaf\n";
    ("setup.py", format!("{helpers}{statement}\n"))
}

const NAMED: &str = "setup(name='demo', version='1')";

#[test]
fn values_that_share_their_parts_are_walked_once() {
    let twice = "shared((1,), lambda x: (x, x))";
    for statement in [
        // What is not modelled may have changed all that it was given.
        format!("import heapq\nheapq.heapify({twice})\n{NAMED}"),
        format!("isinstance(1, shared((str,), lambda x: (x, x)))\n{NAMED}"),
        format!(
            "kinds = shared((KeyError,), lambda x: (x, x))\ntry:\n    {{}}[1]\nexcept kinds:\n    pass\n{NAMED}"
        ),
        format!(
            "import platform\nif platform.node() == 'x':\n    a = {twice}\nelse:\n    a = {twice}\n{NAMED}"
        ),
    ] {
        let ran = run(&["metadata", "--python", "3.11", "--format", "json"], &[setup(&statement)]);
        assert!(ran.stdout.contains("\"demo\""), "{}", ran.all());
    }
}

#[test]
fn lists_that_hold_themselves_are_no_lists_of_texts() {
    for (value, said) in [
        ("shared(['a'], lambda x: [x, x])", "or holds itself"),
        ("nested([], lambda x: [x])", "install_requires"),
        ("loop", "or holds itself"),
    ] {
        let statement = format!(
            "loop = []\nloop.append(loop)\nsetup(name='demo', version='1', install_requires={value})"
        );
        let ran = run(&["metadata", "--python", "3.11"], &[setup(&statement)]);
        assert!(ran.all().contains(said), "{}", ran.all());
    }
}

#[test]
fn a_path_may_be_longer_than_any_file_has() {
    let statement = format!("import os\nos.path.exists('a/' * 500000)\n{NAMED}");
    run(&["metadata", "--python", "3.11"], &[setup(&statement)]);
}

#[test]
fn patterns_are_paid_for_before_they_are_compared() {
    let modules = (0..50).map(|number| (format!("p/m{number}.py"), String::new()));
    let modules: Vec<(String, String)> = modules.collect();
    let mut files: Vec<(&str, String)> =
        modules.iter().map(|(path, text)| (path.as_str(), text.clone())).collect();
    let many = "setup(name='demo', version='1', packages=['p'] * 9000, package_data={'p': ['*x%d' % i for i in range(9000)]})";
    files.push(setup(many));
    for command in [&["wheel", "--list"][..], &["lint"]] {
        let ran = run(command, &files);
        assert!(ran.all().contains("would be compared with its files more than"), "{}", ran.all());
    }

    files.pop();
    files.push(setup("setup(name='demo', version='1', packages=['p'])"));
    files.push(("MANIFEST.in", format!("include {}\n", "[a-z]*".repeat(50_000))));
    run(&["sdist", "--list"], &files);
}

#[test]
fn long_settings_are_read_once() {
    let config =
        |text: String| [setup("setup()"), ("setup.cfg", format!("[metadata]\nname = demo\n{text}\n"))];
    let names = vec!["a.txt"; 50_000].join(",");
    let ran = run(&["metadata"], &config(format!("long_description = file: {names}")));
    assert!(ran.all().contains("more than 1000 files"), "{}", ran.all());
    let classifiers: String = (0..5_000).map(|number| format!("  unknown {number}\n")).collect();
    let ran = run(&["lint"], &config(format!("classifiers =\n{classifiers}")));
    assert!(ran.all().contains("more of these are left out"), "{}", ran.all());
    let ran = run(&["metadata"], &config("description = a\n".repeat(200_000)));
    assert!(ran.all().contains("more than the limit of"), "{}", ran.all());
    let requirements = ("requirements.txt", format!("{}\n", "${A}${B}".repeat(20_000)));
    run(&["lint"], &[setup(NAMED), requirements]);
}
