//! What pbr and d2to1 make of setup.cfg, on small files.

use super::*;
use crate::packaging::{Platform, Python, Version};
use crate::syntax::setup_cfg;
use crate::system::Memory;

const CFG: &str = "\
[metadata]
name = demo
summary = A demo
home-page = https://demo.test
description-file =
    README.rst
    CHANGES
requires-dist =
    six (>=1.9)
classifier =
    One
    # no
    Two

[files]
packages =
    demo
    missing
data_files =
    etc = a.txt 'b c.txt'
    share/x = x/*

[entry_points]
Console-Scripts =
    demo = demo:main

[extras]
Fast-Part =
    quick:python_version>='3'
    slow
";

fn read(target: Option<Target>, info: &str) -> Metadata {
    let memory = Memory::new()
        .with("setup.cfg", CFG)
        .with("README.rst", "\n Hello \n\n")
        .with("CHANGES", "none")
        .with("PKG-INFO", info)
        .with("demo/__init__.py", "")
        .with("demo/sub/__init__.py", "")
        .with("x/one", "")
        .with("x/in/two", "")
        .with("requirements.txt", "# no\nold; python_version<'3'  # why\n-r more.txt\ngit+https://h.test/p#egg=gitted&x=y\n-f links\n")
        .with("more.txt", "more>=1\n")
        .with("test-requirements.txt", "nose;python_version<'3'\n");
    let mut sources = Sources::new();
    let (config, problems) =
        setup_cfg::read(&memory, &mut sources, Python::new(3, 11), &Version::new([65, 5]));
    assert!(problems.iter().all(|problem| !problem.is_error()), "{problems:?}");
    let config = config.unwrap();
    let keyword = Span::new(config.file, 0, 0);
    let tree = Tree::new(&memory);
    let mut metadata = Metadata::default();
    let mut context = Context { tree: &tree, sources: &mut sources, target, has_tests: true };
    merge(&mut metadata, &config, Dialect::Pbr, keyword, &mut context);
    metadata
}

fn python3() -> Option<Target> {
    Some(Target { python: Python::new(3, 11), platform: Platform::Linux })
}

const INFO: &str = "Metadata-Version: 1.1\nName: demo\nVersion: 1.5\n\n";

#[test]
fn texts_lists_and_files() {
    let metadata = read(python3(), INFO);
    assert_eq!(metadata.text("name").unwrap(), Some("demo"));
    assert_eq!(metadata.text("version").unwrap(), Some("1.5"));
    assert_eq!(metadata.text("description").unwrap(), Some("A demo"));
    assert_eq!(metadata.text("url").unwrap(), Some("https://demo.test"));
    assert_eq!(metadata.text("long_description").unwrap(), Some("Hello\n\nnone\n\n"));
    assert_eq!(metadata.list("classifiers").unwrap(), ["One", "Two"]);
    assert_eq!(metadata.list("packages").unwrap(), ["demo", "demo.sub"]);
    assert_eq!(metadata.flag("include_package_data").unwrap(), Some(true));
    assert_eq!(metadata.flag("zip_safe").unwrap(), Some(false));
    let files: Vec<(&str, Vec<&str>)> = metadata
        .list_map("data_files")
        .unwrap()
        .iter()
        .map(|(directory, files)| (directory.as_str(), files.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        files,
        [("etc", vec!["a.txt", "b c.txt"]), ("share/x/", vec!["x/one"]), ("share/x/in", vec!["x/in/two"]),]
    );
}

#[test]
fn requirements_come_from_files_and_options_with_markers_judged() {
    let metadata = read(python3(), INFO);
    assert_eq!(metadata.list("install_requires").unwrap(), ["six>=1.9", "more>=1", "gitted"]);
    let keyed = |metadata: &Metadata| metadata.list_map("extras_require").unwrap().to_vec();
    let strings = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        keyed(&metadata),
        [
            (":(python_version<'3')".to_owned(), strings(&["old"])),
            ("fast_part".to_owned(), strings(&["quick", "slow"])),
            ("test:(python_version<'3')".to_owned(), strings(&["nose"])),
        ]
    );
    let kept = keyed(&read(None, INFO));
    // For every target at once the markers stay with their requirements.
    assert_eq!(kept[1], ("test".to_owned(), strings(&["nose; python_version<'3'"])));
    assert_eq!(metadata.list("tests_require").unwrap(), ["nose"]);
    assert_eq!(metadata.list_map("entry_points").unwrap()[0].0, "console_scripts");
}

#[test]
fn a_version_of_another_project_is_not_taken() {
    let metadata = read(python3(), "Metadata-Version: 1.1\nName: other\nVersion: 1.5\n\n");
    assert_eq!(metadata.text("version").unwrap_err().reason, FROM_GIT);
}
