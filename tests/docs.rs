//! Every file says what it is for, and ARCHITECTURE.md's tree is made of what they say.

use std::fs;
use std::path::{Path, PathBuf};

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
}

fn summary(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().next()?.strip_prefix("//! ").map(str::to_owned)
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    sources(Path::new("tests"), &mut files);
    let silent: Vec<_> = files.iter().filter(|path| summary(path).is_none()).collect();
    assert!(silent.is_empty(), "no `//!` first line in {silent:?}");
}

#[test]
fn the_tree_in_architecture_md_is_the_tree_in_src() {
    let mut files = Vec::new();
    sources(Path::new("src"), &mut files);
    let mut tree = String::new();
    for path in &files {
        let depth = path.components().count() - 2;
        let name = path.file_name().unwrap().to_str().unwrap();
        tree.push_str(&format!(
            "{}{name:<w$} {}\n",
            "  ".repeat(depth),
            summary(path).unwrap(),
            w = 26 - 2 * depth
        ));
    }
    let page = fs::read_to_string("ARCHITECTURE.md").unwrap();
    let (before, rest) =
        page.split_once("<!-- tree -->\n```text\n").expect("ARCHITECTURE.md has a tree mark");
    let (shown, after) = rest.split_once("```\n").expect("the tree ends");
    if shown != tree {
        // The page is written anew, so that running the tests once more passes and `git diff` shows the change.
        fs::write("ARCHITECTURE.md", format!("{before}<!-- tree -->\n```text\n{tree}```\n{after}")).unwrap();
        panic!("ARCHITECTURE.md's tree was not the one in src/: it is now, look at it and commit it");
    }
}
