//! Merging, one behaviour of setuptools a test; the expected values were given by setuptools 84.2.1 and 65.5.0.

use super::*;
use crate::packaging::{Platform, Python, Target};
use crate::project::json;
use crate::syntax::setup_cfg;
use crate::system::Memory;
use std::fmt::Write;

/// Fields, unknown fields and diagnostics after merging into `given`.
fn show_on(system: &Memory, given: &[(&str, FieldValue)], release: &[u64]) -> String {
    let mut sources = Sources::new();
    let version = Version::new(release);
    let setup = sources.add("setup.py", "setup()");
    let mut metadata = Metadata::default();
    for (name, value) in given {
        let origin = Span::new(setup, 0, 5);
        metadata.set(name, Field::Known { value: value.clone(), origin, trail: Vec::new() });
    }
    let (config, mut diagnostics) = setup_cfg::read(system, &mut sources, Python::new(3, 11), &version);
    if let Some(config) = config {
        let tree = Tree::new(system);
        let mut attribute = |_: &mut Sources, _: &Metadata, reference: &str, span: Span| match reference {
            "pkg.VERSION" => Ok((FieldValue::List(vec!["1".into(), "2".into()]), Vec::new())),
            _ => Err(Unknown { reason: format!("no {reference}"), span, trail: Vec::new() }),
        };
        let mut context =
            Context { tree: &tree, sources: &mut sources, setuptools: &version, attribute: &mut attribute };
        let merged = merge(&mut metadata, &config, &mut context);
        diagnostics.extend(merged.diagnostics);
    }
    let target = (Target { python: Python::new(3, 11), platform: Platform::Linux }, version);
    let document = json::document(Some(&target), &metadata, &[], &sources);
    let mut out = String::new();
    for (name, value) in document["metadata"].as_object().unwrap() {
        let _ = writeln!(out, "{name} = {value}");
    }
    for (name, why) in document["unknown"].as_object().unwrap() {
        let _ = writeln!(
            out,
            "{name} unknown: {} ({}:{}:{})",
            why["message"], why["file"], why["line"], why["column"]
        );
    }
    for diagnostic in &diagnostics {
        let span = diagnostic.primary.as_ref().unwrap().span;
        let _ = writeln!(
            out,
            "{}[{}] {} {:?}: {}",
            diagnostic.severity,
            diagnostic.code.name,
            sources.place(span),
            sources.slice(span),
            diagnostic.message
        );
    }
    out
}

fn show(config: &str) -> String {
    show_on(&Memory::new().with("setup.cfg", config), &[], &[84, 2, 1])
}

#[test]
fn every_type_of_option() {
    let config = "\
[metadata]
name = demo
version = attr: pkg.VERSION
home-page = https://x.invalid
summary = file: README.txt, gone.txt
classifier =
    A :: B
    C
keywords = a, b c
platform =
    x, y
    z
license_files = LICENSE*
project_urls =
    Docs = https://d.invalid/?a=b
    Code=https://c.invalid
[options]
zip_safe = Yes
include_package_data = 0
package_dir =
    =lib
py_modules = a, b
install_requires =
    # why
    six>=1 ; python_version < '3'
    attrs  # pinned
python_requires = >=3.6, <4,!=3.7
unheard_of = x
tests_require = nose
[options.extras_require]
Test-all = a; b
[options.entry_points]
console_scripts =
    demo = demo:main
    two=demo:two
[options.package_data]
* = *.txt, *.rst
demo = x
[options.data_files]
etc/demo =
    conf/*.ini
    plain.txt
[bdist_wheel]
universal = 1
";
    let system = Memory::new()
        .with("setup.cfg", config)
        .with("README.txt", "Hello\r\nthere\n")
        .with("conf/b.ini", "")
        .with("conf/a.ini", "");
    insta::assert_snapshot!(show_on(&system, &[], &[84, 2, 1]), @r###"
    name = "demo"
    version = "1.2"
    description = "Hello\nthere\n"
    url = "https://x.invalid"
    project_urls = {"Docs":"https://d.invalid/?a=b","Code":"https://c.invalid"}
    license_files = ["LICENSE*"]
    keywords = ["a","b c"]
    platforms = ["x, y","z"]
    classifiers = ["A :: B","C"]
    python_requires = "!=3.7,<4,>=3.6"
    install_requires = ["six>=1 ; python_version < '3'","attrs  # pinned"]
    extras_require = {"Test-all":["a","b"]}
    entry_points = {"console_scripts":["demo = demo:main","two=demo:two"]}
    py_modules = ["a","b"]
    package_dir = {"":"lib"}
    package_data = {"demo":["x"],"":["*.txt","*.rst"]}
    data_files = [["etc/demo",["conf/a.ini","conf/b.ini","plain.txt"]]]
    include_package_data = false
    zip_safe = true
    universal = true
    warning[outdated-setting] setup.cfg:4:1 "home-page": `home-page` of `[metadata]` is an outdated spelling of `home_page`
    warning[missing-file] setup.cfg:5:29 "gone.txt": `gone.txt`: no such file
    "###);
}

#[test]
fn setup_wins_when_its_value_is_true() {
    let config = "[metadata]\nname = cfg\nauthor = cfg\n[options]\nzip_safe = true\npackages = cfg\n";
    let system = Memory::new().with("setup.cfg", config);
    let given = [
        ("name", FieldValue::Text("py".into())),
        ("author", FieldValue::Text(String::new())),
        ("zip_safe", FieldValue::Bool(false)),
        ("packages", FieldValue::List(vec!["py".into()])),
    ];
    insta::assert_snapshot!(show_on(&system, &given, &[84]), @r#"
    name = "py"
    author = "cfg"
    packages = ["py"]
    zip_safe = true
    "#);
}

#[test]
fn packages_are_found_where_the_section_says() {
    let config = "[options]\npackages = find:\n[options.packages.find]\nwhere = src\nexclude = demo.tests*\n";
    let system = Memory::new()
        .with("setup.cfg", config)
        .with("src/demo/__init__.py", "")
        .with("src/demo/tests/__init__.py", "")
        .with("src/plain/x.py", "");
    insta::assert_snapshot!(show_on(&system, &[], &[84]), @r#"
    packages = ["demo"]
    package_dir = {"":"src"}
    "#);
    insta::assert_snapshot!(show_on(&system, &[], &[44]), @r#"packages = ["demo"]"#);
    let outside = config.replace("src", "../..");
    insta::assert_snapshot!(show(&outside), @r#"
    packages unknown: "the directory is outside the project" ("setup.cfg":4:9)
    error[outside-project] setup.cfg:4:9 "../..": the directory is outside the project
    "#);
}

#[test]
fn what_setuptools_refuses() {
    insta::assert_snapshot!(show("[metadata]\nlicense = file: LICENSE\nversion = file: gone\nlong_description = file: ../x\nproject_urls = a\n"), @r#"
    version unknown: "the file holds something else than one version" ("setup.cfg":3:11)
    long_description unknown: "`../x` leads out of the project, where spx does not read" ("setup.cfg":4:26)
    project_urls unknown: "an item of `project_urls` without `=`" ("setup.cfg":5:16)
    license unknown: "`license` may not be read from a file" ("setup.cfg":2:11)
    error[invalid-setting] setup.cfg:2:11 "file: LICENSE": `license` may not be read from a file
    warning[missing-file] setup.cfg:3:17 "gone": `gone`: no such file
    error[invalid-version] setup.cfg:3:11 "file: gone": the file holds something else than one version
    error[outside-project] setup.cfg:4:26 "../x": `../x` leads out of the project, where spx does not read
    error[invalid-setting] setup.cfg:5:16 "a": an item of `project_urls` without `=`
    "#);
    insta::assert_snapshot!(show("[options]\npython_requires = 3.6\nextras_require = a\next_modules = b\nuse_2to3 = false\n[options.extras]\na = b\n[bdist_wheel]\nuniversal = maybe\n"), @r#"
    python_requires unknown: "`3.6` is no version specifier" ("setup.cfg":2:19)
    extras_require unknown: "`extras_require` cannot be given as one text" ("setup.cfg":3:1)
    ext_modules unknown: "`ext_modules` cannot be given in setup.cfg" ("setup.cfg":4:1)
    universal unknown: "`maybe` is no truth value" ("setup.cfg":9:13)
    error[invalid-setting] setup.cfg:2:19 "3.6": `3.6` is no version specifier
    error[invalid-setting] setup.cfg:3:1 "extras_require": `extras_require` cannot be given as one text
    error[invalid-setting] setup.cfg:4:1 "ext_modules": `ext_modules` cannot be given in setup.cfg
    error[invalid-setting] setup.cfg:5:1 "use_2to3": setuptools 58 and later do not run 2to3
    error[invalid-setting] setup.cfg:6:2 "options.extras": setuptools has no section `[options.extras]`
    error[invalid-setting] setup.cfg:9:13 "maybe": `maybe` is no truth value
    "#);
}

#[test]
fn requirements_name_the_place_that_is_wrong() {
    insta::assert_snapshot!(show("[options]\ninstall_requires =\n    good\n    bad>=\n[options.extras_require]\nx = foo; python_version<\"4\"\n"), @r#"
    install_requires unknown: "`install_requires` has an item that is no requirement: expected a version specifier, `;` or the end" ("setup.cfg":4:8)
    extras_require unknown: "read as a requirement of its own, not as a marker" ("setup.cfg":6:10)
    error[invalid-requirement] setup.cfg:4:8 ">": `install_requires` has an item that is no requirement: expected a version specifier, `;` or the end
    error[invalid-requirement] setup.cfg:6:10 "python_version<\"4\"": read as a requirement of its own, not as a marker
    "#);
}

#[test]
fn older_setuptools_keep_what_newer_ones_dropped() {
    let config = "[metadata]\nrequires = ab\n[options]\ntests_require = nose\ntest_suite = tests\n[options.data_files]\netc = *.x\n";
    let system = Memory::new().with("setup.cfg", config).with("a.x", "");
    insta::assert_snapshot!(show_on(&system, &[], &[44]), @r#"
    requires = ["ab"]
    tests_require = ["nose"]
    data_files = [["etc",["*.x"]]]
    test_suite = "tests"
    "#);
    insta::assert_snapshot!(show_on(&system, &[], &[84]), @r#"
    requires = ["a","b"]
    data_files = [["etc",["a.x"]]]
    "#);
}

#[test]
fn long_values_take_time_in_proportion() {
    let many = |line: &dyn Fn(usize) -> String| (0..10_000).map(line).collect::<String>();
    let config = format!(
        "[metadata]\nproject_urls =\n{}[options]\ninstall_requires =\n{}entry_points =\n{}",
        many(&|n| format!("  u{n} = https://x.invalid\n")),
        many(&|n| format!("  r{n}; python_version < '{n}'\n")),
        many(&|n| format!("  [g{n}]\n  a = b\n")),
    );
    let shown = show_on(&Memory::new().with("setup.cfg", config), &[], &[65]);
    assert_eq!(shown.lines().count(), 3, "three fields, no diagnostic");
}
