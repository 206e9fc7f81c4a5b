//! Which wheels run where: PEP 425 tags judged for a Python, a platform and a machine, without an interpreter.

use super::{Platform, Python, Target, WheelFilename};
use pep508_rs::MarkerEnvironment;
use std::fmt;

/// The newest glibc that a wheel may need: that of the oldest enterprise Linux still supported, so 2.28 of 2018.
const NEWEST_GLIBC: u32 = 28;
/// The newest musl minor that a wheel may need.
const NEWEST_MUSL: u32 = 2;
/// The newest macOS that a wheel may need: the oldest that Apple still supports.
const NEWEST_MACOS: u32 = 13;
/// More combinations of tags than any real wheel has (compressed sets multiply).
const MAX_COMBINATIONS: usize = 4096;

/// A processor architecture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Machine {
    X86_64,
    Arm64,
    X86,
}

impl Machine {
    /// `platform.machine()` there.
    pub fn name(self, platform: Platform) -> &'static str {
        match (self, platform) {
            (Self::X86_64, Platform::Windows) => "AMD64",
            (Self::X86_64, _) => "x86_64",
            (Self::Arm64, Platform::Linux) => "aarch64",
            (Self::Arm64, Platform::Macos) => "arm64",
            (Self::Arm64, Platform::Windows) => "ARM64",
            (Self::X86, Platform::Windows) => "x86",
            (Self::X86, _) => "i686",
        }
    }
}

/// Where an application is to run: a target, the machine, and for Linux the C library.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Environment {
    pub target: Target,
    pub machine: Machine,
    /// Linux with musl instead of glibc.
    pub musl: bool,
    /// The newest release that a wheel may need, when the user says: the minor of glibc 2 or of musl 1; of macOS the minor
    /// of 10, or 20 and the major. Else a release that is old enough for most machines in use.
    pub newest: Option<u32>,
}

impl Environment {
    /// The machines that a target means when nobody says more: x86-64 everywhere, and on macOS arm64 as well from
    /// Python 3.8 on, the first that python.org released for it.
    pub fn defaults(targets: &[Target]) -> Vec<Self> {
        let on = |target, machine| Self { target, machine, musl: false, newest: None };
        targets
            .iter()
            .flat_map(|&target| {
                let arm = target.platform == Platform::Macos && target.python >= Python::new(3, 8);
                [Some(on(target, Machine::X86_64)), arm.then(|| on(target, Machine::Arm64))]
            })
            .flatten()
            .collect()
    }

    /// The environment that PEP 508 markers are judged in.
    pub fn marker_environment(self) -> MarkerEnvironment {
        self.target.marker_environment().with_platform_machine(self.machine.name(self.target.platform))
    }

    /// How well a wheel fits, the smallest best; `None` when it does not run there.
    ///
    /// The order is that of `packaging.tags` (native, stable ABI, then pure), except among the releases of one system:
    /// there the wheel for the oldest comes first, because the file is to run on machines nobody has seen yet.
    pub fn priority(self, tags: &WheelTags) -> Option<Priority> {
        let mut best = None;
        for platform in &tags.platforms {
            let platform = match platform.as_str() {
                "any" => None,
                tag => match self.platform_rank(tag) {
                    Some(rank) => Some(rank),
                    None => continue,
                },
            };
            for abi in &tags.abis {
                for python in &tags.pythons {
                    let this = self.rank(python, abi, platform);
                    best = [best, this].into_iter().flatten().min();
                }
            }
        }
        best
    }

    /// The platform tags a person may be told of: `linux x86_64`.
    pub fn system(self) -> String {
        let musl = if self.musl { " (musl)" } else { "" };
        format!("{} {}{musl}", self.target.platform, self.machine.name(self.target.platform))
    }

    /// Whether the wheel runs on this system, whatever its Python.
    pub fn system_fits(self, tags: &WheelTags) -> bool {
        tags.platforms.iter().any(|tag| tag == "any" || self.platform_rank(tag).is_some())
    }

    fn rank(self, python: &str, abi: &str, platform: Option<u32>) -> Option<Priority> {
        let interpreter = InterpreterTag::parse(python)?;
        let own = self.target.python;
        let native = platform.unwrap_or(0);
        let rank = |section: u8, order: u32, platform: u32| Some(Priority { section, order, platform });
        match interpreter {
            InterpreterTag::CPython(tag) if tag == own => match (abi, platform) {
                ("none", None) => rank(5, 0, 0),
                ("none", Some(_)) => rank(2, 0, native),
                ("abi3", Some(_)) if own >= Python::new(3, 2) => rank(1, 0, native),
                (abi, Some(_)) if abi == self.abi() => rank(0, 0, native),
                _ => None,
            },
            InterpreterTag::CPython(tag) => {
                let stable = abi == "abi3" && platform.is_some() && tag.major == own.major;
                let older = tag < own && tag >= Python::new(3, 2);
                if stable && older { rank(3, u32::from(own.minor - tag.minor), native) } else { None }
            }
            InterpreterTag::Any { major, minor } => {
                if abi != "none" || major != own.major {
                    return None;
                }
                // py312, py3, py311, …: the order of `packaging.tags`.
                let order = match minor {
                    None => 1,
                    Some(minor) if minor == own.minor => 0,
                    Some(minor) if minor < own.minor => u32::from(own.minor - minor) + 1,
                    Some(_) => return None,
                };
                if platform.is_some() { rank(4, order, native) } else { rank(6, order, 0) }
            }
        }
    }

    /// The ABI tag of the usual CPython build: `m` for pymalloc until 3.7, `u` for the wide Unicode of Python 2 on Linux.
    fn abi(self) -> String {
        let python = self.target.python;
        let flags = match (python.major, python.minor) {
            (2, _) if self.target.platform == Platform::Linux => "mu",
            (2, _) | (3, 0..=7) => "m",
            _ => "",
        };
        format!("cp{}{flags}", python.digits())
    }

    /// The place of a platform tag among those that run here.
    fn platform_rank(self, tag: &str) -> Option<u32> {
        match self.target.platform {
            Platform::Windows => {
                let own = match self.machine {
                    Machine::X86_64 => "win_amd64",
                    Machine::Arm64 => "win_arm64",
                    Machine::X86 => "win32",
                };
                (tag == own).then_some(0)
            }
            Platform::Linux => self.linux_rank(tag),
            Platform::Macos => self.macos_rank(tag),
        }
    }

    /// PEP 600 (manylinux, with the older names of PEP 513, 571 and 599) and PEP 656 (musllinux).
    fn linux_rank(self, tag: &str) -> Option<u32> {
        let intel = self.machine != Machine::Arm64;
        let policy = tag.strip_suffix(self.machine.name(Platform::Linux))?.strip_suffix('_')?;
        if policy == "linux" {
            return Some(1000);
        }
        if self.musl {
            let minor: u32 = number(policy.strip_prefix("musllinux_1_")?)?;
            return (minor <= self.newest.unwrap_or(NEWEST_MUSL)).then_some(minor);
        }
        let minor = match policy {
            "manylinux1" if intel => 5,
            "manylinux2010" if intel => 12,
            "manylinux2014" => 17,
            _ => number(policy.strip_prefix("manylinux_2_")?)?,
        };
        let oldest = if intel { 5 } else { 17 };
        (oldest..=self.newest.unwrap_or(NEWEST_GLIBC)).contains(&minor).then_some(minor)
    }

    /// As `packaging.tags.mac_platforms`: `macosx_11_0_arm64`, `macosx_10_9_universal2`, …
    fn macos_rank(self, tag: &str) -> Option<u32> {
        let rest = tag.strip_prefix("macosx_")?;
        let (major, rest) = rest.split_once('_')?;
        let (minor, format) = rest.split_once('_')?;
        let (major, minor) = (number(major)?, number(minor)?);
        let native: &[&str] = match self.machine {
            Machine::X86_64 => &["x86_64", "intel", "fat64", "fat32", "universal2", "universal"],
            Machine::Arm64 if major == 10 => &["universal2"],
            Machine::Arm64 => &["arm64", "universal2"],
            Machine::X86 => &["i386", "intel", "fat32", "fat", "universal"],
        };
        let place = native.iter().position(|known| *known == format)? as u32;
        let release = match major {
            10 if (4..=16).contains(&minor) => minor,
            11..100 if minor == 0 => 20 + major,
            _ => return None,
        };
        (release <= self.newest.unwrap_or(20 + NEWEST_MACOS)).then_some(release * 8 + place)
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Python {} on {}", self.target.python, self.system())
    }
}

/// The place of a wheel in the order of preference of one environment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Priority {
    section: u8,
    order: u32,
    platform: u32,
}

/// The compressed tag set of a wheel's file name: `py2.py3-none-any` stands for every combination.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WheelTags {
    pythons: Vec<String>,
    abis: Vec<String>,
    platforms: Vec<String>,
}

impl WheelTags {
    /// From the three last parts of a wheel's file name; `None` when one of them is empty or no tag.
    pub fn new(python: &str, abi: &str, platform: &str) -> Option<Self> {
        let split = |text: &str| -> Option<Vec<String>> {
            let parts: Vec<String> = text.split('.').map(str::to_ascii_lowercase).collect();
            let fine = |part: &String| {
                !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            };
            parts.iter().all(fine).then_some(parts)
        };
        Self { pythons: split(python)?, abis: split(abi)?, platforms: split(platform)? }.bounded()
    }

    /// Those of a wheel; `None` when they are more than anybody means.
    pub fn of(wheel: &WheelFilename) -> Option<Self> {
        let WheelFilename { pythons, abis, platforms, .. } = wheel.clone();
        Self { pythons, abis, platforms }.bounded()
    }

    fn bounded(self) -> Option<Self> {
        let combinations = self.pythons.len() * self.abis.len() * self.platforms.len();
        (combinations <= MAX_COMBINATIONS).then_some(self)
    }

    pub fn pythons(&self) -> &[String] {
        &self.pythons
    }

    pub fn platforms(&self) -> &[String] {
        &self.platforms
    }

    /// Whether it runs on every system.
    pub fn is_pure(&self) -> bool {
        self.platforms.iter().any(|tag| tag == "any")
    }
}

impl fmt::Display for WheelTags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{}", self.pythons.join("."), self.abis.join("."), self.platforms.join("."))
    }
}

/// The Python tag of a wheel as far as CPython cares.
enum InterpreterTag {
    CPython(Python),
    Any { major: u8, minor: Option<u8> },
}

impl InterpreterTag {
    fn parse(tag: &str) -> Option<Self> {
        if !tag.is_ascii() || tag.len() < 3 {
            return None;
        }
        let (kind, digits) = tag.split_at(2);
        let (major, minor) = digits.split_at(1);
        let major = number(major)? as u8;
        let minor = if minor.is_empty() { None } else { Some(u8::try_from(number(minor)?).ok()?) };
        match kind {
            "py" => Some(Self::Any { major, minor }),
            "cp" => Some(Self::CPython(Python::new(major, minor?))),
            _ => None,
        }
    }
}

/// A plain decimal number without sign and without leading zeros.
fn number(text: &str) -> Option<u32> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = text == "0" || !text.starts_with('0');
    if digits && plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn environment(python: &str, platform: Platform, machine: Machine) -> Environment {
        Environment {
            target: Target { python: python.parse().unwrap(), platform },
            machine,
            musl: false,
            newest: None,
        }
    }

    fn tags(text: &str) -> WheelTags {
        let parts: Vec<&str> = text.split('-').collect();
        WheelTags::new(parts[0], parts[1], parts[2]).unwrap()
    }

    /// Every tag runs there, in this order of preference.
    fn ordered(environment: Environment, list: &[&str]) {
        let ranks: Vec<Priority> = list
            .iter()
            .map(|text| {
                environment.priority(&tags(text)).unwrap_or_else(|| panic!("{text} in {environment}"))
            })
            .collect();
        assert!(ranks.is_sorted_by(|a, b| a < b), "{environment}: {ranks:?}");
    }

    fn refused(environment: Environment, list: &[&str]) {
        for text in list {
            assert_eq!(environment.priority(&tags(text)), None, "{text} in {environment}");
        }
    }

    #[test]
    fn linux_prefers_native_wheels_that_run_on_the_oldest_system() {
        let linux = environment("3.12", Platform::Linux, Machine::X86_64);
        ordered(
            linux,
            &[
                "cp312-cp312-manylinux1_x86_64",
                "cp312-cp312-manylinux_2_12_x86_64.manylinux2010_x86_64",
                "cp312-cp312-manylinux_2_17_x86_64",
                "cp312-cp312-manylinux_2_28_x86_64",
                "cp312-cp312-linux_x86_64",
                "cp312-abi3-manylinux2014_x86_64",
                "cp312-none-manylinux2014_x86_64",
                "cp311-abi3-manylinux2014_x86_64",
                "cp36-abi3-manylinux2014_x86_64",
                "py312-none-manylinux2014_x86_64",
                "py2.py3-none-manylinux1_x86_64",
                "py37-none-manylinux1_x86_64",
                "cp312-none-any",
                "py312-none-any",
                "py2.py3-none-any",
                "py311-none-any",
                "py30-none-any",
            ],
        );
        refused(
            linux,
            &[
                "cp312-cp312-manylinux_2_35_x86_64",
                "cp312-cp312-musllinux_1_1_x86_64",
                "cp312-cp312-manylinux2014_aarch64",
                "cp312-cp312-win_amd64",
                "cp312-cp312t-manylinux2014_x86_64",
                "cp311-cp311-manylinux2014_x86_64",
                "cp313-abi3-manylinux2014_x86_64",
                "cp312-cp312-any",
                "py313-none-any",
                "py2-none-any",
                "pp39-pypy39_pp73-manylinux2014_x86_64",
                "source-none-any",
            ],
        );
        let musl = Environment { musl: true, ..linux };
        ordered(musl, &["cp312-cp312-musllinux_1_1_x86_64", "cp312-cp312-musllinux_1_2_x86_64"]);
        refused(musl, &["cp312-cp312-manylinux2014_x86_64"]);
        let arm = environment("3.12", Platform::Linux, Machine::Arm64);
        ordered(arm, &["cp312-cp312-manylinux2014_aarch64", "cp312-cp312-manylinux_2_28_aarch64"]);
        refused(arm, &["cp312-cp312-manylinux1_aarch64", "cp312-cp312-manylinux_2_5_aarch64"]);
    }

    #[test]
    fn old_pythons_have_their_abi_flags() {
        let linux = environment("2.7", Platform::Linux, Machine::X86_64);
        ordered(linux, &["cp27-cp27mu-manylinux1_x86_64", "cp27-none-any", "py27-none-any", "py2-none-any"]);
        refused(linux, &["cp27-cp27m-manylinux1_x86_64", "cp27-abi3-manylinux1_x86_64", "py3-none-any"]);
        let windows = environment("2.7", Platform::Windows, Machine::X86_64);
        ordered(windows, &["cp27-cp27m-win_amd64", "py2.py3-none-any"]);
        refused(windows, &["cp27-cp27m-win32"]);
        ordered(
            environment("3.6", Platform::Linux, Machine::X86_64),
            &["cp36-cp36m-manylinux1_x86_64", "cp34-abi3-manylinux1_x86_64", "py3-none-any"],
        );
    }

    #[test]
    fn macos_runs_wheels_for_older_systems_and_fat_ones() {
        ordered(
            environment("3.12", Platform::Macos, Machine::Arm64),
            &[
                "cp312-cp312-macosx_10_9_universal2",
                "cp312-cp312-macosx_11_0_arm64",
                "cp312-cp312-macosx_11_0_universal2",
                "cp312-cp312-macosx_13_0_arm64",
                "py3-none-any",
            ],
        );
        refused(
            environment("3.12", Platform::Macos, Machine::Arm64),
            &[
                "cp312-cp312-macosx_10_9_x86_64",
                "cp312-cp312-macosx_14_0_arm64",
                "cp312-cp312-macosx_12_3_arm64",
            ],
        );
        ordered(
            environment("2.7", Platform::Macos, Machine::X86_64),
            &[
                "cp27-cp27m-macosx_10_6_intel",
                "cp27-cp27m-macosx_10_9_x86_64",
                "cp27-none-macosx_10_9_x86_64",
            ],
        );
    }

    #[test]
    fn defaults_have_arm_macos_only_where_python_had_it() {
        let machines = |python: &str| -> Vec<Machine> {
            let target = Target { python: python.parse().unwrap(), platform: Platform::Macos };
            Environment::defaults(&[target]).into_iter().map(|environment| environment.machine).collect()
        };
        assert_eq!(machines("3.12"), [Machine::X86_64, Machine::Arm64]);
        assert_eq!(machines("2.7"), [Machine::X86_64]);
        assert_eq!(Environment::defaults(&Target::all()).len(), 11 * 3 + 7);
    }

    #[test]
    fn strange_tags_are_refused_not_expanded() {
        let many = vec!["py3"; 70].join(".");
        assert!(WheelTags::new(&many, &many, "any").is_none());
        for bad in
            [("", "none", "any"), ("py3", "no ne", "any"), ("py3", "none", "any..any"), ("pü", "a", "b")]
        {
            assert!(WheelTags::new(bad.0, bad.1, bad.2).is_none(), "{bad:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_judged_without_failing(text in "[a-z0-9_]{0,12}", platform in "[a-z0-9_]{1,24}") {
            let Some(tags) = WheelTags::new(&text, "none", &platform) else { return Ok(()) };
            for environment in Environment::defaults(&Target::all()) {
                let fits = environment.priority(&tags).is_some();
                proptest::prop_assert!(!fits || environment.system_fits(&tags));
            }
        }
    }
}
