//! What lock files of the project (PEP 751: `pylock.toml`, `pylock.NAME.toml`) say of a requirement. They are read when somebody
//! asks: a lock may be large, and reading the project does not need it.

use crate::packaging::Name;
use crate::syntax::toml::{self, Value};
use crate::system::{Kind, System};
use crate::text::Sources;
use crate::text::encoding::decode_utf8;

/// Lock files that are looked into, and lines that are said.
const MAX_FILES: usize = 8;
const MAX_LINES: usize = 8;

/// Whether a file is a lock file by its name.
fn is_lock(name: &str) -> bool {
    let middle = name.strip_prefix("pylock.").and_then(|rest| rest.strip_suffix("toml"));
    middle.is_some_and(|middle| {
        middle.is_empty() || middle.strip_suffix('.').is_some_and(|name| !name.contains('.'))
    })
}

/// A line for each version that locks in the root directory have of a project, by its normalised name.
pub(super) fn versions(tree: &dyn System, name: &str) -> Vec<String> {
    let names = tree.list("").unwrap_or_default().into_iter();
    let mut files: Vec<String> =
        names.filter(|(name, kind)| *kind == Kind::File && is_lock(name)).map(|(name, _)| name).collect();
    files.sort();
    files.truncate(MAX_FILES);
    let mut lines: Vec<String> = files.iter().flat_map(|file| in_file(tree, file, name)).collect();
    lines.truncate(MAX_LINES);
    lines
}

fn in_file(tree: &dyn System, path: &str, name: &str) -> Vec<String> {
    let read = || {
        let text = decode_utf8(&tree.read(path).ok()?).ok()?;
        let mut sources = Sources::new();
        let file = sources.add(path, &text);
        let table = toml::parse(&text, file).ok()?;
        let packages = table.get("packages").and_then(Value::list)?;
        let lines = packages.iter().filter_map(|item| {
            let package = item.table()?;
            let text = |key: &str| package.get(key).and_then(Value::text);
            let is_it = text("name")?.parse::<Name>().is_ok_and(|found| found.normalized() == name);
            let version = text("version").filter(|_| is_it)?;
            let place = sources.place(package.get("version")?.span);
            let only = text("marker").map_or_else(String::new, |marker| format!(", only where `{marker}`"));
            Some(format!("locked: {version} (`{place}`){only}"))
        });
        Some(lines.collect())
    };
    read().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn locks_of_any_name_are_read() {
        let mut tree = Memory::new();
        let lock = "lock-version = '1.0'\n[[packages]]\nname = 'Click'\nversion = '8.1.7'\n\
                    [[packages]]\nname = 'click'\nversion = '7.1.2'\nmarker = \"python_version < '3'\"\n";
        tree.insert("pylock.toml", lock.as_bytes().to_vec(), false);
        tree.insert("pylock.dev.toml", b"[[packages]]\nname = 'click'\nversion = '8.0'".to_vec(), false);
        tree.insert("pylock.broken.toml", b"[[packages".to_vec(), false);
        tree.insert("pylock.a.b.toml", lock.as_bytes().to_vec(), false);
        let found = versions(&tree, "click");
        let expected = [
            "locked: 8.0 (`pylock.dev.toml:3:11`)",
            "locked: 8.1.7 (`pylock.toml:4:11`)",
            "locked: 7.1.2 (`pylock.toml:7:11`), only where `python_version < '3'`",
        ];
        assert_eq!(found, expected);
        assert!(versions(&tree, "flask").is_empty());
    }
}
