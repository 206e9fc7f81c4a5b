//! The `METADATA` of a wheel, out of any source that can seek: a file, or ranges of one on a server.

use std::io::{self, Read, Seek, SeekFrom};
use zip::ZipArchive;

/// The most bytes that finding one file may read: the list of the largest real wheels' entries is some 3 MiB, and each
/// entry takes several times its bytes in memory.
const MAX_DIRECTORY: u64 = 16 * 1024 * 1024;

/// Why there is no metadata.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum WheelMetadataError {
    #[error("it is no zip file that can be read: {0}")]
    Zip(String),
    #[error("it has no `.dist-info/METADATA` at its top level")]
    Missing,
    #[error("it has two `.dist-info/METADATA` at its top level")]
    Twice,
    #[error("its METADATA has more than {0} bytes")]
    TooLarge(u64),
}

/// Reads the one `*.dist-info/METADATA` at the top level, of at most `limit` bytes.
///
/// This checks nothing else of the archive: it is for looking a file up, not for installing it.
pub fn read<R: Read + Seek>(source: R, limit: u64) -> Result<Vec<u8>, WheelMetadataError> {
    let broken = |error: &dyn std::fmt::Display| WheelMetadataError::Zip(error.to_string());
    let source = Frugal { source, left: MAX_DIRECTORY };
    let mut archive = ZipArchive::new(source).map_err(|error| broken(&error))?;
    let mut found: Option<String> = None;
    for name in archive.file_names().flatten() {
        let top = name.strip_suffix("/METADATA").and_then(|directory| directory.strip_suffix(".dist-info"));
        if top.is_some_and(|top| !top.contains('/')) && found.replace(name.into_owned()).is_some() {
            return Err(WheelMetadataError::Twice);
        }
    }
    let name = found.ok_or(WheelMetadataError::Missing)?;
    let entry = archive.by_name(&name).map_err(|error| broken(&error))?;
    let mut content = Vec::new();
    entry.take(limit + 1).read_to_end(&mut content).map_err(|error| broken(&error))?;
    if content.len() as u64 > limit {
        return Err(WheelMetadataError::TooLarge(limit));
    }
    Ok(content)
}

/// A source that gives so many bytes and no more.
struct Frugal<R> {
    source: R,
    left: u64,
}

impl<R: Read> Read for Frugal<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 && !buffer.is_empty() {
            return Err(io::Error::other("its list of entries is too long"));
        }
        let allowed = buffer.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let count = self.source.read(&mut buffer[..allowed])?;
        self.left -= count as u64;
        Ok(count)
    }
}

impl<R: Seek> Seek for Frugal<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.source.seek(to)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{ArchiveEntry, zip};
    use std::io::Cursor;

    fn wheel(paths: &[&str]) -> Cursor<Vec<u8>> {
        let entries: Vec<_> =
            paths.iter().map(|path| ArchiveEntry::new(*path, format!("Name: {path}\n"))).collect();
        zip::write(Cursor::new(Vec::new()), &entries).unwrap()
    }

    #[test]
    fn metadata_is_found_or_explained() {
        let text = read(wheel(&["a.py", "x/y.dist-info/METADATA", "a-1.dist-info/METADATA"]), 100).unwrap();
        assert_eq!(text, b"Name: a-1.dist-info/METADATA\n");
        assert_eq!(read(wheel(&["a.py"]), 100), Err(WheelMetadataError::Missing));
        let two = wheel(&["a-1.dist-info/METADATA", "b-1.dist-info/METADATA"]);
        assert_eq!(read(two, 100), Err(WheelMetadataError::Twice));
        assert_eq!(read(wheel(&["a-1.dist-info/METADATA"]), 5), Err(WheelMetadataError::TooLarge(5)));
        let whole = wheel(&["a-1.dist-info/METADATA"]).into_inner();
        for end in 0..whole.len() {
            assert!(read(Cursor::new(&whole[..end]), 100).is_err(), "cut at {end}");
        }
    }
}
