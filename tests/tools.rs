//! What can be done with an application file besides running it, and the options that change what it is.

use crate::support::{Ran, World, python, pythons, wheel, wheelhouse};
use std::fs;
use std::path::Path;

/// A tool of one wheel that needs another, built offline with these words added.
fn tool(world: &World, words: &[&str]) -> Ran {
    let folder = world.work().join("wheelhouse");
    let files = [
        ("tool/__init__.py", "import helper\ndef main():\n    print('tool ' + helper.NAME)\n"),
        ("tool-1.0.dist-info/entry_points.txt", "[console_scripts]\ntool = tool:main\nother = tool:main\n"),
    ];
    let headers = "Requires-Dist: helper>=1\nLicense-Expression: MIT\n";
    wheel(&folder, "tool", "1.0", "py2.py3-none-any", headers, &files);
    wheel(&folder, "helper", "1.5", "py2.py3-none-any", "", &[("helper.py", "NAME = 'helped'\n")]);
    let base = ["tool", "--no-index", "-f", "wheelhouse", "-c", "tool", "-o", "t.pyz"];
    world.spx(&[&base[..], words].concat())
}

fn newest() -> std::path::PathBuf {
    crate::support::pythons().pop().expect("a Python").1
}

fn run(world: &World, file: &str, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
    let mut command = world.command(newest());
    command.arg(file).args(arguments).envs(environment.iter().copied());
    world.finish(&mut command)
}

#[test]
fn inspect_says_what_for_whom_and_why() {
    let world = World::new();
    tool(&world, &[]).success();
    let text = world.spx(&["inspect", "t.pyz"]).success().stdout.clone();
    assert!(text.starts_with("tool 1.0\nruns `tool:main`\n"), "{text}");
    for line in ["asked for: tool", "for `helper>=1`, of tool 1.0", "Python 2.7: helper 1.5, tool 1.0"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    for words in [["inspect", "t.pyz", "--json"].as_slice(), &["inspect", "t.pyz", "--format", "json"]] {
        let document: serde_json::Value = serde_json::from_str(&world.spx(words).success().stdout).unwrap();
        let application = &document["application"];
        assert_eq!(application["size"], fs::metadata(world.work().join("t.pyz")).unwrap().len());
        assert_eq!(application["requirements"], serde_json::json!(["tool"]));
        let helper =
            application["wheels"].as_array().unwrap().iter().find(|w| w["name"] == "helper").unwrap();
        assert_eq!(helper["required_by"][0]["name"], "tool");
    }
}

#[test]
fn the_bill_of_materials_lists_every_wheel_and_who_needs_it() {
    let world = World::new();
    tool(&world, &[]).success();
    let text = world.spx(&["inspect", "t.pyz", "--sbom"]).success().stdout.clone();
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!((&document["bomFormat"], &document["specVersion"]), (&"CycloneDX".into(), &"1.6".into()));
    let components = document["components"].as_array().unwrap();
    let tool = components.iter().find(|component| component["name"] == "tool").unwrap();
    assert_eq!(tool["licenses"], serde_json::json!([{ "expression": "MIT" }]));
    assert_eq!(tool["purl"], "pkg:pypi/tool@1.0?file_name=tool-1.0-py2.py3-none-any.whl");
    let needs = |name: &str| {
        let all = document["dependencies"].as_array().unwrap();
        all.iter().find(|edge| edge["ref"] == name).unwrap()["dependsOn"].clone()
    };
    assert_eq!(needs("application"), serde_json::json!(["tool-1.0-py2.py3-none-any.whl"]));
    assert_eq!(
        needs("tool-1.0-py2.py3-none-any.whl"),
        serde_json::json!(["helper-1.5-py2.py3-none-any.whl"])
    );
    assert_eq!(run(&world, "t.pyz", &["sbom"], &[("SPX_TOOLS", "1")]).success().stdout, text);
}

#[test]
fn wheels_come_out_as_they_went_in() {
    let world = World::new();
    for words in [&[][..], &["--compress"]] {
        tool(&world, words).success();
        assert_eq!(run(&world, "t.pyz", &[], &[]).success().stdout, "tool helped\n", "{words:?}");
        world.spx(&["extract", "t.pyz", "-o", "out"]).success();
        let arguments = ["extract", "by itself"];
        run(&world, "t.pyz", &arguments, &[("SPX_TOOLS", "1")]).success();
        for name in ["tool-1.0-py2.py3-none-any.whl", "helper-1.5-py2.py3-none-any.whl"] {
            let original = fs::read(world.work().join("wheelhouse").join(name)).unwrap();
            assert_eq!(fs::read(world.work().join("out").join(name)).unwrap(), original, "{name}");
            assert_eq!(fs::read(world.work().join("by itself").join(name)).unwrap(), original, "{name}");
        }
    }
}

#[test]
fn a_changed_file_is_rejected_by_verify() {
    let world = World::new();
    tool(&world, &[]).success();
    let ran = world.spx(&["verify", "t.pyz"]);
    assert!(ran.success().stdout.contains("t.pyz: good: application tool of 2 wheels"), "{}", ran.stdout);
    assert_eq!(run(&world, "t.pyz", &["verify"], &[("SPX_TOOLS", "1")]).success().stdout, "good: 2 wheels\n");
    let whole = fs::read(world.work().join("t.pyz")).unwrap();
    let place = |text: &[u8]| whole.windows(text.len()).position(|window| window == text).unwrap();
    // In the header, in the start code, in a wheel, in the manifest, in the central directory, cut, grown.
    let places =
        [40, place(b"# The start of an"), place(b"whl/tool") + 100, place(b"\"format\""), whole.len() - 60];
    let mut changed: Vec<Vec<u8>> = places
        .iter()
        .map(|at| {
            let mut bytes = whole.clone();
            bytes[*at] ^= 1;
            bytes
        })
        .collect();
    changed.push(whole[..whole.len() - 5].to_vec());
    changed.push([&whole[..], b"more"].concat());
    for (index, bytes) in changed.into_iter().enumerate() {
        world.write("changed.pyz", bytes);
        let ran = world.spx(&["verify", "changed.pyz"]);
        assert_eq!(ran.status, 1, "change {index}: {}", ran.all());
        let ran = world.spx(&["inspect", "changed.pyz"]);
        assert!(ran.status == 1 || index == 2, "change {index}: {}", ran.all());
        assert!(!ran.all().contains("panicked"), "{}", ran.all());
    }
    let ran = world.spx(&["verify", "wheelhouse"]);
    assert_eq!(ran.status, 2, "{}", ran.all());
}

#[test]
fn tools_without_spx() {
    let world = World::new();
    tool(&world, &[]).success();
    let tools = |arguments: &[&str]| run(&world, "t.pyz", arguments, &[("SPX_TOOLS", "1")]);
    let text = tools(&["info"]).success().stdout.clone();
    assert!(text.starts_with("tool 1.0\nruns tool:main\nunder Python 2.7 and 3.5 to 3.14\n"), "{text}");
    let manifest: serde_json::Value =
        serde_json::from_str(&tools(&["info", "--json"]).success().stdout).unwrap();
    assert_eq!(manifest["name"], "tool");
    let ran = tools(&["nonsense"]);
    assert_eq!(
        (ran.status, ran.stderr.contains("usage: SPX_TOOLS=1 t.pyz COMMAND")),
        (2, true),
        "{}",
        ran.all()
    );
    if let Some(old) = python("2.7") {
        let mut command = world.command(old);
        let ran = world.finish(command.args(["t.pyz", "info"]).env("SPX_TOOLS", "1"));
        assert_eq!(ran.success().stdout, text, "Python 2.7");
    }
    // By the header as well.
    let file = world.work().join("t.pyz");
    assert_eq!(world.finish(world.command(file).arg("info").env("SPX_TOOLS", "1")).success().stdout, text);
}

#[test]
fn a_directory_of_sources_is_enough() {
    let world = World::new();
    world.write("code/app.py", "import data.here, sys\nprint('app', sys.argv[1:])\n");
    world.write("code/data/__init__.py", "");
    world.write("code/data/here.py", "");
    world.write("code/secret.txt", "x");
    world.write("code/.hidden", "x");
    world.write("code/__pycache__/app.pyc", "x");
    let words = ["-D", "code", "-m", "app", "-o", "a.pyz", "--no-index", "--exclude-file", "*.txt"];
    world.spx(&words).success();
    assert_eq!(run(&world, "a.pyz", &["x"], &[]).success().stdout, "app ['x']\n");
    let text = world.spx(&["verify", "a.pyz"]).success().stdout.clone();
    assert!(text.contains("1 wheels, 6 files"), "{text}");
    let ran = world.spx(&["-D", "nowhere", "-m", "app", "-o", "b.pyz", "--no-index"]);
    assert_eq!(ran.status, 2, "{}", ran.all());
}

#[test]
fn pth_files_are_told_when_the_file_is_built() {
    let world = World::new();
    world.write("code/app.py", "import sys\nprint(hasattr(sys, 'touched'))\n");
    world.write("code/start.pth", "import sys; sys.touched = 1\n");
    world.write("code/below/no.pth", "x");
    let words = ["-D", "code", "-m", "app", "-o", "a.pyz", "--no-index"];
    let said = world.spx(&words).success().stderr.clone();
    assert!(said.contains("does not run start.pth of spx-sources-code-0"), "{said}");
    assert!(!said.contains("no.pth"), "{said}");
    assert_eq!(run(&world, "a.pyz", &[], &[]).success().stdout, "False\n");
    let said = world.spx(&[&words[..], &["--pth"]].concat()).success().stderr.clone();
    assert!(said.contains("runs start.pth of spx-sources-code-0 at every start"), "{said}");
    assert_eq!(run(&world, "a.pyz", &[], &[]).success().stdout, "True\n");
    let told = world.spx(&[&words[..], &["--format", "json"]].concat());
    assert!(told.stdout.contains("\"file\": \"start.pth\""), "{}", told.all());
}

#[test]
fn a_project_can_be_left_out() {
    let world = World::new();
    tool(&world, &["--exclude", "Helper"]).success();
    assert_eq!(run(&world, "t.pyz", &[], &[]).status, 1);
    let outside = world.write("outside/helper.py", "NAME = 'from outside'\n");
    let outside = outside.parent().unwrap().to_str().unwrap();
    let prints = "tool from outside\n";
    for which in ["--inherit-path", "--inherit-path=fallback", "--inherit-path=prefer"] {
        tool(&world, &["--exclude", "helper", which]).success();
        for turn in 0..2 {
            let ran = run(&world, "t.pyz", &[], &[("PYTHONPATH", outside)]);
            assert_eq!(ran.success().stdout, prints, "{which}, run {turn}");
            let mut command = world.command(world.work().join("t.pyz"));
            let ran = world.finish(command.env("PYTHONPATH", outside));
            assert_eq!(ran.success().stdout, prints, "{which} by the header, run {turn}");
        }
    }
    for (which, expected) in [
        ("--inherit-path=prefer", prints),
        ("--inherit-path=fallback", "tool helped\n"),
        ("--inherit-path=false", "tool helped\n"),
    ] {
        tool(&world, &[which]).success();
        for turn in 0..2 {
            let ran = run(&world, "t.pyz", &[], &[("PYTHONPATH", outside)]);
            assert_eq!(ran.success().stdout, expected, "{which}, run {turn}");
        }
    }
}

#[test]
fn children_see_the_modules_when_asked_for() {
    let world = World::new();
    let body = "import subprocess, sys\nsys.exit(subprocess.call([sys.executable, '-c', 'import there; print(there.X)']))\n";
    world.write("code/app.py", body);
    world.write("code/there.py", "X = 1\n");
    let base = ["-D", "code", "-m", "app", "-o", "a.pyz", "--no-index"];
    world.spx(&base).success();
    assert_eq!(run(&world, "a.pyz", &[], &[]).status, 1);
    world.spx(&[&base[..], &["--extend-pythonpath"]].concat()).success();
    for turn in 0..2 {
        let ran = run(&world, "a.pyz", &[], &[("PYTHONPATH", "/nowhere")]);
        assert_eq!(ran.success().stdout, "1\n", "run {turn}");
    }
}

#[test]
fn a_loose_application_runs_from_its_directory() {
    let world = World::new();
    tool(&world, &["--layout", "loose"]).success();
    // A second build takes the place of the first.
    world.write("t.pyz/whl/stale.whl", "");
    tool(&world, &["--layout", "loose"]).success();
    assert!(!world.work().join("t.pyz/whl/stale.whl").exists());
    for (version, python) in crate::support::pythons() {
        for file in ["t.pyz", "t.pyz/__main__.py"] {
            let ran = world.finish(world.command(&python).arg(file));
            assert_eq!(ran.success().stdout, "tool helped\n", "{version} {file}");
        }
    }
    world.write("other/file", "");
    let ran = world.spx(&[
        "tool",
        "--no-index",
        "-f",
        "wheelhouse",
        "-c",
        "tool",
        "--layout",
        "loose",
        "-o",
        "other",
    ]);
    assert_eq!(ran.status, 2, "{}", ran.all());
    assert!(world.work().join("other/file").exists());
}

#[test]
fn no_bytecode_is_kept_when_none_is_wanted() {
    let world = World::new();
    tool(&world, &["--no-compile"]).success();
    run(&world, "t.pyz", &[], &[]).success();
    let files = walkdir::WalkDir::new(world.cache()).into_iter().flatten();
    assert_eq!(files.filter(|entry| entry.path().extension().is_some_and(|end| end == "pyc")).count(), 0);
}

#[test]
#[cfg(unix)]
fn run_builds_once_and_again_when_something_changed() {
    let world = World::new();
    let words = |text: &str| {
        world.write(
            "p/setup.py",
            "from setuptools import setup\nsetup(name='p', version='1', scripts=['p.py'])\n",
        );
        world.write("p/p.py", format!("import sys\nprint('{text}', sys.argv[1:])\nsys.exit(5)\n"));
    };
    words("one");
    let run = || world.spx(&["run", "p", "--no-index", "--", "-v", "x"]);
    let built = || {
        let found = walkdir::WalkDir::new(world.cache().join("run")).into_iter().flatten();
        let file = found.into_iter().find(|entry| entry.file_name() == "p.pyz").unwrap();
        file.metadata().unwrap().modified().unwrap()
    };
    let ran = run();
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (5, "one ['-v', 'x']\n", ""));
    let first = built();
    assert_eq!(run().stdout, "one ['-v', 'x']\n");
    assert_eq!(built(), first, "the second run built nothing");
    words("other");
    assert_eq!(run().stdout, "other ['-v', 'x']\n");
    assert!(built() > first);
    // The program that is called as its project is, of several.
    tool(&world, &[]);
    let ran = world.spx(&["run", "tool", "--no-index", "-f", "wheelhouse"]);
    assert_eq!(ran.success().stdout, "tool helped\n");
    assert!(!Path::new(&world.work().join("dist")).exists());
}

#[test]
#[cfg(unix)]
fn run_insists_on_the_lock_even_when_it_has_built_before() {
    let world = World::new();
    world.write(
        "p/setup.py",
        "from setuptools import setup\nsetup(name='p', version='1', scripts=['p.py'])\n",
    );
    world.write("p/p.py", "print('ran')\n");
    let run = |more: &[&str]| world.spx(&[&["run", "p", "--no-index"], more].concat());
    assert_eq!(run(&[]).success().stdout, "ran\n");
    let ran = run(&["--locked"]);
    assert!(ran.status == 2 && ran.stdout.is_empty() && ran.stderr.contains("pylock.toml"), "{}", ran.all());
    world.spx(&["lock", "p", "--no-index"]).success();
    assert_eq!(run(&["--locked"]).success().stdout, "ran\n");
    assert_eq!(run(&["--locked"]).success().stdout, "ran\n");
    world.write("wheelhouse/none", "");
    wheelhouse(&world.work());
    world.write("p/requirements.txt", "click\n");
    let ran = world.spx(&["run", "p", "--no-index", "-f", "wheelhouse", "--locked"]);
    assert!(ran.status == 1 && ran.stderr.contains("stale-lock"), "{}", ran.all());
}

#[test]
fn packages_and_modules_go_in_by_their_dotted_names() {
    let world = World::new();
    world.write("src/top/__init__.py", "");
    world.write("src/top/part/__init__.py", "import top.other\n");
    world.write("src/top/part/below/__init__.py", "");
    world.write("src/top/part/below/deep.py", "X = 1\n");
    world.write("src/top/part/data.txt", "data");
    world.write("src/top/other.py", "");
    world.write("src/top/unwanted.py", "");
    world.write("single.py", "import top.part.below.deep as d\ndef main():\n    print(d.X)\n");
    let more = ["-P", "top.part@src", "-M", "top.other@src", "-M", "single", "-e", "single:main"];
    world.spx(&[&more[..], &["--no-index", "-o", "t.pyz"]].concat()).success();
    for (version, python) in pythons() {
        let ran = world.finish(world.command(python).arg(world.work().join("t.pyz")).current_dir("/"));
        assert_eq!(ran.success().stdout, "1\n", "Python {version}");
    }
    if let Some((_, python)) = pythons().pop() {
        let mut command = world.command(python);
        command
            .arg(world.work().join("t.pyz"))
            .args(["-c", "import top.unwanted"])
            .env("SPX_INTERPRETER", "1");
        assert!(world.finish(command.current_dir("/")).stderr.contains("No module named"));
    }
    for (option, text, said) in
        [("-P", "../x", "names no package"), ("-M", "absent", "absent.py"), ("-P", "a b", "names no package")]
    {
        let ran = world.spx(&[option, text, "-m", "x", "--no-index", "-o", "u.pyz"]);
        assert!(ran.status == 2 && ran.stderr.contains(said), "{option} {text}: {}", ran.all());
    }
}

#[test]
fn the_cache_can_be_looked_at_pruned_and_cleaned() {
    let world = World::new();
    wheelhouse(&world.work());
    tool(&world, &[]).success();
    run(&world, "t.pyz", &[], &[]).success();
    let document = || -> serde_json::Value {
        serde_json::from_str(&world.spx(&["cache", "info", "--format", "json"]).success().stdout).unwrap()
    };
    let files = |name: &str| {
        let document = document();
        let part =
            document["parts"].as_array().unwrap().iter().find(|part| part["name"] == name).unwrap().clone();
        part["files"].as_u64().unwrap()
    };
    assert!(files("whl") > 4 && files("app") > 1);
    assert!(world.spx(&["cache", "info"]).success().stdout.contains("unpacked wheels"));
    // What is in use stays.
    world.spx(&["cache", "prune"]).success();
    assert!(files("whl") > 4 && files("app") > 1);
    assert_eq!(run(&world, "t.pyz", &[], &[]).success().stderr, "");
    world.spx(&["cache", "prune", "--days", "0"]).success();
    assert_eq!((files("whl"), files("app")), (0, 0));
    assert_eq!(run(&world, "t.pyz", &[], &[]).success().stdout, "tool helped\n");
    world.write("../cache/stranger", "not spx's");
    world.spx(&["cache", "clean"]).success();
    assert_eq!((files("whl"), files("app"), files("checked")), (0, 0, 0));
    assert!(world.cache().join("stranger").exists(), "only spx's own is removed");
    assert_eq!(run(&world, "t.pyz", &[], &[]).success().stdout, "tool helped\n");
}

#[test]
fn a_program_that_is_not_pythons_runs_as_it_is() {
    let world = World::new();
    let folder = world.work().join("wheelhouse");
    let files = [("native-1.0.data/scripts/native", "#!/bin/sh\necho native \"$@\"\nexit 4\n")];
    wheel(&folder, "native", "1.0", "py2.py3-none-any", "", &files);
    world.spx(&["native", "--no-index", "-f", "wheelhouse", "-o", "n.pyz"]).success();
    for _ in 0..2 {
        let ran = run(&world, "n.pyz", &["a b"], &[]);
        assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (4, "native a b\n", ""));
    }
}
