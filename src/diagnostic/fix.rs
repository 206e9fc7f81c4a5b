//! Edits that mend what a diagnostic found, and their application to a text.

use crate::text::{FileId, Sources, Span};
use std::collections::BTreeMap;

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

impl Edit {
    pub fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into() }
    }
}

impl Fix {
    /// A fix that keeps the meaning of the file, or changes only what the finding is about, in the way that it says.
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Safe, edits)
    }

    /// A fix that somebody should look at.
    pub fn risky(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::new(title, Applicability::Unsafe, edits)
    }

    fn new(title: impl Into<String>, applicability: Applicability, mut edits: Vec<Edit>) -> Self {
        edits.sort_by_key(|edit| edit.span);
        Self { title: title.into(), applicability, edits }
    }
}

/// The texts of the files that fixes change. A fix that overlaps one before it is left for another round; the same edit
/// twice is one.
pub fn apply<'a>(
    sources: &Sources,
    fixes: impl IntoIterator<Item = &'a Fix>,
) -> (BTreeMap<FileId, String>, usize) {
    let mut taken: Vec<&Edit> = Vec::new();
    let mut applied = 0;
    for fix in fixes {
        let new: Vec<&Edit> = fix.edits.iter().filter(|edit| !taken.contains(edit)).collect();
        let clash = |edit: &&Edit| taken.iter().any(|other| touches(other.span, edit.span));
        if !new.iter().any(clash) {
            taken.extend(new);
            applied += 1;
        }
    }
    taken.sort_by_key(|edit| edit.span);
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    // From the end, so that the places of those before stay.
    for edit in taken.into_iter().rev() {
        let text = texts.entry(edit.span.file).or_insert_with(|| sources.text(edit.span.file).to_string());
        let range = edit.span.start as usize..edit.span.end as usize;
        if text.get(range.clone()).is_some() {
            text.replace_range(range, &edit.text);
        }
    }
    (texts, applied)
}

/// Whether two edits get in each other's way; two insertions at one place do too, as their order would be chance.
fn touches(a: Span, b: Span) -> bool {
    a.file == b.file && (a.start < b.end && b.start < a.end || a.start == b.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_are_applied_from_the_end_and_clashes_wait() {
        let mut sources = Sources::new();
        let file = sources.add("a", "one two three");
        let edit = |start, end, text: &str| Edit::new(Span::new(file, start, end), text);
        let first = Fix::safe("", vec![edit(8, 13, "3"), edit(0, 3, "1")]);
        let clash = Fix::safe("", vec![edit(2, 5, "-")]);
        let same = Fix::risky("", vec![edit(0, 3, "1"), edit(4, 7, "2")]);
        let (texts, applied) = apply(&sources, [&first, &clash, &same]);
        assert_eq!((texts[&file].as_str(), applied), ("1 2 3", 2));
    }
}
