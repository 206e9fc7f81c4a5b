//! What an answer is for: a Python minor version and a platform, without an interpreter at hand.

use pep440_rs::Version;
use pep508_rs::{MarkerEnvironment, MarkerEnvironmentBuilder};
use std::fmt;
use std::str::FromStr;

/// A Python minor version.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Python {
    pub major: u8,
    pub minor: u8,
}

impl Python {
    pub const fn new(major: u8, minor: u8) -> Self {
        Self { major, minor }
    }

    /// Every Python that spx answers for: 2.7 and 3.5 to the newest released.
    pub const ALL: [Self; 11] = [
        Self::new(2, 7),
        Self::new(3, 5),
        Self::new(3, 6),
        Self::new(3, 7),
        Self::new(3, 8),
        Self::new(3, 9),
        Self::new(3, 10),
        Self::new(3, 11),
        Self::new(3, 12),
        Self::new(3, 13),
        Self::new(3, 14),
    ];

    /// The micro version that `python_full_version` and Requires-Python are judged by: the newest release of the minor
    /// that spx knows (python.org's list of 2026-11), so that `>=3.8.1` holds for 3.8.
    pub fn newest_micro(self) -> u8 {
        match (self.major, self.minor) {
            (2, 7) => 18,
            (3, 5) => 10,
            (3, 6) => 15,
            (3, 7) => 17,
            (3, 8 | 10) => 20,
            (3, 9) => 25,
            (3, 11) => 15,
            (3, 12) => 13,
            (3, 13) => 9,
            (3, 14) => 2,
            _ => 0,
        }
    }

    /// The version that Requires-Python and `python_full_version` are judged by.
    pub fn full_version(self) -> Version {
        Version::new([u64::from(self.major), u64::from(self.minor), u64::from(self.newest_micro())])
    }

    /// `cp312`'s digits: `27`, `312`.
    pub fn digits(self) -> String {
        format!("{}{}", self.major, self.minor)
    }
}

impl fmt::Display for Python {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Python {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not a Python minor version such as 3.12");
        let (major, minor) = text.split_once('.').ok_or_else(wrong)?;
        Ok(Self { major: major.parse().map_err(|_| wrong())?, minor: minor.parse().map_err(|_| wrong())? })
    }
}

/// An operating system, as `sys.platform` and markers tell them apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Platform {
    Linux,
    Macos,
    Windows,
}

impl Platform {
    pub const ALL: [Self; 3] = [Self::Linux, Self::Macos, Self::Windows];

    /// `sys.platform` on Python 3; Python 2 says `linux2`.
    pub fn sys_platform(self, python: Python) -> &'static str {
        match self {
            Self::Linux if python.major == 2 => "linux2",
            Self::Linux => "linux",
            Self::Macos => "darwin",
            Self::Windows => "win32",
        }
    }

    /// `platform.system()`.
    pub fn system(self) -> &'static str {
        match self {
            Self::Linux => "Linux",
            Self::Macos => "Darwin",
            Self::Windows => "Windows",
        }
    }

    /// `os.name`.
    pub fn os_name(self) -> &'static str {
        if self == Self::Windows { "nt" } else { "posix" }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Linux => "linux",
            Self::Macos => "macos",
            Self::Windows => "windows",
        })
    }
}

impl FromStr for Platform {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "linux" => Ok(Self::Linux),
            "macos" => Ok(Self::Macos),
            "windows" => Ok(Self::Windows),
            _ => Err(format!("`{text}` is not a platform: linux, macos or windows")),
        }
    }
}

/// A Python on a platform.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Target {
    pub python: Python,
    pub platform: Platform,
}

impl Target {
    /// Every Python on every platform, sorted.
    pub fn all() -> Vec<Self> {
        Python::ALL
            .into_iter()
            .flat_map(|python| Platform::ALL.into_iter().map(move |platform| Self { python, platform }))
            .collect()
    }
}

impl Target {
    /// The environment that PEP 508 markers are judged in: `CPython`, `x86_64` (`AMD64` on Windows, `arm64` on macOS).
    pub fn marker_environment(self) -> MarkerEnvironment {
        let full = format!("{}.{}", self.python, self.python.newest_micro());
        let minor = self.python.to_string();
        let machine = match self.platform {
            Platform::Linux => "x86_64",
            Platform::Macos => "arm64",
            Platform::Windows => "AMD64",
        };
        MarkerEnvironment::try_from(MarkerEnvironmentBuilder {
            implementation_name: if self.python.major == 2 { "" } else { "cpython" },
            implementation_version: &full,
            os_name: self.platform.os_name(),
            platform_machine: machine,
            platform_python_implementation: "CPython",
            platform_release: "",
            platform_system: self.platform.system(),
            platform_version: "",
            python_full_version: &full,
            python_version: &minor,
            sys_platform: self.platform.sys_platform(self.python),
        })
        .expect("internal error: the versions above are PEP 440 versions")
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Python {} on {}", self.python, self.platform)
    }
}
