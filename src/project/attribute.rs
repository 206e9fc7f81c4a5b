//! `attr: package.module.name`, as setup.cfg and pyproject.toml have it: read off the module's text where that has a literal,
//! as setuptools does since 46.4; else the module is interpreted, as setuptools imports it (setuptools/config/expand.py, `read_attr`).

use super::{FieldValue, Metadata, Place, Unknown, orders};
use crate::eval::outcome::{self, View};
use crate::eval::{Environment, Session};
use crate::packaging::Version;
use crate::packaging::entry_point::is_dotted_name;
use crate::stdlib::MODULES;
use crate::syntax::python::ast::{self, Ranged};
use crate::syntax::python::{self, Dialect};
use crate::system::{Kind, Metadata as FileMetadata, ReadError, System, normalise};
use crate::text::encoding::decode_python;
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
    let (root, module) = home(metadata.text_map("package_dir").unwrap_or_default(), module);
    if environment.setuptools >= Version::new([46, 4])
        && let Some(found) = assigned(system, sources, &root, &module, name)
    {
        return Ok(found);
    }
    let text = format!(
        "import sys\nsys.path.insert(0, {root:?})\nfrom setuptools import setup\nimport {module}\n\
         value = sys.modules[{module:?}].{name}\nsetup(version=value() if callable(value) else value)\n"
    );
    let with_script = WithScript { inner: system, text };
    let mut evaluated = |environment: &Environment| {
        let outcome = outcome::run(session, environment, &with_script, sources, MODULES, SCRIPT);
        (given(&outcome, sources, (module.as_str(), reference), span), outcome.unsettled())
    };
    let (found, unsettled) = evaluated(environment);
    for attempt in 1..=unsettled.attempts() {
        let (other, _) = evaluated(&Environment { attempt, ..environment.clone() });
        if !orders::agree(&found, &other) {
            let place = unsettled.places().iter().find_map(|place| real(*place, sources));
            return Err(unknown(orders::REASON.to_owned(), place.unwrap_or(span)));
        }
    }
    found
}

/// What the script that asks for `reference`, the name of something in `module`, was given.
fn given(
    outcome: &outcome::Outcome,
    sources: &Sources,
    (module, reference): (&str, &str),
    span: Span,
) -> Result<(FieldValue, Vec<Place>), Unknown> {
    let unknown = |reason: String, at: Span| Unknown { reason, span: at, trail: Vec::new() };
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

/// The directory that a module is looked for in, and its name there: `package_dir` may move its first package, or all.
fn home(package_dir: &[(String, String)], module: &str) -> (String, String) {
    let moved = |package: &str| package_dir.iter().find(|entry| entry.0 == package).map(|entry| &*entry.1);
    let (first, rest) = module.split_once('.').map_or((module, ""), |(first, rest)| (first, rest));
    if let Some(path) = moved(first) {
        let (root, name) = path.rsplit_once('/').unwrap_or((".", path));
        let module = if rest.is_empty() { name.to_owned() } else { format!("{name}.{rest}") };
        return (root.to_owned(), module);
    }
    (moved("").filter(|root| !root.is_empty()).unwrap_or(".").to_owned(), module.to_owned())
}

/// The literal that the first assignment to a name at the top level of a module's text gives it.
fn assigned(
    system: &dyn System,
    sources: &mut Sources,
    root: &str,
    module: &str,
    name: &str,
) -> Option<(FieldValue, Vec<Place>)> {
    let start = normalise(&format!("{root}/{}", module.replace('.', "/")))?;
    let candidates = [format!("{start}.py"), format!("{start}/__init__.py")];
    let is_file = |path: &String| system.metadata(path).is_ok_and(|found| found.kind == Kind::File);
    let path = candidates.into_iter().find(is_file)?;
    let text = decode_python(&system.read(&path).ok()?).ok()?;
    let file = sources.add(&path, &text);
    let parsed = python::parse(sources, file, Dialect::Python3).ok()?;
    let is_it = |target: &ast::Expr| matches!(target, ast::Expr::Name(found) if found.id.as_str() == name);
    let value = parsed.body.iter().find_map(|statement| match statement {
        ast::Stmt::Assign(assign) if assign.targets.iter().any(is_it) => Some(&*assign.value),
        ast::Stmt::AnnAssign(assign) if is_it(&assign.target) => assign.value.as_deref(),
        _ => None,
    })?;
    let place = python::span(file, value.range());
    Some((literal(value)?, Place::all([place])))
}

/// A text, a number, or a sequence of them.
fn literal(value: &ast::Expr) -> Option<FieldValue> {
    let part = |value: &ast::Expr| match value {
        ast::Expr::Constant(constant) => match &constant.value {
            ast::Constant::Str(text) => Some(text.clone()),
            ast::Constant::Int(number) => Some(number.to_string()),
            _ => None,
        },
        _ => None,
    };
    match value {
        ast::Expr::Tuple(sequence) => {
            sequence.elts.iter().map(part).collect::<Option<_>>().map(FieldValue::List)
        }
        ast::Expr::List(sequence) => {
            sequence.elts.iter().map(part).collect::<Option<_>>().map(FieldValue::List)
        }
        value => part(value).map(FieldValue::Text),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::{Platform, Python, Target};
    use crate::system::Memory;

    fn read(
        setuptools: [u64; 2],
        package_dir: &[(&str, &str)],
        reference: &str,
    ) -> Result<FieldValue, String> {
        let system = Memory::new()
            .with(
                "demo/__init__.py",
                "import gone\nclass A: pass\nversion = '1.2'\nparts = 1, 'b'\nmade = A()\nversion = made\n",
            )
            .with("lib/other.py", "__version__: str = '3'\n")
            .with("lib/moved/part.py", "v = ['4', 5]\ncomputed = '%d' % 6\n");
        let target = Target { python: Python::new(3, 9), platform: Platform::Linux };
        let environment = Environment::new(target, Version::new(setuptools));
        let mut sources = Sources::new();
        let span = Span::new(sources.add("setup.cfg", ""), 0, 0);
        let mut metadata = Metadata::default();
        let map =
            package_dir.iter().map(|(package, path)| ((*package).to_owned(), (*path).to_owned())).collect();
        let value = FieldValue::TextMap(map);
        metadata.set("package_dir", crate::project::Field::Known { value, origin: span, trail: Vec::new() });
        let found = value_of(&environment, &system, &mut sources, &metadata, reference, span);
        found.map(|(value, _)| value).map_err(|unknown| unknown.reason)
    }

    fn value_of(
        environment: &Environment,
        system: &Memory,
        sources: &mut Sources,
        metadata: &Metadata,
        reference: &str,
        span: Span,
    ) -> Result<(FieldValue, Vec<Place>), Unknown> {
        value(&mut Session::new(), environment, system, sources, metadata, reference, span)
    }

    /// As setuptools 65.5 and 46.0 have it.
    #[test]
    fn literals_are_read_without_an_import() {
        let text = |text: &str| Ok(FieldValue::Text(text.to_owned()));
        let list =
            |items: &[&str]| Ok(FieldValue::List(items.iter().map(|item| (*item).to_owned()).collect()));
        assert_eq!(read([65, 5], &[], "demo.version"), text("1.2"));
        assert_eq!(read([65, 5], &[], "demo.parts"), list(&["1", "b"]));
        assert!(read([65, 5], &[], "demo.made").is_err());
        assert!(read([46, 0], &[], "demo.version").is_err(), "the import gives the last assignment");
        let lib = &[("", "lib"), ("far", "lib/moved")];
        assert_eq!(read([65, 5], lib, "other.__version__"), text("3"));
        assert_eq!(read([65, 5], lib, "far.part.v"), list(&["4", "5"]));
        assert_eq!(read([65, 5], lib, "far.part.computed"), text("6"));
    }
}
