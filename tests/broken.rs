//! Broken projects, each with exactly what spx says about it.

use crate::support::{World, wheel, wheelhouse};

/// What `spx PROJECT` says, offline, with a small folder of wheels at hand.
fn report(project: &str) -> String {
    let world = World::new();
    world.project(&format!("projects/{project}"));
    let folder = wheelhouse(&world.work());
    wheel(&folder, "winonly", "1.0", "cp27-cp27m-win32", "", &[("winonly.py", "")]);
    let ran = world.spx(&[project, "--no-index", "--find-links", "wheelhouse"]);
    assert!(!world.work().join("dist").exists(), "nothing is written");
    ran.all()
}

#[test]
fn bad_requirement() {
    insta::assert_snapshot!(report("bad-requirement"), @"");
}

#[test]
fn computed_name() {
    insta::assert_snapshot!(report("computed-name"), @"");
}

#[test]
fn duplicate_option() {
    insta::assert_snapshot!(report("duplicate-option"), @"");
}

#[test]
fn missing_include() {
    insta::assert_snapshot!(report("missing-include"), @"");
}

#[test]
fn missing_script() {
    insta::assert_snapshot!(report("missing-script"), @"");
}

#[test]
fn native_extension() {
    insta::assert_snapshot!(report("native-extension"), @"");
}

#[test]
fn no_setup_call() {
    insta::assert_snapshot!(report("no-setup-call"), @"");
}

#[test]
fn no_usable_wheel() {
    insta::assert_snapshot!(report("no-usable-wheel"), @"");
}

#[test]
fn two_programs() {
    insta::assert_snapshot!(report("two-programs"), @"");
}

#[test]
fn unclosed_bracket() {
    insta::assert_snapshot!(report("unclosed-bracket"), @"");
}

#[test]
fn unsatisfiable() {
    insta::assert_snapshot!(report("unsatisfiable"), @"");
}

#[test]
fn version_from_git() {
    insta::assert_snapshot!(report("version-from-git"), @"");
}
