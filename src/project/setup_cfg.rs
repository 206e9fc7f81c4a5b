//! setup.cfg merged into the fields, as setuptools does (setuptools/config/setupcfg.py): what setup() was given and is
//! true stays, everything else is filled in.

use super::glob::Tree;
use super::{Field, FieldValue, Metadata, Place, Unknown, normalise, text_files};
use crate::diagnostic::{Code, Diagnostic, Severity, codes};
use crate::packaging::Version;
use crate::packaging::requirement_text::{self, Specifiers};
use crate::syntax::setup_cfg::{Setting, SetupCfg};
use crate::text::whitespace::is_space;
use crate::text::{Sources, Span};
use std::collections::HashMap;
use values::{Item, boolean, list, strict_boolean};

mod sections;
pub(super) mod values;

pub(super) use sections::expand;

/// Finds the value of `attr: module.name`: gets the reference without `attr:`, the option's place and the fields so far
/// (`package_dir` tells where modules stand). The value is a text, or a list whose items are joined by dots.
pub type ResolveAttribute<'a> =
    dyn FnMut(&mut Sources, &Metadata, &str, Span) -> Result<(FieldValue, Vec<Place>), Unknown> + 'a;

/// What merging needs of the project beside the fields.
pub struct Context<'a, 'tree> {
    pub tree: &'a Tree<'tree>,
    pub sources: &'a mut Sources,
    pub setuptools: &'a Version,
    pub attribute: &'a mut ResolveAttribute<'a>,
}

/// What setup.cfg says beside the fields.
#[derive(Clone, Debug, Default)]
pub struct Merged {
    /// The files that `file:` names: they go into the source distribution.
    pub referenced_files: Vec<String>,
    /// Commands that `cmdclass` replaces by classes of the project, with the place: such a class is code.
    pub command_classes: Vec<(String, Span)>,
    pub diagnostics: Vec<Diagnostic>,
}

/// How setuptools parses the value of an option.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parser {
    /// As it stands.
    Text,
    /// Text that may not be `file:`.
    OwnText,
    /// Text, or `file:` and the files to join.
    File,
    /// As `File`, then split as a list.
    FileList,
    List,
    Dictionary,
    Boolean,
    /// Lines, or items at semicolons; `file:` too.
    Requirements,
    /// Lines, or items at semicolons.
    Semicolons,
    Version,
    Specifiers,
    Packages,
    EntryPoints,
    /// A list of modules with versions, in the syntax of PEP 314.
    Legacy,
    CommandClasses,
    /// Something that cannot be said by one string: setuptools takes the string and fails later.
    Refused,
    /// Set on the distribution, but no part of any artifact.
    Ignored,
}

use Parser as P;

/// Options of `[metadata]` by field.
const METADATA: &[(&str, Parser)] = &[
    ("author", P::Text),
    ("author_email", P::Text),
    ("classifiers", P::FileList),
    ("description", P::File),
    ("download_url", P::Text),
    ("keywords", P::List),
    ("license", P::OwnText),
    ("license_expression", P::Text),
    ("license_file", P::Text),
    ("license_files", P::List),
    ("long_description", P::File),
    ("long_description_content_type", P::Text),
    ("maintainer", P::Text),
    ("maintainer_email", P::Text),
    ("name", P::Text),
    ("obsoletes", P::Legacy),
    ("platforms", P::List),
    ("project_urls", P::Dictionary),
    ("provides", P::Legacy),
    ("requires", P::Legacy),
    ("url", P::Text),
    ("version", P::Version),
];

const ALIASES: &[(&str, &str)] = &[
    ("home_page", "url"),
    ("summary", "description"),
    ("classifier", "classifiers"),
    ("platform", "platforms"),
];

/// Options of `[options]` by field.
const OPTIONS: &[(&str, Parser)] = &[
    ("cmdclass", P::CommandClasses),
    ("data_files", P::Refused),
    ("dependency_links", P::List),
    ("eager_resources", P::List),
    ("entry_points", P::EntryPoints),
    ("exclude_package_data", P::Refused),
    ("ext_modules", P::Refused),
    ("extras_require", P::Refused),
    ("headers", P::Refused),
    ("include_package_data", P::Boolean),
    ("install_requires", P::Requirements),
    ("libraries", P::Refused),
    ("namespace_packages", P::List),
    ("package_data", P::Refused),
    ("package_dir", P::Dictionary),
    ("packages", P::Packages),
    ("py_modules", P::List),
    ("python_requires", P::Specifiers),
    ("scripts", P::List),
    ("setup_requires", P::Semicolons),
    ("test_suite", P::Text),
    ("tests_require", P::Semicolons),
    ("use_2to3", P::Refused),
    ("zip_safe", P::Boolean),
];

/// The options that are read of a section.
#[cfg(test)]
pub(super) fn names(section: &str) -> impl Iterator<Item = &'static str> {
    let (own, aliases) = if section == "metadata" { (METADATA, ALIASES) } else { (OPTIONS, &[][..]) };
    own.iter().map(|(name, _)| *name).chain(aliases.iter().map(|(name, _)| *name))
}

/// What an option gives: a value with the places that it came through, or the reason why it cannot be known. The
/// diagnostic of a reason that is the file's own fault stands in [`Merged`] already.
type Parsed = Result<(FieldValue, Vec<Place>), Unknown>;

/// Merges setup.cfg into what setup() was given.
pub fn merge(metadata: &mut Metadata, config: &SetupCfg, context: &mut Context<'_, '_>) -> Merged {
    let mut merger = Merger { metadata, config, context, merged: Merged::default(), found_under: None };
    merger.sections("options");
    if let Some((directory, origin)) = merger.found_under.take()
        && !is_true(merger.metadata.get("package_dir"))
    {
        let value = FieldValue::TextMap(vec![(String::new(), directory)]);
        merger.metadata.set("package_dir", Field::Known { value, origin, trail: Vec::new() });
    }
    merger.sections("metadata");
    merger.universal();
    merger.merged
}

/// Whether setup() gave a value that Python takes for true, or one that may be: then setup.cfg does not replace it.
pub(super) fn is_true(field: Option<&Field>) -> bool {
    match field {
        None => false,
        Some(Field::Unknown { .. }) => true,
        Some(Field::Known { value, .. }) => match value {
            FieldValue::Text(text) => !text.is_empty(),
            FieldValue::Bool(value) => *value,
            FieldValue::List(items) => !items.is_empty(),
            FieldValue::TextMap(pairs) => !pairs.is_empty(),
            FieldValue::ListMap(pairs) | FieldValue::Files(pairs) => !pairs.is_empty(),
        },
    }
}

struct Merger<'a, 'b, 'tree> {
    metadata: &'a mut Metadata,
    config: &'a SetupCfg,
    context: &'a mut Context<'b, 'tree>,
    merged: Merged,
    /// Where `find:` looked, when that is not the root: it becomes `package_dir`.
    found_under: Option<(String, Span)>,
}

impl Merger<'_, '_, '_> {
    fn since(&self, release: &[u64]) -> bool {
        *self.context.setuptools >= Version::new(release)
    }

    /// Which version specifiers this setuptools takes.
    fn specifiers(&self) -> Specifiers {
        Specifiers::of(self.context.setuptools)
    }

    fn sections(&mut self, prefix: &str) {
        let config = self.config;
        for section in &config.sections {
            let Some(rest) = section.name.strip_prefix(prefix) else { continue };
            match (prefix, rest.trim_start_matches('.')) {
                (_, "") => section.settings.iter().for_each(|setting| self.setting(prefix, setting)),
                ("options", "packages.find") => {}
                ("options", "entry_points") => self.entry_point_groups(section),
                ("options", "extras_require") => self.extras(section),
                ("options", "package_data") => self.package_data("package_data", section),
                ("options", "exclude_package_data") => self.package_data("exclude_package_data", section),
                ("options", "data_files") => self.data_files(section),
                _ => self.merged.diagnostics.push(
                    Diagnostic::new(
                        &codes::INVALID_SETTING,
                        section.span,
                        format!("setuptools has no section `[{}]`", section.name),
                    )
                    .here("every build fails here")
                    .help("the sections are options, options.packages.find, .extras_require, .entry_points, .package_data, .exclude_package_data, .data_files and metadata"),
                ),
            }
        }
    }

    fn setting(&mut self, prefix: &str, setting: &Setting) {
        let table = if prefix == "metadata" { METADATA } else { OPTIONS };
        let alias = ALIASES.iter().find(|(alias, _)| prefix == "metadata" && *alias == setting.name);
        let name = alias.map_or(setting.name.as_str(), |(_, name)| name);
        // What setuptools does not know it passes over without a word.
        let Some((name, parser)) = table.iter().find(|(known, _)| *known == name).copied() else { return };
        let gone = matches!(name, "tests_require" | "test_suite") && self.since(&[72]);
        if gone || parser == P::Ignored || is_true(self.metadata.get(name)) {
            return;
        }
        if parser == P::Refused {
            self.refused(name, setting);
        } else if parser == P::CommandClasses {
            for (command, _) in self.dictionary(name, setting).unwrap_or_default() {
                self.merged.command_classes.push((command, setting.name_span()));
            }
        } else {
            let parsed = self.parse(name, parser, setting);
            self.set(name, setting.name_span(), parsed);
        }
    }

    fn set(&mut self, name: &str, origin: Span, parsed: Parsed) {
        let field = match parsed {
            Ok((value, trail)) => Field::Known { value, origin, trail },
            Err(unknown) => Field::Unknown { origin, unknown },
        };
        self.metadata.set(name, field);
    }

    fn refuse(&mut self, code: &'static Code, span: Span, message: &str, help: &str) -> Unknown {
        text_files::refuse(&mut self.merged.diagnostics, code, span, message, help)
    }

    fn parse(&mut self, name: &str, parser: Parser, setting: &Setting) -> Parsed {
        let value = setting.value.as_str();
        let plain = |value| Ok((value, Vec::new()));
        let words = |items: Vec<Item>| FieldValue::List(items.into_iter().map(|item| item.text).collect());
        match parser {
            P::Text => plain(FieldValue::Text(value.to_owned())),
            P::OwnText if value.starts_with("file:") && self.since(&[41]) => {
                let message = format!("`{name}` may not be read from a file");
                Err(self.refuse(
                    &codes::INVALID_SETTING,
                    setting.value_span(),
                    &message,
                    "name the licence, and list its files under `license_files`",
                ))
            }
            P::OwnText | P::File => {
                let (text, trail) = self.text(setting)?;
                Ok((FieldValue::Text(text), trail))
            }
            P::FileList => {
                let (text, trail) = self.text(setting)?;
                Ok((words(list(&text, ',')), trail))
            }
            P::List => plain(words(list(value, ','))),
            P::Semicolons => plain(words(self.checked(name, setting, list(value, ';'))?)),
            P::Dictionary => Ok((FieldValue::TextMap(self.dictionary(name, setting)?), Vec::new())),
            P::Boolean => plain(FieldValue::Bool(boolean(value))),
            P::Legacy => self.legacy(name, setting),
            P::Requirements => {
                let (items, trail) = self.requirements(name, setting)?;
                Ok((FieldValue::List(items), trail))
            }
            P::Specifiers if !self.since(&[41]) => plain(FieldValue::Text(value.to_owned())),
            P::Specifiers => match requirement_text::canonical_specifiers_with(value, self.specifiers()) {
                Ok(text) => plain(FieldValue::Text(text)),
                Err(error) => {
                    let span = setting.span_of(error.range);
                    Err(self.refuse(
                        &codes::INVALID_SETTING,
                        span,
                        &error.message,
                        "write clauses at commas: `>=3.8, <4`",
                    ))
                }
            },
            P::Version => self.version(setting),
            P::Packages => self.packages(setting),
            P::EntryPoints => {
                let (text, trail) = self.text(setting)?;
                match normalise::entry_points(&text) {
                    Ok(groups) => Ok((FieldValue::ListMap(groups), trail)),
                    Err(line) => {
                        let message = format!("`{line}` is no entry point");
                        Err(self.refuse(
                            &codes::INVALID_SETTING,
                            setting.value_span(),
                            &message,
                            "write `name = module:attribute`",
                        ))
                    }
                }
            }
            P::CommandClasses | P::Refused | P::Ignored => plain(FieldValue::Text(String::new())),
        }
    }

    /// The option's text, or the files that `file:` names, joined by line ends. A missing file is passed over.
    fn text(&mut self, setting: &Setting) -> Result<(String, Vec<Place>), Unknown> {
        let Some(names) = setting.value.strip_prefix("file:") else {
            return Ok((setting.value.clone(), Vec::new()));
        };
        let mut offset = "file:".len();
        let mut files = Vec::new();
        for name in names.split(',') {
            let path = name.trim_matches(is_space);
            let start = offset + name.find(path).unwrap_or(0);
            files.push((path, setting.span_of(start..start + path.len())));
            offset += name.len() + 1;
            self.merged.referenced_files.push(path.to_owned());
        }
        text_files::read(&files, self.context.tree.system, self.context.sources, &mut self.merged.diagnostics)
    }

    /// `provides`, `obsoletes` and `requires`; the last one became a text, which is iterated over, with setuptools 69.
    fn legacy(&mut self, name: &str, setting: &Setting) -> Parsed {
        let accepts = if name == "provides" { values::is_provision } else { values::is_predicate };
        let words = if name == "requires" && self.since(&[69]) {
            normalise::characters(&setting.value)
        } else {
            list(&setting.value, ',').into_iter().map(|item| item.text).collect()
        };
        if let Some(bad) = words.iter().find(|word| !accepts(word)) {
            let message = format!("setuptools refuses `{bad}` in `{name}`");
            let help = "remove the option: nothing reads it, `install_requires` took its place";
            return Err(self.refuse(&codes::INVALID_SETTING, setting.value_span(), &message, help));
        }
        Ok((FieldValue::List(words), Vec::new()))
    }

    fn dictionary(&mut self, name: &str, setting: &Setting) -> Result<Vec<(String, String)>, Unknown> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        let mut places: HashMap<String, usize> = HashMap::new();
        for item in list(&setting.value, ',') {
            let Some((key, value)) = item.text.split_once('=') else {
                let message = format!("an item of `{name}` without `=`");
                let span = setting.span_of(item.range);
                return Err(self.refuse(
                    &codes::INVALID_SETTING,
                    span,
                    &message,
                    "write `key = value` on a line of its own",
                ));
            };
            let (key, value) =
                (key.trim_matches(is_space).to_owned(), value.trim_matches(is_space).to_owned());
            if let Some(&at) = places.get(&key) {
                pairs[at].1 = value;
            } else {
                places.insert(key.clone(), pairs.len());
                pairs.push((key, value));
            }
        }
        Ok(pairs)
    }

    /// A list of requirements: lines, or items at semicolons when there is one line.
    fn requirements(&mut self, name: &str, setting: &Setting) -> Result<(Vec<String>, Vec<Place>), Unknown> {
        if setting.value.starts_with("file:") && self.since(&[62, 6]) {
            let (text, trail) = self.text(setting)?;
            let items =
                list(&text, ';').into_iter().map(|item| item.text).filter(|item| !item.starts_with('#'));
            return Ok((items.collect(), trail));
        }
        let items = list(&setting.value, ';');
        if let [_, second] = items.as_slice()
            && !setting.value.contains('\n')
            && values::starts_with_marker_variable(&second.text)
        {
            let span = setting.span_of(second.range.clone());
            let message = "read as a requirement of its own, not as a marker";
            let help = "on one line, items of this option end at semicolons: put the requirement on an indented line below";
            if requirement_text::canonical_with(&second.text, self.specifiers()).is_err() {
                return Err(self.refuse(&codes::INVALID_REQUIREMENT, span, message, help));
            }
            let diagnostic = Diagnostic::new(&codes::INVALID_REQUIREMENT, span, message);
            self.merged.diagnostics.push(diagnostic.severity(Severity::Warning).help(help));
        }
        let items = self.checked(name, setting, items)?;
        let items = items.into_iter().map(|item| item.text);
        let since = self.since(&[62, 6]);
        Ok((items.filter(|item| !since || !item.starts_with('#')).collect(), Vec::new()))
    }

    /// The items when each is a requirement; a continued one is left to the final pass, which joins them.
    fn checked(&mut self, name: &str, setting: &Setting, items: Vec<Item>) -> Result<Vec<Item>, Unknown> {
        if items.iter().any(|item| item.text.ends_with('\\')) {
            return Ok(items);
        }
        for item in &items {
            for line in requirement_text::lines(&[&item.text]) {
                if let Err(error) = requirement_text::canonical_with(&line, self.specifiers()) {
                    let start = item.range.start;
                    let span = setting.span_of(
                        start + error.range.start..start + error.range.end.max(error.range.start + 1),
                    );
                    let message = format!("`{name}` has an item that is no requirement: {}", error.message);
                    return Err(self.refuse(
                        &codes::INVALID_REQUIREMENT,
                        span,
                        &message,
                        "write it as PEP 508 does: `name>=1.0; python_version < '3'`",
                    ));
                }
            }
        }
        Ok(items)
    }

    fn version(&mut self, setting: &Setting) -> Parsed {
        if setting.value.starts_with("file:") {
            let (text, trail) = self.text(setting)?;
            let text = text.trim_matches(is_space).to_owned();
            if normalise::version(&text).is_none() {
                let message = "the file holds something else than one version";
                return Err(self.refuse(
                    &codes::INVALID_VERSION,
                    setting.value_span(),
                    message,
                    "keep the version alone in the file, as `1.2.3`",
                ));
            }
            return Ok((FieldValue::Text(text), trail));
        }
        if !setting.value.starts_with("attr:") {
            return Ok((FieldValue::Text(setting.value.clone()), Vec::new()));
        }
        let reference = setting.value.replace("attr:", "");
        let reference = reference.trim_matches(is_space);
        let span = setting.value_span();
        let (value, trail) = (self.context.attribute)(self.context.sources, self.metadata, reference, span)?;
        let text = match value {
            FieldValue::Text(text) => text,
            FieldValue::List(parts) => parts.join("."),
            _ => {
                return Err(Unknown {
                    reason: format!("`{reference}` is neither text nor numbers"),
                    span,
                    trail,
                });
            }
        };
        Ok((FieldValue::Text(text), trail))
    }

    fn refused(&mut self, name: &str, setting: &Setting) {
        let unset = setting.value.is_empty()
            || (name == "use_2to3" && !self.since(&[58]) && !boolean(&setting.value));
        if unset {
            return;
        }
        let (message, help) = match name {
            "use_2to3" => (
                "setuptools 58 and later do not run 2to3".to_owned(),
                "port the sources and remove the option".to_owned(),
            ),
            "ext_modules" | "libraries" | "headers" => (
                format!("`{name}` cannot be given in setup.cfg"),
                "give it to setup() in setup.py".to_owned(),
            ),
            _ => (
                format!("`{name}` cannot be given as one text"),
                format!("write a section `[options.{name}]`"),
            ),
        };
        let unknown = self.refuse(&codes::INVALID_SETTING, setting.name_span(), &message, &help);
        self.set(name, setting.name_span(), Err(unknown));
    }

    /// Whether the wheel is for Python 2 and 3: a command's option, which overrides `setup(options=…)`.
    fn universal(&mut self) {
        let config = self.config;
        if let Some(setting) = config.setting("bdist_wheel", "universal") {
            let parsed = if let Some(value) = strict_boolean(&setting.value) {
                Ok((FieldValue::Bool(value), Vec::new()))
            } else {
                let message = format!("`{}` is no truth value", setting.value);
                Err(self.refuse(&codes::INVALID_SETTING, setting.value_span(), &message, "write 1 or 0"))
            };
            self.set("universal", setting.name_span(), parsed);
        }
        if let Some(setting) = config.setting("wheel", "universal")
            && boolean(setting.value.trim_matches(is_space))
        {
            self.set("universal", setting.name_span(), Ok((FieldValue::Bool(true), Vec::new())));
        }
    }
}

#[cfg(test)]
mod tests;
