//! What one evaluation is for: the target, the setuptools there, and the facts of the clean build environment.

use crate::packaging::{Target, Version};

/// The facts that a script can ask for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Environment {
    pub target: Target,
    pub setuptools: Version,
    /// `sys.argv`: `["setup.py", "egg_info"]` for metadata, the command that makes an artifact otherwise.
    pub argv: Vec<String>,
    /// Modules beyond the standard library and setuptools that the build installs (`setup_requires`,
    /// `[build-system] requires`), by import name; what is not modelled of them is unknown.
    pub installed: Vec<String>,
    /// Whether the project's root stands on `sys.path`: true but under `build-backend = "setuptools.build_meta"`.
    pub root_on_path: bool,
    /// Whether commands of `cmdclass` are run to see what they do: a build asks, a reader of metadata does not.
    pub commands: bool,
    /// Which orders the sets have whose order Python does not settle: 0 for those without random hashes.
    pub attempt: u32,
}

impl Environment {
    /// The environment in which metadata is asked for.
    pub fn new(target: Target, setuptools: Version) -> Self {
        Self {
            target,
            setuptools,
            argv: vec!["setup.py".to_owned(), "egg_info".to_owned()],
            installed: Vec::new(),
            root_on_path: true,
            commands: false,
            attempt: 0,
        }
    }
}
