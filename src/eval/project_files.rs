//! Files of the project in formats of their own, read for the modules that read them.

use super::Evaluator;
use super::raised::Raised;
use crate::diagnostic::Severity;
use crate::syntax::requirements_txt::{self, RequirementsFile};
use crate::syntax::setup_cfg::{self, SetupCfg};

impl Evaluator<'_> {
    /// A requirements file and what it includes; unknown when a part of it cannot be read as pip does.
    pub fn read_requirements(&mut self, path: &str) -> Result<RequirementsFile, Raised> {
        let Some(inside) = self.locate(path) else {
            return Err(self.unknown("a file outside the project, which spx does not read"));
        };
        if !self.is_file(path)? {
            return Err(self.no_such_file(path));
        }
        self.refuse_written()?;
        self.budget.file()?;
        let (file, diagnostics) = requirements_txt::read(&inside, self.system, self.sources, &|_| None);
        for source in &file.files {
            self.files_read.insert(self.sources.path(*source).to_owned());
        }
        self.charge_steps(file.entries.len() * 4)?;
        match diagnostics.iter().find(|diagnostic| diagnostic.severity == Severity::Error) {
            Some(error) => Err(self.unknown(format!("`{inside}`: {}", error.message))),
            None => Ok(file),
        }
    }

    /// The project's setup.cfg as setuptools reads it; `None` when it cannot be read.
    pub fn read_setup_cfg(&mut self) -> Result<Option<SetupCfg>, Raised> {
        self.refuse_written()?;
        self.budget.file()?;
        let python = self.python();
        let setuptools = self.setuptools_version().clone();
        let (config, _) = setup_cfg::read(self.system, self.sources, python, &setuptools);
        self.files_read.insert("setup.cfg".to_owned());
        Ok(config)
    }

    /// What the script wrote is not on disk, where these readers look.
    fn refuse_written(&mut self) -> Result<(), Raised> {
        if self.state.written.is_empty() {
            Ok(())
        } else {
            Err(self.unknown("the script writes files before it reads this one"))
        }
    }
}
