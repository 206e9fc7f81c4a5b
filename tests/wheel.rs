//! `spx wheel` and `spx verify`: wheels per Python, refusals, PEP 517, kills.

use crate::support::{Ran, World, python, pythons, wheelhouse};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

fn names(directory: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(directory) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn files_that_differ_by_python_give_a_wheel_each() {
    let world = World::new();
    world.project("projects/two-sources");
    world.spx(&["wheel", "two-sources"]).success();
    let dist = world.work().join("dist");
    assert_eq!(names(&dist), ["twosrc-1.0-py2-none-any.whl", "twosrc-1.0-py3-none-any.whl"]);
    for (version, python) in pythons() {
        let wheel = dist.join(if version.starts_with('2') {
            "twosrc-1.0-py2-none-any.whl"
        } else {
            "twosrc-1.0-py3-none-any.whl"
        });
        let run = "import sys; sys.path.insert(0, sys.argv[1]); import twosrc; twosrc.main()";
        let ran = world.finish(world.command(&python).args(["-c", run]).arg(&wheel));
        let said = if version.starts_with('2') { "two\n" } else { "three\n" };
        assert_eq!(ran.success().stdout, said, "{version}");
    }
    world.spx(&["wheel", "two-sources", "--python", "3.9", "-o", "one"]).success();
    assert_eq!(
        names(&world.work().join("one")),
        ["twosrc-1.0-py3-none-any.whl"],
        "as setuptools names it there"
    );
}

#[test]
fn what_only_python_2_can_build_is_for_python_2() {
    let world = World::new();
    world.write(
        "p/setup.py",
        "from setuptools import setup\nprint 'old'\nsetup(name='x', version='1', py_modules=['x'])\n",
    );
    world.write("p/x.py", "");
    world.spx(&["wheel", "p"]).success();
    assert_eq!(names(&world.work().join("dist")), ["x-1-py2-none-any.whl"]);
    world.project("projects/two-sources");
    world.spx(&["wheel", "two-sources", "--python", "2.7", "-o", "two"]).success();
    assert_eq!(
        names(&world.work().join("two")),
        ["twosrc-1.0-py2-none-any.whl"],
        "as setuptools names it there"
    );
}

#[test]
fn an_application_takes_to_each_python_its_own_wheel() {
    let world = World::new();
    world.project("projects/two-sources");
    wheelhouse(&world.work());
    world.spx(&["two-sources", "--no-index", "-f", "wheelhouse"]).success();
    for (version, python) in pythons() {
        let ran = world.finish(world.command(&python).arg(world.work().join("dist/twosrc.pyz")));
        assert_eq!(
            ran.success().stdout,
            if version.starts_with('2') { "two\n" } else { "three\n" },
            "{version}"
        );
    }
}

#[test]
fn converted_code_is_built_for_python_2_and_why_is_said() {
    let world = World::new();
    world.write(
        "p/setup.py",
        "from setuptools import setup\nsetup(name='x', version='1', py_modules=['x'], use_2to3=True)\n",
    );
    world.write("p/x.py", "print 1\n");
    let ran = world.spx(&["wheel", "p"]);
    assert!(ran.success().stderr.contains("the wheel is for Python 2"), "{}", ran.stderr);
    assert_eq!(names(&world.work().join("dist")), ["x-1-py2-none-any.whl"]);
    let ran = world.spx(&["wheel", "p", "--python", "3.11", "-o", "three"]);
    assert!(ran.status == 1 && ran.stderr.contains("`use_2to3` makes Python 3 code"), "{}", ran.all());
    assert!(!world.work().join("three").exists());
}

#[test]
fn a_refusal_says_what_and_leaves_nothing() {
    for (lines, arguments, said) in [
        ("from setuptools import Extension", "ext_modules=[Extension('p._x', ['x.c'])]", "extension modules"),
        ("import time", "version=str(time.time())", "`version` cannot be known"),
        ("", "use_scm_version=True", "comes from git"),
        ("import subprocess", "cmdclass=subprocess.check_output(['x'])", "`cmdclass` cannot be known"),
        ("", "headers=['x.h']", "`headers` are C headers"),
    ] {
        let world = World::new();
        let version = if arguments.contains("version") { "" } else { "version='1', " };
        world.write("p/setup.py", format!("from setuptools import setup\n{lines}\nsetup(name='x', {version}py_modules=['x'], {arguments})\n"));
        world.write("p/x.py", "");
        let ran = world.spx(&["wheel", "p"]);
        assert_eq!(ran.status, 1, "{arguments}: {}", ran.all());
        assert!(ran.stderr.contains(said), "{arguments}: {}", ran.all());
        assert!(!world.work().join("dist").exists(), "{arguments}");
        let application = world.spx(&["p", "-m", "x", "--no-index"]);
        assert!(
            application.status == 1 && application.stderr.contains(said),
            "{arguments}: {}",
            application.all()
        );
        assert!(!world.work().join("dist").exists(), "{arguments}");
    }
}

/// Each as setuptools builds it on the newest Python.
#[test]
fn what_setup_py_asks_of_the_build() {
    for (lines, arguments, wheel) in [
        (
            "import sys\nwheel = sys.argv[1:2] == ['bdist_wheel'] and sys.argv[-1] != 'publish'",
            "version='2' if wheel else '1'",
            "x-2-py3-none-any.whl",
        ),
        (
            "from setuptools.depends import get_module_constant as get",
            "version=get('x', 'VERSION') + (get('x', 'GONE') or '') + get('z', '__v__', paths=['lib'])[:2]",
            "x-1.0-py3-none-any.whl",
        ),
        (
            "import pkgutil, zipimport\nzip = hasattr(zipimport.zipimporter, 'iter_modules')\nzip = zip or zipimport.zipimporter in pkgutil.iter_importer_modules.registry.keys()",
            "version='3' if zip else '4'",
            "x-3-py3-none-any.whl",
        ),
    ] {
        let world = World::new();
        world.write(
            "p/setup.py",
            format!(
                "from setuptools import setup\n{lines}\nsetup(name='x', py_modules=['x'], {arguments})\n"
            ),
        );
        world.write("p/x.py", "import gone\nif True:\n    VERSION = '1'\n");
        world.write("p/lib/z.py", "__v__ = '.0.5'\n");
        world.spx(&["wheel", "p", "--python", "3.13"]).success();
        assert_eq!(names(&world.work().join("dist")), [wheel]);
    }
}

/// `distribution.version` is whether `--version` was typed, and the commands of a source distribution are only asked for files.
#[test]
fn commands_that_say_more_than_is_known() {
    for (base, body) in [
        (
            "setuptools.command.build_py",
            "open(self.build_lib + '/x.py', 'w').write(self.distribution.version)",
        ),
        ("setuptools.command.build_py", "import subprocess; subprocess.call(['make'])"),
        ("distutils.command.build_py", "self.spawn(['make'])"),
    ] {
        let world = World::new();
        world.write("p/setup.py", format!("from setuptools import setup\nfrom {base} import build_py\nclass C(build_py):\n    def run(self):\n        build_py.run(self)\n        {body}\nsetup(name='x', version='1', py_modules=['x'], cmdclass={{'build_py': C}})\n"));
        world.write("p/x.py", "");
        let ran = world.spx(&["wheel", "p"]);
        assert!(ran.status == 1 && !world.work().join("dist").exists(), "{body}: {}", ran.all());
        world.spx(&["sdist", "p"]).success();
        assert_eq!(names(&world.work().join("dist")), ["x-1.tar.gz"], "{body}");
    }
}

#[test]
fn what_pbr_hands_over_is_dynamic() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import setup\nsetup(setup_requires=['pbr'], pbr=True)\n");
    world.write("p/setup.cfg", "[metadata]\nname = x\nsummary = s\n[files]\npackages = x\n");
    world.write("p/PKG-INFO", "Metadata-Version: 2.1\nName: x\nVersion: 1.0\n\n");
    world.write("p/x/__init__.py", "");
    world.spx(&["wheel", "p", "--python", "3.11"]).success();
    let wheel = fs::read(world.work().join("dist/x-1.0-py3-none-any.whl")).unwrap();
    let mut wheel = zip::ZipArchive::new(std::io::Cursor::new(wheel)).unwrap();
    let metadata = std::io::read_to_string(wheel.by_name("x-1.0.dist-info/METADATA").unwrap()).unwrap();
    assert!(metadata.contains("\nDynamic: summary\n"), "{metadata}");
}

#[test]
fn verify_tells_good_from_bad() {
    let world = World::new();
    world.project("projects/legacy");
    world.spx(&["build", "legacy"]).success();
    let wheel = "dist/legacy_project-1.2.0rc1-py2.py3-none-any.whl";
    for file in [wheel, "dist/legacy_project-1.2.0rc1.tar.gz"] {
        let ran = world.spx(&["verify", file]);
        assert!(ran.success().stdout.contains(": good: "), "{}", ran.all());
        let mut content = fs::read(world.work().join(file)).unwrap();
        let middle = content.len() / 2;
        content[middle] ^= 0x55;
        let name = Path::new(file).file_name().unwrap().to_str().unwrap();
        world.write(&format!("broken/{name}"), content);
        let ran = world.spx(&["verify", &format!("broken/{name}")]);
        assert!(
            ran.status == 1 && ran.stdout.is_empty() && ran.stderr.contains("is rejected: "),
            "{}",
            ran.all()
        );
        let ran = world.spx(&["verify", &format!("broken/{name}"), "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert!(
            ran.status == 1 && document["verdict"] == "rejected" && document["rejection"]["code"].is_string()
        );
    }
    world.write("renamed/other-1.0-py3-none-any.whl", fs::read(world.work().join(wheel)).unwrap());
    assert_eq!(world.spx(&["verify", "renamed/other-1.0-py3-none-any.whl"]).status, 1);
    for missing in ["gone-1.0-py3-none-any.whl", "legacy/setup.py", "dist"] {
        assert_eq!(world.spx(&["verify", missing]).status, 2, "{missing}");
    }
}

/// Killed at moments spread over a run: the directory has nothing, or the whole artifacts and nothing else.
#[test]
#[cfg(unix)]
fn a_killed_build_leaves_nothing_or_the_whole() {
    let world = World::new();
    world.project("projects/legacy");
    for at in 0..40 {
        world.write(
            &format!("legacy/src/legacy/big{at}.py"),
            format!("x = '{}'\n", "0123456789abcdef".repeat(4_000)),
        );
    }
    world.spx(&["build", "legacy", "-o", "whole"]).success();
    let whole: BTreeMap<String, Vec<u8>> = names(&world.work().join("whole"))
        .into_iter()
        .map(|name| (name.clone(), fs::read(world.work().join("whole").join(name)).unwrap()))
        .collect();
    let mut early = 0;
    for round in 0..60_u64 {
        let out = world.work().join(format!("out{round}"));
        let mut child = world
            .command(env!("CARGO_BIN_EXE_spx"))
            .args(["build", "legacy", "-o"])
            .arg(&out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(round * 5));
        // One that has ended cannot be killed.
        let _ = child.kill();
        child.wait().unwrap();
        let left = names(&out);
        early += usize::from(left.len() < 2);
        for name in left {
            // Where a file cannot be without a name (Linux lets it), what is not whole is hidden, and no artifact by its name.
            if cfg!(target_os = "linux") || !name.starts_with(".spx-") {
                assert!(
                    fs::read(out.join(&name)).unwrap() == whole[&name],
                    "round {round}: {name} is not whole"
                );
            }
        }
    }
    assert!(early > 0, "no kill came in time");
}

/// A project whose build backend is spx, by a copy of the package in the repository.
fn project_with_backend(world: &World, project: &str) -> PathBuf {
    let tree = world.project(&format!("projects/{project}"));
    let package = tree.join("_backend/spx_build");
    fs::create_dir_all(&package).unwrap();
    for name in ["__init__.py", "_editable.py"] {
        fs::copy(format!("python/spx_build/{name}"), package.join(name)).unwrap();
    }
    fs::write(
        tree.join("pyproject.toml"),
        "[build-system]\nrequires = []\nbuild-backend = \"spx_build\"\nbackend-path = [\"_backend\"]\n",
    )
    .unwrap();
    tree
}

fn with_spx(world: &World, python: &Path, arguments: &[&str]) -> Ran {
    world.finish(
        world
            .command(python)
            .env("SPX", env!("CARGO_BIN_EXE_spx"))
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            .args(arguments),
    )
}

#[test]
fn pip_and_build_get_from_the_backend_what_spx_builds() {
    let Some(python) = python("3.11").or_else(|| python("3.12")) else {
        return eprintln!("SKIPPED: no Python 3.11 or 3.12, so no front end called the build backend");
    };
    for project in ["legacy", "two-sources"] {
        let world = World::new();
        project_with_backend(&world, project);
        let arguments: &[&str] = if project == "legacy" {
            &["build", project]
        } else {
            &["build", project, "--python", "3.11", "--platform", "linux"]
        };
        world.spx(&[arguments, &["-o", "own"]].concat()).success();
        let wheel = names(&world.work().join("own")).into_iter().find(|name| name.ends_with(".whl")).unwrap();
        let own = fs::read(world.work().join("own").join(&wheel)).unwrap();
        let has = |module: &str| {
            world
                .command(&python)
                .args(["-c", &format!("import {module}")])
                .output()
                .unwrap()
                .status
                .success()
        };
        if has("pip") {
            with_spx(
                &world,
                &python,
                &["-m", "pip", "wheel", "--no-deps", "--no-index", "-w", "pip", &format!("./{project}")],
            )
            .success();
            assert!(
                fs::read(world.work().join("pip").join(&wheel)).unwrap() == own,
                "{project}: pip's wheel is another one"
            );
        } else {
            eprintln!("SKIPPED: this Python has no pip");
        }
        if has("build") {
            with_spx(
                &world,
                &python,
                &["-m", "build", "--no-isolation", "-o", "build", &format!("./{project}")],
            )
            .success();
            assert!(
                fs::read(world.work().join("build").join(&wheel)).unwrap() == own,
                "{project}: build's wheel is another one"
            );
        } else {
            eprintln!("SKIPPED: this Python has no `build`, so only pip called the build backend");
        }
    }
}

#[test]
fn the_backend_passes_on_why_there_is_no_wheel() {
    let Some(python) = python("3.11").or_else(|| python("3.12")) else {
        return eprintln!("SKIPPED: no Python 3.11 or 3.12, so no front end called the build backend");
    };
    let world = World::new();
    let tree = project_with_backend(&world, "native-extension");
    let hook = "import sys; sys.path.insert(0, '_backend'); import spx_build; spx_build.build_wheel('out')";
    let ran = world.finish(
        world.command(&python).env("SPX", env!("CARGO_BIN_EXE_spx")).args(["-c", hook]).current_dir(&tree),
    );
    assert!(
        ran.status == 1 && ran.stderr.contains("extension modules") && !ran.stderr.contains("Traceback"),
        "{}",
        ran.all()
    );
    let ran =
        world.finish(world.command(&python).env("SPX", "/nowhere/spx").args(["-c", hook]).current_dir(&tree));
    assert!(ran.status == 1 && ran.stderr.contains("cannot be started"), "{}", ran.all());
    let metadata = "import sys; sys.path.insert(0, '../legacy/_backend'); import spx_build; print(spx_build.prepare_metadata_for_build_wheel('.'))";
    let tree = project_with_backend(&world, "legacy");
    let ran = world.finish(
        world
            .command(&python)
            .env("SPX", env!("CARGO_BIN_EXE_spx"))
            .args(["-c", metadata])
            .current_dir(&tree),
    );
    assert_eq!(ran.success().stdout, "legacy_project-1.2.0rc1.dist-info\n");
    assert!(
        fs::read_to_string(tree.join("legacy_project-1.2.0rc1.dist-info/METADATA"))
            .unwrap()
            .contains("Name: Legacy.Project")
    );
}

/// What a Python sees of an editable installation: the wheel unpacked into a directory like `site-packages`.
const EDITABLE: &str = r#"
import os, site, subprocess, sys, zipfile
sys.path.insert(0, "_backend")
import spx_build
assert spx_build.get_requires_for_build_editable() == []
mode = sys.argv[1]
name = spx_build.build_editable(".", {"editable_mode": mode} if mode else None)
with zipfile.ZipFile(name) as wheel:
    wheel.extractall("site")
    assert wheel.testzip() is None
    print(name, "RECORD" if any(line.startswith("legacy/") for line in wheel.namelist()) else "no module")
code = "import site, sys; site.addsitedir('site'); import legacy.main, legacy; print(legacy.__file__)"
open("src/legacy/new.py", "w").close()
print(subprocess.check_output([sys.executable, "-c", code]).decode().replace(os.getcwd(), "@"), end="")
new = subprocess.call([sys.executable, "-c", code + "; import legacy.new"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print("new modules are seen" if new == 0 else "new modules are not seen")
"#;

#[test]
fn an_editable_installation_leads_to_the_project() {
    let Some(python) = python("3.11").or_else(|| python("3.12")) else {
        return eprintln!("SKIPPED: no Python 3.11 or 3.12, so nothing was installed");
    };
    let world = World::new();
    let tree = project_with_backend(&world, "legacy");
    let run = |mode: &str| {
        world.finish(
            world
                .command(&python)
                .env("SPX", env!("CARGO_BIN_EXE_spx"))
                .args(["-c", EDITABLE, mode])
                .current_dir(&tree),
        )
    };
    assert_eq!(
        run("").success().stdout,
        "legacy_project-1.2.0rc1-0.editable-py2.py3-none-any.whl no module\n@/src/legacy/__init__.py\nnew modules are seen\n"
    );
    fs::remove_dir_all(tree.join("site")).unwrap();
    fs::remove_file(tree.join("src/legacy/new.py")).unwrap();
    let strict = "@/build/__editable__.legacy_project-1.2.0rc1-py2.py3-none-any/legacy/__init__.py";
    let said = run("strict").success().stdout.clone();
    assert!(said.contains(strict) && said.contains("new modules are not seen"), "{said}");
    let ran = run("other");
    assert!(ran.status == 1 && ran.stderr.contains("knows `lenient` and `strict`"), "{}", ran.all());
}

/// A flat project, packages in places of their own, a namespace package and a module: a finder leads to each.
#[test]
fn an_editable_installation_finds_modules_in_any_layout() {
    let Some(python) = python("3.11").or_else(|| python("3.12")) else {
        return eprintln!("SKIPPED: no Python 3.11 or 3.12, so nothing was installed");
    };
    let world = World::new();
    let tree = project_with_backend(&world, "legacy");
    let write = |path: &str, text: &str| {
        let path = tree.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write(
        "setup.py",
        "from setuptools import setup\nsetup(name='x', version='1', packages=['a', 'a.b', 'ns.part'], package_dir={'a': 'one', 'a.b': 'two'}, py_modules=['single'])\n",
    );
    for path in ["one/__init__.py", "one/m.py", "two/__init__.py", "ns/part/__init__.py", "single.py"] {
        write(path, "");
    }
    let other = "import os, sys\nos.makedirs('else/ns/other')\nopen('else/ns/other/__init__.py', 'w').close()\nsys.path.append('else')\n";
    let code = format!(
        "import sys; sys.path.insert(0, '_backend')\nimport spx_build, zipfile, site\nzipfile.ZipFile(spx_build.build_editable('.')).extractall('site')\nsys.path[:] = [p for p in sys.path if p and p != '_backend']\n{other}site.addsitedir('site')\nimport a.m, a.b, ns.part, ns.other, single\nprint(*[m.__file__ for m in (a, a.m, a.b, ns.part, single)], sep='\\n')"
    );
    let ran = world.finish(
        world.command(&python).env("SPX", env!("CARGO_BIN_EXE_spx")).args(["-c", &code]).current_dir(&tree),
    );
    assert_eq!(
        ran.success().stdout.replace("[ROOT]/work/legacy", "@"),
        "@/one/__init__.py\n@/one/m.py\n@/two/__init__.py\n@/ns/part/__init__.py\n@/single.py\n"
    );
}

#[test]
fn a_source_distribution_is_built_as_it_came() {
    let world = World::new();
    world.project("projects/legacy");
    world.spx(&["build", "legacy"]).success();
    let wheel = "legacy_project-1.2.0rc1-py2.py3-none-any.whl";
    let read = |directory: &str| fs::read(world.work().join(directory).join(wheel)).unwrap();
    let ran = world.spx(&["wheel", "dist/legacy_project-1.2.0rc1.tar.gz", "-o", "other"]);
    assert_eq!(ran.status, 0, "{}", ran.all());
    assert!(read("dist") == read("other"), "the wheel of the source distribution is another one");
    world.write("x-1.tar.gz", "no archive");
    let ran = world.spx(&["wheel", "x-1.tar.gz", "-o", "none"]);
    assert!(ran.status != 0 && ran.stderr.contains("rules for source distributions"), "{}", ran.all());
    assert!(!world.work().join("none").exists());
}

/// What `spx COMMAND p --list` names.
fn paths(world: &World, command: &str) -> Vec<String> {
    let ran = world.spx(&[command, "p", "--list", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&ran.success().stdout).unwrap();
    let files = document["artifacts"][0]["files"].as_array().unwrap();
    files.iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn what_plug_ins_left_in_an_unpacked_source_distribution_goes_on() {
    let world = World::new();
    world.write(
        "p/setup.py",
        "from setuptools import setup\nsetup(name='x', version='1', py_modules=['x'])\n",
    );
    world.write("p/x.py", "");
    for name in ["pbr.json", "entry_points.txt", "requires.txt", "not-zip-safe", "sub/CVS/Root", "sub/more"] {
        world.write(&format!("p/x.egg-info/{name}"), "old\n");
    }
    let kept = |command: &str| -> Vec<String> {
        let of_ours = |path: &String| path.contains("-info/") && !path.contains("top_level");
        let names = paths(&world, command).into_iter().filter(of_ours);
        let names = names.filter_map(|path| Some(path.split_once("-info/")?.1.to_owned()));
        names.filter(|name| name.chars().any(char::is_lowercase)).collect()
    };
    assert_eq!(kept("wheel"), Vec::<String>::new(), "what an earlier build left is no part of the project");
    world.write("p/PKG-INFO", "Metadata-Version: 2.1\nName: x\nVersion: 1\n");
    assert_eq!(kept("wheel"), ["sub/more", "pbr.json"]);
    // Directories of version control are left out of both.
    assert_eq!(kept("sdist"), ["SOURCES.txt", "dependency_links.txt", "pbr.json", "sub/more"]);
}

#[test]
fn what_other_code_than_setuptools_builds_is_refused() {
    let world = World::new();
    world.write("p/x.py", "");
    let with = |arguments: &str, pyproject: &str| {
        world.write(
            "p/setup.py",
            format!("from setuptools import setup\nsetup(name='x', py_modules=['x'], {arguments})\n"),
        );
        world.write("p/pyproject.toml", pyproject);
        world.spx(&["wheel", "p", "--list"])
    };
    let backend = |name: &str| format!("[build-system]\nrequires = []\nbuild-backend = '{name}'\n");
    for name in ["setuptools.build_meta", "setuptools.build_meta:__legacy__", "spx_build"] {
        assert_eq!(with("", &backend(name)).status, 0, "{name}");
    }
    let ran = with("", &backend("flit_core.buildapi"));
    assert!(
        ran.status == 1 && ran.stderr.contains("`build-backend` is `flit_core.buildapi`"),
        "{}",
        ran.all()
    );
    assert_eq!(with("use_some_version=True", "").status, 0, "nobody takes it");
    let ran = with("use_some_version=True, setup_requires=['Some_Version', 'wheel']", "");
    assert!(
        ran.status == 1 && ran.stderr.contains("`Some_Version`, which the build requires"),
        "{}",
        ran.all()
    );
    assert_eq!(with("bogus=True, setup_requires=['pytest-runner']", "").status, 0, "it takes no arguments");
}

#[test]
fn modules_that_a_command_does_not_find_are_left_out() {
    let classes = "from distutils.command.build_py import build_py as base\nclass C(base):\n    def find_package_modules(self, package, package_dir):\n        found = base.find_package_modules(self, package, package_dir)\n        return [(p, m, f) for (p, m, f) in found if m != LEFT]\n";
    let setup = |left: &str| {
        format!(
            "LEFT = {left:?}\nfrom setuptools import setup\n{classes}\nsetup(name='x', version='1', packages=['x'], cmdclass={{'build_py': C}})\n"
        )
    };
    let world = World::new();
    for module in ["__init__", "a", "b"] {
        world.write(&format!("p/x/{module}.py"), "");
    }
    world.write("p/setup.py", setup("b"));
    let modules: Vec<String> =
        paths(&world, "wheel").into_iter().filter(|path| path.ends_with(".py")).collect();
    assert_eq!(modules, ["x/__init__.py", "x/a.py"]);
    let ran = world.spx(&["sdist", "p"]);
    assert!(ran.status == 1 && ran.stderr.contains("it leaves out the module `x/b.py`"), "{}", ran.all());
    world.write("p/setup.py", setup("none of them"));
    assert!(paths(&world, "sdist").contains(&"x/b.py".to_owned()));
}

/// A project with one replaced command and a data file.
fn with_command(world: &World, name: &str, classes: &str, given: &str) -> Ran {
    world.write("p/setup.py", format!("from setuptools import setup\n{classes}\nsetup(name='x', version='1', py_modules=['x'], data_files=[('x', ['d.txt'])], cmdclass={{'{name}': {given}}})\n"));
    world.write("p/x.py", "");
    world.write("p/d.txt", "");
    world.spx(&["wheel", "p", "-v"])
}

#[test]
fn a_command_that_changes_nothing_is_no_obstacle() {
    let inert = "from setuptools.command.build_py import build_py as base\nclass C(base):\n    'Says so.'\n    description = 'x'\n";
    for (name, classes, given) in [
        ("build_py", "from setuptools.command.build_py import build_py", "build_py"),
        (
            "build_py",
            &format!("{inert}    def run(self):\n        print('building')\n        base.run(self)\n"),
            "C",
        ),
        (
            "build_py",
            &format!(
                "{inert}    def run(self):\n        name = self.distribution.get_name()\n        self.announce('x %s' % name)\n        return super(C, self).run()\n"
            ),
            "C",
        ),
        (
            "build_py",
            &format!(
                "{inert}class D(C):\n    def finalize_options(self):\n        super().finalize_options()\n"
            ),
            "D",
        ),
        (
            "upload",
            "from setuptools import Command\nclass C(Command):\n    def run(self):\n        open('x').write('x')\n",
            "C",
        ),
    ] {
        let world = World::new();
        let ran = with_command(&world, name, classes, given);
        assert_eq!(ran.status, 0, "{classes}: {}", ran.all());
        assert_eq!(
            ran.stderr.contains("the project's command `build_py`"),
            name == "build_py",
            "{classes}: {}",
            ran.all()
        );
        assert!(!world.spx(&["wheel", "p"]).stderr.contains("the project's command"));
    }
}

#[test]
fn a_command_that_may_change_something_is_refused() {
    let start = "from setuptools.command.build_py import build_py as base\nimport helpers, subprocess\nclass C(base):\n";
    for body in [
        "    def run(self):\n        subprocess.call(['make'])\n        base.run(self)\n",
        "    def run(self):\n        pass\n",
        "    def run(self):\n        if self.force:\n            base.run(self)\n",
        "    def run(self):\n        base.run(self)\n        base.run(self)\n",
        "    def run(self):\n        helpers.run(self)\n",
        "    def run(self):\n        print('x', file=open('y', 'w'))\n        base.run(self)\n",
        "    def run(self):\n        self.packages = []\n        base.run(self)\n",
        "    def find_modules(self):\n        return []\n",
        "    run = helpers.run\n",
    ] {
        let world = World::new();
        let ran = with_command(&world, "build_py", &format!("{start}{body}"), "C");
        assert!(
            ran.status == 1 && ran.stderr.contains("replaces the command `build_py`"),
            "{body}: {}",
            ran.all()
        );
        assert!(!world.work().join("dist").exists());
    }
    for patch in [
        "build_py.run = lambda self: None",
        "build.sub_commands.append(('x', None))",
        "import setuptools.command.sdist as m\nm.sdist = None",
    ] {
        let world = World::new();
        let classes = format!(
            "from setuptools.command.build_py import build_py\nfrom distutils.command.build import build\n{patch}\n"
        );
        let ran = with_command(&world, "x", &classes, "None");
        // The command that makes source distributions has no part in a wheel.
        assert_eq!(ran.status, i32::from(!patch.contains("sdist")), "{patch}: {}", ran.all());
    }
}

#[test]
fn data_files_go_beside_the_packages_by_the_old_recipe() {
    let run = "from distutils.command.install_data import install_data\nclass C(install_data):\n    def run(self):\n        install_cmd = self.get_finalized_command('install')\n        self.install_dir = getattr(install_cmd, 'install_lib')\n        return install_data.run(self)\n";
    let finalize = "from distutils.command.install_data import install_data\nclass C(install_data):\n    def finalize_options(self):\n        self.set_undefined_options('install', ('install_lib', 'install_dir'))\n        install_data.finalize_options(self)\n";
    for classes in [run, finalize] {
        let world = World::new();
        let ran = with_command(&world, "install_data", classes, "C");
        assert_eq!(ran.status, 0, "{}", ran.all());
        let listed = world.spx(&["wheel", "p", "--list"]);
        assert!(listed.success().stdout.contains("\n  x/d.txt "), "{}", listed.stdout);
    }
    let other = run.replace("install_lib", "install_base");
    assert_eq!(with_command(&World::new(), "install_data", &other, "C").status, 1);
}

#[test]
fn a_file_that_setup_py_writes_is_in_the_wheel_as_it_wrote_it() {
    let world = World::new();
    world.write("p/x/__init__.py", "");
    world.write("p/x/version.py", "old\n");
    let setup = |write: &str| {
        format!(
            "import os, time\nfrom setuptools import setup\n{write}\nsetup(name='x', version='1', packages=['x'])\nopen('x/late.py', 'w').write('late')\n"
        )
    };
    world.write("p/setup.py", setup("with open('x/version.py', 'w') as f:\n    f.write('version = %r\\n' % '1')\nos.remove('x/gone.py')\n"));
    world.write("p/x/gone.py", "");
    world.spx(&["wheel", "p"]).success();
    let listed = world.spx(&["wheel", "p", "--list"]);
    assert!(!listed.stdout.contains("gone.py") && !listed.stdout.contains("late.py"), "{}", listed.all());
    let Some(python) = python("3.11").or_else(|| python("3.12")) else {
        return eprintln!("SKIPPED: no Python 3.11 or 3.12, so nobody looked into the wheel");
    };
    let look =
        "import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read('x/version.py').decode(), end='')";
    let ran = world.finish(world.command(&python).args(["-c", look, "dist/x-1-py3-none-any.whl"]));
    assert_eq!(ran.success().stdout, "version = '1'\n");
    world.write("p/setup.py", setup("open('x/version.py', 'w').write(str(time.time()))\n"));
    let ran = world.spx(&["wheel", "p", "-o", "other"]);
    assert!(ran.status == 1 && ran.stderr.contains("is written by setup.py"), "{}", ran.all());
    assert!(!world.work().join("other").exists());
}

/// The files of a wheel as `--list` shows them, with the rules, one blank between the words.
fn listed(world: &World) -> String {
    let ran = world.spx(&["wheel", "p", "--list"]);
    assert_eq!(ran.status, 0, "{}", ran.all());
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    ran.stdout.lines().map(|line| format!("\n  {}", words(line))).collect::<String>() + "\n"
}

#[test]
fn what_a_command_writes_is_in_the_wheel() {
    let versioned = "import os, json\nfrom setuptools.command.build_py import build_py as base\nclass C(base):\n    def run(self):\n        base.run(self)\n        target = os.path.join(self.build_lib, 'x.py')\n        if os.path.exists(target):\n            os.unlink(target)\n        with open(target, 'w') as file:\n            file.write(json.dumps({'a': 1}))\n";
    let copied = "from os.path import join, dirname\nfrom distutils.command.build import build as base\nclass C(base):\n    def run(self):\n        base.run(self)\n        self.copy_file(join(dirname(__file__), 'd.txt'), join(self.build_lib, 'd.pth'))\n";
    for (name, classes, holds) in [
        ("build_py", versioned, "\n  x.py 8 bytes written by a command of the project\n"),
        ("build", copied, "\n  d.pth 0 bytes written by a command of the project\n"),
    ] {
        let world = World::new();
        assert_eq!(with_command(&world, name, classes, "C").status, 0);
        assert!(listed(&world).contains(holds), "{}", listed(&world));
    }
    let data = "from distutils.core import Command\nfrom distutils.command.build import build\nclass C(Command):\n    def initialize_options(self): pass\n    def finalize_options(self): pass\n    def run(self):\n        for directory, files in self.distribution.data_files:\n            target = self.get_finalized_command('build_py').build_lib + '/' + directory\n            self.mkpath(target)\n            for file in files:\n                self.copy_file(file, target)\nbuild.sub_commands.append(('own', lambda *a: True))\n";
    let world = World::new();
    assert_eq!(with_command(&world, "own", data, "C").status, 0);
    assert!(listed(&world).contains("\n  x/d.txt 0 bytes written by a command"), "{}", listed(&world));
}

/// A command of a project, each as setuptools 84.2.1 builds it: what its wheel holds and what it does not.
#[test]
fn commands_are_followed_through_what_they_call() {
    let first = "from setuptools.command.build_py import build_py as base\nclass C(base):\n    def write(self, text):\n        self.mkpath(self.build_lib)\n        open(self.build_lib + '/v.py', 'w').write(text)\n    def run(self):\n        self.execute(self.write, ('1',), 'writing')\n        base.run(self)\n";
    let module = "from setuptools.command.build_py import build_py as base\nclass C(base):\n    def build_module(self, module, file, package):\n        if module != 'x':\n            return base.build_module(self, module, file, package)\n    def run(self):\n        base.run(self)\n        self.mkpath(self.build_lib)\n        open(self.build_lib + '/v.py', 'w').close()\n";
    let install = "import os, shutil\nfrom setuptools.command.install import install as base\nclass C(base):\n    def run(self):\n        shutil.rmtree(os.path.join(self.install_lib, 'x'), ignore_errors=True)\n        self.run_command('build')\n        base.run(self)\n        open(self.install_lib + '/v.py', 'w').close()\n";
    let data = "from distutils.command.install_data import install_data as base\nclass C(base):\n    def finalize_options(self):\n        self.set_undefined_options('install', ('install_lib', 'install_dir'))\n        base.finalize_options(self)\n    def run(self):\n        base.run(self)\n        name = self.install_dir + '/v.py'\n        open(name, 'w').close()\n        self.outfiles.append(name)\n";
    let tag = "from setuptools.command.bdist_wheel import bdist_wheel as base\nclass C(base):\n    def get_tag(self):\n        python, abi, platform = base.get_tag(self)\n        if platform == 'macosx_10_6_intel':\n            platform = 'macosx_10_9_x86_64'\n        return python, abi, platform\n";
    for (name, classes, holds, lacks) in [
        ("build_py", first, "\n  v.py", "gone"),
        ("build_py", module, "\n  v.py", "\n  x.py"),
        ("install", install, "\n  v.py", "gone"),
        ("install_data", data, "\n  v.py", "gone"),
        ("bdist_wheel", tag, "\n  x.py", "v.py"),
    ] {
        let world = World::new();
        let ran = with_command(&world, name, classes, "C");
        assert_eq!(ran.status, 0, "{name}: {}", ran.all());
        let listed = listed(&world);
        assert!(listed.contains(holds) && !listed.contains(lacks), "{name}: {listed}");
    }
    let other = "import os\nfrom setuptools import Command\nfrom setuptools.command.build_py import build_py as base\nclass Own(Command):\n    def initialize_options(self):\n        self.files = ['x.py']\n    def finalize_options(self): pass\n    def run(self):\n        if not all(map(os.path.exists, self.files)):\n            self.spawn(['make'])\nclass C(base):\n    def run(self):\n        self.run_command('own')\n        own = self.get_finalized_command('own')\n        assert own is self.distribution.get_command_obj('own')\n        base.run(self)\n";
    for (text, status) in [(other.to_owned(), 0), (other.replace("['x.py']", "['y.py']"), 1)] {
        let world = World::new();
        let ran = with_command(&world, "own", &text, "Own, 'build_py': C");
        assert_eq!(ran.status, status, "{}", ran.all());
    }
}

#[test]
fn files_that_differ_by_platform_make_a_wheel_for_each() {
    let world = World::new();
    world.write("p/setup.py", "import sys\nfrom setuptools import setup\nscripts = ['run']\nif sys.platform == 'win32':\n    scripts.append('run.cmd')\nsetup(name='x', version='1', py_modules=['x'], scripts=scripts)\n");
    for file in ["x.py", "run", "run.cmd"] {
        world.write(&format!("p/{file}"), "x\n");
    }
    world.spx(&["wheel", "p"]).success();
    let there = names(&world.work().join("dist"));
    assert_eq!(there, ["x-1-py3-none-any.whl", "x-1-py3-none-win32.win_amd64.win_arm64.whl"]);
    world.spx(&["wheel", "p", "--platform", "windows", "-o", "one"]).success();
    assert_eq!(names(&world.work().join("one")), ["x-1-py3-none-any.whl"], "as setuptools tags it there");
}

#[test]
fn an_empty_list_of_namespaces_makes_an_empty_file() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import setup\nsetup(name='x', version='1', py_modules=['x'], namespace_packages=[], eager_resources=['x.py'])\n");
    world.write("p/x.py", "");
    let listed = listed(&world);
    for file in ["namespace_packages.txt", "eager_resources.txt"] {
        assert!(listed.contains(file), "{listed}");
    }
    assert!(!listed.contains(".pth"), "{listed}");
}

#[test]
fn a_command_that_is_not_followed_to_its_end_is_refused() {
    let start = "import os, subprocess\nfrom setuptools.command.build_py import build_py as base\nNAMES = []\nclass C(base):\n    def run(self):\n";
    for body in [
        "        base.run(self)\n        self.distribution.py_modules.append('y')\n",
        "        self.distribution.metadata.version = '2'\n        base.run(self)\n",
        "        if os.environ.get('X'):\n            base.run(self)\n",
        "        base.run(self)\n        os.chmod(self.build_lib + '/x.py', 0o755)\n",
        "        open('x.py', 'w').write('1')\n        base.run(self)\n",
        "        base.run(self)\n        text = subprocess.check_output(['git', 'describe'])\n        open(self.build_lib + '/v.py', 'wb').write(text)\n",
        "        base.run(self)\n        raise SystemExit('no')\n",
        "        base.run(self)\n        open(self.build_lib + '/v.py', 'w').write(self.build_lib)\n",
        "        base.run(self)\n        while True:\n            NAMES.append(1)\n",
        "        base.run(self)\n        for name in self.get_outputs():\n            open(name, 'w').close()\n",
        "        base.run(self)\n        import shutil; shutil.rmtree(self.build_lib)\n",
        "        base.run(self)\n        self.run_command('egg_info')\n",
        "        base.run(self)\n        open('build/bdist/wheel/x.py', 'w').close()\n",
        "        base.run(self)\n    def build_module(self, module, file, package):\n        return base.build_module(self, module, 'd.txt', package)\n",
    ] {
        let world = World::new();
        let ran = with_command(&world, "build_py", &format!("{start}{body}"), "C");
        assert!(
            ran.status == 1 && ran.stderr.contains("replaces the command `build_py`"),
            "{body}: {}",
            ran.all()
        );
        assert!(!world.work().join("dist").exists());
    }
}

#[test]
fn a_wheel_with_tags_of_its_own_is_refused() {
    let start = "from wheel.bdist_wheel import bdist_wheel as base\nclass C(base):\n";
    for body in [
        "    def get_tag(self):\n        return ('py3', 'none', 'linux_x86_64')\n",
        "    def finalize_options(self):\n        base.finalize_options(self)\n        self.root_is_pure = False\n",
        "    def run(self):\n        base.run(self)\n        open('build/lib/v.py', 'w').close()\n",
    ] {
        let world = World::new();
        let ran = with_command(&world, "bdist_wheel", &format!("{start}{body}"), "C");
        let refused = ran.stderr.contains("replaces the command `bdist_wheel`");
        assert!(ran.status == 1 && refused && !world.work().join("dist").exists(), "{body}: {}", ran.all());
    }
}

#[test]
fn the_build_py_of_distutils_takes_data_by_patterns_alone() {
    let world = World::new();
    world.write("p/setup.py", "from setuptools import setup\nfrom distutils.command.build_py import build_py\nsetup(name='x', version='1', packages=['x'], package_data={'x': ['*.txt']}, exclude_package_data={'x': ['a.txt']}, include_package_data=True, cmdclass={'build_py': build_py})\n");
    world.write("p/MANIFEST.in", "graft x\n");
    for file in ["__init__.py", "a.txt", "b.dat", "py.typed"] {
        world.write(&format!("p/x/{file}"), "");
    }
    let listed = listed(&world);
    assert!(
        listed.contains("\n  x/a.txt") && !listed.contains("b.dat") && !listed.contains("py.typed"),
        "{listed}"
    );
}
