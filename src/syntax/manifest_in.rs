//! MANIFEST.in: distutils' manifest template, one command a line.
//!
//! Supported: `include`, `exclude`, `global-include`, `global-exclude`, `recursive-include`, `recursive-exclude`, `graft`,
//! `prune`; `#` comments (`\#` is a `#`), `\` at the end of a line. Lines that setuptools skips with a warning are
//! skipped with one.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::text::FileId;
use crate::text::Span;

/// A word of a line, and where it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    pub text: String,
    pub span: Span,
}

/// What a line does; the patterns are as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Command {
    Include(Vec<Word>),
    Exclude(Vec<Word>),
    GlobalInclude(Vec<Word>),
    GlobalExclude(Vec<Word>),
    RecursiveInclude { directory: Word, patterns: Vec<Word> },
    RecursiveExclude { directory: Word, patterns: Vec<Word> },
    Graft(Word),
    Prune(Word),
}

/// One logical line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ManifestLine {
    pub command: Command,
    pub span: Span,
    /// Where it starts, from 1.
    pub number: usize,
}

impl ManifestLine {
    /// The line as it would be written on one line, for people.
    pub fn shown(&self) -> String {
        match &self.command {
            Command::Include(patterns)
            | Command::Exclude(patterns)
            | Command::GlobalInclude(patterns)
            | Command::GlobalExclude(patterns)
            | Command::RecursiveInclude { patterns, .. }
            | Command::RecursiveExclude { patterns, .. } => self.with_patterns(patterns),
            Command::Graft(directory) | Command::Prune(directory) => {
                self.with_patterns(std::slice::from_ref(directory))
            }
        }
    }

    /// What the line says of some of its patterns.
    pub fn with_patterns(&self, patterns: &[Word]) -> String {
        let (command, directory) = match &self.command {
            Command::Include(_) => ("include", None),
            Command::Exclude(_) => ("exclude", None),
            Command::GlobalInclude(_) => ("global-include", None),
            Command::GlobalExclude(_) => ("global-exclude", None),
            Command::RecursiveInclude { directory, .. } => ("recursive-include", Some(directory)),
            Command::RecursiveExclude { directory, .. } => ("recursive-exclude", Some(directory)),
            Command::Graft(_) => ("graft", None),
            Command::Prune(_) => ("prune", None),
        };
        let words = directory.into_iter().chain(patterns).map(|word| word.text.as_str());
        std::iter::once(command).chain(words).collect::<Vec<_>>().join(" ")
    }
}

/// Reads a template; diagnostics are warnings about lines that setuptools skips.
pub fn parse(file: FileId, text: &str) -> (Vec<ManifestLine>, Vec<Diagnostic>) {
    let mut lines = Vec::new();
    let mut diagnostics = Vec::new();
    let (mut number, mut counted) = (1, 0);
    for words in logical_lines(file, text) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { continue };
        let span = first.span.to(last.span);
        match command(&words) {
            Ok(command) => {
                number += line_ends(&text[counted..span.start as usize]);
                counted = span.start as usize;
                lines.push(ManifestLine { command, span, number });
            }
            Err(message) => {
                let diagnostic = Diagnostic::new(&codes::SKIPPED_MANIFEST_LINE, span, message)
                    .help("setuptools skips this line with a warning, and so does spx");
                diagnostics.push(diagnostic);
            }
        }
    }
    (lines, diagnostics)
}

fn line_ends(text: &str) -> usize {
    text.matches(['\n', '\r']).count() - text.matches("\r\n").count()
}

fn command(words: &[Word]) -> Result<Command, String> {
    let action = words[0].text.as_str();
    let patterns = |from: usize, shape: &str| match words.get(from..) {
        Some(patterns) if !patterns.is_empty() => Ok(patterns.to_vec()),
        _ => Err(format!("`{action}` expects {shape}")),
    };
    let single = || match words {
        [_, directory] => Ok(directory.clone()),
        _ => Err(format!("`{action}` expects one directory pattern")),
    };
    let recursive = || patterns(2, "a directory and patterns").map(|patterns| (words[1].clone(), patterns));
    Ok(match action {
        "include" => Command::Include(patterns(1, "patterns")?),
        "exclude" => Command::Exclude(patterns(1, "patterns")?),
        "global-include" => Command::GlobalInclude(patterns(1, "patterns")?),
        "global-exclude" => Command::GlobalExclude(patterns(1, "patterns")?),
        "recursive-include" => {
            let (directory, patterns) = recursive()?;
            Command::RecursiveInclude { directory, patterns }
        }
        "recursive-exclude" => {
            let (directory, patterns) = recursive()?;
            Command::RecursiveExclude { directory, patterns }
        }
        "graft" => Command::Graft(single()?),
        "prune" => Command::Prune(single()?),
        _ => return Err(format!("unknown command `{action}`")),
    })
}

/// The words of each logical line: comments cut, continuations joined (`distutils.text_file.TextFile`).
fn logical_lines(file: FileId, text: &str) -> Vec<Vec<Word>> {
    let mut out = Vec::new();
    let mut pending: Vec<(u32, char)> = Vec::new();
    for line in physical_lines(text) {
        let Some(mut line) = without_comment(line) else { continue };
        trim(&mut line);
        pending.append(&mut line);
        if pending.last().is_some_and(|(_, c)| *c == '\\') {
            pending.pop();
            continue;
        }
        out.push(words(file, &pending));
        pending.clear();
    }
    // A `\` at the very end joins nothing.
    out.push(words(file, &pending));
    out
}

/// Lines end at `\n`, `\r\n` and `\r`, as Python's text files have it.
fn physical_lines(text: &str) -> Vec<Vec<(u32, char)>> {
    let mut lines = vec![Vec::new()];
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '\n' if before == '\r' => {}
            '\n' | '\r' => lines.push(Vec::new()),
            c => {
                if let Some(line) = lines.last_mut() {
                    line.push((at as u32, c));
                }
            }
        }
        before = c;
    }
    lines
}

/// Cuts a comment; `None` for a line that is only that. When the first `#` is escaped, no `#` of the line is a comment.
fn without_comment(line: Vec<(u32, char)>) -> Option<Vec<(u32, char)>> {
    let Some(hash) = line.iter().position(|(_, c)| *c == '#') else { return Some(line) };
    if hash == 0 || line[hash - 1].1 != '\\' {
        let kept = line[..hash].to_vec();
        return kept.iter().any(|(_, c)| !c.is_whitespace()).then_some(kept);
    }
    let escapes = |at: usize| line[at].1 == '\\' && line.get(at + 1).is_some_and(|(_, c)| *c == '#');
    Some((0..line.len()).filter(|at| !escapes(*at)).map(|at| line[at]).collect())
}

fn trim(line: &mut Vec<(u32, char)>) {
    while line.last().is_some_and(|(_, c)| c.is_whitespace()) {
        line.pop();
    }
    let blanks = line.iter().take_while(|(_, c)| c.is_whitespace()).count();
    line.drain(..blanks);
}

fn words(file: FileId, line: &[(u32, char)]) -> Vec<Word> {
    let words = line.split(|(_, c)| c.is_whitespace()).filter(|word| !word.is_empty());
    words
        .map(|word| {
            let (start, (last, c)) = (word[0].0, word[word.len() - 1]);
            let text = word.iter().map(|(_, c)| c).collect();
            Word { text, span: Span::new(file, start, last + c.len_utf8() as u32) }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut sources = Sources::new();
        let file = sources.add("MANIFEST.in", text);
        let (lines, diagnostics) = parse(file, text);
        let spans = lines.iter().map(|line| sources.slice(line.span).to_owned()).collect();
        (spans, diagnostics.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn lines_are_joined_and_comments_cut() {
        let (lines, diagnostics) =
            read("# c\r\ninclude a \\\n # within\n  b # end\n\n  graft docs\rprune x\n");
        assert_eq!(lines, ["include a \\\n # within\n  b", "graft docs", "prune x"]);
        assert!(diagnostics.is_empty());
        let mut sources = Sources::new();
        let text = "include a\\#b \\\nc";
        let file = sources.add("MANIFEST.in", text);
        let (lines, _) = parse(file, text);
        let Command::Include(words) = &lines[0].command else { panic!("{lines:?}") };
        assert_eq!(words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>(), ["a#b", "c"]);
        assert_eq!(sources.slice(words[1].span), "c");
    }

    #[test]
    fn short_and_unknown_lines_are_skipped() {
        let (lines, diagnostics) = read("include\nrecursive-include d\ngraft a b\nincldue x\nexclude é\n\\");
        assert_eq!(lines, ["exclude é"]);
        assert_eq!(diagnostics.len(), 4);
        assert_eq!(diagnostics[3], "unknown command `incldue`");
    }
}
