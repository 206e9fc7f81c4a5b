//! Zip files to the byte: fixed times, one creator system, entries in the order given.

use super::ArchiveEntry;
use std::io::{self, Read, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Writes entries in the order given, after what `out` already holds (a header line: offsets stay absolute).
///
/// Times are 1980-01-01, the earliest that zip has, so that the same entries give the same bytes everywhere.
pub fn write<W: Write + Seek>(out: W, entries: &[ArchiveEntry]) -> io::Result<W> {
    let mut writer = Writer::new(out);
    for entry in entries {
        writer.add(entry)?;
    }
    writer.finish()
}

/// [`write()`] one entry at a time, for archives that are not held in memory.
pub struct Writer<W: Write + Seek>(ZipWriter<W>);

impl<W: Write + Seek> Writer<W> {
    pub fn new(out: W) -> Self {
        Self(ZipWriter::new(out))
    }

    pub fn add(&mut self, entry: &ArchiveEntry) -> io::Result<()> {
        let method = if entry.compress { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        self.start(&entry.path, entry.mode, method, entry.content.len() as u64)?;
        self.0.write_all(&entry.content)
    }

    /// Stores what `content` has, byte for byte; `len` is about how much that is (4 GiB and more need other records).
    pub fn add_stored(&mut self, path: &str, len: u64, content: &mut impl Read) -> io::Result<u64> {
        self.start(path, 0o644, CompressionMethod::Stored, len)?;
        io::copy(content, &mut self.0)
    }

    pub fn finish(self) -> io::Result<W> {
        Ok(self.0.finish()?)
    }

    fn start(&mut self, path: &str, mode: u32, method: CompressionMethod, len: u64) -> io::Result<()> {
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(mode)
            .system(System::Unix)
            .large_file(len >= u64::from(u32::MAX));
        Ok(self.0.start_file(path, options)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn the_same_entries_give_the_same_bytes() {
        let entries =
            [ArchiveEntry::new("a/b.py", "x = 1\n"), ArchiveEntry::new("run", "#!\n").stored().mode(0o755)];
        let once = write(Cursor::new(Vec::new()), &entries).unwrap().into_inner();
        assert_eq!(once, write(Cursor::new(Vec::new()), &entries).unwrap().into_inner());
        assert!(once.windows(3).any(|w| w == b"#!\n"), "stored as it is");
    }
}
