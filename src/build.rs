//! Wheels and source distributions, from a project that was read.
//!
//! The result equals what setuptools 84.2.1 builds, the generator's name in `WHEEL` and the files' times aside; what
//! cannot be built so is refused with the reason.

use crate::diagnostic::Code;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes;
use crate::project::Metadata;
pub use crate::project::WheelOptions;
use crate::project::packages::Layout;
use crate::system::System;
use crate::text::Sources;

mod collect;
mod declared;
mod dist_info;
mod egg_info;
mod names;
mod preview;
mod scripts;
mod sdist;
mod wheel;

/// A file of an artifact, and why it is there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ListedFile {
    pub path: String,
    /// The project's file that it was made from; `None` for what was generated.
    pub source: Option<String>,
    /// The rule that put it there, for people: "module of package `x`".
    pub rule: String,
    /// `file:line` of the rule, where it is written down.
    pub place: Option<String>,
    /// In bytes.
    pub size: u64,
}

/// A wheel in memory.
#[derive(Clone, Debug)]
pub struct BuiltWheel {
    pub file_name: String,
    pub content: Vec<u8>,
    /// Of `content`, in hexadecimal.
    pub sha256: String,
    /// In the archive's order.
    pub files: Vec<ListedFile>,
    /// `py3-none-any`, or several joined by dots as the file name has them.
    pub tag: String,
    /// The text of METADATA.
    pub metadata: String,
    pub warnings: Vec<Diagnostic>,
}

/// A source distribution in memory.
#[derive(Clone, Debug)]
pub struct BuiltSdist {
    pub file_name: String,
    pub content: Vec<u8>,
    /// Of `content`, in hexadecimal.
    pub sha256: String,
    /// In the archive's order, below its root directory.
    pub files: Vec<ListedFile>,
    pub warnings: Vec<Diagnostic>,
}

/// What builds of a project would take and say.
#[derive(Clone, Debug, Default)]
pub struct Preview {
    /// The wheel's files, each with the project's file that it is made from; `None` when that cannot be known.
    pub wheel: Option<Vec<(String, String)>>,
    /// The project's files in the source distribution.
    pub sdist: Option<Vec<String>>,
    /// The licence files.
    pub licenses: Vec<String>,
    /// Where the packages stand.
    pub layout: Option<Layout>,
    pub said: Vec<Diagnostic>,
}

/// Finds out what builds would take and say; no file is copied, and few are read.
pub fn preview(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
) -> Preview {
    preview::preview(metadata, system, sources, options)
}

/// What a source distribution is made with beside the project.
#[derive(Clone, Debug, Default)]
pub struct SdistOptions<'a> {
    /// The time of every entry, in seconds since 1970 (`SOURCE_DATE_EPOCH`); 1980-01-01 when left out.
    pub modified: Option<u64>,
    /// What other Pythons make of the project: their files go in too.
    pub others: Vec<&'a Metadata>,
}

/// Builds the source distribution of a project; nothing when anything it needs is unknown, missing or not spx's job.
pub fn sdist(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
    sdist: &SdistOptions<'_>,
) -> Result<BuiltSdist, Vec<Diagnostic>> {
    sdist::build(metadata, &options.tree(system), sources, options, sdist)
}

/// Builds the wheel of a project; nothing when anything it needs is unknown, missing or not spx's job.
pub fn wheel(
    metadata: &Metadata,
    system: &dyn System,
    sources: &Sources,
    options: &WheelOptions,
) -> Result<BuiltWheel, Vec<Diagnostic>> {
    wheel::build(metadata, &options.tree(system), sources, options)
}

/// Why no wheel can be made of a project with compiled code, whatever else it does.
pub fn native_code(metadata: &Metadata) -> Option<Diagnostic> {
    wheel::native_code(metadata)
}

/// Places that a diagnostic shows of a value's way, the first and the last with them.
const MAX_TRAIL: usize = 6;

/// Fields that no file of a wheel depends on.
const WITHOUT_EFFECT: &[&str] = &["setup_requires", "tests_require", "test_suite"];

/// One diagnostic for each field that the artifact needs and that cannot be known.
fn unknown_fields(metadata: &Metadata, why: &str) -> Vec<Diagnostic> {
    let needed = metadata.iter().filter(|(name, _)| !WITHOUT_EFFECT.contains(name));
    needed
        .filter_map(|(name, _)| {
            let unknown = metadata.known(name).err()?;
            let origin = metadata.origin(name).unwrap_or(unknown.span);
            let message = format!("`{name}` cannot be known without running setup.py: {}", unknown.reason);
            let mut diagnostic = Diagnostic::new(&codes::UNKNOWN_FIELD, origin, message).here(why);
            let mut shown = vec![origin, unknown.span];
            for place in &unknown.trail {
                // Nested places say the same thing twice, and their underlines would run into each other.
                if shown.len() < MAX_TRAIL && !shown.iter().any(|span| span.overlaps(place.span)) {
                    shown.push(place.span);
                    let text = if place.text.is_empty() { "through here" } else { &place.text };
                    diagnostic = diagnostic.label(place.span, text);
                }
            }
            if unknown.span != origin {
                diagnostic = diagnostic.label(unknown.span, "this is not known");
            }
            let help = if unknown.is_by_target() {
                "build for one target with `--python` and `--platform`".to_owned()
            } else {
                format!("give `{name}` a value that stands in the project's own files")
            };
            Some(diagnostic.help(help))
        })
        .collect()
}

/// A diagnostic at the argument that sets a field, if one does.
fn at(metadata: &Metadata, field: &str, code: &'static Code, message: impl Into<String>) -> Diagnostic {
    match metadata.origin(field) {
        Some(span) => Diagnostic::new(code, span, message),
        None => Diagnostic::general(code, message),
    }
}

/// `file:line` of the argument or option that sets a field, if one does.
fn place(metadata: &Metadata, sources: &Sources, field: &str) -> Option<String> {
    let place = sources.place(metadata.origin(field)?);
    let (place, _column) = place.rsplit_once(':')?;
    (!place.starts_with(':')).then(|| place.to_owned())
}

/// In hexadecimal.
fn sha256(content: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A known text field.
fn text<'a>(metadata: &'a Metadata, field: &str) -> Option<&'a str> {
    metadata.text(field).ok().flatten()
}

/// A known list, empty when unset.
fn list<'a>(metadata: &'a Metadata, field: &str) -> &'a [String] {
    metadata.list(field).unwrap_or_default()
}

/// A known map to lists, empty when unset.
fn list_map<'a>(metadata: &'a Metadata, field: &str) -> &'a [(String, Vec<String>)] {
    metadata.list_map(field).unwrap_or_default()
}

/// Whether a field comes from setup.cfg or pyproject.toml, which setuptools calls static.
fn is_static(metadata: &Metadata, sources: &Sources, field: &str) -> bool {
    metadata.origin(field).is_some_and(|span| {
        let path = sources.path(span.file);
        path == "setup.cfg" || path == "pyproject.toml"
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::{CheckedWheel, Limits, open_wheel};
    use crate::packaging::Python;
    use crate::project::{Field, FieldValue, Unknown};
    use crate::system::Memory;
    use crate::text::Span;

    /// A project made by hand; every field stands in setup.py.
    struct Project {
        sources: Sources,
        metadata: Metadata,
        tree: Memory,
        options: WheelOptions,
    }

    fn words(text: &str) -> Vec<String> {
        text.split_whitespace().map(str::to_owned).collect()
    }

    impl Project {
        fn new(files: &[&str]) -> Self {
            let mut sources = Sources::new();
            sources.add("setup.py", "setup()\n");
            let mut tree = Memory::new().with("setup.py", "setup()\n");
            for path in files {
                tree.insert(path, format!("# {path}\n").into_bytes(), false);
            }
            let project =
                Self { sources, metadata: Metadata::default(), tree, options: WheelOptions::default() };
            project
                .set("name", FieldValue::Text("Demo.Project".into()))
                .set("version", FieldValue::Text("1.0".into()))
        }

        fn span(&self) -> Span {
            Span::new(self.sources.find("setup.py").unwrap(), 0, 5)
        }

        fn set(mut self, name: &str, value: FieldValue) -> Self {
            let origin = self.span();
            self.metadata.set(name, Field::Known { value, origin, trail: Vec::new() });
            self
        }

        fn list(self, name: &str, items: &str) -> Self {
            self.set(name, FieldValue::List(words(items)))
        }

        fn map(self, name: &str, items: &[(&str, &str)]) -> Self {
            let map: Vec<_> = items.iter().map(|(key, value)| ((*key).to_owned(), words(value))).collect();
            let value = if name == "data_files" { FieldValue::Files(map) } else { FieldValue::ListMap(map) };
            self.set(name, value)
        }

        fn file(mut self, path: &str, content: &str, executable: bool) -> Self {
            self.tree.insert(path, content.into(), executable);
            self
        }

        fn build(&self) -> Result<BuiltWheel, Vec<Diagnostic>> {
            wheel(&self.metadata, &self.tree, &self.sources, &self.options)
        }

        /// The wheel, once the checked reader has taken it.
        fn checked(&self) -> (BuiltWheel, CheckedWheel) {
            let built = self.build().unwrap();
            let checked = open_wheel(&built.file_name, built.content.clone(), &Limits::default()).unwrap();
            let listed: Vec<_> = built.files.iter().map(|file| (file.path.as_str(), file.size)).collect();
            let held: Vec<_> =
                checked.members.iter().map(|member| (member.name.as_str(), member.size)).collect();
            assert_eq!(listed, held, "the report lists what the wheel holds");
            (built, checked)
        }

        /// The wheel's files apart from `.dist-info`.
        fn files(&self) -> Vec<String> {
            let paths = self.checked().0.files.into_iter().map(|file| file.path);
            paths.filter(|path| !path.contains(".dist-info/")).collect()
        }

        fn codes(&self) -> Vec<&'static str> {
            self.build().unwrap_err().into_iter().map(|diagnostic| diagnostic.code.name).collect()
        }
    }

    fn read(wheel: &CheckedWheel, path: &str) -> String {
        String::from_utf8(wheel.read(wheel.member(path).unwrap()).unwrap()).unwrap()
    }

    #[test]
    fn a_plain_package_gives_setuptools_layout() {
        let project =
            Project::new(&["p/__init__.py", "p/z.py", "p/q/__init__.py", "p/py.typed", "LICENSE", "p/.h.py"])
                .list("packages", "p p.q")
                .map("entry_points", &[("console_scripts", "")]);
        let (built, checked) = project.checked();
        assert_eq!(built.file_name, "demo_project-1.0-py3-none-any.whl");
        let paths: Vec<&str> = built.files.iter().map(|file| file.path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "demo_project-1.0.dist-info/licenses/LICENSE",
                "p/__init__.py",
                "p/py.typed",
                "p/z.py",
                "p/q/__init__.py",
                "demo_project-1.0.dist-info/METADATA",
                "demo_project-1.0.dist-info/WHEEL",
                "demo_project-1.0.dist-info/top_level.txt",
                "demo_project-1.0.dist-info/RECORD",
            ]
        );
        assert_eq!(
            checked.metadata,
            "Metadata-Version: 2.4\nName: Demo.Project\nVersion: 1.0\nLicense-File: LICENSE\nDynamic: license-file\n"
        );
        assert_eq!(project.build().unwrap().content, built.content, "the same bytes each time");
        assert_eq!(built.sha256.len(), 64);
    }

    /// What setuptools 84.2.1 wrote for the same arguments.
    #[test]
    fn metadata_is_that_of_setuptools() {
        let text = |text: &str| FieldValue::Text(text.to_owned());
        let project = Project::new(&["m.py", "LICENSE.txt", "AUTHORS", "NOTICE~", "licence.txt"])
            .list("py_modules", "m")
            .set("description", text("one\n two"))
            .set("long_description", text("L\r\nx"))
            .set("author", text("Å"))
            .set("maintainer_email", text(""))
            .set("license", text("MIT\nmore\n"))
            .set("url", text("u"))
            .set("download_url", text("d"))
            .list("keywords", "a b,c")
            .list("platforms", "any x")
            .list("classifiers", "B A")
            .list("requires", "rq")
            .set(
                "project_urls",
                FieldValue::TextMap(vec![("Z".into(), "z".into()), ("A".into(), "a".into())]),
            )
            .set("python_requires", text(">=2.7, !=3.0.*"))
            .list("install_requires", "z>=1.0,<2;python_version<\"3\" y[b,a]")
            .map("extras_require", &[("B_x", "q>1,<2"), (":os_name==\"a\"", "w"), ("e", "")]);
        let wanted = "Metadata-Version: 2.4\nName: Demo.Project\nVersion: 1.0\nSummary: one\nHome-page: u\nDownload-URL: d\n\
            Author: Å\nMaintainer-email: \nLicense: MIT\n        more\n        \nProject-URL: Z, z\nProject-URL: A, a\n\
            Keywords: a,b,c\nPlatform: any\nPlatform: x\nClassifier: B\nClassifier: A\nRequires: rq\n\
            Requires-Python: >=2.7, !=3.0.*\nLicense-File: LICENSE.txt\nLicense-File: AUTHORS\n\
            Requires-Dist: z<2,>=1.0; python_version < \"3\"\nRequires-Dist: y[a,b]\nProvides-Extra: b-x\n\
            Requires-Dist: q<2,>1; extra == \"b-x\"\nRequires-Dist: w; os_name == \"a\"\nProvides-Extra: e\n\
            Dynamic: author\nDynamic: classifier\nDynamic: description\nDynamic: download-url\nDynamic: home-page\n\
            Dynamic: keywords\nDynamic: license\nDynamic: license-file\nDynamic: platform\nDynamic: project-url\n\
            Dynamic: provides-extra\nDynamic: requires\nDynamic: requires-dist\nDynamic: requires-python\n\
            Dynamic: summary\n\nL\r\nx\n";
        assert_eq!(project.checked().1.metadata, wanted);
        let mut project = project;
        let file = project.sources.add("setup.cfg", "[options]\n");
        let origin = Span::new(file, 0, 1);
        let value = text(">=2.7, !=3.0.*");
        project.metadata.set("python_requires", Field::Known { value, origin, trail: Vec::new() });
        let metadata = project.checked().1.metadata;
        assert!(metadata.contains("Requires-Python: !=3.0.*,>=2.7\n"), "setup.cfg's is parsed: {metadata}");
        assert!(!metadata.contains("Dynamic: requires-python"), "and static");
    }

    #[test]
    fn data_follows_patterns_and_manifest() {
        let files = [
            "p/__init__.py",
            "p/a.txt",
            "p/no.txt",
            "p/d/x.dat",
            "p/d/.x.dat",
            "p/sub/m.py",
            "other/o.x",
            "MANIFEST.in",
        ];
        let by_pattern = Project::new(&files)
            .list("packages", "p")
            .map("package_data", &[("", "*.txt"), ("p", "d/* ../other/*.x")])
            .map("exclude_package_data", &[("p", "no.*")])
            .file("p/a.txt", "", true);
        assert_eq!(by_pattern.files(), ["other/o.x", "p/__init__.py", "p/a.txt", "p/d/x.dat"]);
        assert!(by_pattern.checked().1.member("p/a.txt").unwrap().executable);
        let by_manifest = Project::new(&files)
            .list("packages", "p")
            .set("include_package_data", FieldValue::Bool(true))
            .file("MANIFEST.in", "graft p\nexclude p/no.txt\nbogus\n", false);
        assert_eq!(
            by_manifest.files(),
            ["p/__init__.py", "p/a.txt", "p/d/.x.dat", "p/d/x.dat", "p/sub/m.py"]
        );
        let warnings: Vec<_> =
            by_manifest.build().unwrap().warnings.into_iter().map(|d| d.code.name).collect();
        assert_eq!(warnings, ["skipped-manifest-line", "unlisted-package"]);
    }

    #[test]
    fn scripts_and_data_files_go_to_the_data_directory() {
        let project = Project::new(&["d/x", "d/y"])
            .list("packages", "")
            .list("scripts", "bin/run")
            .file("bin/run", "#!/usr/bin/python2\nx\n", false)
            .map("data_files", &[("etc", "d/x"), ("", "d/y"), ("/abs", "d/y")]);
        let (_, checked) = project.checked();
        assert_eq!(read(&checked, "demo_project-1.0.data/scripts/run"), "#!python\nx\n");
        assert!(checked.member("demo_project-1.0.data/scripts/run").unwrap().executable);
        let mut project = project;
        let files = project.files();
        assert_eq!(files[0], "abs/y");
        assert_eq!(&files[1..3], ["demo_project-1.0.data/data/y", "demo_project-1.0.data/data/etc/x"]);
        project.options.data_files_in_library = true;
        assert_eq!(project.files(), ["y", "abs/y", "demo_project-1.0.data/scripts/run", "etc/x"]);
    }

    #[test]
    fn tags_and_versions() {
        let project = Project::new(&["m.py"]).list("py_modules", "m");
        let universal = project.set("universal", FieldValue::Bool(true));
        let (built, checked) = universal.checked();
        assert_eq!(built.tag, "py2.py3-none-any");
        let wheel = read(&checked, "demo_project-1.0.dist-info/WHEEL");
        assert!(
            wheel.ends_with("Root-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n\n"),
            "{wheel}"
        );
        let mut tagged = Project::new(&["m.py"])
            .list("py_modules", "m")
            .set("version", FieldValue::Text("v1.0-1+Ubuntu-2".into()));
        tagged.options.build_number = Some("3".into());
        tagged.options.python_tag = Some("py37.py36".into());
        tagged.options.plat_name = Some("Linux-x86.64".into());
        assert_eq!(
            tagged.checked().0.file_name,
            "demo_project-1.0.post1+ubuntu.2-3-py37.py36-none-linux_x86_64.whl"
        );
        tagged.options.tag_build = Some(" !".into());
        assert_eq!(tagged.codes(), ["invalid-version"]);
    }

    #[test]
    fn namespace_packages_need_a_python() {
        let declare = "__import__('pkg_resources').declare_namespace(__name__)\n";
        let mut project = Project::new(&["n/p/__init__.py"])
            .list("packages", "n n.p")
            .list("namespace_packages", "n")
            .file("n/__init__.py", declare, false);
        assert_eq!(project.codes(), ["unknown-field"]);
        project.options.python = Some(Python::new(3, 11));
        assert_eq!(project.files(), ["Demo.Project-1.0-py3.11-nspkg.pth", "n/p/__init__.py"]);
    }

    #[test]
    fn what_cannot_be_built_is_refused_by_name() {
        let project = || Project::new(&["p/__init__.py", "bin/demo.py", "m.py"]);
        let text = |text: &str| FieldValue::Text(text.to_owned());
        for (project, code) in [
            (project().list("ext_modules", "p._x"), "native-code"),
            (project().list("packages", "p gone"), "missing-package"),
            (project().list("packages", "m.py"), "missing-package"),
            (project().list("packages", "p").list("scripts", "bin/demo"), "missing-script"),
            (project().list("packages", "p").list("scripts", "../x"), "outside-project"),
            (project().list("packages", "p").map("data_files", &[("../up", "m.py")]), "outside-project"),
            (project().list("packages", "p").map("data_files", &[("x", "/etc/passwd")]), "outside-project"),
            (project().list("packages", "p").map("data_files", &[("x", "gone")]), "missing-data-file"),
            (project().list("packages", "p").map("package_data", &[("p", "../../../*")]), "outside-project"),
            (
                project()
                    .list("packages", "p")
                    .set("package_dir", FieldValue::TextMap(vec![("p".into(), "..".into())])),
                "outside-project",
            ),
            (project().list("packages", "p").list("license_files", "../../*"), "outside-project"),
            (project().list("packages", "p").list("install_requires", "a=1"), "invalid-requirement"),
            (
                project().list("packages", "p").map("extras_require", &[("x:nonsense", "a")]),
                "invalid-requirement",
            ),
            (project().list("packages", "p").set("python_requires", text("3")), "invalid-requirement"),
            (project().list("packages", "p").set("version", text("one")), "invalid-version"),
            (project().list("packages", "p").set("name", text("-x")), "invalid-metadata"),
            (project().list("packages", "p").set("author", text("a\nRequires-Dist: b")), "invalid-metadata"),
            (
                project().list("packages", "p").map("entry_points", &[("console_scripts", "x=a:b;c")]),
                "invalid-entry-point",
            ),
            (project().list("packages", "p").list("scripts", "e").file("e", "", false), "invalid-script"),
            (
                project()
                    .list("packages", "p")
                    .list("scripts", "a/s b/s")
                    .file("a/s", "1", false)
                    .file("b/s", "2", false),
                "conflicting-files",
            ),
            (Project::new(&["a/x.py", "b/x.py"]), "ambiguous-discovery"),
        ] {
            assert_eq!(project.codes(), [code]);
        }
        let errors = project().list("packages", "p").list("scripts", "bin/demo").build().unwrap_err();
        assert_eq!(errors[0].message, "script `bin/demo` is not in the project");
        assert_eq!(errors[0].help, ["did you mean `bin/demo.py`?"]);
        assert_eq!(errors[0].primary.as_ref().map(|label| label.span), Some(project().span()));
    }

    #[test]
    fn an_unknown_field_says_where_knowledge_was_lost() {
        let mut project = Project::new(&["m.py"]).list("py_modules", "m");
        let lost = Span::new(project.sources.find("setup.py").unwrap(), 5, 7);
        let unknown = Unknown { reason: "it depends on the clock".into(), span: lost, trail: Vec::new() };
        project.metadata.set("version", Field::Unknown { origin: project.span(), unknown: unknown.clone() });
        project.metadata.set("tests_require", Field::Unknown { origin: project.span(), unknown });
        let errors = project.build().unwrap_err();
        assert_eq!(errors.len(), 1, "tests_require has no part in a wheel");
        assert_eq!(
            errors[0].message,
            "`version` cannot be known without running setup.py: it depends on the clock"
        );
        assert_eq!(errors[0].secondary[0].span, lost);
    }

    #[test]
    fn a_missing_module_is_a_warning() {
        let project = Project::new(&["m.py"]).list("py_modules", "m gone");
        let (built, checked) = project.checked();
        assert_eq!(built.warnings[0].code.name, "missing-module");
        assert_eq!(read(&checked, "demo_project-1.0.dist-info/top_level.txt"), "gone\nm\n");
    }
}
