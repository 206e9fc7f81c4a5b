//! Merging, one behaviour of setuptools a test; the expected values were given by setuptools 84.2.1.

use super::*;
use crate::packaging::{Platform, Python, Target};
use crate::project::glob::Tree;
use crate::project::json;
use crate::syntax::toml;
use crate::system::Memory;
use crate::text::Sources;
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
    let (read, mut diagnostics) = toml::read(system, &mut sources);
    if let Some((file, root)) = read {
        let tree = Tree::new(system);
        let mut attribute = |_: &mut Sources, _: &Metadata, reference: &str, span: Span| match reference {
            "p.v" => Ok((FieldValue::List(vec!["1".into(), "2".into()]), Vec::new())),
            _ => Err(Unknown { reason: format!("no {reference}"), span, trail: Vec::new() }),
        };
        let mut context =
            Context { tree: &tree, sources: &mut sources, setuptools: &version, attribute: &mut attribute };
        diagnostics.extend(merge(&mut metadata, file, &root, &mut context).diagnostics);
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
        let place = diagnostic.primary.as_ref().map_or("-".into(), |label| sources.place(label.span));
        let _ = writeln!(
            out,
            "{}[{}] {place}: {}",
            diagnostic.severity, diagnostic.code.name, diagnostic.message
        );
    }
    out
}

fn show(config: &str) -> String {
    show_on(&Memory::new().with("pyproject.toml", config), &[], &[84, 2, 1])
}

#[test]
fn every_key() {
    let config = "\
[project]
name='My.X'
version='1.0-1'
description='d'
readme='README.md'
requires-python='>=3.8, <4'
license='mit'
license-files=['L*']
authors=[{name='A B',email='a@x.org'},{name='C'},{email='e@x.org'}]
maintainers=[{name='D, E',email='d@x.org'}]
keywords=['a','b']
classifiers=['Topic :: Utilities']
urls={Home='https://x.org'}
dependencies=['b>=1; python_version<\"3.9\"','c']
[project.optional-dependencies]
Test_a=['d']
[project.scripts]
a='b:c'
[project.gui-scripts]
g='b:d'
[project.entry-points.'x.y']
n='b:e'
[tool.setuptools]
zip-safe=false
package-dir={''='src'}
packages=['p']
py-modules=['m']
platforms=['any']
script-files=['s']
[tool.setuptools.package-data]
'*'=['*.txt']
p=['q']
[tool.setuptools.data-files]
etc=['*.md']
[tool.distutils.bdist_wheel]
universal=true
";
    let system = Memory::new().with("pyproject.toml", config).with("README.md", "hi\r\n");
    insta::assert_snapshot!(show_on(&system, &[], &[84, 2, 1]), @r#"
    name = "My.X"
    version = "1.0-1"
    description = "d"
    long_description = "hi\n"
    long_description_content_type = "text/markdown"
    author = "C"
    author_email = "A B <a@x.org>, e@x.org"
    maintainer_email = "\"D, E\" <d@x.org>"
    project_urls = {"Home":"https://x.org"}
    license_expression = "MIT"
    license_files = ["L*"]
    keywords = ["a","b"]
    platforms = ["any"]
    classifiers = ["Topic :: Utilities"]
    python_requires = "<4,>=3.8"
    install_requires = ["b>=1; python_version<\"3.9\"","c"]
    extras_require = {"Test_a":["d"]}
    entry_points = {"x.y":["n = b:e"],"console_scripts":["a = b:c"],"gui_scripts":["g = b:d"]}
    scripts = ["s"]
    packages = ["p"]
    py_modules = ["m"]
    package_dir = {"":"src"}
    package_data = {"p":["q"],"":["*.txt"]}
    data_files = [["etc",["README.md"]]]
    include_package_data = true
    zip_safe = false
    universal = true
    "#);
    assert_eq!(show_on(&system, &[], &[60]), "", "before 61 the file says nothing about the project");
}

#[test]
fn dynamic_fields() {
    let config = "\
[project]
name='x'
dynamic=['version','readme','dependencies','description','optional-dependencies','entry-points','scripts','classifiers','license']
[tool.setuptools.dynamic]
version={file='V'}
readme={file=['R.md'],content-type='text/markdown'}
dependencies={file=['reqs.txt']}
description={file='V'}
optional-dependencies={t={file='reqs.txt'}}
entry-points={file='eps'}
";
    let system = Memory::new()
        .with("pyproject.toml", config)
        .with("V", "1.2\n")
        .with("R.md", "hi")
        .with("reqs.txt", "# c\na\n\nb>=1\n")
        .with("eps", "[console_scripts]\na=b:c\n[g]\nq=w\n");
    let given =
        [("classifiers", FieldValue::List(vec!["z".into()])), ("license", FieldValue::Text("L".into()))];
    insta::assert_snapshot!(show_on(&system, &given, &[84]), @r#"
    name = "x"
    version = "1.2\n"
    description = "1.2\n"
    long_description = "hi"
    long_description_content_type = "text/markdown"
    license = "L"
    classifiers = ["z"]
    install_requires = ["a","b>=1"]
    extras_require = {"t":["a","b>=1"]}
    entry_points = {"console_scripts":["a = b:c"],"g":["q = w"]}
    include_package_data = true
    "#);
    insta::assert_snapshot!(show("[project]\nname='x'\ndynamic=['version','description']\n[tool.setuptools.dynamic]\nversion={attr='p.v'}\n"), @r#"
    name = "x"
    version = "1.2"
    include_package_data = true
    error[invalid-setting] pyproject.toml:3:9: `description` is listed as dynamic, and nothing gives it
    "#);
}

#[test]
fn what_is_not_dynamic_is_taken_away() {
    let text = |text: &str| FieldValue::Text(text.into());
    let list = |item: &str| FieldValue::List(vec![item.into()]);
    let map = || FieldValue::ListMap(vec![("console_scripts".into(), vec!["a = b:c".into()])]);
    let given = [
        ("description", text("d")),
        ("author", text("a")),
        ("license", text("MIT")),
        ("classifiers", list("c")),
        ("install_requires", list("r")),
        ("entry_points", map()),
        ("url", text("u")),
    ];
    let system = Memory::new().with("pyproject.toml", "[project]\nname='x'\nversion='1'\n");
    insta::assert_snapshot!(show_on(&system, &given, &[84]), @r#"
    name = "x"
    version = "1"
    author = "a"
    url = "u"
    entry_points = {}
    include_package_data = true
    warning[ignored-option] setup.py:1:1: `description` is ignored: `[project]` neither gives `description` nor lists it as dynamic
    warning[ignored-option] setup.py:1:1: `license` is ignored: `[project]` neither gives `license` nor lists it as dynamic
    warning[ignored-option] setup.py:1:1: `classifiers` is ignored: `[project]` neither gives `classifiers` nor lists it as dynamic
    warning[ignored-option] setup.py:1:1: `install_requires` is ignored: `[project]` neither gives `dependencies` nor lists it as dynamic
    "#);
    let given = [("long_description", text("l")), ("python_requires", text(">=3"))];
    insta::assert_snapshot!(show_on(&system, &given, &[84]), @r#"
    name = "x"
    version = "1"
    include_package_data = true
    long_description unknown: "`long_description` is ignored: `[project]` neither gives `readme` nor lists it as dynamic" ("setup.py":1:1)
    python_requires unknown: "`python_requires` is ignored: `[project]` neither gives `requires-python` nor lists it as dynamic" ("setup.py":1:1)
    error[invalid-setting] setup.py:1:1: `long_description` is ignored: `[project]` neither gives `readme` nor lists it as dynamic
    error[invalid-setting] setup.py:1:1: `python_requires` is ignored: `[project]` neither gives `requires-python` nor lists it as dynamic
    "#);
}

#[test]
fn packages_are_found_and_directories_filled_in() {
    let find = "[project]\nname='x'\nversion='1'\n[tool.setuptools.packages.find]\nwhere=['src']\nnamespaces=false\n";
    let system = |config: &str| {
        Memory::new()
            .with("pyproject.toml", config)
            .with("src/p/__init__.py", "")
            .with("src/n/x.py", "")
            .with("lib/q/r/__init__.py", "")
    };
    insta::assert_snapshot!(show_on(&system(find), &[], &[84]), @r#"
    name = "x"
    version = "1"
    packages = ["p"]
    package_dir = {"":"src"}
    include_package_data = true
    "#);
    let two = find.replace("['src']", "['src', 'lib']").replace("namespaces=false\n", "");
    insta::assert_snapshot!(show_on(&system(&two), &[], &[84]), @r#"
    name = "x"
    version = "1"
    packages = ["n","p","q","q.r"]
    package_dir = {"n":"src/n","p":"src/p","q":"lib/q"}
    include_package_data = true
    "#);
    insta::assert_snapshot!(show_on(&system(&find.replace("src", "../..")), &[], &[84]), @r#"
    name = "x"
    version = "1"
    include_package_data = true
    packages unknown: "`where` leads out of the project" ("pyproject.toml":4:1)
    error[outside-project] pyproject.toml:4:1: `where` leads out of the project
    "#);
}

#[test]
fn what_setuptools_refuses() {
    insta::assert_snapshot!(show("[tool.setuptools]\npackages=['p']\n"), @"error[invalid-setting] pyproject.toml:1:2: no table `[project]`");
    insta::assert_snapshot!(show("[project]\nname='a b'\nfoo=1\nkeywords='k'\ndependencies=['x', 'y z']\ndynamic=['keywords']\nrequires-python='3'\n[tool.setuptools]\nbar=1\nnamespace-packages=['x']\n"), @r"
    error[invalid-setting] pyproject.toml:3:1: setuptools has no `foo` in `[project]`
    error[invalid-setting] pyproject.toml:4:10: `keywords` must be a list of texts
    error[invalid-setting] pyproject.toml:5:20: `dependencies` must be a list of requirements
    error[invalid-setting] pyproject.toml:2:6: not a project name
    error[invalid-setting] pyproject.toml:1:2: `[project]` has no `version`
    error[invalid-setting] pyproject.toml:4:1: `keywords` is given here and listed as dynamic
    error[invalid-setting] pyproject.toml:7:17: `3` is no version specifier
    error[invalid-setting] pyproject.toml:9:1: setuptools has no `bar` in `[tool.setuptools]`
    error[invalid-setting] pyproject.toml:10:1: setuptools takes no `namespace-packages` from here
    ");
    insta::assert_snapshot!(show("[project]\nname='a'\nversion='1'\nreadme='../x.md'\nlicense={file='/etc/passwd'}\n"), @r#"
    name = "a"
    version = "1"
    long_description_content_type = "text/markdown"
    include_package_data = true
    long_description unknown: "`../x.md` leads out of the project, where spx does not read" ("pyproject.toml":4:8)
    license unknown: "`/etc/passwd` leads out of the project, where spx does not read" ("pyproject.toml":5:15)
    error[outside-project] pyproject.toml:4:8: `../x.md` leads out of the project, where spx does not read
    error[outside-project] pyproject.toml:5:15: `/etc/passwd` leads out of the project, where spx does not read
    "#);
}

#[test]
fn the_build_system() {
    let mut sources = Sources::new();
    let text = "[build-system]\nrequires = ['setuptools>=40']\nbuild-backend = 'setuptools.build_meta'\n";
    let file = sources.add("pyproject.toml", text);
    let root = toml::parse(text, file).unwrap();
    let system = build_system(&root).unwrap();
    assert_eq!(system.requires[0].0, "setuptools>=40");
    assert_eq!(sources.slice(system.backend.unwrap().1), "'setuptools.build_meta'");
    assert!(system.backend_path.is_empty());
}
