//! Entry points: `name = module:attribute [extras]`, in groups (PyPA entry points specification).

use std::fmt;
use std::str::FromStr;

/// The longest object reference that is read: real ones are below 200 bytes.
const MAX_LENGTH: usize = 4096;

/// What an entry point points to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ObjectReference {
    /// Dotted Python identifiers.
    pub module: String,
    /// Dotted Python identifiers after the colon.
    pub attribute: Option<String>,
    pub extras: Vec<String>,
}

/// The text points to no Python object.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` does not name a Python object: `module:attribute` is expected")]
pub struct InvalidReference(pub String);

impl FromStr for ObjectReference {
    type Err = InvalidReference;

    fn from_str(text: &str) -> Result<Self, InvalidReference> {
        let wrong = || InvalidReference(text.chars().take(200).collect());
        if text.len() > MAX_LENGTH {
            return Err(wrong());
        }
        let mut object = text.trim();
        let mut extras = Vec::new();
        if let Some(before) = object.strip_suffix(']') {
            let (before, list) = before.split_once('[').ok_or_else(wrong)?;
            extras = list.split(',').map(|extra| extra.trim().to_owned()).filter(|e| !e.is_empty()).collect();
            let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            if !extras.iter().all(|extra| extra.chars().all(plain)) {
                return Err(wrong());
            }
            object = before.trim_end();
        }
        let (module, attribute) = match object.split_once(':') {
            Some((module, attribute)) => (module.trim_end(), Some(attribute.trim_start())),
            None => (object, None),
        };
        if !is_dotted_name(module) || attribute.is_some_and(|attribute| !is_dotted_name(attribute)) {
            return Err(wrong());
        }
        Ok(Self { module: module.to_owned(), attribute: attribute.map(str::to_owned), extras })
    }
}

impl fmt::Display for ObjectReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.module)?;
        if let Some(attribute) = &self.attribute {
            write!(f, ":{attribute}")?;
        }
        if self.extras.is_empty() { Ok(()) } else { write!(f, " [{}]", self.extras.join(",")) }
    }
}

/// Identifiers joined by dots, keywords not told apart.
pub fn is_dotted_name(text: &str) -> bool {
    !text.is_empty() && text.split('.').all(is_identifier)
}

/// A Python identifier, judged by alphanumerics and `_` (PEP 3131 allows a few characters more and fewer).
pub fn is_identifier(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// One line of `entry_points.txt`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryPoint {
    pub group: String,
    pub name: String,
    /// What stands after `=`, as written.
    pub value: String,
}

/// Reads `entry_points.txt`: `[group]` headers, `name = value` lines, `#` and `;` comments; the `Err` names the line, from 1.
pub fn parse(text: &str) -> Result<Vec<EntryPoint>, usize> {
    let mut out = Vec::new();
    let mut group = None;
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            group = Some(name.trim().to_owned());
            continue;
        }
        let (name, value) = line.split_once('=').ok_or(index + 1)?;
        let group = group.clone().ok_or(index + 1)?;
        out.push(EntryPoint { group, name: name.trim().to_owned(), value: value.trim().to_owned() });
    }
    Ok(out)
}

/// Writes `entry_points.txt` as setuptools does: groups sorted, names sorted in them, a blank line between groups.
pub fn write(points: &[EntryPoint]) -> String {
    let mut sorted: Vec<&EntryPoint> = points.iter().collect();
    sorted.sort_by(|a, b| (&a.group, &a.name, &a.value).cmp(&(&b.group, &b.name, &b.value)));
    let groups = sorted.chunk_by(|a, b| a.group == b.group).map(|group| {
        let lines: Vec<String> =
            group.iter().map(|point| format!("{} = {}", point.name, point.value)).collect();
        format!("[{}]\n{}\n", group[0].group, lines.join("\n"))
    });
    groups.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_dotted_names_and_nothing_else() {
        for good in ["a", "a.b", "a.b:c", "a:c.d", "a:c [x,y]", "_a:é"] {
            assert_eq!(good.parse::<ObjectReference>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            ":",
            "a:",
            ":b",
            "a:b:c",
            "../a:b",
            "a:b;c",
            "a b:c",
            "a:b()",
            "1a:b",
            "a:b [x;y]",
            "a:b]",
            "a..b:c",
        ] {
            assert!(bad.parse::<ObjectReference>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_file_is_sorted() {
        let text = "[z]\nb=m:f\na = m:g\n[c]\nx = y:z\n";
        let points = parse(text).unwrap();
        assert_eq!(write(&points), "[c]\nx = y:z\n\n[z]\na = m:g\nb = m:f\n");
        assert_eq!(parse(&write(&points)).unwrap().len(), 3);
        assert_eq!(parse("x = y\n"), Err(1));
        assert_eq!(parse("[g]\nx\n"), Err(2));
    }
}
