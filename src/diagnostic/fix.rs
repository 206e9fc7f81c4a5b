//! Edits that mend what a diagnostic found, and their application to a text.

use crate::text::Span;

/// Whether a fix keeps the meaning of the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Applicability {
    Safe,
    Unsafe,
}

/// Replaces what a span covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

/// A titled set of edits, sorted and disjoint.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fix {
    pub title: String,
    pub applicability: Applicability,
    pub edits: Vec<Edit>,
}
