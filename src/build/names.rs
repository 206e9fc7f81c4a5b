//! What a project's artifacts are called: names, versions and directories as setuptools spells them, in one place.

use super::{WheelOptions, at, text};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::packaging::Version;
use crate::packaging::name::normalize;
use crate::packaging::requirement_text;
use crate::project::Metadata;
use crate::project::glob::{Tree, join};
use crate::project::packages::Layout;

/// The names of a project and of its artifacts.
pub(super) struct Names {
    /// As the project says it.
    pub(super) raw: String,
    /// `Name:` of METADATA.
    pub(super) name: String,
    /// `Version:` of METADATA.
    pub(super) version: String,
    /// `name-version`, as a wheel and its directories have it.
    pub(super) stem: String,
    /// `name-version`, as a source distribution and its directory have it (PEP 625).
    pub(super) source_name: String,
}

/// Where the project's packages and modules stand.
pub(super) fn layout(metadata: &Metadata, tree: &Tree<'_>) -> Result<Layout, Vec<Diagnostic>> {
    Layout::of(metadata, tree).map_err(|ambiguous| {
        let names: Vec<String> = ambiguous.names.iter().take(8).map(|name| format!("`{name}`")).collect();
        let message = format!(
            "the project names no packages, and has several top-level {}: {}",
            ambiguous.what,
            names.join(", ")
        );
        vec![
            Diagnostic::general(&codes::AMBIGUOUS_DISCOVERY, message).help(
                "name them with `packages` or `py_modules` in setup.py: setuptools refuses to guess too",
            ),
        ]
    })
}

/// The names, when setuptools could form them.
pub(super) fn names(
    metadata: &Metadata,
    tree: &Tree<'_>,
    layout: &Layout,
    options: &WheelOptions,
) -> Result<Names, Vec<Diagnostic>> {
    let given = text(metadata, "name").filter(|name| !name.is_empty()).map(str::to_owned);
    let raw = given.or_else(|| layout.name(tree)).unwrap_or_else(|| "UNKNOWN".to_owned());
    let name = safe_name(&raw);
    let written = text(metadata, "version").filter(|version| !version.is_empty()).unwrap_or("0.0.0");
    let tagged = format!("{written}{}", options.tag_build.as_deref().unwrap_or(""));
    let mut errors = Vec::new();
    if options.tag_date {
        let message =
            "`tag_date` appends the day of the build to the version, which no other build could repeat";
        errors.push(Diagnostic::general(&codes::INVALID_OPTION, message));
    }
    let version = tagged.replace(' ', ".").parse::<Version>().map(|version| version.to_string());
    let version = version.unwrap_or_else(|error| {
        let message =
            format!("`{tagged}` is no version that PEP 440 allows: {}", first_line(&error.to_string()));
        errors.push(at(metadata, "version", &codes::INVALID_VERSION, message));
        String::new()
    });
    if errors.is_empty() && requirement_text::canonical(&format!("{name}=={version}")).is_err() {
        let message = format!("`{raw}` is no name for a project: it starts and ends with a letter or digit");
        errors.push(at(metadata, "name", &codes::INVALID_METADATA, message));
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let stem = format!("{}-{}", normalize(&name).replace('-', "_"), version.replace('-', "_"));
    let source_name = format!("{}-{version}", normalize(&raw).replace('-', "_"));
    Ok(Names { raw, name, version, stem, source_name })
}

/// Where egg_info writes: below `egg_base`, else below the directory of `package_dir`'s root.
pub(super) fn egg_info_directory(layout: &Layout, names: &Names, options: &WheelOptions) -> String {
    let name = format!("{}.egg-info", component(&names.name));
    let root =
        layout.directories.iter().rev().find(|(package, _)| package.is_empty()).map(|(_, path)| path.clone());
    match options.egg_base.clone().or(root) {
        Some(base) if base != "." => join(&base, &name),
        _ => name,
    }
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// setuptools' `filename_component`, for the names of `.egg-info` and `-nspkg.pth`.
pub(super) fn component(text: &str) -> String {
    text.replace('-', "_").trim_matches('_').to_owned()
}

/// setuptools' `safe_name`: runs of characters that names may not have become `-`.
fn safe_name(name: &str) -> String {
    let mut out = String::new();
    let mut replaced = false;
    for c in name.chars() {
        let allowed = c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        if allowed {
            out.push(c);
        } else if !replaced {
            out.push('-');
        }
        replaced = !allowed;
    }
    out
}
