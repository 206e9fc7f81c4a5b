//! Real editors with the configurations of `editors/`, driven without a screen; what is not installed is skipped, loudly.
//! `SPX_NVIM` and `SPX_EMACS` name other programs than `nvim` and `emacs`; `SPX_LSP_PROJECTS` (as in `PATH`) other projects
//! than those of `testdata`, each with something to mend in setup.cfg and a version that is made elsewhere.

use super::tree;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A project with one thing to fix, and a version that is made elsewhere.
const DEMO: &[(&str, &str)] = &[
    (
        "setup.py",
        "from setuptools import setup\nfrom demo import __version__\nsetup(version=__version__, packages=['demo'])\n",
    ),
    ("setup.cfg", "[metadata]\nname = demo\nauthor-email = é🎉@x.example\n"),
    ("demo/__init__.py", "# é🎉\n__version__ = '1.4'\n"),
];

/// The program that a variable names, or that is on the path; nothing when it does not run.
fn program(variable: &str, name: &str) -> Option<String> {
    let program = std::env::var(variable).unwrap_or_else(|_| name.to_owned());
    let runs = Command::new(&program).arg("--version").output().is_ok_and(|output| output.status.success());
    if !runs {
        eprintln!("SKIPPED: {program} is not installed");
    }
    runs.then_some(program)
}

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs an editor with a home of its own; what its script has noted.
fn drive(command: &mut Command, demo: &Path) -> Value {
    let home = tempfile::tempdir().unwrap();
    let result = home.path().join("result.json");
    let output = command
        .env("HOME", home.path())
        .env("XDG_CONFIG_HOME", home.path().join("config"))
        .env("XDG_STATE_HOME", home.path().join("state"))
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("SPX", env!("CARGO_BIN_EXE_spx"))
        .env("SPX_CACHE", home.path().join("cache"))
        .env("SPX_DEMO", demo)
        .env("SPX_RESULT", &result)
        .output()
        .unwrap();
    let text = std::fs::read_to_string(&result).unwrap_or_else(|_| {
        panic!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    });
    let noted: Value = serde_json::from_str(&text).unwrap();
    assert!(noted.get("problem").is_none(), "{noted:#}");
    noted
}

fn is_fixed(noted: &Value) {
    assert!(noted["fixed"].as_str().unwrap().contains("author_email = é🎉@x.example"), "{noted:#}");
    assert_eq!(noted["clean"], true);
    assert!(noted["jumped"].as_str().unwrap().ends_with("demo/__init__.py"), "{noted:#}");
    assert!(noted["hover"].as_str().unwrap().contains("1.4"), "{noted:#}");
}

#[test]
fn neovim_shows_fixes_and_jumps() {
    let Some(nvim) = program("SPX_NVIM", "nvim") else { return };
    let (_keep, demo) = tree(DEMO);
    let named = std::env::var("SPX_LSP_PROJECTS").ok();
    let thorough = named.is_some();
    let projects = named.unwrap_or_else(|| {
        let three = ["computed-name", "missing-script", "two-programs"]
            .map(|name| repository(&format!("testdata/projects/{name}")));
        three.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(":")
    });
    let command = format!(
        "lua vim.g.spx_cmd = os.getenv('SPX') dofile('{}')",
        repository("tests/lsp/neovim.lua").display()
    );
    let mut run = Command::new(nvim);
    run.args(["--headless", "--clean", "-n", "-c", &command])
        .env("SPX_CONFIGURATION", repository("editors/neovim/spx.lua"))
        .env("SPX_PROJECTS", &projects)
        .envs(thorough.then_some(("SPX_THOROUGH", "1")));
    let noted = drive(&mut run, &demo);
    is_fixed(&noted);
    assert_eq!(noted["jumped_line"], 2);
    assert_eq!(noted["hint"], "→ '1.4'");
    let seen = noted["projects"].as_array().unwrap();
    assert_eq!(seen.len(), projects.split(':').count());
    for project in seen {
        assert_eq!(project["gone"], true, "{project:#}");
        eprintln!("Neovim {}: {project:#}", noted["version"]);
        assert!(!thorough || project["fixed"].is_string() && project["jumped"].is_string());
    }
}

#[test]
fn emacs_shows_fixes_and_jumps() {
    let Some(emacs) = program("SPX_EMACS", "emacs") else { return };
    let has_eglot = Command::new(&emacs)
        .args(["--batch", "--eval", "(progn (package-initialize) (require 'eglot))"])
        .output();
    if !has_eglot.is_ok_and(|output| output.status.success()) {
        eprintln!("SKIPPED: this Emacs has no eglot");
        return;
    }
    let (_keep, demo) = tree(DEMO);
    let mut run = Command::new(emacs);
    let script = repository("tests/lsp/emacs.el");
    run.args(["--batch", "--eval", "(package-initialize)", "-l"])
        .arg(script)
        .env("SPX_CONFIGURATION", repository("editors/emacs/spx.el"));
    is_fixed(&drive(&mut run, &demo));
}
