//! The merged truth about a project: every field under the name of its `setup()` keyword, known with its origin or
//! unknown with the reason, never guessed.
//!
//! Shapes are those of setuptools' `Distribution` once setup.py has run and setup.cfg has been merged in.

use crate::text::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a known field holds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FieldValue {
    /// `name`, `version`, `description`, …
    Text(String),
    /// `include_package_data`, `zip_safe`, `universal`.
    Bool(bool),
    /// `packages`, `classifiers`, `install_requires`, `scripts`, …: in order.
    List(Vec<String>),
    /// `package_dir`, `project_urls`: in order of insertion.
    TextMap(Vec<(String, String)>),
    /// `extras_require`, `entry_points` (group to `name = module:attr` lines), `package_data`: in order of insertion.
    ListMap(Vec<(String, Vec<String>)>),
    /// `data_files`: directory and files; a plain file has the directory `""`.
    Files(Vec<(String, Vec<String>)>),
}

impl FieldValue {
    /// The items in an order that does not depend on theirs, of what means the same in any; `None` for texts and flags.
    pub(super) fn in_one_order(&self) -> Option<Vec<(&str, Vec<&str>)>> {
        fn sorted(items: &[String]) -> Vec<&str> {
            let mut items: Vec<&str> = items.iter().map(String::as_str).collect();
            items.sort_unstable();
            items
        }
        let mut made: Vec<(&str, Vec<&str>)> = match self {
            Self::Text(_) | Self::Bool(_) => return None,
            Self::List(items) => vec![("", sorted(items))],
            Self::TextMap(map) => map.iter().map(|(key, text)| (key.as_str(), vec![text.as_str()])).collect(),
            Self::ListMap(map) | Self::Files(map) => {
                map.iter().map(|(key, items)| (key.as_str(), sorted(items))).collect()
            }
        };
        made.sort_unstable();
        Some(made)
    }

    /// Every text in it, keys of maps too.
    pub(super) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::Bool(_) => Vec::new(),
            Self::List(items) => items.iter().map(String::as_str).collect(),
            Self::TextMap(map) => {
                map.iter().flat_map(|(key, value)| [key.as_str(), value.as_str()]).collect()
            }
            Self::ListMap(map) | Self::Files(map) => map
                .iter()
                .flat_map(|(key, items)| {
                    std::iter::once(key.as_str()).chain(items.iter().map(String::as_str))
                })
                .collect(),
        }
    }
}

/// The shape of a field, as [`FieldValue`]'s variants.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    Text,
    Bool,
    List,
    TextMap,
    ListMap,
    Files,
}

/// A place in the trail of a value, and what happened there ("set here", "read from VERSION").
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub span: Span,
    pub text: String,
}

impl Place {
    /// Places without words.
    pub fn all(spans: impl IntoIterator<Item = Span>) -> Vec<Self> {
        spans.into_iter().map(|span| Self { span, text: String::new() }).collect()
    }
}

/// Why a field that something sets cannot be known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unknown {
    /// One phrase: "`os.environ['V']` depends on the machine that builds".
    pub reason: String,
    /// Where knowledge was lost.
    pub span: Span,
    /// From the `setup()` argument to the loss.
    pub trail: Vec<Place>,
}

impl Unknown {
    /// Of a field that is known for each target, and not the same for all.
    pub(super) fn by_target(name: &str, values: &str, span: Span, trail: Vec<Place>) -> Self {
        Self { reason: format!("`{name}` {BY_TARGET}{values}"), span, trail }
    }

    /// Whether one target would be enough to know it.
    pub fn is_by_target(&self) -> bool {
        self.reason.contains(BY_TARGET)
    }
}

/// How the reason of such a field goes on behind its name.
const BY_TARGET: &str = "depends on the target: ";

/// One field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Field {
    Known {
        value: FieldValue,
        /// The argument or option that gave it.
        origin: Span,
        /// The chain of places that the value came through, nearest first, without `origin` itself.
        trail: Vec<Place>,
    },
    Unknown {
        /// The argument or option that should have given it.
        origin: Span,
        unknown: Unknown,
    },
}

/// Every field that spx knows of, with its shape, in the order people read them; JSON keeps this order.
pub const FIELDS: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("version", Shape::Text),
    ("description", Shape::Text),
    ("long_description", Shape::Text),
    ("long_description_content_type", Shape::Text),
    ("author", Shape::Text),
    ("author_email", Shape::Text),
    ("maintainer", Shape::Text),
    ("maintainer_email", Shape::Text),
    ("url", Shape::Text),
    ("download_url", Shape::Text),
    ("project_urls", Shape::TextMap),
    ("license", Shape::Text),
    ("license_expression", Shape::Text),
    ("license_files", Shape::List),
    ("license_file", Shape::Text),
    ("keywords", Shape::List),
    ("platforms", Shape::List),
    ("classifiers", Shape::List),
    ("provides", Shape::List),
    ("requires", Shape::List),
    ("obsoletes", Shape::List),
    ("python_requires", Shape::Text),
    ("install_requires", Shape::List),
    ("extras_require", Shape::ListMap),
    ("setup_requires", Shape::List),
    ("tests_require", Shape::List),
    ("entry_points", Shape::ListMap),
    ("scripts", Shape::List),
    ("packages", Shape::List),
    ("py_modules", Shape::List),
    ("package_dir", Shape::TextMap),
    ("package_data", Shape::ListMap),
    ("exclude_package_data", Shape::ListMap),
    ("data_files", Shape::Files),
    ("namespace_packages", Shape::List),
    ("eager_resources", Shape::List),
    ("include_package_data", Shape::Bool),
    ("zip_safe", Shape::Bool),
    ("dependency_links", Shape::List),
    ("test_suite", Shape::Text),
    ("ext_modules", Shape::List),
    ("universal", Shape::Bool),
];

/// The shape of a field by its name; `None` for a keyword that is no field.
pub fn shape(name: &str) -> Option<(&'static str, Shape)> {
    FIELDS.iter().copied().find(|(field, _)| *field == name)
}

/// The fields of one project for one target (or folded over all of them). Copies share what is alike: a project has an answer for
/// each of some forty targets, and most often the same one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Metadata {
    fields: Arc<BTreeMap<&'static str, Arc<Field>>>,
}

impl Metadata {
    /// Sets a field; `name` must be one of [`FIELDS`].
    pub fn set(&mut self, name: &str, field: impl Into<Arc<Field>>) {
        if let Some((name, _)) = shape(name) {
            Arc::make_mut(&mut self.fields).insert(name, field.into());
        }
    }

    pub fn remove(&mut self, name: &str) {
        if self.fields.contains_key(name) {
            Arc::make_mut(&mut self.fields).remove(name);
        }
    }

    /// Whether this is a copy of the other that nobody changed.
    pub(super) fn is_copy_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.fields, &other.fields)
    }

    /// Shares with another answer what is alike in both, so that nobody compares it again.
    pub(super) fn share(&mut self, other: &Self) {
        if self.fields == other.fields {
            self.fields = Arc::clone(&other.fields);
            return;
        }
        for (name, field) in Arc::make_mut(&mut self.fields) {
            match other.fields.get(name) {
                Some(theirs) if theirs == field => *field = Arc::clone(theirs),
                _ => {}
            }
        }
    }

    /// A field to be shared.
    pub(super) fn shared(&self, name: &str) -> Option<&Arc<Field>> {
        self.fields.get(name)
    }

    /// `None` when nothing sets it.
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.fields.get(name).map(AsRef::as_ref)
    }

    /// The fields that something sets, in the order of [`FIELDS`].
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Field)> {
        FIELDS.iter().filter_map(|(name, _)| Some((*name, self.get(name)?)))
    }

    /// A known field's value; `Ok(None)` when nothing sets it, the field itself when it is unknown.
    pub fn known(&self, name: &str) -> Result<Option<(&FieldValue, Span)>, &Unknown> {
        match self.get(name) {
            None => Ok(None),
            Some(Field::Known { value, origin, .. }) => Ok(Some((value, *origin))),
            Some(Field::Unknown { unknown, .. }) => Err(unknown),
        }
    }

    pub fn text(&self, name: &str) -> Result<Option<&str>, &Unknown> {
        Ok(self.known(name)?.and_then(|(value, _)| match value {
            FieldValue::Text(text) => Some(text.as_str()),
            _ => None,
        }))
    }

    pub fn flag(&self, name: &str) -> Result<Option<bool>, &Unknown> {
        Ok(self.known(name)?.and_then(|(value, _)| match value {
            FieldValue::Bool(value) => Some(*value),
            _ => None,
        }))
    }

    /// A list; empty when nothing sets it.
    pub fn list(&self, name: &str) -> Result<&[String], &Unknown> {
        Ok(match self.known(name)? {
            Some((FieldValue::List(items), _)) => items,
            _ => &[],
        })
    }

    /// A map to lists or a list of files; empty when nothing sets it.
    pub fn list_map(&self, name: &str) -> Result<&[(String, Vec<String>)], &Unknown> {
        Ok(match self.known(name)? {
            Some((FieldValue::ListMap(map) | FieldValue::Files(map), _)) => map,
            _ => &[],
        })
    }

    pub fn text_map(&self, name: &str) -> Result<&[(String, String)], &Unknown> {
        Ok(match self.known(name)? {
            Some((FieldValue::TextMap(map), _)) => map,
            _ => &[],
        })
    }

    /// The argument or option that sets a field.
    pub fn origin(&self, name: &str) -> Option<Span> {
        self.get(name).map(|field| match field {
            Field::Known { origin, .. } | Field::Unknown { origin, .. } => *origin,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Sources;

    #[test]
    fn answers_share_what_is_alike_and_keep_what_is_not() {
        let origin = Span::new(Sources::new().add("setup.py", "x"), 0, 1);
        let text =
            |text: &str| Field::Known { value: FieldValue::Text(text.to_owned()), origin, trail: Vec::new() };
        let made = |version: &str| {
            let mut made = Metadata::default();
            made.set("name", text("a"));
            made.set("version", text(version));
            made
        };
        let (first, mut alike, mut other) = (made("1"), made("1"), made("2"));
        assert!(!alike.is_copy_of(&first));
        alike.share(&first);
        assert!(alike.is_copy_of(&first));
        other.share(&first);
        assert!(!other.is_copy_of(&first));
        assert_eq!(other.text("version"), Ok(Some("2")));
        let same = |name| matches!((first.shared(name), other.shared(name)), (Some(a), Some(b)) if Arc::ptr_eq(a, b));
        assert!(same("name") && !same("version"));
    }
}
