//! What `[project]` and `[tool.setuptools]` may hold: one wrong key or type and setuptools builds nothing.

use crate::diagnostic::{Diagnostic, codes};
use crate::packaging::{Name, requirement_text};
use crate::syntax::toml::{Kind, Table, Value};
use crate::text::Span;

/// The type of a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Type {
    Text,
    Boolean,
    Texts,
    /// Texts by name.
    TextTable,
    /// Lists of texts by name.
    ListTable,
    /// Tables of texts by name.
    Groups,
    Requirements,
    /// Lists of requirements by name.
    RequirementTable,
    /// `{name = …, email = …}`, each.
    People,
    /// Judged where it is used.
    Any,
}

use Type as T;

/// The most keys of a table that are judged: more than there are, so that a table with more has a wrong one among them.
const MAX_KEYS: usize = 64;

const PROJECT: &[(&str, Type)] = &[
    ("authors", T::People),
    ("classifiers", T::Texts),
    ("dependencies", T::Requirements),
    ("description", T::Text),
    ("dynamic", T::Texts),
    ("entry-points", T::Groups),
    ("gui-scripts", T::TextTable),
    ("keywords", T::Texts),
    ("license", T::Any),
    ("license-files", T::Texts),
    ("maintainers", T::People),
    ("name", T::Text),
    ("optional-dependencies", T::RequirementTable),
    ("readme", T::Any),
    ("requires-python", T::Text),
    ("scripts", T::TextTable),
    ("urls", T::TextTable),
    ("version", T::Text),
];

const SETUPTOOLS: &[(&str, Type)] = &[
    ("cmdclass", T::TextTable),
    ("data-files", T::ListTable),
    ("dynamic", T::Any),
    ("eager-resources", T::Texts),
    ("exclude-package-data", T::ListTable),
    ("ext-modules", T::Any),
    ("include-package-data", T::Boolean),
    ("license-files", T::Texts),
    ("namespace-packages", T::Texts),
    ("obsoletes", T::Texts),
    ("package-data", T::ListTable),
    ("package-dir", T::TextTable),
    ("packages", T::Any),
    ("platforms", T::Texts),
    ("provides", T::Texts),
    ("py-modules", T::Texts),
    ("script-files", T::Texts),
    ("zip-safe", T::Boolean),
];

const DYNAMIC: &[(&str, Type)] = &[
    ("classifiers", T::Any),
    ("dependencies", T::Any),
    ("description", T::Any),
    ("entry-points", T::Any),
    ("optional-dependencies", T::Any),
    ("readme", T::Any),
    ("version", T::Any),
];

/// Everything that is wrong with both tables; `head` stands for a table that is not there.
pub(super) fn check(project: Option<&Table>, setuptools: Option<&Table>, head: Span) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match project {
        Some(project) if !project.entries.is_empty() => {
            keys(project, PROJECT, "project", &mut found);
            required(project, head, &mut found);
        }
        _ => found.push(error(head, "no table `[project]`").help(
            "setuptools wants `name` and `version` there as soon as there is a table `[tool.setuptools]`",
        )),
    }
    if let Some(setuptools) = setuptools {
        keys(setuptools, SETUPTOOLS, "tool.setuptools", &mut found);
        if let Some(dynamic) = setuptools.table("dynamic") {
            keys(dynamic, DYNAMIC, "tool.setuptools.dynamic", &mut found);
        }
        if let Some(entry) = setuptools.entry("namespace-packages") {
            found.push(
                error(entry.key_span, "setuptools takes no `namespace-packages` from here")
                    .help("use implicit namespaces (PEP 420)"),
            );
        }
    }
    found
}

fn error(span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(&codes::INVALID_SETTING, span, message)
}

fn required(project: &Table, head: Span, found: &mut Vec<Diagnostic>) {
    let dynamic = project.get("dynamic").and_then(Value::texts).unwrap_or_default();
    match project.get("name") {
        None => found.push(error(head, "`[project]` has no `name`").help("add `name = \"…\"`")),
        Some(name) => {
            if name.text().is_some_and(|text| text.parse::<Name>().is_err()) {
                found.push(error(name.span, "not a project name"));
            }
        }
    }
    if project.get("version").is_none() && !dynamic.iter().any(|field| field == "version") {
        found.push(
            error(head, "`[project]` has no `version`")
                .help("add `version = \"…\"`, or list it under `dynamic`"),
        );
    }
    for field in dynamic.iter().take(MAX_KEYS) {
        if let Some(entry) = project.entry(field) {
            found.push(
                error(entry.key_span, format!("`{field}` is given here and listed as dynamic"))
                    .help("keep one of the two"),
            );
        }
    }
    if let Some(value) = project.get("requires-python")
        && let Some(Err(reason)) = value.text().map(requirement_text::canonical_specifiers)
    {
        found.push(error(value.span, reason.message));
    }
}

fn keys(table: &Table, schema: &[(&str, Type)], name: &str, found: &mut Vec<Diagnostic>) {
    // One is enough for setuptools to stop; thousands would help nobody.
    for entry in table.entries.iter().take(MAX_KEYS) {
        let Some((_, kind)) = schema.iter().find(|(key, _)| *key == entry.key) else {
            let known: Vec<&str> = schema.iter().map(|(key, _)| *key).collect();
            let message = format!("setuptools has no `{}` in `[{name}]`", entry.key);
            found.push(error(entry.key_span, message).help(format!("the keys are {}", known.join(", "))));
            continue;
        };
        if let Err(span) = has_type(&entry.value, *kind) {
            found.push(error(span, format!("`{}` must be {}", entry.key, describe(*kind))));
        }
    }
}

fn describe(kind: Type) -> &'static str {
    match kind {
        T::Text => "a text",
        T::Boolean => "true or false",
        T::Texts => "a list of texts",
        T::TextTable => "a table of texts",
        T::ListTable => "a table of lists of texts",
        T::Groups => "a table of groups, each a table of texts",
        T::Requirements => "a list of requirements",
        T::RequirementTable => "a table of lists of requirements",
        T::People => "a list of tables with `name` or `email` or both",
        T::Any => "something else",
    }
}

/// The `Err` is where the type is wrong.
fn has_type(value: &Value, kind: Type) -> Result<(), Span> {
    let all = |check: &dyn Fn(&Value) -> Result<(), Span>| match &value.kind {
        Kind::Table(table) => table.entries.iter().try_for_each(|entry| check(&entry.value)),
        Kind::List(items) => items.iter().try_for_each(check),
        _ => Err(value.span),
    };
    let is_table = value.table().is_some();
    let ok = |holds: bool| if holds { Ok(()) } else { Err(value.span) };
    match kind {
        T::Any => Ok(()),
        T::Text => ok(value.text().is_some()),
        T::Boolean => ok(value.boolean().is_some()),
        T::Texts if !is_table => all(&|item| has_type(item, T::Text)),
        T::Requirements if !is_table => all(&|item| {
            let valid = item.text().is_some_and(|text| requirement_text::canonical(text).is_ok());
            if valid { Ok(()) } else { Err(item.span) }
        }),
        T::TextTable if is_table => all(&|item| has_type(item, T::Text)),
        T::ListTable if is_table => all(&|item| has_type(item, T::Texts)),
        T::RequirementTable if is_table => all(&|item| has_type(item, T::Requirements)),
        T::Groups if is_table => all(&|item| has_type(item, T::TextTable)),
        T::People if !is_table => all(&|person| {
            let known = |table: &Table| {
                !table.entries.is_empty()
                    && table
                        .entries
                        .iter()
                        .all(|e| matches!(e.key.as_str(), "name" | "email") && e.value.text().is_some())
            };
            if person.table().is_some_and(known) { Ok(()) } else { Err(person.span) }
        }),
        _ => Err(value.span),
    }
}
