//! The project's own settings: `[tool.spx.lint]` in pyproject.toml, or `[lint]` in spx.toml, which goes first.

use super::{RULES, Settings};
use crate::diagnostic::{Diagnostic, codes};
use crate::packaging::{Python, Version};
use crate::project::glob::fnmatch;
use crate::syntax::toml::{self, Entry, Table};
use crate::system::System;
use crate::text::Sources;
use crate::text::encoding::decode_utf8;
use crate::text::nearest::nearest;

const KEYS: &[&str] =
    &["ignore", "pedantic", "per-file-ignores", "security", "select", "target-python", "target-setuptools"];

impl Settings {
    /// These settings with what the project's configuration adds; what these say themselves stands.
    #[must_use]
    pub fn configured(&self, system: &dyn System, sources: &mut Sources) -> (Self, Vec<Diagnostic>) {
        let mut settings = self.clone();
        let mut said = Vec::new();
        let table = own_file(system, sources, &mut said).or_else(|| {
            let (read, _) = toml::read(system, sources);
            read?.1.table("tool")?.table("spx")?.table("lint").cloned()
        });
        for entry in table.iter().flat_map(|table| &table.entries) {
            if let Err(message) = settings.configure(entry) {
                let mut diagnostic = Diagnostic::new(&codes::INVALID_SETTING, entry.key_span, message);
                if let Some(near) =
                    nearest(&entry.key, KEYS.iter().copied()).filter(|near| *near != entry.key)
                {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                said.push(diagnostic);
            }
        }
        (settings, said)
    }

    fn configure(&mut self, entry: &Entry) -> Result<(), String> {
        let wrong = |wanted: &str| format!("`{}` of spx's settings wants {wanted}", entry.key);
        match entry.key.as_str() {
            "select" => {
                let names = entry.value.texts().ok_or_else(|| wrong("a list of rules"))?;
                check_names(&names)?;
                if self.select.is_empty() {
                    self.select = names;
                }
            }
            "ignore" => {
                let names = entry.value.texts().ok_or_else(|| wrong("a list of rules"))?;
                check_names(&names)?;
                self.ignore.extend(names);
            }
            "pedantic" => self.pedantic |= entry.value.boolean().ok_or_else(|| wrong("true or false"))?,
            "security" => self.security |= entry.value.boolean().ok_or_else(|| wrong("true or false"))?,
            "per-file-ignores" => {
                for file in &entry.value.table().ok_or_else(|| wrong("a table of paths"))?.entries {
                    let names = file.value.texts().ok_or_else(|| wrong("a list of rules for each path"))?;
                    check_names(&names)?;
                    self.per_file_ignores.push((file.key.clone(), names));
                }
            }
            "target-python" => {
                let text = entry.value.text().ok_or_else(|| wrong("a version, as in \"3.12\""))?;
                let python = text.parse().ok().filter(|python| Python::ALL.contains(python));
                let python = python.ok_or_else(|| wrong("a Python that spx knows, as in \"3.12\""))?;
                self.target_python.get_or_insert(python);
            }
            "target-setuptools" => {
                let text = entry.value.text().ok_or_else(|| wrong("a version, as in \"84.0\""))?;
                let version: Version = text.parse().map_err(|_| wrong("a version, as in \"84.0\""))?;
                self.target_setuptools.get_or_insert(version);
            }
            _ => return Err(format!("spx has no setting `{}`", entry.key)),
        }
        Ok(())
    }
}

/// Refuses a name or pattern that no rule has.
pub fn check_names(names: &[String]) -> Result<(), String> {
    let all: Vec<&str> =
        RULES.iter().map(|rule| rule.code.name).chain(codes::CODES.iter().map(|code| code.name)).collect();
    for name in names {
        if !all.iter().any(|known| fnmatch(known, name)) {
            let near = nearest(name, all.iter().copied());
            let near = near.map_or(String::new(), |near| format!(", did you mean `{near}`?"));
            return Err(format!("there is no rule `{name}`{near}"));
        }
    }
    Ok(())
}

fn own_file(system: &dyn System, sources: &mut Sources, said: &mut Vec<Diagnostic>) -> Option<Table> {
    let text = decode_utf8(&system.read("spx.toml").ok()?).ok()?;
    let file = sources.add("spx.toml", &text);
    match toml::parse(&text, file) {
        Ok(table) => table.table("lint").cloned(),
        Err(error) => {
            said.push(*error);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn the_own_file_goes_first_and_mistakes_are_told() {
        let system = Memory::new().with("pyproject.toml", "[tool.spx.lint]\npedantic = true\n").with(
            "spx.toml",
            "[lint]\nignore = ['distutils-import']\nsecurty = true\nselect = ['nothing']\n",
        );
        let mut sources = Sources::new();
        let (settings, said) = Settings::default().configured(&system, &mut sources);
        assert!(!settings.pedantic && settings.ignore == ["distutils-import"]);
        let told: Vec<&str> = said.iter().map(|d| d.message.as_str()).collect();
        assert_eq!(told, ["spx has no setting `securty`", "there is no rule `nothing`"]);
        assert_eq!(said[0].help, ["did you mean `security`?"]);
    }
}
