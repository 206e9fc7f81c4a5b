//! The modelled modules as a whole: their list, what they see of files, and ([`assertions`]) what they and the language do.

use super::MODULES;
use crate::packaging::Python;
use crate::system::Memory;

mod assertions;
mod honesty;
mod record;

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
        let tree = TREE.iter().fold(Memory::new(), |tree, (path, content)| tree.with(path, *content));
        let found = assertions::problems(&tree, "setup.py", LOOKING.as_bytes(), python);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }
}
