//! What the tests share: spx run in a world of its own, wheels made on the spot, and the Pythons of this machine.

use sha2::{Digest, Sha256};
use spx::archive::{ArchiveEntry, zip};
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A home, a cache and a working directory that nothing else uses.
pub struct World {
    root: TempDir,
}

/// What a run of a program gave.
pub struct Ran {
    pub status: i32,
    pub stdout: String,
    pub stderr: String,
}

impl World {
    pub fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        for name in ["home", "work", "cache"] {
            fs::create_dir(root.path().join(name)).unwrap();
        }
        Self { root }
    }

    /// Where spx is run.
    pub fn work(&self) -> PathBuf {
        self.root.path().join("work")
    }

    pub fn cache(&self) -> PathBuf {
        self.root.path().join("cache")
    }

    /// Copies a project of `testdata/` into the working directory.
    pub fn project(&self, path: &str) -> PathBuf {
        let target = self.work().join(Path::new(path).file_name().unwrap());
        copy(&Path::new("testdata").join(path), &target);
        target
    }

    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.work().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// spx with nothing of this machine's settings; an index that nobody serves, so that touching the network shows.
    pub fn spx(&self, arguments: &[&str]) -> Ran {
        self.finish(self.command(env!("CARGO_BIN_EXE_spx")).args(arguments))
    }

    /// Like [`World::spx`], with the machine's own index settings.
    pub fn spx_with_index(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(env!("CARGO_BIN_EXE_spx"));
        for (name, value) in std::env::vars().filter(|(name, _)| {
            name.starts_with("PIP_") || name.to_lowercase().ends_with("_proxy") || name == "SSL_CERT_FILE"
        }) {
            command.env(name, value);
        }
        if std::env::var_os("PIP_INDEX_URL").is_none() {
            command.env_remove("PIP_INDEX_URL");
        }
        self.finish(command.args(arguments))
    }

    /// Any program in this world.
    pub fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear();
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        command
            .env("HOME", self.root.path().join("home"))
            .env("SPX_CACHE", self.cache())
            .env("NO_COLOR", "1")
            .env("COLUMNS", "100")
            .env("LC_ALL", "C.UTF-8")
            .env("PIP_INDEX_URL", "http://127.0.0.1:9/nobody-serves-this/simple/")
            .current_dir(self.work());
        command
    }

    /// Like [`World::spx`], with a text on standard input.
    pub fn spx_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        use std::io::Write;
        use std::process::Stdio;
        let mut command = self.command(env!("CARGO_BIN_EXE_spx"));
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ran { status: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) }
    }

    pub fn finish(&self, command: &mut Command) -> Ran {
        // A file that was just written is busy while a program that another test starts still holds it open.
        let output = loop {
            match command.output() {
                Err(error) if error.kind() == ErrorKind::ExecutableFileBusy => std::thread::yield_now(),
                output => break output.unwrap(),
            }
        };
        let Output { status, stdout, stderr } = output;
        // Where the world lies differs by run; what is said of it does not.
        let root = fs::canonicalize(self.root.path()).unwrap().display().to_string();
        let given = self.root.path().display().to_string();
        let text = |bytes: Vec<u8>| {
            String::from_utf8_lossy(&bytes).replace(&root, "[ROOT]").replace(&given, "[ROOT]")
        };
        Ran { status: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) }
    }
}

impl Ran {
    /// Everything at once, for snapshots.
    pub fn all(&self) -> String {
        format!("exit status {}\n--- stdout\n{}--- stderr\n{}", self.status, self.stdout, self.stderr)
    }

    #[track_caller]
    pub fn success(&self) -> &Self {
        assert_eq!(self.status, 0, "{}", self.all());
        self
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A wheel with a true RECORD, written into `directory`; its path.
pub fn wheel(
    directory: &Path,
    name: &str,
    version: &str,
    tag: &str,
    headers: &str,
    files: &[(&str, &str)],
) -> PathBuf {
    let info = format!("{name}-{version}.dist-info");
    let metadata = format!("Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{headers}\n");
    let tags: String = expand(tag).iter().map(|tag| format!("Tag: {tag}\n")).collect();
    let wheel = format!("Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\n{tags}");
    let mut entries: Vec<ArchiveEntry> =
        files.iter().map(|(path, text)| ArchiveEntry::new(*path, *text)).collect();
    entries.push(ArchiveEntry::new(format!("{info}/METADATA"), metadata));
    entries.push(ArchiveEntry::new(format!("{info}/WHEEL"), wheel));
    let mut record = String::new();
    for entry in &entries {
        let digest = base64_url(&Sha256::digest(&entry.content));
        writeln!(record, "{},sha256={digest},{}", entry.path, entry.content.len()).unwrap();
    }
    writeln!(record, "{info}/RECORD,,").unwrap();
    entries.push(ArchiveEntry::new(format!("{info}/RECORD"), record));
    let bytes = zip::write(Cursor::new(Vec::new()), &entries).unwrap().into_inner();
    let path = directory.join(format!("{name}-{version}-{tag}.whl"));
    fs::create_dir_all(directory).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

/// `py2.py3-none-any` is `py2-none-any` and `py3-none-any` (PEP 425).
fn expand(tag: &str) -> Vec<String> {
    let parts: Vec<Vec<&str>> = tag.split('-').map(|part| part.split('.').collect()).collect();
    let mut out = Vec::new();
    for python in &parts[0] {
        for abi in &parts[1] {
            out.extend(parts[2].iter().map(|platform| format!("{python}-{abi}-{platform}")));
        }
    }
    out
}

fn base64_url(bytes: &[u8]) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// A folder with small stand-ins for `sh` and `click`: several versions, for different Pythons.
pub fn wheelhouse(directory: &Path) -> PathBuf {
    let folder = directory.join("wheelhouse");
    let click = "def echo(text):\n    print('click %s: ' + text)\n";
    for (version, tag, python) in [
        ("7.1.2", "py2.py3-none-any", ">=2.7, !=3.0.*, !=3.1.*, !=3.2.*, !=3.3.*, !=3.4.*"),
        ("8.0.4", "py3-none-any", ">=3.6"),
        ("8.1.8", "py3-none-any", ">=3.7"),
    ] {
        let headers = format!("Requires-Python: {python}\n");
        wheel(
            &folder,
            "click",
            version,
            tag,
            &headers,
            &[("click/__init__.py", &click.replace("%s", version))],
        );
    }
    let sh = "import subprocess\n\ndef uname(flag):\n    return subprocess.check_output(['uname', flag]).decode()\n";
    wheel(&folder, "sh", "1.14.2", "py2.py3-none-any", "", &[("sh.py", sh)]);
    folder
}

/// The Pythons that tests run things under; the ones that are missing here are named on standard error.
pub fn pythons() -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    for version in ["2.7", "3.5", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14"] {
        match python(version) {
            Some(path) => found.push((version.to_owned(), path)),
            None => eprintln!("SKIPPED: no Python {version} on this machine, so nothing was run under it"),
        }
    }
    found
}

/// One Python by its minor version: pyenv's, else the one on PATH.
pub fn python(version: &str) -> Option<PathBuf> {
    let home = std::env::home_dir()?;
    let pyenv =
        std::env::var_os("PYENV_ROOT").map_or_else(|| home.join(".pyenv"), PathBuf::from).join("versions");
    let mut places: Vec<PathBuf> =
        fs::read_dir(pyenv).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    places.sort();
    let own = places
        .into_iter()
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&format!("{version}.")))
        })
        .map(|path| path.join("bin/python"));
    let on_path = std::env::var_os("PATH").map(|path| {
        std::env::split_paths(&path)
            // pyenv's shims answer for whatever version is chosen, not for the one in their name.
            .filter(|directory| !directory.to_string_lossy().contains("shims"))
            .map(|directory| directory.join(format!("python{version}")))
            .collect::<Vec<_>>()
    });
    own.chain(on_path.into_iter().flatten()).find(|path| {
        let asked =
            Command::new(path).args(["-c", "import sys; print('%d.%d' % sys.version_info[:2])"]).output();
        asked.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).trim() == version)
    })
}

/// PyPy for Python 3, where there is one.
pub fn pypy() -> Option<(String, PathBuf)> {
    let on_path = std::env::var_os("PATH")?;
    let mut places = std::env::split_paths(&on_path)
        .filter(|directory| !directory.to_string_lossy().contains("shims"))
        .map(|directory| directory.join("pypy3"));
    let asked = |path: &PathBuf| Command::new(path).args(["-c", "pass"]).status();
    places
        .find(|path| asked(path).is_ok_and(|status| status.success()))
        .map(|path| ("pypy3".to_owned(), path))
}

/// A source distribution of these files, written into `directory`; its path.
pub fn sdist(directory: &Path, name: &str, version: &str, files: &[(&str, &str)]) -> PathBuf {
    let mut all = vec![("PKG-INFO", format!("Metadata-Version: 1.0\nName: {name}\nVersion: {version}\n"))];
    all.extend(files.iter().map(|(path, text)| (*path, (*text).to_owned())));
    let root = format!("{name}-{version}");
    let entries: Vec<ArchiveEntry> =
        all.into_iter().map(|(path, text)| ArchiveEntry::new(format!("{root}/{path}"), text)).collect();
    let bytes = zip::write(Cursor::new(Vec::new()), &entries).unwrap().into_inner();
    let path = directory.join(format!("{root}.zip"));
    fs::create_dir_all(directory).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}
