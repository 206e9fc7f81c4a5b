//! Which names an archive's members may have.

use super::rejection::{Note, Rejection};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// The longest path, in bytes, and its longest component: what file systems take.
const MAX_PATH: usize = 1024;
const MAX_COMPONENT: usize = 255;
/// Directories in one path.
const MAX_DEPTH: usize = 64;
/// Device names of Windows, whatever suffix they have.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// A name as messages may print it: control characters escaped, long ones cut.
pub(super) fn shown(name: &str) -> String {
    let short: String = name.chars().take(80).collect();
    let dots = if short.len() < name.len() { "…" } else { "" };
    format!("`{}{dots}`", short.escape_debug())
}

/// A relative path with `/`, in its one spelling, that means the same on every system and cannot lead anywhere else.
pub(super) fn check(name: &str) -> Result<(), Rejection> {
    let wrong = |why: &str| Err(Rejection::new("unsafe-name", format!("the member {} {why}", shown(name))));
    if name.is_empty() {
        return wrong("has no name");
    }
    if name.starts_with('/') {
        return wrong("has an absolute path");
    }
    if name.contains('\\') || name.contains(':') {
        return wrong("has `\\` or `:` in its name, which Windows reads as a path");
    }
    if name.chars().any(|c| c.is_control() || is_invisible(c)) {
        return wrong("has control characters in its name");
    }
    if name.len() > MAX_PATH {
        return wrong("has a path of more than 1,024 bytes");
    }
    let mut depth = 0;
    for part in name.split('/') {
        match part {
            ".." => return wrong("leads out of the archive"),
            "" | "." => return wrong("has an empty or `.` component in its path"),
            part if part.len() > MAX_COMPONENT => return wrong("has a component of more than 255 bytes"),
            _ => depth += 1,
        }
    }
    if depth > MAX_DEPTH {
        return wrong("is nested deeper than 64 directories");
    }
    Ok(())
}

/// Line separators and marks that turn the direction of text: they make a name look like another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// No name twice, and none both a file and a directory; notes for names that some systems cannot tell apart or hold.
/// Names of directories end in `/`.
pub(super) fn check_all<'a>(names: impl Iterator<Item = &'a str>) -> Result<Vec<Note>, Rejection> {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut folded: BTreeMap<String, &str> = BTreeMap::new();
    let mut notes = Vec::new();
    let names: Vec<&str> = names.collect();
    for name in &names {
        let path = name.strip_suffix('/').unwrap_or(name);
        if !seen.insert(path) {
            return Err(Rejection::new(
                "duplicate-member",
                format!("the member {} is there twice", shown(path)),
            ));
        }
        let key = path.nfc().flat_map(char::to_lowercase).collect::<String>();
        if let Some(other) = folded.insert(key, path) {
            let message = format!("{} and {} are one file on macOS and Windows", shown(other), shown(path));
            notes.push(Note { code: "colliding-names", message });
        }
        if path.split('/').any(is_reserved) {
            let message = format!("{} cannot exist on Windows", shown(path));
            notes.push(Note { code: "reserved-name", message });
        }
    }
    let files: BTreeSet<&str> = names.iter().copied().filter(|name| !name.ends_with('/')).collect();
    for name in &names {
        let path = name.strip_suffix('/').unwrap_or(name);
        let parent = path.match_indices('/').map(|(at, _)| &path[..at]).find(|parent| files.contains(parent));
        if let Some(parent) = parent {
            let message = format!("{} is a file, and a directory for {}", shown(parent), shown(path));
            return Err(Rejection::new("duplicate-member", message));
        }
    }
    Ok(notes)
}

fn is_reserved(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or("").trim_end().to_ascii_lowercase();
    DEVICES.contains(&stem.as_str())
        || part.ends_with(['.', ' '])
        || part.contains(['*', '?', '"', '<', '>', '|'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside_and_have_one_spelling() {
        for good in ["a", "a/b.py", "é/x y.txt", "..a/b..", "a-1.dist-info/RECORD"] {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        let long = "a/".repeat(100) + "b";
        for bad in [
            "",
            "/a",
            "../a",
            "a/../b",
            "a//b",
            "./a",
            "a/.",
            "a\\b",
            "C:x",
            "a\0b",
            "a\u{1b}[2J",
            "a\u{202e}b",
            &long,
        ] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
        assert!(
            !check("a\u{1b}\u{7f}").unwrap_err().message.contains('\u{1b}'),
            "messages cannot drive a terminal"
        );
    }

    #[test]
    fn names_are_told_apart() {
        let all = |names: &[&str]| check_all(names.iter().copied()).map(|notes| notes.len());
        assert_eq!(all(&["a/", "a/b", "c"]), Ok(0));
        assert!(all(&["a", "a"]).is_err());
        assert!(all(&["a", "a/"]).is_err());
        assert!(all(&["a/b", "a"]).is_err());
        assert_eq!(all(&["A", "a", "e\u{301}", "é", "x/con.py", "y."]), Ok(4));
    }
}
