//! setup.cfg as setuptools reads it: the dialect, the spelling of names, `%(name)s` filled in, in every section.

use super::ini::{self, ConfigOption, Dialect, Interpolation, InterpolationError};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, codes};
use crate::packaging::{Python, Version};
use crate::system::{ReadError, System};
use crate::text::{FileId, Sources, Span, encoding};
use std::ops::Range;

/// The commands of setuptools and distutils, whose sections have their options' names folded.
const COMMANDS: &[&str] = &[
    "alias",
    "bdist",
    "bdist_dumb",
    "bdist_egg",
    "bdist_rpm",
    "bdist_wheel",
    "build",
    "build_clib",
    "build_ext",
    "build_py",
    "build_scripts",
    "check",
    "clean",
    "develop",
    "dist_info",
    "easy_install",
    "editable_wheel",
    "egg_info",
    "install",
    "install_data",
    "install_egg_info",
    "install_headers",
    "install_lib",
    "install_scripts",
    "rotate",
    "saveopts",
    "sdist",
    "setopt",
];

/// Sections whose names are the project's own words.
const VERBATIM: &[&str] = &[
    "options.extras_require",
    "options.data_files",
    "options.entry_points",
    "options.package_data",
    "options.exclude_package_data",
];

/// A read setup.cfg.
#[derive(Clone, Debug)]
pub struct SetupCfg {
    pub file: FileId,
    /// In the file's order; options of the default section stand in each of them, after its own.
    pub sections: Vec<SetupSection>,
}

#[derive(Clone, Debug)]
pub struct SetupSection {
    pub name: String,
    pub span: Span,
    pub settings: Vec<Setting>,
}

/// One option.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Dashes and capitals folded where setuptools folds them.
    pub name: String,
    /// References filled in.
    pub value: String,
    option: ConfigOption,
}

impl Setting {
    /// The name as written.
    pub fn written(&self) -> &str {
        &self.option.name
    }

    pub fn name_span(&self) -> Span {
        self.option.name_place
    }

    /// The whole value; the name when the value is empty.
    pub fn value_span(&self) -> Span {
        self.option.value_span()
    }

    /// Where a part of the value stands; the whole value when references were filled in.
    pub fn span_of(&self, range: Range<usize>) -> Span {
        if self.option.value.as_deref() == Some(&self.value) {
            self.option.span_of(range)
        } else {
            self.value_span()
        }
    }
}

impl SetupSection {
    pub fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }
}

impl SetupCfg {
    pub fn section(&self, name: &str) -> Option<&SetupSection> {
        self.sections.iter().find(|section| section.name == name)
    }

    pub fn setting(&self, section: &str, name: &str) -> Option<&Setting> {
        self.section(section)?.setting(name)
    }
}

/// Reads the project's setup.cfg as a setuptools on a Python would. `None` when there is none, or when it cannot be
/// read at all; then the diagnostics say why, and setuptools would build nothing either.
pub fn read(
    system: &dyn System,
    sources: &mut Sources,
    python: Python,
    setuptools: &Version,
) -> (Option<SetupCfg>, Vec<Diagnostic>) {
    let content = match system.read("setup.cfg") {
        Ok(content) => content,
        Err(ReadError::NotFound) => return (None, Vec::new()),
        Err(error) => {
            let message = format!("`setup.cfg`: {error}");
            return (None, vec![Diagnostic::general(&codes::UNREADABLE_FILE, message)]);
        }
    };
    let (file, text) = match decode(&content) {
        Ok(text) => (sources.add("setup.cfg", &text), text),
        Err((message, offset)) => {
            let shown = String::from_utf8_lossy(&content).into_owned();
            let file = sources.add("setup.cfg", &shown);
            let span = Span::new(file, offset as u32, offset as u32 + 1);
            return (None, vec![Diagnostic::new(&codes::UNREADABLE_FILE, span, message)]);
        }
    };
    debug_assert_eq!(&**sources.text(file), text);
    let rules = Rules::new(python, setuptools);
    let (config, mut diagnostics) = ini::read(sources, file, &rules.dialect);
    if !diagnostics.is_empty() {
        return (None, diagnostics);
    }
    let mut sections = Vec::new();
    for section in config.sections {
        let mut settings: Vec<Setting> = Vec::new();
        let inherited = config.defaults.iter().filter(|default| section.option(&default.name).is_none());
        for option in section.options.iter().chain(inherited) {
            let lookup = |name: &str| {
                let name = if rules.dialect.lower_case { name.to_lowercase() } else { name.to_owned() };
                let default = || config.defaults.iter().find(|default| default.name == name);
                section.option(&name).or_else(default)?.value.clone()
            };
            let raw = option.value.as_deref().unwrap_or_default();
            let value = match ini::expand(rules.interpolation, raw, &lookup) {
                Ok(value) => value,
                Err(error) => {
                    diagnostics.push(uninterpolated(option, &section.name, &error));
                    return (None, diagnostics);
                }
            };
            let name = rules.fold(&section.name, option, &mut diagnostics);
            let setting = Setting { name, value, option: option.clone() };
            // As in a dictionary: a second spelling of a name takes the first one's place.
            match settings.iter_mut().find(|known| known.name == setting.name) {
                Some(known) => *known = setting,
                None => settings.push(setting),
            }
        }
        sections.push(SetupSection { name: section.name, span: section.place, settings });
    }
    (Some(SetupCfg { file, sections }), diagnostics)
}

/// UTF-8 without NUL; setuptools takes no byte order mark, which is then a line before the first section.
fn decode(content: &[u8]) -> Result<String, (String, usize)> {
    if content.starts_with(b"\xef\xbb\xbf") {
        return Err((
            "a byte order mark, which setuptools takes for a line before the first section".into(),
            0,
        ));
    }
    if let Some(at) = content.iter().position(|byte| *byte == 0) {
        return Err(("a NUL byte".into(), at));
    }
    encoding::decode_utf8(content).map_err(|error| {
        let offset = match error {
            encoding::DecodeError::Invalid { offset, .. } => offset,
            _ => 0,
        };
        (error.to_string(), offset)
    })
}

fn uninterpolated(option: &ConfigOption, section: &str, error: &InterpolationError) -> Diagnostic {
    let at = match error {
        InterpolationError::Syntax { at }
        | InterpolationError::Unclosed { at }
        | InterpolationError::Conversion { at } => *at,
        _ => None,
    };
    let span = at.map_or(option.value_span(), |at| option.span_of(at..at + 1));
    Diagnostic::new(
        &codes::SYNTAX_ERROR,
        span,
        format!("`{}` of `[{section}]` cannot be filled in: {error}", option.name),
    )
    .help("setuptools fills in `%(name)s` in every section; write `%%` for a percent sign")
}

/// What differs between the setuptools that spx answers for.
struct Rules {
    dialect: Dialect,
    interpolation: Interpolation,
    era: Era,
}

/// How option names are folded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Era {
    /// Before 54.0: lower case, and dashes as underscores, in every section.
    Everywhere,
    /// Before 78.0: dashes in all but two sections, capitals in `[metadata]` only.
    Partly,
    /// Since then: setuptools' own sections, but for those whose names are the project's.
    OwnSections,
}

impl Rules {
    fn new(python: Python, setuptools: &Version) -> Self {
        let era = if *setuptools < Version::new([54]) {
            Era::Everywhere
        } else if *setuptools < Version::new([78]) {
            Era::Partly
        } else {
            Era::OwnSections
        };
        let (dialect, interpolation) = if python.major == 2 {
            (Dialect::python2(), Interpolation::Classic)
        } else {
            let header_to_last_bracket = python >= Python::new(3, 10);
            (Dialect { header_to_last_bracket, ..Dialect::python3() }, Interpolation::Basic)
        };
        Self { dialect: Dialect { lower_case: era == Era::Everywhere, ..dialect }, interpolation, era }
    }

    /// The name that setuptools knows an option by.
    fn fold(&self, section: &str, option: &ConfigOption, diagnostics: &mut Vec<Diagnostic>) -> String {
        let name = &option.name;
        let own = section == "metadata" || section.starts_with("options") || COMMANDS.contains(&section);
        let folded = match self.era {
            Era::Everywhere => return name.replace('-', "_"),
            Era::Partly if matches!(section, "options.extras_require" | "options.data_files") => name.clone(),
            Era::Partly if section == "metadata" => name.replace('-', "_").to_lowercase(),
            Era::Partly => name.replace('-', "_"),
            Era::OwnSections if own && !VERBATIM.contains(&section) => name.replace('-', "_").to_lowercase(),
            Era::OwnSections => name.clone(),
        };
        if folded != *name && own {
            let title = format!("write `{folded}`");
            let edit = Edit { span: option.name_place, text: folded.clone() };
            let message = format!("`{name}` of `[{section}]` is an outdated spelling of `{folded}`");
            let diagnostic = Diagnostic::new(&codes::OUTDATED_SETTING, option.name_place, message)
                .help("setuptools 78.0 refused dashes and capitals, 78.0.2 took them back with a warning")
                .fix(Fix { title, applicability: Applicability::Safe, edits: vec![edit] });
            // Options of the default section come by once for each section.
            if !diagnostics.iter().any(|known| known.primary == diagnostic.primary) {
                diagnostics.push(diagnostic);
            }
        }
        folded
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;
    use std::fmt::Write;

    fn show(content: &[u8], python: Python, setuptools: [u64; 1]) -> String {
        let system = Memory::new().with("setup.cfg", content);
        let mut sources = Sources::new();
        let (config, diagnostics) = read(&system, &mut sources, python, &Version::new(setuptools));
        let mut out = String::new();
        for section in config.iter().flat_map(|config| &config.sections) {
            let settings: Vec<String> =
                section.settings.iter().map(|s| format!("{}={:?}", s.name, s.value)).collect();
            let _ = writeln!(out, "[{}] {}", section.name, settings.join(" "));
        }
        for diagnostic in &diagnostics {
            let place = sources.place(diagnostic.primary.as_ref().unwrap().span);
            let _ = writeln!(out, "{} {place}: {}", diagnostic.code.name, diagnostic.message);
        }
        out
    }

    const PYTHON: Python = Python::new(3, 11);

    #[test]
    fn names_are_folded_by_section_and_version() {
        let text = b"[metadata]\nAuthor-Email = x\n[options.extras_require]\nA-b = c\n[options.entry_points]\na-b = c\n[tool]\nA-b=c\n";
        insta::assert_snapshot!(show(text, PYTHON, [84]), @r#"
        [metadata] author_email="x"
        [options.extras_require] A-b="c"
        [options.entry_points] a-b="c"
        [tool] A-b="c"
        outdated-setting setup.cfg:2:1: `Author-Email` of `[metadata]` is an outdated spelling of `author_email`
        "#);
        insta::assert_snapshot!(show(text, PYTHON, [44]), @r#"
        [metadata] author_email="x"
        [options.extras_require] a_b="c"
        [options.entry_points] a_b="c"
        [tool] a_b="c"
        "#);
        insta::assert_snapshot!(show(text, PYTHON, [65]), @r#"
        [metadata] author_email="x"
        [options.extras_require] A-b="c"
        [options.entry_points] a_b="c"
        [tool] A_b="c"
        outdated-setting setup.cfg:2:1: `Author-Email` of `[metadata]` is an outdated spelling of `author_email`
        outdated-setting setup.cfg:6:1: `a-b` of `[options.entry_points]` is an outdated spelling of `a_b`
        "#);
    }

    #[test]
    fn interpolation_runs_over_every_section() {
        let text = b"[DEFAULT]\nv = 1\n[metadata]\nversion = %(v)s.0\n[bumpversion]\nserialize = {a} 100%\n";
        insta::assert_snapshot!(show(text, PYTHON, [84]), @"syntax-error setup.cfg:6:20: `serialize` of `[bumpversion]` cannot be filled in: `%` must be followed by `%` or `(`");
        let text = b"[DEFAULT]\nv = 1\n[metadata]\nversion = %(v)s.0\n";
        insta::assert_snapshot!(show(text, PYTHON, [84]), @r#"[metadata] version="1.0" v="1""#);
    }

    #[test]
    fn python2_has_its_own_dialect() {
        let text = b"[metadata]\nname = a ; comment\nsummary = 5% of\n[metadata]\nlicense = x\n";
        insta::assert_snapshot!(show(text, Python::new(2, 7), [44]), @r#"[metadata] name="a" summary="5% of" license="x""#);
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(
            show(b"[a]\nx = \xff\n", PYTHON, [84]),
            "unreadable-file setup.cfg:2:5: byte 0xff at offset 8 is not valid UTF-8\n"
        );
        assert_eq!(show(b"[a]\nx\0 = 1\n", PYTHON, [84]), "unreadable-file setup.cfg:2:2: a NUL byte\n");
        assert!(
            show(b"\xef\xbb\xbf[a]\n", PYTHON, [84])
                .starts_with("unreadable-file setup.cfg:1:1: a byte order mark")
        );
    }
}
