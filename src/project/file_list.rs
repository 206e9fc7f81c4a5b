//! The files of a source distribution: setuptools' defaults, then MANIFEST.in, then what may not be left out.
//!
//! `include_package_data` takes a wheel's data from this list (setuptools/command/egg_info.py, `manifest_maker.run`).
//! A stale `*.egg-info/SOURCES.txt` in the tree, which setuptools adds to the list, is ignored: it says what an earlier
//! build found, not what the project declares.

use super::glob::{Hidden, PathPattern, Tree, convert, join, split};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::syntax::manifest_in::{Command, ManifestLine, Word};
use crate::system::normalise;

/// The first of these that exists is included.
const READMES: &[&str] = &["README", "README.rst", "README.txt", "README.md"];
/// Version control's directories, pruned wherever they are.
const VERSION_CONTROL: &[&str] = &["RCS", "CVS", ".svn", ".hg", ".git", ".bzr", "_darcs"];

/// What a build contributes to the list, apart from the tree and MANIFEST.in.
#[derive(Clone, Debug, Default)]
pub struct Contributions {
    /// Modules, package data, data files and scripts: what the build itself reads.
    pub sources: Vec<String>,
    /// Licence files and files that setup.cfg names with `file:`: MANIFEST.in cannot exclude them.
    pub kept: Vec<String>,
    /// `name-version` as the sdist has it: a directory of that name is pruned.
    pub full_name: String,
}

/// The list, sorted by directory and name, spelled as the patterns spelled it (`./a` is not `a`, as in setuptools).
pub fn source_files(
    tree: &Tree<'_>,
    contributions: &Contributions,
    manifest: &[ManifestLine],
) -> (Vec<String>, Vec<Diagnostic>) {
    let mut list = FileList { tree, files: Vec::new(), all: None, diagnostics: Vec::new() };
    list.add_defaults(contributions);
    for line in manifest {
        list.apply(line);
    }
    list.add(contributions.kept.clone());
    list.prune(&contributions.full_name);
    list.files.sort_by(|a, b| split(a).cmp(&split(b)));
    list.files.dedup();
    (list.files, list.diagnostics)
}

struct FileList<'a> {
    tree: &'a Tree<'a>,
    files: Vec<String>,
    /// Every file of the tree, once a `global-include` asks.
    all: Option<Vec<String>>,
    diagnostics: Vec<Diagnostic>,
}

impl FileList<'_> {
    /// Files that do not exist are dropped.
    fn add(&mut self, paths: Vec<String>) {
        self.files.extend(paths.into_iter().filter(|path| self.tree.exists(path)));
    }

    fn add_defaults(&mut self, contributions: &Contributions) {
        let readme = READMES.iter().find(|name| self.tree.exists(name)).map(|name| (*name).to_owned());
        self.add(readme.into_iter().collect());
        for pattern in ["tests/test*.py", "test/test*.py"] {
            let mut found = self.tree.glob(pattern, Hidden::Skip, false);
            found.retain(|path| self.tree.is_file(path));
            self.add(found);
        }
        self.add(["setup.py", "setup.cfg", "pyproject.toml", "MANIFEST.in"].map(str::to_owned).to_vec());
        self.add(contributions.sources.clone());
    }

    fn apply(&mut self, line: &ManifestLine) {
        match &line.command {
            Command::Include(patterns) => self.each(patterns, |list, pattern| list.include(pattern, false)),
            Command::Exclude(patterns) => self.each(patterns, Self::remove),
            Command::GlobalInclude(patterns) => {
                self.each(patterns, |list, pattern| list.global_include(&join("**", pattern)));
            }
            Command::GlobalExclude(patterns) => {
                self.each(patterns, |list, pattern| list.remove(&join("**", pattern)));
            }
            Command::RecursiveInclude { directory, patterns } => {
                let below = join(&convert(&directory.text), "**");
                self.each(patterns, |list, pattern| list.include(&join(&below, pattern), true));
            }
            Command::RecursiveExclude { directory, patterns } => {
                let below = join(&convert(&directory.text), "**");
                self.each(patterns, |list, pattern| list.remove(&join(&below, pattern)));
            }
            Command::Graft(directory) => {
                self.each(std::slice::from_ref(directory), |list, pattern| {
                    let found = list.tree.glob(pattern, Hidden::Match, false);
                    let files: Vec<String> = found.iter().flat_map(|path| list.tree.find_all(path)).collect();
                    list.extend(files)
                });
            }
            Command::Prune(directory) => {
                self.each(std::slice::from_ref(directory), |list, pattern| list.remove(&join(pattern, "**")));
            }
        }
    }

    /// Applies a command to each pattern. A pattern that leads outside is reported: setuptools would look there.
    fn each(&mut self, patterns: &[Word], mut apply: impl FnMut(&mut Self, &str) -> bool) {
        for word in patterns {
            let pattern = convert(&word.text);
            // `a/../b` is judged by its text, as the tree does.
            if normalise(&pattern).is_none() {
                let message = format!("`{}` leads out of the project, where spx does not read", word.text);
                self.diagnostics.push(Diagnostic::new(&codes::OUTSIDE_PROJECT, word.span, message));
                continue;
            }
            apply(self, &pattern);
        }
    }

    fn extend(&mut self, found: Vec<String>) -> bool {
        let any = !found.is_empty();
        self.add(found);
        any
    }

    fn include(&mut self, pattern: &str, recursive: bool) -> bool {
        let mut found = self.tree.glob(pattern, Hidden::Match, recursive);
        found.retain(|path| !self.tree.is_directory(path));
        self.extend(found)
    }

    fn global_include(&mut self, pattern: &str) -> bool {
        let all = self.all.get_or_insert_with(|| self.tree.find_all("."));
        let found = match PathPattern::new(pattern) {
            Some(pattern) => all.iter().filter(|path| pattern.matches(path)).cloned().collect(),
            None => Vec::new(),
        };
        self.extend(found)
    }

    fn remove(&mut self, pattern: &str) -> bool {
        let before = self.files.len();
        if let Some(pattern) = PathPattern::new(pattern) {
            self.files.retain(|path| !pattern.matches(path));
        }
        self.files.len() < before
    }

    fn prune(&mut self, full_name: &str) {
        let below = |path: &str, directory: &str| {
            path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
        };
        self.files.retain(|path| {
            let mut directories = path.split('/');
            directories.next_back();
            !directories.any(|directory| VERSION_CONTROL.contains(&directory))
                && !["build", full_name, ".tox", ".nox", ".venv"].iter().any(|pruned| below(path, pruned))
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::manifest_in;
    use crate::system::Memory;
    use crate::text::Sources;

    fn list(template: &str) -> Vec<String> {
        let mut memory = Memory::new();
        for path in [
            "setup.py",
            "README",
            "README.md",
            "p/__init__.py",
            "p/a.txt",
            "p/.dot",
            "p/q/b.txt",
            "p/q/b.tmp",
            "docs/x.rst",
            "docs/sub/y.rst",
            "build/lib/z",
            ".tox/t",
            "x/.git/config",
            "LICENSE",
            "tests/test_a.py",
            "tests/data.txt",
        ] {
            memory.insert(path, Vec::new(), false);
        }
        let file = Sources::new().add("MANIFEST.in", template);
        let (lines, _) = manifest_in::parse(file, template);
        let contributions = Contributions {
            sources: vec!["p/__init__.py".into(), "gone.py".into()],
            kept: vec!["LICENSE".into()],
            full_name: "a-1".into(),
        };
        source_files(&Tree::new(&memory), &contributions, &lines).0
    }

    const DEFAULTS: &[&str] = &["LICENSE", "README", "setup.py", "p/__init__.py", "tests/test_a.py"];

    fn more(template: &str) -> Vec<String> {
        list(template).into_iter().filter(|path| !DEFAULTS.contains(&path.as_str())).collect()
    }

    #[test]
    fn commands_do_what_setuptools_does() {
        assert_eq!(list(""), DEFAULTS);
        assert_eq!(more("include p/* docs/*.rst"), ["docs/x.rst", "p/.dot", "p/a.txt"]);
        assert_eq!(more("recursive-include p *.txt"), ["p/a.txt", "p/q/b.txt"]);
        assert_eq!(more("recursive-include . *.tmp"), ["./p/q/b.tmp"], "spelled as setuptools does");
        assert_eq!(more("graft docs\nprune docs/sub"), ["docs/x.rst"]);
        assert_eq!(more("graft .\nglobal-exclude *.txt *.tmp\nprune docs"), ["README.md", "p/.dot"]);
        assert_eq!(more("global-include *.rst\nexclude docs/*.rst"), ["docs/sub/y.rst"]);
        assert_eq!(list("exclude LICENSE setup.py README\nprune tests"), ["LICENSE", "p/__init__.py"]);
        assert_eq!(more("graft build\ngraft .tox\ngraft x"), Vec::<String>::new());
    }
}
