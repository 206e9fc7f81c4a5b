//! Source distributions read with suspicion: one root directory, plain files, and the project that the file name says.

use super::names;
use super::rejection::{Limits, Note, Rejection};
use super::tar_reader::{self, TarMember};
use super::wheel::{headers, only};
use super::zip_reader;
use crate::packaging::Version;
use crate::packaging::name::normalize;
use std::collections::BTreeSet;
use std::str::FromStr;

/// A file of a source distribution.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SdistFile {
    /// Below the root directory.
    pub path: String,
    pub content: Vec<u8>,
    pub executable: bool,
}

/// A source distribution whose every byte was checked.
#[derive(Clone, Debug)]
pub struct CheckedSdist {
    /// The directory that everything stands in.
    pub root: String,
    /// In the archive's order.
    pub files: Vec<SdistFile>,
    pub notes: Vec<Note>,
}

/// Opens a source distribution (`.tar.gz`, `.tgz` or `.zip`) by its file name (the last component) and content.
pub fn open_sdist(file_name: &str, content: &[u8], limits: &Limits) -> Result<CheckedSdist, Rejection> {
    let (stem, members, mut notes) = if let Some(stem) = file_name.strip_suffix(".zip") {
        (stem, zip_members(content, limits)?, Vec::new())
    } else if let Some(stem) = file_name.strip_suffix(".tar.gz").or_else(|| file_name.strip_suffix(".tgz")) {
        let (members, notes) = tar_reader::members(content, limits)?;
        (stem, members, notes)
    } else {
        let message = format!("{} is no `.tar.gz`, `.tgz` or `.zip`", names::shown(file_name));
        return Err(Rejection::new("sdist-file-name", message));
    };
    notes.extend(names::check_all(members.iter().map(|member| member.name.as_str()))?);
    let roots: BTreeSet<&str> = members.iter().filter_map(|member| member.name.split('/').next()).collect();
    let root = match roots.first() {
        Some(root) if roots.len() == 1 => (*root).to_owned(),
        _ => {
            let message = format!("the archive has {} top-level names instead of one directory", roots.len());
            return Err(Rejection::new("sdist-layout", message));
        }
    };
    let mut files = Vec::new();
    for TarMember { name, content, executable } in
        members.into_iter().filter(|member| !member.name.ends_with('/'))
    {
        let Some(path) = name.strip_prefix(&root).and_then(|rest| rest.strip_prefix('/')) else {
            return Err(Rejection::new("sdist-layout", "the archive's only top-level name is a file"));
        };
        files.push(SdistFile { path: path.to_owned(), content, executable });
    }
    check_identity(stem, &files, &mut notes)?;
    Ok(CheckedSdist { root, files, notes })
}

fn zip_members(content: &[u8], limits: &Limits) -> Result<Vec<TarMember>, Rejection> {
    let mut out = Vec::new();
    for member in zip_reader::members(content, limits)? {
        let mut content_of = Vec::new();
        zip_reader::unpack(content, &member, |piece| content_of.extend_from_slice(piece))?;
        out.push(TarMember { name: member.name, content: content_of, executable: member.executable });
    }
    Ok(out)
}

/// PKG-INFO must be that of the file name, where a legacy name may itself contain `-`.
fn check_identity(stem: &str, files: &[SdistFile], notes: &mut Vec<Note>) -> Result<(), Rejection> {
    let Some(info) = files.iter().find(|file| file.path == "PKG-INFO") else {
        notes.push(Note {
            code: "no-pkg-info",
            message: "the source distribution has no PKG-INFO".to_owned(),
        });
        return Ok(());
    };
    // Descriptions of old tools may be in any encoding; names and versions are ASCII.
    let text = String::from_utf8_lossy(&info.content);
    let wrong = |why: &str| Rejection::new("sdist-metadata", format!("PKG-INFO {why}"));
    // Old descriptions have carriage returns within lines, which Python's reader takes for their ends.
    let text = text.replace("\r\n", "\n");
    if hides_identity(&text) {
        return Err(wrong("has a carriage return that hides a header"));
    }
    let headers = headers(&text.replace('\r', " ")).map_err(wrong)?;
    let (Some(name), Some(version)) = (only(&headers, "name"), only(&headers, "version")) else {
        return Err(wrong("does not give one name and one version"));
    };
    let same_version = |text: &str| match (Version::from_str(text), Version::from_str(version)) {
        (Ok(file), Ok(own)) => file == own,
        _ => text == version,
    };
    let same = stem
        .match_indices('-')
        .any(|(at, _)| normalize(&stem[..at]) == normalize(name) && same_version(&stem[at + 1..]));
    if same {
        return Ok(());
    }
    let message = format!(
        "PKG-INFO is that of {} {}, not of this file name",
        names::shown(name),
        names::shown(version)
    );
    Err(Rejection::new("sdist-identity", message))
}

/// Whether somebody who takes a lone carriage return for the end of a line finds another name or version than who does not:
/// among all lines, or among those before the first that is no header.
fn hides_identity(text: &str) -> bool {
    let section = text.split("\n\n").next().unwrap_or_default();
    let name = |line: &str| line.split_once(':').map(|(name, _)| name.to_ascii_lowercase());
    let is_header = |line: &&str| {
        let named =
            name(line).is_some_and(|n| !n.is_empty() && n.bytes().all(|byte| byte.is_ascii_graphic()));
        named || line.starts_with([' ', '\t'])
    };
    let identity = |line: &&str| matches!(name(line).as_deref(), Some("name" | "version"));
    let kept: Vec<&str> = section.split('\n').filter(identity).collect();
    let lines = || section.split(['\n', '\r']);
    let all: Vec<&str> = lines().filter(identity).collect();
    let before: Vec<&str> = lines().take_while(is_header).filter(identity).collect();
    section.contains('\r') && (all != kept || before != kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{ArchiveEntry, zip};
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::{Cursor, Write};

    /// A ustar header with content.
    fn block(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
        let mut header = vec![0_u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..107].copy_from_slice(b"0000644");
        header[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        header[156] = kind;
        header[257..265].copy_from_slice(b"ustar\x0000");
        seal(&mut header);
        header.extend_from_slice(content);
        header.resize(header.len().div_ceil(512) * 512, 0);
        header
    }

    fn seal(header: &mut [u8]) {
        header[148..156].copy_from_slice(b"        ");
        let sum: u32 = header[..512].iter().map(|byte| u32::from(*byte)).sum();
        header[148..154].copy_from_slice(format!("{sum:06o}").as_bytes());
        header[154] = 0;
    }

    fn gzip(blocks: &[Vec<u8>]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&blocks.concat()).unwrap();
        encoder.finish().unwrap()
    }

    fn sound() -> Vec<Vec<u8>> {
        vec![
            block("a-b-1.0/", b'5', b""),
            block("a-b-1.0/PKG-INFO", b'0', b"Name: A_b\nVersion: 1.0\n\nbody \xff"),
            block("a-b-1.0/setup.py", b'0', b"setup()\n"),
        ]
    }

    fn end() -> Vec<u8> {
        vec![0; 1024]
    }

    fn open(blocks: &[Vec<u8>]) -> Result<CheckedSdist, Rejection> {
        open_sdist("a-b-1.0.tar.gz", &gzip(blocks), &Limits::default())
    }

    fn code_with(more: Vec<u8>) -> &'static str {
        let blocks = [sound(), vec![more, end()]].concat();
        open(&blocks).map_or_else(|error| error.code, |_| "accepted")
    }

    #[test]
    fn a_sound_sdist_is_read() {
        let sdist = open(&[sound(), vec![end()]].concat()).unwrap();
        assert_eq!(sdist.root, "a-b-1.0");
        let files: Vec<_> = sdist.files.iter().map(|file| (file.path.as_str(), file.content.len())).collect();
        assert_eq!(files, [("PKG-INFO", 30), ("setup.py", 8)]);
        assert!(sdist.notes.is_empty());
        assert_eq!(open(&sound()).unwrap().notes[0].code, "no-end-of-archive");
        let zipped = [ArchiveEntry::new("a-1/setup.py", "x")];
        let zipped = zip::write(Cursor::new(Vec::new()), &zipped).unwrap().into_inner();
        assert_eq!(open_sdist("a-1.zip", &zipped, &Limits::default()).unwrap().files[0].path, "setup.py");
        assert!(open_sdist("a-1.tar.gz", &zipped, &Limits::default()).is_err());
    }

    #[test]
    fn carriage_returns_in_a_description_hide_no_header() {
        let with = |info: &[u8]| {
            let mut blocks = sound();
            blocks[1] = block("a-b-1.0/PKG-INFO", b'0', info);
            open(&blocks).map(|_| ()).map_err(|rejection| rejection.message)
        };
        assert_eq!(with(b"Name: A_b\r\nVersion: 1.0\r\n"), Ok(()));
        assert_eq!(with(b"Name: A_b\nVersion: 1.0\nDescription: x\n  or \"\rBA\rA0\"\n"), Ok(()));
        assert_eq!(with(b"Name: A_b\nVersion: 1.0\nDescription: x\rSummary: y\n"), Ok(()));
        let hidden = Err("PKG-INFO has a carriage return that hides a header".to_owned());
        assert_eq!(with(b"Name: A_b\nVersion: 1.0\nDescription: x\rVersion: 2.0\n"), hidden);
        assert_eq!(with(b"Name: A_b\nDescription: x\rcut\nVersion: 1.0\n"), hidden);
        assert_eq!(with(b"Description: x\r\rName: A_b\nName: A_b\nVersion: 1.0\n"), hidden);
        assert!(with(b"Name: A_b\nVersion: 1.0\nDescription: x\0\n").is_err());
    }

    #[test]
    fn members_that_are_no_plain_files_are_refused() {
        assert_eq!(code_with(block("a-b-1.0/x", b'0', b"1")), "accepted");
        for kind in *b"123467KS" {
            assert_eq!(code_with(block("a-b-1.0/x", kind, b"")), "special-member", "{}", kind as char);
        }
        assert_eq!(code_with(block("a-b-1.0/../x", b'0', b"")), "unsafe-name");
        assert_eq!(code_with(block("/x", b'0', b"")), "unsafe-name");
        assert_eq!(code_with(block("other/x", b'0', b"")), "sdist-layout");
        assert_eq!(code_with(block("a-b-1.0/setup.py", b'0', b"")), "duplicate-member");
    }

    #[test]
    fn links_to_own_files_are_copies_when_allowed() {
        let open = |target: &str| {
            let mut link = block("a-b-1.0/docs/x", b'2', b"");
            link[157..157 + target.len()].copy_from_slice(target.as_bytes());
            seal(&mut link);
            let limits = Limits { sdist_links: true, ..Limits::default() };
            let bytes = gzip(&[sound(), vec![link, end()]].concat());
            open_sdist("a-b-1.0.tar.gz", &bytes, &limits).map(|sdist| sdist.files[2].content.clone())
        };
        assert_eq!(open("../setup.py").as_deref(), Ok(b"setup()\n".as_slice()));
        for target in ["../../etc/passwd", "../../../x", "/etc/passwd", "x", "..", "", "../gone"] {
            assert_eq!(open(target).unwrap_err().code, "special-member", "{target}");
        }
    }

    #[test]
    fn extension_headers_may_not_contradict() {
        let extended = |records: &str| {
            [block("pax", b'x', records.as_bytes()), block("a-b-1.0/x", b'0', b"12")].concat()
        };
        assert_eq!(code_with(extended("19 path=a-b-1.0/é\n")), "accepted");
        assert_eq!(code_with(extended("10 size=2\n")), "accepted");
        assert_eq!(code_with(extended("10 size=0\n")), "tar-framing");
        assert_eq!(code_with(extended("10 path=..\n")), "tar-framing", "the length is wrong");
        assert_eq!(code_with(extended("11 path=..\n")), "unsafe-name");
        assert_eq!(code_with(extended("8 path=\n")), "unsafe-name");
        assert_eq!(code_with(extended("22 GNU.sparse.major=1\n")), "special-member");
        assert_eq!(code_with(block("pax", b'x', b"10 size=2\n")), "tar-framing", "nothing follows");
        let long = [block("long", b'L', b"a-b-1.0/long\0"), block("a-b-1.0/x", b'0', b"")].concat();
        assert_eq!(code_with(long), "accepted");
    }

    #[test]
    fn framing_must_be_sound() {
        let archive = [sound(), vec![end()]].concat();
        let mut header = block("a-b-1.0/x", b'0', b"");
        header[0] = b'b';
        assert_eq!(code_with(header), "tar-framing", "the checksum is wrong");
        let mut negative = block("a-b-1.0/x", b'0', b"");
        negative[124..136].copy_from_slice(&[0xff; 12]);
        seal(&mut negative);
        assert_eq!(code_with(negative), "tar-framing");
        assert_eq!(
            open(&[archive.clone(), vec![block("a-b-1.0/x", b'0', b"")]].concat()).unwrap_err().code,
            "tar-framing"
        );
        let bytes = gzip(&archive);
        for bad in [
            [bytes.clone(), vec![0]].concat(),
            [bytes.clone(), bytes.clone()].concat(),
            bytes[..bytes.len() - 9].to_vec(),
        ] {
            assert_eq!(
                open_sdist("a-b-1.0.tar.gz", &bad, &Limits::default()).unwrap_err().code,
                "tar-framing"
            );
        }
        for name in ["other-1.0.tar.gz", "a-b-1.1.tar.gz"] {
            assert_eq!(open_sdist(name, &bytes, &Limits::default()).unwrap_err().code, "sdist-identity");
        }
        let limits = Limits { total: 2048, ..Limits::default() };
        assert_eq!(open_sdist("a-b-1.0.tar.gz", &bytes, &limits).unwrap_err().code, "archive-limit");
    }
}
