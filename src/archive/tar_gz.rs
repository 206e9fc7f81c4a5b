//! Gzipped tar files to the byte: one fixed time, nobody's ids, entries in the order that Python's `tarfile` walks a tree.

use super::ArchiveEntry;
use flate2::{Compression, GzBuilder};
use std::collections::BTreeSet;
use std::io::{self, Write};
use tar::{Builder, EntryType, Header};

/// The time of every entry unless another one is asked for: 1980-01-01, the earliest that wheels made of it can carry.
pub const EARLIEST: u64 = 315_532_800;

/// Writes the files below one directory, `root`, each directory before what is in it. `modified` is in seconds since 1970.
pub fn write<W: Write>(out: W, root: &str, entries: &[ArchiveEntry], modified: u64) -> io::Result<W> {
    // 255 is "unknown": the default names the system that wrote.
    let gzip = GzBuilder::new().mtime(0).operating_system(255).write(out, Compression::default());
    let mut tar = Builder::new(gzip);
    let mut sorted: Vec<&ArchiveEntry> = entries.iter().collect();
    sorted.sort_by(|a, b| a.path.split('/').cmp(b.path.split('/')));
    let mut directories = BTreeSet::new();
    directory(&mut tar, &format!("{root}/"), modified)?;
    for entry in sorted {
        for (at, _) in entry.path.match_indices('/') {
            if directories.insert(&entry.path[..at]) {
                directory(&mut tar, &format!("{root}/{}/", &entry.path[..at]), modified)?;
            }
        }
        let mut header = header(EntryType::Regular, entry.mode, modified);
        header.set_size(entry.content.len() as u64);
        append(&mut tar, header, &format!("{root}/{}", entry.path), &entry.content)?;
    }
    tar.into_inner()?.finish()
}

fn directory<W: Write>(tar: &mut Builder<W>, path: &str, modified: u64) -> io::Result<()> {
    append(tar, header(EntryType::Directory, 0o755, modified), path, &[])
}

fn header(kind: EntryType, mode: u32, modified: u64) -> Header {
    let mut header = Header::new_ustar();
    header.set_entry_type(kind);
    header.set_mode(mode);
    header.set_uid(0);
    header.set_gid(0);
    header.set_mtime(modified);
    header.set_size(0);
    header
}

/// A path that ustar's fields cannot hold, or whose bytes they give no encoding, goes into an extended header (POSIX pax).
fn append<W: Write>(tar: &mut Builder<W>, mut header: Header, path: &str, content: &[u8]) -> io::Result<()> {
    let fits = path.is_ascii() && header.set_path(path).is_ok();
    if !fits {
        let mut extended = self::header(EntryType::XHeader, 0o644, header.mtime()?);
        let record = pax_record("path", path);
        extended.set_size(record.len() as u64);
        extended.set_path("pax_header")?;
        extended.set_cksum();
        tar.append(&extended, record.as_slice())?;
        // What readers without pax see: a name of the same kind, cut.
        let plain: String = path.chars().map(|c| if c.is_ascii() { c } else { '_' }).take(99).collect();
        header.set_path(&plain)?;
    }
    header.set_cksum();
    tar.append(&header, content)
}

/// `LENGTH key=value\n`, where the length counts itself.
fn pax_record(key: &str, value: &str) -> Vec<u8> {
    let rest = format!(" {key}={value}\n");
    let mut length = rest.len();
    while length != rest.len() + length.to_string().len() {
        length = rest.len() + length.to_string().len();
    }
    format!("{length}{rest}").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{Limits, open_sdist};

    #[test]
    fn the_same_files_give_the_same_bytes_which_the_checked_reader_takes() {
        let long = format!("{}/{}.py", "d".repeat(90), "m".repeat(170));
        let entries = [
            ArchiveEntry::new("b/x.py", "1"),
            ArchiveEntry::new("PKG-INFO", "Name: a\nVersion: 1\n"),
            ArchiveEntry::new("b.txt", "2"),
            ArchiveEntry::new("bin/run", "#!\n").mode(0o755),
            ArchiveEntry::new("b/é.txt", "3"),
            ArchiveEntry::new(long.clone(), "4"),
        ];
        let bytes = write(Vec::new(), "a-1", &entries, EARLIEST).unwrap();
        let mut turned = entries.clone();
        turned.reverse();
        assert_eq!(bytes, write(Vec::new(), "a-1", &turned, EARLIEST).unwrap());
        assert_ne!(bytes, write(Vec::new(), "a-1", &entries, EARLIEST + 1).unwrap());
        let sdist = open_sdist("a-1.tar.gz", &bytes, &Limits::default()).unwrap();
        let found: Vec<(&str, bool)> =
            sdist.files.iter().map(|file| (file.path.as_str(), file.executable)).collect();
        let wanted = [
            ("PKG-INFO", false),
            ("b/x.py", false),
            ("b/é.txt", false),
            ("b.txt", false),
            ("bin/run", true),
            (&long, false),
        ];
        assert_eq!(found, wanted);
        assert_eq!(sdist.notes, []);
    }

    #[test]
    fn a_record_counts_its_own_length() {
        for size in 0..300 {
            let record = pax_record("path", &"x".repeat(size));
            let text = String::from_utf8(record).unwrap();
            assert_eq!(text.split(' ').next().unwrap(), text.len().to_string());
        }
    }
}
