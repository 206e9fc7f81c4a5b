//! setup.cfg as setuptools reads it: the dialect, the spelling of names, `%(name)s` filled in, in every section.

use super::ini::{self, Budget, ConfigFile, ConfigOption, Dialect, Interpolation, InterpolationError};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, Severity, codes};
use crate::packaging::{Python, Version};
use crate::system::{ReadError, System};
use crate::text::{FileId, Sources, Span, encoding};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The largest file, in bytes; real ones have below a hundred thousand.
const MAX_FILE: u64 = 1024 * 1024;

/// The most options in all sections, the default section's counted in each; real files have below a thousand.
const MAX_SETTINGS: usize = 20_000;

/// The most bytes of all their values.
const MAX_BYTES: usize = 64 * 1024 * 1024;

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
    /// Where each line of the value starts in it; `None` when references were filled in.
    starts: Option<Vec<usize>>,
}

impl Setting {
    fn new(name: String, value: String, option: ConfigOption) -> Self {
        let starts = (option.value.as_ref() == Some(&value)).then(|| option.starts());
        Self { name, value, option, starts }
    }

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
        self.starts.as_ref().map_or_else(|| self.value_span(), |starts| self.option.span_of(range, starts))
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
    let content = match system.read_up_to("setup.cfg", MAX_FILE) {
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
    match settings(config, &rules, &mut diagnostics) {
        Ok(sections) => (Some(SetupCfg { file, sections }), diagnostics),
        Err(diagnostic) => {
            diagnostics.push(*diagnostic);
            (None, diagnostics)
        }
    }
}

/// Each section with the options of the default section, their values filled in and their names folded.
fn settings(
    config: ConfigFile,
    rules: &Rules,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Vec<SetupSection>, Box<Diagnostic>> {
    let by_name = |options: &[ConfigOption]| -> HashMap<String, Option<String>> {
        options.iter().map(|option| (option.name.clone(), option.value.clone())).collect()
    };
    let defaults = by_name(&config.defaults);
    let mut budget = Budget::default();
    let mut reported = HashSet::new();
    let (mut count, mut bytes) = (0, 0);
    let mut sections = Vec::new();
    for section in config.sections {
        let own = by_name(&section.options);
        let lookup = |name: &str| {
            let name = if rules.dialect.lower_case { name.to_lowercase() } else { name.to_owned() };
            own.get(&name).or_else(|| defaults.get(&name))?.clone()
        };
        let inherited = config.defaults.iter().filter(|default| !own.contains_key(&default.name));
        let mut settings: Vec<Setting> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for option in section.options.iter().chain(inherited) {
            let raw = option.value.as_deref().unwrap_or_default();
            let value = match ini::expand_within(rules.interpolation, raw, &lookup, &mut budget) {
                Ok(value) => value,
                Err(error @ (InterpolationError::Depth | InterpolationError::TooLarge)) => {
                    // No project that was ever built has one of these: the rest of the file is still worth reading.
                    if reported.insert(section.place) {
                        let mut diagnostic = uninterpolated(option, &section.name, &error);
                        diagnostic.severity = Severity::Warning;
                        let taken = "spx takes it as it is written; setuptools stops here";
                        diagnostics.push(diagnostic.help(taken));
                    }
                    raw.to_owned()
                }
                Err(error) => return Err(Box::new(uninterpolated(option, &section.name, &error))),
            };
            (count, bytes) = (count + 1, bytes + value.len());
            if count > MAX_SETTINGS || bytes > MAX_BYTES {
                let message = format!("more than {MAX_SETTINGS} options or {MAX_BYTES} bytes of values");
                return Err(Box::new(Diagnostic::new(&codes::LIMIT, option.name_place, message)));
            }
            let name = rules.fold(&section.name, option);
            // Options of the default section come by once for each section.
            if name != option.name && rules.owns(&section.name) && reported.insert(option.name_place) {
                diagnostics.push(outdated(&section.name, option, &name));
            }
            let setting = Setting::new(name, value, option.clone());
            // As in a dictionary: a second spelling of a name takes the first one's place.
            if let Some(&at) = places.get(&setting.name) {
                settings[at] = setting;
            } else {
                places.insert(setting.name.clone(), settings.len());
                settings.push(setting);
            }
        }
        sections.push(SetupSection { name: section.name, span: section.place, settings });
    }
    Ok(sections)
}

fn outdated(section: &str, option: &ConfigOption, folded: &str) -> Diagnostic {
    let title = format!("write `{folded}`");
    let edit = Edit { span: option.name_place, text: folded.to_owned() };
    let message = format!("`{}` of `[{section}]` is an outdated spelling of `{folded}`", option.name);
    Diagnostic::new(&codes::OUTDATED_SETTING, option.name_place, message)
        .help("setuptools 78.0 refused dashes and capitals, 78.0.2 took them back with a warning")
        .fix(Fix { title, applicability: Applicability::Safe, edits: vec![edit] })
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
    let span = at.map_or(option.value_span(), |at| option.span_of(at..at + 1, &option.starts()));
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
    fn fold(&self, section: &str, option: &ConfigOption) -> String {
        let name = &option.name;
        match self.era {
            Era::Everywhere => name.replace('-', "_"),
            Era::Partly if matches!(section, "options.extras_require" | "options.data_files") => name.clone(),
            Era::Partly if section == "metadata" => name.replace('-', "_").to_lowercase(),
            Era::Partly => name.replace('-', "_"),
            Era::OwnSections if self.owns(section) && !VERBATIM.contains(&section) => {
                name.replace('-', "_").to_lowercase()
            }
            Era::OwnSections => name.clone(),
        }
    }

    /// Whether a section is one that setuptools warns about; the oldest folded names without a word.
    fn owns(&self, section: &str) -> bool {
        let own = section == "metadata" || section.starts_with("options") || COMMANDS.contains(&section);
        own && self.era != Era::Everywhere
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
    fn what_multiplies_is_limited() {
        let lines = |line: &dyn Fn(usize) -> String| (0..2_000).map(line).collect::<String>();
        let product =
            format!("[DEFAULT]\n{}{}", lines(&|n| format!("k{n}=v\n")), lines(&|n| format!("[s{n}]\n")));
        assert!(show(product.as_bytes(), PYTHON, [84]).starts_with("limit "));
        let nested = format!(
            "[a]\nk=\n{}",
            lines(&|n| format!("k{}={}\n", n % 4 * 500 + n / 4 + 1, "%(k)s".repeat(101)))
        );
        assert!(
            show(nested.as_bytes(), PYTHON, [84]).contains("more than 16777216 bytes or 200000 references")
        );
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
