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
    insta::assert_snapshot!(report("bad-requirement"), @r#"
    exit status 1
    --- stdout
    --- stderr
    invalid-requirement

      × not a requirement
       ╭─[requirements.txt:2:6]
     1 │ sh  # fine
     2 │ click=7.1.2
       ·      ───┬──
       ·         ╰── no such comparison operator "=", must be one of ~= == != <= >= < > ===
       ╰────
      help: write `click==7.1.2`
    "#);
}

#[test]
fn computed_name() {
    insta::assert_snapshot!(report("computed-name"), @"
    exit status 1
    --- stdout
    --- stderr
    unknown-field

      × `name` cannot be known without running setup.py: the machine that builds is not known
       ╭─[setup.py:8:5]
     4 │ 
     5 │ project = 'runner-' + platform.node()
       ·                       ───────┬───────
       ·                              ╰── this is not known
     6 │ 
     7 │ setup(
     8 │     name=project.lower(),
       ·     ──────────┬─────────
       ·               ╰── the wheel needs this
     9 │     version='1.0',
       ╰────
      help: give `name` a value that stands in the project's own files
    ");
}

#[test]
fn duplicate_option() {
    insta::assert_snapshot!(report("duplicate-option"), @"
    exit status 1
    --- stdout
    --- stderr
    syntax-error

      × option `author` of `[metadata]` stands twice
       ╭─[setup.cfg:4:1]
     1 │ [metadata]
     2 │ author = One
       · ───┬──
       ·    ╰── first here
     3 │ license = MIT
     4 │ author = Two
       · ───┬──
       ·    ╰── again here
       ╰────
      help: keep one of the two
    ");
}

#[test]
fn missing_include() {
    insta::assert_snapshot!(report("missing-include"), @"
    exit status 1
    --- stdout
    --- stderr
    missing-file

      × `requirements/base.txt`: no such file
       ╭─[requirements.txt:1:4]
     1 │ -r requirements/base.txt
       ·    ─────────────────────
     2 │ sh
       ╰────
    ");
}

#[test]
fn missing_script() {
    insta::assert_snapshot!(report("missing-script"), @"
    exit status 1
    --- stdout
    --- stderr
    missing-script

      × script `bin/lost` is not in the project
       ╭─[setup.py:3:35]
     2 │ 
     3 │ setup(name='lost', version='1.0', scripts=['bin/lost'])
       ·                                   ────────────────────
       ╰────
      help: did you mean `bin/lost.py`?
    ");
}

#[test]
fn native_extension() {
    insta::assert_snapshot!(report("native-extension"), @"
    exit status 1
    --- stdout
    --- stderr
    native-code

      × the project has extension modules (`native._speed`), which need a compiler and a platform
       ╭─[setup.py:7:5]
     6 │     scripts=['run.py'],
     7 │     ext_modules=[Extension('native._speed', ['speed.c'])],
       ·     ─────────────────────────────────────────────────────
     8 │ )
       ╰────
      help: take the project's own wheels from the package index, or build it with pip or build
    ");
}

#[test]
fn no_setup_call() {
    insta::assert_snapshot!(report("no-setup-call"), @r#"
    exit status 1
    --- stdout
    --- stderr
    setup-not-reached

      × setup.py never calls setup()
       ╭─[setup.py:1:1]
     1 │ """The call is there, but nothing reaches it."""
       · ────────────────────────────────────────────────
     2 │ from setuptools import setup
       ╰────
    "#);
}

#[test]
fn no_usable_wheel() {
    insta::assert_snapshot!(report("no-usable-wheel"), @"
    exit status 1
    --- stdout
    --- stderr
    no-usable-wheel

      × there is no usable wheel for `winonly`
       ╭─[requirements.txt:1:1]
     1 │ winonly
       · ───┬───
       ·    ╰── wants `winonly`
       ╰────
      help: winonly 1.0 has wheels only for win32
    ");
}

#[test]
fn two_programs() {
    insta::assert_snapshot!(report("two-programs"), @"
    exit status 1
    --- stdout
    --- stderr
    ambiguous-entry-point

      × 2 programs could be the application's
        ╭─[setup.py:7:5]
      6 │         py_modules=['twins'],
      7 │ ╭─▶     entry_points={
      8 │ │           'console_scripts': [
      9 │ │               'castor = twins:castor',
     10 │ │               'pollux = twins:pollux',
     11 │ │           ],
     12 │ ├─▶     },
        · ╰──── `castor`, `pollux`
     13 │     )
        ╰────
      help: choose one: -c castor, -c pollux
    ");
}

#[test]
fn unclosed_bracket() {
    insta::assert_snapshot!(report("unclosed-bracket"), @"
    exit status 1
    --- stdout
    --- stderr
    syntax-error

      × `)` does not close `[`
       ╭─[setup.py:7:1]
     5 │     version='1.0',
     6 │     scripts=['run.py',
       ·             ┬
       ·             ╰── opened here
     7 │ )
       · ─
       ╰────
    ");
}

#[test]
fn unsatisfiable() {
    insta::assert_snapshot!(report("unsatisfiable"), @"
    exit status 1
    --- stdout
    --- stderr
    unsatisfiable-requirements

      × no version of `click` satisfies both the project and requirements.txt
       ╭─[setup.py:7:5]
     6 │     scripts=['run.py'],
     7 │     install_requires=['click>=8'],
       ·     ──────────────┬──────────────
       ·                   ╰── wants `click>=8`
     8 │ )
       ╰────
      ╰─▶   ☞ wants `click<8`
             ╭─[requirements.txt:2:1]
           1 │ # The old command line needs the old click.
           2 │ click<8
             · ───────
             ╰────
    ");
}

#[test]
fn version_from_git() {
    insta::assert_snapshot!(report("version-from-git"), @"
    exit status 1
    --- stdout
    --- stderr
    unknown-field

      × `version` cannot be known without running setup.py: what a process prints depends on the
      │ machine that builds
        ╭─[setup.py:11:25]
      6 │ def version():
      7 │     described = subprocess.check_output(['git', 'describe', '--tags'])
        ·                 ───────────────────────────┬──────────────────────────
        ·                                            ╰── this is not known
      8 │     return described.decode().strip()
        ·            ─────────────┬────────────
        ·                         ╰── through here
      9 │ 
     10 │ 
     11 │ setup(name='described', version=version(), scripts=['run.py'])
        ·                         ────────┬────────
        ·                                 ╰── the wheel needs this
        ╰────
      help: give `version` a value that stands in the project's own files
    ");
}
