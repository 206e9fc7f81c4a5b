//! What the PubGrub algorithm asks while it solves a fork.

use super::candidates::Unfit;
use super::solver::{Fitness, Package, Solver, Stop};
use super::versions::Versions;
use pubgrub::{
    Dependencies, DependencyConstraints, DependencyProvider, PackageResolutionStatistics, VersionSet,
};
use std::cmp::Reverse;

/// From how many conflicts on a project is decided before others, so that the solver learns early what it forbids.
const MANY_CONFLICTS: u32 = 5;

/// Which package is decided first: the greatest.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Urgency {
    level: u8,
    first_heard_of: Reverse<usize>,
    /// An extra goes before its project: it settles both.
    extra: bool,
}

impl DependencyProvider for Solver<'_> {
    type P = Package;
    type V = u32;
    type VS = Versions;
    type Priority = Urgency;
    type M = Unfit;
    type Err = Stop;

    fn prioritize(
        &self,
        package: &Package,
        set: &Versions,
        statistics: &PackageResolutionStatistics,
    ) -> Urgency {
        let Some(view) = package.name().and_then(|name| self.known(name)) else {
            return Urgency { level: 4, first_heard_of: Reverse(0), extra: false };
        };
        let choices = set
            .places(view.project.releases.len())
            .rev()
            .filter(|&place| !matches!(self.fitness(&view, place), Fitness::Unfit(_)))
            .take(2)
            .count();
        let level = match choices {
            0 => 3,
            1 => 2,
            _ => u8::from(statistics.conflict_count() >= MANY_CONFLICTS),
        };
        Urgency { level, first_heard_of: Reverse(view.rank), extra: matches!(package, Package::Extra(..)) }
    }

    fn should_cancel(&self) -> Result<(), Stop> {
        self.step()
    }

    fn choose_version(&self, package: &Package, set: &Versions) -> Result<Option<u32>, Stop> {
        self.waiting(|| match package.name() {
            None => Ok(set.contains(&0).then_some(0)),
            Some(name) => self.best(&*self.view(name)?, set),
        })
    }

    fn get_dependencies(
        &self,
        package: &Package,
        place: &u32,
    ) -> Result<Dependencies<Package, Versions, Unfit>, Stop> {
        let found = self.waiting(|| match self.wants(package, *place)? {
            Ok(wants) => self.constraints(package, *place, &wants),
            Err(unfit) => Ok(Err(unfit)),
        })?;
        Ok(match found {
            Ok(found) => Dependencies::Available(DependencyConstraints::from_iter(found)),
            Err(unfit) => {
                self.rule_out(package, *place, &unfit);
                Dependencies::Unavailable(unfit)
            }
        })
    }
}
