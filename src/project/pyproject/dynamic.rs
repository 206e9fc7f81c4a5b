//! `dynamic` fields: taken from files and attributes that `[tool.setuptools.dynamic]` names, or left as they were.

use super::{Merger, pairs};
use crate::diagnostic::codes;
use crate::project::{FieldValue, Place, Unknown};
use crate::syntax::ini::{self, Dialect, Interpolation};
use crate::syntax::toml::{Entry, Table, Value};
use crate::text::Span;
use crate::text::whitespace::{is_space, split_lines};

/// A text and where it was read.
type Text = Result<(String, Vec<Place>), Unknown>;

/// The field of setup() that a dynamic field of `[project]` may have been given by.
const PREVIOUS: &[(&str, &[&str])] = &[
    ("description", &["description"]),
    ("readme", &["long_description"]),
    ("requires-python", &["python_requires"]),
    ("license", &["license_expression", "license"]),
    ("authors", &["author", "author_email"]),
    ("maintainers", &["maintainer", "maintainer_email"]),
    ("keywords", &["keywords"]),
    ("classifiers", &["classifiers"]),
    ("urls", &["project_urls"]),
    ("optional-dependencies", &["extras_require"]),
];

/// Always there in setuptools, as empty maps when nothing set them.
const NEVER_MISSING: &[&str] = &["urls", "optional-dependencies"];

impl Merger<'_, '_, '_> {
    pub(super) fn dynamic(&mut self) {
        let (setuptools, fields) = (self.setuptools, self.dynamic.clone());
        let settings = setuptools.table("dynamic");
        let is_dynamic = |field: &str| fields.iter().any(|known| known == field);
        for field in &fields {
            let field = field.as_str();
            match settings.and_then(|settings| settings.entry(field)) {
                Some(entry) => self.take_setting(field, entry),
                None => self.keep_previous(field),
            }
        }
        // The groups of one file may be of a field that is not dynamic itself.
        if !is_dynamic("entry-points")
            && (is_dynamic("scripts") || is_dynamic("gui-scripts"))
            && let Some(entry) = settings.and_then(|settings| settings.entry("entry-points"))
        {
            self.take_setting("entry-points", entry);
        }
    }

    /// A field without a setting keeps what setup() or setup.cfg gave, which must then be something.
    fn keep_previous(&mut self, field: &str) {
        let Some((_, names)) = PREVIOUS.iter().find(|(known, _)| *known == field) else { return };
        let there =
            NEVER_MISSING.contains(&field) || names.iter().any(|name| self.metadata.get(name).is_some());
        if !there {
            let message = format!("`{field}` is listed as dynamic, and nothing gives it");
            self.refuse(
                &codes::INVALID_SETTING,
                self.project.entry("dynamic").map_or(self.head, |entry| entry.value.span),
                &message,
                "give it in `[tool.setuptools.dynamic]` or in setup.py, or remove it from `dynamic`",
            );
        }
    }

    fn take_setting(&mut self, field: &str, entry: &Entry) {
        let at = entry.key_span;
        match field {
            "version" => {
                let parsed = self.version(&entry.value);
                self.set_parsed("version", at, parsed);
            }
            "readme" => {
                let text = self.directive(&entry.value);
                self.set_parsed(
                    "long_description",
                    at,
                    text.map(|(text, trail)| (FieldValue::Text(text), trail)),
                );
                let kind =
                    entry.value.table().and_then(|table| table.get("content-type")).and_then(Value::text);
                self.set(
                    "long_description_content_type",
                    at,
                    FieldValue::Text(kind.unwrap_or("text/x-rst").to_owned()),
                );
            }
            "description" => {
                let text = self.directive(&entry.value);
                self.set_parsed("description", at, text.map(|(text, trail)| (FieldValue::Text(text), trail)));
            }
            "classifiers" => {
                let text = self.directive(&entry.value);
                let lines = text.map(|(text, trail)| {
                    (
                        FieldValue::List(split_lines(&text).map(|range| text[range].to_owned()).collect()),
                        trail,
                    )
                });
                self.set_parsed("classifiers", at, lines);
            }
            "dependencies" => {
                let text = self.directive(&entry.value);
                let lines = text.map(|(text, trail)| (FieldValue::List(requirements(&text)), trail));
                self.set_parsed("install_requires", at, lines);
            }
            "optional-dependencies" => {
                let parsed = self.extras(entry.value.table().unwrap_or(&Table::default()));
                self.set_parsed("extras_require", at, parsed);
            }
            "entry-points" => {
                let parsed = self.groups(&entry.value, at);
                self.set_parsed("entry_points", at, parsed);
                self.entry_points_set = true;
            }
            _ => {}
        }
    }

    /// `{file = …}`.
    fn directive(&mut self, value: &Value) -> Text {
        match value.table().and_then(|table| table.get("file")) {
            Some(file) => self.files(file),
            None => Err(self.refuse(
                &codes::INVALID_SETTING,
                value.span,
                "a dynamic setting without `file`",
                "write `{file = \"…\"}`",
            )),
        }
    }

    fn version(&mut self, value: &Value) -> Result<(FieldValue, Vec<Place>), Unknown> {
        let Some((reference, span)) = value
            .table()
            .filter(|table| table.get("file").is_none())
            .and_then(|table| table.get("attr"))
            .and_then(|value| Some((value.text()?.trim_matches(is_space), value.span)))
        else {
            return self.directive(value).map(|(text, trail)| (FieldValue::Text(text), trail));
        };
        let (value, trail) = (self.context.attribute)(self.context.sources, self.metadata, reference, span)?;
        match value {
            FieldValue::Text(_) => Ok((value, trail)),
            FieldValue::List(parts) => Ok((FieldValue::Text(parts.join(".")), trail)),
            _ => Err(Unknown { reason: format!("`{reference}` is neither text nor numbers"), span, trail }),
        }
    }

    fn extras(&mut self, table: &Table) -> Result<(FieldValue, Vec<Place>), Unknown> {
        let (mut extras, mut trail) = (Vec::new(), Vec::new());
        for entry in &table.entries {
            let (text, places) = self.directive(&entry.value)?;
            extras.push((entry.key.clone(), requirements(&text)));
            trail.extend(places);
        }
        Ok((FieldValue::ListMap(extras), trail))
    }

    /// Entry points from a file, with those that `[project]` gives itself for groups of other fields.
    fn groups(&mut self, value: &Value, at: Span) -> Result<(FieldValue, Vec<Place>), Unknown> {
        let (text, trail) = self.directive(value)?;
        let dialect = Dialect {
            delimiters: vec!['='],
            lower_case: false,
            // `default_section=None`: no header can name it.
            default_section: "\n".to_owned(),
            universal_newlines: false,
            ..Dialect::python3()
        };
        let file = ini::parse(&text, &dialect).map_err(|error| {
            let message = format!("line {} of the file is no entry point", error.line);
            self.refuse(
                &codes::INVALID_SETTING,
                value.span,
                &message,
                "write `[group]` and `name = module:attribute` lines",
            )
        })?;
        let mut groups = Vec::new();
        for section in &file.sections {
            let field = match section.name.as_str() {
                "console_scripts" => "scripts",
                "gui_scripts" => "gui-scripts",
                _ => "entry-points",
            };
            if field != "entry-points" && !self.dynamic.iter().any(|known| known == field) {
                let message =
                    format!("the file has `[{}]`, and `{field}` is not listed as dynamic", section.name);
                return Err(self.refuse(&codes::INVALID_SETTING, at, &message, "list it under `dynamic`"));
            }
            let lookup = |name: &str| section.option(name)?.value.clone();
            let mut commands = Vec::new();
            for option in &section.options {
                let raw = option.value.as_deref().unwrap_or_default();
                let value = ini::expand(Interpolation::Basic, raw, &lookup).map_err(|error| {
                    let message = format!("`{}` cannot be filled in: {error}", option.name);
                    self.refuse(&codes::INVALID_SETTING, at, &message, "write `%%` for a percent sign")
                })?;
                commands.push(format!("{} = {value}", option.name));
            }
            groups.push((section.name.clone(), commands));
        }
        for (key, group) in [("scripts", "console_scripts"), ("gui-scripts", "gui_scripts")] {
            if let Some(table) = self.project.table(key) {
                let commands = pairs(table).into_iter().map(|(name, value)| format!("{name} = {value}"));
                groups.push((group.to_owned(), commands.collect()));
            }
        }
        groups.retain(|(_, commands): &(String, Vec<String>)| !commands.is_empty());
        Ok((FieldValue::ListMap(groups), trail))
    }
}

/// Lines that are neither blank nor comments.
fn requirements(text: &str) -> Vec<String> {
    let lines = split_lines(text).map(|range| text[range].to_owned());
    lines
        .filter(|line| {
            let line = line.trim_matches(is_space);
            !line.is_empty() && !line.starts_with('#')
        })
        .collect()
}
