//! Zip files read with suspicion: every reader, from the front or from the end, must see the same members.
//!
//! Own framing checks, by PKWARE's APPNOTE: the end record ends the file, the central directory ends at it, each member
//! of the central directory has a local header that says the same, members follow each other without gap or overlap
//! from the first byte on. So nothing can hide before, between or behind them.

use super::names;
use super::rejection::{Limits, Rejection};
use flate2::{Crc, Decompress, FlushDecompress, Status};
use std::ops::Range;

const LOCAL: &[u8] = b"PK\x03\x04";
const CENTRAL: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";
const END64: &[u8] = b"PK\x06\x06";
const LOCATOR64: &[u8] = b"PK\x06\x07";
const DESCRIPTOR: &[u8] = b"PK\x07\x08";

/// A member of a checked zip.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ZipMember {
    /// A directory's ends in `/`.
    pub name: String,
    /// In bytes, unpacked.
    pub size: u64,
    /// Whether its Unix mode has an execute bit.
    pub executable: bool,
    crc: u32,
    deflated: bool,
    /// Its packed bytes.
    data: Range<usize>,
}

impl ZipMember {
    pub fn is_directory(&self) -> bool {
        self.name.ends_with('/')
    }
}

fn framing(message: impl Into<String>) -> Rejection {
    Rejection::new("zip-framing", message)
}

/// Little-endian fields out of bytes whose length is not trusted.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], Rejection> {
        let (taken, rest) =
            self.0.split_at_checked(length).ok_or_else(|| framing("a zip header is cut short"))?;
        self.0 = rest;
        Ok(taken)
    }

    fn number(&mut self, length: usize) -> Result<u64, Rejection> {
        Ok(self.take(length)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn signature(&mut self, signature: &[u8], what: &str) -> Result<(), Rejection> {
        if self.take(4)? == signature {
            Ok(())
        } else {
            Err(framing(format!("{what} is not where it should be")))
        }
    }
}

/// What the end of the file says about the central directory.
struct Directory {
    entries: u64,
    /// Where it stands, and where what follows it starts.
    range: Range<usize>,
}

/// What a central or local header says, sizes and places aside.
struct Header<'a> {
    flags: u64,
    method: u64,
    crc: u64,
    name: &'a [u8],
    extra: &'a [u8],
}

/// The members of a zip, in the archive's order, once its framing is sound. Contents are not unpacked yet.
pub fn members(content: &[u8], limits: &Limits) -> Result<Vec<ZipMember>, Rejection> {
    members_after(content, 0, limits)
}

/// [`members`] of a zip that stands behind a header of so many bytes, which its offsets count (PEP 441).
pub fn members_after(content: &[u8], header: usize, limits: &Limits) -> Result<Vec<ZipMember>, Rejection> {
    if !content.get(header..).is_some_and(|zip| zip.starts_with(LOCAL)) {
        let what =
            if content.is_empty() { "the file is empty" } else { "the file does not start as a zip does" };
        return Err(framing(what));
    }
    let directory = directory(content)?;
    if directory.entries > limits.entries {
        let message = format!("the archive has {} members, more than {}", directory.entries, limits.entries);
        return Err(Rejection::limit(message));
    }
    let mut fields = Fields(&content[directory.range.clone()]);
    let mut found = Vec::new();
    for _ in 0..directory.entries {
        found.push(central(&mut fields)?);
    }
    if !fields.0.is_empty() {
        return Err(framing("the central directory holds more than its members"));
    }
    // Writers may order the directory otherwise than the members; their places decide.
    found.sort_by_key(|(offset, ..)| *offset);
    let mut at = header as u64;
    let mut out = Vec::new();
    let mut total = 0_u64;
    let next: Vec<u64> =
        found.iter().skip(1).map(|(offset, ..)| *offset).chain([directory.range.start as u64]).collect();
    for ((offset, header, attributes, sizes), next) in found.into_iter().zip(next) {
        if offset != at {
            return Err(framing("members overlap, or bytes stand between them"));
        }
        let member = local(content, offset, next, &header, attributes, sizes)?;
        total = total.saturating_add(member.size);
        out.push(member);
        at = next;
    }
    limits.check(content.len() as u64, total)?;
    Ok(out)
}

fn directory(content: &[u8]) -> Result<Directory, Rejection> {
    let missing = || framing("the end of the zip is missing: the file is cut short, or no zip");
    let from = content.len().saturating_sub(END.len() + 18 + 0xffff);
    let at = content[from..].windows(END.len()).rposition(|window| window == END).ok_or_else(missing)? + from;
    let mut end = Fields(&content[at + 4..]);
    let disks = (end.number(2)?, end.number(2)?);
    let (here, entries) = (end.number(2)?, end.number(2)?);
    let (size, offset) = (end.number(4)?, end.number(4)?);
    let comment = end.number(2)? as usize;
    if end.0.len() != comment {
        return Err(framing("bytes follow the end of the zip"));
    }
    if end.0.windows(2).any(|window| window == b"PK") {
        return Err(framing("the archive's comment holds another zip"));
    }
    if disks != (0, 0) || here != entries {
        return Err(framing("the zip has several parts"));
    }
    let (entries, size, offset, stop) =
        match at.checked_sub(20).filter(|at| content[*at..].starts_with(LOCATOR64)) {
            Some(locator) => zip64(content, locator, [entries, size, offset])?,
            None if entries == 0xffff || size == 0xffff_ffff || offset == 0xffff_ffff => {
                return Err(framing("the ZIP64 end of the zip is missing"));
            }
            None => (entries, size, offset, at),
        };
    let start = usize::try_from(offset).map_err(|_| missing())?;
    if entries == 0 || offset.checked_add(size) != Some(stop as u64) {
        return Err(framing("the central directory is not where the end of the zip says"));
    }
    Ok(Directory { entries, range: start..stop })
}

/// The ZIP64 end record: entries, size, offset, and where it starts.
fn zip64(content: &[u8], locator: usize, small: [u64; 3]) -> Result<(u64, u64, u64, usize), Rejection> {
    let mut fields = Fields(&content[locator + 4..]);
    let (disk, at, disks) = (fields.number(4)?, fields.number(8)?, fields.number(4)?);
    // The record has 56 bytes and stands right before its locator.
    if disk != 0 || disks != 1 || locator.checked_sub(56).map(|at| at as u64) != Some(at) {
        return Err(framing("the ZIP64 end of the zip is not where its locator says"));
    }
    let start = locator - 56;
    let mut fields = Fields(&content[start..locator]);
    fields.signature(END64, "the ZIP64 end of the zip")?;
    let length = fields.number(8)?;
    fields.take(4)?;
    let disks = (fields.number(4)?, fields.number(4)?);
    let (here, entries, size, offset) =
        (fields.number(8)?, fields.number(8)?, fields.number(8)?, fields.number(8)?);
    if length != 44 || disks != (0, 0) || here != entries {
        return Err(framing("the ZIP64 end of the zip is malformed"));
    }
    let sentinels = [0xffff, 0xffff_ffff, 0xffff_ffff];
    let agree = [entries, size, offset]
        .iter()
        .zip(small)
        .zip(sentinels)
        .all(|((big, small), sentinel)| small == sentinel || small == *big);
    if !agree {
        return Err(framing("the two ends of the zip disagree"));
    }
    Ok((entries, size, offset, start))
}

/// Sizes once ZIP64 is read: unpacked, packed.
type Sizes = (u64, u64);

/// One member of the central directory: the place of its local header, what it says, its attributes, its sizes.
fn central<'a>(fields: &mut Fields<'a>) -> Result<(u64, Header<'a>, u64, Sizes), Rejection> {
    fields.signature(CENTRAL, "a member of the central directory")?;
    fields.take(4)?;
    let (flags, method) = (fields.number(2)?, fields.number(2)?);
    fields.take(4)?;
    let (crc, packed, size) = (fields.number(4)?, fields.number(4)?, fields.number(4)?);
    let lengths = (fields.number(2)?, fields.number(2)?, fields.number(2)?);
    let disk = fields.number(2)?;
    fields.take(2)?;
    let (attributes, offset) = (fields.number(4)?, fields.number(4)?);
    let name = fields.take(lengths.0 as usize)?;
    let extra = fields.take(lengths.1 as usize)?;
    let comment = fields.take(lengths.2 as usize)?;
    if disk != 0 || comment.windows(2).any(|window| window == b"PK") {
        return Err(framing("a member of the central directory is malformed"));
    }
    let header = Header { flags, method, crc, name, extra };
    let mut wide = Fields(extra_field(&header, 1)?.unwrap_or(&[]));
    let mut widen = |small: u64| if small == 0xffff_ffff { wide.number(8) } else { Ok(small) };
    let size = widen(size)?;
    let packed = widen(packed)?;
    let offset = widen(offset)?;
    if !matches!(wide.0.len(), 0) {
        return Err(framing("a ZIP64 field holds more than it should"));
    }
    Ok((offset, header, attributes, (size, packed)))
}

/// One extra field by its number; fields that stand twice, are cut short or give another name are refused.
fn extra_field<'a>(header: &Header<'a>, wanted: u64) -> Result<Option<&'a [u8]>, Rejection> {
    let mut fields = Fields(header.extra);
    let mut seen = Vec::new();
    let mut found = None;
    while !fields.0.is_empty() {
        let (id, length) = (fields.number(2)?, fields.number(2)?);
        let data = fields.take(length as usize)?;
        if matches!(id, 1 | 0x7075) && seen.contains(&id) {
            return Err(framing("an extra field of a member stands there twice"));
        }
        seen.push(id);
        // Info-ZIP's Unicode path: version, checksum of the plain name, the name again.
        if id == 0x7075 && data.get(5..) != Some(header.name) {
            return Err(framing("a member has two names"));
        }
        if id == wanted {
            found = Some(data);
        }
    }
    Ok(found)
}

/// The member whose local header stands at `offset`, and whose last byte stands before `next`.
fn local(
    content: &[u8],
    offset: u64,
    next: u64,
    central: &Header<'_>,
    attributes: u64,
    (size, packed): Sizes,
) -> Result<ZipMember, Rejection> {
    let shown = names::shown(&String::from_utf8_lossy(central.name));
    let within = usize::try_from(offset).ok().zip(usize::try_from(next).ok());
    let record = within.and_then(|(from, to)| content.get(from..to));
    let (start, record) = (offset as usize, record.ok_or_else(|| framing("members overlap"))?);
    let mut fields = Fields(record);
    fields.signature(LOCAL, &format!("the local header of {shown}"))?;
    fields.take(2)?;
    let (flags, method) = (fields.number(2)?, fields.number(2)?);
    fields.take(4)?;
    let (crc, own_packed, own_size) = (fields.number(4)?, fields.number(4)?, fields.number(4)?);
    let lengths = (fields.number(2)?, fields.number(2)?);
    let name = fields.take(lengths.0 as usize)?;
    let extra = fields.take(lengths.1 as usize)?;
    let header = Header { flags, method, crc, name, extra };
    let mut wide = Fields(extra_field(&header, 1)?.unwrap_or(&[]));
    let zip64 = !wide.0.is_empty();
    let mut widen = |small: u64| if small == 0xffff_ffff { wide.number(8) } else { Ok(small) };
    let own_size = widen(own_size)?;
    let own_packed = widen(own_packed)?;
    let described = flags & 8 != 0;
    let same = (crc, own_packed, own_size) == (central.crc, packed, size);
    let later = described && crc == 0 && own_packed == 0 && own_size == 0;
    if name != central.name || flags != central.flags || method != central.method || !(same || later) {
        return Err(framing(format!("the two headers of {shown} disagree")));
    }
    let after = fields.0;
    let data = usize::try_from(packed).ok().and_then(|packed| after.split_at_checked(packed));
    let (_, rest) = data.ok_or_else(|| framing(format!("{shown} is cut short")))?;
    if described {
        descriptor(rest, zip64, central.crc, packed, size).map_err(|_| {
            framing(format!("the data descriptor of {shown} disagrees with the central directory"))
        })?;
    } else if !rest.is_empty() {
        return Err(framing(format!("bytes stand behind {shown}")));
    }
    let data = start + (record.len() - after.len());
    member(central, attributes, size, data..data + packed as usize)
}

/// A data descriptor takes all of `rest`: with or without signature, with sizes of 4 or 8 bytes.
fn descriptor(rest: &[u8], zip64: bool, crc: u64, packed: u64, size: u64) -> Result<(), Rejection> {
    let body = match rest.len() {
        16 | 24 => rest.strip_prefix(DESCRIPTOR).unwrap_or(&[]),
        _ => rest,
    };
    let width = if body.len() == 20 { 8 } else { 4 };
    let mut fields = Fields(body);
    let found = (fields.number(4)?, fields.number(width)?, fields.number(width)?);
    let wide = width == 8 && !zip64 && packed <= 0xffff_ffff && size <= 0xffff_ffff;
    if fields.0.is_empty() && found == (crc, packed, size) && !wide {
        Ok(())
    } else {
        Err(framing("a data descriptor disagrees"))
    }
}

/// Judges what the two headers agree on: name, kind, method.
fn member(
    header: &Header<'_>,
    attributes: u64,
    size: u64,
    data: Range<usize>,
) -> Result<ZipMember, Rejection> {
    let bad_name = || Rejection::new("unsafe-name", "a member's name is not UTF-8, or does not say so");
    let name = std::str::from_utf8(header.name).map_err(|_| bad_name())?;
    if !name.is_ascii() && header.flags & 0x800 == 0 {
        return Err(bad_name());
    }
    names::check(name.strip_suffix('/').unwrap_or(name))?;
    let shown = names::shown(name);
    // Deflate's level (bits 1, 2), data descriptor (3), UTF-8 (11); not encryption and patches.
    if header.flags & !(0x2 | 0x4 | 0x8 | 0x800) != 0 {
        return Err(Rejection::new("zip-method", format!("{shown} is encrypted or of an unknown kind")));
    }
    let deflated = match header.method {
        0 if data.len() as u64 == size => false,
        8 => true,
        0 => return Err(framing(format!("{shown} is stored, yet its two sizes differ"))),
        _ => return Err(Rejection::new("zip-method", format!("{shown} is not packed by deflate"))),
    };
    let mode = attributes >> 16;
    let directory = name.ends_with('/');
    match mode & 0o170_000 {
        0 => {}
        0o100_000 if !directory => {}
        0o040_000 if directory => {}
        _ => return Err(Rejection::new("special-member", format!("{shown} is a link or a special file"))),
    }
    if directory && size != 0 {
        return Err(framing(format!("the directory {shown} has content")));
    }
    Ok(ZipMember {
        name: name.to_owned(),
        size,
        executable: !directory && mode & 0o111 != 0,
        crc: header.crc as u32,
        deflated,
        data,
    })
}

/// Unpacks a member piece by piece; its size and checksum hold when this returns `Ok`.
pub fn unpack(content: &[u8], member: &ZipMember, mut piece: impl FnMut(&[u8])) -> Result<(), Rejection> {
    let wrong = |why: &str| Rejection::new("zip-content", format!("{} {why}", names::shown(&member.name)));
    let packed = content.get(member.data.clone()).ok_or_else(|| wrong("is cut short"))?;
    let mut crc = Crc::new();
    if member.deflated {
        let mut inflate = Decompress::new(false);
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let (read, written) = (inflate.total_in(), inflate.total_out());
            let status = inflate
                .decompress(&packed[read as usize..], &mut buffer, FlushDecompress::None)
                .map_err(|_| wrong("is not deflated as it says"))?;
            let made = (inflate.total_out() - written) as usize;
            if inflate.total_out() > member.size {
                return Err(wrong("unpacks to more than its size"));
            }
            crc.update(&buffer[..made]);
            piece(&buffer[..made]);
            if status == Status::StreamEnd {
                break;
            }
            if made == 0 && inflate.total_in() == read {
                return Err(wrong("is cut short"));
            }
        }
        if inflate.total_out() != member.size || inflate.total_in() != packed.len() as u64 {
            return Err(wrong("does not unpack to its size"));
        }
    } else {
        crc.update(packed);
        piece(packed);
    }
    if crc.sum() == member.crc { Ok(()) } else { Err(wrong("does not match its checksum")) }
}
