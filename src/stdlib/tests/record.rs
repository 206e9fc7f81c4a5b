//! What a run looked at is on record: it answers for another Python only where running there gives the same.

use super::super::MODULES;
use crate::eval::outcome::View;
use crate::eval::{Environment, LookedAt, Session, run};
use crate::packaging::{Platform, Python, Target, Version};
use crate::system::Memory;
use crate::text::Sources;

/// What `description` is on a Python, and for whom that answers.
fn described(python: Python, expression: &str) -> (String, LookedAt, Environment) {
    let script = format!("import sys\nfrom setuptools import setup\nsetup(description=str({expression}))\n");
    described_by(script, Environment::new(Target { python, platform: Platform::Linux }, Version::new([44])))
}

fn described_by(script: String, environment: Environment) -> (String, LookedAt, Environment) {
    let system = Memory::new().with("setup.py", script);
    let mut sources = Sources::new();
    let outcome = run(&mut Session::new(), &environment, &system, &mut sources, MODULES, "setup.py");
    let View::Text(text) = outcome.view(&outcome.setup_calls[0].keywords[0].1) else {
        panic!("on {}: {:?}", environment.target, outcome.diagnostics)
    };
    (text, outcome.looked_at, environment)
}

/// How many runs all Pythons take, each of them answered as its own run would.
fn runs(expression: &str) -> usize {
    needed(Python::ALL.into_iter().map(|python| described(python, expression)))
}

fn needed(own_runs: impl Iterator<Item = (String, LookedAt, Environment)>) -> usize {
    let mut made: Vec<(String, LookedAt, Environment)> = Vec::new();
    for own in own_runs {
        match made.iter().find(|(_, looked_at, from)| looked_at.answers_for(from, &own.2)) {
            Some((text, _, from)) => assert_eq!(*text, own.0, "{from:?} for {:?}", own.2),
            None => made.push(own),
        }
    }
    made.len()
}

#[test]
fn asking_for_a_release_of_setuptools_tells_apart_those_before_it() {
    const RELEASES: [[u64; 3]; 5] = [[50, 3, 2], [59, 6, 0], [68, 0, 0], [75, 3, 2], [84, 2, 1]];
    let target = Target { python: Python::new(3, 8), platform: Platform::Linux };
    let runs = |found: &str| {
        needed(RELEASES.into_iter().map(|release| {
            let script = format!("{found}\nfrom setuptools import setup\nsetup(description=str(found))\n");
            described_by(script, Environment::new(target, Version::new(release)))
        }))
    };
    let test = "try:\n    from setuptools.command.test import test\n    found = 1\nexcept ImportError:\n    found = 0";
    assert_eq!(runs("found = 1"), 1);
    assert_eq!(runs(test), 2);
    assert_eq!(runs("from setuptools import __version__ as found"), RELEASES.len());
}

#[test]
fn comparing_the_version_tells_apart_only_what_the_comparison_does() {
    assert_eq!(runs("sys.version_info[0] == 2"), 2);
    assert_eq!(runs("sys.version_info < (3,)"), 2);
    assert_eq!(runs("sys.version_info >= (3, 8)"), 3);
    assert_eq!(runs("sys.version_info[:2] >= (3, 8)"), 3);
    assert_eq!(runs("(3, 8) <= sys.version_info[0:2] < (3, 10)"), 4);
    assert_eq!(runs("sys.version_info[:2] == (3, 6)"), 3);
    assert_eq!(runs("isinstance(sys.version_info[:2], tuple)"), 2);
}

#[test]
fn every_other_look_at_the_version_is_on_record() {
    let all = Python::ALL.len();
    for expression in [
        "'%d.%d.%d%s%d' % sys.version_info",
        "'%d.%d' % sys.version_info[:2]",
        "'.'.join(map(str, sys.version_info[:2]))",
        "sys.version_info[:2]",
        "sys.version_info[1]",
        "sys.version_info.minor",
        "(sys.version_info + (1,))[1]",
        "sys.version_info[:2] + (1,)",
        "'{0[1]}'.format(sys.version_info)",
        "(lambda a, b: b)(*sys.version_info[:2])",
        "[part for part in sys.version_info[:2]][1]",
        "tuple(sys.version_info)[1]",
    ] {
        assert_eq!(runs(expression), all, "{expression}");
    }
    for expression in [
        "12 in sys.version_info",
        "sys.version_info.count(12)",
        "{(3, 6): 'six'}.get(sys.version_info[:2])",
        "sys.version_info[:2] in [(3, 6), (3, 7)]",
        "max(sys.version_info[:2], (3, 9))",
        "sorted([sys.version_info, (3, 8)])[0][1]",
        "[3, 12] == list(sys.version_info)[:2]",
        "bool(sys.version_info[1] > 8)",
    ] {
        assert!(runs(expression) > 2, "{expression}");
    }
}
