//! The command line: help, exit statuses, streams, formats.

use crate::support::World;

#[test]
fn help_is_one_screen() {
    let ran = World::new().spx(&["--help"]);
    insta::assert_snapshot!(ran.success().stdout, @"");
}

#[test]
fn what_cannot_work_ends_with_status_2() {
    let world = World::new();
    world.write("empty/readme.txt", "");
    for (words, said) in [
        (&["empty/"][..], "has no setup.py, setup.cfg or pyproject.toml"),
        (&["./missing"], "no such file"),
        (&["--python", "four", "."], "neither a version"),
        (&["--inject-env", "x", "."], "is not NAME=VALUE"),
        (&[".", "--", "x"], "`--inject-args`"),
        (&["--no-such-option"], "--no-such-option"),
        (&["metadata", "missing"], "no such file"),
        (&["metadata", "--python", "2.6", "."], "does not answer for Python 2.6"),
    ] {
        let ran = world.spx(words);
        assert!(ran.status == 2 && ran.stdout.is_empty() && ran.stderr.contains(said), "{words:?}: {}", ran.all());
    }
}

#[test]
fn an_index_that_is_away_is_told_with_the_setting_that_named_it() {
    let world = World::new();
    world.project("demo");
    let ran = world.spx(&["demo"]);
    assert_eq!(ran.status, 2, "{}", ran.all());
    assert!(ran.stderr.contains("PIP_INDEX_URL") && ran.stderr.contains("127.0.0.1:9"), "{}", ran.stderr);
    let ran = world.spx(&["demo", "--format", "json"]);
    assert_eq!(ran.status, 2);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(document["error"]["message"].as_str().unwrap().contains("PIP_INDEX_URL"));
}

#[test]
fn metadata_is_a_table_for_people() {
    let world = World::new();
    world.project("demo");
    let ran = world.spx(&["metadata", "demo"]);
    insta::assert_snapshot!(ran.success().stdout, @"");
}

#[test]
fn metadata_is_json_for_programs() {
    let world = World::new();
    world.project("demo");
    let ran = world.spx(&["metadata", "demo", "--format", "json", "--python", "3.11"]);
    insta::assert_snapshot!(ran.success().stdout, @"");
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let world = World::new();
    world.project("demo");
    crate::support::wheelhouse(&world.work());
    let ran = world.spx(&["demo", "-q", "--no-index", "-f", "wheelhouse"]);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
}

#[test]
fn completions_and_the_manual_come_from_the_same_definition() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = world.spx(&["completions", shell]);
        assert!(ran.success().stdout.contains("find-links"), "{shell}");
    }
    assert!(world.spx(&["man"]).success().stdout.contains(".TH spx"));
}
