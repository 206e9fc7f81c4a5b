//! Whether a module is there, and where, without importing it.

use super::{Found, NOT_YET_LOADED, THIRD_PARTY};
use crate::eval::Evaluator;
use crate::eval::object::Object;
use crate::eval::raised::Raised;
use crate::eval::value::ObjectId;

/// Where a module of the project stands; absolute paths.
pub struct ModulePlace {
    /// A namespace package has none.
    pub file: Option<String>,
    /// A package's directory.
    pub directory: Option<String>,
}

impl Evaluator<'_> {
    /// Where a module of the project stands; `None` when an import gives something else or nothing. Its package must have
    /// been imported.
    pub fn project_module(&mut self, name: &str) -> Result<Option<ModulePlace>, Raised> {
        let top = name.split('.').next().unwrap_or(name);
        let own_first =
            THIRD_PARTY.contains(&top) || NOT_YET_LOADED.contains(&name) || self.lacks_native(name);
        if self.has_native(name) && !own_first {
            return Ok(None);
        }
        let Some(Found { file, package }) = self.find_project_module(name)? else { return Ok(None) };
        if file.is_none() && self.is_standard(top) {
            return Ok(None);
        }
        let absolute = |inside: String| self.absolute(&inside);
        Ok(Some(ModulePlace { file: file.map(absolute), directory: package.map(absolute) }))
    }

    /// Whether importing a module finds something: the project's, Python's, setuptools', or what the build installs.
    pub fn has_module(&mut self, name: &str) -> Result<bool, Raised> {
        let top = name.split('.').next().unwrap_or(name);
        if self.project_module(name)?.is_some()
            || self.is_assumed(name)
            || self.is_assumed(top)
            || self.is_installed(top)
        {
            return Ok(true);
        }
        if self.has_native(name) {
            let id = self.native_module(name)?;
            return Ok(self.is_available(id));
        }
        Ok(self.is_standard(top))
    }

    /// Whether the build installs something by this import name, or it is taken as there.
    pub fn has_installed(&self, name: &str) -> bool {
        self.is_installed(name) || self.is_assumed(name)
    }

    /// Whether the target has a modelled module.
    pub(super) fn is_available(&mut self, module: ObjectId) -> bool {
        let Object::Module(module) = self.state.object(module) else { return false };
        match module.native.and_then(|native| native.available) {
            Some(available) => available(self),
            None => true,
        }
    }
}
