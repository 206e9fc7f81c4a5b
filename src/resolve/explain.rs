//! Why there is no answer: the facts of the solver's proof, told as who wants what and what stands in the way.
//!
//! A proof of PubGrub is a tree whose leaves are facts (a version wants something, no version is left) and whose inner
//! nodes combine them. The leaves alone are the story: they contradict each other, and people see it at once.

use super::candidates::Unfit;
use super::solver::{Package, Solver, Tree, View, Want};
use super::versions::Versions;
use crate::diagnostic::{Code, codes};
use crate::packaging::{Name, Version};
use pubgrub::{DerivationTree, External, VersionSet};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

/// More lines than that explain nothing.
const MAX_LINES: usize = 16;
/// The most groups of versions that are told of one project.
const MAX_GROUPS: usize = 4;

/// Why a fork has no answer, in words that hold for all its environments.
#[derive(Clone, Debug)]
pub(super) struct Story {
    pub(super) code: &'static Code,
    /// One phrase, to be followed by the environments.
    pub(super) message: String,
    /// Sentences from the roots down, without what the roots themselves want.
    pub(super) lines: Vec<String>,
    /// The roots that take part, by their place in the question.
    pub(super) roots: Vec<usize>,
    /// The newest version that could be taken of the project on which it fails.
    pub(super) newest: Option<(Name, Version)>,
}

/// Who wants a project, with which text: the key of a fact.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Demand {
    by: Package,
    /// For the roots, which.
    root: Option<usize>,
    text: String,
}

#[derive(Default)]
struct Facts {
    /// By the wanted project: each demand with the versions of `by` that have it, and what it admits.
    demands: BTreeMap<Name, BTreeMap<Demand, (Versions, Versions)>>,
    /// Versions whose metadata is no use, or that do not exist.
    missing: BTreeMap<Name, Versions>,
}

pub(super) fn tell(solver: &Solver<'_>, tree: Tree) -> Story {
    let mut facts = Facts::default();
    for leaf in leaves(tree) {
        facts.add(solver, leaf);
    }
    Teller { solver, facts }.tell()
}

/// The facts of a proof. Takes it apart node by node: proofs are deep, and dropping one at once would recurse.
fn leaves(tree: Tree) -> Vec<External<Package, Versions, Unfit>> {
    let mut found = Vec::new();
    let mut open = vec![tree];
    while let Some(tree) = open.pop() {
        match tree {
            DerivationTree::External(external) => found.push(external),
            // A node with several parents is looked at when the last of them lets it go.
            DerivationTree::Derived(derived) => {
                open.extend([derived.cause1, derived.cause2].into_iter().filter_map(Arc::into_inner));
            }
        }
    }
    found
}

impl Facts {
    fn add(&mut self, solver: &Solver<'_>, fact: External<Package, Versions, Unfit>) {
        match fact {
            External::NotRoot(..) => {}
            External::NoVersions(package, set) | External::Custom(package, set, _) => {
                if let Some(name) = package.name() {
                    let known = self.missing.entry(name.clone()).or_insert_with(Versions::empty);
                    *known = known.union(&set);
                }
            }
            External::FromDependencyOf(by, versions, wanted, _) => {
                self.add_demand(solver, &by, &versions, &wanted);
            }
        }
    }

    fn add_demand(&mut self, solver: &Solver<'_>, by: &Package, versions: &Versions, wanted: &Package) {
        let Some(name) = wanted.name() else { return };
        let count = releases(solver, by);
        let asks = |want: &&Want| {
            want.requirement.name == *name
                && match wanted {
                    Package::Extra(_, extra) => want.requirement.extras.contains(extra),
                    _ => true,
                }
        };
        for place in versions.places(count) {
            let Ok(Ok(wants)) = solver.wants(by, place) else { continue };
            for want in wants.iter().filter(asks) {
                let Ok(view) = solver.view(name) else { continue };
                let text = want.requirement.without_marker().to_owned();
                let demand = Demand { by: by.clone(), root: want.root, text };
                let admitted = solver.meant(&view, &want.requirement);
                let entry = self.demands.entry(name.clone()).or_default();
                let known = entry.entry(demand).or_insert_with(|| (Versions::empty(), admitted));
                known.0 = known.0.union(&Versions::singleton(place));
            }
        }
    }
}

/// How many versions there are.
fn releases(solver: &Solver<'_>, package: &Package) -> usize {
    match package.name() {
        None => 1,
        Some(name) => solver.view(name).map_or(0, |view| view.project.releases.len()),
    }
}

struct Teller<'s, 'a> {
    solver: &'s Solver<'a>,
    facts: Facts,
}

/// The project on which the demands fail.
struct Culprit {
    name: Name,
    /// What all demands together admit.
    admitted: Versions,
}

impl Teller<'_, '_> {
    fn tell(&self) -> Story {
        let order = self.order();
        let mut lines = Vec::new();
        let mut roots = Vec::new();
        for name in &order {
            for (demand, (versions, _)) in &self.facts.demands[name] {
                match demand.root {
                    Some(root) => roots.push(root),
                    None => lines.push(self.demand_line(demand, versions)),
                }
            }
            lines.extend(self.missing_lines(name));
        }
        roots.sort_unstable();
        roots.dedup();
        if lines.len() > MAX_LINES {
            let more = lines.len() - MAX_LINES;
            lines.truncate(MAX_LINES);
            lines.push(format!("and {more} more facts like these"));
        }
        let culprit = self.culprit(&order);
        let (code, message) = self.headline(culprit.as_ref());
        let contradiction = code.name == codes::UNSATISFIABLE_REQUIREMENTS.name;
        let newest = culprit.filter(|_| !contradiction).and_then(|culprit| self.newest(culprit));
        Story { code, message, lines, roots, newest }
    }

    /// The wanted projects, nearest to the roots first.
    fn order(&self) -> Vec<Name> {
        let mut seen: BTreeSet<&Name> = BTreeSet::new();
        let mut order = Vec::new();
        let mut queue: VecDeque<Option<&Name>> = VecDeque::from([None]);
        while let Some(by) = queue.pop_front() {
            for (name, demands) in &self.facts.demands {
                if demands.keys().any(|demand| demand.by.name() == by) && seen.insert(name) {
                    order.push(name.clone());
                    queue.push_back(Some(name));
                }
            }
        }
        order
    }

    fn demand_line(&self, demand: &Demand, versions: &Versions) -> String {
        let Demand { by, text, .. } = demand;
        let Some(view) = by.name().and_then(|name| self.solver.view(name).ok()) else {
            return format!("{by} need `{text}`");
        };
        let places: Vec<u32> = versions.places(view.project.releases.len()).collect();
        let verb = if places.len() == 1 { "needs" } else { "need" };
        format!("{by} {} {verb} `{text}`", self.span_of(&view, &places))
    }

    /// `1.0`, `1.0 to 1.4`, `1.0, 1.2 and 1.5`, `1.0 to 1.9 (5 versions)`; neighbours are versions that could be taken.
    fn span_of(&self, view: &View, places: &[u32]) -> String {
        let version = |place: u32| view.project.version(place).to_string();
        let (Some(&first), Some(&last)) = (places.first(), places.last()) else { return String::new() };
        let between = (first..=last)
            .filter(|place| places.contains(place) || self.solver.unfit(view, *place).is_none())
            .count();
        match places {
            [only] => version(*only),
            [one, other] => format!("{} and {}", version(*one), version(*other)),
            _ if between == places.len() => format!("{} to {}", version(first), version(last)),
            [start @ .., last] if start.len() <= 3 => {
                let start: Vec<String> = start.iter().map(|&place| version(place)).collect();
                format!("{} and {}", start.join(", "), version(*last))
            }
            _ => format!("{} to {} ({} versions)", version(first), version(last), places.len()),
        }
    }

    /// What stands in the way of the versions of a project that the demands admit.
    fn missing_lines(&self, name: &Name) -> Vec<String> {
        let Ok(view) = self.solver.view(name) else { return Vec::new() };
        let Some(missing) = self.facts.missing.get(name) else { return Vec::new() };
        let count = view.project.releases.len();
        if count == 0 {
            let reason = view.project.missing.as_deref().unwrap_or("has no files on the index");
            return vec![format!("{name} {reason}")];
        }
        let demands = &self.facts.demands[name];
        let together = self.together(name);
        let all: Vec<u32> = together.intersection(missing).places(count).collect();
        if together.places(count).next().is_none() {
            // When one demand alone admits nothing, it says what there is; several speak for themselves.
            let alone = demands.values().any(|(_, admitted)| admitted.places(count).next().is_none());
            let last = view.project.version(count as u32 - 1);
            return if alone {
                vec![match count {
                    1 => format!("the only version of {name} is {last}"),
                    _ => format!("the versions of {name} are {} to {last}", view.project.version(0)),
                }]
            } else {
                Vec::new()
            };
        }
        self.reasons(name, &view, &all)
    }

    /// The reasons against versions, the newest first, versions with one reason together.
    fn reasons(&self, name: &Name, view: &Rc<View>, places: &[u32]) -> Vec<String> {
        let mut against: Vec<(Unfit, u32)> =
            places.iter().rev().filter_map(|&place| Some((self.solver.unfit(view, place)?, place))).collect();
        // Nobody expects pre-releases: they are told of only where nothing else is.
        let usual = |place: u32| !view.project.version(place).any_prerelease();
        if against.iter().any(|(_, place)| usual(*place)) {
            against.retain(|(_, place)| usual(*place));
        }
        let mut groups: Vec<(Vec<Unfit>, Vec<u32>)> = Vec::new();
        for (unfit, place) in against {
            match groups
                .iter_mut()
                .find(|(known, _)| known.first().is_some_and(|known| known.is_like(&unfit)))
            {
                Some((known, members)) => {
                    members.insert(0, place);
                    known.push(unfit);
                }
                None => groups.push((vec![unfit], vec![place])),
            }
        }
        let left: usize = groups.iter().skip(MAX_GROUPS).map(|(_, members)| members.len()).sum();
        let line = |(reasons, members): &(Vec<Unfit>, Vec<u32>)| {
            let phrase = Unfit::together(reasons, members.len() > 1);
            format!("{name} {} {phrase}", self.span_of(view, members))
        };
        let mut lines: Vec<String> = groups.iter().take(MAX_GROUPS).map(line).collect();
        if left > 0 {
            lines.push(format!("{left} older versions of {name} have reasons like these"));
        }
        lines
    }

    /// What all who want a project admit together. Versions of one wanter are alternatives: each admits what all its own
    /// demands do.
    fn together(&self, name: &Name) -> Versions {
        let Some(demands) = self.facts.demands.get(name) else { return Versions::full() };
        let mut wanters: BTreeMap<&Package, Vec<&(Versions, Versions)>> = BTreeMap::new();
        for (demand, sets) in demands {
            wanters.entry(&demand.by).or_default().push(sets);
        }
        wanters.into_iter().fold(Versions::full(), |set, (by, sets)| {
            let count = releases(self.solver, by);
            let all = sets.iter().fold(Versions::empty(), |all, (versions, _)| all.union(versions));
            let alternatives = all.places(count).map(|place| {
                let own = sets.iter().filter(|(versions, _)| versions.contains(&place));
                own.fold(Versions::full(), |set, (_, admitted)| set.intersection(admitted))
            });
            set.intersection(&alternatives.fold(Versions::empty(), |one, other| one.union(&other)))
        })
    }

    /// The first project for which no version is left that all its demands admit.
    fn culprit(&self, order: &[Name]) -> Option<Culprit> {
        order.iter().find_map(|name| {
            let view = self.solver.view(name).ok()?;
            let admitted = self.together(name);
            let left = admitted
                .places(view.project.releases.len())
                .any(|place| self.solver.unfit(&view, place).is_none());
            (!left).then(|| Culprit { name: name.clone(), admitted })
        })
    }

    fn headline(&self, culprit: Option<&Culprit>) -> (&'static Code, String) {
        let Some(culprit) = culprit else {
            return (
                &codes::UNSATISFIABLE_REQUIREMENTS,
                "the requirements cannot be met together".to_owned(),
            );
        };
        let name = &culprit.name;
        let demands = &self.facts.demands[name];
        // Demands of different versions of one project are alternatives, and its name says enough.
        let at_once =
            demands.values().all(|(versions, _)| demands.values().all(|(others, _)| versions == others));
        let texts: BTreeSet<&str> = if at_once {
            demands.keys().map(|demand| demand.text.as_str()).collect()
        } else {
            [name.written()].into()
        };
        let mut by: Vec<String> = demands.keys().map(|demand| self.wanter(demand)).collect();
        by.dedup();
        if by.len() > 1 && (texts.len() > 1 || !at_once) {
            let all = if by.len() == 2 { "both" } else { "all of" };
            let message = format!("no version of `{name}` satisfies {all} {}", joined(&by));
            return (&codes::UNSATISFIABLE_REQUIREMENTS, message);
        }
        let all = joined(&texts.iter().map(|text| format!("`{text}`")).collect::<Vec<_>>());
        let wanter = demands.keys().map(|demand| &demand.by).find(|by| **by != Package::Root);
        let unfit = self.against(culprit);
        let (code, lead, what) = if texts.len() > 1 {
            (&codes::UNSATISFIABLE_REQUIREMENTS, "there is no version for", "for which there is no version")
        } else if !unfit.is_empty() && unfit.iter().all(Unfit::lacks_wheel) {
            (&codes::NO_USABLE_WHEEL, "there is no usable wheel for", "for which there is no usable wheel")
        } else {
            (&codes::NO_MATCHING_DISTRIBUTION, "there is no version for", "for which there is no version")
        };
        match wanter {
            None => (code, format!("{lead} {all}")),
            Some(by) => (code, format!("`{by}` needs {all}, {what}")),
        }
    }

    /// Why the versions that the demands admit cannot be taken.
    fn against(&self, culprit: &Culprit) -> Vec<Unfit> {
        let Ok(view) = self.solver.view(&culprit.name) else { return Vec::new() };
        let places: Vec<u32> = culprit.admitted.places(view.project.releases.len()).collect();
        places.into_iter().filter_map(|place| self.solver.unfit(&view, place)).collect()
    }

    fn wanter(&self, demand: &Demand) -> String {
        match demand.root {
            Some(root) => self.solver.question.roots[root].who.clone(),
            None => format!("`{}`", demand.by),
        }
    }

    fn newest(&self, culprit: Culprit) -> Option<(Name, Version)> {
        let view = self.solver.view(&culprit.name).ok()?;
        let newest = (0..view.project.releases.len() as u32)
            .rev()
            .find(|&place| self.solver.unfit(&view, place).is_none())?;
        Some((culprit.name, view.project.version(newest).clone()))
    }
}

/// `a`, `a and b`, `a, b and c`.
pub(super) fn joined(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [start @ .., last] => format!("{} and {last}", start.join(", ")),
    }
}
