//! What stands under the pointer: values and where they come from, what would be built, requirements, rules, words of the
//! formats.

use super::analysis::{Analysis, Preview};
use super::document::{Document, Kind};
use super::knowledge::{FIND_OPTIONS, MANIFEST_COMMANDS, REQUIREMENT_OPTIONS, SECTIONS, about, explanation};
use super::protocol::{AtPosition, Range};
use super::value::{cut, long};
use super::view::View;
use super::{locked, outline, script};
use crate::packaging::Requirement;
use crate::project::vocabulary;
use crate::project::{Field, Place};
use crate::report::escape;
use crate::syntax::manifest_in;
use crate::syntax::requirements_txt::EntryKind;
use crate::text::Span;
use serde_json::{Value, json};

/// Lines of METADATA and files of an artifact that are shown.
const MAX_LINES: usize = 40;

pub(super) fn answer(view: &View, params: &AtPosition) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return Value::Null };
    let offset = document.offset(params.position, view.units());
    let hover = Hover { view, document, offset };
    let found = hover.rule().or_else(|| match document.kind {
        Kind::SetupPy => hover.in_setup_py(),
        Kind::SetupCfg => hover.in_setup_cfg(),
        Kind::Manifest => hover.in_manifest(),
        Kind::Requirements => hover.in_requirements(),
        Kind::Pyproject => hover.quoted().and_then(|(range, text)| hover.requirement(text, range)),
        Kind::Python => hover.made_here(),
        Kind::Other => hover.made_here(),
    });
    let Some((range, text)) = found else { return Value::Null };
    let text = escape(&text);
    let contents = if view.client.markdown {
        json!({ "kind": "markdown", "value": text })
    } else {
        json!({ "kind": "plaintext", "value": text.replace("```\n", "").replace("```", "").replace("**", "") })
    };
    json!({ "contents": contents, "range": range })
}

type Said = (Range, String);

struct Hover<'a> {
    view: &'a View,
    document: &'a Document,
    offset: u32,
}

/// Text as it stands, whatever Markdown would make of it.
fn block(text: &str) -> String {
    format!("```\n{}\n```", text.replace("```", "'''"))
}

impl<'a> Hover<'a> {
    fn range(&self, start: u32, end: u32) -> Range {
        self.document.range(start, end, self.view.units())
    }

    /// A rule's name in a comment that is meant for spx.
    fn rule(&self) -> Option<Said> {
        let text = self.document.text();
        let line_start = text[..self.offset as usize].rfind('\n').map_or(0, |at| at + 1);
        let line = text[line_start..].lines().next().unwrap_or_default();
        let comment = line.find('#').filter(|at| line[*at..].contains("spx:"))?;
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '-';
        let at = self.offset as usize - line_start;
        let (before, after) = line.split_at_checked(at).filter(|_| at > comment)?;
        let start = before.rfind(|c| !is_part(c)).map_or(0, |at| at + 1);
        let end = at + after.find(|c| !is_part(c)).unwrap_or(after.len());
        let said = explanation(line.get(start..end)?)?;
        Some((self.range((line_start + start) as u32, (line_start + end) as u32), said))
    }

    fn in_setup_py(&self) -> Option<Said> {
        let file = self.document.python()?;
        for call in script::setup_calls(file) {
            if script::holds(&*call.func, self.offset) {
                let range = self.range(script::start(&*call.func), script::end(&*call.func));
                return Some((range, self.build()?));
            }
        }
        if let Some((name, keyword)) = script::argument_at(file, self.offset) {
            let start = script::start(keyword);
            let name_end = start + name.len() as u32;
            if self.offset > name_end
                && let Some((range, text)) = script::string_at(file, self.offset)
                && let Some(said) = self.word(name, text, (range.start().into(), range.end().into()))
            {
                return Some(said);
            }
            let explained = vocabulary::about(name).map(str::to_owned);
            let said: Vec<String> = explained.into_iter().chain(self.field(name)).collect();
            let title = format!("**{name}**");
            return (!said.is_empty()).then(|| {
                let all: Vec<String> = std::iter::once(title).chain(said).collect();
                (self.range(start, name_end), all.join("\n\n"))
            });
        }
        let strings = || {
            let (range, text) = script::string_at(file, self.offset)?;
            self.requirement(text, self.range(range.start().into(), range.end().into()))
        };
        self.made_here().or_else(strings)
    }

    /// A string of an argument that is a word of its own.
    fn word(&self, argument: &str, text: &str, place: (u32, u32)) -> Option<Said> {
        let range = self.range(place.0, place.1);
        match argument {
            "install_requires" | "extras_require" | "setup_requires" | "tests_require" => {
                self.requirement(text, range)
            }
            _ => None,
        }
    }

    /// A value and where it comes from.
    fn field(&self, name: &str) -> Option<String> {
        let (analysis, _) = self.view.known(self.document)?;
        let metadata = &analysis.project.as_ref()?.metadata;
        let place = |span: Span| format!("`{}`", analysis.sources.place(span));
        let mut lines = Vec::new();
        match metadata.get(name)? {
            Field::Known { value, origin, trail } => {
                lines.push(block(&long(value)));
                if analysis.sources.path(origin.file) != self.inside().unwrap_or_default() {
                    lines.push(format!("set at {}", place(*origin)));
                }
                lines.extend(Self::trail(analysis, trail));
            }
            Field::Unknown { unknown, .. } => {
                lines.push(format!("cannot be known without running setup.py: {}", unknown.reason));
                if !analysis.sources.path(unknown.span.file).is_empty() {
                    lines.push(format!("lost at {}", place(unknown.span)));
                }
                lines.extend(Self::trail(analysis, &unknown.trail));
            }
        }
        Some(lines.join("\n\n"))
    }

    fn trail(analysis: &Analysis, trail: &[Place]) -> Vec<String> {
        let shown = trail.iter().filter(|place| !analysis.sources.path(place.span.file).is_empty()).take(8);
        let lines = shown.map(|place| {
            let source = analysis.sources.slice(place.span).lines().next().unwrap_or_default();
            let source: String = source.chars().take(60).collect();
            let said = if place.text.is_empty() { String::new() } else { format!(" {}", place.text) };
            format!("← `{}`{said}: `{}`", analysis.sources.place(place.span), source.replace('`', "'"))
        });
        lines.collect()
    }

    fn inside(&self) -> Option<&str> {
        Some(self.view.project(self.document)?.path)
    }

    /// The fields that a place of another module, or of a file that is read, becomes.
    fn made_here(&self) -> Option<Said> {
        let (analysis, file) = self.view.known(self.document)?;
        let metadata = &analysis.project.as_ref()?.metadata;
        let here = |span: Span| span.file == file && span.start <= self.offset && self.offset <= span.end;
        let mut found: Vec<(&str, Span)> = metadata
            .iter()
            .filter_map(|(name, field)| {
                let Field::Known { trail, .. } = field else { return None };
                let span = trail
                    .iter()
                    .map(|place| place.span)
                    .filter(|span| here(*span))
                    .min_by_key(|s| s.end - s.start)?;
                Some((name, span))
            })
            .collect();
        found.sort_by_key(|(_, span)| span.end - span.start);
        let (_, span) = *found.first()?;
        let names: Vec<String> =
            found.iter().filter(|(_, other)| *other == span).map(|(name, _)| format!("`{name}`")).collect();
        let said = format!("becomes {} of the project", names.join(", "));
        Some((self.document.range_in(&analysis.sources, span, self.view.units()), said))
    }

    /// What would be built.
    fn build(&self) -> Option<String> {
        let root = self.view.project(self.document)?.root;
        let Some(preview) = root.preview.as_deref().filter(|_| root.fresh) else {
            return Some("spx is working out what would be built; look again in a moment".to_owned());
        };
        let Preview { wheel, sdist, metadata } = preview;
        let mut parts = Vec::new();
        if let Some(metadata) = metadata {
            let lines: Vec<String> =
                metadata.lines().take_while(|line| !line.is_empty()).map(str::to_owned).collect();
            parts.push(format!("**METADATA**\n{}", block(&cut(&lines, MAX_LINES))));
        }
        for (what, artifact) in [("wheel", wheel), ("source distribution", sdist)] {
            match artifact {
                Ok((name, files)) => {
                    let paths: Vec<String> = files.iter().map(|file| file.path.clone()).collect();
                    parts.push(format!(
                        "**{name}** ({} files)\n{}",
                        files.len(),
                        block(&cut(&paths, MAX_LINES))
                    ));
                }
                Err(why) if why.is_empty() => {}
                Err(why) => parts.push(format!("no {what}: {why}")),
            }
        }
        Some(parts.join("\n\n"))
    }

    fn in_setup_cfg(&self) -> Option<Said> {
        let text = self.document.text();
        let sections = outline::sections(text);
        let section = sections.iter().rev().find(|section| section.start <= self.offset)?;
        if self.offset <= section.header_end {
            let said = about(SECTIONS, section.name)?;
            return Some((self.range(section.start, section.header_end), said.to_owned()));
        }
        let (_, setting) = outline::find(&sections, text, self.offset)?;
        let setting = setting?;
        let name = setting.name.replace('-', "_").to_lowercase();
        let name_end = setting.start + setting.name.len() as u32;
        let on =
            setting.lines.iter().copied().find(|(start, end)| *start <= self.offset && self.offset <= *end);
        let requires = section.name == "options.extras_require"
            || name.ends_with("_requires")
            || name == "tests_require";
        if let Some((start, end)) = on.filter(|_| requires && self.offset > name_end) {
            return self.requirement(&text[start as usize..end as usize], self.range(start, end));
        }
        let said: Vec<String> = match section.name {
            "metadata" | "options" => {
                vocabulary::about(&name).map(str::to_owned).into_iter().chain(self.field(&name)).collect()
            }
            "options.packages.find" => about(FIND_OPTIONS, &name).map(str::to_owned).into_iter().collect(),
            _ => Vec::new(),
        };
        (!said.is_empty())
            .then(|| (self.range(setting.start, name_end), format!("**{name}**\n\n{}", said.join("\n\n"))))
    }

    fn in_manifest(&self) -> Option<Said> {
        let (lines, _) = manifest_in::parse(self.document.file, self.document.text());
        let line =
            lines.iter().find(|line| line.span.start <= self.offset && self.offset <= line.span.end)?;
        let word = self.document.sources.slice(line.span).split_whitespace().next()?;
        let said = about(MANIFEST_COMMANDS, word)?;
        let range = self.range(line.span.start, line.span.end);
        let mut parts = vec![said.to_owned()];
        let project = self.view.project(self.document).filter(|project| project.root.fresh);
        let files = project.and_then(|project| project.root.preview.as_ref()?.sdist.as_ref().ok());
        if let Some((_, files)) = files {
            let place = format!("MANIFEST.in:{}", line.number);
            let names: Vec<String> = files
                .iter()
                .filter(|file| file.place.as_ref() == Some(&place))
                .filter_map(|file| file.source.clone())
                .collect();
            if !names.is_empty() {
                parts.push(format!("adds {}\n{}", names.len(), block(&cut(&names, MAX_LINES))));
            }
        }
        Some((range, parts.join("\n\n")))
    }

    fn in_requirements(&self) -> Option<Said> {
        let text = self.document.text();
        let start = text[..self.offset as usize].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let at = self.offset as usize - start;
        let word_start = line.get(..at)?.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = line[word_start..].split([' ', '\t', '=']).next().unwrap_or_default();
        if word.starts_with('-') {
            let said = about(REQUIREMENT_OPTIONS, word)?;
            let from = (start + word_start) as u32;
            return Some((self.range(from, from + word.len() as u32), said.to_owned()));
        }
        let body = line.split(" #").next().unwrap_or(line).split(" --").next().unwrap_or_default();
        let trimmed = body.trim().trim_end_matches('\\').trim_end();
        let from = (start + body.len() - body.trim_start().len()) as u32;
        self.requirement(trimmed, self.range(from, from + trimmed.len() as u32))
    }

    /// The string in quotes that the offset is in.
    fn quoted(&self) -> Option<(Range, &'a str)> {
        let text = self.document.text();
        let start = text[..self.offset as usize].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        let at = self.offset as usize - start;
        let open = line.get(..at)?.rfind(['"', '\''])? + 1;
        let close = open + line[open..].find(['"', '\''])?;
        let range = self.range((start + open) as u32, (start + close) as u32);
        (at <= close).then(|| (range, &line[open..close]))
    }

    /// A requirement: its version in the project's own locks and requirements files, and what the cache knows of it.
    fn requirement(&self, text: &str, range: Range) -> Option<Said> {
        let requirement: Requirement = text.trim().parse().ok()?;
        let name = requirement.name.normalized();
        let mut parts = vec![format!("**{}**", requirement.name)];
        let known = super::known::projects();
        let project = known.get(name);
        parts.extend(project.and_then(|project| project.summary.clone()));
        if let Some(root) = self.view.project(self.document).map(|project| project.root) {
            parts.extend(
                self.view.with_tree(&root.path, |tree| locked::versions(tree, name)).unwrap_or_default(),
            );
            parts.extend(root.analysis.as_deref().into_iter().flat_map(|analysis| pins(analysis, name)));
        }
        if let Some(version) = project.and_then(|project| project.version.as_ref()) {
            parts.push(format!("newest in spx's cache: {version}"));
        }
        if let Some(marker) = &requirement.marker {
            parts.push(format!("only where `{marker}`"));
        }
        (parts.len() > 1).then(|| (range, parts.join("\n\n")))
    }
}

/// The versions to which requirements files pin a project.
fn pins(analysis: &Analysis, name: &str) -> Vec<String> {
    let entries = analysis.requirements.iter().flat_map(|(_, file)| &file.entries);
    let mut lines: Vec<String> = entries
        .filter_map(|entry| {
            let EntryKind::Requirement(requirement) = &entry.kind else { return None };
            if requirement.name.normalized() != name || entry.expanded {
                return None;
            }
            let (_, version) = requirement.without_marker().split_once("==")?;
            let version = version.trim();
            let plain = !version.contains([',', '*', '=']);
            plain.then(|| format!("locked: {version} (`{}`)", analysis.sources.place(entry.span)))
        })
        .collect();
    lines.sort();
    lines.dedup();
    lines
}
