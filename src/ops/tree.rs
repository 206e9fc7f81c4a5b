//! `spx tree`: who brings what, and where.

use super::plan::{self, Request, Said};
use super::{Failure, Outcome, spread};
use crate::index::Progress;
use crate::packaging::Environment;
use crate::resolve;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What an application would hold, and who brings it.
#[derive(Clone, Debug)]
pub struct Tree {
    /// The project, as `demo 0.0.1`, when there is one.
    pub project: Option<String>,
    /// Sorted by name and version.
    pub packages: Vec<Package>,
    /// What is asked for directly.
    pub roots: Vec<Edge>,
}

/// A version of a project.
#[derive(Clone, Debug)]
pub struct Package {
    pub name: String,
    pub version: String,
    /// Where it is taken; `None` for everywhere.
    pub marker: Option<String>,
    pub needs: Vec<Edge>,
}

/// One wants another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// Its place in [`Tree::packages`].
    pub package: usize,
    /// As written, without its marker.
    pub requirement: String,
    /// Where; `None` for wherever who wants it is.
    pub marker: Option<String>,
}

/// Resolves, and says who brings what.
pub fn tree(request: &Request, progress: Arc<dyn Progress>) -> Result<Outcome<Tree>, Failure> {
    let mut said = Said::default();
    let Some(mut question) = plan::question(request, &mut said, progress)? else { return said.outcome(None) };
    let Some(outcome) = plan::answer(request, &mut question, &mut said)? else { return said.outcome(None) };
    said.warn_of(&question.supply.client, &outcome);
    let own = question.own.as_ref().and_then(|own| own.wheels.first());
    let mut tree = of(&outcome);
    tree.project = own.map(|own| format!("{} {}", own.metadata.name, own.metadata.version));
    said.outcome(Some(tree))
}

type Version = (String, String);
type Environments = BTreeSet<Environment>;

fn of(outcome: &resolve::Outcome) -> Tree {
    let all: Environments = outcome.resolutions.keys().copied().collect();
    let mut places: BTreeMap<Version, Environments> = BTreeMap::new();
    let mut edges: BTreeMap<Option<Version>, BTreeMap<(Version, String), Environments>> = BTreeMap::new();
    for (&environment, resolution) in &outcome.resolutions {
        for pin in &resolution.pins {
            let package = (pin.name.normalized().to_owned(), pin.version.to_string());
            places.entry(package.clone()).or_default().insert(environment);
            for by in &pin.required_by {
                let who = by
                    .project
                    .as_ref()
                    .map(|(name, version)| (name.normalized().to_owned(), version.to_string()));
                let text = by.requirement.split(';').next().unwrap_or_default().trim().to_owned();
                let wanted = edges.entry(who).or_default().entry((package.clone(), text)).or_default();
                wanted.insert(environment);
            }
        }
    }
    let order: Vec<&Version> = places.keys().collect();
    let edges_of = |who: Option<&Version>, within: &Environments| -> Vec<Edge> {
        let found = edges.get(&who.cloned()).into_iter().flatten();
        let edges = found.filter_map(|((package, requirement), on)| {
            Some(Edge {
                package: order.binary_search(&package).ok()?,
                requirement: requirement.clone(),
                marker: spread::marker(on, within),
            })
        });
        edges.collect()
    };
    let packages = places.iter().map(|(package, on)| Package {
        name: package.0.clone(),
        version: package.1.clone(),
        marker: spread::marker(on, &all),
        needs: edges_of(Some(package), on),
    });
    Tree { project: None, packages: packages.collect(), roots: edges_of(None, &all) }
}
