//! What builds would take and say, found without reading the files that they would copy: for the linter.

use super::collect::{Collector, contributions};
use super::declared::{declarations, license_files};
use super::dist_info::{self, Identity};
use super::names::{Names, layout, names};
use super::{Preview, WheelOptions};
use crate::project::Metadata;
use crate::project::file_list::{SourceFile, manifest, source_files};
use crate::project::glob::Tree;
use crate::project::packages::Layout;
use crate::system::{Kind, Metadata as FileMetadata, ReadError, System, normalise};
use crate::text::Sources;

/// Fields that decide which files are taken.
const DECIDE: &[&str] = &[
    "packages",
    "py_modules",
    "package_dir",
    "package_data",
    "exclude_package_data",
    "include_package_data",
    "data_files",
    "scripts",
    "license_files",
];

/// Files whose content decides what else is taken.
const READ: &[&str] = &["MANIFEST.in", "SOURCES.txt", "PKG-INFO", "setup.py", "setup.cfg", "pyproject.toml"];

pub(super) fn preview(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
) -> Preview {
    let system = &options.tree(system);
    let shallow = Shallow {
        below: system,
        scripts: metadata.list("scripts").unwrap_or_default(),
        namespaces: metadata.list("namespace_packages").unwrap_or_default(),
    };
    let tree = Tree::new(&shallow);
    let mut preview = Preview::default();
    let known = DECIDE.iter().all(|field| metadata.known(field).is_ok());
    let layout = match layout(metadata, &tree) {
        Ok(layout) => layout,
        Err(said) => {
            preview.said = said;
            return preview;
        }
    };
    let names = match names(metadata, &tree, &layout, options) {
        Ok(names) => names,
        Err(said) => {
            preview.said = said;
            return preview;
        }
    };
    let (licenses, wrong) = license_files(metadata, &tree);
    preview.said.extend(wrong);
    let identity = Identity {
        name: names.name.clone(),
        version: names.version.clone(),
        license_files: licenses.clone(),
        handed_over: options.handed_over,
    };
    preview.said.extend(dist_info::metadata(metadata, sources, &identity).err().unwrap_or_default());
    preview.said.extend(dist_info::entry_points(metadata).err().unwrap_or_default());
    if known {
        wheel(metadata, &tree, sources, &layout, &names, &licenses, options, &mut preview);
        sdist(metadata, &tree, sources, &layout, &names, &licenses, options, &mut preview);
    }
    if tree.limit().is_some() {
        (preview.wheel, preview.sdist) = (None, None);
    }
    preview.layout = Some(layout);
    preview.licenses = licenses;
    preview
}

fn wheel(
    metadata: &Metadata,
    tree: &Tree<'_>,
    sources: &Sources,
    layout: &Layout,
    names: &Names,
    licenses: &[String],
    options: &WheelOptions,
    preview: &mut Preview,
) {
    let mut collector = Collector::new(metadata, tree, sources, layout);
    collector.run(&format!("{}.data", names.stem), licenses, names, options);
    let files = std::mem::take(&mut collector.files);
    preview.wheel = Some(files.into_iter().filter_map(|(path, file)| Some((path, file.source?))).collect());
    preview.said.append(&mut collector.errors);
    preview.said.append(&mut collector.warnings);
}

fn sdist(
    metadata: &Metadata,
    tree: &Tree<'_>,
    sources: &Sources,
    layout: &Layout,
    names: &Names,
    licenses: &[String],
    options: &WheelOptions,
    preview: &mut Preview,
) {
    let declared = declarations(metadata, tree, layout, options.plain_build_py);
    let mut contributions =
        contributions(metadata, sources, tree, layout, names, &declared.files, licenses, options);
    if let Some(files) = &options.extension_files {
        let rule = "source of an extension".to_owned();
        let files =
            files.iter().map(|path| SourceFile { path: path.clone(), rule: rule.clone(), place: None });
        contributions.sources.extend(files);
    } else if metadata.list("ext_modules").map_or(true, |names| !names.is_empty()) {
        return;
    }
    let (lines, read) = manifest(tree.system, sources);
    let (files, listed) = source_files(tree, &contributions, &lines);
    preview.said.extend(read.into_iter().chain(listed));
    let files = files.into_iter().filter_map(|file| normalise(&file.path)).filter(|path| !path.is_empty());
    preview.sdist = Some(files.collect());
}

/// A tree whose files are empty but for those that decide something.
struct Shallow<'a> {
    below: &'a dyn System,
    scripts: &'a [String],
    /// Packages whose `__init__.py` is looked into.
    namespaces: &'a [String],
}

impl System for Shallow<'_> {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let inside = |package: &String| path.ends_with(&format!("{}/__init__.py", package.replace('.', "/")));
        if READ.contains(&name)
            || self.namespaces.iter().any(inside)
            || self.scripts.iter().any(|script| script == path)
        {
            return self.below.read_up_to(path, limit);
        }
        match self.below.metadata(path)?.kind {
            Kind::File => Ok(Vec::new()),
            Kind::Directory => Err(ReadError::IsDirectory),
            Kind::Other => Err(ReadError::NotRegular),
        }
    }

    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError> {
        self.below.list(path)
    }

    fn metadata(&self, path: &str) -> Result<FileMetadata, ReadError> {
        self.below.metadata(path)
    }

    fn is_link(&self, path: &str) -> bool {
        self.below.is_link(path)
    }
}
