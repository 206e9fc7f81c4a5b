//! What of a project's configuration shapes its artifacts beside the fields.

use crate::packaging::Python;
use crate::system::{Overlay, System};
use std::collections::BTreeMap;

/// What setup.cfg's command sections and setup()'s objects say about the artifacts; the default is what setuptools takes without them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WheelOptions {
    /// The Python that builds: namespace packages (`namespace_packages`) put it into a file name, nothing else does.
    pub python: Option<Python>,
    /// The Python tag of one wheel of several, each for some Pythons; goes before what the project says.
    pub own_tag: Option<String>,
    /// The platform tag of one wheel of several, each for some platforms.
    pub own_platform: Option<String>,
    /// `[bdist_wheel] python_tag`, or `py2` where only a Python 2 can build; `py3` when left out.
    pub python_tag: Option<String>,
    /// `[bdist_wheel] plat_name`; `any` when left out.
    pub plat_name: Option<String>,
    /// `[bdist_wheel] build_number`.
    pub build_number: Option<String>,
    /// `[egg_info] tag_build`, appended to the version.
    pub tag_build: Option<String>,
    /// `[egg_info] tag_date`: appends today's date, so the build is refused.
    pub tag_date: bool,
    /// Whether `data_files` stand beside the packages: what an `install_data` command whose only change is
    /// `install_dir = install_lib` does (a recipe of old projects). Who sets this has read that class.
    pub data_files_in_library: bool,
    /// Files that setup.cfg or pyproject.toml name with `file:`: part of the source distribution, hence of package data.
    pub referenced_files: Vec<String>,
    /// `[egg_info] egg_base`: where `.egg-info` stands in a source distribution.
    pub egg_base: Option<String>,
    /// What setup.py does to files of the project before setuptools builds, by their paths.
    pub written: BTreeMap<String, Written>,
    /// What commands of the project do to the wheel's libraries beside what setuptools does, by path.
    pub library: BTreeMap<String, Written>,
    /// Whether build_py is that of distutils, which takes package data by `package_data` alone.
    pub plain_build_py: bool,
    /// Whether a plug-in hands setup.cfg to setup() (pbr), so that METADATA calls its fields dynamic.
    pub handed_over: bool,
    /// Files that pbr puts into a source distribution by name (`extra_files`), where it takes part in one and asks no
    /// repository: the list is then its own, without what SOURCES.txt says.
    pub listed_by_pbr: Option<Vec<String>>,
    /// What the command `sdist` of the project does to the files of a source distribution, by path.
    pub release: BTreeMap<String, Written>,
    /// The files that extension modules are made of, when they are all known: part of the source distribution.
    pub extension_files: Option<Vec<String>>,
}

/// What setup.py makes of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Written {
    Content(Vec<u8>),
    Removed,
    /// Why the content is not known.
    Unknown(String),
}

impl WheelOptions {
    /// Whether these and those give the same wheel of the same fields.
    pub(super) fn same_wheel(&self, other: &Self) -> bool {
        // What only source distributions hold.
        let plain = |options: &Self| Self {
            extension_files: None,
            listed_by_pbr: None,
            release: BTreeMap::new(),
            ..options.clone()
        };
        plain(self) == plain(other)
    }

    /// The tree as setuptools finds it once setup.py has run.
    pub fn tree<'a>(&self, system: &'a dyn System) -> Overlay<'a> {
        let mut tree = Overlay::new(system);
        for (path, written) in &self.written {
            match written {
                Written::Content(content) => tree.insert(path, content.clone()),
                Written::Removed => tree.hide(path),
                Written::Unknown(why) => {
                    tree.lose(
                        path,
                        format!("is written by setup.py, and what it writes is not known: {why}"),
                    );
                }
            }
        }
        tree
    }
}
