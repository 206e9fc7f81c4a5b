//! Wheels read with suspicion: framing, names, identity, RECORD and entry points are checked before anything is used.

use super::names;
use super::rejection::{Limits, Note, Rejection};
use super::zip_reader::{self, ZipMember};
use crate::packaging::Version;
use crate::packaging::entry_point::{self, ObjectReference};
use crate::packaging::name::normalize;
use crate::packaging::record::{self, RecordRow};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256, Sha384, Sha512};
use std::collections::BTreeMap;
use std::str::FromStr;

/// Where a wheel's `.data` directory may put things (PEP 427).
const SCHEMES: &[&str] = &["purelib", "platlib", "headers", "scripts", "data"];

/// A wheel whose every byte was checked.
#[derive(Clone, Debug)]
pub struct CheckedWheel {
    /// Normalised (PEP 503).
    pub name: String,
    pub version: Version,
    /// `py3-none-any`.
    pub tag: String,
    /// The members in the archive's order, directories left out.
    pub members: Vec<ZipMember>,
    /// `name-version.dist-info`.
    pub dist_info: String,
    /// METADATA, decoded.
    pub metadata: String,
    pub purelib: bool,
    pub entry_points: Vec<entry_point::EntryPoint>,
    pub notes: Vec<Note>,
    content: Vec<u8>,
}

impl CheckedWheel {
    /// The content of a member of [`Self::members`].
    pub fn read(&self, member: &ZipMember) -> Result<Vec<u8>, Rejection> {
        let mut out = Vec::new();
        zip_reader::unpack(&self.content, member, |piece| out.extend_from_slice(piece))?;
        Ok(out)
    }

    pub fn member(&self, path: &str) -> Option<&ZipMember> {
        self.members.iter().find(|member| member.name == path)
    }

    /// The wheel itself.
    pub fn bytes(&self) -> &[u8] {
        &self.content
    }
}

/// What a wheel's file name says (PEP 427).
struct FileName {
    name: String,
    version: Version,
    tag: String,
}

/// Opens a wheel by its file name (the last component) and content.
pub fn open_wheel(file_name: &str, content: Vec<u8>, limits: &Limits) -> Result<CheckedWheel, Rejection> {
    let identity = file_identity(file_name)?;
    let members = zip_reader::members(&content, limits)?;
    let mut notes = names::check_all(members.iter().map(|member| member.name.as_str()))?;
    let members: Vec<ZipMember> = members.into_iter().filter(|member| !member.is_directory()).collect();
    let dist_info = dist_info(&members, &identity)?;
    check_data_directories(&members, &identity)?;
    let text = |name: &str| text_member(&content, &members, &format!("{dist_info}/{name}"), limits);
    let missing =
        |name: &str| Rejection::new("wheel-layout", format!("the wheel has no `{dist_info}/{name}`"));
    let rows = text("RECORD")?.ok_or_else(|| missing("RECORD"))?;
    let metadata = text("METADATA")?.ok_or_else(|| missing("METADATA"))?;
    let wheel = text("WHEEL")?.ok_or_else(|| missing("WHEEL"))?;
    let points = text("entry_points.txt")?.unwrap_or_default();
    check_record(&content, &members, &dist_info, &rows, &mut notes)?;
    check_metadata(&metadata, &identity)?;
    let purelib = check_wheel_file(&wheel)?;
    let entry_points = check_entry_points(&points, &mut notes)?;
    let starts_with_python = |path: &str| path.strip_suffix(".pth").is_some_and(|stem| !stem.contains('/'));
    for member in members.iter().filter(|member| starts_with_python(&member.name)) {
        let message = format!("{} may run code whenever Python starts", names::shown(&member.name));
        notes.push(Note { code: "pth-file", message });
    }
    let FileName { name, version, tag } = identity;
    Ok(CheckedWheel {
        name,
        version,
        tag,
        members,
        dist_info,
        metadata,
        purelib,
        entry_points,
        notes,
        content,
    })
}

fn file_identity(file_name: &str) -> Result<FileName, Rejection> {
    let wrong = || {
        let message = format!(
            "{} is no wheel's file name: name-version-python-abi-platform.whl",
            names::shown(file_name)
        );
        Rejection::new("wheel-file-name", message)
    };
    let parts: Vec<&str> = file_name.strip_suffix(".whl").ok_or_else(wrong)?.split('-').collect();
    let (build, tags) = match parts.len() {
        5 => (None, &parts[2..]),
        6 => (Some(parts[2]), &parts[3..]),
        _ => return Err(wrong()),
    };
    let plain = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.'))
    };
    let version = parts[1].replace('_', "-");
    let version = Version::from_str(&version).map_err(|_| wrong())?;
    if !plain(parts[0])
        || !tags.iter().all(|tag| plain(tag))
        || build.is_some_and(|build| !plain(build) || !build.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Err(wrong());
    }
    Ok(FileName { name: normalize(parts[0]), version, tag: tags.join("-") })
}

/// The one `.dist-info` directory, which must be the file name's.
fn dist_info(members: &[ZipMember], identity: &FileName) -> Result<String, Rejection> {
    let mut tops: Vec<&str> = members
        .iter()
        .filter_map(|m| Some(m.name.split_once('/')?.0))
        .filter(|top| top.ends_with(".dist-info"))
        .collect();
    tops.sort_unstable();
    tops.dedup();
    let [only] = tops.as_slice() else {
        let message = format!("the wheel has {} `.dist-info` directories", tops.len());
        return Err(Rejection::new("wheel-layout", message));
    };
    let stem = only.strip_suffix(".dist-info").unwrap_or(only);
    if is_identity(stem, identity) {
        Ok((*only).to_owned())
    } else {
        let message = format!("the directory {} does not belong to this file name", names::shown(only));
        Err(Rejection::new("wheel-identity", message))
    }
}

fn is_identity(stem: &str, identity: &FileName) -> bool {
    stem.split_once('-').is_some_and(|(name, version)| {
        normalize(name) == identity.name
            && Version::from_str(&version.replace('_', "-")).is_ok_and(|version| version == identity.version)
    })
}

fn check_data_directories(members: &[ZipMember], identity: &FileName) -> Result<(), Rejection> {
    for member in members {
        let Some((top, rest)) = member.name.split_once('/') else { continue };
        let own = top.strip_suffix(".data").is_some_and(|stem| is_identity(stem, identity));
        if own && !rest.split_once('/').is_some_and(|(scheme, _)| SCHEMES.contains(&scheme)) {
            let message = format!("{} stands in no known part of `.data`", names::shown(&member.name));
            return Err(Rejection::new("wheel-layout", message));
        }
    }
    Ok(())
}

/// A text of `.dist-info`, decoded; `None` when it is not there.
fn text_member(
    content: &[u8],
    members: &[ZipMember],
    path: &str,
    limits: &Limits,
) -> Result<Option<String>, Rejection> {
    let Some(member) = members.iter().find(|member| member.name == path) else { return Ok(None) };
    if member.size > limits.text {
        return Err(Rejection::limit(format!(
            "`{path}` has {} bytes, more than {}",
            member.size, limits.text
        )));
    }
    let mut bytes = Vec::new();
    zip_reader::unpack(content, member, |piece| bytes.extend_from_slice(piece))?;
    String::from_utf8(bytes)
        .map(Some)
        .map_err(|_| Rejection::new("wheel-metadata", format!("`{path}` is not UTF-8")))
}

/// Every member must be listed with a strong hash that holds; all contents are unpacked for it, once.
fn check_record(
    content: &[u8],
    members: &[ZipMember],
    dist_info: &str,
    text: &str,
    notes: &mut Vec<Note>,
) -> Result<(), Rejection> {
    let wrong = |message: String| Rejection::new("wheel-record", message);
    let rows = record::parse(text).map_err(|error| wrong(format!("RECORD is malformed: {error}")))?;
    let mut by_path: BTreeMap<&str, &RecordRow> = BTreeMap::new();
    for row in &rows {
        names::check(row.path.strip_suffix('/').unwrap_or(&row.path))
            .map_err(|error| wrong(format!("RECORD lists an unsafe path: {error}")))?;
        if by_path.insert(&row.path, row).is_some_and(|other| other != row) {
            return Err(wrong(format!("RECORD lists {} twice, differently", names::shown(&row.path))));
        }
    }
    for member in members {
        let row = by_path.remove(member.name.as_str());
        let name = member.name.strip_prefix(dist_info).and_then(|rest| rest.strip_prefix('/'));
        let unhashed = matches!(name, Some("RECORD" | "RECORD.jws" | "RECORD.p7s"));
        if unhashed {
            zip_reader::unpack(content, member, |_| {})?;
            continue;
        }
        let row = row.ok_or_else(|| wrong(format!("RECORD does not list {}", names::shown(&member.name))))?;
        let digest = match row.hash.split_once('=').unwrap_or((&row.hash, "")).0 {
            "sha256" => digest::<Sha256>(content, member)?,
            "sha384" => digest::<Sha384>(content, member)?,
            "sha512" => digest::<Sha512>(content, member)?,
            _ => return Err(wrong(format!("RECORD has no strong hash for {}", names::shown(&member.name)))),
        };
        let written = row.hash.split_once('=').map_or("", |(_, digest)| digest.trim_end_matches('='));
        if written != digest || row.size.is_some_and(|size| size != member.size) {
            return Err(wrong(format!("{} is not what RECORD says", names::shown(&member.name))));
        }
    }
    let record = format!("{dist_info}/RECORD");
    for path in by_path.into_keys().filter(|path| *path != record && !path.ends_with('/')) {
        let message = format!("RECORD lists {}, which the wheel does not have", names::shown(path));
        notes.push(Note { code: "record-extra", message });
    }
    Ok(())
}

fn digest<D: Digest>(content: &[u8], member: &ZipMember) -> Result<String, Rejection> {
    let mut hasher = D::new();
    zip_reader::unpack(content, member, |piece| hasher.update(piece))?;
    Ok(URL_SAFE_NO_PAD.encode(hasher.finalize()))
}

/// The headers of an RFC 822 text such as METADATA: name and value, continuation lines joined by `\n`.
pub(super) fn headers(text: &str) -> Result<Vec<(String, String)>, &'static str> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.is_empty() {
            break;
        }
        if line.contains(['\0', '\r']) {
            return Err("has a control character in a header");
        }
        if line.starts_with([' ', '\t']) {
            let (_, value) = out.last_mut().ok_or("starts with a continuation line")?;
            value.push('\n');
            value.push_str(line.trim_start());
            continue;
        }
        let (name, value) = line.split_once(':').ok_or("has a line that is no header")?;
        if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') {
            return Err("has a header without a name");
        }
        out.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    Ok(out)
}

/// The only value of a header.
pub(super) fn only<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let mut values = headers.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
    values.next().filter(|_| values.next().is_none())
}

fn check_metadata(text: &str, identity: &FileName) -> Result<(), Rejection> {
    let headers = headers(text).map_err(|why| Rejection::new("wheel-metadata", format!("METADATA {why}")))?;
    let (Some(name), Some(version)) = (only(&headers, "name"), only(&headers, "version")) else {
        return Err(Rejection::new("wheel-metadata", "METADATA does not give one name and one version"));
    };
    let same = normalize(name) == identity.name
        && Version::from_str(version).is_ok_and(|version| version == identity.version);
    if same {
        return Ok(());
    }
    let message = format!(
        "METADATA is that of {} {}, not of this file name",
        names::shown(name),
        names::shown(version)
    );
    Err(Rejection::new("wheel-identity", message))
}

/// Whether the wheel's root goes to purelib.
fn check_wheel_file(text: &str) -> Result<bool, Rejection> {
    let wrong = |why: String| Rejection::new("wheel-metadata", format!("WHEEL {why}"));
    let headers = headers(text).map_err(|why| wrong(why.to_owned()))?;
    let version = only(&headers, "wheel-version").unwrap_or("");
    if version.split('.').next() != Some("1") {
        return Err(wrong(format!("is of version {}, of which spx knows only 1", names::shown(version))));
    }
    Ok(only(&headers, "root-is-purelib").is_some_and(|value| value.eq_ignore_ascii_case("true")))
}

fn check_entry_points(text: &str, notes: &mut Vec<Note>) -> Result<Vec<entry_point::EntryPoint>, Rejection> {
    let wrong = |why: String| Rejection::new("wheel-entry-point", format!("entry_points.txt {why}"));
    let points = entry_point::parse(text).map_err(|line| wrong(format!("is malformed at line {line}")))?;
    for point in &points {
        let script = matches!(point.group.as_str(), "console_scripts" | "gui_scripts");
        let valid = point.value.parse::<ObjectReference>().is_ok();
        if script && (names::check(&point.name).is_err() || point.name.contains('/') || !valid) {
            let shown = (names::shown(&point.name), names::shown(&point.value));
            return Err(wrong(format!(
                "has the script {} = {}, which is no name and object",
                shown.0, shown.1
            )));
        }
        if !valid {
            let message =
                format!("the entry point {} does not name a Python object", names::shown(&point.name));
            notes.push(Note { code: "odd-entry-point", message });
        }
    }
    Ok(points)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{ArchiveEntry, zip};
    use std::io::Cursor;

    const NAME: &str = "a-1.0-py3-none-any.whl";

    fn listed(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut files: Vec<_> =
            files.iter().map(|(path, content)| ((*path).to_owned(), (*content).to_owned())).collect();
        let defaults = [
            ("a-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: A\nVersion: 1.0.0\n\nName: body\n"),
            ("a-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        ];
        for (path, content) in defaults {
            if !files.iter().any(|(other, _)| other == path) {
                files.push((path.to_owned(), content.to_owned()));
            }
        }
        files
    }

    fn packed(files: &[(String, String)], record: &str) -> Vec<u8> {
        let mut entries: Vec<_> =
            files.iter().map(|(path, content)| ArchiveEntry::new(path, content.as_str())).collect();
        entries.push(ArchiveEntry::new("a-1.0.dist-info/RECORD", record));
        zip::write(Cursor::new(Vec::new()), &entries).unwrap().into_inner()
    }

    fn record_of(files: &[(String, String)]) -> String {
        let mut rows: Vec<_> = files
            .iter()
            .map(|(path, content)| RecordRow {
                path: path.clone(),
                hash: record::hash(content.as_bytes()),
                size: Some(content.len() as u64),
            })
            .collect();
        rows.push(RecordRow { path: "a-1.0.dist-info/RECORD".into(), hash: String::new(), size: None });
        record::write(&rows)
    }

    fn with(files: &[(&str, &str)]) -> Result<CheckedWheel, Rejection> {
        let files = listed(files);
        open_wheel(NAME, packed(&files, &record_of(&files)), &Limits::default())
    }

    fn code(result: Result<CheckedWheel, Rejection>) -> &'static str {
        result
            .map_or_else(|error| error.code, |wheel| wheel.notes.first().map_or("accepted", |note| note.code))
    }

    #[test]
    fn a_sound_wheel_is_read() {
        let wheel = with(&[
            ("a/b.py", "x = 1\n"),
            ("a-1.0.dist-info/entry_points.txt", "[console_scripts]\nrun = a.b:main [x]\n"),
        ])
        .unwrap();
        assert_eq!(
            (wheel.name.as_str(), wheel.version.to_string().as_str(), wheel.purelib),
            ("a", "1.0", true)
        );
        assert_eq!(wheel.read(wheel.member("a/b.py").unwrap()).unwrap(), b"x = 1\n");
        assert_eq!(wheel.entry_points[0].value, "a.b:main [x]");
        assert_eq!(wheel.tag, "py3-none-any");
        assert!(wheel.notes.is_empty());
    }

    #[test]
    fn meaning_is_checked() {
        for (files, wanted) in [
            (("../x", "1"), "unsafe-name"),
            (("b-1.0.dist-info/x", "1"), "wheel-layout"),
            (("a-1.0.data/nowhere/x", "1"), "wheel-layout"),
            (("a-1.0.data/scripts/x", "1"), "accepted"),
            (("a-1.0.dist-info/METADATA", "Name: b\nVersion: 1.0\n"), "wheel-identity"),
            (("a-1.0.dist-info/METADATA", "Name: a\nVersion: 1.1\n"), "wheel-identity"),
            (("a-1.0.dist-info/METADATA", "Name: a\nName: a\nVersion: 1.0\n"), "wheel-metadata"),
            (("a-1.0.dist-info/METADATA", "Name: a\nVersion: 1.0\rX: y\n"), "wheel-metadata"),
            (("a-1.0.dist-info/WHEEL", "Wheel-Version: 2.0\n"), "wheel-metadata"),
            (("a-1.0.dist-info/entry_points.txt", "[console_scripts]\n../x = a:b\n"), "wheel-entry-point"),
            (("a-1.0.dist-info/entry_points.txt", "[gui_scripts]\nx = a:b()\n"), "wheel-entry-point"),
            (("a-1.0.dist-info/entry_points.txt", "[own]\nx = a b\n"), "odd-entry-point"),
            (("x.pth", "import os\n"), "pth-file"),
        ] {
            assert_eq!(code(with(&[files])), wanted, "{files:?}");
        }
        for name in [
            "a-1.0.whl",
            "a-1.0-py3-none.whl",
            "a-x-py3-none-any.whl",
            "a-1.0-x-py3-none-any.whl",
            "b-1.0-py3-none-any.whl",
        ] {
            let files = listed(&[]);
            assert!(
                open_wheel(name, packed(&files, &record_of(&files)), &Limits::default()).is_err(),
                "{name}"
            );
        }
    }

    #[test]
    fn record_must_hold_for_every_file() {
        let files = listed(&[("a/b.py", "x")]);
        let record = record_of(&files);
        let open = |record: &str| code(open_wheel(NAME, packed(&files, record), &Limits::default()));
        assert_eq!(open(&record), "accepted");
        assert_eq!(open(&record.replacen("sha256=L", "sha256=M", 1)), "wheel-record");
        assert_eq!(open(&record.replacen(",1\n", ",2\n", 1)), "wheel-record");
        assert_eq!(open(record.split_once('\n').unwrap().1), "wheel-record", "the first file is not listed");
        assert_eq!(open(&format!("{record}../../etc/x,,\n")), "wheel-record");
        assert_eq!(open(&format!("{record}a/b.py,,\n")), "wheel-record");
        assert_eq!(open(&format!("{record}a/gone.py,,\n")), "record-extra");
        let weak = RecordRow { path: "a/b.py".into(), hash: "md5=x".into(), size: None };
        assert_eq!(open(&(record::write(&[weak]) + record.split_once('\n').unwrap().1)), "wheel-record");
    }

    /// No change of one byte, and no cut or addition, gives a wheel with other contents; none makes a panic.
    #[test]
    fn damage_is_noticed() {
        let files = listed(&[("a/b.py", "x = 1\n")]);
        let sound = packed(&files, &record_of(&files));
        let contents = |wheel: &CheckedWheel| -> Vec<(String, Vec<u8>)> {
            wheel.members.iter().map(|member| (member.name.clone(), wheel.read(member).unwrap())).collect()
        };
        let wanted = contents(&open_wheel(NAME, sound.clone(), &Limits::default()).unwrap());
        for at in 0..sound.len() {
            for flip in [1, 2, 4, 8, 0x20, 0x80, 0xff] {
                let mut damaged = sound.clone();
                damaged[at] ^= flip;
                if let Ok(wheel) = open_wheel(NAME, damaged, &Limits::default()) {
                    assert_eq!(contents(&wheel), wanted, "byte {at} xor {flip}");
                }
            }
            assert!(open_wheel(NAME, sound[..at].to_vec(), &Limits::default()).is_err(), "cut at {at}");
            assert!(open_wheel(NAME, sound[at + 1..].to_vec(), &Limits::default()).is_err(), "from {at}");
            let mut longer = sound.clone();
            longer.insert(at, 0);
            assert!(open_wheel(NAME, longer, &Limits::default()).is_err(), "one more at {at}");
        }
        let twice = [sound.clone(), sound].concat();
        assert!(open_wheel(NAME, twice, &Limits::default()).is_err());
    }

    #[test]
    fn bombs_run_into_limits() {
        let zeros = "\0".repeat(1 << 20);
        let files = listed(&[("a/zeros", &zeros)]);
        let bytes = packed(&files, &record_of(&files));
        let open = |limits| open_wheel(NAME, bytes.clone(), &limits).map(|_| ()).map_err(|error| error.code);
        assert_eq!(open(Limits::default()), Ok(()));
        assert_eq!(open(Limits { ratio_from: 1 << 16, ..Limits::default() }), Err("archive-limit"));
        assert_eq!(open(Limits { total: 1 << 19, ..Limits::default() }), Err("archive-limit"));
        assert_eq!(open(Limits { entries: 3, ..Limits::default() }), Err("archive-limit"));
        assert_eq!(open(Limits { text: 10, ..Limits::default() }), Err("archive-limit"));
    }
}
