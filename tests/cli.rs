//! The command line: help, exit statuses, streams, formats.

use crate::support::World;

#[test]
fn help_is_one_screen() {
    let ran = World::new().spx(&["--help"]);
    insta::assert_snapshot!(ran.success().stdout, @"
    Turns a Python project with a setup.py into one file that runs, without ever running setup.py

    Usage: spx [OPTIONS] [PROJECT|REQUIREMENT]...
           spx COMMAND

    Commands:
      metadata     Print what setup.py, setup.cfg and pyproject.toml say, and where
      wheel        Build the project's wheel
      sdist        Build the project's source distribution
      build        Build the source distribution and the wheel
      lint         Find what is wrong in setup files, say where and why, and mend it
      explain      Explain a rule of `spx lint`
      lock         Choose versions and write them down as pylock.toml
      tree         Show who brings what
      verify       Check a wheel, a source distribution or an application: framing, hashes, limits
      run          Build into the cache and run at once: spx run httpie -- --version
      inspect      Print what an application file carries, for whom, and why
      extract      Write the wheels of an application file, as they came
      cache        Show, clean or prune the cache
      lsp          Serve an editor: the language server protocol on standard input and output
      completions  Print a completion script for a shell
      man          Print the manual page (roff), or a command's

    Arguments:
      [PROJECT|REQUIREMENT]...  A project's directory [default: .], requirements such as 'httpie>=3'

    Options:
      -r, --requirement <FILE>   Requirements file, instead of the project's requirements.txt
          --constraints <FILE>   Constraints file
          --python <VERSION>     Pythons to serve: 3.12, '>=3.8' [default: all that fit]
          --platform <PLATFORM>  linux, macos, windows, or a tag: win_arm64 [default: all]
          --locked               Take the versions of pylock.toml, and no others
      -h, --help                 Print help
      -V, --version              Print version

    Where dependencies come from:
      -i, --index-url <URL>        The package index
          --extra-index-url <URL>  A further index, asked first
      -f, --find-links <DIR|URL>   A folder or page of wheels
          --no-index               Ask no index: --find-links only
          --offline                Use no network: the cache and folders only
          --pre                    Take pre-releases too

    What runs:
      -c, --script <NAME>                Run this script or console script [alias: --console-script]
      -e, --entry-point <MODULE[:ATTR]>  Run this function or module: module[:attr]
      -m, --module <MODULE>              Run this module, as python -m does
          --inject-args [<ARGS>]         Bake in arguments: one string, or what follows --
          --inject-env <NAME=VALUE>      Set a variable unless the user has

    The file:
      -o, --output <FILE>             Write this file [default: dist/NAME.pyz]
          --python-shebang <SHEBANG>  First line, instead of one that finds a Python
      -D, --sources-directory <DIR>   Add the files of this directory, for programs without a setup.py
          --inherit-path[=<WHICH>]    See the interpreter's own packages too: fallback or prefer
      -E, --extend-pythonpath         Let Pythons that the application starts see its modules
          --venv                      Unpack as a virtual environment, for what it starts

    Output:
      -q, --quiet            Say only what is wrong
      -v, --verbose          Say what is done
          --color <WHEN>     Color the output [default: auto]
          --format <FORMAT>  human or json; lint has more [default: human]

    Examples:
      spx . -c serve -o serve.pyz             choose one of several programs
      spx httpie -c http -o http.pyz          a package from the index

    Versions: --exclude NAME, --resolution lowest, --exclude-newer DATE, --require-hashes.
    The cache: --cache-dir DIR, --no-cache, --refresh.
    As pip has them: --cert, --trusted-host, --proxy, --keyring-provider; pip.conf, PIP_…, netrc.
    ");
}

#[test]
fn what_cannot_work_ends_with_status_2() {
    let world = World::new();
    world.write("empty/readme.txt", "");
    for (words, said) in [
        (&["empty/"][..], "has no setup.py, setup.cfg or pyproject.toml"),
        (&["./missing"], "no such file"),
        (&["--python", "four", "."], "neither a version"),
        (&["--inject-env", "x", "."], "is not NAME=VALUE"),
        (&[".", "--", "x"], "`--inject-args`"),
        (&["--no-such-option"], "--no-such-option"),
        (&["metadata", "missing"], "no such file"),
        (&["metadata", "--python", "2.6", "."], "does not answer for Python 2.6"),
    ] {
        let ran = world.spx(words);
        assert!(
            ran.status == 2 && ran.stdout.is_empty() && ran.stderr.contains(said),
            "{words:?}: {}",
            ran.all()
        );
    }
}

#[test]
fn an_index_that_is_away_is_told_with_the_setting_that_named_it() {
    let world = World::new();
    world.project("demo");
    let ran = world.spx(&["demo"]);
    assert_eq!(ran.status, 2, "{}", ran.all());
    assert!(ran.stderr.contains("PIP_INDEX_URL") && ran.stderr.contains("127.0.0.1:9"), "{}", ran.stderr);
    let ran = world.spx(&["demo", "--format", "json"]);
    assert_eq!(ran.status, 2);
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert!(document["error"]["message"].as_str().unwrap().contains("PIP_INDEX_URL"));
}

#[test]
fn metadata_is_a_table_for_people() {
    let world = World::new();
    world.project("demo");
    let ran = world.spx(&["metadata", "demo"]);
    insta::assert_snapshot!(ran.success().stdout, @"
    name       demo  setup.py:2:7
    version    0.0.1  setup.py:2:20
    scripts    demo.py  setup.py:2:37
    universal  yes  setup.cfg:2:1
    ");
}

#[test]
fn metadata_is_json_for_programs() {
    let world = World::new();
    world.project("demo");
    let ran = world.spx(&["metadata", "demo", "--format", "json", "--python", "3.11"]);
    insta::assert_snapshot!(ran.success().stdout, @r#"
    {
      "schema": 1,
      "target": {
        "python": "3.11",
        "platform": "linux",
        "setuptools": "84.2.1"
      },
      "metadata": {
        "name": "demo",
        "version": "0.0.1",
        "scripts": [
          "demo.py"
        ],
        "universal": true
      },
      "unknown": {},
      "origin": {
        "name": {
          "file": "setup.py",
          "line": 2,
          "column": 7
        },
        "version": {
          "file": "setup.py",
          "line": 2,
          "column": 20
        },
        "scripts": {
          "file": "setup.py",
          "line": 2,
          "column": 37
        },
        "universal": {
          "file": "setup.cfg",
          "line": 2,
          "column": 1
        }
      },
      "diagnostics": []
    }
    "#);
}

#[test]
fn quiet_says_nothing_when_all_is_well() {
    let world = World::new();
    world.project("demo");
    crate::support::wheelhouse(&world.work());
    let ran = world.spx(&["demo", "-q", "--no-index", "-f", "wheelhouse"]);
    assert_eq!((ran.status, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
}

#[test]
fn completions_and_the_manual_come_from_the_same_definition() {
    let world = World::new();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = world.spx(&["completions", shell]);
        assert!(ran.success().stdout.contains("find-links"), "{shell}");
    }
    assert!(world.spx(&["man"]).success().stdout.contains(".TH spx"));
    let page = world.spx(&["man", "lock"]);
    assert!(
        page.success().stdout.contains(".TH spx-lock") && page.stdout.contains("upgrade"),
        "{}",
        page.all()
    );
    assert_eq!(world.spx(&["man", "locks"]).status, 2);
}

/// The fields of a setup.py that Python 3.11 and setuptools 65.5 give, and why others are unknown.
fn fields(setup: &str) -> (serde_json::Value, serde_json::Value) {
    let world = World::new();
    world.write("p/setup.py", setup);
    let target = ["--python", "3.11", "--platform", "linux", "--setuptools", "65.5.0"];
    let ran = world.spx(&[&["metadata", "p", "--format", "json"][..], &target[..]].concat());
    let document: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    (document["metadata"].clone(), document["unknown"].clone())
}

#[test]
fn what_a_class_for_the_distribution_may_change_is_unknown() {
    let setup = |body: &str| {
        let class = format!("class D(Distribution):\n{body}\n");
        format!(
            "from setuptools import setup, Distribution\n{class}setup(name='a', version='1', scripts=['s'], distclass=D)\n"
        )
    };
    let (known, unknown) = fields(&setup("    def has_ext_modules(self):\n        return True"));
    assert_eq!((&known["name"], &known["scripts"][0]), (&"a".into(), &"s".into()), "{unknown}");
    assert!(unknown["version"].is_null());

    let base = "    def __init__(self, attrs=None):\n        Distribution.__init__(self, attrs)\n";
    let (known, unknown) = fields(&setup(&format!(
        "{base}        self.extra = 1\n        self.install_requires = ['b']\n        self.metadata.version = '2'"
    )));
    assert_eq!(known["name"], "a", "{unknown}");
    assert!(known["version"].is_null() && known["install_requires"].is_null());
    assert!(unknown["version"]["message"].as_str().unwrap().contains("distclass"), "{unknown}");
    assert!(!unknown["install_requires"].is_null());

    let (known, unknown) =
        fields(&setup("    def parse_command_line(self):\n        self.metadata.name = 'b'"));
    assert!(known["name"].is_null() && known["version"].is_null());
    assert!(unknown["name"]["message"].as_str().unwrap().contains("parse_command_line"), "{unknown}");
}

#[test]
fn setuptools_uses_up_an_iterator_before_it_needs_it() {
    let (known, unknown) = fields(
        "from setuptools import setup\nsetup(name='a', install_requires=filter(None, ['b']), packages=(p for p in ['c']),\n    \
         extras_require={'e': map(str, ['f'])}, scripts=filter(None, ['d', '']))\n",
    );
    assert_eq!(known["scripts"], serde_json::json!(["d"]), "{unknown}");
    assert_eq!(known["extras_require"], serde_json::json!({"e": []}), "{unknown}");
    for field in ["install_requires", "packages"] {
        assert!(unknown[field].is_null() && known[field].as_array().is_none_or(Vec::is_empty), "{known}");
    }
}
