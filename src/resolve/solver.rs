//! One fork solved: what its projects offer, which versions suit it, and what they want.

use super::candidates::{Catalogue, Fit, Project, Unfit};
use super::distributions::Unavailable;
use super::micros::Micros;
use super::versions::Versions;
use super::{Choice, Options, Root};
use crate::index::credentials::shown;
use crate::packaging::{CoreMetadata, Environment, Name, Requirement, specifiers};
use pubgrub::{DerivationTree, PubGrubError, VersionSet};
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How many source distributions of one project are tried that turn out to be no use: a project whose setup.py cannot be
/// answered for is mostly so in every version, and each costs a download.
const MAX_TRIED: usize = 4;

/// What the solver chooses versions for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Package {
    /// The requirements themselves; it has one version, 0.
    Root,
    Project(Name),
    /// A project's extra (normalised): always the version of the project, and wants more.
    Extra(Name, String),
}

impl Package {
    pub(super) fn name(&self) -> Option<&Name> {
        match self {
            Self::Root => None,
            Self::Project(name) | Self::Extra(name, _) => Some(name),
        }
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Root => f.write_str("the requirements"),
            Self::Project(name) => write!(f, "{name}"),
            Self::Extra(name, extra) => write!(f, "{name}[{extra}]"),
        }
    }
}

/// What is to be solved.
pub(super) struct Question<'a> {
    pub(super) roots: &'a [Root],
    pub(super) options: &'a Options,
    /// The hashes listed for a project, by its roots and constraints together.
    pub(super) hashes: BTreeMap<Name, BTreeSet<String>>,
}

/// Why a fork was not solved to the end.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub(super) enum Stop {
    #[error("the environments differ")]
    Divide(Vec<Vec<Environment>>),
    #[error("the solver made as many choices as it may")]
    Budget,
    #[error("{0}")]
    World(String),
}

pub(super) type Tree = DerivationTree<Package, Versions, Unfit>;

/// What a version has, unless it is no use.
type Usable<T> = Result<T, Unfit>;

/// What a version wants.
type Wants = Rc<Vec<Want>>;

/// The sets of versions that requirements mean.
type Meanings = Vec<(Package, Versions)>;

/// How a fork ended that was not to be divided.
pub(super) enum Answer {
    Solved(BTreeMap<Package, u32>),
    Unsolvable(Tree),
}

/// A requirement that a version has in this fork; for the root, which of the roots it is.
#[derive(Clone, Debug)]
pub(super) struct Want {
    pub(super) requirement: Requirement,
    pub(super) root: Option<usize>,
}

/// How a release suits the environments of a fork.
#[derive(Clone, Debug)]
pub(super) enum Fitness {
    /// A file for each environment, in their order.
    Usable {
        files: Vec<usize>,
        yanked: bool,
    },
    Unfit(Unfit),
    /// Usable in some only.
    Differs(Vec<Vec<Environment>>),
}

/// A project as one fork sees it.
pub(super) struct View {
    pub(super) project: Arc<Project>,
    fitness: Vec<OnceCell<Fitness>>,
    /// The constraint on it with its set, first come first.
    constraints: Vec<(usize, Versions)>,
    /// Pre-releases that a requirement asked for.
    prereleases: RefCell<Versions>,
    /// Versions that a requirement pins.
    pins: RefCell<Versions>,
    /// What an older answer had.
    preferred: Option<u32>,
    /// When it was first heard of.
    pub(super) rank: usize,
}

/// One fork in the course of being solved.
pub(super) struct Solver<'a> {
    catalogue: &'a Catalogue<'a>,
    pub(super) question: &'a Question<'a>,
    pub(super) environments: Vec<Environment>,
    markers: Vec<Micros>,
    views: RefCell<BTreeMap<Name, Rc<View>>>,
    wants: RefCell<BTreeMap<(Package, u32), Wants>>,
    /// Versions whose metadata is no use.
    unusable: RefCell<BTreeMap<(Name, u32), Unfit>>,
    steps: Cell<u32>,
    started: Instant,
    /// Time in which the solver waited for answers.
    waited: Cell<Duration>,
}

impl<'a> Solver<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue<'a>,
        question: &'a Question<'a>,
        environments: Vec<Environment>,
    ) -> Self {
        let markers = environments.iter().map(|environment| Micros::of(*environment)).collect();
        Self {
            catalogue,
            question,
            environments,
            markers,
            views: RefCell::default(),
            wants: RefCell::default(),
            unusable: RefCell::default(),
            steps: Cell::new(0),
            started: Instant::now(),
            waited: Cell::new(Duration::ZERO),
        }
    }

    pub(super) fn solve(&self) -> Result<Answer, Stop> {
        match pubgrub::resolve(self, Package::Root, 0u32) {
            Ok(solution) => Ok(Answer::Solved(solution.into_iter().collect())),
            Err(PubGrubError::NoSolution(tree)) => Ok(Answer::Unsolvable(tree)),
            Err(
                PubGrubError::ErrorRetrievingDependencies { source, .. }
                | PubGrubError::ErrorChoosingVersion { source, .. }
                | PubGrubError::ErrorInShouldCancel(source),
            ) => Err(source),
        }
    }

    /// Counts a step, unless there were enough.
    pub(super) fn step(&self) -> Result<(), Stop> {
        let Options { budget, patience, .. } = self.question.options;
        let steps = self.steps.get() + 1;
        self.steps.set(steps);
        let thought = self.started.elapsed().saturating_sub(self.waited.get());
        if steps > *budget || thought > *patience { Err(Stop::Budget) } else { Ok(()) }
    }

    /// Notes that a version is no use whatever is wanted of it.
    pub(super) fn rule_out(&self, package: &Package, place: u32, unfit: &Unfit) {
        if let Some(name) = package.name() {
            self.unusable.borrow_mut().insert((name.clone(), place), unfit.clone());
        }
    }

    /// A project that was looked at before.
    pub(super) fn known(&self, name: &Name) -> Option<Rc<View>> {
        self.views.borrow().get(name).cloned()
    }

    /// Does what may ask the world; its time is not the solver's.
    pub(super) fn waiting<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = work();
        self.waited.set(self.waited.get() + start.elapsed());
        result
    }

    /// Asks for each environment; when the answers differ, the fork is to be divided by them.
    fn same<T: PartialEq>(&self, ask: impl Fn(usize) -> Result<T, Stop>) -> Result<T, Stop> {
        let mut groups: Vec<(T, Vec<Environment>)> = Vec::new();
        for (index, &environment) in self.environments.iter().enumerate() {
            let answer = ask(index)?;
            match groups.iter_mut().find(|(known, _)| *known == answer) {
                Some((_, members)) => members.push(environment),
                None => groups.push((answer, vec![environment])),
            }
        }
        if groups.len() > 1 {
            return Err(Stop::Divide(groups.into_iter().map(|(_, members)| members).collect()));
        }
        groups.pop().map(|(answer, _)| answer).ok_or_else(|| Stop::Divide(Vec::new()))
    }

    pub(super) fn view(&self, name: &Name) -> Result<Rc<View>, Stop> {
        if let Some(view) = self.known(name) {
            return Ok(view);
        }
        let project = self.catalogue.ask(name).map_err(Stop::World)?;
        let mut constraints = Vec::new();
        for (index, constraint) in self.question.options.constraints.iter().enumerate() {
            let requirement = &constraint.requirement;
            if requirement.name == *name
                && self.same(|at| Ok(self.markers[at].apply(&[requirement], &[])))? == [true]
            {
                constraints.push((index, project.admitted(&requirement.specifiers)));
            }
        }
        let preferred = &self.question.options.preferred;
        let preferred =
            self.same(|at| Ok(preferred.get(&self.environments[at]).and_then(|all| all.get(name))))?;
        let view = Rc::new(View {
            preferred: preferred.and_then(|version| project.place(version)),
            fitness: vec![OnceCell::new(); project.releases.len()],
            project,
            constraints,
            prereleases: RefCell::new(Versions::empty()),
            pins: RefCell::new(Versions::empty()),
            rank: self.views.borrow().len(),
        });
        for (index, _) in &view.constraints {
            let requirement = &self.question.options.constraints[*index].requirement;
            self.grant(&view, requirement, &self.meant(&view, requirement));
        }
        self.views.borrow_mut().insert(name.clone(), view.clone());
        Ok(view)
    }

    pub(super) fn fitness<'v>(&self, view: &'v View, place: u32) -> &'v Fitness {
        view.fitness[place as usize].get_or_init(|| self.judge(view, place))
    }

    fn judge(&self, view: &View, place: u32) -> Fitness {
        let ruled_out = view.constraints.iter().find(|(_, admitted)| !admitted.contains(&place));
        if let Some((index, _)) = ruled_out {
            let constraint = &self.question.options.constraints[*index];
            let text = constraint.requirement.without_marker().to_owned();
            return Fitness::Unfit(Unfit::Constraint(text, constraint.who.clone()));
        }
        let hashes = self.question.hashes.get(&view.project.name);
        let fits: Vec<Result<Fit, Unfit>> = (self.environments.iter())
            .map(|&environment| view.project.fit(place, environment, self.question.options, hashes))
            .collect();
        let class = |fit: &Result<Fit, Unfit>| fit.as_ref().ok().map(|fit| fit.yanked);
        if let Err(Stop::Divide(parts)) = self.same(|at| Ok(class(&fits[at]))) {
            return Fitness::Differs(parts);
        }
        let mut files = Vec::new();
        let mut yanked = false;
        for fit in fits {
            match fit {
                Ok(fit) => {
                    files.push(fit.file);
                    yanked |= fit.yanked;
                }
                Err(unfit) => return Fitness::Unfit(unfit),
            }
        }
        Fitness::Usable { files, yanked }
    }

    /// Whether a release may be chosen although it is a pre-release or withdrawn, as far as it is.
    fn granted(view: &View, place: u32, yanked: bool) -> Result<(), Unfit> {
        if view.project.version(place).any_prerelease() && !view.prereleases.borrow().contains(&place) {
            return Err(Unfit::Prerelease);
        }
        if yanked && !view.pins.borrow().contains(&place) {
            return Err(Unfit::Yanked(String::new()));
        }
        Ok(())
    }

    /// Why a release cannot be chosen; `None` when it can, in some environment at least.
    pub(super) fn unfit(&self, view: &View, place: u32) -> Option<Unfit> {
        if let Some(unfit) = self.unusable.borrow().get(&(view.project.name.clone(), place)) {
            return Some(unfit.clone());
        }
        match self.fitness(view, place) {
            Fitness::Unfit(unfit) => Some(unfit.clone()),
            Fitness::Differs(_) => Self::granted(view, place, false).err(),
            Fitness::Usable { files, yanked } => match Self::granted(view, place, *yanked) {
                Err(Unfit::Yanked(_)) => {
                    let reason = files.iter().find_map(|&file| view.project.file(file).listed.yanked.clone());
                    Some(Unfit::Yanked(reason.unwrap_or_default()))
                }
                other => other.err(),
            },
        }
    }

    /// The places of a set in the order of preference.
    fn in_order(&self, view: &View, set: &Versions) -> Vec<u32> {
        let places = set.places(view.project.releases.len());
        let mut places: Vec<u32> = match self.question.options.choice {
            Choice::Highest => places.rev().collect(),
            Choice::Lowest => places.collect(),
        };
        if let Some(first) = places.iter().position(|place| Some(*place) == view.preferred) {
            places[..=first].rotate_right(1);
        }
        places
    }

    /// The release to take of a set.
    pub(super) fn best(&self, view: &View, set: &Versions) -> Result<Option<u32>, Stop> {
        for place in self.in_order(view, set) {
            match self.fitness(view, place) {
                Fitness::Usable { yanked, .. } if Self::granted(view, place, *yanked).is_ok() => {
                    return Ok(Some(place));
                }
                Fitness::Differs(parts) if Self::granted(view, place, false).is_ok() => {
                    return Err(Stop::Divide(parts.clone()));
                }
                _ => {}
            }
        }
        Ok(None)
    }

    /// The releases that a requirement admits.
    pub(super) fn meant(&self, view: &View, requirement: &Requirement) -> Versions {
        if requirement.url.is_none() {
            return view.project.admitted(&requirement.specifiers);
        }
        let version = self.catalogue.distributions.at_url(requirement);
        Versions::of(view.project.releases.len(), |place| {
            Some(view.project.version(place)) == version.as_ref()
        })
    }

    /// How many releases' source distributions were read in vain in this fork.
    fn tried(&self, view: &View) -> usize {
        let unusable = self.unusable.borrow();
        let own = unusable.keys().filter(|(name, _)| *name == view.project.name);
        own.filter(|(_, place)| match self.fitness(view, *place) {
            Fitness::Usable { files, .. } => files.iter().any(|&file| view.project.is_source(file)),
            _ => false,
        })
        .count()
    }

    /// Notes what a requirement lets be taken of its project beyond usual versions.
    fn grant(&self, view: &View, requirement: &Requirement, set: &Versions) {
        let asked = self.question.options.prereleases
            || requirement.url.is_some()
            || specifiers::names_prerelease(&requirement.specifiers);
        let usual = |place: u32| {
            !view.project.version(place).any_prerelease()
                && !matches!(self.fitness(view, place), Fitness::Unfit(_))
        };
        if asked || !set.places(view.project.releases.len()).rev().any(usual) {
            let granted = view.prereleases.borrow().union(set);
            view.prereleases.replace(granted);
        }
        if specifiers::pinned(&requirement.specifiers).is_some() {
            let granted = view.pins.borrow().union(set);
            view.pins.replace(granted);
        }
    }

    /// What a version wants in this fork, known after it was first asked for.
    pub(super) fn wants(&self, package: &Package, place: u32) -> Result<Usable<Wants>, Stop> {
        let key = (package.clone(), place);
        if let Some(wants) = self.wants.borrow().get(&key) {
            return Ok(Ok(wants.clone()));
        }
        let found = match package {
            Package::Root => self.root_wants(),
            Package::Project(name) => self.project_wants(name, place, &[]),
            Package::Extra(name, extra) => self.project_wants(name, place, std::slice::from_ref(extra)),
        };
        match found? {
            Ok(wants) => {
                let wants = Rc::new(wants);
                self.wants.borrow_mut().insert(key, wants.clone());
                Ok(Ok(wants))
            }
            Err(unfit) => {
                self.rule_out(package, place, &unfit);
                Ok(Err(unfit))
            }
        }
    }

    fn root_wants(&self) -> Result<Usable<Vec<Want>>, Stop> {
        let roots = self.question.roots;
        let requirements: Vec<&Requirement> = roots.iter().map(|root| &root.requirement).collect();
        let apply =
            self.same(|at| Ok(self.markers[at].apply(&requirements, &self.question.options.extras)))?;
        let wanted = apply.into_iter().zip(roots).enumerate().filter(|(_, (applies, _))| *applies);
        Ok(Ok(wanted
            .map(|(index, (_, root))| Want { requirement: root.requirement.clone(), root: Some(index) })
            .filter(|want| !self.question.options.exclude.contains(&want.requirement.name))
            .collect()))
    }

    /// The requirements of one version that hold in every environment of the fork: those of the project without
    /// extras, or those that an extra adds.
    fn project_wants(&self, name: &Name, place: u32, extras: &[String]) -> Result<Usable<Vec<Want>>, Stop> {
        let view = self.view(name)?;
        let Fitness::Usable { files, .. } = self.fitness(&view, place) else {
            return Ok(Err(Unfit::Metadata("lacks a file here".to_owned())));
        };
        let asked: Vec<usize> = files.iter().map(|&file| view.project.representative(place, file)).collect();
        let distinct: BTreeSet<usize> = asked.iter().copied().collect();
        if distinct.len() > 1 {
            let batch: Vec<_> =
                distinct.iter().map(|&file| (name.clone(), view.project.file(file).clone())).collect();
            self.catalogue.prefetch_metadata(batch);
        }
        if distinct.iter().any(|&file| view.project.is_source(file)) && self.tried(&view) >= MAX_TRIED {
            let reason = format!("has a source distribution only, and {MAX_TRIED} newer ones were no use");
            return Ok(Err(Unfit::Metadata(reason)));
        }
        // What becomes of a source distribution may depend on the environment.
        let key = |at: usize| (asked[at], if view.project.is_source(asked[at]) { at } else { 0 });
        let mut read = BTreeMap::new();
        for (at, &file) in asked.iter().enumerate() {
            if let Entry::Vacant(free) = read.entry(key(at)) {
                free.insert(self.read(&view, file, place, self.environments[at])?);
            }
        }
        let wanted = self.same(|at| {
            let metadata = match &read[&key(at)] {
                Ok(metadata) => metadata,
                Err(unfit) => return Ok(Err(unfit.clone())),
            };
            if let Some(Ok(wanted)) = &metadata.requires_python
                && !specifiers::admits_python(wanted, self.environments[at].target.python)
            {
                return Ok(Err(Unfit::Python(wanted.to_string())));
            }
            Ok(Ok(self.applying(at, metadata, extras)))
        })?;
        let wanted = match wanted {
            Ok(wanted) => wanted,
            Err(unfit) => return Ok(Err(unfit)),
        };
        let mut wants = Vec::new();
        for text in wanted {
            // It was parsed before; only its text tells environments apart.
            let Ok(requirement) = specifiers::parse_requirement(&text) else { continue };
            if let Some(url) = &requirement.url
                && self.catalogue.distributions.at_url(&requirement).is_none()
            {
                return Ok(Err(Unfit::Metadata(address_refused(&requirement.name, url))));
            }
            if !self.question.options.exclude.contains(&requirement.name) {
                wants.push(Want { requirement, root: None });
            }
        }
        Ok(Ok(wants))
    }

    /// The requirements of some metadata that are taken in an environment, as written: without extras those of the
    /// project, with them what they add.
    fn applying(&self, at: usize, metadata: &CoreMetadata, extras: &[String]) -> Vec<String> {
        let requirements: Vec<&Requirement> = metadata.requires_dist.iter().flatten().collect();
        let with = self.markers[at].apply(&requirements, extras);
        let without = if extras.is_empty() { Vec::new() } else { self.markers[at].apply(&requirements, &[]) };
        (requirements.iter().enumerate())
            .filter(|(index, _)| with[*index] && !without.get(*index).copied().unwrap_or(false))
            .map(|(_, requirement)| requirement.text().to_owned())
            .collect()
    }

    /// The extras that a usable version has.
    pub(super) fn extras(&self, name: &Name, place: u32) -> Result<Vec<String>, Stop> {
        let view = self.view(name)?;
        let Fitness::Usable { files, .. } = self.fitness(&view, place) else { return Ok(Vec::new()) };
        let first = files.first().zip(self.environments.first());
        let first =
            first.map(|(&file, &environment)| self.read(&view, file, place, environment)).transpose()?;
        Ok(first.and_then(Result::ok).map(|metadata| metadata.provides_extra.clone()).unwrap_or_default())
    }

    /// The metadata of a file, if it is that of the version and every line can be read.
    fn read(
        &self,
        view: &View,
        file: usize,
        place: u32,
        environment: Environment,
    ) -> Result<Usable<Arc<CoreMetadata>>, Stop> {
        let (name, version) = (&view.project.name, view.project.version(place));
        let file = view.project.file(file);
        let metadata = match self.catalogue.metadata(name, file, environment) {
            Ok(metadata) => metadata,
            Err(Unavailable::Missing(reason)) => return Ok(Err(Unfit::Metadata(reason))),
            Err(Unavailable::Failed(message)) => return Err(Stop::World(message)),
        };
        if metadata.name != *name || metadata.version != *version {
            let reason = format!("has the metadata of {} {}", metadata.name, metadata.version);
            return Ok(Err(Unfit::Metadata(reason)));
        }
        let invalid = metadata.requires_dist.iter().find_map(|line| line.as_ref().err());
        if let Some(invalid) = invalid {
            let text: String = invalid.text.chars().take(80).collect();
            let reason = format!("has a dependency that PEP 508 does not allow: `{}`", text.escape_debug());
            return Ok(Err(Unfit::Metadata(reason)));
        }
        Ok(Ok(metadata))
    }

    /// The sets that the wants of a version mean; one for each package, in the order of the wants.
    pub(super) fn constraints(
        &self,
        package: &Package,
        place: u32,
        wants: &[Want],
    ) -> Result<Usable<Meanings>, Stop> {
        self.catalogue.prefetch(wants.iter().map(|want| want.requirement.name.clone()));
        let mut found = Meanings::new();
        let mut add =
            |package: Package, set: &Versions| match found.iter_mut().find(|(known, _)| *known == package) {
                Some((_, known)) => *known = known.intersection(set),
                None => found.push((package, set.clone())),
            };
        if let Package::Extra(name, _) = package {
            add(Package::Project(name.clone()), &Versions::singleton(place));
        }
        let mut files = Vec::new();
        for want in wants {
            let name = &want.requirement.name;
            let view = self.view(name)?;
            let set = self.meant(&view, &want.requirement);
            self.grant(&view, &want.requirement, &set);
            if package.name() == Some(name) && !set.contains(&place) {
                let reason = format!("wants another version of itself: `{}`", want.requirement.text());
                return Ok(Err(Unfit::Metadata(reason)));
            }
            let wanted = std::iter::once(Package::Project(name.clone())).chain(
                want.requirement.extras.iter().map(|extra| Package::Extra(name.clone(), extra.clone())),
            );
            for wanted in wanted.filter(|wanted| wanted != package) {
                if package.name() != Some(name) || matches!(wanted, Package::Extra(..)) {
                    add(wanted, &set);
                }
            }
            // Only a guess at what is asked next: whether environments differ is found out when it is chosen.
            if let Ok(Some(best)) = self.best(&view, &set)
                && let Fitness::Usable { files: taken, .. } = self.fitness(&view, best)
            {
                let distinct: BTreeSet<usize> =
                    taken.iter().map(|&file| view.project.representative(best, file)).collect();
                files
                    .extend(distinct.into_iter().map(|file| (name.clone(), view.project.file(file).clone())));
            }
        }
        self.catalogue.prefetch_metadata(files);
        Ok(Ok(found))
    }
}

/// Why what a distribution wants from an address is not taken: whoever wrote it could send spx anywhere.
fn address_refused(name: &Name, url: &str) -> String {
    let address = url::Url::parse(url).map_or_else(|_| "…".to_owned(), |url| shown(&url));
    if url.split_once(':').is_some_and(|(scheme, _)| scheme.contains('+')) {
        return format!("wants `{name} @ {address}` from version control, which spx does not read");
    }
    format!(
        "wants `{name} @ {address}`, and spx fetches from addresses only that your own requirements name: add that one to them to allow it"
    )
}
