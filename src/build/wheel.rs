//! A wheel from collected files: names, tags, `.dist-info`, order and RECORD (setuptools' bdist_wheel, PEP 427).

use super::collect::{Collected, Collector};
use super::declared::license_files;
use super::dist_info::{self, Identity};
use super::egg_info::Standing;
use super::names::{Names, component, egg_info_directory, layout, names};
use super::{BuiltWheel, ListedFile, WheelOptions, at, list, place, sha256, unknown_fields};
use crate::archive::ArchiveEntry;
use crate::archive::zip;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::packaging::Python;
use crate::packaging::entry_point::is_dotted_name;
use crate::packaging::record::{self, RecordRow};
use crate::project::Metadata;
use crate::project::glob::Tree;
use crate::project::packages::Layout;
use crate::system::System;
use crate::text::Sources;
use std::collections::BTreeMap;
use std::io::Cursor;

/// The names of a wheel's own.
struct WheelNames {
    names: Names,
    /// `name-version`, with the build number.
    full_stem: String,
    tag: String,
}

pub(super) fn build(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
) -> Result<BuiltWheel, Vec<Diagnostic>> {
    let errors: Vec<Diagnostic> = native_code(metadata).into_iter().collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut errors = unknown_fields(metadata, "the wheel needs this");
    if !errors.is_empty() {
        return Err(errors);
    }
    let tree = Tree::new(system);
    let layout = layout(metadata, &tree)?;
    let wheel = wheel_names(metadata, names(metadata, &tree, &layout, options)?, options)?;
    let names = &wheel.names;
    let dist_info = format!("{}.dist-info", names.stem);
    let mut collector = Collector::new(metadata, &tree, sources, &layout);
    let (licenses, wrong) = license_files(metadata, &tree);
    collector.errors.extend(wrong);
    collector.run(&format!("{}.data", wheel.full_stem), &licenses, names, options);
    drop_namespace_modules(metadata, &mut collector.files);
    collector.add_licenses(&licenses, &dist_info);
    let generated = generated(metadata, sources, &layout, &wheel, licenses, options);
    let generated = match generated {
        Ok(generated) => generated,
        Err(errors) => {
            collector.errors.extend(errors);
            Vec::new()
        }
    };
    let egg_info = egg_info_directory(&layout, names, options);
    let standing = Standing::new(&tree, &egg_info);
    collector.add_handed_on(&standing.handed_on(), &egg_info, &dist_info);
    for Generated { path, content, rule, place } in generated {
        let name = path.strip_prefix(&dist_info).and_then(|name| name.strip_prefix('/'));
        let made = Collected {
            source: None,
            content: content.into_bytes(),
            executable: name.is_some_and(|name| standing.is_executable(name)),
            rule: rule.to_owned(),
            place,
        };
        if let Some(there) = collector.files.insert(path.clone(), made) {
            let source = there.source.unwrap_or_default();
            let message = format!("`{source}` would take the place of `{path}`, which the build writes");
            collector.errors.push(Diagnostic::general(&codes::CONFLICTING_FILES, message));
        }
    }
    errors.extend(collector.errors);
    errors.extend(clashes(&collector.files));
    if !errors.is_empty() {
        return Err(errors);
    }
    assemble(collector.files, &wheel, &dist_info, collector.warnings)
}

/// What to say of a project whose wheel holds compiled code.
pub(super) fn native_code(metadata: &Metadata) -> Option<Diagnostic> {
    let extensions = list(metadata, "ext_modules");
    (!extensions.is_empty()).then(|| {
        let named: Vec<String> = extensions.iter().take(3).map(|name| format!("`{name}`")).collect();
        let more = if extensions.len() > 3 { ", …" } else { "" };
        let message = format!(
            "the project has extension modules ({}{more}), which need a compiler and a platform",
            named.join(", ")
        );
        at(metadata, "ext_modules", &codes::NATIVE_CODE, message)
            .help("take the project's own wheels from the package index, or build it with pip or build")
    })
}

fn wheel_names(
    metadata: &Metadata,
    names: Names,
    options: &WheelOptions,
) -> Result<WheelNames, Vec<Diagnostic>> {
    let mut errors = Vec::new();
    if let Some(number) = &options.build_number
        && !(number.starts_with(|c: char| c.is_ascii_digit())
            && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.')))
    {
        let message = format!(
            "the build number `{number}` must start with a digit and go on with letters, digits and `_`"
        );
        errors.push(Diagnostic::general(&codes::INVALID_OPTION, message));
    }
    let tag = tag(metadata, options).unwrap_or_else(|error| {
        errors.push(*error);
        String::new()
    });
    if !errors.is_empty() {
        return Err(errors);
    }
    let full_stem = match &options.build_number {
        Some(number) => format!("{}-{number}", names.stem),
        None => names.stem.clone(),
    };
    Ok(WheelNames { names, full_stem, tag })
}

fn tag(metadata: &Metadata, options: &WheelOptions) -> Result<String, Box<Diagnostic>> {
    let universal = metadata.flag("universal") == Ok(Some(true));
    let said = if universal { "py2.py3" } else { options.python_tag.as_deref().unwrap_or("py3") };
    let python = options.own_tag.as_deref().unwrap_or(said);
    let said = options.plat_name.as_ref().map(|name| name.to_lowercase().replace(['-', '.', ' '], "_"));
    let platform = said.or_else(|| options.own_platform.clone()).unwrap_or_else(|| "any".to_owned());
    let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'));
    for (option, value) in [("python_tag", python), ("plat_name", &platform)] {
        if value.is_empty() || !plain(value) {
            let message = format!("`{option}` is `{value}`, which no wheel's file name can carry");
            return Err(Diagnostic::general(&codes::INVALID_OPTION, message).into());
        }
    }
    Ok(format!("{python}-none-{platform}"))
}

/// A file that the build itself writes, and why.
struct Generated {
    path: String,
    content: String,
    rule: &'static str,
    place: Option<String>,
}

fn generated(
    metadata: &Metadata,
    sources: &Sources,
    layout: &Layout,
    wheel: &WheelNames,
    license_files: Vec<String>,
    options: &WheelOptions,
) -> Result<Vec<Generated>, Vec<Diagnostic>> {
    let names = &wheel.names;
    let mut errors = Vec::new();
    let mut out = Vec::new();
    let mut put = |name: &str, content: String, rule, field: &str| {
        let path = format!("{}.dist-info/{name}", names.stem);
        out.push(Generated { path, content, rule, place: place(metadata, sources, field) });
    };
    let identity = Identity {
        name: names.name.clone(),
        version: names.version.clone(),
        license_files,
        handed_over: options.handed_over,
    };
    match dist_info::metadata(metadata, sources, &identity) {
        Ok(content) => put("METADATA", content, "core metadata", ""),
        Err(more) => errors.extend(more),
    }
    put("WHEEL", dist_info::wheel(options.build_number.as_deref(), &wheel.tag), "wheel metadata", "");
    match dist_info::entry_points(metadata) {
        Ok(Some(content)) => put("entry_points.txt", content, "entry points", "entry_points"),
        Ok(None) => {}
        Err(more) => errors.extend(more),
    }
    put("top_level.txt", dist_info::top_level(metadata, layout), "top-level names", "");
    if metadata.flag("zip_safe") == Ok(Some(true)) {
        put("zip-safe", "\n".to_owned(), "`zip_safe=True`", "zip_safe");
    }
    if let Some(content) = dist_info::lines(metadata, "eager_resources") {
        put("eager_resources.txt", content, "`eager_resources`", "eager_resources");
    }
    let links = dist_info::lines(metadata, "dependency_links").filter(|text| !text.trim().is_empty());
    if let Some(content) = links {
        put("dependency_links.txt", content, "`dependency_links`", "dependency_links");
    }
    if let Some(content) = dist_info::lines(metadata, "namespace_packages") {
        put("namespace_packages.txt", content, "`namespace_packages`", "namespace_packages");
    }
    if !list(metadata, "namespace_packages").is_empty() {
        match namespace_file(metadata, names, options.python) {
            Ok((path, content, rule)) => {
                let place = place(metadata, sources, "namespace_packages");
                out.push(Generated { path, content, rule, place });
            }
            Err(error) => errors.push(*error),
        }
    }
    if errors.is_empty() { Ok(out) } else { Err(errors) }
}

/// `<name>-<version>-py<X.Y>-nspkg.pth` at the wheel's root.
fn namespace_file(
    metadata: &Metadata,
    names: &Names,
    python: Option<Python>,
) -> Result<(String, String, &'static str), Box<Diagnostic>> {
    let namespaces = dist_info::namespaces(metadata);
    if let Some(wrong) = namespaces.iter().find(|name| !is_dotted_name(name)) {
        let message = format!("`{wrong}` in `namespace_packages` is no package name");
        return Err(at(metadata, "namespace_packages", &codes::INVALID_METADATA, message).into());
    }
    let Some(python) = python else {
        let message =
            "`namespace_packages` puts the Python that builds into a file's name, so the wheel depends on it";
        return Err(at(metadata, "namespace_packages", &codes::UNKNOWN_FIELD, message)
            .help("say for which Python with `--python X.Y`, or drop `namespace_packages`: PEP 420 made it needless")
            .into());
    };
    let path = format!("{}-{}-py{python}-nspkg.pth", component(&names.name), component(&names.version));
    Ok((path, dist_info::namespace_file(&namespaces), "`namespace_packages`"))
}

/// setuptools leaves the `__init__` modules of namespace packages out: the `.pth` file stands in for them.
fn drop_namespace_modules(metadata: &Metadata, files: &mut BTreeMap<String, Collected>) {
    for package in dist_info::namespaces(metadata) {
        let directory = package.replace('.', "/");
        for name in ["__init__.py", "__init__.pyc", "__init__.pyo"] {
            files.remove(&format!("{directory}/{name}"));
        }
    }
}

/// A path that is both a file and a directory of another file.
fn clashes(files: &BTreeMap<String, Collected>) -> Option<Diagnostic> {
    files.keys().find_map(|path| {
        let parents = path.match_indices('/').map(|(at, _)| &path[..at]);
        let parent = parents.into_iter().find(|parent| files.contains_key(*parent))?;
        let message = format!("`{parent}` is a file in the wheel, and a directory for `{path}`");
        Some(Diagnostic::general(&codes::CONFLICTING_FILES, message))
    })
}

/// setuptools' order: each directory's files before its directories, both sorted; files directly in a `.dist-info`
/// directory last, RECORD at the very end.
fn order(path: &str) -> (bool, Vec<(bool, &str)>) {
    let directory = path.rsplit_once('/').map_or("", |(directory, _)| directory);
    if directory.ends_with(".dist-info") {
        return (true, vec![(false, path)]);
    }
    let parts: Vec<&str> = path.split('/').collect();
    let last = parts.len() - 1;
    (false, parts.iter().enumerate().map(|(index, part)| (index < last, *part)).collect())
}

fn assemble(
    files: BTreeMap<String, Collected>,
    wheel: &WheelNames,
    dist_info: &str,
    warnings: Vec<Diagnostic>,
) -> Result<BuiltWheel, Vec<Diagnostic>> {
    let metadata =
        files.get(&format!("{dist_info}/METADATA")).map(|file| file.content.clone()).unwrap_or_default();
    let mut sorted: Vec<(String, Collected)> = files.into_iter().collect();
    sorted.sort_by(|(a, _), (b, _)| order(a).cmp(&order(b)));
    let mut rows = Vec::new();
    let mut entries = Vec::new();
    let mut listed = Vec::new();
    for (path, file) in sorted {
        let size = file.content.len() as u64;
        rows.push(RecordRow { path: path.clone(), hash: record::hash(&file.content), size: Some(size) });
        listed.push(ListedFile {
            path: path.clone(),
            source: file.source,
            rule: file.rule,
            place: file.place,
            size,
        });
        entries.push(ArchiveEntry::new(path, file.content).mode(if file.executable { 0o755 } else { 0o644 }));
    }
    let record_path = format!("{dist_info}/RECORD");
    rows.push(RecordRow { path: record_path.clone(), hash: String::new(), size: None });
    let content = record::write(&rows);
    listed.push(ListedFile {
        path: record_path.clone(),
        source: None,
        rule: "hashes of the files".to_owned(),
        place: None,
        size: content.len() as u64,
    });
    entries.push(ArchiveEntry::new(record_path, content).mode(0o664));
    let content = zip::write(Cursor::new(Vec::new()), &entries)
        .map_err(|error| {
            vec![Diagnostic::general(
                &codes::UNREADABLE_FILE,
                format!("the wheel cannot be written: {error}"),
            )]
        })?
        .into_inner();
    Ok(BuiltWheel {
        file_name: format!("{}-{}.whl", wheel.full_stem, wheel.tag),
        sha256: sha256(&content),
        content,
        files: listed,
        tag: wheel.tag.clone(),
        metadata: String::from_utf8_lossy(&metadata).into_owned(),
        warnings,
    })
}
