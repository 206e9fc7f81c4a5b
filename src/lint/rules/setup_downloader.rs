//! Scripts that fetch setuptools before they use it.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};

rule! {
    /// `ez_setup` and `distribute_setup` downloaded setuptools and ran it. The place that they download from is gone, and every
    /// Python has had setuptools or pip for years.
    ///
    /// ```python bad
    /// from ez_setup import use_setuptools
    ///
    /// use_setuptools()
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0")
    /// ```
    "setup-downloader", Warning, "a script that downloads setuptools",
    sources: &["setuptools change log: 33.1.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some(script) = &cx.script else { return Vec::new() };
    let imports = script.imports().into_iter();
    let told =
        imports.filter(|import| ["ez_setup", "distribute_setup"].contains(&import.module)).map(|import| {
            let message =
                format!("`{}` downloads and runs a setuptools that is no longer there", import.module);
            Diagnostic::new(&CODE, import.span, message).help("remove it, its call and its file")
        });
    told.collect()
}
