//! `attr: package.module.name`, as setup.cfg and pyproject.toml have it: the module is interpreted, as setuptools imports it
//! (setuptools/config/expand.py, `read_attr`).

use super::{FieldValue, Metadata, Place, Unknown};
use crate::eval::outcome::{self, View};
use crate::eval::{Environment, Session};
use crate::packaging::entry_point::is_dotted_name;
use crate::stdlib::MODULES;
use crate::system::{Kind, Metadata as FileMetadata, ReadError, System};
use crate::text::{Sources, Span};

/// The script that asks for the value; no project has a file of this name.
const SCRIPT: &str = "<attr>";

/// The value of a reference and the places it came through. A list or tuple is joined by dots later, a callable is called.
pub fn value(
    session: &mut Session,
    environment: &Environment,
    system: &dyn System,
    sources: &mut Sources,
    metadata: &Metadata,
    reference: &str,
    span: Span,
) -> Result<(FieldValue, Vec<Place>), Unknown> {
    let unknown = |reason: String, at: Span| Unknown { reason, span: at, trail: Vec::new() };
    let (module, name) = reference.rsplit_once('.').unwrap_or(("__init__", reference));
    if !is_dotted_name(module) || !is_dotted_name(name) {
        return Err(unknown(format!("`{reference}` names no attribute of a module"), span));
    }
    let root =
        metadata.text_map("package_dir").unwrap_or_default().iter().find(|(package, _)| package.is_empty());
    let root = root.map_or(".", |(_, directory)| directory);
    let text = format!(
        "import sys\nsys.path.insert(0, {root:?})\nfrom setuptools import setup\nimport {module}\n\
         value = sys.modules[{module:?}].{name}\nsetup(version=value() if callable(value) else value)\n"
    );
    let with_script = WithScript { inner: system, text };
    let outcome = outcome::run(session, environment, &with_script, sources, MODULES, SCRIPT);
    let argument = outcome.setup_calls.first().and_then(|call| call.keywords.first());
    let Some((_, found, _)) = argument else {
        let reason = match outcome.ended.first() {
            Some(end) => format!("`{module}` {}", end.text),
            None => format!("`{module}` cannot be interpreted"),
        };
        return Err(unknown(
            reason,
            outcome.ended.first().map_or(span, |end| real(end.span, sources).unwrap_or(span)),
        ));
    };
    let trail = Place::all(outcome.trail(found).into_iter().filter_map(|place| real(place, sources)));
    let lost = |view: View| match view {
        View::Unknown(loss) => unknown(loss.reason.into_owned(), real(loss.span, sources).unwrap_or(span)),
        _ => unknown(format!("`{reference}` is neither a text nor a list of parts"), span),
    };
    match outcome.view(found) {
        View::Text(text) | View::Int(text) => Ok((FieldValue::Text(text), trail)),
        View::List(items) | View::Tuple(items) => {
            let mut parts = Vec::new();
            for item in &items {
                match outcome.view(item) {
                    View::Text(text) | View::Int(text) => parts.push(text),
                    other => return Err(lost(other)),
                }
            }
            Ok((FieldValue::List(parts), trail))
        }
        other => Err(lost(other)),
    }
}

/// A place in a file of the project, not in the script above.
fn real(span: Span, sources: &Sources) -> Option<Span> {
    (sources.path(span.file) != SCRIPT).then_some(span)
}

/// The project's tree with the script in it.
struct WithScript<'a> {
    inner: &'a dyn System,
    text: String,
}

impl System for WithScript<'_> {
    fn read_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, ReadError> {
        if path == SCRIPT { Ok(self.text.clone().into_bytes()) } else { self.inner.read_up_to(path, limit) }
    }

    fn list(&self, path: &str) -> Result<Vec<(String, Kind)>, ReadError> {
        self.inner.list(path)
    }

    fn metadata(&self, path: &str) -> Result<FileMetadata, ReadError> {
        if path == SCRIPT {
            return Ok(FileMetadata { kind: Kind::File, len: self.text.len() as u64, executable: false });
        }
        self.inner.metadata(path)
    }

    fn is_link(&self, path: &str) -> bool {
        self.inner.is_link(path)
    }
}
