//! Scripts of `scripts=[…]`: the first line made independent of this machine (distutils' build_scripts).

use crate::text::encoding::{DecodeError, decode_python};

/// The bytes that Python's text layer decodes at once: what stands behind them in a file that is only copied is not read.
const FIRST_CHUNK: usize = 8192;

/// Why a script cannot be installed: setuptools fails on it too.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum ScriptError {
    #[error("is empty")]
    Empty,
    #[error("is not text that Python can read: {0}")]
    Undecodable(DecodeError),
}

/// The script as a wheel carries it: a first line that names a Python becomes `#!python`, with its arguments and with
/// line ends as `\n`; any other file is kept byte for byte.
pub(super) fn installed(content: &[u8]) -> Result<Vec<u8>, ScriptError> {
    if content.is_empty() {
        return Err(ScriptError::Empty);
    }
    let mark: &[u8] = if content.starts_with(b"\xef\xbb\xbf") { b"\xef\xbb\xbf" } else { b"" };
    let body = &content[mark.len()..];
    let end = body.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(body.len());
    let arguments = python_arguments(&body[..end]);
    match decode_python(content) {
        Ok(_) => {}
        // A file that is only copied is read to the first line's end, so a binary one may pass.
        Err(DecodeError::Invalid { offset, .. }) if arguments.is_none() && offset >= FIRST_CHUNK => {}
        Err(DecodeError::Nul(_)) if arguments.is_none() && starts_as_text(content) => {}
        Err(error) => return Err(ScriptError::Undecodable(error)),
    }
    let Some(arguments) = arguments else { return Ok(content.to_vec()) };
    let mut out = Vec::with_capacity(content.len());
    out.extend_from_slice(mark);
    out.extend_from_slice(b"#!python");
    out.extend_from_slice(arguments);
    out.push(b'\n');
    let rest = match &body[end..] {
        [b'\r', b'\n', rest @ ..] | [b'\n' | b'\r', rest @ ..] => rest,
        rest => rest,
    };
    let mut bytes = rest.iter().peekable();
    while let Some(byte) = bytes.next() {
        if *byte == b'\r' {
            bytes.next_if_eq(&&b'\n');
            out.push(b'\n');
        } else {
            out.push(*byte);
        }
    }
    Ok(out)
}

/// What follows the interpreter in a first line that `^#!.*python[0-9.]*([ \t].*)?$` matches, the blank included.
fn python_arguments(line: &[u8]) -> Option<&[u8]> {
    let line = line.strip_prefix(b"#!")?;
    let word = b"python";
    // The last `python` that the rest of the pattern can follow wins, as the pattern is greedy.
    (0..line.len().saturating_sub(word.len() - 1)).rev().find_map(|at| {
        let after = line[at..].strip_prefix(word)?;
        let digits = after.iter().take_while(|byte| byte.is_ascii_digit() || **byte == b'.').count();
        let rest = &after[digits..];
        matches!(rest.first(), None | Some(b' ' | b'\t')).then_some(rest)
    })
}

/// Whether the part that Python's text layer would decode is UTF-8.
fn starts_as_text(content: &[u8]) -> bool {
    match std::str::from_utf8(&content[..content.len().min(FIRST_CHUNK)]) {
        Ok(_) => true,
        Err(error) => error.error_len().is_none() && content.len() > FIRST_CHUNK,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &str) -> String {
        String::from_utf8(installed(content.as_bytes()).unwrap()).unwrap()
    }

    /// As setuptools 84.2.1 wrote them.
    #[test]
    fn first_lines_that_name_python_are_rewritten() {
        for (written, wanted) in [
            ("#!/usr/bin/python\nx\n", "#!python\nx\n"),
            ("#!/usr/bin/env python3.11 -E\r\nx\r\ny\rz", "#!python -E\nx\ny\nz"),
            ("#! /opt/python2/bin/python2.7\t-u", "#!python\t-u\n"),
            ("#!/usr/bin/env python -c python\nx", "#!python\nx"),
            ("\u{feff}#!/usr/bin/python\nx", "\u{feff}#!python\nx"),
            ("#!/usr/bin/python3-config\r\nx", "#!/usr/bin/python3-config\r\nx"),
            ("#!/bin/sh\r\n", "#!/bin/sh\r\n"),
            ("print('python')\r\n", "print('python')\r\n"),
        ] {
            assert_eq!(text(written), wanted, "{written:?}");
        }
        let latin = b"#!/usr/bin/python\n# coding: latin-1\n'\xe9'\r\n";
        assert_eq!(installed(latin).unwrap(), b"#!python\n# coding: latin-1\n'\xe9'\n");
    }

    #[test]
    fn what_setuptools_cannot_read_is_refused() {
        assert_eq!(installed(b""), Err(ScriptError::Empty));
        assert!(installed(b"#!/usr/bin/python\n\xff").is_err());
        assert!(installed(b"\xff\xfe").is_err());
        assert!(installed(b"\x7fELF\0 plain").is_ok());
    }
}
