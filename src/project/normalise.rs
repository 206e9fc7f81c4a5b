//! What setuptools makes of values once setup() or setup.cfg has given them: pure functions, and the final pass over
//! the fields that `Distribution` makes when everything has been merged.

use super::{Field, FieldValue, Metadata, Place, Unknown};
use crate::diagnostic::{Code, Diagnostic, codes};
use crate::packaging::requirement_text::{self, Specifiers};
use crate::packaging::{RequirementError, Version};
use crate::text::Span;
use crate::text::whitespace::{is_space, split_lines};
use std::collections::{HashMap, HashSet};

/// A map from names to lists, in order of insertion.
pub type ListMap = Vec<(String, Vec<String>)>;

/// `keywords` and `platforms` given as one string: items at commas, and since setuptools 84 at line ends too.
pub fn separated(text: &str, setuptools: &Version) -> Vec<String> {
    if *setuptools < Version::new([84]) {
        return text.split(',').map(|item| item.trim_matches(is_space).to_owned()).collect();
    }
    let items = text.split([',', '\n']).map(|item| item.trim_matches(is_space));
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// A list that was given as one string where setuptools iterates over it: one item a character.
pub fn characters(text: &str) -> Vec<String> {
    text.chars().map(String::from).collect()
}

/// `entry_points` given as one string: groups in brackets, `name = value` lines, `#` comments
/// (`importlib.metadata.EntryPoints`). Lines before the first group are dropped; the `Err` is a line without `=`.
pub fn entry_points(text: &str) -> Result<ListMap, String> {
    let mut groups: ListMap = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut current = None;
    for range in split_lines(text) {
        let line = text[range].trim_matches(is_space);
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if line.starts_with('[') && line.ends_with(']') {
            let name = line.trim_matches(['[', ']']);
            current = Some(*places.entry(name).or_insert_with(|| {
                groups.push((name.to_owned(), Vec::new()));
                groups.len() - 1
            }));
            continue;
        }
        let Some(current) = current else { continue };
        let (name, value) = line.split_once('=').ok_or_else(|| line.to_owned())?;
        groups[current].1.push(format!("{} = {}", name.trim_matches(is_space), value.trim_matches(is_space)));
    }
    Ok(groups)
}

/// The summary that METADATA has: the first line when there are several.
pub fn single_line(description: &str) -> &str {
    if description.contains('\n') {
        description.trim_matches(is_space).split('\n').next().unwrap_or_default()
    } else {
        description
    }
}

/// The patterns of licence files that the project gives, `license_file` behind `license_files`; `None` when it gives
/// neither, and then the four default patterns hold.
pub fn license_patterns(metadata: &Metadata) -> Result<Option<Vec<String>>, &Unknown> {
    let files = metadata.known("license_files")?.map(|_| metadata.list("license_files")).transpose()?;
    let file = metadata.text("license_file")?;
    if files.is_none() && file.is_none() {
        return Ok(None);
    }
    let mut patterns = files.unwrap_or_default().to_vec();
    if let Some(file) = file
        && !file.is_empty()
        && !patterns.iter().any(|pattern| pattern == file)
    {
        patterns.push(file.to_owned());
    }
    Ok(Some(patterns))
}

/// `str(Version(text))`, the one spelling of a version (PEP 440).
pub fn version(text: &str) -> Option<String> {
    text.trim_matches(is_space).parse::<Version>().ok().map(|version| version.to_string())
}

/// A canonical requirement apart from its marker, which is empty when there is none.
fn split_marker(canonical: &str) -> (&str, &str) {
    let separator = if canonical.contains(" @ ") { " ; " } else { "; " };
    canonical.split_once(separator).unwrap_or((canonical, ""))
}

/// Whether a setuptools moves requirements with markers into `extras_require`, under `":marker"`.
fn moves_markers(setuptools: &Version) -> bool {
    *setuptools < Version::new([68, 2])
}

/// The requirements as `Distribution` holds them in the end: canonical, and before setuptools 68.2 with every marker
/// moved into the keys of `extras_require`.
pub fn requirements(
    install: &[String],
    extras: &[(String, Vec<String>)],
    setuptools: &Version,
) -> Result<(Vec<String>, ListMap), RequirementError> {
    let canonical = |items: &[String]| -> Result<Vec<String>, RequirementError> {
        let named = |line: &String| {
            requirement_text::canonical_with(line, Specifiers::of(setuptools)).map_err(|error| {
                RequirementError {
                    // A list has many, and came from anywhere: the words say which.
                    message: format!("`{}`: {}", line.trim(), error.message),
                    ..error
                }
            })
        };
        requirement_text::lines(items).iter().map(named).collect()
    };
    let install = canonical(install)?;
    let mut out: ListMap = Vec::new();
    if !moves_markers(setuptools) {
        for (extra, items) in extras {
            out.push((extra.clone(), canonical(items)?));
        }
        return Ok((install, out));
    }
    // Lists before 61.2, ordered sets from then on (setuptools/dist.py, `_tmp_extras_require`).
    let keeps_repeated = *setuptools < Version::new([61, 2]);
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut seen: HashSet<(usize, String)> = HashSet::new();
    let mut add = |key: String, requirement: Option<&str>| {
        let at = *places.entry(key).or_insert_with_key(|key| {
            out.push((key.clone(), Vec::new()));
            out.len() - 1
        });
        if let Some(requirement) = requirement
            && (seen.insert((at, requirement.to_owned())) || keeps_repeated)
        {
            out[at].1.push(requirement.to_owned());
        }
    };
    let suffix = |marker: &str| if marker.is_empty() { String::new() } else { format!(":{marker}") };
    for (extra, items) in extras {
        add(extra.clone(), None);
        for item in canonical(items)? {
            let (requirement, marker) = split_marker(&item);
            add(format!("{extra}{}", suffix(marker)), Some(requirement));
        }
    }
    let mut simple = Vec::new();
    for item in &install {
        let (requirement, marker) = split_marker(item);
        if marker.is_empty() {
            simple.push(requirement.to_owned());
        } else {
            add(suffix(marker), Some(requirement));
        }
    }
    Ok((simple, out))
}

/// What setuptools does to the merged fields before any command runs. A field that it would refuse becomes unknown,
/// with a diagnostic: then nothing can be built.
pub fn finalise(metadata: &mut Metadata, setuptools: &Version) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if let Ok(Some((FieldValue::Text(text), origin))) = metadata.known("version") {
        let (text, origin) = (text.clone(), origin);
        match version(&text) {
            Some(normal) => replace(metadata, "version", FieldValue::Text(normal)),
            // Legacy versions were allowed, with a warning.
            None if *setuptools < Version::new([66]) => {}
            None => {
                let message = format!("`{text}` is not a version");
                diagnostics.push(
                    Diagnostic::new(&codes::INVALID_VERSION, origin, message.clone())
                        .help("write it as PEP 440 does: `1.2.3`, `1.0rc1`, `2.0.dev4`"),
                );
                refuse(metadata, "version", message);
            }
        }
    }
    if let Ok(Some((FieldValue::Text(text), origin))) = metadata.known("python_requires") {
        let (text, origin) = (text.clone(), origin);
        if let Err(error) = requirement_text::canonical_specifiers_with(&text, Specifiers::of(setuptools)) {
            refuse_requirement(metadata, "python_requires", origin, &error, &mut diagnostics);
        }
    }
    // Legacy specifiers such as `>dev` passed before 67; `tests_require` is a word without meaning since 72.
    let checked: &[&str] = if *setuptools < Version::new([67]) {
        &[]
    } else if *setuptools < Version::new([72]) {
        &["setup_requires", "tests_require"]
    } else {
        &["setup_requires"]
    };
    for name in checked {
        if let Ok(Some((FieldValue::List(items), origin))) = metadata.known(name) {
            let checked = requirements(items, &[], &Version::new([u64::MAX]));
            if let Err(error) = checked {
                refuse_requirement(metadata, name, origin, &error, &mut diagnostics);
            }
        }
    }
    finalise_requirements(metadata, setuptools, &mut diagnostics);
    diagnostics
}

fn finalise_requirements(metadata: &mut Metadata, setuptools: &Version, diagnostics: &mut Vec<Diagnostic>) {
    let origins = (metadata.origin("install_requires"), metadata.origin("extras_require"));
    let install = metadata.list("install_requires").map(<[String]>::to_vec).map_err(Unknown::clone);
    let extras = metadata.list_map("extras_require").map(<[_]>::to_vec).map_err(Unknown::clone);
    // Each on its own first, so that a bad one names its own field.
    for (name, origin, result) in [
        (
            "install_requires",
            origins.0,
            install.as_ref().map(|install| requirements(install, &[], setuptools)),
        ),
        ("extras_require", origins.1, extras.as_ref().map(|extras| requirements(&[], extras, setuptools))),
    ] {
        if let (Some(origin), Ok(Err(error))) = (origin, result) {
            refuse_requirement(metadata, name, origin, &error, diagnostics);
            return;
        }
    }
    let moves = moves_markers(setuptools);
    match (install, extras) {
        (Ok(install), Ok(extras)) => {
            let Ok((simple, all)) = requirements(&install, &extras, setuptools) else { return };
            if origins.0.is_some() {
                replace(metadata, "install_requires", FieldValue::List(simple));
            }
            if origins.1.is_some() {
                replace(metadata, "extras_require", FieldValue::ListMap(all));
            } else if let (Some(origin), false) = (origins.0, all.is_empty()) {
                let value = FieldValue::ListMap(all);
                metadata.set("extras_require", Field::Known { value, origin, trail: Vec::new() });
            }
        }
        (Ok(install), Err(_)) => {
            if let Ok((simple, _)) = requirements(&install, &[], setuptools)
                && origins.0.is_some()
            {
                replace(metadata, "install_requires", FieldValue::List(simple));
            }
        }
        (Err(unknown), Ok(extras)) => {
            if moves {
                // What is unknown may have markers, which would stand here.
                let origin = origins.1.or(origins.0).unwrap_or(unknown.span);
                metadata.set("extras_require", Field::Unknown { origin, unknown });
            } else if origins.1.is_some()
                && let Ok((_, all)) = requirements(&[], &extras, setuptools)
            {
                replace(metadata, "extras_require", FieldValue::ListMap(all));
            }
        }
        (Err(_), Err(_)) => {}
    }
}

/// Gives a known field another value and keeps where it came from.
fn replace(metadata: &mut Metadata, name: &str, value: FieldValue) {
    if let Some(Field::Known { origin, trail, .. }) = metadata.get(name) {
        let (origin, trail): (Span, Vec<Place>) = (*origin, trail.clone());
        metadata.set(name, Field::Known { value, origin, trail });
    }
}

/// Makes a known field unknown.
fn refuse(metadata: &mut Metadata, name: &str, reason: String) {
    if let Some(Field::Known { origin, trail, .. }) = metadata.get(name) {
        let (origin, trail) = (*origin, trail.clone());
        let unknown = Unknown { reason, span: origin, trail };
        metadata.set(name, Field::Unknown { origin, unknown });
    }
}

fn refuse_requirement(
    metadata: &mut Metadata,
    name: &str,
    origin: Span,
    error: &RequirementError,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let code: &'static Code = &codes::INVALID_REQUIREMENT;
    let message = format!("setuptools refuses `{name}`: {}", error.message);
    diagnostics.push(
        Diagnostic::new(code, origin, message.clone())
            .help("write it as PEP 508 does: `name>=1.0; python_version < '3'`"),
    );
    refuse(metadata, name, message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn strings(items: &[&str]) -> Vec<String> {
        items.iter().map(|item| (*item).to_owned()).collect()
    }

    #[test]
    fn strings_become_lists_as_setuptools_splits_them() {
        let (old, new) = (Version::new([65]), Version::new([84, 2, 1]));
        assert_eq!(separated("one two, three", &new), ["one two", "three"]);
        assert_eq!(separated("a\nb,, ", &new), ["a", "b"]);
        assert_eq!(separated("a\nb,, ", &old), ["a\nb", "", ""]);
        assert_eq!(characters("Pré"), ["P", "r", "é"]);
        assert_eq!(single_line("\n a\n b"), "a");
        assert_eq!(single_line(" a "), " a ");
    }

    #[test]
    fn entry_points_in_a_string() {
        let text = "\n  lost = x\n  [console_scripts]\n  # c\n  a=b:c [x]\n  [g]\n[console_scripts]\nz = y\n";
        let groups = entry_points("[console_scripts]\na=b").unwrap();
        assert_eq!(groups, [("console_scripts".to_owned(), strings(&["a = b"]))]);
        let groups = entry_points(text).unwrap();
        assert_eq!(groups[0].1, ["a = b:c [x]", "z = y"]);
        assert_eq!(groups[1], ("g".to_owned(), vec![]));
        assert_eq!(entry_points("[g]\nx"), Err("x".to_owned()));
    }

    #[test]
    fn markers_move_before_setuptools_68_2() {
        let install =
            strings(&["b>=1,<2", "a ; python_version<'3'", "u @ https://x.invalid/u.zip ; os_name=='nt'"]);
        let extras = vec![("t".to_owned(), strings(&["x; os_name == 'nt'", "y", "# c", "y"]))];
        let (simple, all) = requirements(&install, &extras, &Version::new([65, 5])).unwrap();
        assert_eq!(simple, ["b<2,>=1"]);
        let shown: Vec<String> =
            all.iter().map(|(key, items)| format!("{key} = {}", items.join(" | "))).collect();
        assert_eq!(
            shown,
            [
                "t = y",
                "t:os_name == \"nt\" = x",
                ":python_version < \"3\" = a",
                ":os_name == \"nt\" = u @ https://x.invalid/u.zip",
            ]
        );
        let (simple, all) = requirements(&install, &extras, &Version::new([84])).unwrap();
        assert_eq!(
            simple[1..],
            ["a; python_version < \"3\"", "u @ https://x.invalid/u.zip ; os_name == \"nt\""]
        );
        assert_eq!(all[0].1, ["x; os_name == \"nt\"", "y", "y"]);
    }

    #[test]
    fn the_final_pass_normalises_and_refuses() {
        let mut sources = Sources::new();
        let file = sources.add("setup.py", "setup()");
        let origin = Span::new(file, 0, 5);
        let known = |value| Field::Known { value, origin, trail: Vec::new() };
        let build = || {
            let mut metadata = Metadata::default();
            metadata.set("version", known(FieldValue::Text("v1.0-1".into())));
            metadata.set("install_requires", known(FieldValue::List(strings(&["a;os_name=='nt'"]))));
            metadata
        };
        let mut metadata = build();
        assert!(finalise(&mut metadata, &Version::new([65])).is_empty());
        assert_eq!(metadata.text("version"), Ok(Some("1.0.post1")));
        assert_eq!(metadata.list_map("extras_require").unwrap()[0].0, ":os_name == \"nt\"");

        let mut metadata = build();
        metadata.set("version", known(FieldValue::Text("dev".into())));
        metadata.set("extras_require", known(FieldValue::ListMap(vec![("x".into(), strings(&["a b"]))])));
        let diagnostics = finalise(&mut metadata, &Version::new([84]));
        let said: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect();
        assert_eq!(said, ["invalid-version", "invalid-requirement"]);
        assert!(metadata.text("version").is_err() && metadata.list_map("extras_require").is_err());
    }
}
