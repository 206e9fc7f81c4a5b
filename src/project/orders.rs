//! What depends on the order of a set: several evaluations of setup.py, each with other orders, made into one answer.
//!
//! Python 3 walks a set of texts in another order from run to run. What every order gives is known; a field of which only
//! the order differs is known too, and that is said; any other field that differs is unknown.

use super::from_setup::{Call, Special};
use super::metadata::FIELDS;
use super::{Field, FieldValue, Place, Unknown, Written};
use crate::diagnostic::{Diagnostic, codes};
use crate::text::Span;
use std::collections::BTreeMap;

/// Why a field is not known whose value hangs on an order.
pub(super) const REASON: &str = "it depends on the order of a set, which differs from run to run";

/// Makes what other orders gave (`None` where `setup()` was not reached) part of what the first one did. `places` are the walks
/// over sets, one at least where there are others. Gives what is to be said.
pub(super) fn settle(call: &mut Call, others: &[Option<Call>], places: &[Span]) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    if others.is_empty() {
        return said;
    }
    for (name, _) in FIELDS {
        let own = call.metadata.get(name);
        let alike: Vec<Likeness> = others
            .iter()
            .map(|other| match other {
                Some(other) => likeness(own, other.metadata.get(name)),
                None => Likeness::Other,
            })
            .collect();
        let origin = others
            .iter()
            .flatten()
            .map(|other| &other.metadata)
            .chain([&call.metadata])
            .find_map(|m| m.origin(name));
        match alike.into_iter().max().unwrap_or(Likeness::Same) {
            Likeness::Same => {}
            Likeness::Reordered => {
                if let Some(Field::Known { origin, trail, .. }) = own {
                    said.push(reordered(name, *origin, place(places, trail)));
                }
            }
            Likeness::Other => {
                let trail = match own {
                    Some(Field::Known { trail, .. }) => trail.clone(),
                    _ => Vec::new(),
                };
                let span = place(places, &trail);
                let unknown = Unknown { reason: REASON.to_owned(), span, trail };
                let field = Field::Unknown { origin: origin.unwrap_or(span), unknown };
                call.metadata.set(name, field);
            }
        }
    }
    for other in others.iter().flatten() {
        settle_rest(call, other, places[0]);
    }
    said
}

/// How a field is like that of another order; the greater, the less.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    Same,
    Reordered,
    Other,
}

fn likeness(own: Option<&Field>, other: Option<&Field>) -> Likeness {
    match (own, other) {
        (None, None) | (Some(Field::Unknown { .. }), _) => Likeness::Same,
        (Some(Field::Known { value: own, .. }), Some(Field::Known { value: other, .. })) => {
            if own == other {
                Likeness::Same
            } else if own.in_one_order().is_some() && own.in_one_order() == other.in_one_order() {
                Likeness::Reordered
            } else {
                Likeness::Other
            }
        }
        _ => Likeness::Other,
    }
}

/// The walk that a value came through, else the first.
fn place(places: &[Span], trail: &[Place]) -> Span {
    let touches = |walk: &Span| {
        trail.iter().any(|place| {
            let (one, other) = (place.span, *walk);
            one.file == other.file && one.start <= other.end && other.start <= one.end
        })
    };
    places.iter().find(|walk| touches(walk)).copied().unwrap_or(places[0])
}

fn reordered(name: &str, origin: Span, walk: Span) -> Diagnostic {
    let message = format!("the order of `{name}` differs from run to run, because it comes from a set");
    let mut diagnostic = Diagnostic::new(&codes::UNSETTLED_ORDER, walk, message);
    if origin != walk {
        diagnostic = diagnostic.label(origin, format!("`{name}` is given here"));
    }
    diagnostic.help("sort it: `sorted(…)`")
}

/// What is no field and differs is not known.
fn settle_rest(call: &mut Call, other: &Call, span: Span) {
    let unknown = |keyword: &str, span: Span| Special {
        keyword: keyword.to_owned(),
        span,
        command: None,
        unknown: Some(REASON.to_owned()),
    };
    let mut specials = Vec::new();
    if call.options != other.options {
        let place = call.options.iter().chain(&other.options).map(|option| option.3).next();
        specials.push(unknown("options", place.unwrap_or(span)));
    }
    if call.version_file != other.version_file {
        specials.push(unknown("use_scm_version", span));
        call.version_file = None;
    }
    if call.plain_build_py != other.plain_build_py {
        specials.push(unknown("cmdclass", span));
    }
    for special in other.special.iter().chain(&specials) {
        if !call.special.contains(special) {
            call.special.push(special.clone());
        }
    }
    settle_files(&mut call.written, &other.written);
    settle_files(&mut call.library, &other.library);
    for spent in &other.spent {
        if !call.spent.contains(spent) {
            call.spent.push(*spent);
        }
    }
    let sorted = |files: &Option<Vec<String>>| {
        files.clone().map(|mut files| {
            files.sort();
            files
        })
    };
    if sorted(&call.extension_files) != sorted(&other.extension_files) {
        call.extension_files = None;
    }
}

fn settle_files(own: &mut BTreeMap<String, Written>, other: &BTreeMap<String, Written>) {
    let paths: Vec<String> = own.keys().chain(other.keys()).cloned().collect();
    for path in paths {
        if own.get(&path) != other.get(&path) {
            own.insert(path, Written::Unknown(REASON.to_owned()));
        }
    }
}

/// Whether a value that `attr:` names is the same in every order.
pub(super) fn agree(
    found: &Result<(FieldValue, Vec<Place>), Unknown>,
    other: &Result<(FieldValue, Vec<Place>), Unknown>,
) -> bool {
    match (found, other) {
        (Ok((found, _)), Ok((other, _))) => found == other,
        (Err(_), _) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::{Platform, Python, Target};
    use crate::project::{Scope, read};
    use crate::system::Memory;
    use crate::text::Sources;

    /// A field of a setup.py with this body on Python 3.11, and the codes of what was said.
    fn field(body: &str, name: &str) -> (Result<Option<FieldValue>, String>, Vec<&'static str>) {
        let text = format!("from setuptools import setup\n{body}\n");
        let system = Memory::new().with("setup.py", text.as_str());
        let mut sources = Sources::new();
        let target = Target { python: Python::new(3, 11), platform: Platform::Linux };
        let scope = Scope { targets: vec![target], setuptools: None, artifact: None };
        let (project, diagnostics) = read(&system, &mut sources, &scope);
        let said = diagnostics.iter().map(|found| found.code.name).collect();
        let found = match project.metadata.known(name) {
            Ok(found) => Ok(found.map(|(value, _)| value.clone())),
            Err(unknown) => Err(unknown.reason.clone()),
        };
        (found, said)
    }

    fn list(items: &[&str]) -> Result<Option<FieldValue>, String> {
        Ok(Some(FieldValue::List(items.iter().map(ToString::to_string).collect())))
    }

    fn sorted(found: Result<Option<FieldValue>, String>) -> Result<Option<FieldValue>, String> {
        found.map(|value| {
            value.map(|value| match value {
                FieldValue::List(mut items) => {
                    items.sort();
                    FieldValue::List(items)
                }
                other => other,
            })
        })
    }

    const SAID: [&str; 1] = ["unsettled-order"];

    #[test]
    fn items_in_an_order_of_their_own_are_known_and_said_to_be_so() {
        let three = list(&["a", "b", "c"]);
        for body in [
            "setup(install_requires=list({'a', 'b', 'c'}))",
            "setup(install_requires=[x for x in set('abc')])",
            "setup(install_requires=list(map(str, set('abc'))))",
            "r = ['a']\nfor x in {'b', 'c'}: r.append(x)\nsetup(install_requires=r)",
            "s = set('abc'); r = []\nwhile s: r.append(s.pop())\nsetup(install_requires=r)",
            "r = ['a']\nr += frozenset('bc')\nsetup(install_requires=r)",
            "setup(install_requires=' '.join(set('abc')).split())",
        ] {
            let (found, said) = field(body, "install_requires");
            assert_eq!(sorted(found), three, "{body}");
            assert_eq!(said, SAID, "{body}");
        }
        let (found, said) = field("setup(packages={'a', 'b', 'c'}, name='x')", "packages");
        assert_eq!(sorted(found), three);
        assert!(said.contains(&"unsettled-order"), "{said:?}");
    }

    #[test]
    fn a_value_that_hangs_on_an_order_is_unknown() {
        for body in [
            "setup(name='-'.join(set('abc')))",
            "setup(name=next(iter({'a', 'b'})))",
            "setup(name=list({'a', 'b'})[0])",
            "setup(name={'a', 'b'}.pop())",
            "setup(name=[x for x in set('abcdefgh')][5])",
            "setup(name='x' if list(set('abcdefgh'))[3] == 'd' else 'y')",
            "for name in {'a', 'b'}: pass\nsetup(name=name)",
            "for name in set('abcdefghijklmnopq'):\n if name in 'hq': break\nsetup(name=name)",
            "setup(name=max(set(['aa', 'bb', 'c']), key=len))",
            "setup(name=sorted(set(['aa', 'bb', 'c']), key=len)[1])",
            "setup(name='%s' % {'a', 'b'})",
            "setup(name='x') if list(set('ab'))[0] == 'a' else None",
            "a, b = set('ab'), set('xy')\nsetup(name='n' if min(a) + list(a)[0] + list(b)[0] == 'aay' else 'm')",
        ] {
            let (found, _) = field(body, "name");
            assert_eq!(found, Err(REASON.to_owned()), "{body}");
        }
    }

    #[test]
    fn what_every_order_gives_is_known_without_a_word() {
        for (body, wanted) in [
            ("setup(name='-'.join(sorted(set('cab'))))", "a-b-c"),
            ("setup(name={'a'}.pop())", "a"),
            ("setup(name=next(iter({'a'})))", "a"),
            ("setup(name='%d' % len({'a', 'b'} | {'c'}))", "3"),
            ("setup(name=max({'a', 'b'}))", "b"),
            ("setup(name=''.join(sorted(x.upper() for x in {'a', 'b'})))", "AB"),
            ("s = set('ab')\nsetup(name='x' if list(s) == list(s) else 'y')", "x"),
            ("d = dict.fromkeys(set('ab'), 'v')\nsetup(name=d['a'])", "v"),
            ("setup(name='.'.join(map(str, {2, 0, 1})))", "0.1.2"),
            ("setup(name='.'.join(map(str, set([7, 300, -4]))))", "300.-4.7"),
            ("setup(name='x' if all(x in 'abc' for x in set('ab')) else 'y')", "x"),
        ] {
            let (found, said) = field(body, "name");
            assert_eq!(found, Ok(Some(FieldValue::Text(wanted.to_owned()))), "{body}");
            assert!(said.is_empty(), "{body}: {said:?}");
        }
    }
}
