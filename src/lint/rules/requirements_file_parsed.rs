//! Dependencies read from a requirements file.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// A requirements file says what to install in one place, `install_requires` what the project can live with; pins and options leak from the one into the other, and the file is missing in a source distribution unless MANIFEST.in names it.
    ///
    /// ```text bad
    /// # file: setup.py
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=open("requirements.txt").read().splitlines())
    /// # file: requirements.txt
    /// flask==1.0
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", install_requires=["flask"])
    /// ```
    "requirements-file-parsed", Info, "dependencies that setup.py reads from a requirements file",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let (Some(origin), Some(evaluation)) = (cx.metadata().origin("install_requires"), cx.evaluation()) else {
        return Vec::new();
    };
    let is_requirements = |path: &&String| path.ends_with(".txt") && path.contains("requirements");
    let Some(path) = evaluation.outcome.files_read.iter().find(is_requirements) else { return Vec::new() };
    let content = cx.system.read(path).unwrap_or_default();
    let content = String::from_utf8_lossy(&content);
    let from_file = |item: &String| content.lines().any(|line| line.trim() == item.trim());
    if !cx.list("install_requires").iter().any(from_file) {
        return Vec::new();
    }
    let message = format!("the dependencies are read from `{path}`");
    let diagnostic = cx.with_trail(Diagnostic::new(&CODE, origin, message), "install_requires");
    vec![diagnostic.help("write them into setup.py, or `install_requires = file:` in setup.cfg, with the widest versions that work")]
}
