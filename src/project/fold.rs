//! Many targets' answers folded into one: equal stays, requirements get the PEP 508 marker that says which targets have them.

use super::metadata::{Field, FieldValue, Metadata, Place, Unknown};
use crate::packaging::{Platform, Python, Requirement, Target};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Fields whose items are requirements, so that a difference can be said with markers.
pub(super) const REQUIREMENTS: &[&str] =
    &["install_requires", "extras_require", "setup_requires", "tests_require"];

/// Folds the answers of several targets; all of them answers about the same project.
pub fn fold(answers: &[(Target, Metadata)]) -> Metadata {
    let Some((_, first)) = answers.first() else { return Metadata::default() };
    let mut folded = first.clone();
    // The first of each kind stands for its copies until a field differs.
    let mut kinds: Vec<&Metadata> = vec![first];
    for (_, metadata) in answers {
        if !kinds.iter().any(|kind| metadata.is_copy_of(kind)) {
            kinds.push(metadata);
        }
    }
    for (name, _) in super::metadata::FIELDS {
        let shared = first.shared(name);
        if kinds.iter().all(|kind| match (kind.shared(name), shared) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        }) {
            continue;
        }
        let fields: Vec<(Target, Option<&Field>)> =
            answers.iter().map(|(target, m)| (*target, m.get(name))).collect();
        match fold_field(name, &fields) {
            Some(field) => folded.set(name, field),
            None => folded.remove(name),
        }
    }
    folded
}

fn fold_field(name: &str, fields: &[(Target, Option<&Field>)]) -> Option<Field> {
    let (_, first) = fields.first()?;
    let same = |field: Option<&Field>| match (field, first) {
        (Some(Field::Known { value: one, .. }), Some(Field::Known { value: other, .. })) => one == other,
        (one, other) => one.is_none() && other.is_none(),
    };
    if fields.iter().all(|(_, field)| same(*field)) {
        return first.cloned();
    }
    if let Some(newest) = unordered(fields) {
        return Some(newest);
    }
    if let Some(newest) = uncut(fields) {
        return Some(newest);
    }
    // One target's ignorance is everybody's: the folded value would be a guess there.
    if let Some(unknown) =
        fields.iter().find_map(|(_, field)| field.filter(|f| matches!(f, Field::Unknown { .. })))
    {
        return Some(unknown.clone());
    }
    let (origin, trail) = fields.iter().find_map(|(_, field)| match field {
        Some(Field::Known { origin, trail, .. }) => Some((*origin, trail.clone())),
        _ => None,
    })?;
    if REQUIREMENTS.contains(&name)
        && let Some(value) = fold_requirements(fields)
    {
        return Some(Field::Known { value, origin, trail });
    }
    Some(Field::Unknown { origin, unknown: differs(name, fields, origin, trail) })
}

/// The newest target's value when all have the same items in an order that differs: Python 2 walks its dicts and sets in another.
fn unordered(fields: &[(Target, Option<&Field>)]) -> Option<Field> {
    fn items(field: Option<&Field>) -> Option<Vec<(&str, Vec<&str>)>> {
        match field {
            Some(Field::Known { value, .. }) => value.in_one_order(),
            _ => None,
        }
    }
    let ((_, newest), others) = fields.split_last()?;
    let wanted = items(*newest)?;
    let alike = others.iter().all(|(_, field)| items(*field).as_ref() == Some(&wanted));
    newest.filter(|_| alike).cloned()
}

/// The newest target's value when others have the same words in one piece: Python 2 cuts no `unicode` at its commas.
fn uncut(fields: &[(Target, Option<&Field>)]) -> Option<Field> {
    fn words<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
        texts
            .flat_map(|text| text.split([',', '\n']))
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .collect()
    }
    fn of(field: Option<&Field>) -> Option<Vec<&str>> {
        match field {
            None => Some(Vec::new()),
            Some(Field::Known { value: FieldValue::Text(text), .. }) => {
                Some(words(std::iter::once(text.as_str())))
            }
            Some(Field::Known { value: FieldValue::List(items), .. }) => {
                Some(words(items.iter().map(String::as_str)))
            }
            _ => None,
        }
    }
    let ((_, newest), others) = fields.split_last()?;
    if !matches!(newest, Some(Field::Known { value: FieldValue::List(_), .. })) {
        return None;
    }
    let wanted = of(*newest)?;
    newest.filter(|_| others.iter().all(|(_, field)| of(*field).as_ref() == Some(&wanted))).cloned()
}

/// A field that differs by target in a way no marker can say.
fn differs(
    name: &str,
    fields: &[(Target, Option<&Field>)],
    span: crate::text::Span,
    trail: Vec<Place>,
) -> Unknown {
    let mut groups: Vec<(String, Vec<Target>)> = Vec::new();
    for (target, field) in fields {
        let shown = match field {
            Some(Field::Known { value, .. }) => brief(value),
            _ => "nothing".to_owned(),
        };
        match groups.iter_mut().find(|(text, _)| *text == shown) {
            Some((_, targets)) => targets.push(*target),
            None => groups.push((shown, vec![*target])),
        }
    }
    let universe: Vec<Target> = fields.iter().map(|(target, _)| *target).collect();
    let list: Vec<String> = groups
        .iter()
        .map(|(text, targets)| format!("{text} where {}", marker(targets, &universe).unwrap_or_default()))
        .collect();
    Unknown::by_target(name, &list.join("; "), span, trail)
}

/// A value in at most some sixty characters.
fn brief(value: &FieldValue) -> String {
    let text = match value {
        FieldValue::Text(text) => format!("`{text}`"),
        FieldValue::Bool(value) => value.to_string(),
        FieldValue::List(items) => format!("[{}]", items.join(", ")),
        FieldValue::TextMap(map) => {
            format!("{{{}}}", map.iter().map(|(k, v)| format!("{k}: {v}")).collect::<Vec<_>>().join(", "))
        }
        FieldValue::ListMap(map) | FieldValue::Files(map) => {
            format!(
                "{{{}}}",
                map.iter().map(|(k, v)| format!("{k}: {}", v.join(", "))).collect::<Vec<_>>().join("; ")
            )
        }
    };
    let text = text.replace('\n', " ");
    if text.chars().count() > 60 { format!("{}…", text.chars().take(59).collect::<String>()) } else { text }
}

/// `None` when a requirement cannot carry a marker (it is none that PEP 508 knows).
fn fold_requirements(fields: &[(Target, Option<&Field>)]) -> Option<FieldValue> {
    let universe: Vec<Target> = fields.iter().map(|(target, _)| *target).collect();
    // Python 3 comes first: what Python 2 has in the order of a hash table is said in Python 3's.
    let mut fields = fields.to_vec();
    fields.sort_by_key(|(target, _)| std::cmp::Reverse(target.python.major));
    let mut groups: Vec<String> = Vec::new();
    let mut by_group: BTreeMap<&str, Vec<(Target, &[String])>> = BTreeMap::new();
    let mut is_map = false;
    for (target, field) in fields {
        match field {
            Some(Field::Known { value: FieldValue::List(items), .. }) => {
                by_group.entry("").or_default().push((target, items));
            }
            Some(Field::Known { value: FieldValue::ListMap(map), .. }) => {
                is_map = true;
                for (group, items) in map {
                    if !groups.contains(group) {
                        groups.push(group.clone());
                    }
                    by_group.entry(group).or_default().push((target, items));
                }
            }
            _ => {}
        }
    }
    if is_map {
        let folded = groups
            .iter()
            .map(|group| Some((group.clone(), fold_list(by_group.get(group.as_str())?, &universe)?)));
        return Some(FieldValue::ListMap(folded.collect::<Option<_>>()?));
    }
    Some(FieldValue::List(fold_list(by_group.get("")?, &universe)?))
}

fn fold_list(lists: &[(Target, &[String])], universe: &[Target]) -> Option<Vec<String>> {
    // Items in an order that keeps each list's own: a new one goes behind the item it followed.
    let mut items: Vec<(&String, Vec<Target>)> = Vec::new();
    for (target, list) in lists {
        let mut at = 0;
        for item in *list {
            match items.iter().position(|(known, targets)| *known == item && !targets.contains(target)) {
                Some(found) => {
                    items[found].1.push(*target);
                    at = found + 1;
                }
                None => {
                    items.insert(at, (item, vec![*target]));
                    at += 1;
                }
            }
        }
    }
    items.into_iter().map(|(item, targets)| with_marker(item, marker(&targets, universe))).collect()
}

/// A requirement with one more condition; `None` when it is no requirement.
fn with_marker(text: &str, marker: Option<String>) -> Option<String> {
    let Some(marker) = marker else { return Some(text.to_owned()) };
    let requirement: Requirement = text.parse().ok()?;
    let bare = requirement.without_marker();
    let own = text[text.find(bare)? + bare.len()..].trim_start().trim_start_matches(';').trim();
    let gap = if requirement.url.is_some() { " ; " } else { "; " };
    Some(match own {
        "" => format!("{bare}{gap}{marker}"),
        own if marker.contains(" or ") => format!("{bare}{gap}({own}) and ({marker})"),
        own => format!("{bare}{gap}({own}) and {marker}"),
    })
}

/// The shortest marker of ours that holds on `targets` and on no other of `universe`; `None` when that is all of them.
pub fn marker(targets: &[Target], universe: &[Target]) -> Option<String> {
    let mut platforms: BTreeMap<Vec<Python>, Vec<Platform>> = BTreeMap::new();
    let mut all_platforms: Vec<Platform> = universe.iter().map(|target| target.platform).collect();
    all_platforms.sort();
    all_platforms.dedup();
    let mut all_pythons: Vec<Python> = universe.iter().map(|target| target.python).collect();
    all_pythons.sort();
    all_pythons.dedup();
    for platform in &all_platforms {
        let mut pythons: Vec<Python> =
            targets.iter().filter(|t| t.platform == *platform).map(|t| t.python).collect();
        pythons.sort();
        pythons.dedup();
        if !pythons.is_empty() {
            platforms.entry(pythons).or_default().push(*platform);
        }
    }
    let alternatives: Vec<Vec<String>> = platforms
        .iter()
        .flat_map(|(pythons, on)| {
            let where_ = platform_marker(on, &all_platforms);
            python_markers(pythons, &all_pythons)
                .into_iter()
                .map(move |python| python.into_iter().chain(where_.clone()).collect())
        })
        .collect();
    if alternatives.iter().any(Vec::is_empty) {
        return None;
    }
    let several = alternatives.len() > 1;
    let shown: Vec<String> = alternatives
        .iter()
        .map(|parts| {
            if several && parts.len() > 1 {
                format!("({})", parts.join(" and "))
            } else {
                parts.join(" and ")
            }
        })
        .collect();
    Some(shown.join(" or "))
}

/// One conjunction a run of neighbouring versions; an empty conjunction holds everywhere.
fn python_markers(pythons: &[Python], all: &[Python]) -> Vec<Vec<String>> {
    let places: Vec<usize> =
        pythons.iter().filter_map(|python| all.iter().position(|p| p == python)).collect();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        match runs.last_mut() {
            Some((_, end)) if *end + 1 == place => *end = place,
            _ => runs.push((place, place)),
        }
    }
    runs.into_iter()
        .map(|(start, end)| {
            let mut parts = Vec::new();
            if start > 0 && start == end && end + 1 < all.len() {
                return vec![format!("python_version == \"{}\"", all[start])];
            }
            if start > 0 {
                parts.push(format!("python_version >= \"{}\"", boundary(all[start - 1], all[start])));
            }
            if end + 1 < all.len() {
                parts.push(format!("python_version < \"{}\"", boundary(all[end], all[end + 1])));
            }
            parts
        })
        .collect()
}

/// Between two neighbours: `3` between a Python 2 and a Python 3, else the later one.
fn boundary(before: Python, after: Python) -> String {
    if before.major < after.major { after.major.to_string() } else { after.to_string() }
}

fn platform_marker(on: &[Platform], all: &[Platform]) -> Option<String> {
    if on.len() == all.len() {
        return None;
    }
    // `sys_platform` is `linux2` on Python 2, so Linux is told by `platform_system`.
    let one = |platform: Platform, operator: &str| match platform {
        Platform::Linux => format!("platform_system {operator} \"Linux\""),
        Platform::Macos => format!("sys_platform {operator} \"darwin\""),
        Platform::Windows => format!("sys_platform {operator} \"win32\""),
    };
    match on {
        [only] => Some(one(*only, "==")),
        _ => {
            let missing: Vec<String> = all
                .iter()
                .filter(|platform| !on.contains(platform))
                .map(|platform| one(*platform, "!="))
                .collect();
            Some(missing.join(" and "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::Marker;
    use crate::text::{Sources, Span};

    fn targets(keep: impl Fn(Target) -> bool) -> Vec<Target> {
        Target::all().into_iter().filter(|target| keep(*target)).collect()
    }

    #[test]
    fn markers_read_as_people_write_them() {
        let all = Target::all();
        let said = |keep: fn(Target) -> bool| marker(&targets(keep), &all);
        assert_eq!(said(|_| true), None);
        assert_eq!(said(|t| t.python.major == 2).as_deref(), Some("python_version < \"3\""));
        assert_eq!(said(|t| t.python.major == 3).as_deref(), Some("python_version >= \"3\""));
        assert_eq!(said(|t| t.platform == Platform::Windows).as_deref(), Some("sys_platform == \"win32\""));
        assert_eq!(said(|t| t.platform != Platform::Windows).as_deref(), Some("sys_platform != \"win32\""));
        assert_eq!(said(|t| t.python == Python::new(3, 6)).as_deref(), Some("python_version == \"3.6\""));
        assert_eq!(
            said(|t| t.python < Python::new(3, 8) && t.platform == Platform::Linux).as_deref(),
            Some("python_version < \"3.8\" and platform_system == \"Linux\"")
        );
    }

    #[test]
    fn a_marker_holds_on_its_targets_and_nowhere_else() {
        let all = Target::all();
        // A fixed walk over subsets: bits of a multiplicative sequence choose the targets.
        for seed in 1..400_u64 {
            let chosen: Vec<Target> = all
                .iter()
                .enumerate()
                .filter(|(at, _)| {
                    (seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (at % 60)) & 1 == 1
                        || seed % 7 == (*at as u64) % 7
                })
                .map(|(_, target)| *target)
                .collect();
            if chosen.is_empty() {
                continue;
            }
            let text = marker(&chosen, &all);
            for target in &all {
                let holds = text.as_ref().is_none_or(|text| {
                    text.parse::<Marker>().unwrap().holds(&target.marker_environment(), &[])
                });
                assert_eq!(holds, chosen.contains(target), "{target}: {text:?}");
            }
        }
    }

    #[test]
    fn a_requirement_that_some_targets_have_gets_its_marker() {
        let mut sources = Sources::new();
        let origin = Span::new(sources.add("setup.py", "x"), 0, 1);
        let list = |items: &[&str]| {
            let mut metadata = Metadata::default();
            let value = FieldValue::List(items.iter().map(ToString::to_string).collect());
            metadata.set("install_requires", Field::Known { value, origin, trail: Vec::new() });
            metadata
        };
        let answers: Vec<(Target, Metadata)> = Target::all()
            .into_iter()
            .map(|t| {
                (
                    t,
                    if t.python.major == 2 {
                        list(&["a", "futures ; os_name == 'posix'", "b"])
                    } else {
                        list(&["a", "b"])
                    },
                )
            })
            .collect();
        let folded = fold(&answers);
        assert_eq!(
            folded.list("install_requires").unwrap(),
            ["a", "futures; (os_name == 'posix') and python_version < \"3\"", "b"]
        );
    }
}
