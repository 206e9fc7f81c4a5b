//! Against the real package index, when `SPX_TEST_INDEX=1` asks for it: the tutorial's project, as the README has it.

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
