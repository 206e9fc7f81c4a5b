//! Projects read whole: the trails of their fields, and what differs by target only in order.

use super::{Field, FieldValue, Project, Scope, read};
use crate::diagnostic::codes;
use crate::packaging::Target;
use crate::system::Memory;
use crate::text::Sources;

fn everywhere(files: &[(&str, &str)]) -> (Project, Sources, Vec<String>) {
    let system = files.iter().fold(Memory::new(), |system, (path, text)| system.with(path, *text));
    let mut sources = Sources::new();
    let scope = Scope { targets: Target::all(), setuptools: None, artifact: None };
    let (project, diagnostics) = read(&system, &mut sources, &scope);
    let said = diagnostics.iter().map(|found| found.code.name.to_owned()).collect();
    (project, sources, said)
}

/// Where a field came from, newest first.
fn trail(project: &Project, sources: &Sources, name: &str) -> Vec<String> {
    let (origin, trail) = match project.metadata.get(name) {
        Some(Field::Known { origin, trail, .. }) => (origin, trail),
        Some(Field::Unknown { origin, unknown }) => (origin, &unknown.trail),
        None => return Vec::new(),
    };
    std::iter::once(*origin)
        .chain(trail.iter().map(|place| place.span))
        .map(|span| sources.place(span))
        .collect()
}

#[test]
fn a_field_knows_every_place_that_it_came_through() {
    let setup = "\
import re
from setuptools import setup

def find_version(path):
    text = open(path).read()
    return re.search(\"__version__ = '(.*)'\", text).group(1)

version = find_version('demo.py')
requires = ['six']
requires.append('idna')
setup(name='demo', version=version, install_requires=requires)
";
    let (project, sources, _) = everywhere(&[("setup.py", setup), ("demo.py", "__version__ = '1.2'\n")]);
    let version = trail(&project, &sources, "version");
    assert_eq!(version, ["setup.py:11:20", "setup.py:8:11", "setup.py:6:12", "demo.py:1:16"]);
    assert_eq!(trail(&project, &sources, "install_requires"), ["setup.py:11:37", "setup.py:9:12"]);
    assert_eq!(trail(&project, &sources, "name"), ["setup.py:11:7", "setup.py:11:12"]);
}

#[test]
fn texts_that_are_cut_and_filled_in_keep_their_way() {
    let setup = "\
import ast
import re
from setuptools import setup
text = open('demo.py').read()
for node in ast.walk(ast.parse(text)):
    if isinstance(node, ast.Assign):
        version = ast.literal_eval(node.value)
line = [line for line in text.splitlines() if line.startswith('__')][0]
author = re.sub('x+', '', line.split(' = ')[1])
setup(
    name='{}-{}'.format('demo', version),
    version=version,
    author=author,
    url='https://%s/%s' % ('demo', line.partition(' = ')[2]),
)
";
    let (project, sources, _) = everywhere(&[("setup.py", setup), ("demo.py", "__version__ = '1.2'\n")]);
    for name in ["name", "version", "author", "url"] {
        let trail = trail(&project, &sources, name);
        assert!(trail.last().is_some_and(|root| root.starts_with("demo.py:1:")), "{name}: {trail:?}");
    }
}

#[test]
fn an_iterator_is_spent_before_setuptools_uses_it() {
    let setup =
        |value: &str| format!("from setuptools import setup\nsetup(name='demo', install_requires={value})\n");
    let spent = codes::SPENT_ITERATOR.name.to_owned();
    let (project, _, said) = everywhere(&[("setup.py", &setup("map(str, iter(['six']))"))]);
    assert!(said.contains(&spent), "{said:?}");
    // Python 2 makes a list of it.
    let list = FieldValue::List(vec!["six; python_version < \"3\"".to_owned()]);
    assert!(
        matches!(project.metadata.get("install_requires"), Some(Field::Known { value, .. }) if *value == list),
        "{:?}",
        project.metadata.get("install_requires")
    );
    let (_, _, said) = everywhere(&[("setup.py", &setup("list(map(str, ['six']))"))]);
    assert!(!said.contains(&spent), "{said:?}");
}

#[test]
fn the_order_of_a_hash_table_alone_makes_no_difference() {
    let setup = "\
from setuptools import setup
extras = {'tests': ['nose'], 'docs': ['sphinx'], 'zope': ['zope.interface'], 'http': ['requests', 'idna']}
every = [item for items in extras.values() for item in items]
setup(name='demo', extras_require=dict(extras, all=every), classifiers=[name for name in extras],
      description=' '.join(extras))
";
    let (project, _, _) = everywhere(&[("setup.py", setup)]);
    let known = |name: &str| match project.metadata.get(name) {
        Some(Field::Known { value, .. }) => value.clone(),
        other => panic!("{name}: {other:?}"),
    };
    assert_eq!(
        known("classifiers"),
        FieldValue::List(["tests", "docs", "zope", "http"].map(str::to_owned).into())
    );
    let FieldValue::ListMap(extras) = known("extras_require") else { panic!("extras are lists by name") };
    let (_, all) = extras.iter().find(|(name, _)| name == "all").unwrap();
    assert_eq!(*all, ["nose", "sphinx", "zope.interface", "requests", "idna"]);
    assert!(
        matches!(project.metadata.get("description"), Some(Field::Unknown { .. })),
        "a text has its order"
    );
}

#[test]
fn words_in_a_unicode_of_python_2_stay_in_one_piece() {
    let setup = "\
# -*- coding: utf-8 -*-
from __future__ import unicode_literals
from setuptools import setup
setup(name='demo', keywords='one two, three', platforms='')
";
    let files = [("setup.py", setup)];
    let system = files.iter().fold(Memory::new(), |system, (path, text)| system.with(path, *text));
    let two =
        Target::all().into_iter().find(|target| target.python.major == 2).expect("Python 2 is a target");
    let scope = Scope { targets: vec![two], setuptools: None, artifact: None };
    let (project, _) = read(&system, &mut Sources::new(), &scope);
    let value = |project: &Project, name: &str| match project.metadata.known(name) {
        Ok(Some((value, _))) => Some(value.clone()),
        _ => None,
    };
    assert_eq!(value(&project, "keywords"), Some(FieldValue::Text("one two, three".to_owned())));
    assert!(project.metadata.get("platforms").is_none());
    let (project, ..) = everywhere(&files);
    let cut = ["one two", "three"].map(str::to_owned).to_vec();
    assert_eq!(value(&project, "keywords"), Some(FieldValue::List(cut)));
}

#[test]
fn what_a_directory_lists_first_is_each_machines_own() {
    let setup = |expression: &str| {
        format!(
            "import glob, os\nfrom setuptools import setup, find_packages\nsetup(name='demo', description={expression})\n"
        )
    };
    let answer = |expression: &str, files: &[&str]| {
        let text = setup(expression);
        let mut all = vec![("setup.py", text.as_str())];
        all.extend(files.iter().map(|path| (*path, "")));
        let (project, ..) = everywhere(&all);
        project.metadata.text("description").ok().flatten().map(str::to_owned)
    };
    let two = ["spam/__init__.py", "spam/sub/__init__.py", "docs/__init__.py"];
    for lost in [
        "find_packages()[0]",
        "find_packages()[-1]",
        "find_packages()[:1][0]",
        "find_packages().pop()",
        "glob.glob('*/__init__.py')[0]",
        "[name for name in os.listdir('.') if os.path.isdir(name)][0]",
        "list(os.walk('.'))[0][1][0]",
    ] {
        assert_eq!(answer(lost, &two), None, "{lost}");
    }
    // One package above all others comes before them; and order is no matter where nobody asks for it.
    let one = &two[..2];
    assert_eq!(answer("find_packages()[0]", one).as_deref(), Some("spam"));
    assert_eq!(answer("find_packages()[1:][0]", one).as_deref(), Some("spam.sub"));
    assert_eq!(answer("os.path.dirname(glob.glob('*/__init__.py')[0])", one).as_deref(), Some("spam"));
    assert_eq!(answer("sorted(find_packages())[0]", &two).as_deref(), Some("docs"));
    assert_eq!(answer("str(len(find_packages()))", &two).as_deref(), Some("3"));
}

#[test]
fn a_function_says_how_setuptools_scm_works() {
    let setup = "\
from setuptools import setup

def settings():
    from setuptools_scm.version import get_local_node_and_date
    def local(version):
        return get_local_node_and_date(version) + '-editable'
    return {'version_scheme': 'post-release', 'local_scheme': local}

setup(name='demo', use_scm_version=settings, setup_requires=['setuptools_scm'])
";
    let info = "Metadata-Version: 1.1\nName: demo\nVersion: 1.2\n";
    let (project, ..) = everywhere(&[("setup.py", setup), ("PKG-INFO", info)]);
    assert_eq!(project.metadata.text("version").ok().flatten(), Some("1.2"));
}

#[test]
fn the_version_of_python_stays_known_where_paths_meet() {
    // Both ways look at `sys.version_info` first, and each has ways out of its own.
    let setup = "\
import subprocess
import sys
from setuptools import setup

def fetch():
    name = '%d.%d' % sys.version_info[:2]
    return subprocess.check_output(['fetch', name])

def prepare():
    try:
        if subprocess.call(['is-there']):
            return fetch()
        subprocess.check_call(['other'])
        return fetch()
    except OSError:
        return fetch()

try:
    prepare()
except Exception:
    pass
requires = []
if sys.version_info[:3] < (2, 7, 0):
    requires.append('ordereddict')
setup(name='demo', install_requires=requires)
";
    let (project, ..) = everywhere(&[("setup.py", setup)]);
    assert_eq!(project.metadata.list("install_requires"), Ok(&[] as &[String]));
}

#[test]
fn read_configuration_gives_what_setup_cfg_says() {
    let setup = "\
from setuptools import setup
from setuptools.config import read_configuration
config = read_configuration('setup.cfg')
assert 'packages_find' not in config['options'] and 'packages.find' not in config['options']
config['options'].update(config['metadata'])
setup(**config['options'])
";
    let cfg = "\
[metadata]
name = demo
long_description = file: README, gone
[options]
zip_safe = no
packages = find:
package_dir =
    = lib
install_requires =
    six
    idna; python_version < '3'
python_requires = >=3.5
[options.packages.find]
where = lib
exclude = tests
[options.entry_points]
console_scripts =
    demo = demo:main
[options.package_data]
* = *.txt
";
    let files = [
        ("setup.py", setup),
        ("setup.cfg", cfg),
        ("README", "Demo\n"),
        ("lib/spam/__init__.py", ""),
        ("lib/tests/__init__.py", ""),
    ];
    let system = files.iter().fold(Memory::new(), |system, (path, text)| system.with(path, *text));
    let target =
        Target::all().into_iter().find(|target| target.python.major == 3).expect("Python 3 is a target");
    let setuptools = "40.6.2".parse().ok();
    let scope = Scope { targets: vec![target], setuptools, artifact: None };
    let (project, _) = read(&system, &mut Sources::new(), &scope);
    let metadata = &project.metadata;
    assert_eq!(metadata.text("long_description"), Ok(Some("Demo\n")));
    assert_eq!(metadata.text("python_requires"), Ok(Some(">=3.5")));
    assert_eq!(metadata.list("packages"), Ok(&["spam".to_owned()] as &[String]));
    assert_eq!(metadata.list("install_requires"), Ok(&["six".to_owned()] as &[String]));
    assert_eq!(metadata.text_map("package_dir"), Ok(&[(String::new(), "lib".to_owned())] as &[_]));
    let entry = ("console_scripts".to_owned(), vec!["demo = demo:main".to_owned()]);
    assert_eq!(metadata.list_map("entry_points"), Ok(&[entry] as &[_]));
    let data = (String::new(), vec!["*.txt".to_owned()]);
    assert_eq!(metadata.list_map("package_data"), Ok(&[data] as &[_]));
}
