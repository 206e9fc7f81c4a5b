//! A project that is required twice.

use crate::diagnostic::{Code, Diagnostic, Edit, Fix};
use crate::lint::{Context, rule};
use crate::packaging::Requirement;
use crate::syntax::requirements_txt::EntryKind;
use crate::text::Span;

rule! {
    /// A second requirement of the same project adds to the first one: both must hold. In a requirements file pip calls two
    /// different ones for the same project an error. Usually one of them was forgotten.
    ///
    /// ```requirements bad
    /// requests==2.20
    /// click
    /// requests==2.31
    /// ```
    /// ```python bad
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     install_requires=[
    ///         "six",
    ///         "click",
    ///         "six",
    ///     ],
    /// )
    /// ```
    /// ```python fixed
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     install_requires=[
    ///         "six",
    ///         "click",
    ///     ],
    /// )
    /// ```
    /// ```python good
    /// from setuptools import setup
    ///
    /// setup(
    ///     name="demo",
    ///     version="1.0",
    ///     install_requires=["six<1.10; python_version < '3'", "six; python_version >= '3'"],
    /// )
    /// ```
    "duplicate-requirement", Warning, "a project that is required twice",
    sources: &["pip: Double requirement given"],
}

/// A requirement where it stands.
struct Wanted {
    requirement: Requirement,
    span: Span,
    /// Whether the span covers it and nothing else.
    exact: bool,
}

fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
    let own = cx.items("install_requires").into_iter().filter_map(|item| {
        Some(Wanted { requirement: item.text.parse().ok()?, span: item.span, exact: item.exact })
    });
    let mut found = repeated(cx, &CODE, &own.collect::<Vec<_>>());
    for file in &cx.requirements {
        let entries = file.entries.iter().filter(|entry| !entry.constraint);
        let wanted = entries.filter_map(|entry| match &entry.kind {
            EntryKind::Requirement(requirement) => {
                Some(Wanted { requirement: (**requirement).clone(), span: entry.span, exact: true })
            }
            _ => None,
        });
        found.extend(repeated(cx, &CODE, &wanted.collect::<Vec<_>>()));
    }
    found
}

fn repeated(cx: &Context<'_>, code: &'static Code, wanted: &[Wanted]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (at, second) in wanted.iter().enumerate() {
        let same = |first: &&Wanted| {
            let (a, b) = (&first.requirement, &second.requirement);
            a.name.normalized() == b.name.normalized()
                && a.extras == b.extras
                && a.marker.as_ref().map(crate::packaging::Marker::text)
                    == b.marker.as_ref().map(crate::packaging::Marker::text)
                && first.span != second.span
        };
        let Some(first) = wanted[..at].iter().find(same) else { continue };
        let message = format!("`{}` is required a second time", second.requirement.name.written());
        let mut diagnostic =
            Diagnostic::new(code, second.span, message).label(first.span, "required here before");
        if first.requirement.text() == second.requirement.text() {
            diagnostic = diagnostic.help("one of them is enough");
            if let (true, Some(line)) = (second.exact, whole_line(cx, second.span)) {
                diagnostic = diagnostic.fix(Fix::safe("remove it", vec![Edit::new(line, "")]));
            }
        } else {
            diagnostic = diagnostic.help("write one requirement with all that must hold");
        }
        found.push(diagnostic);
    }
    found
}

/// The line of a requirement, with its end, when nothing but quotes and a comma stands beside it.
fn whole_line(cx: &Context<'_>, span: Span) -> Option<Span> {
    let text = cx.sources.text(span.file);
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let end = span.end as usize + text[span.end as usize..].find('\n')? + 1;
    let beside = [&text[start..span.start as usize], &text[span.end as usize..end]];
    let bare =
        beside.iter().all(|part| part.chars().all(|c| matches!(c, '"' | '\'' | ',') || c.is_whitespace()));
    bare.then(|| Span::new(span.file, start as u32, end as u32))
}
