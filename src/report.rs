//! Diagnostics to bytes, one file a format.

pub mod concise;
pub mod github;
pub mod gitlab;
pub mod json;
pub mod json_lines;
pub mod junit;
pub mod rdjson;
pub mod sarif;
pub mod terminal;

use crate::diagnostic::{Diagnostic, Severity};
use crate::text::Sources;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What formats of many findings are written of.
#[derive(Clone, Copy, Debug)]
pub struct Findings<'a> {
    pub diagnostics: &'a [Diagnostic],
    pub suppressed: &'a [Silenced],
    pub sources: &'a Sources,
    /// Every rule there is, whether it found something or not.
    pub rules: &'a [RuleInfo],
}

/// A finding that does not count, and why.
#[derive(Clone, Debug)]
pub struct Silenced {
    pub diagnostic: Diagnostic,
    /// May be empty.
    pub reason: String,
    /// By a comment in the file; else by a file beside it.
    pub in_source: bool,
}

/// A rule as formats tell it.
#[derive(Clone, Debug)]
pub struct RuleInfo {
    pub name: &'static str,
    pub severity: Severity,
    pub summary: &'static str,
    /// Markdown; may be empty.
    pub page: String,
    pub url: Option<String>,
}

/// What a finding is known by from one run to the next: its rule, its file and its line's text, not the line's number. Of
/// equal ones the first, second and so on are told apart by `counted`, which starts empty.
pub fn fingerprint(
    diagnostic: &Diagnostic,
    sources: &Sources,
    counted: &mut BTreeMap<String, usize>,
) -> String {
    let place = diagnostic.primary.as_ref().map(|label| {
        let text = sources.text(label.span.file);
        let start = text[..label.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let line = text[start..].lines().next().unwrap_or("").trim();
        format!("{}\0{line}", sources.path(label.span.file))
    });
    let message = if place.is_none() { diagnostic.message.as_str() } else { "" };
    let key = format!("{}\0{}\0{message}", diagnostic.code.name, place.unwrap_or_default());
    let nth = counted.entry(key.clone()).or_default();
    *nth += 1;
    let digest = Sha256::digest(format!("{key}\0{nth}"));
    digest.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// A path as a relative URI reference.
fn uri(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(&byte);
    path.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Makes a text safe to show: control characters and those that reorder text stand as visible escapes.
///
/// Project files and index answers are hostile input; without this a version could clear the screen or hide code.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c == '\n' || c == '\t' || !is_unsafe(c) {
            out.push(c);
        } else {
            out.extend(c.escape_unicode());
        }
    }
    out
}

/// C0, C1 and bidirectional controls (Unicode TR 36): what a terminal may obey instead of show.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_that_a_terminal_obeys_is_left() {
        assert_eq!(super::escape("a\x1b[2Jb\u{202e}c\u{9b}\td\n"), "a\\u{1b}[2Jb\\u{202e}c\\u{9b}\td\n");
    }
}
