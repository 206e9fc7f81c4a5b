//! File names of wheels: `name-version(-build)?-python-abi-platform.whl` (binary distribution format, PEP 427).

use super::name::Name;
use super::tags::WheelTags;
use pep440_rs::Version;
use std::fmt;
use std::str::FromStr;

/// The longest file name that common file systems take, in bytes.
pub(super) const MAX_LENGTH: usize = 255;

/// A file name that is not what its suffix promises.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{}` is not the file name of a {kind}: {reason}", name.escape_debug())]
pub struct InvalidFilename {
    pub name: String,
    /// `wheel` or `source distribution`.
    pub kind: &'static str,
    pub reason: &'static str,
}

/// A build number: compared by its leading digits, then by the rest as text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BuildTag {
    pub number: u64,
    pub suffix: String,
}

/// The parts of a wheel's file name; the three tag sets are the `.`-separated lists of PEP 425, lower case.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct WheelFilename {
    pub name: Name,
    pub version: Version,
    pub build: Option<BuildTag>,
    pub pythons: Vec<String>,
    pub abis: Vec<String>,
    pub platforms: Vec<String>,
}

impl FromStr for WheelFilename {
    type Err = InvalidFilename;

    fn from_str(text: &str) -> Result<Self, InvalidFilename> {
        let invalid = |reason| InvalidFilename { name: text.to_owned(), kind: "wheel", reason };
        if text.len() > MAX_LENGTH {
            return Err(invalid("longer than 255 bytes"));
        }
        let stem = text.strip_suffix(".whl").ok_or_else(|| invalid("it does not end in `.whl`"))?;
        let parts: Vec<&str> = stem.split('-').collect();
        let (build, tags) = match parts.len() {
            5 => (None, &parts[2..]),
            6 => (Some(parts[2]), &parts[3..]),
            _ => return Err(invalid("it has not five or six parts between `-`")),
        };
        let name: Name = parts[0].parse().map_err(|_| invalid("the first part is not a project name"))?;
        let version = version(parts[1]).ok_or_else(|| invalid("the second part is not a version"))?;
        let build = match build {
            None => None,
            Some(build) => {
                Some(build_tag(build).ok_or_else(|| invalid("the build tag has no number first"))?)
            }
        };
        let list = |part: &str| -> Result<Vec<String>, InvalidFilename> {
            part.split('.').map(|tag| tag_text(tag).ok_or_else(|| invalid("a tag is not a word"))).collect()
        };
        Ok(Self {
            name,
            version,
            build,
            pythons: list(tags[0])?,
            abis: list(tags[1])?,
            platforms: list(tags[2])?,
        })
    }
}

/// The version as a file name carries it: `-` became `_`, which PEP 440 allows only before a local version's parts.
fn version(part: &str) -> Option<Version> {
    part.parse().or_else(|_| part.replace('_', "-").parse()).ok()
}

fn build_tag(part: &str) -> Option<BuildTag> {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let (number, suffix) = part.split_at(digits);
    let number = number.parse().ok()?;
    let word = suffix.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.'));
    word.then(|| BuildTag { number, suffix: suffix.to_owned() })
}

fn tag_text(tag: &str) -> Option<String> {
    let word = !tag.is_empty() && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    word.then(|| tag.to_ascii_lowercase())
}

impl WheelFilename {
    /// The part of a wheel's file name that is the version; `None` for other files.
    pub fn version_text(filename: &str) -> Option<&str> {
        filename.strip_suffix(".whl")?.split('-').nth(1)
    }

    /// The version that such a part means.
    pub fn version_of(text: &str) -> Option<Version> {
        version(text)
    }

    /// The compressed tag set; `None` when there are more combinations than a wheel can mean.
    pub fn tags(&self) -> Option<WheelTags> {
        WheelTags::new(&self.pythons.join("."), &self.abis.join("."), &self.platforms.join("."))
    }
}

impl fmt::Display for WheelFilename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.name.escaped(), self.version)?;
        if let Some(build) = &self.build {
            write!(f, "-{}{}", build.number, build.suffix)?;
        }
        write!(f, "-{}-{}-{}.whl", self.pythons.join("."), self.abis.join("."), self.platforms.join("."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wheels_are_read_and_written() {
        let text = "zope.interface-5.0.post1-1a-cp27.cp36-cp27mu-manylinux1_x86_64.manylinux2010_x86_64.whl";
        let wheel: WheelFilename = text.parse().unwrap();
        assert_eq!(wheel.name, "zope-interface".parse().unwrap());
        assert_eq!(wheel.version, "5.0.post1".parse().unwrap());
        assert_eq!(wheel.build, Some(BuildTag { number: 1, suffix: "a".to_owned() }));
        assert_eq!(wheel.pythons, ["cp27", "cp36"]);
        assert_eq!(wheel.platforms, ["manylinux1_x86_64", "manylinux2010_x86_64"]);
        assert_eq!(wheel.to_string(), text.replace("zope.", "zope_"));
        assert_eq!(wheel.to_string().parse::<WheelFilename>().unwrap(), wheel);
        let local: WheelFilename = "torch-2.1.0+cu118-cp311-cp311-linux_x86_64.whl".parse().unwrap();
        assert_eq!(local.version, "2.1.0+cu118".parse().unwrap());
        assert!("a-1.0_1-py3-none-any.whl".parse::<WheelFilename>().is_ok(), "a post release as `1.0-1`");
    }

    #[test]
    fn what_is_no_wheel_is_refused() {
        for bad in [
            "../../x-1.0-py3-none-any.whl",
            "a/b-1.0-py3-none-any.whl",
            "x-1.0-py3-none-any.whl\0",
            "x-1.0-py3-none.whl",
            "x-1.0-a-b-py3-none-any.whl",
            "x-one-py3-none-any.whl",
            "x-1.0-py3-none-.whl",
            "x-1.0-py3-none-a\\b.whl",
            "x-1.0-py3-none-any.zip",
            "x-1.0-b1-py3-none-any.whl",
        ] {
            assert!(bad.parse::<WheelFilename>().is_err(), "{bad:?}");
        }
        let long = format!("x-1.0-py3-none-{}.whl", "a".repeat(300));
        assert!(long.parse::<WheelFilename>().is_err());
        let shown = "\u{1b}[2J.whl".parse::<WheelFilename>().unwrap_err().to_string();
        assert!(!shown.contains('\u{1b}'), "{shown}");
    }
}
