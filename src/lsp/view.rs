//! What a request is answered from: the documents as they were when it came, and what is known of their projects.

use super::analysis::{Analysis, Known, Preview, buffer};
use super::client::Client;
use super::document::{Document, uri_of};
use super::protocol::Range;
use super::settings::Settings;
use crate::system::{Overlay, Rooted};
use crate::text::{FileId, Span, Units};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The open documents by the client's address of each.
pub(super) type Documents = Arc<BTreeMap<String, Arc<Document>>>;

/// A project that a request may be about.
#[derive(Clone, Debug)]
pub(super) struct Root {
    pub(super) path: PathBuf,
    /// The newest that is known.
    pub(super) analysis: Option<Known>,
    /// Whether that is about the documents as they are.
    pub(super) fresh: bool,
    pub(super) preview: Option<Arc<Preview>>,
}

#[derive(Clone, Debug)]
pub(super) struct View {
    pub(super) client: Arc<Client>,
    pub(super) settings: Arc<Settings>,
    pub(super) documents: Documents,
    pub(super) roots: Vec<Root>,
}

/// A document in its project.
#[derive(Clone, Copy, Debug)]
pub(super) struct InProject<'a> {
    pub(super) root: &'a Root,
    /// Of the document, below the root, with `/`.
    pub(super) path: &'a str,
}

impl View {
    pub(super) fn units(&self) -> Units {
        self.client.units
    }

    pub(super) fn document(&self, uri: &str) -> Option<&Document> {
        self.documents.get(uri).map(|document| &**document)
    }

    /// The innermost project of a document.
    pub(super) fn project<'a>(&'a self, document: &'a Document) -> Option<InProject<'a>> {
        let path = document.path.as_deref()?;
        let root = self
            .roots
            .iter()
            .filter(|root| path.starts_with(&root.path))
            .max_by_key(|root| root.path.iter().count())?;
        let path = path.strip_prefix(&root.path).ok()?.to_str()?;
        Some(InProject { root, path })
    }

    /// What is known of a document's project, and the document in that; `None` unless that is about its text as it is.
    pub(super) fn known<'a>(&'a self, document: &'a Document) -> Option<(&'a Analysis, FileId)> {
        let project = self.project(document)?;
        let analysis = project.root.analysis.as_deref()?;
        let file = analysis.sources.find(project.path)?;
        (**analysis.sources.text(file) == **document.text()).then_some((analysis, file))
    }

    fn open(&self, path: &Path) -> Option<&Document> {
        self.documents
            .values()
            .map(|document| &**document)
            .find(|document| document.path.as_deref() == Some(path))
    }

    /// Where a span of an analysis stands now: in the text of the open document, or in the file as it was read. `None` when
    /// the text around it has been edited since, or when it stands in no file.
    pub(super) fn place(&self, analysis: &Analysis, span: Span) -> Option<(String, Range)> {
        let inside = analysis.sources.path(span.file);
        if inside.is_empty() {
            return None;
        }
        let path = analysis.root.join(inside);
        let Some(document) = self.open(&path) else {
            return Some((uri_of(&path), Range::from(analysis.sources.range(span, self.units()))));
        };
        let (old, new) = (analysis.sources.text(span.file), document.text());
        let range = if old == new {
            document.range_in(&analysis.sources, span, self.units())
        } else {
            let (start, end) = moved(old, new, span.start, span.end)?;
            document.range(start, end, self.units())
        };
        Some((document.uri.clone(), range))
    }

    /// The address of a path below a root, as the client spells it when it has it open.
    pub(super) fn uri(&self, root: &Path, inside: &str) -> String {
        let path = root.join(inside);
        self.open(&path).map_or_else(|| uri_of(&path), |document| document.uri.clone())
    }

    /// The buffers over a root's files.
    pub(super) fn buffers(&self, root: &Path) -> Vec<(String, Vec<u8>)> {
        self.documents.values().filter_map(|document| buffer(document, root)).collect()
    }

    /// Looks at a root's tree with the buffers over it.
    pub(super) fn with_tree<T>(&self, root: &Path, look: impl FnOnce(&Overlay<'_>) -> T) -> Option<T> {
        let disk = Rooted::new(root).ok()?;
        Some(look(&super::analysis::laid_over(&disk, &self.buffers(root))))
    }
}

/// Where a part of an old text stands in the new one, when what changed lies beside it.
fn moved(old: &str, new: &str, start: u32, end: u32) -> Option<(u32, u32)> {
    let same = |(a, b): &(u8, u8)| a == b;
    let prefix = old.bytes().zip(new.bytes()).take_while(same).count();
    let most = old.len().min(new.len()) - prefix;
    let suffix = old.bytes().rev().zip(new.bytes().rev()).take(most).take_while(same).count();
    let (changed, kept) = (prefix as u32, (old.len() - suffix) as u32);
    if end <= changed {
        return Some((start, end));
    }
    let shift = i64::from(new.len() as u32) - i64::from(old.len() as u32);
    let later = |offset: u32| u32::try_from(i64::from(offset) + shift).ok();
    if start >= kept { Some((later(start)?, later(end)?)) } else { None }
}

#[cfg(test)]
mod tests {
    use super::moved;

    #[test]
    fn what_lies_beside_an_edit_moves_with_its_text() {
        let (old, new) = ("name = 1\nversion = 2\n", "name = 1\nx = 0\nversion = 2\n");
        assert_eq!(moved(old, new, 0, 4), Some((0, 4)));
        assert_eq!(moved(old, new, 9, 16), Some((15, 22)));
        assert_eq!(moved("abc", "abXc", 1, 3), None);
        assert_eq!(moved("aa", "a", 0, 1), Some((0, 1)));
        assert_eq!(moved("", "x", 0, 0), Some((0, 0)));
    }
}
