//! Every `testdata/python/stdlib_*.py` is Python that CPython runs to its end: here each of its assertions must be known to
//! hold, for each Python that the file is for.

use super::MODULES;
use crate::eval::{Environment, Session, run};
use crate::packaging::{Platform, Python, Target};
use crate::system::Memory;
use crate::text::Sources;
use std::str::FromStr;

const FILES: &[(&str, &str)] = &[
    ("stdlib_ast.py", include_str!("../../testdata/python/stdlib_ast.py")),
    ("stdlib_collections.py", include_str!("../../testdata/python/stdlib_collections.py")),
    ("stdlib_configparser.py", include_str!("../../testdata/python/stdlib_configparser.py")),
    ("stdlib_copy.py", include_str!("../../testdata/python/stdlib_copy.py")),
    ("stdlib_distutils.py", include_str!("../../testdata/python/stdlib_distutils.py")),
    ("stdlib_fnmatch.py", include_str!("../../testdata/python/stdlib_fnmatch.py")),
    ("stdlib_functools.py", include_str!("../../testdata/python/stdlib_functools.py")),
    ("stdlib_imp.py", include_str!("../../testdata/python/stdlib_imp.py")),
    ("stdlib_importlib_py3.py", include_str!("../../testdata/python/stdlib_importlib_py3.py")),
    ("stdlib_itertools.py", include_str!("../../testdata/python/stdlib_itertools.py")),
    ("stdlib_json.py", include_str!("../../testdata/python/stdlib_json.py")),
    ("stdlib_operator.py", include_str!("../../testdata/python/stdlib_operator.py")),
    ("stdlib_pathlib_py3.py", include_str!("../../testdata/python/stdlib_pathlib_py3.py")),
    ("stdlib_pkg_resources.py", include_str!("../../testdata/python/stdlib_pkg_resources.py")),
    ("stdlib_re.py", include_str!("../../testdata/python/stdlib_re.py")),
    ("stdlib_runpy.py", include_str!("../../testdata/python/stdlib_runpy.py")),
    ("stdlib_small.py", include_str!("../../testdata/python/stdlib_small.py")),
    ("stdlib_string.py", include_str!("../../testdata/python/stdlib_string.py")),
    ("stdlib_textwrap.py", include_str!("../../testdata/python/stdlib_textwrap.py")),
];

/// What stands beside them.
const BESIDE: &[(&str, &str)] = &[
    ("assert_pkg/__init__.py", include_str!("../../testdata/python/assert_pkg/__init__.py")),
    ("assert_pkg/module_a.py", include_str!("../../testdata/python/assert_pkg/module_a.py")),
    ("assert_pkg/module_b.py", include_str!("../../testdata/python/assert_pkg/module_b.py")),
    ("assert_pkg/sub/__init__.py", include_str!("../../testdata/python/assert_pkg/sub/__init__.py")),
    ("assert_pkg/sub/deep.py", include_str!("../../testdata/python/assert_pkg/sub/deep.py")),
    ("data/lines.txt", include_str!("../../testdata/python/data/lines.txt")),
    ("data/version_info.py", include_str!("../../testdata/python/data/version_info.py")),
];

/// The newest setuptools of a Python, as `project::read` takes it.
fn setuptools(python: Python) -> &'static str {
    match (python.major, python.minor) {
        (2, _) => "44.1.1",
        (_, ..=6) => "59.6.0",
        (_, 7) => "68.0.0",
        (_, 8) => "75.3.2",
        _ => "84.2.1",
    }
}

/// What kept a file from running to its end with all that it says known.
fn problems(name: &str, text: &str, python: Python) -> Vec<String> {
    problems_among(&[], name, text, python)
}

fn problems_among(files: &[(&str, &str)], name: &str, text: &str, python: Python) -> Vec<String> {
    let script = format!("{text}\nfrom distutils.core import setup as _end\n_end(name='end')\n");
    let files = if files.is_empty() { BESIDE } else { files };
    let system = files.iter().fold(Memory::new(), |system, (path, content)| system.with(path, *content));
    let system = system.with(name, script);
    let target = Target { python, platform: Platform::Linux };
    let setuptools = crate::packaging::Version::from_str(setuptools(python)).unwrap();
    let environment = Environment::new(target, setuptools);
    let mut sources = Sources::new();
    let outcome = run(&mut Session::new(), &environment, &system, &mut sources, MODULES, name);
    let mut found = Vec::new();
    for end in &outcome.ended {
        found.push(format!("{}: {}", sources.place(end.span), end.text));
    }
    for assumption in &outcome.assumptions {
        found.push(format!("{}: {}", sources.place(assumption.span), assumption.text));
    }
    if outcome.setup_calls.len() != 1 {
        found.push(format!("the end was reached {} times", outcome.setup_calls.len()));
        for diagnostic in &outcome.diagnostics {
            let place =
                diagnostic.primary.as_ref().map_or_else(String::new, |label| sources.place(label.span));
            found.push(format!("{place}: {}", diagnostic.message));
        }
    }
    found.into_iter().map(|problem| format!("{python} {problem}")).collect()
}

#[test]
fn assertions_hold() {
    let mut found = Vec::new();
    for (name, text) in FILES {
        for (major, minor) in [(2, 7), (3, 6), (3, 7), (3, 8), (3, 9), (3, 12), (3, 13)] {
            if major == 2 && name.ends_with("_py3.py") {
                continue;
            }
            found.extend(problems(name, text, Python::new(major, minor)));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn modules_are_listed_once_and_in_order() {
    for family in super::FAMILIES {
        let names: Vec<&str> = family.iter().map(|module| module.name).collect();
        assert!(names.is_sorted(), "{names:?}");
    }
    let mut names: Vec<&str> = MODULES.iter().map(|module| module.name).collect();
    names.sort_unstable();
    let once = names.len();
    names.dedup();
    assert_eq!(names.len(), once);
}

/// A small project, for what looks at files.
const TREE: &[(&str, &str)] = &[
    ("bin/b", ""),
    ("bin/a", ""),
    ("bin/.hidden", ""),
    ("pkg/__init__.py", "__version__ = '1.0'\n"),
    ("pkg/sub/__init__.py", ""),
    ("pkg/sub/data/x.txt", ""),
    ("pkg/data/y.txt", "y\n"),
    ("cfg/setup.cfg", "[metadata]\nname = demo\n"),
];

const LOOKING: &str = "
from glob import glob, iglob
assert glob('bin/*') == ['bin/a', 'bin/b'] and glob('bin/.*') == ['bin/.hidden']
assert glob('*/*.py') == ['pkg/__init__.py'] and glob('nope/*') == [] and glob('bin/a') == ['bin/a']
assert glob('pkg/*/') == ['pkg/data/', 'pkg/sub/'] and list(iglob('c?g/*.cfg')) == ['cfg/setup.cfg']
assert sorted(glob('pkg/[sd]*')) == ['pkg/data', 'pkg/sub']
import sys
if sys.version_info[0] > 2:
    assert glob('pkg/**/*.txt', recursive=True) == ['pkg/data/y.txt', 'pkg/sub/data/x.txt']
    assert glob('pkg/**', recursive=True)[0] == 'pkg/' and glob('**/x.txt', recursive=True) == ['pkg/sub/data/x.txt']
    from pathlib import Path
    here = Path(__file__).parent
    assert (here / 'pkg' / 'data' / 'y.txt').read_text() == 'y\\n' and (here / 'pkg').is_dir()
    assert Path('pkg/__init__.py').exists() and not Path('pkg/nope').exists()
    assert sorted(p.name for p in Path('bin').iterdir()) == ['.hidden', 'a', 'b']
    assert [str(p) for p in Path('pkg').rglob('*.txt')] == ['pkg/data/y.txt', 'pkg/sub/data/x.txt']
    assert [p.name for p in Path('bin').glob('*')] == ['.hidden', 'a', 'b']
    assert [p.as_posix() for p in Path('.').glob('*/__init__.py')] == ['pkg/__init__.py']
    assert Path('bin/a').resolve().parent.name == 'bin' and Path.cwd() == here.resolve()
    with (Path('pkg') / '__init__.py').open() as f:
        assert '1.0' in f.read()
    assert Path('pkg/data/y.txt').read_bytes() == b'y\\n'
    import configparser
else:
    assert glob('pkg/**/*.txt') == ['pkg/data/y.txt']
    import ConfigParser as configparser
parser = configparser.ConfigParser()
assert parser.read(['cfg/setup.cfg', 'nope.cfg']) == ['cfg/setup.cfg'] and parser.get('metadata', 'name') == 'demo'
";

#[test]
fn files_are_found() {
    // The same lines pass in CPython 2.7 and 3.12 beside the same files (sorted where its order is the directory's).
    for python in [Python::new(2, 7), Python::new(3, 8), Python::new(3, 13)] {
        let found = problems_among(TREE, "setup.py", LOOKING, python);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
