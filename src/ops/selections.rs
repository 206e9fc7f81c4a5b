//! Who gets which wheels, in the fewest rows: a Python whose machines all agree is one row that fits every machine.

use super::entry::Runs;
use crate::packaging::{Environment, Platform, Python, WheelFilename};
use crate::zipapp::{Libc, Selection};
use std::collections::BTreeMap;

/// What one environment gets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chosen {
    /// Places in the list of wheels, in `sys.path` order.
    pub wheels: Vec<usize>,
    pub runs: Runs,
}

/// The rows of the application's table, the most specific first.
pub fn selections(chosen: &BTreeMap<Environment, Chosen>, file_names: &[&str]) -> Vec<Selection> {
    let names: Vec<Option<WheelFilename>> = file_names.iter().map(|name| name.parse().ok()).collect();
    let is_native =
        |wheels: &[usize]| wheels.iter().any(|at| names[*at].as_ref().is_some_and(|name| !is_pure(name)));
    let mut pythons: BTreeMap<Python, Vec<(&Environment, &Vec<usize>)>> = BTreeMap::new();
    for (environment, Chosen { wheels, .. }) in chosen {
        pythons.entry(environment.target.python).or_default().push((environment, wheels));
    }
    let mut rows = Vec::new();
    for (python, members) in pythons {
        let served =
            |platform| members.iter().any(|(environment, _)| environment.target.platform == platform);
        let everywhere = Platform::ALL.into_iter().all(served);
        let same = members.iter().all(|(_, wheels)| *wheels == members[0].1);
        if everywhere && same && !is_native(members[0].1) {
            rows.push(Selection::pure(python, members[0].1.clone()));
            continue;
        }
        for platform in Platform::ALL {
            let here: Vec<_> =
                members.iter().filter(|(environment, _)| environment.target.platform == platform).collect();
            let agree = here.iter().all(|(_, wheels)| *wheels == here[0].1 && !is_native(wheels));
            for (environment, wheels) in here.iter().take(if agree { 1 } else { here.len() }) {
                let used: Vec<&WheelFilename> = wheels.iter().filter_map(|at| names[*at].as_ref()).collect();
                let native = is_native(wheels);
                rows.push(Selection {
                    python,
                    platform: Some(platform),
                    machine: (!agree).then(|| environment.machine.name(platform).to_owned()),
                    libc: if platform == Platform::Linux { libc(&used) } else { None },
                    // Native wheels are bound to an interpreter's ABI; those chosen here are CPython's.
                    implementation: native.then(|| "cpython".to_owned()),
                    wheels: (*wheels).clone(),
                });
            }
        }
    }
    rows
}

fn is_pure(name: &WheelFilename) -> bool {
    name.platforms.iter().any(|platform| platform == "any")
}

/// The newest C library that one of the wheels asks for, each by its most modest tag (PEP 600, PEP 656).
fn libc(wheels: &[&WheelFilename]) -> Option<Libc> {
    let modest = |wheel: &&WheelFilename| {
        wheel.platforms.iter().filter_map(|tag| library(tag)).min_by_key(|libc| version(*libc))
    };
    wheels.iter().filter_map(modest).max_by_key(|libc| version(*libc))
}

fn version(libc: Libc) -> (u16, u16) {
    match libc {
        Libc::Glibc(major, minor) | Libc::Musl(major, minor) => (major, minor),
    }
}

fn library(tag: &str) -> Option<Libc> {
    let numbers = |rest: &str| -> Option<(u16, u16)> {
        let mut parts = rest.split('_');
        Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    if let Some(rest) = tag.strip_prefix("musllinux_") {
        return numbers(rest).map(|(major, minor)| Libc::Musl(major, minor));
    }
    if let Some(rest) = tag.strip_prefix("manylinux_") {
        return numbers(rest).map(|(major, minor)| Libc::Glibc(major, minor));
    }
    // The names before PEP 600, by the glibc that each stands for.
    [("manylinux1_", 5), ("manylinux2010_", 12), ("manylinux2014_", 17)]
        .into_iter()
        .find(|(prefix, _)| tag.starts_with(prefix))
        .map(|(_, minor)| Libc::Glibc(2, minor))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::Target;

    fn chosen(keep: impl Fn(&Environment) -> Option<Vec<usize>>) -> BTreeMap<Environment, Chosen> {
        let runs = Runs::Module("x".to_owned());
        Environment::defaults(&Target::all())
            .into_iter()
            .filter_map(|environment| {
                Some((environment, Chosen { wheels: keep(&environment)?, runs: runs.clone() }))
            })
            .collect()
    }

    #[test]
    fn pure_wheels_are_one_row_a_python() {
        let rows = selections(&chosen(|_| Some(vec![0])), &["a-1-py2.py3-none-any.whl"]);
        assert_eq!(rows, Python::ALL.map(|python| Selection::pure(python, vec![0])));
    }

    #[test]
    fn a_platform_that_differs_has_a_row_of_its_own() {
        let names = ["a-1-py3-none-any.whl", "colorama-1-py3-none-any.whl"];
        let only = Python::new(3, 12);
        let rows = selections(
            &chosen(|e| {
                (e.target.python == only)
                    .then(|| if e.target.platform == Platform::Windows { vec![0, 1] } else { vec![0] })
            }),
            &names,
        );
        let shown: Vec<_> =
            rows.iter().map(|row| (row.platform, row.machine.clone(), row.wheels.clone())).collect();
        assert_eq!(
            shown,
            [
                (Some(Platform::Linux), None, vec![0]),
                (Some(Platform::Macos), None, vec![0]),
                (Some(Platform::Windows), None, vec![0, 1])
            ]
        );
    }

    #[test]
    fn native_wheels_are_bound_to_machine_library_and_interpreter() {
        let names = ["m-1-cp312-cp312-manylinux2014_x86_64.manylinux_2_17_x86_64.whl"];
        let rows = selections(
            &chosen(|e| {
                (e.target == Target { python: Python::new(3, 12), platform: Platform::Linux })
                    .then(|| vec![0])
            }),
            &names,
        );
        let [row] = &rows[..] else { panic!("{rows:?}") };
        assert_eq!((row.machine.as_deref(), row.libc), (Some("x86_64"), Some(Libc::Glibc(2, 17))));
        assert_eq!(row.implementation.as_deref(), Some("cpython"));
    }
}
