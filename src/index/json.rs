//! Project pages in JSON (PEP 691, 700, 714), read in a stream: what is not needed is never held.

use super::project_page::{CoreMetadata, Gathering, Hashes, Problem, RawFile};
use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Real pages nest three levels.
const MAX_DEPTH: usize = 64;

/// Reads a page into `gathering`.
pub(super) fn read(content: &[u8], gathering: &mut Gathering<'_>) -> Result<(), Problem> {
    check_depth(content)?;
    let mut deserializer = serde_json::Deserializer::from_slice(content);
    let broken = |error: serde_json::Error| format!("its JSON is not that of a project page: {error}");
    Page(gathering).deserialize(&mut deserializer).map_err(broken)?;
    deserializer.end().map_err(broken)
}

/// Refuses deep nesting before any parser recurses.
fn check_depth(content: &[u8]) -> Result<(), Problem> {
    let (mut depth, mut in_string, mut escaped) = (0_usize, false, false);
    for &byte in content {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_string = true,
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Err(format!("its JSON is nested deeper than {MAX_DEPTH} levels"));
        }
    }
    Ok(())
}

/// The keys of a page that matter.
struct Page<'a, 'b>(&'a mut Gathering<'b>);

impl<'de> DeserializeSeed<'de> for Page<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Page<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object with `files`")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<(), M::Error> {
        let mut has_files = false;
        while let Some(key) = map.next_key::<Cow<'de, str>>()? {
            match &*key {
                "files" if has_files => return Err(de::Error::custom("`files` is there twice")),
                "files" => {
                    has_files = true;
                    map.next_value_seed(Files(&mut *self.0))?;
                }
                "meta" => check_version(map.next_value::<Meta<'de>>()?.api_version.as_deref())?,
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        if has_files { Ok(()) } else { Err(de::Error::missing_field("files")) }
    }
}

#[derive(serde::Deserialize)]
struct Meta<'a> {
    #[serde(rename = "api-version", borrow)]
    api_version: Option<Cow<'a, str>>,
}

/// A new major version may mean anything (PEP 629).
fn check_version<E: de::Error>(version: Option<&str>) -> Result<(), E> {
    match version.and_then(|version| version.split('.').next()) {
        None | Some("1") => Ok(()),
        Some(_) => Err(E::custom("its API version is not 1, the only one that spx knows")),
    }
}

struct Files<'a, 'b>(&'a mut Gathering<'b>);

impl<'de> DeserializeSeed<'de> for Files<'_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Files<'_, '_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of files")
    }
    fn visit_seq<S: SeqAccess<'de>>(self, mut files: S) -> Result<(), S::Error> {
        while let Some(file) = files.next_element::<File<'de>>()? {
            self.0.add(file.into_raw()).map_err(de::Error::custom)?;
        }
        Ok(())
    }
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File<'a> {
    #[serde(borrow, default)]
    filename: Cow<'a, str>,
    #[serde(borrow, default)]
    url: Cow<'a, str>,
    #[serde(default)]
    hashes: HashMap,
    #[serde(borrow, default)]
    requires_python: Option<Cow<'a, str>>,
    #[serde(default)]
    yanked: Flag,
    #[serde(default)]
    core_metadata: Flag,
    /// PEP 658's name before PEP 714.
    #[serde(default)]
    dist_info_metadata: Flag,
    #[serde(default)]
    size: Option<u64>,
    #[serde(borrow, default)]
    upload_time: Option<Cow<'a, str>>,
}

impl File<'_> {
    fn into_raw(self) -> RawFile {
        let metadata = if self.core_metadata.is_set() { self.core_metadata } else { self.dist_info_metadata };
        // A file without a name must not take that of its address, as links do.
        let filename = if self.filename.is_empty() { "-".to_owned() } else { self.filename.into_owned() };
        RawFile {
            filename,
            href: self.url.into_owned(),
            bad_hash: self.hashes.broken,
            hashes: self.hashes.hashes,
            requires_python: self.requires_python.map(Cow::into_owned),
            yanked: match self.yanked {
                Flag::True => Some(String::new()),
                Flag::Text(reason) => Some(reason),
                _ => None,
            },
            core_metadata: match metadata {
                Flag::Hashes(HashMap { hashes: Hashes { sha256: Some(hash), .. }, .. }) => {
                    Some(CoreMetadata::Sha256(hash))
                }
                Flag::True | Flag::Hashes(HashMap { broken: false, .. }) => Some(CoreMetadata::Unhashed),
                _ => None,
            },
            size: self.size,
            upload_time: self.upload_time.map(Cow::into_owned),
        }
    }
}

/// A key that may be true, false, text or an object of hashes. By hand, since serde's untagged enums hold all they pass.
#[derive(Default)]
enum Flag {
    #[default]
    Absent,
    True,
    Text(String),
    Hashes(HashMap),
}

impl Flag {
    fn is_set(&self) -> bool {
        !matches!(self, Self::Absent)
    }
}

struct FlagVisitor;

impl<'de> Visitor<'de> for FlagVisitor {
    type Value = Flag;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, text or hashes")
    }
    fn visit_bool<E>(self, value: bool) -> Result<Flag, E> {
        Ok(if value { Flag::True } else { Flag::Absent })
    }
    fn visit_str<E>(self, value: &str) -> Result<Flag, E> {
        Ok(Flag::Text(value.to_owned()))
    }
    fn visit_unit<E>(self) -> Result<Flag, E> {
        Ok(Flag::Absent)
    }
    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<Flag, M::Error> {
        HashVisitor.visit_map(map).map(Flag::Hashes)
    }
}

impl<'de> serde::Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FlagVisitor)
    }
}

/// The hashes that spx knows out of an object of any size.
#[derive(Default)]
struct HashMap {
    hashes: Hashes,
    broken: bool,
}

struct HashVisitor;

impl<'de> Visitor<'de> for HashVisitor {
    type Value = HashMap;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of hashes")
    }
    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<HashMap, M::Error> {
        let mut found = HashMap::default();
        while let Some((algorithm, value)) = map.next_entry::<Cow<'de, str>, Cow<'de, str>>()? {
            found.broken |= found.hashes.set(&algorithm, &value).is_err();
        }
        Ok(found)
    }
}

impl<'de> serde::Deserialize<'de> for HashMap {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(HashVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::super::project_page::{CoreMetadata, gather};

    const HASH: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn page(files: &str) -> String {
        format!(
            r#"{{"meta":{{"api-version":"1.1","_last-serial":1}},"name":"foo","versions":[],"files":[{files}]}}"#
        )
    }

    #[test]
    fn files_are_read() {
        let files = format!(
            r#"{{"filename":"foo-1.0-py3-none-any.whl","url":"../../files/a.whl","hashes":{{"sha256":"{HASH}","md5":"x"}},
                "requires-python":">=3.6","yanked":"bad \u001b","core-metadata":{{"sha256":"{HASH}"}},"size":5,
                "upload-time":"2024-01-01T00:00:00Z","provenance":{{"x":[1,2]}}}},
               {{"filename":"foo-1.0.tar.gz","url":"https://u:p@files.example/foo-1.0.tar.gz?x=1#frag","hashes":{{}},
                "yanked":true,"core-metadata":false,"dist-info-metadata":true,"requires-python":null}},
               {{"filename":"foo-1.0-py2.7.egg","url":"x"}}, {{}}, {{"filename":"foo-1.zip"}}"#
        );
        let (files, passed_over, warnings) = gather(&page(&files), true).unwrap();
        let [wheel, sdist, zip] = &files[..] else { panic!("{files:?}") };
        assert_eq!((passed_over, warnings.len()), (2, 0));
        assert_eq!(wheel.url, "https://index.example/files/a.whl");
        assert_eq!(wheel.hashes.sha256.as_deref(), Some(HASH));
        assert_eq!(wheel.requires_python.as_deref(), Some(">=3.6"));
        assert_eq!(wheel.yanked.as_deref(), Some("bad \u{1b}"));
        assert_eq!(wheel.core_metadata, Some(CoreMetadata::Sha256(HASH.to_owned())));
        assert_eq!((wheel.size, wheel.upload_time.as_deref()), (Some(5), Some("2024-01-01T00:00:00Z")));
        assert_eq!(
            sdist.url, "https://files.example/foo-1.0.tar.gz?x=1",
            "credentials and fragment are gone"
        );
        assert_eq!(
            (sdist.yanked.as_deref(), &sdist.core_metadata),
            (Some(""), &Some(CoreMetadata::Unhashed))
        );
        assert!(sdist.hashes.is_empty() && zip.hashes.is_empty());
    }

    #[test]
    fn hostile_entries_are_passed_over() {
        for entry in [
            r#"{"filename":"../../../foo-1.0-py3-none-any.whl","url":"x"}"#,
            r#"{"filename":"other-1.0-py3-none-any.whl","url":"x"}"#,
            r#"{"filename":"foo-1.0-py3-none-any.whl","url":"file:///etc/passwd"}"#,
            r#"{"filename":"foo-1.0-py3-none-any.whl","url":"x\u0000\r\nX-Injected: 1"}"#,
            r#"{"filename":"foo-1.0-py3-none-any.whl","url":"x","hashes":{"sha256":"zz"}}"#,
            r#"{"filename":"foo-1.0-py3-none-any.whl","url":"javascript:alert(1)"}"#,
            r#"{"filename":"","url":"foo-1.0.zip"}"#,
        ] {
            let (files, passed_over, _) = gather(&page(entry), true).unwrap();
            assert_eq!((files.len(), passed_over), (0, 1), "{entry}");
        }
        let other = HASH.replace('e', "f");
        let twice = format!(
            r#"{{"filename":"foo-1.zip","url":"x","hashes":{{"sha256":"{HASH}"}}}},
               {{"filename":"foo-2.zip","url":"x"}},{{"filename":"foo-2.zip","url":"y"}},
               {{"filename":"foo-1.zip","url":"x","hashes":{{"sha256":"{other}"}}}}"#
        );
        let (files, _, warnings) = gather(&page(&twice), true).unwrap();
        assert_eq!(
            (files.len(), files[0].filename.as_str(), files[0].url.ends_with("/x")),
            (1, "foo-2.zip", true)
        );
        assert!(warnings[0].contains("foo-1.zip"), "{warnings:?}");
    }

    #[test]
    fn what_is_no_page_is_refused() {
        let deep = format!(r#"{{"files":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        let many = page(&vec!["{}"; 100_001].join(","));
        for (bad, why) in [
            (deep.as_str(), "deeper than 64"),
            (many.as_str(), "more than 100000 files"),
            ("", "JSON"),
            ("{}", "files"),
            (r#"{"files":[]"#, "JSON"),
            (r#"{"files":[]} x"#, "JSON"),
            (r#"{"files":[],"files":[]}"#, "twice"),
            (r#"{"meta":{"api-version":"2.0"},"files":[]}"#, "API version"),
            (r#"{"files":[{"filename":1}]}"#, "JSON"),
        ] {
            let problem = gather(bad, true).unwrap_err();
            assert!(problem.contains(why), "{problem}");
        }
        let fine = format!(r#"{{"files":[],"x":{}{},"y":"[[\"[["}}"#, "[".repeat(60), "]".repeat(60));
        assert!(gather(&fine, true).is_ok());
    }
}
