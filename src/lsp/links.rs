//! Links: addresses in text, and files that other files name.

use super::document::{Document, Kind};
use super::protocol::OfDocument;
use super::view::View;
use super::{outline, script};
use crate::system::System;
use serde_json::{Value, json};

/// Links that are sent at most.
const MAX: usize = 1_000;

pub(super) fn answer(view: &View, params: &OfDocument) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return json!([]) };
    let mut links: Vec<(u32, u32, String)> = addresses(document.text());
    if let Some(project) = view.project(document) {
        let directory = project.path.rsplit_once('/').map_or("", |(directory, _)| directory);
        let names = files(document);
        let found = view.with_tree(&project.root.path, |tree| {
            let existing = names.into_iter().filter_map(|(start, end, name)| {
                let base = if document.kind == Kind::Requirements { directory } else { "" };
                let inside = crate::system::normalise(format!("{base}/{name}").trim_start_matches('/'))?;
                tree.is_file(&inside).then_some((start, end, inside))
            });
            existing.collect::<Vec<_>>()
        });
        let uri = |inside: &str| view.uri(&project.root.path, inside);
        links.extend(found.into_iter().flatten().map(|(start, end, inside)| (start, end, uri(&inside))));
    }
    links.sort();
    let shown = links.iter().take(MAX).map(|(start, end, target)| {
        json!({ "range": document.range(*start, *end, view.units()), "target": target })
    });
    shown.collect()
}

/// `https://…` and `http://…`, up to white space, a quote or a bracket.
fn addresses(text: &str) -> Vec<(u32, u32, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find("http") {
        let start = at + next;
        let rest = &text[start..];
        at = start + "http".len();
        if !(rest.starts_with("https://") || rest.starts_with("http://")) {
            continue;
        }
        let ends = |c: char| c.is_whitespace() || c.is_control() || "\"'`<>()[]{}\\|,;".contains(c);
        let length = rest.find(ends).unwrap_or(rest.len());
        let address = rest[..length].trim_end_matches(['.', ':']);
        if url::Url::parse(address).is_ok_and(|url| url.has_host()) {
            found.push((start as u32, (start + address.len()) as u32, address.to_owned()));
        }
        at = start + length.max(1);
        if found.len() == MAX {
            break;
        }
    }
    found
}

/// Names of files as they stand in a document: `-r`, `file:`, and strings of setup.py.
fn files(document: &Document) -> Vec<(u32, u32, String)> {
    let text = document.text();
    match document.kind {
        Kind::Requirements => included(text),
        Kind::SetupCfg => {
            let mut found = Vec::new();
            for section in outline::sections(text) {
                for setting in &section.settings {
                    found.extend(setting.lines.iter().flat_map(|line| file_names(text, *line)));
                }
            }
            found
        }
        Kind::SetupPy => {
            let Some(file) = document.python() else { return Vec::new() };
            let strings = script::strings(file)
                .into_iter()
                .filter(|(_, name)| name.contains(['.', '/']) && name.len() < 200);
            strings.map(|(range, name)| (range.start().into(), range.end().into(), name.to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// The files of `-r`, `-c` and their long forms.
pub(super) fn included(text: &str) -> Vec<(u32, u32, String)> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let trimmed = line.trim_start();
        let option = ["--requirement", "--constraint", "-r", "-c"]
            .into_iter()
            .find_map(|option| trimmed.strip_prefix(option));
        let Some(rest) = option else { continue };
        let name = rest
            .trim_start_matches(['=', ' ', '\t'])
            .split([' ', '\t', '#', '\r', '\n'])
            .next()
            .unwrap_or_default();
        if !name.is_empty() {
            let from = start + (name.as_ptr() as usize - line.as_ptr() as usize);
            found.push((from as u32, (from + name.len()) as u32, name.to_owned()));
        }
    }
    found
}

/// The files of `file: a, b`.
pub(super) fn file_names(text: &str, (start, end): outline::Line) -> Vec<(u32, u32, String)> {
    let value = &text[start as usize..end as usize];
    let Some(rest) = value.strip_prefix("file:") else { return Vec::new() };
    let mut at = start + "file:".len() as u32;
    let mut found = Vec::new();
    for part in rest.split(',') {
        let name = part.trim();
        let from = at + (part.len() - part.trim_start().len()) as u32;
        found.push((from, from + name.len() as u32, name.to_owned()));
        at += part.len() as u32 + 1;
    }
    found.retain(|(_, _, name)| !name.is_empty());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_files_are_found_where_they_stand() {
        let text = "url='https://x.example/a', see http://y.example. http http:// é https://z.example";
        let found: Vec<String> = addresses(text).into_iter().map(|(_, _, target)| target).collect();
        assert_eq!(found, ["https://x.example/a", "http://y.example", "https://z.example"]);
        let text = "x\n  -r base.txt # c\n--constraint=c.txt\n-rdev.txt\r\n";
        for (start, end, name) in included(text) {
            assert_eq!(&text[start as usize..end as usize], name);
        }
        assert_eq!(included(text).len(), 3);
        let text = "file: README.rst, é.md";
        let names = file_names(text, (0, text.len() as u32));
        assert_eq!(
            names.iter().map(|(s, e, _)| &text[*s as usize..*e as usize]).collect::<Vec<_>>(),
            ["README.rst", "é.md"]
        );
    }
}
