//! The files of a source distribution: setuptools' defaults, then MANIFEST.in, then what may not be left out.
//!
//! `include_package_data` takes a wheel's data from this list (setuptools/command/egg_info.py, `manifest_maker.run`).
//! A `*.egg-info/SOURCES.txt` in the tree, which setuptools adds to the list, counts only in an unpacked source distribution:
//! elsewhere it says what an earlier build found, not what the project declares.

use super::glob::{Hidden, Tree, convert, join, split};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::syntax::manifest_in::{self, Command, ManifestLine, Word};
use crate::system::{ReadError, System, normalise};
use crate::text::Sources;
use crate::text::encoding::decode_utf8;

/// The first of these that exists is included.
const READMES: &[&str] = &["README", "README.rst", "README.txt", "README.md"];
/// Version control's directories, pruned wherever they are.
const VERSION_CONTROL: &[&str] = &["RCS", "CVS", ".svn", ".hg", ".git", ".bzr", "_darcs"];

/// A file of the list, and the rule that put it there, for people.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SourceFile {
    pub path: String,
    pub rule: String,
    /// `file:line` of the rule, where it is written down.
    pub place: Option<String>,
}

/// What a build contributes to the list, apart from the tree and MANIFEST.in.
#[derive(Clone, Debug, Default)]
pub struct Contributions {
    /// Modules, package data, data files and scripts: what the build itself reads.
    pub sources: Vec<SourceFile>,
    /// What an unpacked source distribution's SOURCES.txt lists.
    pub recorded: Vec<SourceFile>,
    /// Licence files and files that setup.cfg names with `file:`: MANIFEST.in cannot exclude them.
    pub kept: Vec<SourceFile>,
    /// `name-version` as the sdist has it: a directory of that name is pruned.
    pub full_name: String,
    /// The directory that the build has written by then, when it counts.
    pub egg_info: Option<String>,
    /// Files that pbr adds to its own list; `None` where it makes none.
    pub pbr: Option<Vec<String>>,
}

/// The list, sorted by directory and name, spelled as the patterns spelled it (`./a` is not `a`, as in setuptools).
pub fn source_files(
    tree: &Tree<'_>,
    contributions: &Contributions,
    manifest: &[ManifestLine],
) -> (Vec<SourceFile>, Vec<Diagnostic>) {
    let mut list = FileList {
        tree,
        files: Vec::new(),
        all: None,
        rule: String::new(),
        place: None,
        diagnostics: Vec::new(),
    };
    list.add_defaults(contributions);
    if let Some(files) = &contributions.pbr {
        list.add_defaults_of_pbr(files);
    }
    for line in manifest {
        if !tree.spend(1) {
            break;
        }
        list.place = Some(format!("MANIFEST.in:{}", line.number));
        list.apply(line);
    }
    list.add_all(&contributions.kept);
    list.prune(&contributions.full_name);
    list.files.sort_by(|a, b| split(&a.path).cmp(&split(&b.path)));
    list.files.dedup_by(|later, first| later.path == first.path);
    (list.files, list.diagnostics)
}

/// MANIFEST.in's lines; none when there is no such file. Diagnostics have their places when the file is among the
/// sources, else they name the line in their message.
pub fn manifest(system: &dyn System, sources: &Sources) -> (Vec<ManifestLine>, Vec<Diagnostic>) {
    let unreadable =
        |message: String| (Vec::new(), vec![Diagnostic::general(&codes::UNREADABLE_FILE, message)]);
    let content = match system.read("MANIFEST.in") {
        Ok(content) => content,
        Err(ReadError::NotFound) => return (Vec::new(), Vec::new()),
        Err(error) => return unreadable(format!("`MANIFEST.in` {error}")),
    };
    let text = match decode_utf8(&content) {
        Ok(text) => text,
        Err(error) => return unreadable(format!("`MANIFEST.in` cannot be read: {error}")),
    };
    let known = sources.find("MANIFEST.in");
    let mut scratch = Sources::new();
    let file = known.unwrap_or_else(|| scratch.add("MANIFEST.in", &text));
    let (lines, mut diagnostics) = manifest_in::parse(file, &text);
    if known.is_none() {
        for diagnostic in &mut diagnostics {
            let place = diagnostic.primary.take().map(|label| scratch.place(label.span));
            diagnostic.message = format!("{}: {}", place.unwrap_or_default(), diagnostic.message);
        }
    }
    (lines, diagnostics)
}

struct FileList<'a> {
    tree: &'a Tree<'a>,
    files: Vec<SourceFile>,
    /// Every file of the tree, once a `global-include` asks.
    all: Option<Vec<String>>,
    /// What now adds files.
    rule: String,
    place: Option<String>,
    diagnostics: Vec<Diagnostic>,
}

impl FileList<'_> {
    /// Files that do not exist are dropped.
    fn add(&mut self, paths: Vec<String>) {
        let there = paths.into_iter().filter(|path| self.tree.exists(path));
        self.files.extend(there.map(|path| SourceFile {
            path,
            rule: self.rule.clone(),
            place: self.place.clone(),
        }));
    }

    fn add_all(&mut self, files: &[SourceFile]) {
        self.files.extend(files.iter().filter(|file| self.tree.exists(&file.path)).cloned());
    }

    fn add_default(&mut self, paths: Vec<String>, rule: &str) {
        rule.clone_into(&mut self.rule);
        self.add(paths);
    }

    fn add_defaults(&mut self, contributions: &Contributions) {
        let readme = READMES.iter().find(|name| self.tree.exists(name)).map(|name| (*name).to_owned());
        self.add_default(readme.into_iter().collect(), "the first README");
        for pattern in ["tests/test*.py", "test/test*.py"] {
            let mut found = self.tree.glob(pattern, Hidden::Skip, false);
            found.retain(|path| self.tree.is_file(path));
            self.add_default(found, "test file");
        }
        self.add_default(
            ["setup.py", "setup.cfg", "pyproject.toml", "MANIFEST.in"].map(str::to_owned).to_vec(),
            "always",
        );
        self.add_all(&contributions.sources);
        self.add_all(&contributions.recorded);
        if let Some(directory) = &contributions.egg_info {
            self.add_default(self.tree.find_all(directory), "written by the build");
        }
    }

    /// pbr's own defaults (pbr/_compat/commands.py, `LocalManifestMaker`).
    fn add_defaults_of_pbr(&mut self, files: &[String]) {
        self.add_default(files.to_vec(), "named in `extra_files`");
        self.add_default(["AUTHORS", "ChangeLog"].map(str::to_owned).to_vec(), "always, by pbr");
        for pattern in [".gitignore", ".gitreview", "**/*.pyc"] {
            self.remove(pattern);
        }
    }

    fn apply(&mut self, line: &ManifestLine) {
        match &line.command {
            Command::Include(patterns) => {
                self.each(line, patterns, |list, pattern| list.include(pattern, false));
            }
            Command::Exclude(patterns) => self.each(line, patterns, Self::remove),
            Command::GlobalInclude(patterns) => {
                self.each(line, patterns, |list, pattern| list.global_include(&join("**", pattern)));
            }
            Command::GlobalExclude(patterns) => {
                self.each(line, patterns, |list, pattern| list.remove(&join("**", pattern)));
            }
            Command::RecursiveInclude { directory, patterns } => {
                let below = join(&convert(&directory.text), "**");
                self.each(line, patterns, |list, pattern| list.include(&join(&below, pattern), true));
            }
            Command::RecursiveExclude { directory, patterns } => {
                let below = join(&convert(&directory.text), "**");
                self.each(line, patterns, |list, pattern| list.remove(&join(&below, pattern)));
            }
            Command::Graft(directory) => {
                self.each(line, std::slice::from_ref(directory), |list, pattern| {
                    let found = list.tree.glob(pattern, Hidden::Match, false);
                    let files: Vec<String> = found.iter().flat_map(|path| list.tree.find_all(path)).collect();
                    list.extend(files)
                });
            }
            Command::Prune(directory) => {
                self.each(line, std::slice::from_ref(directory), |list, pattern| {
                    list.remove(&join(pattern, "**"))
                });
            }
        }
    }

    /// Applies a command to each pattern. A pattern that leads outside is reported: setuptools would look there.
    fn each(
        &mut self,
        line: &ManifestLine,
        patterns: &[Word],
        mut apply: impl FnMut(&mut Self, &str) -> bool,
    ) {
        for word in patterns {
            self.rule = line.with_patterns(std::slice::from_ref(word));
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
        let found = match self.tree.path_pattern(pattern, all.len()) {
            Some(pattern) => all.iter().filter(|path| pattern.matches(path)).cloned().collect(),
            None => Vec::new(),
        };
        self.extend(found)
    }

    fn remove(&mut self, pattern: &str) -> bool {
        let before = self.files.len();
        if let Some(pattern) = self.tree.path_pattern(pattern, before) {
            self.files.retain(|file| !pattern.matches(&file.path));
        }
        self.files.len() < before
    }

    fn prune(&mut self, full_name: &str) {
        let below = |path: &str, directory: &str| {
            path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'))
        };
        self.files.retain(|SourceFile { path, .. }| {
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

    fn listed(template: &str) -> Vec<SourceFile> {
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
        let file = |path: &str| SourceFile { path: path.to_owned(), rule: String::new(), place: None };
        let contributions = Contributions {
            sources: vec![file("p/__init__.py"), file("gone.py")],
            recorded: Vec::new(),
            kept: vec![file("LICENSE")],
            full_name: "a-1".into(),
            egg_info: None,
            pbr: None,
        };
        source_files(&Tree::new(&memory), &contributions, &lines).0
    }

    fn list(template: &str) -> Vec<String> {
        listed(template).into_iter().map(|file| file.path).collect()
    }

    #[test]
    fn each_file_names_the_rule_that_brought_it_first() {
        let rule = |template: &str, path: &str| {
            listed(template)
                .into_iter()
                .find(|file| file.path == path)
                .map(|file| format!("{} {}", file.place.unwrap_or_default(), file.rule))
                .unwrap_or_default()
        };
        let template = "# c\ninclude x \\\n docs/*.rst\nrecursive-include docs *\n";
        assert_eq!(rule(template, "docs/x.rst"), "MANIFEST.in:2 include docs/*.rst");
        assert_eq!(rule(template, "docs/sub/y.rst"), "MANIFEST.in:4 recursive-include docs *");
        assert_eq!(rule("graft .\ngraft tests", "tests/test_a.py"), " test file");
        assert_eq!(rule("", "README"), " the first README");
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
