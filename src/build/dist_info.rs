//! The text files of `.dist-info`: METADATA (core metadata 2.4), WHEEL, entry_points.txt, top_level.txt and the rest.

use super::{at, is_static, list, list_map, text};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::packaging::entry_point::{self, EntryPoint, ObjectReference};
use crate::packaging::license;
use crate::packaging::requirement_text;
use crate::project::FieldValue;
use crate::project::Metadata;
use crate::project::packages::Layout;
use crate::text::Sources;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// METADATA's `Dynamic` names with the fields they are about, in setuptools' order.
const DYNAMIC: &[(&str, &str)] = &[
    ("author", "author"),
    ("author-email", "author_email"),
    ("classifier", "classifiers"),
    ("description", "long_description"),
    ("description-content-type", "long_description_content_type"),
    ("download-url", "download_url"),
    ("home-page", "url"),
    ("keywords", "keywords"),
    ("license", "license"),
    ("license-file", "license_files"),
    ("license-expression", "license_expression"),
    ("maintainer", "maintainer"),
    ("maintainer-email", "maintainer_email"),
    ("obsoletes", "obsoletes"),
    ("platform", "platforms"),
    ("project-url", "project_urls"),
    ("provides", "provides"),
    ("provides-extra", "extras_require"),
    ("requires", "requires"),
    ("requires-dist", "install_requires"),
    ("requires-python", "python_requires"),
    ("summary", "description"),
];

/// The texts that METADATA's first lines and the file names need.
pub(super) struct Identity {
    /// `Name:`, as METADATA has it.
    pub(super) name: String,
    pub(super) version: String,
    pub(super) license_files: Vec<String>,
    /// Whether a plug-in hands setup.cfg to setup() (pbr), so that nothing of it is static.
    pub(super) handed_over: bool,
}

struct Writer<'a> {
    metadata: &'a Metadata,
    sources: &'a Sources,
    handed_over: bool,
    out: String,
    errors: Vec<Diagnostic>,
}

/// METADATA in setuptools' order (setuptools/_core_metadata.py, `write_pkg_file`).
/// A list as setuptools walks over it: a text that is still in one piece (a `unicode` of Python 2) character by character.
fn words(metadata: &Metadata, field: &str) -> Vec<String> {
    match metadata.known(field) {
        Ok(Some((FieldValue::Text(text), _))) => text.chars().map(String::from).collect(),
        _ => list(metadata, field).to_vec(),
    }
}

pub(super) fn metadata(
    metadata: &Metadata,
    sources: &Sources,
    identity: &Identity,
) -> Result<String, Vec<Diagnostic>> {
    let handed_over = identity.handed_over;
    let mut writer = Writer { metadata, sources, handed_over, out: String::new(), errors: Vec::new() };
    writer.header("Metadata-Version", "2.4", "name");
    writer.header("Name", &identity.name, "name");
    writer.header("Version", &identity.version, "version");
    if let Some(summary) = text(metadata, "description").filter(|summary| !summary.is_empty()) {
        let first = match summary.split_once('\n') {
            Some(_) => summary.trim().split_once('\n').map_or(summary.trim(), |(first, _)| first),
            None => summary,
        };
        writer.header("Summary", first, "description");
    }
    for (header, field) in [
        ("Home-page", "url"),
        ("Download-URL", "download_url"),
        ("Author", "author"),
        ("Author-email", "author_email"),
        ("Maintainer", "maintainer"),
        ("Maintainer-email", "maintainer_email"),
    ] {
        if let Some(value) = text(metadata, field) {
            writer.header(header, value, field);
        }
    }
    writer.license();
    for (label, url) in metadata.text_map("project_urls").unwrap_or_default() {
        writer.header("Project-URL", &format!("{label}, {url}"), "project_urls");
    }
    let keywords = words(metadata, "keywords").join(",");
    if !keywords.is_empty() {
        writer.header("Keywords", &keywords, "keywords");
    }
    for (header, field) in [
        ("Platform", "platforms"),
        ("Classifier", "classifiers"),
        ("Requires", "requires"),
        ("Provides", "provides"),
        ("Obsoletes", "obsoletes"),
    ] {
        for value in words(metadata, field) {
            writer.header(header, &value, field);
        }
    }
    writer.requires_python();
    if let Some(kind) = text(metadata, "long_description_content_type").filter(|kind| !kind.is_empty()) {
        writer.header("Description-Content-Type", kind, "long_description_content_type");
    }
    for path in &identity.license_files {
        writer.header("License-File", path, "license_files");
    }
    writer.requirements();
    writer.dynamic(identity);
    if let Some(description) = text(metadata, "long_description").filter(|text| !text.is_empty()) {
        writer.out.push('\n');
        writer.out.push_str(description);
        if !description.ends_with('\n') {
            writer.out.push('\n');
        }
    }
    if writer.errors.is_empty() { Ok(writer.out) } else { Err(writer.errors) }
}

impl Writer<'_> {
    /// One header. setuptools writes line breaks as they are; those that would start another header are refused.
    fn header(&mut self, header: &str, value: &str, field: &str) {
        let folds = |line: &str| line.starts_with([' ', '\t']) && !line.trim().is_empty();
        let mut lines = value.split(['\n', '\r']);
        lines.next();
        if !lines.all(folds) {
            let message = format!("`{field}` contains a line break, which METADATA's `{header}` cannot hold");
            let diagnostic = at(self.metadata, field, &codes::INVALID_METADATA, message);
            return self.errors.push(diagnostic.help("write it on one line"));
        }
        put(&mut self.out, format_args!("{header}: {value}\n"));
    }

    fn license(&mut self) {
        if let Some(expression) = text(self.metadata, "license_expression").filter(|text| !text.is_empty()) {
            if let Some(classifier) =
                list(self.metadata, "classifiers").iter().find(|c| c.starts_with("License :: "))
            {
                let message =
                    format!("a licence expression and the classifier `{classifier}` exclude each other");
                self.errors.push(at(self.metadata, "classifiers", &codes::INVALID_METADATA, message));
            }
            match license::canonical(expression) {
                Ok(expression) => self.header("License-Expression", &expression, "license_expression"),
                Err(message) => {
                    self.errors.push(at(
                        self.metadata,
                        "license_expression",
                        &codes::INVALID_METADATA,
                        message,
                    ));
                }
            }
        } else if let Some(license) = text(self.metadata, "license").filter(|text| !text.is_empty()) {
            // Continuation lines are indented, so line breaks are safe here.
            put(&mut self.out, format_args!("License: {}\n", escape(license)));
        }
    }

    fn is_static(&self, field: &str) -> bool {
        !self.handed_over && is_static(self.metadata, self.sources, field)
    }

    fn requires_python(&mut self) {
        let Some(written) = text(self.metadata, "python_requires").filter(|text| !text.is_empty()) else {
            return;
        };
        match requirement_text::canonical_specifiers(written) {
            Ok(sorted) => {
                // setup.py's text is written as it is; configuration files are parsed first.
                let value = if self.is_static("python_requires") { &sorted } else { written };
                self.header("Requires-Python", value, "python_requires");
            }
            Err(error) => {
                let message = format!("`python_requires` is no version specifier: {error}");
                self.errors.push(at(self.metadata, "python_requires", &codes::INVALID_REQUIREMENT, message));
            }
        }
    }

    fn requirements(&mut self) {
        for line in requirement_text::lines(list(self.metadata, "install_requires")) {
            self.requirement("install_requires", &line, requirement_text::canonical(&line));
        }
        let mut written: BTreeMap<String, &str> = BTreeMap::new();
        for (key, requirements) in list_map(self.metadata, "extras_require") {
            let (name, condition) = key.split_once(':').unwrap_or((key, ""));
            let (name, condition) = (name.trim(), condition.trim());
            let extra = safe_extra(name);
            if !extra.is_empty() && written.get(&extra) != Some(&name) {
                self.header("Provides-Extra", &extra, "extras_require");
                written.insert(extra.clone(), name);
            }
            if !condition.is_empty()
                && let Err(error) = requirement_text::check_marker(condition)
            {
                let message = format!("`{condition}`, the condition of an extra, is no marker: {error}");
                self.errors.push(at(self.metadata, "extras_require", &codes::INVALID_REQUIREMENT, message));
                continue;
            }
            for line in requirement_text::lines(requirements) {
                let spelled = requirement_text::with_extra(&line, &extra, condition);
                self.requirement("extras_require", &line, spelled);
            }
        }
    }

    fn requirement(
        &mut self,
        field: &str,
        written: &str,
        spelled: Result<String, crate::packaging::RequirementError>,
    ) {
        match spelled {
            Ok(requirement) => self.header("Requires-Dist", &requirement, field),
            Err(error) => {
                let message = format!("`{written}` in `{field}` is no requirement: {error}");
                self.errors.push(at(self.metadata, field, &codes::INVALID_REQUIREMENT, message));
            }
        }
    }

    /// `Dynamic`: the fields that have a value which no configuration file gives as such.
    fn dynamic(&mut self, identity: &Identity) {
        for (name, field) in DYNAMIC {
            let has_value = match *field {
                "license_files" => !identity.license_files.is_empty(),
                field => match self.metadata.known(field) {
                    Ok(Some((value, _))) => has_content(value),
                    _ => false,
                },
            };
            let always = matches!(*field, "license_files" | "download_url");
            if has_value && (always || !self.is_static(field)) {
                self.header("Dynamic", name, field);
            }
        }
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("internal error: writing to a String cannot fail");
}

/// Whether Python would call the value true.
fn has_content(value: &crate::project::FieldValue) -> bool {
    use crate::project::FieldValue;
    match value {
        FieldValue::Text(text) => !text.is_empty(),
        FieldValue::Bool(value) => *value,
        FieldValue::List(items) => !items.is_empty(),
        FieldValue::TextMap(map) => !map.is_empty(),
        FieldValue::ListMap(map) | FieldValue::Files(map) => !map.is_empty(),
    }
}

/// `safe_extra` of setuptools (PEP 685): lower case, runs of other characters a `-`.
fn safe_extra(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            out.push(c.to_ascii_lowercase());
        } else if !out.ends_with('-') {
            out.push('-');
        }
    }
    out.trim_matches('-').to_owned()
}

/// `rfc822_escape` of distutils: each line after the first is indented by eight blanks, lines ended as `str.splitlines`
/// has them.
fn escape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        out.push(c);
        let crlf = c == '\r' && chars.peek() == Some(&'\n');
        let ends = matches!(
            c,
            '\n' | '\r'
                | '\u{b}'
                | '\u{c}'
                | '\u{1c}'
                | '\u{1d}'
                | '\u{1e}'
                | '\u{85}'
                | '\u{2028}'
                | '\u{2029}'
        );
        if ends && !crlf {
            out.push_str("        ");
        }
    }
    out
}

/// WHEEL (PEP 427).
pub(super) fn wheel(build_number: Option<&str>, tag: &str) -> String {
    let mut out = format!(
        "Wheel-Version: 1.0\nGenerator: spx ({})\nRoot-Is-Purelib: true\n",
        env!("CARGO_PKG_VERSION")
    );
    if let Some(number) = build_number {
        put(&mut out, format_args!("Build: {number}\n"));
    }
    let parts: Vec<Vec<&str>> = tag.split('-').map(|part| part.split('.').collect()).collect();
    if let [pythons, abis, platforms] = parts.as_slice() {
        for python in pythons {
            for abi in abis {
                for platform in platforms {
                    put(&mut out, format_args!("Tag: {python}-{abi}-{platform}\n"));
                }
            }
        }
    }
    out.push('\n');
    out
}

/// entry_points.txt; `None` when there are none.
pub(super) fn entry_points(metadata: &Metadata) -> Result<Option<String>, Vec<Diagnostic>> {
    let mut points = Vec::new();
    let mut errors = Vec::new();
    let mut seen = BTreeSet::new();
    for (group, lines) in list_map(metadata, "entry_points") {
        for line in lines.iter().flat_map(|text| text.lines()).map(str::trim) {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut wrong = |message: String| {
                errors.push(at(metadata, "entry_points", &codes::INVALID_ENTRY_POINT, message));
            };
            let Some((name, value)) = line.split_once('=') else {
                wrong(format!("`{line}` in `{group}` has no `=`: `name = module:attribute` is expected"));
                continue;
            };
            let (name, value) = (name.trim(), value.trim());
            if let Err(error) = value.parse::<ObjectReference>() {
                wrong(format!("`{name}` in `{group}`: {error}"));
            }
            if group.contains(['\n', '\r', ']']) || name.is_empty() {
                wrong(format!("`{group}` and `{name}` cannot be a group and a name of entry_points.txt"));
            }
            if !seen.insert((group.clone(), name.to_owned())) {
                wrong(format!("`{group}` has `{name}` twice"));
            }
            points.push(EntryPoint { group: group.clone(), name: name.to_owned(), value: value.to_owned() });
        }
    }
    match (errors.is_empty(), points.is_empty()) {
        (false, _) => Err(errors),
        (true, true) => Ok(None),
        (true, false) => Ok(Some(entry_point::write(&points))),
    }
}

/// top_level.txt: the first components of packages, modules and extensions, sorted; a missing module's too, as setuptools has it.
pub(super) fn top_level(metadata: &Metadata, layout: &Layout) -> String {
    let extensions = list(metadata, "ext_modules");
    let extensions = extensions.iter().map(|name| name.strip_suffix("module").unwrap_or(name));
    let names = layout.packages.iter().chain(&layout.modules).map(String::as_str).chain(extensions);
    let tops: BTreeSet<&str> = names.map(|name| name.split('.').next().unwrap_or("")).collect();
    format!("{}\n", tops.into_iter().collect::<Vec<_>>().join("\n"))
}

/// A list, one item a line; `None` when the project does not give it. An empty one makes an empty line.
pub(super) fn lines(metadata: &Metadata, field: &str) -> Option<String> {
    metadata.get(field).map(|_| format!("{}\n", list(metadata, field).join("\n")))
}

/// The namespace packages with their parents, sorted.
pub(super) fn namespaces(metadata: &Metadata) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for name in list(metadata, "namespace_packages") {
        let parts: Vec<&str> = name.split('.').collect();
        out.extend((1..=parts.len()).map(|length| parts[..length].join(".")));
    }
    out
}

/// `…-nspkg.pth`, which makes namespace packages importable on Pythons without PEP 420; one line a package.
pub(super) fn namespace_file(names: &BTreeSet<String>) -> String {
    let mut out = String::new();
    for name in names {
        let parts: Vec<String> = name.split('.').map(|part| format!("'{part}'")).collect();
        let tuple =
            if parts.len() == 1 { format!("({},)", parts[0]) } else { format!("({})", parts.join(", ")) };
        put(
            &mut out,
            format_args!(
                "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *{tuple});\
             importlib = __import__('importlib.util');__import__('importlib.machinery');\
             m = sys.modules.setdefault('{name}', importlib.util.module_from_spec(\
             importlib.machinery.PathFinder.find_spec('{name}', [os.path.dirname(p)])));\
             m = m or sys.modules.setdefault('{name}', types.ModuleType('{name}'));\
             mp = (m or []) and m.__dict__.setdefault('__path__',[]);(p not in mp) and mp.append(p)"
            ),
        );
        if let Some((parent, child)) = name.rsplit_once('.') {
            put(&mut out, format_args!(";m and setattr(sys.modules['{parent}'], '{child}', m)"));
        }
        out.push('\n');
    }
    out
}
