//! The JSON of `spx metadata`: versioned, in the order of [`FIELDS`](super::metadata::FIELDS), never the internal types.

use super::{Field, FieldValue, Metadata};
use crate::packaging::{Target, Version};
use crate::text::{Sources, Span};
use serde_json::{Map, Value, json};

/// Keys are added under one number, never given another meaning.
const SCHEMA: u32 = 1;

/// The document about a project. `target` is the one that was asked for, with its setuptools; `None` when the answer
/// holds for all of them. `diagnostics` come as the report layer writes them.
pub fn document(
    target: Option<&(Target, Version)>,
    metadata: &Metadata,
    diagnostics: &[Value],
    sources: &Sources,
) -> Value {
    let (mut known, mut unknown, mut origins) = (Map::new(), Map::new(), Map::new());
    for (name, field) in metadata.iter() {
        match field {
            Field::Known { value, origin, .. } => {
                known.insert(name.to_owned(), value_of(value));
                origins.insert(name.to_owned(), place(*origin, sources));
            }
            Field::Unknown { unknown: why, .. } => {
                let mut reason = Map::new();
                reason.insert("code".into(), json!("unknown-value"));
                reason.insert("message".into(), json!(why.reason));
                if let Value::Object(place) = place(why.span, sources) {
                    reason.extend(place);
                }
                unknown.insert(name.to_owned(), Value::Object(reason));
            }
        }
    }
    let target = target.map(|(target, setuptools)| {
        json!({
            "python": target.python.to_string(),
            "platform": target.platform.to_string(),
            "setuptools": setuptools.to_string(),
        })
    });
    json!({
        "schema": SCHEMA,
        "target": target,
        "metadata": known,
        "unknown": unknown,
        "origin": origins,
        "diagnostics": diagnostics,
    })
}

fn place(span: Span, sources: &Sources) -> Value {
    let position = sources.position(span);
    json!({"file": sources.path(span.file), "line": position.line, "column": position.column})
}

fn value_of(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => json!(text),
        FieldValue::Bool(value) => json!(value),
        FieldValue::List(items) => json!(items),
        FieldValue::TextMap(pairs) => {
            Value::Object(pairs.iter().map(|(key, value)| (key.clone(), json!(value))).collect())
        }
        FieldValue::ListMap(pairs) => {
            Value::Object(pairs.iter().map(|(key, values)| (key.clone(), json!(values))).collect())
        }
        FieldValue::Files(pairs) => json!(pairs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::{Platform, Python};
    use crate::project::Unknown;

    #[test]
    fn every_shape_has_its_place() {
        let mut sources = Sources::new();
        let file = sources.add("setup.py", "setup(\n    name='demo',\n    version=V,\n)\n");
        let span = |start, end| Span::new(file, start, end);
        let mut metadata = Metadata::default();
        let mut set = |name: &str, value| {
            metadata.set(name, Field::Known { value, origin: span(11, 22), trail: Vec::new() });
        };
        set("data_files", FieldValue::Files(vec![("etc".into(), vec!["a".into()])]));
        set("name", FieldValue::Text("demo".into()));
        set(
            "extras_require",
            FieldValue::ListMap(vec![("z".into(), vec![]), ("a".into(), vec!["b".into()])]),
        );
        set("package_dir", FieldValue::TextMap(vec![(String::new(), "src".into())]));
        set("zip_safe", FieldValue::Bool(false));
        let unknown = Unknown { reason: "`V` is not defined".into(), span: span(36, 37), trail: Vec::new() };
        metadata.set("version", Field::Unknown { origin: span(28, 37), unknown });
        let target =
            (Target { python: Python::new(3, 11), platform: Platform::Linux }, Version::new([84, 2, 1]));
        let document = document(Some(&target), &metadata, &[], &sources);
        insta::assert_snapshot!(document, @r#"{"schema":1,"target":{"python":"3.11","platform":"linux","setuptools":"84.2.1"},"metadata":{"name":"demo","extras_require":{"z":[],"a":["b"]},"package_dir":{"":"src"},"data_files":[["etc",["a"]]],"zip_safe":false},"unknown":{"version":{"code":"unknown-value","message":"`V` is not defined","file":"setup.py","line":3,"column":13}},"origin":{"name":{"file":"setup.py","line":2,"column":5},"extras_require":{"file":"setup.py","line":2,"column":5},"package_dir":{"file":"setup.py","line":2,"column":5},"data_files":{"file":"setup.py","line":2,"column":5},"zip_safe":{"file":"setup.py","line":2,"column":5}},"diagnostics":[]}"#);
    }
}
