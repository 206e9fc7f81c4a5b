//! The text files that settings name (`file:`, `readme`, `license`), read inside the project only.

use super::{Place, Unknown};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::system::{ReadError, System, normalise};
use crate::text::whitespace::universal_newlines;
use crate::text::{Sources, Span};

/// The most bytes that the files of one setting may have together.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// The most files that one setting may name.
const MAX_FILES: usize = 1_000;

/// Reports what setuptools, or spx, refuses; what it would have given cannot be known.
pub(super) fn refuse(
    diagnostics: &mut Vec<Diagnostic>,
    code: &'static Code,
    span: Span,
    message: &str,
    help: &str,
) -> Unknown {
    let diagnostic = Diagnostic::new(code, span, message);
    diagnostics.push(if help.is_empty() { diagnostic } else { diagnostic.help(help) });
    Unknown { reason: message.to_owned(), span, trail: Vec::new() }
}

/// The texts of files, joined by line ends, and where they were read. A missing one is passed over with a warning.
pub(super) fn read(
    names: &[(&str, Span)],
    system: &dyn System,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(String, Vec<Place>), Unknown> {
    let (mut texts, mut trail): (Vec<String>, Vec<Place>) = (Vec::new(), Vec::new());
    let mut total = 0;
    if let Some((_, span)) = names.get(MAX_FILES) {
        let message = format!("more than {MAX_FILES} files, which is the most that spx joins");
        return Err(refuse(diagnostics, &codes::LIMIT, *span, &message, ""));
    }
    for (path, span) in names {
        let Some((text, place)) = one(path, *span, system, sources, diagnostics)? else { continue };
        total += text.len();
        if total > MAX_TEXT {
            let message =
                format!("the files have more than {MAX_TEXT} bytes, which is the most that spx joins");
            return Err(refuse(diagnostics, &codes::LIMIT, *span, &message, ""));
        }
        texts.push(text);
        trail.push(place);
    }
    Ok((texts.join("\n"), trail))
}

fn one(
    path: &str,
    span: Span,
    system: &dyn System,
    sources: &mut Sources,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<(String, Place)>, Unknown> {
    let read = match normalise(path) {
        Some(inside) => system.read(&inside).map(|content| (inside, content)),
        None => Err(ReadError::Outside),
    };
    let (inside, content) = match read {
        Ok(read) => read,
        Err(error @ (ReadError::NotFound | ReadError::IsDirectory | ReadError::NotADirectory)) => {
            let message = format!("`{path}`: {error}");
            let diagnostic = Diagnostic::new(&codes::MISSING_FILE, span, message).severity(Severity::Warning);
            diagnostics.push(diagnostic.help("setuptools goes on without it"));
            return Ok(None);
        }
        Err(error) => {
            let code =
                if error == ReadError::Outside { &codes::OUTSIDE_PROJECT } else { &codes::UNREADABLE_FILE };
            return Err(refuse(diagnostics, code, span, &format!("`{path}` {error}"), ""));
        }
    };
    let Ok(text) = String::from_utf8(content) else {
        let message = format!("`{path}` is not UTF-8");
        return Err(refuse(diagnostics, &codes::UNREADABLE_FILE, span, &message, "save the file as UTF-8"));
    };
    let file = sources.add(&inside, &text);
    let place = Place { span: sources.head(file), text: format!("read from `{path}`") };
    Ok(Some((universal_newlines(text), place)))
}
