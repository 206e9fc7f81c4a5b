//! What `--platform` names: a platform with its usual machines, all of them, or one system by its wheel tag.

use super::tags::{Environment, Machine};
use super::{Platform, Python, Target};
use std::str::FromStr;

/// A system that an application is to serve.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PlatformChoice {
    All,
    /// With the machines of [`Environment::defaults`].
    Usual(Platform),
    /// As `manylinux_2_17_x86_64`, `musllinux_1_2_aarch64`, `macosx_11_0_arm64` or `win_amd64` says.
    System {
        platform: Platform,
        machine: Machine,
        musl: bool,
        newest: Option<u32>,
    },
}

impl PlatformChoice {
    pub fn platforms(self) -> Vec<Platform> {
        match self {
            Self::All => Platform::ALL.to_vec(),
            Self::Usual(platform) | Self::System { platform, .. } => vec![platform],
        }
    }

    /// What it means for a Python.
    pub fn environments(self, python: Python) -> Vec<Environment> {
        let usual = |platforms: &[Platform]| {
            let targets: Vec<Target> =
                platforms.iter().map(|&platform| Target { python, platform }).collect();
            Environment::defaults(&targets)
        };
        match self {
            Self::All => usual(&Platform::ALL),
            Self::Usual(platform) => usual(&[platform]),
            Self::System { platform, machine, musl, newest } => {
                vec![Environment { target: Target { python, platform }, machine, musl, newest }]
            }
        }
    }
}

impl FromStr for PlatformChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        if let Ok(platform) = text.parse() {
            return Ok(Self::Usual(platform));
        }
        system(text).ok_or_else(|| {
            format!("`{text}` is not a platform: linux, macos, windows, all, or a wheel's tag such as manylinux2014_x86_64, musllinux_1_2_x86_64, macosx_11_0_arm64 or win_amd64")
        })
    }
}

/// A platform tag of a wheel, read as the system on which that wheel just runs.
fn system(tag: &str) -> Option<PlatformChoice> {
    let of = |platform, machine, musl, newest| PlatformChoice::System { platform, machine, musl, newest };
    match tag {
        "win_amd64" => return Some(of(Platform::Windows, Machine::X86_64, false, None)),
        "win_arm64" => return Some(of(Platform::Windows, Machine::Arm64, false, None)),
        "win32" => return Some(of(Platform::Windows, Machine::X86, false, None)),
        _ => {}
    }
    let platform = if tag.starts_with("macosx_") { Platform::Macos } else { Platform::Linux };
    let (rest, machine) = [Machine::X86_64, Machine::Arm64, Machine::X86]
        .into_iter()
        .find_map(|machine| Some((tag.strip_suffix(machine.name(platform))?.strip_suffix('_')?, machine)))?;
    let minor = |text: &str| text.parse::<u32>().ok().filter(|minor| *minor < 100);
    if let Some(release) = rest.strip_prefix("macosx_") {
        let (major, lesser) = release.split_once('_')?;
        let newest = match minor(major)? {
            10 => minor(lesser)?,
            major if major >= 11 => 20 + major,
            _ => return None,
        };
        return Some(of(platform, machine, false, Some(newest)));
    }
    if let Some(release) = rest.strip_prefix("musllinux_1_") {
        return Some(of(platform, machine, true, Some(minor(release)?)));
    }
    let newest = match rest {
        "linux" => return Some(of(platform, machine, false, None)),
        "manylinux1" => 5,
        "manylinux2010" => 12,
        "manylinux2014" => 17,
        _ => minor(rest.strip_prefix("manylinux_2_")?)?,
    };
    Some(of(platform, machine, false, Some(newest)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::WheelTags;

    /// Whether a wheel with a platform tag runs on the system that a choice names.
    fn runs(choice: &str, tag: &str) -> bool {
        let choice: PlatformChoice = choice.parse().unwrap();
        let tags = WheelTags::new("py3", "none", tag).unwrap();
        choice.environments(Python::new(3, 12)).into_iter().any(|on| on.priority(&tags).is_some())
    }

    #[test]
    fn tags_name_systems() {
        for (choice, fits, not) in [
            ("manylinux2014_x86_64", "manylinux_2_17_x86_64", "manylinux_2_24_x86_64"),
            ("manylinux_2_35_x86_64", "manylinux_2_34_x86_64", "manylinux_2_36_x86_64"),
            ("manylinux2014_aarch64", "manylinux2014_aarch64", "manylinux2014_x86_64"),
            ("musllinux_1_2_x86_64", "musllinux_1_1_x86_64", "manylinux1_x86_64"),
            ("macosx_11_0_arm64", "macosx_11_0_arm64", "macosx_12_0_arm64"),
            ("macosx_10_9_x86_64", "macosx_10_9_intel", "macosx_10_12_x86_64"),
            ("macosx_15_0_arm64", "macosx_14_0_arm64", "macosx_10_9_x86_64"),
            ("win_amd64", "win_amd64", "win32"),
            ("linux", "manylinux_2_28_x86_64", "win32"),
        ] {
            assert!(runs(choice, fits) && !runs(choice, not), "{choice}");
        }
        assert_eq!("all".parse::<PlatformChoice>().unwrap().environments(Python::new(3, 12)).len(), 4);
        for bad in ["", "solaris", "manylinux_x86_64", "manylinux_2_x_x86_64", "macosx_9_0_ppc", "win_x"] {
            assert!(bad.parse::<PlatformChoice>().is_err(), "{bad}");
        }
    }
}
