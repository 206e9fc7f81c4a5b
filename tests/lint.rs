//! `spx lint` and `spx explain`, as people and programs meet them.

use crate::support::World;

const BROKEN: &str = "\
from distutils.core import setup

setup(
    name='demo',
    version='1.0',
    packages=[],
    classifiers='Programming Language :: Python',
)
";

#[test]
fn findings_have_places_and_an_exit_status() {
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    let ran = world.spx(&["lint", "demo", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"
    demo/setup.py:1:1: warning[distutils-import] `distutils.core` is not part of Python 3.12 and later
    demo/setup.py:7:5: error[classifiers-is-string] `classifiers` is a text, so each of its 30 characters becomes a classifier
    ");
    assert_eq!((ran.status, ran.stderr.as_str()), (1, ""));
    let ran =
        world.spx(&["lint", "demo", "--ignore", "distutils-*,classifiers-is-string", "--format", "concise"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""), "{}", ran.stderr);
    let ran = world.spx(&["lint", "demo", "--select", "nothing"]);
    assert_eq!(ran.status, 2);
    assert!(ran.stderr.contains("there is no rule `nothing`"), "{}", ran.stderr);
}

#[test]
fn comments_silence_what_they_name() {
    let world = World::new();
    let text =
        BROKEN.replacen("setup\n", "setup  # spx: ignore[distutils-import] an old Python\n", 1).replace(
            "    classifiers",
            "    # spx: ignore[classifiers-is-string, setup-not-reached]\n    classifiers",
        );
    world.write("demo/setup.py", text);
    let ran = world.spx(&["lint", "demo", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"demo/setup.py:7:5: info[unused-suppression] nothing here is silenced by ignoring `setup-not-reached`");
    assert_eq!(ran.status, 0);
}

#[test]
fn single_files_and_settings_of_the_project() {
    let world = World::new();
    world.write("demo/setup.py", BROKEN);
    world.write("demo/requirements.txt", "flask==\n");
    let ran = world.spx(&["lint", "demo/requirements.txt", "--format", "concise"]);
    insta::assert_snapshot!(ran.stdout, @"demo/requirements.txt:1:6: error[invalid-requirement] not a requirement");
    world.write(
        "demo/spx.toml",
        "[lint]\nignore = ['distutils-import']\nper-file-ignores = {'setup.*' = ['classifiers-*']}\n",
    );
    let ran = world.spx(&["lint", "demo/setup.py", "--format", "concise"]);
    assert_eq!((ran.status, ran.stdout.as_str()), (0, ""));
}

#[test]
fn rules_are_explained() {
    let world = World::new();
    let ran = world.spx(&["explain", "distutils-import"]);
    assert!(
        ran.stdout.starts_with("# distutils-import\n") && ran.stdout.contains("Python 3.12 (2023-10-02)")
    );
    assert!(world.spx(&["explain", "--list"]).stdout.lines().count() > 3);
    let ran = world.spx(&["explain", "distutil-import"]);
    assert!(ran.status == 2 && ran.stderr.contains("did you mean `distutils-import`?"));
}
