//! Zip files to the byte: fixed times, one creator system, entries in the order given.

use super::ArchiveEntry;
use std::io::{self, Seek, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// Writes entries in the order given, after what `out` already holds (a header line: offsets stay absolute).
///
/// Times are 1980-01-01, the earliest that zip has, so that the same entries give the same bytes everywhere.
pub fn write<W: Write + Seek>(out: W, entries: &[ArchiveEntry]) -> io::Result<W> {
    let mut writer = ZipWriter::new(out);
    for entry in entries {
        let method = if entry.compress { CompressionMethod::Deflated } else { CompressionMethod::Stored };
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(DateTime::default())
            .unix_permissions(entry.mode)
            .system(System::Unix)
            .large_file(entry.content.len() as u64 >= u64::from(u32::MAX));
        writer.start_file(entry.path.as_str(), options)?;
        writer.write_all(&entry.content)?;
    }
    Ok(writer.finish()?)
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
