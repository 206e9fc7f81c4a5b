//! A source distribution: setuptools' file list with what its egg_info and sdist commands write (PEP 625, PEP 643).

use super::collect::{contributions, incomplete, read};
use super::declared::{declarations, license_files};
use super::dist_info::{self, Identity};
use super::egg_info::Standing;
use super::names::{Names, egg_info_directory, layout, names};
use super::{
    BuiltSdist, ListedFile, SdistOptions, WheelOptions, at, egg_info, list, place, sha256, unknown_fields,
};
use crate::archive::{ArchiveEntry, tar_gz};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::project::file_list::{Contributions, SourceFile, manifest, source_files};
use crate::project::glob::{Tree, join, split};
use crate::project::packages::Layout;
use crate::project::{Metadata, Written};
use crate::system::{Overlay, System, normalise};
use crate::text::Sources;
use crate::text::encoding::decode_utf8;
use std::collections::BTreeMap;

pub(super) fn build(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
    sdist: &SdistOptions<'_>,
) -> Result<BuiltSdist, Vec<Diagnostic>> {
    let errors = unknown_fields(metadata, "the source distribution needs this");
    if !errors.is_empty() {
        return Err(errors);
    }
    let tree = Tree::new(system);
    let layout = layout(metadata, &tree)?;
    let names = names(metadata, &tree, &layout, options)?;
    if names.source_name.contains(['/', '\\']) || names.source_name.contains(char::is_control) {
        let message = format!("`{}` is no name that a file can have", names.raw.escape_debug());
        return Err(vec![at(metadata, "name", &codes::INVALID_METADATA, message)]);
    }
    let mut errors = Vec::new();
    let mut warnings = Vec::new();
    let contributed =
        contributed(metadata, sources, &tree, &layout, &names, options, &mut errors, &mut warnings);
    let licenses: Vec<String> = contributed.licenses;
    let mut contributions = contributed.contributions;
    for other in &sdist.others {
        let layout = self::layout(other, &tree)?;
        let declared = declarations(other, &tree, &layout, false);
        errors.extend(declared.errors);
        let more = declared.files.into_iter().map(|file| SourceFile {
            place: place(other, sources, file.field),
            path: file.source,
            rule: format!("{}, on other Pythons", file.rule),
        });
        contributions.sources.extend(more);
    }
    let directory = egg_info_directory(&layout, &names, options);
    errors.extend(unwritable(metadata, &tree, &directory));
    let texts =
        texts(metadata, sources, &layout, &names, licenses, options.handed_over).unwrap_or_else(|more| {
            errors.extend(more);
            Texts::default()
        });
    if !errors.is_empty() {
        return Err(errors);
    }
    // The list is made when egg_info has written its files, so commands of MANIFEST.in see them.
    let mut written = Overlay::new(system);
    let standing = Standing::new(&tree, &directory);
    standing.hide(&directory, &mut written);
    for (name, text) in &texts.egg_info {
        written.insert(&join(&directory, name), text.clone().into_bytes());
    }
    written.insert(&join(&directory, "SOURCES.txt"), Vec::new());
    let written_tree = Tree::new(&written);
    contributions.egg_info = Some(directory.clone());
    if let Some(files) = &options.listed_by_pbr {
        contributions.pbr = Some(files.clone());
        contributions.recorded.clear();
    }
    let (lines, read) = manifest(system, sources);
    let (files, listed) = source_files(&written_tree, &contributions, &lines);
    warnings.extend(read.into_iter().chain(listed));
    errors.extend(incomplete(&written_tree).or_else(|| incomplete(&tree)));
    let sources_txt = files.iter().map(|file| file.path.as_str()).collect::<Vec<_>>().join("\n");
    written.insert(&join(&directory, "SOURCES.txt"), sources_txt.into_bytes());
    let mut members = members(&Tree::new(&written), files, &directory, &texts.egg_info, &mut errors);
    settle(&mut members, system, &directory, &written, texts.pkg_info, options, &mut errors);
    for name in texts.egg_info.iter().map(|(name, _)| *name).chain(["SOURCES.txt"]) {
        if let Some(member) = normalise(&join(&directory, name)).and_then(|place| members.get_mut(&place)) {
            member.executable = standing.is_executable(name);
        }
    }
    released(&mut members, &options.release, &mut errors);
    let (more, warnings): (Vec<_>, Vec<_>) = warnings.into_iter().partition(Diagnostic::is_error);
    errors.extend(more);
    if errors.is_empty() { assemble(members, &names, sdist, warnings) } else { Err(errors) }
}

/// A file that goes in.
struct Member {
    source: Option<String>,
    content: Vec<u8>,
    executable: bool,
    rule: String,
    place: Option<String>,
}

impl Member {
    fn made(content: impl Into<Vec<u8>>, rule: &str) -> Self {
        Self { source: None, content: content.into(), executable: false, rule: rule.to_owned(), place: None }
    }
}

/// What the fields give the list.
struct Contributed {
    contributions: Contributions,
    licenses: Vec<String>,
}

fn contributed(
    metadata: &Metadata,
    sources: &Sources,
    tree: &Tree<'_>,
    layout: &Layout,
    names: &Names,
    options: &WheelOptions,
    errors: &mut Vec<Diagnostic>,
    warnings: &mut Vec<Diagnostic>,
) -> Contributed {
    let declared = declarations(metadata, tree, layout, options.plain_build_py);
    errors.extend(declared.errors);
    warnings.extend(declared.warnings);
    warnings.extend(declared.missing.into_iter().map(|missing| {
        missing
            .severity(crate::diagnostic::Severity::Warning)
            .help("the source distribution is built without it, as setuptools does")
    }));
    let (licenses, wrong) = license_files(metadata, tree);
    errors.extend(wrong);
    let mut contributions =
        contributions(metadata, sources, tree, layout, names, &declared.files, &licenses, options);
    if !list(metadata, "ext_modules").is_empty() {
        match &options.extension_files {
            Some(files) => {
                let rule = "source of an extension".to_owned();
                contributions.sources.extend(files.iter().map(|path| SourceFile {
                    path: path.clone(),
                    rule: rule.clone(),
                    place: place(metadata, sources, "ext_modules"),
                }));
            }
            None => {
                let message = "the sources of the project's extension modules are not known";
                errors.push(at(metadata, "ext_modules", &codes::NATIVE_CODE, message));
            }
        }
    }
    Contributed { contributions, licenses }
}

/// Where setuptools could not write its files.
fn unwritable(metadata: &Metadata, tree: &Tree<'_>, directory: &str) -> Option<Diagnostic> {
    let (base, name) = split(directory);
    if normalise(base).is_none() {
        let message = format!("`{base}`, where setuptools would write `{name}`, leads out of the project");
        return Some(at(metadata, "package_dir", &codes::OUTSIDE_PROJECT, message));
    }
    if base.is_empty() || tree.is_directory(base) {
        return None;
    }
    let message = format!("`{base}`, where setuptools writes `{name}`, is no directory of the project");
    Some(at(metadata, "package_dir", &codes::MISSING_FILE, message))
}

/// The texts that the build writes.
#[derive(Default)]
struct Texts {
    /// PKG-INFO of the root, where the name stands as the project says it.
    pkg_info: String,
    egg_info: Vec<(&'static str, String)>,
}

fn texts(
    metadata: &Metadata,
    sources: &Sources,
    layout: &Layout,
    names: &Names,
    license_files: Vec<String>,
    handed_over: bool,
) -> Result<Texts, Vec<Diagnostic>> {
    let mut identity =
        Identity { name: names.raw.clone(), version: names.version.clone(), license_files, handed_over };
    let pkg_info = dist_info::metadata(metadata, sources, &identity)?;
    identity.name.clone_from(&names.name);
    let egg_info = egg_info::files(metadata, layout, dist_info::metadata(metadata, sources, &identity)?)?;
    Ok(Texts { pkg_info, egg_info })
}

/// The listed files by their place in the archive.
fn members(
    tree: &Tree<'_>,
    files: Vec<SourceFile>,
    directory: &str,
    generated: &[(&'static str, String)],
    errors: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Member> {
    let mut members = BTreeMap::new();
    let mut total = 0;
    let made: Vec<String> =
        generated.iter().filter_map(|(name, _)| normalise(&join(directory, name))).collect();
    for SourceFile { path, rule, place: written } in files {
        let Some(place) = normalise(&path).filter(|place| !place.is_empty()) else {
            errors.push(Diagnostic::general(
                &codes::OUTSIDE_PROJECT,
                format!("`{path}` ({rule}) leads out of the project"),
            ));
            continue;
        };
        // setuptools passes over what is no regular file.
        if members.contains_key(&place) || !tree.is_file(&path) {
            continue;
        }
        match read(tree, &path, &mut total) {
            Ok(content) => {
                let executable = tree.system.metadata(&path).is_ok_and(|found| found.executable);
                let source = (!made.contains(&place)).then(|| place.clone());
                members.insert(place, Member { source, content, executable, rule, place: written });
            }
            Err((code, message)) => errors.push(Diagnostic::general(code, format!("{message} ({rule})"))),
        }
    }
    members
}

/// The files that are there whatever the list says, written over those of the tree.
fn settle(
    members: &mut BTreeMap<String, Member>,
    system: &dyn System,
    directory: &str,
    written: &Overlay<'_>,
    pkg_info: String,
    options: &WheelOptions,
    errors: &mut Vec<Diagnostic>,
) {
    members.insert("PKG-INFO".to_owned(), Member::made(pkg_info, "core metadata"));
    let sources_txt = join(directory, "SOURCES.txt");
    if let (Some(place), Ok(text)) = (normalise(&sources_txt), written.read_up_to(&sources_txt, u64::MAX)) {
        members.insert(place, Member::made(text, "the list itself"));
    }
    let listed = members.contains_key("setup.cfg");
    let content = if listed { system.read("setup.cfg").unwrap_or_default() } else { Vec::new() };
    let rewritten = decode_utf8(&content).map_err(|error| error.to_string()).and_then(|text| {
        let tag_build = options.tag_build.as_deref().unwrap_or("");
        egg_info::setup_cfg(&text, tag_build)
            .map_err(|error| format!("line {}: {}", error.line, error.class_name()))
    });
    match rewritten {
        Ok(text) => {
            let rule = if listed {
                "rewritten, with the version's tags settled"
            } else {
                "made, with the version's tags settled"
            };
            let executable = members.get("setup.cfg").is_some_and(|member| member.executable);
            let source = listed.then(|| "setup.cfg".to_owned());
            members.insert("setup.cfg".to_owned(), Member { source, executable, ..Member::made(text, rule) });
        }
        Err(error) => {
            errors.push(Diagnostic::general(
                &codes::UNREADABLE_FILE,
                format!("`setup.cfg` cannot be rewritten: {error}"),
            ));
        }
    }
}

/// What the project's command `sdist` does to the files once they are copied.
fn released(
    members: &mut BTreeMap<String, Member>,
    release: &BTreeMap<String, Written>,
    errors: &mut Vec<Diagnostic>,
) {
    for (path, written) in release {
        let lost = match (members.get_mut(path), written) {
            (Some(member), Written::Content(content)) => {
                member.content.clone_from(content);
                "written by a command of the project".clone_into(&mut member.rule);
                continue;
            }
            (Some(_), Written::Removed) => {
                members.remove(path);
                continue;
            }
            (None, _) => "it is not among the files",
            (_, Written::Unknown(why)) => why,
        };
        let message = format!("the project's command `sdist` changes `{path}`, and how is not known: {lost}");
        errors.push(Diagnostic::general(&codes::CODE_IN_BUILD, message));
    }
}

fn assemble(
    members: BTreeMap<String, Member>,
    names: &Names,
    options: &SdistOptions<'_>,
    warnings: Vec<Diagnostic>,
) -> Result<BuiltSdist, Vec<Diagnostic>> {
    if let Some(path) = members.keys().find(|path| path.contains('\\') || path.contains(char::is_control)) {
        let message = format!("`{}` is a name that not every system can unpack", path.escape_debug());
        return Err(vec![
            Diagnostic::general(&codes::UNREADABLE_FILE, message)
                .help("rename the file, or exclude it in MANIFEST.in"),
        ]);
    }
    let mut files = Vec::with_capacity(members.len());
    let mut entries = Vec::with_capacity(members.len());
    let mut sorted: Vec<(String, Member)> = members.into_iter().collect();
    sorted.sort_by(|(a, _), (b, _)| a.split('/').cmp(b.split('/')));
    for (path, member) in sorted {
        let size = member.content.len() as u64;
        files.push(ListedFile {
            path: path.clone(),
            source: member.source,
            rule: member.rule,
            place: member.place,
            size,
        });
        entries.push(ArchiveEntry::new(path, member.content).mode(if member.executable {
            0o755
        } else {
            0o644
        }));
    }
    let modified = options.modified.unwrap_or(tar_gz::EARLIEST);
    let content = tar_gz::write(Vec::new(), &names.source_name, &entries, modified).map_err(|error| {
        let message = format!("the source distribution cannot be written: {error}");
        vec![Diagnostic::general(&codes::UNREADABLE_FILE, message)]
    })?;
    let file_name = format!("{}.tar.gz", names.source_name);
    Ok(BuiltSdist { file_name, sha256: sha256(&content), content, files, warnings })
}
