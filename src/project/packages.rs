//! Packages and modules: where they stand, and which there are when setup() names none (setuptools/discovery.py).

use super::glob::{Hidden, Tree, convert, fnmatch, join};
use super::{FieldValue, Metadata};
use crate::packaging::entry_point::is_identifier;
use crate::system::Kind;

/// Directories that are never a package of a flat layout, each with everything below it.
const NOT_PACKAGES: &[&str] = &[
    "ci",
    "bin",
    "debian",
    "doc",
    "docs",
    "documentation",
    "manpages",
    "news",
    "newsfragments",
    "changelog",
    "test",
    "tests",
    "unit_test",
    "unit_tests",
    "example",
    "examples",
    "scripts",
    "tools",
    "util",
    "utils",
    "python",
    "build",
    "dist",
    "venv",
    "env",
    "requirements",
    "tasks",
    "fabfile",
    "site_scons",
    "benchmark",
    "benchmarks",
    "exercise",
    "exercises",
    "htmlcov",
    "[._]*",
];

/// Files that are never a module of a flat layout.
const NOT_MODULES: &[&str] = &[
    "setup",
    "conftest",
    "test",
    "tests",
    "example",
    "examples",
    "build",
    "toxfile",
    "noxfile",
    "pavement",
    "dodo",
    "tasks",
    "fabfile",
    "[Ss][Cc]onstruct",
    "conanfile",
    "manage",
    "benchmark",
    "benchmarks",
    "exercise",
    "exercises",
    "[._]*",
];

/// The packages and modules of a project, and where they stand.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Layout {
    pub packages: Vec<String>,
    pub modules: Vec<String>,
    /// Package to directory, `""` for the root of all, as `package_dir` has it.
    pub directories: Vec<(String, String)>,
    /// How they were found, when setup() does not say: for people.
    pub discovered: Option<&'static str>,
}

/// A flat layout with several top-level packages or modules: setuptools refuses to guess, and so do we.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ambiguous {
    /// `packages` or `modules`.
    pub what: &'static str,
    pub names: Vec<String>,
}

impl Layout {
    /// What the fields say, or what discovery finds when neither packages nor modules nor extensions are given.
    /// The fields must be known.
    pub fn of(metadata: &Metadata, tree: &Tree<'_>) -> Result<Self, Ambiguous> {
        let list = |name| metadata.list(name).unwrap_or_default().to_vec();
        let directories = metadata.text_map("package_dir").unwrap_or_default().to_vec();
        let given = |name| matches!(metadata.known(name), Ok(Some((FieldValue::List(_), _))));
        if given("packages") || given("py_modules") || given("ext_modules") {
            return Ok(Self {
                packages: list("packages"),
                modules: list("py_modules"),
                directories,
                discovered: None,
            });
        }
        discover(tree, directories)
    }

    /// The directory of a package, spelled as setuptools' build_py joins it; `""` is the root.
    pub fn directory(&self, package: &str) -> String {
        package_directory(&self.directories, package)
    }

    /// The name for a project that has none: its only package or module, or the package that holds all others.
    pub fn name(&self, tree: &Tree<'_>) -> Option<String> {
        for names in [&self.packages, &self.modules] {
            if let [only] = names.as_slice() {
                return Some(only.clone());
            }
        }
        let mut packages: Vec<&String> = self.packages.iter().filter(|name| !is_stub(name)).collect();
        packages.sort_by_key(|name| name.chars().count());
        let holds_rest = |(index, name): &(usize, &&String)| {
            packages[index + 1..].iter().all(|other| other.starts_with(&format!("{name}.")))
        };
        packages
            .iter()
            .enumerate()
            .take_while(holds_rest)
            .map(|(_, name)| (*name).clone())
            .find(|name| tree.is_file(&join(&self.directory(name), "__init__.py")))
    }
}

/// `build_py.get_package_dir`: the directory of the longest prefix that `package_dir` names, or of `""`, and the rest.
pub fn package_directory(directories: &[(String, String)], package: &str) -> String {
    let find =
        |name: &str| directories.iter().rev().find(|(key, _)| key == name).map(|(_, path)| convert(path));
    let parts: Vec<&str> = package.split('.').collect();
    for known in (1..=parts.len()).rev() {
        if let Some(path) = find(&parts[..known].join(".")) {
            return parts[known..].iter().fold(path, |path, part| join(&path, part));
        }
    }
    let root = find("").unwrap_or_default();
    parts.iter().fold(root, |path, part| join(&path, part))
}

fn is_stub(package: &str) -> bool {
    package.split('.').next().is_some_and(|top| top.ends_with("-stubs"))
}

/// `setuptools.find_packages` (and, with `namespaces`, `find_namespace_packages`), sorted directory by directory.
pub fn find_packages<S: AsRef<str>>(
    tree: &Tree<'_>,
    root: &str,
    include: &[S],
    exclude: &[S],
    namespaces: bool,
) -> Vec<String> {
    let include: Vec<&str> = include.iter().map(AsRef::as_ref).collect();
    let mut exclude: Vec<&str> = exclude.iter().map(AsRef::as_ref).collect();
    exclude.extend(["ez_setup", "*__pycache__"]);
    let root = convert(root);
    let looks = |path: &str, _: &str| namespaces || tree.is_file(&join(path, "__init__.py"));
    let mut finder = Finder { tree, include: &include, exclude: &exclude, looks: &looks, found: Vec::new() };
    finder.walk(&root, "", 0);
    finder.found
}

struct Finder<'a> {
    tree: &'a Tree<'a>,
    include: &'a [&'a str],
    exclude: &'a [&'a str],
    /// Whether a directory, given as path and dotted name, looks like a package.
    looks: &'a dyn Fn(&str, &str) -> bool,
    found: Vec<String>,
}

impl Finder<'_> {
    fn walk(&mut self, directory: &str, prefix: &str, depth: usize) {
        // Package names of this depth do not exist; links may loop.
        if depth > 64 {
            return;
        }
        let mut below = Vec::new();
        for (name, kind) in self.tree.list(directory).iter() {
            let path = join(directory, name);
            let package = format!("{prefix}{name}");
            if *kind != Kind::Directory || name.contains('.') || !(self.looks)(&path, &package) {
                continue;
            }
            let any = |patterns: &[&str]| patterns.iter().any(|pattern| fnmatch(&package, pattern));
            if any(self.include) && !any(self.exclude) {
                self.found.push(package.clone());
            }
            let pruned =
                |pattern: &&str| *pattern == format!("{package}*") || *pattern == format!("{package}.*");
            if !self.exclude.iter().any(pruned) {
                below.push((path, package));
            }
        }
        for (path, package) in below {
            self.walk(&path, &format!("{package}."), depth + 1);
        }
    }
}

/// The modules directly in a directory.
fn find_modules(tree: &Tree<'_>, directory: &str, exclude: &[&str]) -> Vec<String> {
    let files = tree.glob(&join(directory, "*.py"), Hidden::Skip, false);
    let modules = files.iter().filter_map(|path| super::glob::split(path).1.strip_suffix(".py"));
    modules
        .filter(|module| is_identifier(module) && !exclude.iter().any(|pattern| fnmatch(module, pattern)))
        .map(str::to_owned)
        .collect()
}

fn discover(tree: &Tree<'_>, mut directories: Vec<(String, String)>) -> Result<Layout, Ambiguous> {
    let everything: [&str; 1] = ["*"];
    let named: Vec<_> = directories.iter().filter(|(package, _)| !package.is_empty()).cloned().collect();
    if !named.is_empty() {
        let mut packages = Vec::new();
        for (package, directory) in named {
            let nested = find_packages(tree, &directory, &everything, &[], true);
            packages.push(package.clone());
            packages.extend(nested.iter().map(|name| format!("{package}.{name}")));
        }
        return Ok(Layout { packages, modules: Vec::new(), directories, discovered: Some("package_dir") });
    }
    let source =
        directories.iter().find(|(package, _)| package.is_empty()).map_or("src", |(_, path)| path).to_owned();
    if tree.is_directory(&source) {
        if directories.is_empty() {
            directories.push((String::new(), source.clone()));
        }
        let packages = find_packages(tree, &source, &everything, &[], true);
        let modules = find_modules(tree, &source, &[]);
        return Ok(Layout { packages, modules, directories, discovered: Some("src layout") });
    }
    let packages = flat_packages(tree);
    let mut top: Vec<&String> = packages.iter().filter(|name| !is_stub(name)).collect();
    top.retain(|name| {
        !packages.iter().any(|other| !is_stub(other) && name.starts_with(&format!("{other}.")))
    });
    if top.len() > 1 {
        return Err(Ambiguous { what: "packages", names: top.into_iter().cloned().collect() });
    }
    if top.len() == 1 {
        return Ok(Layout { packages, modules: Vec::new(), directories, discovered: Some("flat layout") });
    }
    let modules = find_modules(tree, "", NOT_MODULES);
    if modules.len() > 1 {
        return Err(Ambiguous { what: "modules", names: modules });
    }
    Ok(Layout { packages, modules, directories, discovered: Some("single module") })
}

fn flat_packages(tree: &Tree<'_>) -> Vec<String> {
    let below: Vec<String> = NOT_PACKAGES.iter().map(|name| format!("{name}.*")).collect();
    let mut exclude: Vec<&str> = vec!["ez_setup", "*__pycache__"];
    exclude.extend(NOT_PACKAGES);
    exclude.extend(below.iter().map(String::as_str));
    let looks = |_: &str, package: &str| {
        let mut parts = package.split('.');
        let top = parts.next().unwrap_or("");
        (is_identifier(top) || top.ends_with("-stubs")) && parts.all(is_identifier)
    };
    let mut finder = Finder { tree, include: &["*"], exclude: &exclude, looks: &looks, found: Vec::new() };
    finder.walk("", "", 0);
    finder.found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;

    #[test]
    fn find_packages_is_setuptools() {
        let memory = Memory::new()
            .with("p/__init__.py", "")
            .with("p/q/__init__.py", "")
            .with("p/data/x.txt", "")
            .with("tests/__init__.py", "")
            .with("tests/x/__init__.py", "")
            .with("ez_setup/__init__.py", "")
            .with("a.b/__init__.py", "");
        let tree = Tree::new(&memory);
        let find = |exclude: &[&str], namespaces| find_packages(&tree, ".", &["*"], exclude, namespaces);
        assert_eq!(find(&[], false), ["p", "tests", "p.q", "tests.x"]);
        assert_eq!(find(&["tests"], false), ["p", "p.q", "tests.x"], "an excluded package is still entered");
        assert_eq!(find(&["tests*"], false), ["p", "p.q"]);
        assert_eq!(find(&["tests*"], true), ["p", "p.data", "p.q"]);
    }

    #[test]
    fn directories_follow_the_longest_prefix() {
        let map = [(String::new(), "src".to_owned()), ("a.b".to_owned(), "lib/b/".to_owned())];
        assert_eq!(package_directory(&map, "x.y"), "src/x/y");
        assert_eq!(package_directory(&map, "a.b.c"), "lib/b/c");
        assert_eq!(package_directory(&[], "x.y"), "x/y");
        assert_eq!(
            package_directory(&[(String::new(), ".".to_owned())], "x"),
            "./x",
            "as setuptools spells it"
        );
        assert_eq!(package_directory(&map, ""), "src");
    }

    #[test]
    fn layouts_are_discovered() {
        let none = Metadata::default();
        let flat = Memory::new().with("p/__init__.py", "").with("tests/t.py", "").with("setup.py", "");
        let tree = Tree::new(&flat);
        let layout = Layout::of(&none, &tree).unwrap();
        assert_eq!(
            (layout.packages.clone(), layout.name(&tree)),
            (vec!["p".to_owned()], Some("p".to_owned()))
        );
        let source = Memory::new().with("src/p/x/a.py", "").with("src/m.py", "");
        let layout = Layout::of(&none, &Tree::new(&source)).unwrap();
        assert_eq!((layout.packages.len(), layout.modules.as_slice()), (2, ["m".to_owned()].as_slice()));
        assert_eq!(layout.directory("p"), "src/p");
        let module = Memory::new().with("m.py", "").with("setup.py", "");
        assert_eq!(Layout::of(&none, &Tree::new(&module)).unwrap().modules, ["m"]);
        let two = Memory::new().with("a/x.py", "").with("b/x.py", "");
        assert_eq!(Layout::of(&none, &Tree::new(&two)).unwrap_err().names, ["a", "b"]);
    }
}
