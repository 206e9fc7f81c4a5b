//! Paths as Windows writes them, told as everybody does: there setuptools takes `\` for `/`, so that nothing built differs.

use super::{Field, FieldValue, Metadata};

/// Fields that hold paths or patterns of paths.
const PATHS: &[&str] = &[
    "data_files",
    "exclude_package_data",
    "license_file",
    "license_files",
    "package_data",
    "package_dir",
    "scripts",
];

/// Writes `/` for `\` in the paths of an answer for Windows: in all of them, or in those that are then what another answer says (a
/// `\` that everybody gets is part of a name elsewhere).
pub(super) fn unify(metadata: &mut Metadata, other: Option<&Metadata>) {
    if let Some(other) = other {
        unify_packages(metadata, other);
    }
    for name in PATHS {
        let Some(Field::Known { value, origin, trail }) = metadata.get(name) else { continue };
        if !value.texts().iter().any(|text| text.contains('\\')) {
            continue;
        }
        let value = with_slashes(value, name);
        let wanted = match other.map(|other| other.known(name)) {
            None => true,
            Some(Ok(Some((same, _)))) => *same == value,
            Some(_) => false,
        };
        if wanted {
            let field = Field::Known { value, origin: *origin, trail: trail.clone() };
            metadata.set(name, field);
        }
    }
}

/// Names of packages that a script makes of paths: `a\b` stands for the directory that `a.b` stands for elsewhere.
fn unify_packages(metadata: &mut Metadata, other: &Metadata) {
    let Some(Field::Known { value: FieldValue::List(names), origin, trail }) = metadata.get("packages")
    else {
        return;
    };
    let Ok(theirs) = other.list("packages") else { return };
    let sorted = |names: &[String]| {
        let mut names: Vec<String> = names.iter().map(|name| name.replace(['\\', '/'], ".")).collect();
        names.sort();
        names
    };
    if names.iter().any(|name| name.contains('\\')) && sorted(names) == sorted(theirs) {
        let value = FieldValue::List(theirs.to_vec());
        let field = Field::Known { value, origin: *origin, trail: trail.clone() };
        metadata.set("packages", field);
    }
}

fn with_slashes(value: &FieldValue, name: &str) -> FieldValue {
    let slashes = |text: &String| text.replace('\\', "/");
    let all = |items: &[String]| items.iter().map(slashes).collect::<Vec<_>>();
    match value {
        FieldValue::Text(text) => FieldValue::Text(slashes(text)),
        FieldValue::List(items) => FieldValue::List(all(items)),
        // Keys of maps are names of packages; those of `data_files` are directories.
        FieldValue::TextMap(map) => {
            FieldValue::TextMap(map.iter().map(|(key, path)| (key.clone(), slashes(path))).collect())
        }
        FieldValue::ListMap(map) | FieldValue::Files(map) if name == "data_files" => {
            FieldValue::Files(map.iter().map(|(directory, files)| (slashes(directory), all(files))).collect())
        }
        FieldValue::ListMap(map) | FieldValue::Files(map) => {
            FieldValue::ListMap(map.iter().map(|(key, patterns)| (key.clone(), all(patterns))).collect())
        }
        FieldValue::Bool(flag) => FieldValue::Bool(*flag),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Sources, Span};

    #[test]
    fn only_paths_change() {
        let origin = Span::new(Sources::new().add("setup.py", "x"), 0, 1);
        let mut metadata = Metadata::default();
        let text = |text: &str| text.to_owned();
        let values = [
            ("description", FieldValue::Text(text(r"a\b"))),
            ("package_dir", FieldValue::TextMap(vec![(text("p"), text(r"src\p"))])),
            ("package_data", FieldValue::ListMap(vec![(text("p"), vec![text(r"d\*.txt")])])),
            ("data_files", FieldValue::Files(vec![(text(r"share\x"), vec![text(r"d\y")])])),
            ("scripts", FieldValue::List(vec![text(r"bin\run")])),
        ];
        for (name, value) in values {
            metadata.set(name, Field::Known { value, origin, trail: Vec::new() });
        }
        let before = metadata.clone();
        unify(&mut metadata, Some(&before));
        assert_eq!(metadata, before, "nobody else says so");
        unify(&mut metadata, None);
        assert_eq!(metadata.text("description").unwrap(), Some(r"a\b"));
        assert_eq!(metadata.text_map("package_dir").unwrap()[0].1, "src/p");
        assert_eq!(metadata.list_map("package_data").unwrap()[0].1, ["d/*.txt"]);
        assert_eq!(metadata.list_map("data_files").unwrap(), [(text("share/x"), vec![text("d/y")])]);
        assert_eq!(metadata.list("scripts").unwrap(), ["bin/run"]);
        let mut windows = before;
        unify(&mut windows, Some(&metadata));
        assert_eq!(windows, metadata);
    }
}
