//! What of a project's configuration shapes its artifacts beside the fields.

use crate::packaging::Python;

/// What setup.cfg's command sections and setup()'s objects say about the artifacts; the default is what setuptools takes without them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct WheelOptions {
    /// The Python that builds: namespace packages (`namespace_packages`) put it into a file name, nothing else does.
    pub python: Option<Python>,
    /// The Python tag of one wheel of several, each for some Pythons; goes before what the project says.
    pub own_tag: Option<String>,
    /// `[bdist_wheel] python_tag`; `py3` when left out.
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
    /// The files that extension modules are made of, when they are all known: part of the source distribution.
    pub extension_files: Option<Vec<String>>,
}
