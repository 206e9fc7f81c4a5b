//! File names of source distributions: `name-version.tar.gz` (PEP 625), and the older forms with `-` in the name.

use super::name::Name;
use super::wheel_filename::{InvalidFilename, MAX_LENGTH};
use pep440_rs::Version;
use std::fmt;

/// The archive formats that spx reads.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SdistFormat {
    TarGz,
    Zip,
}

/// The parts of a source distribution's file name.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct SdistFilename {
    pub name: Name,
    pub version: Version,
    pub format: SdistFormat,
}

impl SdistFilename {
    /// The part of the name of a file of a project that is the version, where no more than the name need be known to
    /// find it: nothing but the version follows the only `-`.
    pub fn version_text(filename: &str) -> Option<&str> {
        let stem = [".tar.gz", ".tgz", ".zip"].iter().find_map(|suffix| filename.strip_suffix(suffix))?;
        stem.split_once('-').map(|(_, version)| version).filter(|version| !version.contains('-'))
    }

    /// Reads a file name of a known project.
    ///
    /// Only the project's name tells where the version starts in older names: `a-1-2.0.tar.gz` is version 2.0 of `a-1`,
    /// never version `1-2.0` of `a`.
    pub fn parse(text: &str, project: &Name) -> Result<Self, InvalidFilename> {
        let invalid = |reason| InvalidFilename { name: text.to_owned(), kind: "source distribution", reason };
        if text.len() > MAX_LENGTH {
            return Err(invalid("longer than 255 bytes"));
        }
        let (stem, format) =
            [(".tar.gz", SdistFormat::TarGz), (".tgz", SdistFormat::TarGz), (".zip", SdistFormat::Zip)]
                .into_iter()
                .find_map(|(suffix, format)| Some((text.strip_suffix(suffix)?, format)))
                .ok_or_else(|| invalid("it does not end in `.tar.gz` or `.zip`"))?;
        let mut named = false;
        for (at, _) in stem.match_indices('-') {
            let Ok(name) = stem[..at].parse::<Name>() else { continue };
            if name != *project {
                continue;
            }
            named = true;
            let written = &stem[at + 1..];
            let version = written.parse().or_else(|_| written.replace('_', "-").parse());
            if let Ok(version) = version {
                return Ok(Self { name, version, format });
            }
        }
        Err(invalid(if named {
            "what follows the name is not a version"
        } else {
            "it names another project"
        }))
    }
}

impl fmt::Display for SdistFilename {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let suffix = match self.format {
            SdistFormat::TarGz => "tar.gz",
            SdistFormat::Zip => "zip",
        };
        write!(f, "{}-{}.{suffix}", self.name.escaped(), self.version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_project_tells_where_the_version_starts() {
        let parse = |text: &str, project: &str| {
            SdistFilename::parse(text, &project.parse().unwrap()).map(|s| s.version.to_string())
        };
        assert_eq!(parse("foo-1.0.tar.gz", "foo").unwrap(), "1.0");
        assert_eq!(parse("Foo.Bar-baz-1.0-1.zip", "foo-bar_baz").unwrap(), "1.0.post1");
        assert_eq!(parse("foo_bar-1.0.tgz", "foo-bar").unwrap(), "1.0");
        assert_eq!(parse("foo-2-1.0.tar.gz", "foo-2").unwrap(), "1.0");
        for (text, project) in [
            ("foo-2-1.0.tar.gz", "foo"),
            ("foo-1.0.tar.gz", "bar"),
            ("foo-1.0.tar.bz2", "foo"),
            ("foo.tar.gz", "foo"),
            ("../foo-1.0.tar.gz", "foo"),
            ("foo-1.0/../../x.tar.gz", "foo"),
        ] {
            assert!(parse(text, project).is_err(), "{text}");
        }
        let sdist = SdistFilename::parse("Foo-Bar-1.0.zip", &"foo-bar".parse().unwrap()).unwrap();
        assert_eq!(sdist.to_string(), "foo_bar-1.0.zip");
    }
}
