//! Where something holds: environments as a marker (PEP 508).

use crate::packaging::{Environment, Target};
use crate::project::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A marker that holds in these environments and in no other of `universe`; `None` when that is all of them. Musl and glibc
/// are the same to a marker.
pub(super) fn marker(members: &BTreeSet<Environment>, universe: &BTreeSet<Environment>) -> Option<String> {
    let targets = |of: &BTreeSet<Environment>| -> Vec<Target> {
        of.iter().map(|on| on.target).collect::<BTreeSet<_>>().into_iter().collect()
    };
    let whole = universe
        .iter()
        .filter(|on| members.iter().any(|member| member.target == on.target))
        .all(|on| members.iter().any(|member| member.target == on.target && member.machine == on.machine));
    if whole {
        return fold::marker(&targets(members), &targets(universe));
    }
    let machine = |on: &Environment| on.machine.name(on.target.platform);
    let mut machines: BTreeMap<&str, BTreeSet<Environment>> = BTreeMap::new();
    for member in members {
        machines.entry(machine(member)).or_default().insert(*member);
    }
    let parts: Vec<String> = machines
        .iter()
        .map(|(name, on)| {
            let alike: BTreeSet<Environment> =
                universe.iter().filter(|other| machine(other) == *name).copied().collect();
            match fold::marker(&targets(on), &targets(&alike)) {
                None => format!("platform_machine == \"{name}\""),
                Some(more) if more.contains(" or ") => format!("platform_machine == \"{name}\" and ({more})"),
                Some(more) => format!("platform_machine == \"{name}\" and {more}"),
            }
        })
        .collect();
    Some(match &parts[..] {
        [only] => only.clone(),
        parts => parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" or "),
    })
}

/// The environments that anybody may mean, these among them.
pub(super) fn universe(members: &BTreeSet<Environment>) -> BTreeSet<Environment> {
    Environment::defaults(&Target::all()).into_iter().chain(members.iter().copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::{Machine, Marker, Platform, Python};

    #[test]
    fn markers_hold_where_they_should() {
        let all = universe(&BTreeSet::new());
        for keep in [
            |_: &Environment| true,
            |on: &Environment| on.target.python >= Python::new(3, 8),
            |on: &Environment| on.target.platform == Platform::Macos && on.machine == Machine::Arm64,
            |on: &Environment| on.machine == Machine::X86_64 && on.target.python.major == 3,
            |on: &Environment| on.target.platform != Platform::Windows || on.target.python.major == 2,
        ] {
            let members: BTreeSet<Environment> = all.iter().filter(|on| keep(on)).copied().collect();
            let text = marker(&members, &all);
            let marker = text.as_deref().map(|text| text.parse::<Marker>().unwrap());
            for on in &all {
                let holds = marker.as_ref().is_none_or(|marker| marker.holds(&on.marker_environment(), &[]));
                assert_eq!(holds, members.contains(on), "{on}: {text:?}");
            }
        }
    }
}
