//! What a `setup()` call was given, as fields: the shapes that setuptools' `Distribution` makes of its arguments
//! (setuptools/dist.py, setuptools/_distutils/dist.py).

use super::command_class::{self, Replacement, judge};
use super::distribution_class;
use super::metadata::{FIELDS, Shape, shape};
use super::vocabulary::{Slot, words};
use super::{Field, FieldValue, Metadata, Place, Unknown, Written, normalise, scm};
use crate::eval::outcome::{Outcome, View};
use crate::eval::state::SetupCall;
use crate::eval::value::Value;
use crate::packaging::Version;
use crate::text::Span;
use std::collections::BTreeMap;

/// What a call says beside the fields.
#[derive(Clone, Debug, Default)]
pub struct Call {
    pub metadata: Metadata,
    /// `options={'bdist_wheel': {'python_tag': 'py3'}}` as command, option, value and place.
    pub options: Vec<(String, String, String, Span)>,
    /// Arguments that change what is built in ways that fields do not tell.
    pub special: Vec<Special>,
    /// Arguments that setuptools has not: a plug-in may take them.
    pub foreign: Vec<(String, Span)>,
    /// The file that setuptools_scm writes the version to, with the template for it, if one is given and known.
    pub version_file: Option<(String, Option<String>)>,
    /// What the script does to files of the project.
    pub written: BTreeMap<String, Written>,
    /// What commands of the project do to the libraries of a wheel, by path.
    pub library: BTreeMap<String, Written>,
    /// What the command `sdist` of the project does to the files of a source distribution, by path.
    pub release: BTreeMap<String, Written>,
    /// Whether the command `build_py` is that of distutils.
    pub plain_build_py: bool,
    /// Fields whose iterators setuptools reads to their end before it uses them, so that they give nothing.
    pub spent: Vec<(&'static str, Span)>,
    /// The files that extensions are made of, when all of them are known.
    pub extension_files: Option<Vec<String>>,
}

/// An argument that makes code take part in the build.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Special {
    pub keyword: String,
    pub span: Span,
    /// For `cmdclass`, the command that is replaced, and what that changes.
    pub command: Option<(String, Replacement)>,
    /// Why the value is unknown, when it is.
    pub unknown: Option<String>,
}

impl Special {
    /// An argument that other code than setuptools' may take, or a setting that has other code build: `why` goes on after its name.
    pub(super) fn elsewhere(keyword: &str, span: Span, why: String) -> Self {
        Self { keyword: keyword.to_owned(), span, command: None, unknown: Some(why) }
    }

    /// Why it is not setuptools alone that builds, if this is what says so.
    pub(super) fn why_elsewhere(&self) -> Option<&str> {
        let known = SPECIAL.contains(&self.keyword.as_str()) || self.keyword == "options";
        self.unknown.as_deref().filter(|_| !known && self.command.is_none())
    }
}

/// Arguments beside the fields that let code of the project or of a plug-in take part.
const SPECIAL: &[&str] = &[
    "cmdclass",
    "distclass",
    "libraries",
    "headers",
    "use_2to3",
    "use_scm_version",
    "pbr",
    "d2to1",
    "cffi_modules",
    "rust_extensions",
    "setup_cfg",
];

/// Why a value has not the shape of its field: "unknown, because" for values that were known.
type Lost = (String, Span);

/// The most items of one list, nested ones counted in.
const MAX_TEXTS: usize = 200_000;

/// Reads one call of `setup()`.
pub fn from_setup(outcome: &Outcome, call: &SetupCall, setuptools: &Version) -> Call {
    let mut made = Call::default();
    let reader = Reader { outcome, setuptools, call };
    let written = call.written.iter().map(|(path, content)| (path.clone(), reader.written(content.as_ref())));
    made.written = written.collect();
    for (name, span) in &outcome.patches {
        made.special.push(Special { keyword: name.clone(), span: *span, command: None, unknown: None });
    }
    for (keyword, value, span) in &call.keywords {
        if keyword == "ext_modules" {
            made.extension_files = reader.extension_files(value, *span).ok();
        }
        let keyword = if keyword == "licence" { "license" } else { keyword.as_str() };
        if let Some((name, shape)) = shape(keyword) {
            if reader.is_spent(name, value) {
                made.spent.push((name, *span));
            }
            if let Some(field) = reader.field(name, shape, value, *span) {
                made.metadata.set(name, field);
            }
        } else if keyword == "options" {
            reader.options(value, *span, &mut made);
        } else if SPECIAL.contains(&keyword) {
            reader.special(keyword, value, *span, &mut made);
        } else if !words(&[Slot::Setup, Slot::PlugIn]).any(|word| word.name == keyword)
            && !matches!(outcome.view(value), View::None | View::Bool(false))
        {
            made.foreign.push((keyword.to_owned(), *span));
        }
    }
    let class = call.keywords.iter().find(|(keyword, ..)| keyword == "distclass");
    if let Some((_, class, span)) = class
        && let Some(reason) = distribution_class::judge(outcome, class)
    {
        for (name, _) in FIELDS {
            let unknown = Unknown { reason: reason.clone(), span: *span, trail: Vec::new() };
            made.metadata.set(name, Field::Unknown { origin: *span, unknown });
        }
    }
    if let Some(more) = &call.more {
        // `setup(**unknown)`: any field that was not given may have been.
        let (reason, span) = match outcome.view(more) {
            View::Unknown(unknown) => (unknown.reason.into_owned(), unknown.span),
            _ => ("some arguments are not known".to_owned(), call.span),
        };
        for (name, _) in FIELDS {
            if made.metadata.get(name).is_none() {
                let unknown = Unknown { reason: reason.clone(), span, trail: Vec::new() };
                made.metadata.set(name, Field::Unknown { origin: call.span, unknown });
            }
        }
    }
    made
}

struct Reader<'a> {
    outcome: &'a Outcome,
    setuptools: &'a Version,
    call: &'a SetupCall,
}

impl Reader<'_> {
    /// `None` for an argument that says nothing (`None`, or an empty text or list where setuptools takes that as unset).
    fn field(&self, name: &str, shape: Shape, value: &Value, span: Span) -> Option<Field> {
        if matches!(self.outcome.view(value), View::None) {
            return None;
        }
        let words = matches!(name, "keywords" | "platforms");
        // distutils of Python 2 cuts a `str` into words and leaves a `unicode` as it is: in one piece, or saying nothing.
        let shape = if words && self.outcome.is_unicode(value) { Shape::Text } else { shape };
        if words
            && shape == Shape::Text
            && matches!(self.outcome.view(value), View::Text(text) if text.is_empty())
        {
            return None;
        }
        let trail = self.trail(value, span);
        Some(match self.convert(name, shape, value, span) {
            Ok(value) => Field::Known { value, origin: span, trail },
            Err((reason, place)) => {
                Field::Unknown { origin: span, unknown: Unknown { reason, span: place, trail } }
            }
        })
    }

    /// Whether something in the field is an iterator with items of which setuptools sees none.
    fn is_spent(&self, name: &str, value: &Value) -> bool {
        let filled = |value: &Value| {
            self.outcome.is_iterator(value)
                && matches!(self.outcome.view(value), View::List(items) | View::Tuple(items) if !items.is_empty())
        };
        match name {
            "install_requires" | "packages" | "setup_requires" => filled(value),
            "entry_points" | "extras_require" => match self.outcome.view(value) {
                View::Dict(entries) => entries.iter().any(|(_, items)| filled(items)),
                _ => false,
            },
            _ => false,
        }
    }

    fn trail(&self, value: &Value, origin: Span) -> Vec<Place> {
        Place::all(self.outcome.trail(value).into_iter().filter(|span| *span != origin))
    }

    fn convert(&self, name: &str, shape: Shape, value: &Value, span: Span) -> Result<FieldValue, Lost> {
        match shape {
            Shape::Text => self.text(name, value, span).map(FieldValue::Text),
            Shape::Bool => self.boolean(value, span).map(FieldValue::Bool),
            Shape::List => self.list(name, value, span).map(FieldValue::List),
            Shape::TextMap => {
                let entries = self.dict(value, span)?;
                let pair =
                    |(key, value): (Value, Value)| Ok((self.string(&key, span)?, self.string(&value, span)?));
                entries.into_iter().map(pair).collect::<Result<_, Lost>>().map(FieldValue::TextMap)
            }
            Shape::ListMap => self.list_map(name, value, span).map(FieldValue::ListMap),
            Shape::Files => self.files(value, span).map(FieldValue::Files),
        }
    }

    fn text(&self, name: &str, value: &Value, span: Span) -> Result<String, Lost> {
        match self.outcome.view(value) {
            // setuptools makes a text of a number.
            View::Int(text) if name == "version" => Ok(text),
            View::Float(number) if name == "version" => Ok(crate::eval::float_text::repr(number)),
            _ => self.string(value, span),
        }
    }

    fn string(&self, value: &Value, span: Span) -> Result<String, Lost> {
        match self.outcome.view(value) {
            View::Text(text) => Ok(text),
            other => Err(self.lost(&other, value, span, "text")),
        }
    }

    fn boolean(&self, value: &Value, span: Span) -> Result<bool, Lost> {
        match self.outcome.view(value) {
            View::Bool(flag) => Ok(flag),
            View::Int(number) if number == "0" || number == "1" => Ok(number == "1"),
            other => Err(self.lost(&other, value, span, "True or False")),
        }
    }

    fn list(&self, name: &str, value: &Value, span: Span) -> Result<Vec<String>, Lost> {
        if name == "ext_modules" {
            return self.extensions(value, span);
        }
        if self.outcome.is_iterator(value) {
            match name {
                // setuptools walks over these to check them, and finds nothing when it comes to use them.
                "install_requires" | "packages" | "setup_requires" | "tests_require" => return Ok(Vec::new()),
                "dependency_links" | "eager_resources" | "namespace_packages" => {
                    return Err(("it is an iterator where setuptools wants a list".to_owned(), span));
                }
                _ => {}
            }
        }
        match self.outcome.view(value) {
            View::Text(text) if text.len() > MAX_TEXTS => Err((
                format!("it is a text of more than {MAX_TEXTS} bytes, where setuptools wants a list"),
                span,
            )),
            View::Text(text) => match name {
                "keywords" | "platforms" => Ok(normalise::separated(&text, self.setuptools)),
                "classifiers" | "provides" | "requires" | "obsoletes" => Ok(normalise::characters(&text)),
                "install_requires" | "setup_requires" | "tests_require" | "license_files" => Ok(vec![text]),
                _ => Err(("it is a text where setuptools wants a list".to_owned(), span)),
            },
            View::Set(_) if name == "install_requires" || name == "setup_requires" => {
                Err(("setuptools refuses requirements in a set, which has no order".to_owned(), span))
            }
            _ => self.strings(value, span),
        }
    }

    /// The items of a list, tuple or iterator, all of them known texts.
    fn strings(&self, value: &Value, span: Span) -> Result<Vec<String>, Lost> {
        let mut texts = Vec::new();
        let mut open = self.items(value, span)?;
        open.reverse();
        let mut seen = 0;
        while let Some(item) = open.pop() {
            seen += 1;
            if seen > MAX_TEXTS {
                return Err((format!("it has more than {MAX_TEXTS} items, or holds itself"), span));
            }
            match self.outcome.view(&item) {
                View::Text(text) => texts.push(text),
                // Requirements may stand in nested lists.
                View::List(items) | View::Tuple(items) => open.extend(items.into_iter().rev()),
                other => return Err(self.lost(&other, &item, span, "texts")),
            }
        }
        Ok(texts)
    }

    fn items(&self, value: &Value, span: Span) -> Result<Vec<Value>, Lost> {
        match self.outcome.view(value) {
            View::List(items) | View::Tuple(items) => Ok(items),
            // Its order differs from run to run; this is the one that runs without random hashes give.
            View::Set(items) => Ok(items),
            View::Dict(entries) => Ok(entries.into_iter().map(|(key, _)| key).collect()),
            other => Err(self.lost(&other, value, span, "a list")),
        }
    }

    fn dict(&self, value: &Value, span: Span) -> Result<Vec<(Value, Value)>, Lost> {
        match self.outcome.view(value) {
            View::Dict(entries) => Ok(entries),
            other => Err(self.lost(&other, value, span, "a dict")),
        }
    }

    fn list_map(&self, name: &str, value: &Value, span: Span) -> Result<normalise::ListMap, Lost> {
        if let (View::Text(text), "entry_points") = (self.outcome.view(value), name) {
            return normalise::entry_points(&text)
                .map_err(|line| (format!("`{line}` is no entry point"), span));
        }
        let mut map = Vec::new();
        for (key, value) in self.dict(value, span)? {
            let key = match self.outcome.view(&key) {
                View::None => String::new(),
                _ => self.string(&key, span)?,
            };
            let items = match self.outcome.view(&value) {
                View::Text(text) if name == "entry_points" => {
                    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
                }
                View::Text(text) => vec![text],
                View::None => Vec::new(),
                // Walked over to be checked, it is empty when it comes to be used.
                _ if matches!(name, "entry_points" | "extras_require")
                    && self.outcome.is_iterator(&value) =>
                {
                    Vec::new()
                }
                _ => self.strings(&value, span)?,
            };
            map.push((key, items));
        }
        Ok(map)
    }

    /// `data_files`: pairs of a directory and files, or plain files.
    fn files(&self, value: &Value, span: Span) -> Result<Vec<(String, Vec<String>)>, Lost> {
        let mut files = Vec::new();
        for item in self.items(value, span)? {
            match self.outcome.view(&item) {
                View::Text(path) => files.push((String::new(), vec![path])),
                View::Tuple(parts) | View::List(parts) if parts.len() == 2 => {
                    files.push((self.string(&parts[0], span)?, self.strings(&parts[1], span)?));
                }
                other => {
                    return Err(self.lost(&other, &item, span, "pairs of a directory and a list of files"));
                }
            }
        }
        Ok(files)
    }

    /// The names of extensions; one whose name is unknown makes the list unknown.
    fn extensions(&self, value: &Value, span: Span) -> Result<Vec<String>, Lost> {
        let mut names = Vec::new();
        for item in self.items(value, span)? {
            let name = match self.outcome.view(&item) {
                // The old spelling: a pair of name and build information.
                View::Tuple(parts) => parts.first().cloned(),
                View::Instance(_) => self.outcome.attribute(&item, "name"),
                other => return Err(self.lost(&other, &item, span, "extensions")),
            };
            let name = name.ok_or_else(|| ("an extension has no name".to_owned(), span))?;
            names.push(self.string(&name, span)?);
        }
        Ok(names)
    }

    /// What the script made of a file. Text is taken when its encoding cannot matter.
    fn written(&self, content: Option<&Value>) -> Written {
        let Some(content) = content else { return Written::Removed };
        if let crate::eval::Data::Bytes(bytes) = &content.data
            && !crate::eval::names_this_machine(&String::from_utf8_lossy(bytes))
        {
            return Written::Content(bytes.to_vec());
        }
        match self.outcome.view(content) {
            View::Text(text) if text.is_ascii() => Written::Content(text.into_bytes()),
            View::Text(_) => Written::Unknown("it is text in an encoding of its own".to_owned()),
            View::Bytes(bytes) => Written::Content(bytes),
            View::Unknown(unknown) => Written::Unknown(unknown.reason.into_owned()),
            _ => Written::Unknown("it is no text".to_owned()),
        }
    }

    /// `sources` and `depends` of the extensions.
    fn extension_files(&self, value: &Value, span: Span) -> Result<Vec<String>, Lost> {
        let mut files = Vec::new();
        for item in self.items(value, span)? {
            for name in ["sources", "depends"] {
                let Some(value) = self.outcome.attribute(&item, name) else {
                    return Err(("an extension does not say its files".to_owned(), span));
                };
                files.extend(self.strings(&value, span)?);
            }
        }
        Ok(files)
    }

    /// Why a value is not what its field wants.
    fn lost(&self, view: &View, value: &Value, span: Span, wanted: &str) -> Lost {
        let kind = match view {
            View::Unknown(unknown) => return (unknown.reason.clone().into_owned(), unknown.span),
            View::None => "None",
            View::Bool(_) => "a bool",
            View::Int(_) | View::Float(_) => "a number",
            View::Text(_) => "a text",
            View::Bytes(_) => "bytes that are no UTF-8",
            View::List(_) => "a list",
            View::Tuple(_) => "a tuple",
            View::Set(_) => "a set",
            View::Dict(_) => "a dict",
            View::Instance(name) | View::Class(name) | View::Function(name) | View::Other(name) => {
                return (
                    format!("it is `{name}` where setuptools wants {wanted}"),
                    self.outcome.place(value).unwrap_or(span),
                );
            }
        };
        (format!("it is {kind} where setuptools wants {wanted}"), self.outcome.place(value).unwrap_or(span))
    }

    fn options(&self, value: &Value, span: Span, made: &mut Call) {
        let lost = |special: &mut Vec<Special>, (reason, span): Lost| {
            special.push(Special {
                keyword: "options".to_owned(),
                span,
                command: None,
                unknown: Some(reason),
            });
        };
        let commands = match self.dict(value, span) {
            Ok(commands) => commands,
            Err(error) => return lost(&mut made.special, error),
        };
        for (command, settings) in commands {
            let read =
                self.string(&command, span).and_then(|command| Ok((command, self.dict(&settings, span)?)));
            let (command, settings) = match read {
                Ok(read) => read,
                Err(error) => return lost(&mut made.special, error),
            };
            for (name, value) in settings {
                let text = match self.outcome.view(&value) {
                    View::Bool(flag) => Ok(flag.to_string()),
                    View::Int(number) => Ok(number),
                    View::None => continue,
                    _ => self.string(&value, span),
                };
                match self.string(&name, span).and_then(|name| Ok((name, text?))) {
                    Ok((name, text)) => made.options.push((command.clone(), name, text, span)),
                    Err(error) => lost(&mut made.special, error),
                }
            }
        }
    }

    /// What a class of `cmdclass` changes: told from its tree, or else from what it did when it was run.
    fn replacement(&self, command: &str, class: &Value, made: &mut Call) -> Replacement {
        let judged = judge(self.outcome, command, class);
        let run = self.call.commands.iter().find(|(name, _)| name == command).map(|(_, done)| done);
        match (judged, run) {
            (Replacement::Plain, _) => {
                made.plain_build_py = true;
                Replacement::Plain
            }
            (Replacement::Changes(_), Some(Err(reason))) => Replacement::Changes(reason.clone()),
            (Replacement::Changes(_), Some(Ok(written))) => {
                match command_class::follows(self.outcome, command, class) {
                    Err(reason) => Replacement::Changes(reason),
                    Ok(_)
                        if command == "install_data"
                            && !command_class::puts_data_in_library(self.outcome, class) =>
                    {
                        Replacement::Changes("its `run` does more than setuptools' own".to_owned())
                    }
                    Ok(plain) => {
                        made.plain_build_py |= plain;
                        let files: BTreeMap<String, Written> = written
                            .iter()
                            .map(|(path, content)| (path.clone(), self.written(content.as_ref())))
                            .collect();
                        let named = files.keys().cloned().collect();
                        if command == "sdist" { &mut made.release } else { &mut made.library }.extend(files);
                        match command {
                            "install_data" => Replacement::DataInLibrary,
                            _ => Replacement::Followed(named),
                        }
                    }
                }
            }
            (judged, _) => judged,
        }
    }

    fn special(&self, keyword: &str, value: &Value, span: Span, made: &mut Call) {
        if keyword == "cmdclass"
            && let View::Dict(entries) = self.outcome.view(value)
        {
            for (command, class) in entries {
                let (command, unknown) = match self.string(&command, span) {
                    Ok(command) => {
                        let mut replacement = self.replacement(&command, &class, made);
                        if let Replacement::Changes(why) = &replacement
                            && command_class::only_builds(self.outcome, &command, &class)
                        {
                            replacement = Replacement::Builds(why.clone());
                        }
                        (Some((command, replacement)), None)
                    }
                    Err((reason, _)) => (None, Some(reason)),
                };
                made.special.push(Special { keyword: keyword.to_owned(), span, command, unknown });
            }
            return;
        }
        let Call { special, version_file, .. } = made;
        let mut add = |unknown: Option<String>| {
            special.push(Special { keyword: keyword.to_owned(), span, command: None, unknown });
        };
        match self.outcome.view(value) {
            View::None | View::Bool(false) => {}
            View::Unknown(unknown) => add(Some(unknown.reason.into_owned())),
            View::Dict(entries) if keyword == "use_scm_version" => {
                let text = |wanted: [&str; 2]| {
                    entries.iter().find_map(|(name, value)| {
                        match (self.outcome.view(name), self.outcome.view(value)) {
                            (View::Text(name), View::Text(text)) if wanted.contains(&name.as_str()) => {
                                Some(text)
                            }
                            _ => None,
                        }
                    })
                };
                let template = text(["write_to_template", "version_file_template"]);
                *version_file = text(["write_to", "version_file"]).map(|path| (path, template));
                add(self.scm_setting(&entries));
            }
            View::Function(_) if keyword == "use_scm_version" => {
                add(Some("a function of the project says how".to_owned()));
            }
            View::Text(path) if matches!(keyword, "pbr" | "d2to1") && path != "setup.cfg" => {
                add(Some(format!("it is read from `{path}`")));
            }
            _ if keyword == "distclass" => {
                if let Some(reason) = distribution_class::judge_build(self.outcome, value) {
                    add(Some(reason));
                }
            }
            View::List(items) | View::Tuple(items) if items.is_empty() => {}
            View::Dict(entries) if entries.is_empty() => {}
            _ => add(None),
        }
    }

    /// Why the settings of `use_scm_version` cannot be followed, if so.
    fn scm_setting(&self, entries: &[(Value, Value)]) -> Option<String> {
        entries.iter().find_map(|(name, value)| match (self.outcome.view(name), self.outcome.view(value)) {
            (View::Text(name), View::Text(text)) => scm::unmodelled(&name, Some(&text)),
            (View::Text(name), _) => scm::unmodelled(&name, None),
            _ => Some("a setting's name is not known".to_owned()),
        })
    }
}
