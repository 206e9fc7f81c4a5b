//! `setuptools_scm`: the version that a source distribution's PKG-INFO holds. That of a checkout comes from git, which is not
//! asked. Only there when the build installs it.

use super::loading::beside;
use super::releases::never;
use crate::eval::module::{Entry, Module, function};
use crate::eval::{Arguments, Evaluator, Raised, Value};
use crate::packaging::CoreMetadata;
use crate::packaging::git_archival;

pub(super) static MODULE: Module =
    Module { name: "setuptools_scm", members: MEMBERS, available: Some(never) };

const MEMBERS: &[Entry] = &[("get_version", function("(root='.', *rest, **options)", get_version))];

fn get_version(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let mut root = cx.path_of(&arguments.get(0))?.to_string();
    let mut version_file = None;
    for option in arguments.keywords() {
        match &*option.name {
            "relative_to" if !option.value.is_none() => {
                let file = cx.path_of(&option.value)?;
                let directory = file.rfind(['/', '\\']).map_or(".", |at| &file[..at]).to_owned();
                root = beside(cx, &directory, &root);
            }
            // These say how a version is written to a file or guessed from a repository.
            "write_to" | "version_file" if !option.value.is_none() => {
                version_file = Some(cx.path_of(&option.value)?.to_string());
            }
            "relative_to"
            | "write_to"
            | "version_file"
            | "write_to_template"
            | "version_file_template"
            | "local_scheme"
            | "version_scheme"
            | "search_parent_directories" => {}
            name => return Err(cx.unknown(format!("`{name}` of setuptools_scm is not modelled"))),
        }
    }
    if let Some(path) = version_file {
        let path = beside(cx, &root, &path);
        let words = cx.unknown_value("setuptools_scm's words differ from release to release");
        cx.write_file(&path, words);
    }
    if cx.is_outside(&root) {
        return Err(cx.unknown(FROM_GIT));
    }
    for repository in [".git", ".hg", ".git_archival.txt", ".hg_archival.txt"] {
        let path = beside(cx, &root, repository);
        let is_empty = repository == ".git_archival.txt"
            && cx.is_file(&path)?
            && !git_archival::is_filled_in(&cx.read_file(&path)?);
        if cx.exists(&path)? && !is_empty {
            return Err(cx.unknown(FROM_GIT));
        }
    }
    let path = beside(cx, &root, "PKG-INFO");
    if !cx.is_file(&path)? {
        return Err(cx.unknown(FROM_GIT));
    }
    let bytes = cx.read_file(&path)?;
    let metadata = CoreMetadata::parse(&bytes).ok();
    match metadata.as_ref().and_then(|metadata| metadata.header("Version")) {
        Some(version) => {
            let origin = cx.file_origin(&path, &String::from_utf8_lossy(&bytes));
            Ok(cx.native_text(version.trim()).with_origin(origin))
        }
        None => Err(cx.unknown("PKG-INFO has no version")),
    }
}

const FROM_GIT: &str = "the version comes from git, which spx does not ask";
