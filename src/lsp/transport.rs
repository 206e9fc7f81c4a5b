//! Messages framed by `Content-Length`, in and out.

use super::protocol::{Incoming, Problem};
use serde_json::Value;
use std::io::{self, BufRead, Read, Write};

/// The largest message that is read; a larger one is skipped. A client sends whole files, and files have at most 8 MiB.
const MAX_BODY: u64 = 64 << 20;
/// The longest header line.
const MAX_HEADER: u64 = 8 << 10;

/// Reads the next message; `None` when the client went away or what it sends has no frame.
pub(super) fn read(input: &mut impl BufRead) -> io::Result<Option<Incoming>> {
    let Some(length) = read_header(input)? else { return Ok(None) };
    if length > MAX_BODY {
        let skipped = io::copy(&mut input.take(length), &mut io::sink())?;
        let message = format!("the message has {skipped} bytes, more than the {MAX_BODY} that spx reads");
        return Ok(Some(Incoming::Broken(Problem::new(Problem::INVALID_REQUEST, message))));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    Ok(Some(Incoming::parse(&body)))
}

/// The length of the body; `None` at the end of the input, and for a header that says no length.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        input.take(MAX_HEADER).read_until(b'\n', &mut line)?;
        if !line.ends_with(b"\n") {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Ok(length);
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse::<u64>().ok();
        }
    }
}

pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_written_is_read_and_the_rest_ends_the_session() {
        let mut bytes = Vec::new();
        write(&mut bytes, &json!({ "method": "é🎉" })).unwrap();
        bytes.extend(b"content-type: x\r\ncontent-length: 3\r\n\r\n{]!");
        bytes.extend(b"Content-Length: -1\r\n\r\nrest");
        let mut input = io::Cursor::new(bytes);
        let expected = Incoming::Notification { method: "é🎉".to_owned(), params: Value::Null };
        assert_eq!(read(&mut input).unwrap(), Some(expected));
        assert!(matches!(read(&mut input).unwrap(), Some(Incoming::Broken(_))));
        assert_eq!(read(&mut input).unwrap(), None);
        assert_eq!(read(&mut io::Cursor::new(b"Content-Length: 10\r\n\r\nshort")).unwrap(), None);
    }
}
