//! An upper bound of `python_requires`.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};

rule! {
    /// A bound above shuts out Pythons that do not exist yet, and pip then takes an older release of the project without the bound instead of stopping.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.6,<4")
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", python_requires=">=3.6, !=3.7.1")
    /// ```
    "python-requires-cap", Info, "an upper bound of `python_requires`",
    profile: Profile::Pedantic,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let Some((requires, origin)) = cx.text("python_requires") else { return Vec::new() };
    let capped = requires.split(',').map(str::trim).find(|clause| {
        // `<3` says Python 2, which has an end.
        let bound = clause.trim_start_matches(['<', '=']).trim();
        clause.starts_with('<') && !bound.starts_with("3.0") && bound != "3" && !bound.starts_with('2')
    });
    let Some(clause) = capped else { return Vec::new() };
    let message = format!("`{clause}` shuts out Pythons that do not exist yet");
    vec![
        cx.with_trail(Diagnostic::new(&CODE, origin, message), "python_requires")
            .help("leave the upper bound out"),
    ]
}
