//! Where things are defined: an entry point's function, a named file, an attribute, a value's origin.

use super::document::{Document, Kind};
use super::links;
use super::names::{self, Import};
use super::protocol::{AtPosition, Range};
use super::view::{InProject, View};
use super::{outline, script};
use crate::project::Field;
use crate::project::packages::package_directory;
use crate::syntax::python::{Dialect, PythonFile, parse_either, span};
use crate::system::{System, normalise};
use crate::text::encoding::decode_python;
use crate::text::{Sources, Span};
use serde_json::{Value, json};

pub(super) fn answer(view: &View, params: &AtPosition) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return Value::Null };
    let Some(project) = view.project(document) else { return Value::Null };
    let offset = document.offset(params.position, view.units());
    let finder = Finder { view, document, project, offset };
    let place = match document.kind {
        Kind::SetupPy => finder.in_setup_py(),
        Kind::SetupCfg => finder.in_setup_cfg(),
        Kind::Requirements => finder.in_requirements(),
        Kind::Manifest => finder.word().and_then(|word| finder.file(word)),
        Kind::Pyproject => finder.entry_point(finder.line()).or_else(|| finder.file(finder.word()?)),
        Kind::Python | Kind::Other => None,
    };
    place.map_or(Value::Null, |(uri, range)| json!([{ "uri": uri, "range": range }]))
}

type Place = (String, Range);

/// How many modules an imported name is followed through.
const IMPORTS: usize = 8;

struct Finder<'a> {
    view: &'a View,
    document: &'a Document,
    project: InProject<'a>,
    offset: u32,
}

impl Finder<'_> {
    fn in_setup_py(&self) -> Option<Place> {
        let file = self.document.python()?;
        let argument = script::argument_at(file, self.offset);
        if let Some((_, text)) = script::string_at(file, self.offset) {
            let line = self.line();
            let is_names = argument
                .is_some_and(|(name, _)| matches!(name, "packages" | "py_modules" | "namespace_packages"));
            let module = || if is_names { self.module(text, None) } else { None };
            let found = self.entry_point(line).or_else(|| self.file(text)).or_else(module);
            if found.is_some() {
                return found;
            }
        }
        self.binding(file).or_else(|| self.origin(argument?.0))
    }

    fn in_setup_cfg(&self) -> Option<Place> {
        let text = self.document.text();
        let sections = outline::sections(text);
        let (section, setting) = outline::find(&sections, text, self.offset)?;
        let setting = setting?;
        let line =
            setting.lines.iter().copied().find(|(start, end)| *start <= self.offset && self.offset <= *end);
        let Some((start, end)) = line else { return self.origin(&setting.name.replace('-', "_")) };
        let value = &text[start as usize..end as usize];
        if value.starts_with("file:") {
            let names = links::file_names(text, (start, end));
            let here = names
                .iter()
                .find(|(from, to, _)| *from <= self.offset && self.offset <= *to)
                .or(names.first());
            return self.file(&here?.2);
        }
        if let Some(reference) = value.strip_prefix("attr:") {
            let (module, attribute) = reference.trim().rsplit_once('.')?;
            return self.module(module, Some(attribute));
        }
        let is_entry_points = section.name == "options.entry_points" || setting.name == "entry_points";
        let entry = || if is_entry_points { self.entry_point(value) } else { None };
        let module = || self.module(value, None);
        let is_names = matches!(setting.name, "packages" | "py_modules");
        let found = entry().or_else(|| self.file(value)).or_else(|| if is_names { module() } else { None });
        found.or_else(|| self.origin(&setting.name.replace('-', "_")))
    }

    fn in_requirements(&self) -> Option<Place> {
        let directory = self.project.path.rsplit_once('/').map_or("", |(directory, _)| directory);
        let included = links::included(self.document.text());
        let on_line = |(from, to, _): &&(u32, u32, String)| {
            let line = self.line_range();
            line.0 <= *from && *to <= line.1
        };
        let (_, _, name) = included.iter().find(on_line)?;
        self.file(&format!("{directory}/{name}"))
    }

    /// The line that the offset is in.
    fn line_range(&self) -> (u32, u32) {
        let text = self.document.text();
        let (before, after) = text.split_at(self.offset as usize);
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = after.find(['\n', '\r']).map_or(text.len(), |at| self.offset as usize + at);
        (start as u32, end as u32)
    }

    fn line(&self) -> &str {
        let (start, end) = self.line_range();
        &self.document.text()[start as usize..end as usize]
    }

    /// The word that the offset is in, up to white space and quotes.
    fn word(&self) -> Option<&str> {
        let text = self.document.text();
        let apart = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ',');
        let (before, after) = text.split_at(self.offset as usize);
        let start =
            before.rfind(apart).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let end = after.find(apart).map_or(text.len(), |at| self.offset as usize + at);
        Some(&text[start..end]).filter(|word| !word.is_empty())
    }

    /// A file of the project, at its start.
    fn file(&self, name: &str) -> Option<Place> {
        let inside = normalise(name.trim_start_matches('/'))
            .filter(|inside| !inside.is_empty() && inside.len() < 1_000)?;
        let root = &self.project.root.path;
        let is_there = self.view.with_tree(root, |tree| tree.is_file(&inside))?;
        is_there.then(|| (self.view.uri(root, &inside), Range::default()))
    }

    /// `name = module:attribute` on a line: the nearest one before or around the offset.
    fn entry_point(&self, line: &str) -> Option<Place> {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
        for (at, _) in line.match_indices(':') {
            let before = line[..at].trim_end();
            let after = line[at + 1..].trim_start();
            let module = before.rsplit(|c| !is_part(c)).next().unwrap_or_default();
            let attribute: String = after.chars().take_while(|c| is_part(*c)).collect();
            if !module.is_empty()
                && !attribute.is_empty()
                && let Some(place) = self.module(module, Some(&attribute))
            {
                return Some(place);
            }
        }
        None
    }

    /// A module's file, or where it defines a name.
    fn module(&self, module: &str, attribute: Option<&str>) -> Option<Place> {
        self.imported(self.project.path, Import { level: 0, module, attribute }, IMPORTS)
    }

    /// What an import in a file of the project names: a module's file or where that binds the name, through the imports of
    /// its own.
    fn imported(&self, from: &str, import: Import<'_>, steps: usize) -> Option<Place> {
        let inside = self.module_file(from, import.level, import.module)?;
        let root = &self.project.root.path;
        let Some(attribute) = import.attribute else {
            return Some((self.view.uri(root, &inside), Range::default()));
        };
        let name = attribute.split('.').next().unwrap_or(attribute);
        let text = self.view.with_tree(root, |tree| decode_python(&tree.read(&inside).ok()?).ok())??;
        let mut sources = Sources::new();
        let file = sources.add(&inside, &text);
        let tree = parse_either(&sources, file, Dialect::Python3).ok();
        let Some(binding) = tree.as_ref().and_then(|tree| names::binding(tree, name)) else {
            // `from package import module`
            let parts = [import.module, name].into_iter().filter(|part| !part.is_empty());
            let submodule = parts.collect::<Vec<_>>().join(".");
            let found = self.module_file(from, import.level, &submodule).unwrap_or(inside);
            return Some((self.view.uri(root, &found), Range::default()));
        };
        let further = binding.import.filter(|_| steps > 0);
        further.and_then(|import| self.imported(&inside, import, steps - 1)).or_else(|| {
            // The first line of a definition, not its body.
            let whole = span(file, binding.range);
            let first = sources.slice(whole).lines().next().unwrap_or_default().len() as u32;
            let place = Span::new(file, whole.start, whole.end.min(whole.start + first));
            Some((self.view.uri(root, &inside), Range::from(sources.range(place, self.view.units()))))
        })
    }

    /// The file of a module that a file imports: beside that file for a relative import, else where `package_dir` puts it
    /// or below the root.
    fn module_file(&self, from: &str, level: usize, module: &str) -> Option<String> {
        let path = module.replace('.', "/");
        let places = if level == 0 {
            let metadata = self.project.root.analysis.as_ref().and_then(|known| known.project.as_ref());
            let directories = metadata
                .and_then(|project| project.metadata.text_map("package_dir").ok())
                .unwrap_or_default();
            vec![package_directory(directories, module), path]
        } else {
            let mut directory = from;
            for _ in 0..level {
                directory = directory.rsplit_once('/').map_or("", |(directory, _)| directory);
            }
            vec![format!("{directory}/{path}")]
        };
        let candidates =
            places.iter().flat_map(|place| [format!("{place}/__init__.py"), format!("{place}.py")]);
        self.view.with_tree(&self.project.root.path, |tree| {
            candidates
                .filter_map(|name| normalise(name.trim_start_matches('/')))
                .find(|name| name.len() < 1_000 && tree.is_file(name))
        })?
    }

    /// Where the name at the offset is bound: in this file, or in the module that it was imported from.
    fn binding(&self, file: &PythonFile) -> Option<Place> {
        let name = names::name_at(file, self.offset)?;
        let binding = names::binding_at(file, name, self.offset)?;
        let imported = binding.import.and_then(|import| self.imported(self.project.path, import, IMPORTS));
        imported.or_else(|| {
            let (start, end) = (u32::from(binding.range.start()), u32::from(binding.range.end()));
            let text = &self.document.text()[start as usize..end as usize];
            let first = start + text.lines().next().unwrap_or_default().len() as u32;
            let range = self.document.range(start, first, self.view.units());
            Some((self.document.uri.clone(), range))
        })
    }

    /// Where the value of a field was made.
    fn origin(&self, field: &str) -> Option<Place> {
        let (analysis, file) = self.view.known(self.document)?;
        let Field::Known { trail, origin, .. } = analysis.project.as_ref()?.metadata.get(field)? else {
            return None;
        };
        let here = |span: &Span| span.file == file && span.start <= self.offset && self.offset <= span.end;
        let places =
            trail.iter().map(|place| place.span).filter(|span| !analysis.sources.path(span.file).is_empty());
        let made = places
            .rev()
            .find(|span| !here(span))
            .or_else(|| Some(*origin).filter(|span| span.file != file))?;
        self.view.place(analysis, made)
    }
}
