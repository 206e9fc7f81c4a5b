//! What `[build-system]` asks for that it had better not.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, Profile, rule};
use crate::packaging::Requirement;

rule! {
    /// setuptools has built wheels itself since 70.1, so `wheel` is needless; and a setuptools that is held below some version keeps
    /// the project from Pythons that need a newer one.
    ///
    /// ```toml bad
    /// [build-system]
    /// requires = ["setuptools<60", "wheel"]
    /// build-backend = "setuptools.build_meta"
    /// ```
    /// ```toml good
    /// [build-system]
    /// requires = ["setuptools>=61"]
    /// build-backend = "setuptools.build_meta"
    /// ```
    "build-requirement", Info, "a needless or too narrow build requirement",
    profile: Profile::Pedantic,
    sources: &["setuptools change log: 70.1.0"],
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let table = cx.pyproject.as_ref().and_then(|(_, table)| table.table("build-system"));
    let requires = table.and_then(|table| table.get("requires")).and_then(|value| value.list());
    let mut found = Vec::new();
    for value in requires.unwrap_or_default() {
        let Some(requirement) = value.text().and_then(|text| text.parse::<Requirement>().ok()) else {
            continue;
        };
        let capped =
            requirement.specifiers.iter().any(|specifier| specifier.operator().to_string().starts_with('<'));
        match requirement.name.normalized() {
            "wheel" => found.push(
                Diagnostic::new(&CODE, value.span, "setuptools builds wheels without `wheel`")
                    .help("remove it"),
            ),
            "setuptools" if capped => found.push(
                Diagnostic::new(&CODE, value.span, "newer Pythons need a newer setuptools than this allows")
                    .help("allow newer ones, and mend what they changed"),
            ),
            _ => {}
        }
    }
    found
}
