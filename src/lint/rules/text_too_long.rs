//! Texts that the index refuses for their length.

use crate::diagnostic::Diagnostic;
use crate::lint::{Context, rule};
use crate::project::FieldValue;

rule! {
    /// The public index takes a summary of at most 512 characters, and labels of project addresses of at most 32.
    ///
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", description="long " * 120)
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(name="demo", version="1.0", description="What it does, in one line")
    /// ```
    "text-too-long", Error, "a text that is longer than the index takes",
    sources: &["core metadata: Project-URL", "the public index: Summary of at most 512 characters"],
}

const SUMMARY: usize = 512;
const LABEL: usize = 32;

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if let Some((text, span)) = cx.text("description") {
        let length = text.chars().count();
        if length > SUMMARY {
            let message = format!("the summary has {length} characters, and the index takes {SUMMARY}");
            let diagnostic = Diagnostic::new(&CODE, span, message).help("say the rest in `long_description`");
            found.push(cx.with_trail(diagnostic, "description"));
        }
    }
    if let Ok(Some((FieldValue::TextMap(urls), origin))) = cx.metadata().known("project_urls") {
        for (label, _) in urls.iter().filter(|(label, _)| label.chars().count() > LABEL) {
            let message = format!("the label `{label}` has more than {LABEL} characters");
            let span = cx.find_text("project_urls", label).map_or(origin, |item| item.span);
            found.push(Diagnostic::new(&CODE, span, message).help("choose a shorter label"));
        }
    }
    found
}
