//! What is not known stays visible: branches, loops and calls on unknown values, paths that end, budgets.

use super::super::MODULES;
use crate::eval::outcome::View;
use crate::eval::{Environment, Outcome, Session, run};
use crate::packaging::{Platform, Python, Target, Version};
use crate::system::Memory;
use crate::text::Sources;
use std::str::FromStr;

/// Runs a script that finds an unknown value under the name `unknown`.
fn evaluate(python: Python, script: &str) -> (Outcome, Sources) {
    let script = format!("import time\nfrom setuptools import setup\nunknown = time.time()\n{script}");
    let system = Memory::new().with("setup.py", script);
    let target = Target { python, platform: Platform::Linux };
    let environment = Environment::new(target, Version::from_str("44.1.1").unwrap());
    let mut sources = Sources::new();
    let outcome = run(&mut Session::new(), &environment, &system, &mut sources, MODULES, "setup.py");
    (outcome, sources)
}

/// A value in a form that is easy to compare; what is unknown is `?`.
fn shown(outcome: &Outcome, value: &crate::eval::Value) -> String {
    let all = |values: &[crate::eval::Value]| {
        values.iter().map(|value| shown(outcome, value)).collect::<Vec<_>>().join(", ")
    };
    match outcome.view(value) {
        View::Unknown(_) => "?".to_owned(),
        View::Text(text) => text,
        View::Int(number) => number,
        View::Bool(flag) => flag.to_string(),
        View::None => "None".to_owned(),
        View::List(items) => format!("[{}]", all(&items)),
        View::Tuple(items) => format!("({})", all(&items)),
        View::Dict(entries) => {
            let entry = |(key, value): &(_, _)| format!("{}: {}", shown(outcome, key), shown(outcome, value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        other => format!("{other:?}"),
    }
}

/// The keywords of the one call of `setup()`, for Python 2.7 and 3.13, which must agree.
fn fields(script: &str) -> String {
    let [old, new] = [Python::new(2, 7), Python::new(3, 13)].map(|python| {
        let (outcome, _) = evaluate(python, script);
        assert_eq!(outcome.setup_calls.len(), 1, "{script}: {:?}", outcome.diagnostics);
        let keywords = outcome.setup_calls[0].keywords.iter();
        keywords
            .map(|(name, value, _)| format!("{name}={}", shown(&outcome, value)))
            .collect::<Vec<_>>()
            .join(" ")
    });
    assert_eq!(old, new, "{script}");
    new
}

#[test]
fn branches_on_the_unknown_join() {
    let script = "
same = changed = 'x'
if unknown:
    same = 'y'; changed = 'a'; made = 1
else:
    same = 'y'; changed = 'b'
setup(name=same, version=changed, url=globals().get('made'), keywords=['k', changed])
";
    assert_eq!(fields(script), "name=y version=? url=? keywords=[k, ?]");
}

#[test]
fn both_places_of_a_difference_are_told() {
    let script = "
if unknown:
    version = '1'
else:
    version = '2'
setup(name='n', version=version)
";
    let (outcome, sources) = evaluate(Python::new(3, 13), script);
    let View::Unknown(unknown) = outcome.view(&outcome.setup_calls[0].keywords[1].1) else {
        panic!("known");
    };
    let mut places: Vec<String> = unknown.others.iter().map(|span| sources.place(*span)).collect();
    places.sort();
    assert_eq!(places, ["setup.py:6:15", "setup.py:8:15"]);
    assert_eq!(sources.place(unknown.span), "setup.py:5:4");
}

#[test]
fn loops_over_the_unknown_forget_what_they_change() {
    let script = "
requires, found, last, count = ['a'], {'k': 1}, None, 0
untouched = ['u']
for item in str(unknown):
    requires.append(item)
    found[item] = 1
    last = 'seen'
    count += 1
while unknown:
    count += 1
setup(name='n', install_requires=requires, extras_require=found, url=last, version=count, keywords=untouched)
";
    assert_eq!(fields(script), "name=n install_requires=? extras_require=? url=? version=? keywords=[u]");
}

#[test]
fn loops_that_may_end_early_join() {
    let script = "
for item in ['a', 'b', 'c']:
    if str(unknown) == item:
        break
else:
    item = 'none'
for other in ['x', 'y']:
    if unknown:
        continue
    kept = 'k'
setup(name=item, version=other)
";
    assert_eq!(fields(script), "name=? version=y");
}

#[test]
fn unknown_calls_forget_what_they_reach() {
    let script = "
class Box(object):
    pass
box = Box()
box.items = ['a']
direct, inner, keyword, safe = ['a'], ['b'], ['c'], ('t',)
unknown(direct, {'deep': [inner]}, box, name=keyword, other=safe)
setup(name='n', a=direct, b=inner, c=keyword, d=safe, e=box.items)
";
    assert_eq!(fields(script), "name=n a=? b=? c=? d=(t) e=?");
}

#[test]
fn functions_called_with_the_unknown_are_followed() {
    let script = "
def pick(flag, into):
    if flag:
        into.append('seen')
        return 'yes'
    return 'no'
into = ['i']
setup(name=pick(False, into), version=pick(unknown, into), keywords=into)
";
    assert_eq!(fields(script), "name=no version=? keywords=?");
}

#[test]
fn a_path_that_ends_is_an_assumption() {
    for end in ["sys.exit('no')", "raise RuntimeError('no')"] {
        let script = format!(
            "
import sys
if unknown:
    {end}
setup(name='n', version='1')
"
        );
        assert_eq!(fields(&script), "name=n version=1");
        let (outcome, sources) = evaluate(Python::new(3, 13), &script);
        let [assumption] = &outcome.assumptions[..] else { panic!("{:?}", outcome.assumptions) };
        assert_eq!(sources.place(assumption.span), "setup.py:6:4");
        assert!(assumption.text.starts_with("taken as passing"), "{}", assumption.text);
    }
}

#[test]
fn several_calls_of_setup_join_by_field() {
    let script = "
if unknown:
    setup(name='n', version='1', url='u')
else:
    setup(name='n', version='2')
";
    assert_eq!(fields(script), "name=n version=? url=?");
}

#[test]
fn what_may_raise_reaches_its_handler() {
    let script = "
try:
    version = str(unknown).split()[0]
except Exception:
    version = 'fallback'
try:
    import not_there_at_all
    have = 'yes'
except ImportError:
    have = 'no'
setup(name=have, version=version)
";
    assert_eq!(fields(script), "name=no version=?");
}

#[test]
fn exhaustion_is_not_caught() {
    for body in [
        "while True:\n        pass",
        "x = 'a'\n    while True:\n        x += x",
        "def f(): return f()\n    f()",
    ] {
        for clause in ["except:\n    pass", "except BaseException:\n    pass", "finally:\n    done = 1"] {
            let script = format!("try:\n    {body}\n{clause}\nsetup(name='n')\n");
            let (outcome, _) = evaluate(Python::new(3, 13), &script);
            let name = outcome.setup_calls.first().map(|call| shown(&outcome, &call.keywords[0].1));
            assert!(outcome.exhausted.is_some() || name.as_deref() == Some("?"), "{script}");
        }
    }
}

#[test]
fn aliases_survive_a_join() {
    let script = "
shared = ['a']
alias = shared
holder = {'k': shared}
if unknown:
    shared.append('b')
else:
    shared.append('b')
alias.append('c')
if unknown:
    fresh = ['f']
else:
    fresh = ['f']
same = fresh
same.append('g')
setup(name=str(alias is shared), a=alias, b=holder['k'], c=fresh)
";
    assert_eq!(fields(script), "name=True a=[a, b, c] b=[a, b, c] c=[f, g]");
}

#[test]
fn generators_that_hang_on_the_unknown_do() {
    let script = "
log = []
def some():
    yield 'a'
    if unknown:
        log.append('seen')
        yield 'b'
    yield 'c'
first = next(some())
setup(name=first, keywords=list(some()), d=log, e=[x for x in ['p', 'q'] if unknown or x == 'p'])
";
    assert_eq!(fields(script), "name=a keywords=? d=? e=?");
}

#[test]
fn a_class_with_an_unknown_base_may_be_anything() {
    let script = "
class Own(unknown):
    known = 'k'
own = Own()
setup(name=Own.known, version=own.version, url=own['x'], a=len(own), b=isinstance(own, list), c=type(Own) is type)
";
    assert_eq!(fields(script), "name=k version=? url=? a=? b=? c=?");
}

/// As setuptools 44.1.1 has it.
#[test]
fn features_put_in_and_leave_out() {
    let script = "
from setuptools import Feature
features = {
    'in': Feature('standard', standard=True, scripts=['t', 's'], py_modules=['m']),
    'out': Feature('optional', packages=['b'], scripts=['s']),
    'absent': Feature('not here', standard=True, available=False, remove='d'),
}
setup(packages=['a', 'b', 'b.c', 'bc', 'd'], scripts=['s'], features=features)
";
    for (script, expected) in [
        (script.to_owned(), "packages=[a, bc] scripts=[t] py_modules=[m]"),
        (script.replace("available=False", "available=unknown"), "packages=? scripts=[s, t] py_modules=?"),
    ] {
        let (outcome, _) = evaluate(Python::new(3, 6), &script);
        let keywords = &outcome.setup_calls[0].keywords;
        let wanted = ["packages", "scripts", "py_modules"].map(|name| {
            let found = keywords.iter().find(|keyword| keyword.0 == name).map(|keyword| &keyword.1);
            format!("{name}={}", found.map_or("-".to_owned(), |value| shown(&outcome, value)))
        });
        assert_eq!(wanted.join(" "), expected);
    }
}

#[test]
fn whether_a_file_elsewhere_can_be_written_is_unknown() {
    let script = "
try:
    with open('/etc/demo', 'w') as out:
        out.write('')
    data = ['x']
except IOError:
    data = []
with open('made', 'w') as out:
    name = 'demo'
setup(name=name, data_files=data)
";
    assert_eq!(fields(script), "name=demo data_files=?");
}

#[test]
fn an_unknown_base_may_do_what_object_does_in_another_way() {
    let class = "class Derived(unknown):\n    own = 'own'\n";
    let made = |body: &str| fields(&format!("{class}{body}"));
    assert_eq!(
        made("made = Derived('1', more=2)\nsetup(name='a', version=made.text, license=made.own)"),
        "name=a version=? license=own"
    );
    assert_eq!(made("setup(name='a', version=str(Derived(1)))"), "name=a version=?");
    assert_eq!(made("setup(name='a', version='1' if Derived(1) == 1 else '2')"), "name=a version=?");
}
