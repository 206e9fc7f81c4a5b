//! Using a lock: whether it is true to what is asked for, and the resolution that it gives.

use super::Failure;
use super::plan::{Question, Request, Said};
use super::pylock::{self, Lock, Package, Source};
use crate::diagnostic::{Diagnostic, Severity, codes};
use crate::index::IndexFile;
use crate::packaging::{Environment, Python, VersionSpecifiers, specifiers};
use crate::resolve::{self, DistributionFile, Root, resolve};
use crate::system::{Rooted, System, os};
use crate::text::{Sources, Span};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use url::Url;

/// How a lock beside the project is used.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LockUse {
    /// When it is there and true.
    Auto,
    /// Nothing goes without it.
    Insist,
    Ignore,
}

/// The most differences that are told.
const MAX_TOLD: usize = 8;

/// Why a lock cannot be used, one thing a line.
type Stale = Vec<String>;

/// What the lock beside the project gives; `None` when there is none, or when it is stale, which is then said.
pub(super) fn outcome(
    request: &Request,
    question: &mut Question,
    said: &mut Said,
) -> Result<Option<resolve::Outcome>, Failure> {
    if request.lock == LockUse::Ignore || (request.lock == LockUse::Auto && question.own.is_none()) {
        return Ok(None);
    }
    let tree = directory(question)?;
    let content = match tree.read(pylock::FILE) {
        Ok(content) => content,
        Err(crate::system::ReadError::NotFound) if request.lock == LockUse::Auto => return Ok(None),
        Err(error) if request.lock == LockUse::Auto => {
            said.warn([format!("`{}` was not used: {error}", pylock::FILE)]);
            return Ok(None);
        }
        Err(error) => {
            return Err(Failure::new(format!("`{}`: {error}", tree.root().join(pylock::FILE).display()))
                .help("`spx lock` writes it"));
        }
    };
    let text = String::from_utf8_lossy(&content).into_owned();
    let file = said.sources.add(pylock::FILE, &text);
    let head = said.sources.head(file);
    let mut stale = match pylock::read(&text, file) {
        Err(diagnostic) => *diagnostic,
        Ok(lock) => match use_lock(request, question, lock, &tree, said)? {
            Ok(outcome) => return Ok(Some(outcome)),
            Err(why) => stale(head, why),
        },
    };
    let insists = request.lock == LockUse::Insist;
    stale.severity = if insists { Severity::Error } else { Severity::Warning };
    said.say(stale.help("`spx lock` writes it anew, and `spx lock --diff` says what that would change"));
    Ok(None)
}

/// The directory that the lock belongs to.
pub(super) fn directory(question: &Question) -> Result<Rooted, Failure> {
    match &question.own {
        Some(own) => Ok(own.tree.clone()),
        None => os::current_directory()
            .and_then(|path| Rooted::new(&path))
            .map_err(|error| Failure::new(format!("the current directory: {error}"))),
    }
}

fn stale(head: Span, why: Stale) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        &codes::STALE_LOCK,
        head,
        "the lock was not used: it is not true to what is asked for",
    );
    let more = why.len().saturating_sub(MAX_TOLD);
    diagnostic.help.extend(why.into_iter().take(MAX_TOLD));
    if more > 0 {
        diagnostic.help.push(format!("and {more} more"));
    }
    diagnostic
}

/// What a resolution is made of, one thing a line, in words that are the same on every machine.
pub(super) fn inputs(question: &Question, sources: &Sources) -> Result<BTreeSet<String>, Failure> {
    let root = Url::from_directory_path(directory(question)?.root()).map(String::from).unwrap_or_default();
    let portable = |text: &str| text.replace(&root, "./");
    let line = |root: &Root, constrains: &str| {
        let who = match root.origin {
            Some(span) if !sources.path(span.file).is_empty() => sources.path(span.file),
            _ => &root.who,
        };
        let hashes: String = root.hashes.iter().map(|hash| format!(" {hash}")).collect();
        format!("{constrains}{who}: {}{hashes}", portable(root.requirement.text()))
    };
    let mut all: BTreeSet<String> = question.wanted.roots.iter().map(|root| line(root, "")).collect();
    all.extend(question.wanted.constraints.iter().map(|root| line(root, "constraint of ")));
    all.extend(question.wanted.extras.iter().map(|extra| format!("extra: {extra}")));
    for wheel in question.own.iter().flat_map(|own| &own.wheels) {
        let python = wheel.metadata.header("Requires-Python").unwrap_or("any");
        all.insert(format!("the project: {} for Python {python}", wheel.wheel.tag));
    }
    Ok(all)
}

fn use_lock(
    request: &Request,
    question: &mut Question,
    lock: Lock,
    tree: &Rooted,
    said: &mut Said,
) -> Result<Result<resolve::Outcome, Stale>, Failure> {
    if let Some(locked) = &lock.inputs {
        let now = inputs(question, &said.sources)?;
        let added = now.difference(locked).map(|line| format!("new since it was made: {line}"));
        let gone = locked.difference(&now).map(|line| format!("no longer there: {line}"));
        let why: Stale = added.chain(gone).collect();
        if !why.is_empty() {
            return Ok(Err(why));
        }
    }
    let (covered, away): (Vec<Environment>, Vec<Environment>) =
        question.environments.iter().partition(|on| lock.covers(**on));
    let named = request.pythons.iter().any(|text| text.parse::<Python>().is_ok())
        || request.platforms.iter().any(|text| text != "all");
    if covered.is_empty() || (named && !away.is_empty()) {
        return Ok(Err(away.iter().map(|on| format!("it says nothing of {on}")).collect()));
    }
    let base = Url::from_directory_path(tree.root())
        .map_err(|()| Failure::new(format!("`{}` has no address", tree.root().display())))?;
    let mut files: BTreeMap<_, Vec<Arc<DistributionFile>>> = BTreeMap::new();
    let mut constraints = Vec::new();
    let mut why = Stale::new();
    for package in &lock.packages {
        let marker = package.parsed_marker();
        let holds = |on: &Environment| {
            marker.as_ref().is_none_or(|marker| marker.holds(&on.marker_environment(), &[]))
        };
        if !covered.iter().any(holds) {
            continue;
        }
        match question.locked_files(package, &base) {
            Err(reason) => why.push(format!("{} {reason}", package.name)),
            Ok(found) => {
                if !found.is_empty() {
                    files.entry(package.name.clone()).or_default().extend(found.into_iter().map(Arc::new));
                }
                constraints.extend(constraint(package));
            }
        }
    }
    if !why.is_empty() {
        return Ok(Err(why));
    }
    let options = resolve::Options {
        constraints: question.options.constraints.iter().cloned().chain(constraints).collect(),
        exclude_newer: None,
        ..question.options.clone()
    };
    question.supply.restrict(options.constraints.iter());
    bring(question, &files, &covered);
    question.supply.locked = Some(files);
    let outcome = resolve(&question.wanted.roots, &covered, &question.supply, &options);
    if outcome.failures.is_empty() {
        let pythons: BTreeSet<Python> = away.iter().map(|on| on.target.python).collect();
        if !pythons.is_empty() {
            let pythons: Vec<String> = pythons.iter().map(ToString::to_string).collect();
            let message =
                format!("left out: the lock says nothing of some systems of Python {}", pythons.join(", "));
            said.say(Diagnostic::general(&codes::LEFT_OUT, message).severity(Severity::Info));
        }
        return Ok(Ok(outcome));
    }
    question.supply.locked = None;
    question.supply.unrestrict();
    question.supply.restrict(question.wanted.roots.iter().chain(&question.wanted.constraints));
    if let Some(away) = outcome.failures.values().find(|why| why.code == &codes::INDEX_UNAVAILABLE) {
        return Err(Failure { message: away.message.clone(), help: away.help.clone() });
    }
    let told = outcome.diagnostics(&question.wanted.roots).into_iter();
    Ok(Err(told.flat_map(|diagnostic| std::iter::once(diagnostic.message).chain(diagnostic.help)).collect()))
}

/// Brings the locked wheels that somebody may take, several at a time: what they say of themselves is in them.
fn bring(
    question: &Question,
    files: &BTreeMap<crate::packaging::Name, Vec<Arc<DistributionFile>>>,
    environments: &[Environment],
) {
    let taken = |file: &&Arc<DistributionFile>| match &file.kind {
        resolve::DistributionKind::Wheel { tags, .. } => {
            environments.iter().any(|on| on.priority(tags).is_some())
        }
        resolve::DistributionKind::Sdist => false,
    };
    let wheels: Vec<&IndexFile> = files.values().flatten().filter(taken).map(|file| &*file.listed).collect();
    // What fails is told when it is asked for.
    drop(question.supply.client.files(&wheels));
}

/// Narrows a package to its locked version where the lock has it.
fn constraint(package: &Package) -> Option<Root> {
    let marker = package.marker.as_ref().map(|marker| format!(" ; {marker}")).unwrap_or_default();
    let text = format!("{}=={}{marker}", package.name.normalized(), package.version.as_ref()?);
    let hashes = package.files().into_iter().flat_map(|file| {
        let hashes = [
            ("sha256", &file.hashes.sha256),
            ("sha384", &file.hashes.sha384),
            ("sha512", &file.hashes.sha512),
        ];
        hashes.into_iter().filter_map(|(name, digits)| Some(format!("{name}:{}", digits.as_ref()?)))
    });
    Some(Root {
        requirement: text.parse().ok()?,
        origin: package.span,
        who: pylock::FILE.to_owned(),
        hashes: hashes.collect(),
    })
}

impl Lock {
    /// Whether it says something of an environment.
    fn covers(&self, on: Environment) -> bool {
        let python = self.requires_python.as_deref().and_then(|text| text.parse::<VersionSpecifiers>().ok());
        let marker = on.marker_environment();
        let holds = |text: &String| {
            text.parse::<crate::packaging::Marker>().is_ok_and(|parsed| parsed.holds(&marker, &[]))
        };
        python.is_none_or(|python| specifiers::admits_python(&python, on.target.python))
            && (self.environments.is_empty() || self.environments.iter().any(holds))
    }
}

impl Question {
    /// The files of a locked package; none for what requirements name directly, which must be what was locked.
    fn locked_files(&self, package: &Package, base: &Url) -> Result<Vec<DistributionFile>, String> {
        match &package.source {
            Source::Other => {
                Err("comes from version control in the lock, which spx does not read".to_owned())
            }
            Source::Directory(_) => match self.supply.is_named(&package.name) {
                true => Ok(Vec::new()),
                false => Err("is a directory in the lock, and nothing names it".to_owned()),
            },
            Source::Archive(file) => match self.supply.named_hashes(&package.name) {
                None => Err("is an archive in the lock, and nothing names it".to_owned()),
                Some(now)
                    if now.sha256.is_some()
                        && file.hashes.sha256.is_some()
                        && now.sha256 != file.hashes.sha256 =>
                {
                    Err("is an archive that is not the one that was locked".to_owned())
                }
                Some(_) => Ok(Vec::new()),
            },
            Source::Files { .. } => {
                let listed = package.files().into_iter().map(|file| {
                    let mut listed = file
                        .listed(base, package.requires_python.as_deref())
                        .ok_or_else(|| format!("has the file `{}` at no address", file.name))?;
                    if listed.url.starts_with("file:") && !listed.url.starts_with(base.as_str()) {
                        // Only who runs spx may name places outside the project.
                        let page =
                            self.supply.client.project(&package.name).map_err(|error| error.to_string())?;
                        let known = page.files.iter().find(|known| known.filename() == file.name);
                        listed.url = known.map(|known| known.url.clone()).ok_or_else(|| {
                            format!(
                                "has the file `{}` outside the project: name its folder with `--find-links`",
                                file.name
                            )
                        })?;
                    }
                    DistributionFile::of_index(&package.name, listed.into())
                        .ok_or_else(|| format!("has the file `{}`, which is none of its own", file.name))
                });
                listed.collect()
            }
        }
    }
}
