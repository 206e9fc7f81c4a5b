//! Looking ahead: pages and metadata that the forks will probably ask for, brought in several at a time while they think.
//!
//! A guess only, of the newest version that each single requirement admits: what the forks choose does not depend on it.

use super::candidates::{Catalogue, Project};
use super::micros::Micros;
use super::solver::Question;
use super::{Choice, Root};
use crate::packaging::{Environment, Name, Requirement, VersionSpecifiers};
use pubgrub::VersionSet;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Condvar, Mutex, PoisonError};

/// Looks that are under way at once.
pub(super) const SCOUTS: usize = 8;

/// More looks than any real set of requirements takes.
const MAX_LOOKS: usize = 20_000;

/// A requirement to look at.
struct Look {
    name: Name,
    specifiers: VersionSpecifiers,
    extras: Vec<String>,
}

impl Look {
    /// `None` for what is not looked for on an index.
    fn of(requirement: &Requirement) -> Option<Self> {
        requirement.url.is_none().then(|| Self {
            name: requirement.name.clone(),
            specifiers: requirement.specifiers.clone(),
            extras: requirement.extras.clone(),
        })
    }
}

#[derive(Default)]
struct State {
    open: VecDeque<Look>,
    seen: BTreeSet<(Name, String, Vec<String>)>,
    stopped: bool,
}

pub(super) struct Scout<'a> {
    catalogue: &'a Catalogue<'a>,
    question: &'a Question<'a>,
    environments: Vec<(Environment, Micros)>,
    state: Mutex<State>,
    changed: Condvar,
}

impl<'a> Scout<'a> {
    pub(super) fn new(
        catalogue: &'a Catalogue<'a>,
        question: &'a Question<'a>,
        environments: &BTreeSet<Environment>,
    ) -> Self {
        let environments: Vec<_> = environments.iter().map(|&on| (on, Micros::of(on))).collect();
        let scout =
            Self { catalogue, question, environments, state: Mutex::default(), changed: Condvar::new() };
        let roots: Vec<&Requirement> = question.roots.iter().map(|root| &root.requirement).collect();
        let everywhere: Vec<usize> = (0..scout.environments.len()).collect();
        scout.add(scout.applying(&roots, &everywhere, &question.options.extras));
        scout
    }

    /// Looks until there is nothing to look at, or nobody wants it any more.
    pub(super) fn work(&self) {
        loop {
            let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
            let look = loop {
                if state.stopped {
                    return;
                }
                match state.open.pop_front() {
                    Some(look) => break look,
                    None => state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner),
                }
            };
            drop(state);
            let found = self.look(&look);
            self.add(found);
        }
    }

    pub(super) fn stop(&self) {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).stopped = true;
        self.changed.notify_all();
    }

    fn add(&self, looks: Vec<Look>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        for look in looks {
            let key = (look.name.clone(), look.specifiers.to_string(), look.extras.clone());
            if state.seen.len() < MAX_LOOKS && state.seen.insert(key) {
                state.open.push_back(look);
            }
        }
        drop(state);
        self.changed.notify_all();
    }

    /// The requirements that hold in one of some environments.
    fn applying(&self, requirements: &[&Requirement], on: &[usize], extras: &[String]) -> Vec<Look> {
        let mut holds = vec![false; requirements.len()];
        for &at in on {
            let here = self.environments[at].1.apply(requirements, extras);
            holds.iter_mut().zip(here).for_each(|(known, here)| *known |= here);
        }
        let held =
            requirements.iter().zip(holds).filter(|(_, holds)| *holds).map(|(requirement, _)| requirement);
        held.filter(|requirement| !self.question.options.exclude.contains(&requirement.name))
            .filter_map(|requirement| Look::of(requirement))
            .collect()
    }

    /// Brings the page and the metadata that a requirement leads to; what those require in turn.
    fn look(&self, look: &Look) -> Vec<Look> {
        let Ok(project) = self.catalogue.project(&look.name) else { return Vec::new() };
        let mut files: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for at in 0..self.environments.len() {
            if let Some(file) = self.guess(&project, look, self.environments[at].0) {
                files.entry(file).or_default().push(at);
            }
        }
        let mut found = Vec::new();
        for (file, on) in files {
            let environment = self.environments[on[0]].0;
            let Ok(metadata) = self.catalogue.metadata(&look.name, project.file(file), environment) else {
                continue;
            };
            let requirements: Vec<&Requirement> = metadata.requires_dist.iter().flatten().collect();
            found.extend(self.applying(&requirements, &on, &look.extras));
        }
        found
    }

    /// The wheel that an environment would take, were there no other requirement.
    fn guess(&self, project: &Project, look: &Look, on: Environment) -> Option<usize> {
        let options = self.question.options;
        let same = |root: &&Root| root.requirement.name == look.name && root.requirement.marker.is_none();
        let admitted = (options.constraints.iter().filter(same))
            .map(|root| project.admitted(&root.requirement.specifiers))
            .fold(project.admitted(&look.specifiers), |one, other| one.intersection(&other));
        let hashes = self.question.hashes.get(&look.name);
        let usual = |place: &u32| options.prereleases || !project.version(*place).any_prerelease();
        let fit = |place: u32| {
            let fit = project.fit(place, on, options, hashes).ok()?;
            Some(project.representative(place, fit.file))
        };
        let preferred = options.preferred.get(&on).and_then(|all| project.place(all.get(&look.name)?));
        let preferred = preferred.filter(|place| admitted.contains(place) && usual(place)).and_then(fit);
        let mut places = admitted.places(project.releases.len()).filter(usual);
        let file = preferred.or_else(|| match options.choice {
            Choice::Highest => places.rev().find_map(fit),
            Choice::Lowest => places.find_map(fit),
        });
        file.filter(|&file| !project.is_source(file))
    }
}
