//! `__import__`, which imports by a name that the script has made, and what is to be taken from the module.

use crate::eval::Evaluator;
use crate::eval::raised::Raised;
use crate::eval::value::Value;

impl Evaluator<'_> {
    /// The first module of the name, or the last when names are to be taken from it; those of them that are modules are
    /// imported.
    pub fn import_for(
        &mut self,
        name: &str,
        names: Option<Vec<String>>,
        level: Option<i64>,
    ) -> Result<Value, Raised> {
        let top = name.split('.').next().unwrap_or(name);
        let (full, first) = match level {
            Some(level @ 1..) => {
                let full = self.absolute_name(name, usize::try_from(level).unwrap_or(usize::MAX))?;
                (full.clone(), full)
            }
            level => {
                // Python 2 looks in the package first unless the level says otherwise.
                let implicit = self.is_python2() && level != Some(0);
                let package = if implicit { self.package_with(name)? } else { None };
                let prefix = package.map_or_else(String::new, |package| package + ".");
                (format!("{prefix}{name}"), format!("{prefix}{top}"))
            }
        };
        let leaf = self.import_module(&full)?;
        let Some(names) = names else { return self.import_module(&first) };
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
