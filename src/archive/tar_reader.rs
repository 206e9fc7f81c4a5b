//! `.tar.gz` read with suspicion: one gzip member, one tar, plain files and directories only.
//!
//! Own header checks, by POSIX's pax format and GNU's long names: links, devices and sparse files are refused, and so is
//! a member whose two sizes differ, behind which one reader would see headers and another content.

use super::names;
use super::rejection::{Limits, Note, Rejection};
use flate2::bufread::GzDecoder;
use std::io::Read;

const BLOCK: usize = 512;
/// A pax header or a GNU long name is below this.
const MAX_EXTENSION: u64 = 1024 * 1024;

/// A member of a checked tar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TarMember {
    /// A directory's ends in `/`.
    pub name: String,
    pub content: Vec<u8>,
    pub executable: bool,
}

fn framing(message: impl Into<String>) -> Rejection {
    Rejection::new("tar-framing", message)
}

/// The unpacked stream, with limits on what comes out of it.
struct Stream<'a> {
    gzip: GzDecoder<&'a [u8]>,
    packed: u64,
    unpacked: u64,
    limits: &'a Limits,
}

impl Stream<'_> {
    /// Fills as much of the buffer as there is.
    fn fill(&mut self, buffer: &mut [u8]) -> Result<usize, Rejection> {
        let mut filled = 0;
        while filled < buffer.len() {
            let got = self
                .gzip
                .read(&mut buffer[filled..])
                .map_err(|_| framing("the file is no gzip, or is damaged or cut short"))?;
            if got == 0 {
                break;
            }
            filled += got;
        }
        self.unpacked += filled as u64;
        self.limits.check(self.packed, self.unpacked)?;
        Ok(filled)
    }

    /// A header block; `None` at the end.
    fn block(&mut self) -> Result<Option<[u8; BLOCK]>, Rejection> {
        let mut block = [0; BLOCK];
        match self.fill(&mut block)? {
            0 => Ok(None),
            BLOCK => Ok(Some(block)),
            _ => Err(framing("the archive is cut short")),
        }
    }

    /// Content of a given size, padded to blocks; memory grows with what arrives, not with what a header claims.
    fn content(&mut self, size: u64) -> Result<Vec<u8>, Rejection> {
        self.limits.check(self.packed, self.unpacked.saturating_add(size))?;
        let mut left = size.div_ceil(BLOCK as u64) * BLOCK as u64;
        let mut out = Vec::new();
        while left > 0 {
            let (had, wanted) = (out.len(), left.min(64 * 1024) as usize);
            out.resize(had + wanted, 0);
            if self.fill(&mut out[had..])? != wanted {
                return Err(framing("the archive is cut short"));
            }
            left -= wanted as u64;
        }
        out.truncate(size as usize);
        Ok(out)
    }
}

/// What a header block says.
struct Header {
    name: String,
    mode: u64,
    size: u64,
    kind: u8,
    /// Where a link points.
    link: String,
}

/// What extension headers say about the next member.
#[derive(Default)]
struct Extension {
    path: Option<String>,
    size: Option<u64>,
    any: bool,
}

/// The members of a `.tar.gz`, in order.
pub fn members(content: &[u8], limits: &Limits) -> Result<(Vec<TarMember>, Vec<Note>), Rejection> {
    if !content.starts_with(b"\x1f\x8b\x08") {
        return Err(framing("the file does not start as gzip does"));
    }
    let mut stream =
        Stream { gzip: GzDecoder::new(content), packed: content.len() as u64, unpacked: 0, limits };
    let mut out = Vec::new();
    let mut notes = Vec::new();
    let mut next = Extension::default();
    let mut count = 0;
    let mut links = Vec::new();
    loop {
        let Some(block) = stream.block()? else {
            let message = "the tar has no end marker: its last members may be missing".to_owned();
            notes.push(Note { code: "no-end-of-archive", message });
            break;
        };
        if block.iter().all(|byte| *byte == 0) {
            finish(&mut stream)?;
            break;
        }
        let header = header(&block)?;
        count += 1;
        if count > limits.entries {
            return Err(Rejection::limit(format!("the archive has more than {} members", limits.entries)));
        }
        match header.kind {
            b'x' | b'g' | b'L' => extend(&mut stream, &header, &mut next)?,
            b'0' | b'\0' | b'5' => {
                let extension = std::mem::take(&mut next);
                out.push(member(&mut stream, header, extension)?);
            }
            b'2' if limits.sdist_links && header.size == 0 && !next.any => {
                names::check(&header.name)?;
                links.push((header.name, header.link));
            }
            b'1' | b'2' | b'K' => {
                let message = format!("the member {} is a link", names::shown(&header.name));
                return Err(Rejection::new("special-member", message));
            }
            _ => {
                let message =
                    format!("the member {} is a device, a pipe or sparse", names::shown(&header.name));
                return Err(Rejection::new("special-member", message));
            }
        }
    }
    if next.any {
        return Err(framing("the archive ends after an extension header"));
    }
    // One gzip member, and nothing behind it.
    let mut rest = [0; 1];
    if stream.gzip.read(&mut rest).map_err(|_| framing("the gzip stream is damaged"))? != 0 {
        return Err(framing("bytes follow the archive"));
    }
    if !stream.gzip.into_inner().is_empty() {
        return Err(framing("bytes follow the gzip stream"));
    }
    copy_links(&links, &mut out)?;
    Ok((out, notes))
}

/// Links become copies of the plain files they point to: no link to a link, a directory or out of the archive.
fn copy_links(links: &[(String, String)], members: &mut Vec<TarMember>) -> Result<(), Rejection> {
    let plain = members.len();
    for (name, target) in links {
        let wrong = || {
            let message = format!("the link {} points to no plain file of the archive", names::shown(name));
            Rejection::new("special-member", message)
        };
        let mut parts: Vec<&str> = name.split('/').collect();
        parts.pop();
        for part in target.split('/') {
            match part {
                ".." => drop(parts.pop().ok_or_else(wrong)?),
                "." => {}
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        let file = members[..plain].iter().find(|member| member.name == path).ok_or_else(wrong)?;
        let copy =
            TarMember { name: name.clone(), content: file.content.clone(), executable: file.executable };
        members.push(copy);
    }
    Ok(())
}

/// After the first zero block: another one, and then only zeros.
fn finish(stream: &mut Stream<'_>) -> Result<(), Rejection> {
    while let Some(block) = stream.block()? {
        if block.iter().any(|byte| *byte != 0) {
            return Err(framing("members follow the end of the archive"));
        }
    }
    Ok(())
}

fn header(block: &[u8; BLOCK]) -> Result<Header, Rejection> {
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(at, byte)| if (148..156).contains(&at) { 32 } else { u64::from(*byte) })
        .sum();
    if octal(&block[148..156]) != Some(sum) {
        return Err(framing("a header's checksum is wrong"));
    }
    let magic = &block[257..265];
    let ustar = magic == b"ustar\x0000";
    if !ustar && magic != b"ustar  \0" && magic != [0; 8] {
        return Err(framing("a header is of an unknown kind"));
    }
    let mut name = text(&block[..100])?;
    let prefix = if ustar { text(&block[345..500])? } else { String::new() };
    if !prefix.is_empty() {
        name = format!("{prefix}/{name}");
    }
    let size = octal(&block[124..136]).ok_or_else(|| framing("a member's size is no number"))?;
    let mode = octal(&block[100..108]).unwrap_or(0o644);
    let link = text(&block[157..257])?;
    Ok(Header { name, mode, size, kind: block[156], link })
}

/// Octal digits, padded by blanks and NULs; `None` for GNU's binary numbers, which can be negative.
fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
    if text.is_empty() || !text.bytes().all(|byte| (b'0'..=b'7').contains(&byte)) {
        return text.is_empty().then_some(0);
    }
    u64::from_str_radix(text, 8).ok()
}

/// A NUL-terminated name.
fn text(field: &[u8]) -> Result<String, Rejection> {
    let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
    let name = std::str::from_utf8(&field[..end]);
    name.map(str::to_owned).map_err(|_| Rejection::new("unsafe-name", "a member's name is not UTF-8"))
}

/// Reads an extension header for the next member.
fn extend(stream: &mut Stream<'_>, header: &Header, next: &mut Extension) -> Result<(), Rejection> {
    if header.size > MAX_EXTENSION {
        return Err(Rejection::limit("an extension header has more than 1 MiB"));
    }
    let content = stream.content(header.size)?;
    let global = header.kind == b'g';
    next.any |= !global;
    if header.kind == b'L' {
        let name = text(&content)?;
        // The content is the name and its NUL.
        if content.len() > name.len() + 1 || next.path.is_some() {
            return Err(framing("a long name is malformed"));
        }
        next.path = Some(name);
        return Ok(());
    }
    let mut rest = content.as_slice();
    while !rest.is_empty() {
        let (key, value, after) = pax_record(rest).ok_or_else(|| framing("a pax header is malformed"))?;
        rest = after;
        match key {
            "path" | "size" if global => return Err(framing("a global header sets a name or a size")),
            "path" if next.path.is_none() => next.path = Some(value.to_owned()),
            "size" if next.size.is_none() => {
                next.size = Some(value.parse().map_err(|_| framing("a member's size is no number"))?);
            }
            "path" | "size" => return Err(framing("a member has two names or sizes")),
            key if key.starts_with("GNU.sparse") => {
                return Err(Rejection::new("special-member", "a member is sparse"));
            }
            "hdrcharset" => return Err(framing("a pax header is not UTF-8")),
            // Times, owners and comments do not matter; links are refused by their kind.
            _ => {}
        }
    }
    Ok(())
}

/// `length key=value\n`, the length counting all of it; and what follows.
fn pax_record(bytes: &[u8]) -> Option<(&str, &str, &[u8])> {
    let blank = bytes.iter().take(20).position(|byte| *byte == b' ')?;
    let length: usize = std::str::from_utf8(&bytes[..blank])
        .ok()
        .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?
        .parse()
        .ok()?;
    let record = bytes.get(blank + 1..length)?.strip_suffix(b"\n")?;
    let (key, value) = std::str::from_utf8(record).ok()?.split_once('=')?;
    (!key.is_empty() && !value.contains('\0')).then_some((key, value, &bytes[length..]))
}

fn member(stream: &mut Stream<'_>, header: Header, extension: Extension) -> Result<TarMember, Rejection> {
    let name = extension.path.unwrap_or(header.name);
    let shown = names::shown(&name);
    let directory = header.kind == b'5' || name.ends_with('/');
    let path = name.trim_end_matches('/');
    names::check(path)?;
    if extension.size.is_some_and(|size| size != header.size) {
        return Err(framing(format!("the member {shown} has two sizes")));
    }
    if directory && header.size != 0 {
        return Err(framing(format!("the directory {shown} has content")));
    }
    let content = stream.content(header.size)?;
    let name = if directory { format!("{path}/") } else { path.to_owned() };
    Ok(TarMember { name, content, executable: !directory && header.mode & 0o111 != 0 })
}
