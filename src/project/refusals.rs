//! Why an artifact cannot be built without running code: commands that the project replaces, arguments of plug-ins.

use super::command_class::Replacement;
use super::from_setup::Special;
use super::variants::Variant;
use crate::diagnostic::{Diagnostic, codes};

/// What is to be built.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Artifact {
    Wheel,
    Sdist,
}

/// Commands that always take part when a wheel is built; replacing others changes nothing in it.
const WHEEL: &[&str] = &[
    "bdist_wheel",
    "build",
    "build_py",
    "dist_info",
    "egg_info",
    "install",
    "install_egg_info",
    "install_lib",
    "install_scripts",
];

/// Commands that take part in a wheel when a field gives them something to do.
const WHEEL_WITH: &[(&str, &str)] =
    &[("build_ext", "ext_modules"), ("build_scripts", "scripts"), ("install_data", "data_files")];

/// Commands that take part when a source distribution is made: they write it, or are asked for their source files.
const SDIST: &[&str] = &["build", "build_py", "egg_info", "sdist"];
const SDIST_WITH: &[(&str, &str)] = &[("build_ext", "ext_modules"), ("build_scripts", "scripts")];

impl Variant {
    /// One diagnostic for each argument that lets code take part in making the artifact.
    pub fn refusals(&self, artifact: Artifact) -> Vec<Diagnostic> {
        let refused = self.special.iter().filter_map(|special| self.refusal(special, artifact));
        refused.collect()
    }

    fn refusal(&self, special: &Special, artifact: Artifact) -> Option<Diagnostic> {
        let what = match artifact {
            Artifact::Wheel => "wheel",
            Artifact::Sdist => "source distribution",
        };
        let keyword = special.keyword.as_str();
        if matches!(&special.command, Some((_, Replacement::Converts))) && artifact == Artifact::Wheel {
            return Some(plug_in(special, what));
        }
        if let Some(why) = special.why_elsewhere() {
            let message = format!("`{keyword}` {why}");
            return Some(
                Diagnostic::new(&codes::CODE_IN_BUILD, special.span, message)
                    .help(format!("build the {what} with pip or build")),
            );
        }
        let message = match (&special.command, &special.unknown) {
            (Some((command, replacement)), _) => match replacement {
                Replacement::Builds(_) if artifact == Artifact::Sdist => return None,
                Replacement::Changes(why) | Replacement::Builds(why)
                    if self.takes_part(command, artifact) =>
                {
                    format!(
                        "the project replaces the command `{command}`, so its own code would make the {what}: {why}"
                    )
                }
                _ => return None,
            },
            // These say metadata, which is read; what they do beside that is known where the version is.
            (None, None) if keyword == "use_scm_version" => return None,
            (None, None) if matches!(keyword, "pbr" | "d2to1") && artifact == Artifact::Wheel => return None,
            (None, None) if keyword == "pbr" && self.options.listed_by_pbr.is_some() => return None,
            (None, None) if keyword == "pbr" => return Some(from_git(special)),
            (None, None) if keyword.contains('.') => return self.patched(special, artifact, what),
            (None, _) if keyword == "use_2to3" && artifact == Artifact::Sdist => return None,
            (None, Some(reason)) if keyword == "distclass" => {
                format!("the class given as `distclass` takes part when the {what} is made: {reason}")
            }
            (None, Some(reason)) => format!("`{keyword}` cannot be known without running setup.py: {reason}"),
            (None, None) => return Some(plug_in(special, what)),
        };
        let diagnostic = Diagnostic::new(&codes::CODE_IN_BUILD, special.span, message);
        Some(diagnostic.help(format!("build the {what} with pip or build")))
    }

    /// Replaced commands that take part and change nothing, for people who ask.
    pub fn inert(&self, artifact: Artifact) -> Vec<Diagnostic> {
        let said = self.special.iter().filter_map(|special| match &special.command {
            Some((command, replacement)) if self.takes_part(command, artifact) => {
                let shown;
                let why = match replacement {
                    Replacement::Changes(_) | Replacement::Builds(_) | Replacement::Converts => return None,
                    Replacement::Own => "is setuptools' own class, so it is built as without it",
                    Replacement::Inert => "does what setuptools' own does, so it is built as without it",
                    Replacement::Plain => {
                        "is that of distutils, so only `package_data` says what data is taken"
                    }
                    Replacement::DataInLibrary => "only puts data files beside the packages, and so does spx",
                    Replacement::Followed(files) if files.is_empty() => {
                        "was followed and changes nothing, so it is built as without it"
                    }
                    Replacement::Followed(files) => {
                        let named: Vec<String> =
                            files.iter().take(3).map(|file| format!("`{file}`")).collect();
                        let more = if files.len() > 3 { ", …" } else { "" };
                        shown =
                            format!("was followed and writes {}{more}, and so does spx", named.join(", "));
                        &shown
                    }
                };
                let message = format!("the project's command `{command}` {why}");
                Some(Diagnostic::new(&codes::INERT_COMMAND, special.span, message))
            }
            _ => None,
        });
        said.collect()
    }

    /// A change of setuptools itself, unless it is in a command that takes no part.
    fn patched(&self, special: &Special, artifact: Artifact, what: &str) -> Option<Diagnostic> {
        let command = special.keyword.split_once(".command.").and_then(|(_, rest)| rest.split('.').next());
        if command.is_some_and(|command| !self.takes_part(command, artifact)) {
            return None;
        }
        let message = format!(
            "setup.py changes `{}`, so the {what} is not what setuptools makes by itself",
            special.keyword
        );
        let diagnostic = Diagnostic::new(&codes::CODE_IN_BUILD, special.span, message);
        Some(diagnostic.help(format!("build the {what} with pip or build")))
    }

    fn takes_part(&self, command: &str, artifact: Artifact) -> bool {
        let (always, with) = match artifact {
            Artifact::Wheel => (WHEEL, WHEEL_WITH),
            Artifact::Sdist => (SDIST, SDIST_WITH),
        };
        // A field that is not known may have something to do.
        let has_work = |field: &str| match self.metadata.known(field) {
            Err(_) => true,
            Ok(None) => false,
            Ok(Some(_)) => {
                let lists = self.metadata.list(field).is_ok_and(|items| !items.is_empty());
                lists || self.metadata.list_map(field).is_ok_and(|items| !items.is_empty())
            }
        };
        always.contains(&command) || with.iter().any(|(name, field)| *name == command && has_work(field))
    }
}

/// pbr where git would say what goes in.
fn from_git(special: &Special) -> Diagnostic {
    let message = "`pbr` asks git which files go into the source distribution, which spx does not";
    Diagnostic::new(&codes::CODE_IN_BUILD, special.span, message)
        .help("build it from an unpacked source distribution (a tree with PKG-INFO), or with pip or build")
}

/// An argument that hands the build to other code, or that spx does not build for.
fn plug_in(special: &Special, what: &str) -> Diagnostic {
    let keyword = special.keyword.as_str();
    let converter = if special.command.is_some() { "build_py_2to3" } else { "use_2to3" };
    let (message, help) = match keyword {
        "use_2to3" | "cmdclass" => (
            format!(
                "`{converter}` makes Python 3 code of Python 2 code during the build, which setuptools dropped in version 58"
            ),
            format!(
                "build for Python 2 with `--python 2.7`, or convert the code once and drop `{converter}`"
            ),
        ),
        "libraries" => (
            "`libraries` are C code, which needs a compiler and a platform".to_owned(),
            format!("build the {what} with pip or build"),
        ),
        "headers" => (
            "`headers` are C headers for other projects' extensions, which spx does not install".to_owned(),
            format!("build the {what} with pip or build"),
        ),
        _ => (
            format!("`{keyword}` lets other code take part when the {what} is made"),
            format!("build the {what} with pip or build"),
        ),
    };
    Diagnostic::new(&codes::CODE_IN_BUILD, special.span, message).help(help)
}
