//! What spx has to say: one type from where it is born to where it is drawn.
//!
//! Readers, the interpreter, the builders and the resolver return `Vec<Diagnostic>`; only [`crate::report`] knows a format.
//! Messages start in lower case, end without a full stop, and put code in backticks.

use crate::text::Span;
use std::fmt;

pub mod codes;
pub mod fix;

pub use fix::{Applicability, Edit, Fix};

/// How much it matters: an error means that the artifact would be wrong or could not be made.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    Info,
    Warning,
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// The kind of a diagnostic: its readable name is its identity everywhere.
#[derive(PartialEq, Eq, Debug)]
pub struct Code {
    pub name: &'static str,
    pub severity: Severity,
    /// One line without a full stop.
    pub summary: &'static str,
}

/// A place, and what is to be said of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    pub span: Span,
    /// Empty when the message says it all.
    pub text: String,
}

/// One finding, with the trail that led to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    pub code: &'static Code,
    pub severity: Severity,
    /// One terse phrase; all that is shown where only one thing can be.
    pub message: String,
    /// Where, and what is wrong here; absent for what stands in no file (an index, the command line).
    pub primary: Option<Label>,
    /// The trail of the value: "set here", "imported here".
    pub secondary: Vec<Label>,
    /// What to do next.
    pub help: Vec<String>,
    pub fix: Option<Fix>,
}

impl Diagnostic {
    pub fn new(code: &'static Code, span: Span, message: impl Into<String>) -> Self {
        let mut diagnostic = Self::general(code, message);
        diagnostic.primary = Some(Label { span, text: String::new() });
        diagnostic
    }

    /// One that stands in no file.
    pub fn general(code: &'static Code, message: impl Into<String>) -> Self {
        Self {
            code,
            severity: code.severity,
            message: message.into(),
            primary: None,
            secondary: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// Says what is wrong at the primary place.
    #[must_use]
    pub fn here(mut self, text: impl Into<String>) -> Self {
        if let Some(primary) = &mut self.primary {
            primary.text = text.into();
        }
        self
    }

    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label { span, text: text.into() });
        self
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }

    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    #[must_use]
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// Puts diagnostics in the one order every report has: those without a place last, then by file as read, place, code.
/// Equal ones are dropped.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    let key = |d: &Diagnostic| {
        let span = d.primary.as_ref().map(|label| label.span);
        (span.is_none(), span, d.code.name, d.message.clone())
    };
    diagnostics.sort_by_cached_key(key);
    diagnostics.dedup_by(|a, b| key(a) == key(b));
}
