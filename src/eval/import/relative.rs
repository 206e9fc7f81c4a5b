//! Which module an import statement means: relative ones, and those of Python 2 that look beside the importing module first.

use crate::eval::Evaluator;
use crate::eval::exceptions::{IMPORT_ERROR, VALUE_ERROR};
use crate::eval::raised::Raised;
use crate::eval::value::Value;

impl Evaluator<'_> {
    /// The package that the running code is in; empty for scripts and top-level modules.
    fn current_package(&mut self) -> Result<String, Raised> {
        let globals = self.frame().globals;
        match self.namespace_get(globals, "__package__") {
            Some(package) if !package.is_none() => Ok(self.text_of(&package)?.to_string()),
            _ => Ok(String::new()),
        }
    }

    /// The full name of what `from` names, `level` dots before it.
    pub(super) fn absolute_name(&mut self, name: &str, level: usize) -> Result<String, Raised> {
        if level == 0 {
            let implicit = !self.facts().absolute_import;
            return Ok(self.beside(name, implicit)?.map_or_else(String::new, |package| package + ".") + name);
        }
        let package = self.current_package()?;
        let mut parts: Vec<&str> = package.split('.').filter(|part| !part.is_empty()).collect();
        if parts.len() < level {
            let class = if self.is_python2() { &VALUE_ERROR } else { &IMPORT_ERROR };
            return Err(self.error(class, "attempted relative import with no known parent package"));
        }
        parts.truncate(parts.len() + 1 - level);
        if !name.is_empty() {
            parts.push(name);
        }
        Ok(parts.join("."))
    }

    /// The current package, when Python 2 finds the first part of a name in it.
    fn beside(&mut self, name: &str, implicit: bool) -> Result<Option<String>, Raised> {
        if !implicit || !self.is_python2() {
            return Ok(None);
        }
        let package = self.current_package()?;
        if package.is_empty() {
            return Ok(None);
        }
        let top = name.split('.').next().unwrap_or(name);
        let full = format!("{package}.{top}");
        let found = matches!(self.loaded(&full), Ok(Some(_))) || self.find_project_module(&full)?.is_some();
        Ok(found.then_some(package))
    }

    /// `import name`: the module of the first part of the name, and that of all of it.
    pub(super) fn import_dotted(&mut self, name: &str, implicit: bool) -> Result<(Value, Value), Raised> {
        let prefix = self.beside(name, implicit)?.map_or_else(String::new, |package| package + ".");
        let leaf = self.import_module(&format!("{prefix}{name}"))?;
        let top = name.split('.').next().unwrap_or(name);
        Ok((self.import_module(&format!("{prefix}{top}"))?, leaf))
    }

    /// `__import__`: the first module of the name, or the last when names are to be taken from it; those of them that are
    /// modules are imported.
    pub fn import_for(
        &mut self,
        name: &str,
        names: Option<Vec<String>>,
        level: Option<i64>,
    ) -> Result<Value, Raised> {
        let (top, leaf, full) = match level {
            Some(level @ 1..) => {
                let full = self.absolute_name(name, usize::try_from(level).unwrap_or(usize::MAX))?;
                let leaf = self.import_module(&full)?;
                (leaf.clone(), leaf, full)
            }
            _ => {
                let implicit = level != Some(0);
                let prefix = self.beside(name, implicit)?.map_or_else(String::new, |package| package + ".");
                let (top, leaf) = self.import_dotted(name, implicit)?;
                (top, leaf, format!("{prefix}{name}"))
            }
        };
        let Some(names) = names else { return Ok(top) };
        for name in names {
            let below = format!("{full}.{name}");
            let there =
                leaf.as_object().is_some_and(|id| matches!(self.module_member(id, &name), Ok(Some(_))));
            if !there && self.find_project_module(&below)?.is_some() {
                self.import_module(&below)?;
            }
        }
        Ok(leaf)
    }
}
