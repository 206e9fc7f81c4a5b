//! RECORD: the files of a wheel with their hashes and sizes (PEP 376, PEP 427).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// One row; RECORD's own and its signatures' have neither hash nor size.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RecordRow {
    /// As written: relative, with `/`.
    pub path: String,
    /// `sha256=…`, as written; empty for none.
    pub hash: String,
    /// In bytes; `None` when left out.
    pub size: Option<u64>,
}

/// Why a text is no RECORD, with its line from 1.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {message}")]
pub struct RecordError {
    pub line: usize,
    pub message: &'static str,
}

/// `sha256=` and the digest in URL-safe base64 without padding, as RECORD has it.
pub fn hash(content: &[u8]) -> String {
    format!("sha256={}", URL_SAFE_NO_PAD.encode(Sha256::digest(content)))
}

/// Reads RECORD: CSV with `,` and `"`, three fields a row.
pub fn parse(text: &str) -> Result<Vec<RecordRow>, RecordError> {
    let mut rows = Vec::new();
    let mut line = 1;
    let mut rest = text;
    while !rest.is_empty() {
        let (fields, after) = csv_row(rest).map_err(|message| RecordError { line, message })?;
        line += rest[..rest.len() - after.len()].matches('\n').count();
        rest = after;
        match <[String; 3]>::try_from(fields) {
            Ok([path, hash, size]) => {
                let size = match size.as_str() {
                    "" => None,
                    digits => Some(
                        digits.parse().map_err(|_| RecordError { line, message: "the size is no number" })?,
                    ),
                };
                rows.push(RecordRow { path, hash, size });
            }
            Err(fields) if fields.len() == 1 && fields[0].is_empty() => {}
            Err(_) => return Err(RecordError { line, message: "a row has three fields" }),
        }
    }
    Ok(rows)
}

/// The fields of the first row, and what follows it.
fn csv_row(text: &str) -> Result<(Vec<String>, &str), &'static str> {
    let mut fields = Vec::new();
    let mut rest = text;
    loop {
        let mut field = String::new();
        if let Some(mut quoted) = rest.strip_prefix('"') {
            loop {
                let end = quoted.find('"').ok_or("a quoted field is not closed")?;
                field.push_str(&quoted[..end]);
                quoted = &quoted[end + 1..];
                match quoted.strip_prefix('"') {
                    Some(more) => {
                        field.push('"');
                        quoted = more;
                    }
                    None => break,
                }
            }
            rest = quoted;
        } else {
            let end = rest.find([',', '\n', '\r']).unwrap_or(rest.len());
            if rest[..end].contains('"') {
                return Err("a quote stands inside a field");
            }
            field.push_str(&rest[..end]);
            rest = &rest[end..];
        }
        fields.push(field);
        match rest.as_bytes() {
            [] => return Ok((fields, "")),
            [b',', ..] => rest = &rest[1..],
            [b'\r', b'\n', ..] => return Ok((fields, &rest[2..])),
            [b'\n' | b'\r', ..] => return Ok((fields, &rest[1..])),
            _ => return Err("text follows a quoted field"),
        }
    }
}

/// Writes RECORD with `\n`, as Python's csv module does: a field is quoted when it must be.
pub fn write(rows: &[RecordRow]) -> String {
    let mut out = String::new();
    for row in rows {
        let size = row.size.map(|size| size.to_string()).unwrap_or_default();
        let fields = [row.path.as_str(), &row.hash, &size].map(|field| {
            if field.contains([',', '"', '\n', '\r']) {
                format!("\"{}\"", field.replace('"', "\"\""))
            } else {
                field.to_owned()
            }
        });
        out.push_str(&fields.join(","));
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_survive_writing_and_reading() {
        let rows = vec![
            RecordRow { path: "a/b.py".into(), hash: hash(b"x"), size: Some(1) },
            RecordRow { path: "odd,\"name\".txt".into(), hash: hash(b""), size: Some(0) },
            RecordRow { path: "a.dist-info/RECORD".into(), hash: String::new(), size: None },
        ];
        assert_eq!(parse(&write(&rows)).unwrap(), rows);
        assert_eq!(hash(b""), "sha256=47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU");
        assert_eq!(parse("a,,\r\n\nb,,\r\n").unwrap().len(), 2);
    }

    #[test]
    fn what_is_no_csv_is_refused() {
        for bad in ["a,b", "a,,x", "\"a,,", "\"a\"b,,", "a\"b,,1", "a,,1,2", "a,,\nb"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
        assert_eq!(parse("a,,\nb").unwrap_err().line, 2);
    }
}
