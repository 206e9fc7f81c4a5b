//! `spx sdist`, `spx build` and `--list`: what goes in, why, and that it is the same every time.

use crate::support::World;
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

/// Names in the archive's order, and the text of each file.
fn members(path: &Path) -> (Vec<String>, BTreeMap<String, String>) {
    let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(path).unwrap()));
    let (mut names, mut texts) = (Vec::new(), BTreeMap::new());
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        let name = entry.path().unwrap().to_str().unwrap().to_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        names.push(name.clone());
        texts.insert(name, text);
    }
    (names, texts)
}

const NAME: &str = "legacy_project-1.2.0rc1.tar.gz";

/// What setuptools 84.2.1 put into its own, in this order.
const LEGACY: &str = "
AUTHORS LICENSE MANIFEST.in PKG-INFO README.rst bin/ bin/legacy docs/ docs/a.txt docs/sub/ docs/sub/b.rst etc/
etc/legacy.conf setup.cfg setup.py src/ src/Legacy.Project.egg-info/ src/Legacy.Project.egg-info/PKG-INFO
src/Legacy.Project.egg-info/SOURCES.txt src/Legacy.Project.egg-info/dependency_links.txt
src/Legacy.Project.egg-info/entry_points.txt src/Legacy.Project.egg-info/not-zip-safe
src/Legacy.Project.egg-info/requires.txt src/Legacy.Project.egg-info/top_level.txt src/legacy/
src/legacy/__init__.py src/legacy/main.py src/legacy/templates/ src/legacy/templates/page.bak
src/legacy/templates/page.html tests/ tests/test_legacy.py
";

#[test]
fn the_file_list_is_that_of_setuptools() {
    let world = World::new();
    world.project("projects/legacy");
    world.write("legacy/src/Legacy.Project.egg-info/SOURCES.txt", "docs/sub/private/c.rst\n");
    world.write("legacy/src/Legacy.Project.egg-info/stale.txt", "");
    world.spx(&["sdist", "legacy", "--python", "3.11"]).success();
    let (names, texts) = members(&world.work().join("dist").join(NAME));
    let root = "legacy_project-1.2.0rc1/";
    let wanted: Vec<String> = std::iter::once(root.to_owned())
        .chain(LEGACY.split_whitespace().map(|name| format!("{root}{name}")))
        .collect();
    assert_eq!(names, wanted);
    let text = |name: &str| texts[&format!("{root}{name}")].as_str();
    assert_eq!(
        text("setup.cfg"),
        "[bdist_wheel]\nuniversal = 1\n\n[metadata]\nkeywords = \n\told\n\tschool\n\n[egg_info]\ntag_build = \ntag_date = 0\n\n"
    );
    insta::assert_snapshot!(text("PKG-INFO"), @r#"
    Metadata-Version: 2.4
    Name: Legacy.Project
    Version: 1.2.0rc1
    Summary: A project of the old school
    Author: Zoë
    License: MIT
    Keywords: old,school
    License-File: LICENSE
    License-File: AUTHORS
    Requires-Dist: six>=1.9
    Requires-Dist: enum34; python_version < "3.4"
    Provides-Extra: fast
    Requires-Dist: ujson; extra == "fast"
    Requires-Dist: colorama; sys_platform == "win32"
    Dynamic: author
    Dynamic: description
    Dynamic: license
    Dynamic: license-file
    Dynamic: provides-extra
    Dynamic: requires-dist
    Dynamic: summary

    Legacy
    ======

    Zoë wrote this.
    "#);
    insta::assert_snapshot!(text("src/Legacy.Project.egg-info/requires.txt"), @r#"
    six>=1.9

    [:python_version < "3.4"]
    enum34

    [:sys_platform == "win32"]
    colorama

    [fast]
    ujson
    "#);
    insta::assert_snapshot!(text("src/Legacy.Project.egg-info/SOURCES.txt"), @"
    AUTHORS
    LICENSE
    MANIFEST.in
    README.rst
    setup.cfg
    setup.py
    bin/legacy
    docs/a.txt
    docs/sub/b.rst
    etc/legacy.conf
    src/Legacy.Project.egg-info/PKG-INFO
    src/Legacy.Project.egg-info/SOURCES.txt
    src/Legacy.Project.egg-info/dependency_links.txt
    src/Legacy.Project.egg-info/entry_points.txt
    src/Legacy.Project.egg-info/not-zip-safe
    src/Legacy.Project.egg-info/requires.txt
    src/Legacy.Project.egg-info/top_level.txt
    src/legacy/__init__.py
    src/legacy/main.py
    src/legacy/templates/page.bak
    src/legacy/templates/page.html
    tests/test_legacy.py
    ");
}

#[test]
fn the_same_tree_gives_the_same_bytes_everywhere() {
    let built = |epoch: Option<&str>| {
        let world = World::new();
        let project = world.project("projects/legacy");
        // Modes that umask makes, and times, say nothing.
        fs::write(project.join("setup.py"), fs::read(project.join("setup.py")).unwrap()).unwrap();
        let mut command = world.command(env!("CARGO_BIN_EXE_spx"));
        if let Some(epoch) = epoch {
            command.env("SOURCE_DATE_EPOCH", epoch);
        }
        world.finish(command.args(["sdist", "legacy", "-o", "out"])).success();
        fs::read(world.work().join("out").join(NAME)).unwrap()
    };
    let once = built(None);
    assert_eq!(once, built(None));
    assert_eq!(built(Some("1600000000")), built(Some("1600000000")));
    assert_ne!(once, built(Some("1600000000")));
    let world = World::new();
    world.project("projects/legacy");
    let ran = world.finish(
        world.command(env!("CARGO_BIN_EXE_spx")).env("SOURCE_DATE_EPOCH", "soon").args(["sdist", "legacy"]),
    );
    assert!(ran.status == 2 && ran.stderr.contains("SOURCE_DATE_EPOCH is `soon`"), "{}", ran.all());
}

#[test]
fn a_wheel_of_the_sdist_is_the_wheel_of_the_tree() {
    for project in ["legacy", "two-sources"] {
        let world = World::new();
        world.project(&format!("projects/{project}"));
        world.spx(&["build", project, "-o", "first"]).success();
        let sdist = fs::read_dir(world.work().join("first")).unwrap().map(|entry| entry.unwrap().path());
        let sdist = sdist
            .into_iter()
            .find(|path| path.extension().is_some_and(|extension| extension == "gz"))
            .unwrap();
        let mut archive = tar::Archive::new(GzDecoder::new(fs::File::open(sdist).unwrap()));
        archive.unpack(world.work().join("unpacked")).unwrap();
        let tree = fs::read_dir(world.work().join("unpacked")).unwrap().next().unwrap().unwrap().path();
        world.spx(&["wheel", tree.to_str().unwrap(), "-o", "second"]).success();
        // SOURCES.txt of the second one names the first one's setup.cfg, as with setuptools.
        world
            .spx(&[
                "sdist",
                tree.to_str().unwrap(),
                "-o",
                if project == "legacy" { "second" } else { "third" },
            ])
            .success();
        let all = |directory: &str| -> BTreeMap<String, Vec<u8>> {
            let entries = fs::read_dir(world.work().join(directory)).unwrap();
            entries
                .map(|e| e.unwrap())
                .map(|e| (e.file_name().into_string().unwrap(), fs::read(e.path()).unwrap()))
                .collect()
        };
        let (mut first, second) = (all("first"), all("second"));
        first.retain(|name, _| project == "legacy" || name.ends_with(".whl"));
        assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
        for (name, content) in &first {
            assert!(second[name] == *content, "{name} differs");
        }
    }
}

#[test]
fn list_writes_nothing_and_says_why_each_file_is_there() {
    let world = World::new();
    world.project("projects/legacy");
    let ran = world.spx(&["build", "legacy", "--list"]);
    assert!(!world.work().join("dist").exists());
    insta::assert_snapshot!(ran.success().stdout, @"
    legacy_project-1.2.0rc1.tar.gz: 23 files of 3 kB, packed 2 kB
      AUTHORS                                             5 bytes                 licence file
      LICENSE                                             4 bytes                 licence file
      MANIFEST.in                                       147 bytes                 always
      PKG-INFO                                          585 bytes                 core metadata
      README.rst                                         32 bytes                 the first README
      bin/legacy                                         38 bytes  setup.py:31    script
      docs/a.txt                                          2 bytes  MANIFEST.in:2  include docs/*.txt
      docs/sub/b.rst                                      2 bytes  MANIFEST.in:4  graft docs/sub
      etc/legacy.conf                                    12 bytes  setup.py:32    data file
      setup.cfg                                         104 bytes                 rewritten, with the version's tags settled
      setup.py                                               1 kB                 always
      src/Legacy.Project.egg-info/PKG-INFO              585 bytes                 written by the build
      src/Legacy.Project.egg-info/SOURCES.txt           529 bytes                 the list itself
      src/Legacy.Project.egg-info/dependency_links.txt    1 bytes                 written by the build
      src/Legacy.Project.egg-info/entry_points.txt       48 bytes                 written by the build
      src/Legacy.Project.egg-info/not-zip-safe            1 bytes                 written by the build
      src/Legacy.Project.egg-info/requires.txt          127 bytes                 written by the build
      src/Legacy.Project.egg-info/top_level.txt           7 bytes                 written by the build
      src/legacy/__init__.py                             14 bytes  setup.py:27    module of package `legacy`
      src/legacy/main.py                                 32 bytes  setup.py:27    module of package `legacy`
      src/legacy/templates/page.bak                       4 bytes  MANIFEST.in:3  recursive-include src *.bak
      src/legacy/templates/page.html                      4 bytes  MANIFEST.in:3  recursive-include src *.html
      tests/test_legacy.py                               14 bytes                 test file
    legacy_project-1.2.0rc1-py2.py3-none-any.whl: 12 files of 2 kB, packed 3 kB
      legacy/__init__.py                                           14 bytes  setup.py:27    module of package `legacy`, from src/legacy/__init__.py
      legacy/main.py                                               32 bytes  setup.py:27    module of package `legacy`, from src/legacy/main.py
      legacy/templates/page.html                                    4 bytes  MANIFEST.in:3  data of package `legacy` (include_package_data: recursive-include src *.html), from src/legacy/templates/page.html
      legacy_project-1.2.0rc1.data/data/share/legacy/legacy.conf   12 bytes  setup.py:32    data file, from etc/legacy.conf
      legacy_project-1.2.0rc1.data/scripts/legacy                  25 bytes  setup.py:31    script, from bin/legacy
      legacy_project-1.2.0rc1.dist-info/licenses/AUTHORS            5 bytes                 licence file, from AUTHORS
      legacy_project-1.2.0rc1.dist-info/licenses/LICENSE            4 bytes                 licence file, from LICENSE
      legacy_project-1.2.0rc1.dist-info/METADATA                  585 bytes                 core metadata
      legacy_project-1.2.0rc1.dist-info/WHEEL                     101 bytes                 wheel metadata
      legacy_project-1.2.0rc1.dist-info/entry_points.txt           48 bytes  setup.py:35    entry points
      legacy_project-1.2.0rc1.dist-info/top_level.txt               7 bytes                 top-level names
      legacy_project-1.2.0rc1.dist-info/RECORD                         1 kB                 hashes of the files
    ");
    let ran = world.spx(&["wheel", "legacy", "--list", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
    let wheel = &document["artifacts"][0];
    assert_eq!((&document["schema"], &wheel["kind"]), (&1.into(), &"wheel".into()));
    let page = wheel["files"]
        .as_array()
        .unwrap()
        .iter()
        .find(|file| file["path"] == "legacy/templates/page.html")
        .unwrap();
    assert_eq!(page["source"], "src/legacy/templates/page.html");
    assert_eq!(page["rule"], "data of package `legacy` (include_package_data)");
}

/// A class for the compiler may have methods of its own: a source distribution asks it only for its files.
#[test]
fn extensions_are_named_and_helpers_of_their_command_do_not_matter() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import Extension, setup\nfrom setuptools.command.build_ext import build_ext\nclass C(build_ext):\n    message = 'no compiler'\n    def unavailable(self):\n        print(self.message)\n    def run(self):\n        try:\n            build_ext.run(self)\n        except Exception:\n            self.unavailable()\nsetup(name='x', version='1', py_modules=['m'], ext_modules=[Extension('quickmodule', ['q.c'])], cmdclass={'build_ext': C})\n");
    world.write("p/m.py", "");
    world.write("p/q.c", "");
    world.spx(&["sdist", "p"]).success();
    let (names, texts) = members(&world.work().join("dist/x-1.tar.gz"));
    assert!(names.iter().any(|name| name.ends_with("q.c")), "{names:?}");
    let top = texts.iter().find(|(name, _)| name.ends_with("x.egg-info/top_level.txt"));
    assert_eq!(top.map(|(_, text)| text.as_str()), Some("m\nquick\n"));
}

#[test]
fn a_refusal_has_a_reason_and_leaves_nothing() {
    let setup = |arguments: &str| {
        let version = if arguments.starts_with("use_scm") { "" } else { "version='1', " };
        format!("from setuptools import setup\nsetup(name='x', {version}py_modules=['x'], {arguments})\n")
    };
    for (arguments, extra, said) in [
        ("", ("MANIFEST.in", "graft ../other\n"), "leads out of the project"),
        ("use_scm_version=True", ("x.py", ""), "comes from git"),
        ("distclass=setup", ("x.py", ""), "given as `distclass` takes part"),
        ("", ("a\\b.txt", ""), "not every system can unpack"),
    ] {
        let world = World::new();
        world.write("p/setup.py", setup(arguments));
        world.write("p/x.py", "");
        world.write(&format!("p/{}", extra.0), extra.1);
        if extra.0.contains('\\') {
            world.write("p/MANIFEST.in", "include *.txt\n");
        }
        let ran = world.spx(&["sdist", "p"]);
        assert_eq!(ran.status, 1, "{arguments}: {}", ran.all());
        assert!(ran.stderr.contains(said), "{arguments}: {}", ran.all());
        assert!(!world.work().join("dist").exists(), "{arguments}");
    }
}

#[test]
#[cfg(unix)]
fn a_link_out_of_the_project_is_not_followed() {
    let world = World::new();
    world.write("secret", "s");
    world.write(
        "p/setup.py",
        "from setuptools import setup\nsetup(name='x', version='1', py_modules=['x'])\n",
    );
    world.write("p/x.py", "");
    world.write("p/MANIFEST.in", "include *.txt\n");
    std::os::unix::fs::symlink("../secret", world.work().join("p/out.txt")).unwrap();
    let ran = world.spx(&["sdist", "p"]);
    assert!(ran.status == 1 && ran.stderr.contains("`out.txt` leads out of the project"), "{}", ran.all());
    assert!(!world.work().join("dist").exists());
}

#[test]
fn an_unpacked_sdist_has_the_files_that_its_maker_listed() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import setup\nsetup(name='x', version='1', packages=['x'], include_package_data=True)\n");
    world.write("p/x/__init__.py", "");
    world.write("p/x/listed.txt", "");
    world.write("p/x/other.txt", "");
    world.write("p/x.egg-info/SOURCES.txt", "x/listed.txt\nx/gone.txt\n");
    let files = |command: &str| {
        let ran = world.spx(&[command, "p", "--list", "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
        let files = document["artifacts"][0]["files"].as_array().unwrap().clone();
        files
            .into_iter()
            .map(|file| file["path"].as_str().unwrap().to_owned())
            .filter(|path| path.ends_with("ed.txt") || path.ends_with("other.txt"))
            .collect::<Vec<_>>()
    };
    assert!(
        files("wheel").is_empty() && files("sdist").is_empty(),
        "what an earlier build left in a tree says nothing"
    );
    world.write("p/PKG-INFO", "Metadata-Version: 2.1\nName: x\nVersion: 1\n");
    assert_eq!(
        (files("wheel"), files("sdist")),
        (vec!["x/listed.txt".to_owned()], vec!["x/listed.txt".to_owned()])
    );
}

/// As versioneer's `sdist` does.
#[test]
fn what_a_command_writes_into_the_release_is_in_the_source_distribution() {
    let setup = |own: &str| {
        format!(
            "import os\nfrom setuptools import setup\nfrom setuptools.command.sdist import sdist\nclass C(sdist):\n    def run(self):\n        self.made = '1'\n        self.distribution.metadata.version = '1'\n        return sdist.run(self)\n    def make_release_tree(self, base_dir, files):\n        {own}\n        target = os.path.join(base_dir, 'x/v.py')\n        os.unlink(target)\n        with open(target, 'w') as f:\n            f.write('version = %r\\n' % self.made)\nsetup(name='x', version='1', packages=['x'], cmdclass={{'sdist': C}})\n"
        )
    };
    let world = World::new();
    world.write("p/x/__init__.py", "");
    world.write("p/x/v.py", "old\n");
    world.write("p/setup.py", setup("sdist.make_release_tree(self, base_dir, files)"));
    let ran = world.spx(&["sdist", "p", "--list", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
    let files = document["artifacts"][0]["files"].as_array().unwrap().clone();
    let written = files.iter().find(|file| file["path"] == "x/v.py").unwrap();
    assert_eq!(
        (&written["rule"], &written["size"]),
        (&"written by a command of the project".into(), &14.into())
    );
    assert!(world.spx(&["wheel", "p"]).status == 0, "it has no part in a wheel");
    world.write("p/setup.py", setup("pass"));
    let ran = world.spx(&["sdist", "p"]);
    assert!(ran.status == 1 && ran.stderr.contains("`sdist`"), "{}", ran.all());
    world.write("p/setup.py", setup("sdist.make_release_tree(self, base_dir, files + ['more'])"));
    assert_eq!(world.spx(&["sdist", "p"]).status, 1);
}

/// pbr makes its own list where git has nothing to say, and asks git elsewhere.
#[test]
fn pbr_says_which_files_an_unpacked_source_distribution_has() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import setup\nsetup(setup_requires=['pbr'], pbr=True)\n");
    world.write(
        "p/setup.cfg",
        "[metadata]\nname = x\nversion = 1\n[files]\npackages = x\nextra_files =\n    extra.txt\n",
    );
    for path in ["x/__init__.py", "AUTHORS", "ChangeLog", "extra.txt", "tox.ini", ".gitignore", "x.pyc"] {
        world.write(&format!("p/{path}"), "");
    }
    world.write("p/x.egg-info/SOURCES.txt", "tox.ini\n");
    let ran = world.spx(&["sdist", "p"]);
    assert!(ran.status == 1 && ran.stderr.contains("asks git which files"), "{}", ran.all());
    world.write("p/PKG-INFO", "Metadata-Version: 2.1\nName: x\nVersion: 1\n");
    let ran = world.spx(&["sdist", "p", "--list", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
    let files = document["artifacts"][0]["files"].as_array().unwrap().clone();
    let names: Vec<&str> = files.iter().filter_map(|file| file["path"].as_str()).collect();
    let names: Vec<&str> = names.into_iter().filter(|name| !name.contains("egg-info")).collect();
    assert_eq!(
        names,
        ["AUTHORS", "ChangeLog", "PKG-INFO", "extra.txt", "setup.cfg", "setup.py", "x/__init__.py"]
    );
    world.write("p/.git/HEAD", "");
    assert_eq!(world.spx(&["sdist", "p"]).status, 1);
}
