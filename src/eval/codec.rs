//! Python's text codecs: names, what they encode and decode, and the errors they give.
//!
//! Modelled exactly: UTF-8, UTF-16, ASCII, Latin-1, Latin-9, Windows-1252, `unicode_escape`, `string_escape`; what would give
//! lone surrogates is not.

use crate::text::encoding;

/// A codec that is modelled.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Codec {
    Utf8,
    Utf8Sig,
    /// With a byte order mark.
    Utf16,
    Utf16Little,
    Utf16Big,
    Ascii,
    Latin1,
    Latin9,
    Windows1252,
    UnicodeEscape,
    /// Bytes to bytes, of Python 2.
    StringEscape,
    /// Bytes to bytes.
    Hex,
    /// Text to text.
    Rot13,
}

/// What a name stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    Codec(Codec),
    /// One that CPython has (on some platform) and spx does not model.
    NotModelled,
    /// LookupError.
    Nothing,
}

/// Why text has no bytes, or bytes no text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Failure {
    /// From, to (in characters, or in bytes), and CPython's words.
    At(usize, usize, &'static str),
    NotModelled(&'static str),
}

/// With what names of codecs begin that spx does not model.
const NOT_MODELLED: &[&str] = &[
    "ansi",
    "arabic",
    "ascii",
    "asmo",
    "base64",
    "base_64",
    "big5",
    "bz2",
    "charmap",
    "chinese",
    "cp",
    "cs",
    "cyrillic",
    "ebcdic",
    "ecma",
    "elot",
    "euc",
    "gb",
    "greek",
    "hebrew",
    "hex",
    "hkscs",
    "hp",
    "hz",
    "ibm",
    "idna",
    "iso",
    "jisx",
    "johab",
    "kjs",
    "koi",
    "korean",
    "ks",
    "kz",
    "l1",
    "l2",
    "l3",
    "l4",
    "l5",
    "l6",
    "l7",
    "l8",
    "l9",
    "latin",
    "mac",
    "mbcs",
    "ms",
    "oem",
    "palmos",
    "pt",
    "punycode",
    "quopri",
    "quoted",
    "r8",
    "raw_unicode",
    "rk",
    "roman8",
    "rot",
    "ruscii",
    "s_jis",
    "shift",
    "sjis",
    "strk",
    "thai",
    "tis",
    "u16",
    "u32",
    "u7",
    "u8",
    "u_jis",
    "uhc",
    "ujis",
    "undefined",
    "unicode",
    "us",
    "utf",
    "uu",
    "windows",
    "x_mac",
    "zip",
    "zlib",
];

/// Looks a name up as CPython does: case does not matter, and what is no letter, digit or dot is one `_`.
pub fn find(name: &str, python2: bool) -> Named {
    let mut words =
        name.split(|c: char| !c.is_ascii_alphanumeric() && c != '.').filter(|word| !word.is_empty());
    let mut plain = words.next().unwrap_or_default().to_ascii_lowercase();
    for word in words {
        plain.push('_');
        plain.push_str(&word.to_ascii_lowercase());
    }
    Named::Codec(match plain.as_str() {
        "utf_8" | "utf8" | "u8" | "utf" | "cp65001" => Codec::Utf8,
        "utf_8_sig" => Codec::Utf8Sig,
        "utf_16" | "utf16" | "u16" => Codec::Utf16,
        "utf_16_le" | "utf_16le" => Codec::Utf16Little,
        "utf_16_be" | "utf_16be" => Codec::Utf16Big,
        "ascii" | "us_ascii" | "us" | "646" => Codec::Ascii,
        "latin_1" | "latin1" | "latin" | "l1" | "iso8859_1" | "iso_8859_1" | "iso8859" | "8859" | "cp819" => {
            Codec::Latin1
        }
        "iso8859_15" | "iso_8859_15" | "latin9" | "latin_9" | "l9" => Codec::Latin9,
        "cp1252" | "windows_1252" | "1252" => Codec::Windows1252,
        "unicode_escape" => Codec::UnicodeEscape,
        "string_escape" if python2 => Codec::StringEscape,
        "hex" | "hex_codec" => Codec::Hex,
        "rot13" | "rot_13" => Codec::Rot13,
        other => {
            let known = NOT_MODELLED.iter().any(|prefix| other.starts_with(prefix));
            return if known || other.starts_with(|c: char| c.is_ascii_digit()) {
                Named::NotModelled
            } else {
                Named::Nothing
            };
        }
    })
}

impl Codec {
    /// The name that its errors carry.
    pub fn name(self, python2: bool) -> &'static str {
        match self {
            Self::Utf8 | Self::Utf8Sig if python2 => "utf8",
            Self::Utf8 | Self::Utf8Sig => "utf-8",
            Self::Utf16 | Self::Utf16Little | Self::Utf16Big if python2 => "utf16",
            Self::Utf16Big => "utf-16-be",
            Self::Utf16 | Self::Utf16Little => "utf-16-le",
            Self::Ascii => "ascii",
            Self::Latin1 => "latin-1",
            Self::Latin9 | Self::Windows1252 => "charmap",
            Self::UnicodeEscape => "unicodeescape",
            Self::StringEscape => "string_escape",
            Self::Hex => "hex",
            Self::Rot13 => "rot13",
        }
    }

    /// The name that `codecs.lookup` gives.
    pub fn full_name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf8Sig => "utf-8-sig",
            Self::Utf16 => "utf-16",
            Self::Utf16Little => "utf-16-le",
            Self::Utf16Big => "utf-16-be",
            Self::Ascii => "ascii",
            Self::Latin1 => "iso8859-1",
            Self::Latin9 => "iso8859-15",
            Self::Windows1252 => "cp1252",
            Self::UnicodeEscape => "unicode-escape",
            Self::StringEscape => "string-escape",
            Self::Hex => "hex",
            Self::Rot13 => "rot13",
        }
    }

    fn charmap(self) -> Option<&'static str> {
        match self {
            Self::Latin9 => Some("iso-8859-15"),
            Self::Windows1252 => Some("cp1252"),
            _ => None,
        }
    }

    /// The byte of a character in a codec of one byte a character.
    fn byte(self, character: char) -> Option<u8> {
        let code = u32::from(character);
        match self {
            Self::Ascii => u8::try_from(code).ok().filter(u8::is_ascii),
            Self::Latin1 => u8::try_from(code).ok(),
            _ if character.is_ascii() => u8::try_from(code).ok(),
            _ => {
                let wanted = character.to_string();
                let name = self.charmap()?;
                (0x80..=0xff).find(|byte| encoding::decode(&[*byte], name).is_ok_and(|text| text == wanted))
            }
        }
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Ascii => "ordinal not in range(128)",
            Self::Latin1 => "ordinal not in range(256)",
            _ => "character maps to <undefined>",
        }
    }

    /// `text.encode(…, errors)`.
    pub fn encode(self, text: &str, errors: &str) -> Result<Vec<u8>, Failure> {
        match self {
            Self::Utf8 => return Ok(text.as_bytes().to_vec()),
            Self::Utf8Sig => return Ok([b"\xef\xbb\xbf", text.as_bytes()].concat()),
            Self::Utf16 | Self::Utf16Little => {
                let mark: &[u16] = if self == Self::Utf16 { &[0xfeff] } else { &[] };
                return Ok(mark
                    .iter()
                    .copied()
                    .chain(text.encode_utf16())
                    .flat_map(u16::to_le_bytes)
                    .collect());
            }
            Self::Utf16Big => return Ok(text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
            Self::UnicodeEscape => return Ok(text.chars().flat_map(escape).collect()),
            Self::StringEscape | Self::Hex | Self::Rot13 => {
                return Err(Failure::NotModelled("this codec of byte strings is not modelled for text"));
            }
            Self::Ascii | Self::Latin1 | Self::Latin9 | Self::Windows1252 => {}
        }
        let mut out = Vec::with_capacity(text.len());
        for (index, character) in text.chars().enumerate() {
            if let Some(byte) = self.byte(character) {
                out.push(byte);
                continue;
            }
            match errors {
                "ignore" => {}
                "replace" => out.push(b'?'),
                "xmlcharrefreplace" => out.extend(format!("&#{};", u32::from(character)).into_bytes()),
                "backslashreplace" => out.extend(hexadecimal(character)),
                "strict" | "surrogateescape" => {
                    let run = text.chars().skip(index).take_while(|c| self.byte(*c).is_none()).count();
                    return Err(Failure::At(index, index + run, self.reason()));
                }
                _ => {
                    return Err(Failure::NotModelled("this way with what cannot be encoded is not modelled"));
                }
            }
        }
        Ok(out)
    }

    /// `bytes.decode(…, errors)`.
    pub fn decode(self, bytes: &[u8], errors: &str, python2: bool) -> Result<String, Failure> {
        match self {
            Self::Utf8 => self.decode_parts(bytes, errors, python2),
            Self::Utf8Sig => {
                self.decode_parts(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes), errors, python2)
            }
            Self::Ascii | Self::Latin1 | Self::Latin9 | Self::Windows1252 => {
                self.decode_parts(bytes, errors, python2)
            }
            Self::Utf16 => match bytes {
                [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
                [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
                _ => utf16(bytes, u16::from_le_bytes),
            },
            Self::Utf16Little => utf16(bytes, u16::from_le_bytes),
            Self::Utf16Big => utf16(bytes, u16::from_be_bytes),
            Self::UnicodeEscape => unescape(bytes, true),
            Self::StringEscape | Self::Hex | Self::Rot13 => {
                Err(Failure::NotModelled("this codec of byte strings gives no text"))
            }
        }
    }

    /// The longest valid text at the start, and how many bytes behind it are wrong.
    fn valid_part(self, bytes: &[u8], python2: bool) -> Result<(String, usize, &'static str), Failure> {
        if let Self::Utf8 | Self::Utf8Sig = self {
            return match std::str::from_utf8(bytes) {
                Ok(text) => Ok((text.to_owned(), 0, "")),
                Err(error) => {
                    let (valid, rest) = bytes.split_at(error.valid_up_to());
                    let text = String::from_utf8_lossy(valid).into_owned();
                    if python2 && matches!(rest, [0xed, 0xa0..=0xbf, ..]) {
                        return Err(Failure::NotModelled("text with lone surrogates is not modelled"));
                    }
                    Ok(match error.error_len() {
                        None => (text, rest.len(), "unexpected end of data"),
                        Some(length) if matches!(rest[0], 0xc2..=0xf4) => {
                            (text, length, "invalid continuation byte")
                        }
                        Some(length) => (text, length, "invalid start byte"),
                    })
                }
            };
        }
        let mut text = String::with_capacity(bytes.len());
        for byte in bytes {
            match self {
                Self::Ascii if !byte.is_ascii() => return Ok((text, 1, self.reason())),
                Self::Ascii | Self::Latin1 => text.push(char::from(*byte)),
                _ => match encoding::decode(&[*byte], self.charmap().unwrap_or_default()) {
                    Ok(one) => text.push_str(&one),
                    Err(_) => return Ok((text, 1, self.reason())),
                },
            }
        }
        Ok((text, 0, ""))
    }

    fn decode_parts(self, bytes: &[u8], errors: &str, python2: bool) -> Result<String, Failure> {
        let mut out = String::with_capacity(bytes.len());
        let mut rest = bytes;
        loop {
            let (text, wrong, reason) = self.valid_part(rest, python2)?;
            out.push_str(&text);
            if wrong == 0 {
                return Ok(out);
            }
            // The text's own bytes: one for each character but in UTF-8.
            let length =
                if matches!(self, Self::Utf8 | Self::Utf8Sig) { text.len() } else { text.chars().count() };
            match errors {
                "ignore" => {}
                "replace" => out.push('\u{fffd}'),
                "backslashreplace" if !python2 => {
                    for byte in &rest[length..length + wrong] {
                        out.push_str(&format!("\\x{byte:02x}"));
                    }
                }
                "strict" => {
                    let start = bytes.len() - rest.len() + length;
                    return Err(Failure::At(start, start + wrong, reason));
                }
                "surrogateescape" => {
                    return Err(Failure::NotModelled("text with lone surrogates is not modelled"));
                }
                _ => {
                    return Err(Failure::NotModelled("this way with what cannot be decoded is not modelled"));
                }
            }
            rest = &rest[length + wrong..];
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Failure> {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    if bytes.len() % 2 == 1 {
        return Err(Failure::At(bytes.len() - 1, bytes.len(), "truncated data"));
    }
    String::from_utf16(&units).map_err(|_| Failure::NotModelled("text with lone surrogates is not modelled"))
}

fn hexadecimal(character: char) -> Vec<u8> {
    match u32::from(character) {
        code @ 0..=0xff => format!("\\x{code:02x}"),
        code @ 0x100..=0xffff => format!("\\u{code:04x}"),
        code => format!("\\U{code:08x}"),
    }
    .into_bytes()
}

/// `unicode_escape` of one character.
fn escape(character: char) -> Vec<u8> {
    match character {
        '\n' => b"\\n".to_vec(),
        '\r' => b"\\r".to_vec(),
        '\t' => b"\\t".to_vec(),
        '\\' => b"\\\\".to_vec(),
        ' '..='~' => vec![character as u8],
        other => hexadecimal(other),
    }
}

/// What backslashes in a literal stand for; `unicode` allows `\u` and `\U`.
pub fn unescape(bytes: &[u8], unicode: bool) -> Result<String, Failure> {
    const MALFORMED: Failure = Failure::NotModelled("an escape of this kind is not modelled");
    let mut out = String::with_capacity(bytes.len());
    let mut rest = bytes.iter().copied().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(char::from(byte));
            continue;
        }
        let escaped = rest.next().ok_or(MALFORMED)?;
        let digits = match escaped {
            b'x' => 2,
            b'u' if unicode => 4,
            b'U' if unicode => 8,
            _ => 0,
        };
        if digits > 0 {
            let text: String = rest.by_ref().take(digits).map(char::from).collect();
            let code =
                u32::from_str_radix(&text, 16).ok().filter(|_| text.len() == digits).ok_or(MALFORMED)?;
            out.push(char::from_u32(code).ok_or(MALFORMED)?);
            continue;
        }
        match escaped {
            b'\n' => {}
            b'\\' | b'\'' | b'"' => out.push(char::from(escaped)),
            b'a' => out.push('\x07'),
            b'b' => out.push('\x08'),
            b'f' => out.push('\x0c'),
            b'n' => out.push('\n'),
            b'r' => out.push('\r'),
            b't' => out.push('\t'),
            b'v' => out.push('\x0b'),
            b'0'..=b'7' => {
                let mut code = u32::from(escaped - b'0');
                for _ in 0..2 {
                    let Some(digit) = rest.next_if(|byte| (b'0'..=b'7').contains(byte)) else { break };
                    code = code * 8 + u32::from(digit - b'0');
                }
                let code = if unicode { code } else { code & 0xff };
                out.push(char::from_u32(code).ok_or(MALFORMED)?);
            }
            b'N' if unicode => return Err(MALFORMED),
            other => {
                out.push('\\');
                out.push(char::from(other));
            }
        }
    }
    Ok(out)
}

/// `rot13`, which goes both ways.
pub fn rot13(text: &str) -> String {
    let turn = |character: char, first: u8| char::from(first + (character as u8 - first + 13) % 26);
    text.chars()
        .map(|character| match character {
            'a'..='z' => turn(character, b'a'),
            'A'..='Z' => turn(character, b'A'),
            other => other,
        })
        .collect()
}

/// The bytes that pairs of hexadecimal digits stand for.
pub fn unhex(text: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    if text.len() % 2 == 1 {
        return None;
    }
    text.chunks(2).map(|pair| Some(digit(pair[0])? << 4 | digit(pair[1])?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(find("UTF 8", false), Named::Codec(Codec::Utf8));
        assert_eq!(find("Latin-1", false), Named::Codec(Codec::Latin1));
        assert_eq!(find("shift_jis", false), Named::NotModelled);
        assert_eq!(find("string_escape", false), Named::Nothing);
        assert_eq!(find("no-such-codec", false), Named::Nothing);
    }

    #[test]
    fn errors_stand_where_cpython_sees_them() {
        let wrong = |bytes: &[u8]| Codec::Utf8.decode(bytes, "strict", false);
        assert_eq!(wrong(b"a\xe2\x82X"), Err(Failure::At(1, 3, "invalid continuation byte")));
        assert_eq!(wrong(b"\xe2\x82"), Err(Failure::At(0, 2, "unexpected end of data")));
        assert_eq!(wrong(b"\xc0\x80"), Err(Failure::At(0, 1, "invalid start byte")));
        let both = Codec::Windows1252.encode("a\u{1234}\u{1235}b", "strict");
        assert_eq!(both, Err(Failure::At(1, 3, "character maps to <undefined>")));
        assert_eq!(
            Codec::Utf8.decode(b"\xf0\x90(\xbc", "replace", false).as_deref(),
            Ok("\u{fffd}(\u{fffd}")
        );
    }

    #[test]
    fn escapes() {
        let escaped = Codec::UnicodeEscape.encode("a\u{20ac}\u{1f600}\\\n\u{1}\u{e9}\"", "strict").unwrap();
        assert_eq!(escaped, b"a\\u20ac\\U0001f600\\\\\\n\\x01\\xe9\"");
        assert_eq!(unescape(b"\\n\\x41\\u20ac\\101\\q\\\n", true).as_deref(), Ok("\nA\u{20ac}A\\q"));
        assert_eq!(unescape(b"\\u20ac", false).as_deref(), Ok("\\u20ac"));
        assert!(unescape(b"\\ud800", true).is_err());
    }
}
