//! Bytes to text as Python's tokenizer decodes source: BOM, PEP 263 cookie, else UTF-8.

/// Why bytes are not text, with the byte offset where that shows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    #[error("byte 0x{byte:02x} at offset {offset} is not valid {encoding}")]
    Invalid { encoding: &'static str, byte: u8, offset: usize },
    #[error("encoding `{0}` is not one that spx reads")]
    UnknownEncoding(String),
    #[error("encoding cookie `{0}` contradicts the UTF-8 byte order mark")]
    CookieAgainstMark(String),
    #[error("the file contains a NUL byte at offset {0}")]
    Nul(usize),
}

/// Decodes Python source (PEP 263). The byte order mark, if any, is left out of the text.
pub fn decode_python(bytes: &[u8]) -> Result<String, DecodeError> {
    if let Some(at) = bytes.iter().position(|b| *b == 0) {
        return Err(DecodeError::Nul(at));
    }
    let marked = bytes.starts_with(b"\xef\xbb\xbf");
    match cookie(bytes) {
        Some(name) if marked && !matches!(normalise(&name).as_str(), "utf-8" | "utf8" | "utf-8-sig") => {
            Err(DecodeError::CookieAgainstMark(name))
        }
        Some(name) => decode(bytes, &name),
        None => decode_utf8(bytes),
    }
}

/// Decodes UTF-8 text with an optional byte order mark (requirements files, setup.cfg).
pub fn decode_utf8(bytes: &[u8]) -> Result<String, DecodeError> {
    let (bytes, skipped) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, 3),
        None => (bytes, 0),
    };
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|error| {
        let at = error.valid_up_to();
        DecodeError::Invalid { encoding: "UTF-8", byte: bytes[at], offset: at + skipped }
    })
}

/// Decodes with a codec by its Python name: the UTF-8, Latin-1, ASCII and Windows 125x families that real files name.
pub fn decode(bytes: &[u8], encoding: &str) -> Result<String, DecodeError> {
    match normalise(encoding).as_str() {
        "utf-8" | "utf8" | "u8" | "utf" | "utf-8-sig" | "cp65001" => decode_utf8(bytes),
        "ascii" | "us-ascii" | "646" => match bytes.iter().position(|b| *b >= 0x80) {
            Some(at) => Err(DecodeError::Invalid { encoding: "ASCII", byte: bytes[at], offset: at }),
            None => Ok(bytes.iter().map(|b| *b as char).collect()),
        },
        "latin-1" | "latin1" | "iso-8859-1" | "iso8859-1" | "8859" | "cp819" | "l1" => {
            Ok(bytes.iter().map(|b| *b as char).collect())
        }
        "iso-8859-15" | "latin-9" | "latin9" | "iso8859-15" | "l9" => {
            Ok(bytes.iter().map(|b| latin9(*b)).collect())
        }
        "cp1252" | "windows-1252" | "1252" => bytes
            .iter()
            .enumerate()
            .map(|(at, b)| {
                cp1252(*b).ok_or(DecodeError::Invalid { encoding: "cp1252", byte: *b, offset: at })
            })
            .collect(),
        "cp1251" | "windows-1251" | "1251" => bytes
            .iter()
            .enumerate()
            .map(|(at, b)| {
                cp1251(*b).ok_or(DecodeError::Invalid { encoding: "cp1251", byte: *b, offset: at })
            })
            .collect(),
        // Bytes below 0x80 are the same in all of these.
        name if OVER_ASCII.contains(&name) && bytes.is_ascii() => {
            Ok(bytes.iter().map(|b| *b as char).collect())
        }
        _ => Err(DecodeError::UnknownEncoding(encoding.to_owned())),
    }
}

/// Codecs of Python that are read only where a file keeps to ASCII, which they all contain.
const OVER_ASCII: &[&str] = &[
    "big5",
    "big5hkscs",
    "cp1250",
    "cp1253",
    "cp1254",
    "cp1255",
    "cp1256",
    "cp1257",
    "cp1258",
    "cp437",
    "cp850",
    "cp852",
    "cp855",
    "cp866",
    "cp874",
    "cp932",
    "cp936",
    "cp949",
    "cp950",
    "euc-jp",
    "euc-kr",
    "eucjp",
    "euckr",
    "gb18030",
    "gb2312",
    "gbk",
    "iso-8859-10",
    "iso-8859-13",
    "iso-8859-14",
    "iso-8859-16",
    "iso-8859-2",
    "iso-8859-3",
    "iso-8859-4",
    "iso-8859-5",
    "iso-8859-6",
    "iso-8859-7",
    "iso-8859-8",
    "iso-8859-9",
    "koi8-r",
    "koi8-u",
    "latin-2",
    "latin2",
    "latin5",
    "mac-cyrillic",
    "mac-roman",
    "windows-1250",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
];

fn normalise(encoding: &str) -> String {
    encoding.to_ascii_lowercase().replace(['_', ' '], "-")
}

/// The encoding named by a PEP 263 comment in the first two lines.
pub fn cookie(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for line in bytes.split(|b| *b == b'\n').take(2) {
        let line: String = line.iter().map(|b| *b as char).collect();
        let trimmed = line.trim_start_matches([' ', '\t', '\x0c']);
        if let Some(comment) = trimmed.strip_prefix('#') {
            if let Some(name) = cookie_in(comment) {
                return Some(name);
            }
        } else if !trimmed.trim_end_matches('\r').is_empty() {
            return None;
        }
    }
    None
}

/// The encoding that one line names in a comment, as pip looks for it in the first two lines of a requirements file.
pub fn comment_encoding(line: &[u8]) -> Option<String> {
    let comment: String = line.strip_prefix(b"#")?.iter().map(|byte| *byte as char).collect();
    cookie_in(&comment)
}

fn cookie_in(comment: &str) -> Option<String> {
    comment.match_indices("coding").find_map(|(at, word)| {
        let rest = comment[at + word.len()..].strip_prefix([':', '='])?;
        let name: String = rest
            .trim_start_matches([' ', '\t'])
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
            .collect();
        (!name.is_empty()).then_some(name)
    })
}

/// The bytes 0x80 to 0xbf; 0x98 is none.
const CP1251: &str = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{fffd}™љ›њќћџ\u{a0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{ad}®Ї°±Ііґµ¶·ё№є»јЅѕї";

fn cp1251(byte: u8) -> Option<char> {
    match byte {
        0x00..=0x7f => Some(byte as char),
        0x80..=0xbf => CP1251.chars().nth(usize::from(byte - 0x80)).filter(|c| *c != '\u{fffd}'),
        0xc0..=0xff => char::from_u32(0x410 + u32::from(byte - 0xc0)),
    }
}

fn latin9(byte: u8) -> char {
    match byte {
        0xa4 => '€',
        0xa6 => 'Š',
        0xa8 => 'š',
        0xb4 => 'Ž',
        0xb8 => 'ž',
        0xbc => 'Œ',
        0xbd => 'œ',
        0xbe => 'Ÿ',
        other => other as char,
    }
}

fn cp1252(byte: u8) -> Option<char> {
    const HIGH: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’',
        '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => Some(HIGH[(byte - 0x80) as usize]).filter(|c| *c != '\0'),
        other => Some(other as char),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_and_marks() {
        assert_eq!(
            decode_python(b"# -*- coding: latin-1 -*-\nx = '\xe9'").as_deref(),
            Ok("# -*- coding: latin-1 -*-\nx = 'é'")
        );
        assert_eq!(
            decode_python(b"#!/usr/bin/python\n# vim: set fileencoding=cp1252 :\n'\x80'")
                .map(|t| t.ends_with("'€'")),
            Ok(true)
        );
        assert_eq!(decode_python(b"\xef\xbb\xbfx = 1").as_deref(), Ok("x = 1"));
        assert_eq!(
            decode_python(b"x = 1\n# coding: latin-1\n'\xe9'"),
            Err(DecodeError::Invalid { encoding: "UTF-8", byte: 0xe9, offset: 25 })
        );
        assert_eq!(
            decode_python(b"\xef\xbb\xbf# coding: latin-1\n"),
            Err(DecodeError::CookieAgainstMark("latin-1".into()))
        );
        assert_eq!(decode_python(b"# coding: rot13\n"), Err(DecodeError::UnknownEncoding("rot13".into())));
        assert_eq!(decode_python(b"x = 1\0"), Err(DecodeError::Nul(5)));
    }
}
