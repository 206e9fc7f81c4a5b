//! What is built from a project whose files differ by target: one variant a group of targets, told apart by wheel tags.

use super::command_class::Replacement;
use super::fold::{REQUIREMENTS, fold};
use super::from_setup::Special;
use super::metadata::FIELDS;
use super::{Field, FieldValue, Metadata, WheelOptions};
use crate::packaging::{Platform, Python, Target};

/// What one target makes of the project.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) target: Target,
    pub(super) metadata: Metadata,
    pub(super) options: WheelOptions,
    pub(super) special: Vec<Special>,
}

/// What is built alike for some targets.
#[derive(Clone, Debug)]
pub struct Variant {
    /// Whom it serves.
    pub targets: Vec<Target>,
    /// Requirements carry the markers of the whole project's targets, so they are the same in every variant.
    pub metadata: Metadata,
    pub options: WheelOptions,
    /// Arguments that let code take part in a build.
    pub(super) special: Vec<Special>,
}

/// Fields that no tag can tell apart: a file's name says them.
const NAMES: &[&str] = &["name", "version"];
/// Fields without effect on what is built.
const WITHOUT_EFFECT: &[&str] = &["test_suite"];

/// The variants of a project, in the order of their Pythons. Targets whose code setuptools would have to convert
/// (`use_2to3`) are left out while there are others.
pub(super) fn of(answers: &[Answer]) -> Vec<Variant> {
    let plain: Vec<&Answer> = answers.iter().filter(|answer| converted(answer).is_none()).collect();
    let left_out = plain.len() < answers.len() && !plain.is_empty();
    let served: Vec<&Answer> = if plain.is_empty() { answers.iter().collect() } else { plain };
    let pythons = pythons(&served);
    let whole = fold_of(&served);
    let mut groups_of_all = Vec::new();
    let platforms = platforms(&served);
    let tells_platforms = platforms.len() > 1;
    for platforms in platforms {
        let there: Vec<&Answer> =
            served.iter().copied().filter(|answer| platforms.contains(&answer.target.platform)).collect();
        let groups = groups(&there);
        let several = groups.len() > 1 || left_out;
        let platform = platform_tag(&platforms).filter(|_| tells_platforms);
        groups_of_all.extend(groups.into_iter().map(|members| (members, several, platform)));
    }
    let made = groups_of_all.into_iter().map(|(members, several, platform)| {
        let mut metadata = fold_of(&members);
        for field in REQUIREMENTS {
            match whole.get(field) {
                Some(value) => metadata.set(field, value.clone()),
                None => metadata.remove(field),
            }
        }
        let own = self::pythons(&members);
        let mut options = members[0].options.clone();
        options.python = if let [only] = own[..] { Some(only) } else { None };
        options.own_tag = several.then(|| tag(&own, &pythons));
        options.own_platform = platform.map(str::to_owned);
        if options.python_tag.is_none() && own.iter().all(|python| python.major == 2) {
            // The series of the Python that builds.
            options.python_tag = Some("py2".to_owned());
        }
        let mut special: Vec<Special> = Vec::new();
        for answer in &members {
            for one in &answer.special {
                if !special.contains(one) {
                    special.push(one.clone());
                }
            }
            if !answer.options.same_wheel(&members[0].options) {
                special.extend(answer.options_differ());
            }
        }
        options.extension_files = extension_files(&members);
        Variant { targets: members.iter().map(|answer| answer.target).collect(), metadata, options, special }
    });
    made.collect()
}

/// The argument that asks for conversion, on a Python that wants converted code.
pub(super) fn converted(answer: &Answer) -> Option<&Special> {
    let converts = |special: &&Special| {
        special.keyword == "use_2to3" || matches!(&special.command, Some((_, Replacement::Converts)))
    };
    answer.special.iter().find(converts)
}

impl Answer {
    /// What to say when options of commands depend on the platform, which no tag of a pure wheel says.
    fn options_differ(&self) -> Option<Special> {
        let span = self
            .special
            .first()
            .map(|special| special.span)
            .or_else(|| self.metadata.iter().next().map(|(_, field)| origin(field)))?;
        let unknown = Some("options of commands depend on the platform".to_owned());
        Some(Special { keyword: "options".to_owned(), span, command: None, unknown })
    }
}

fn origin(field: &Field) -> crate::text::Span {
    match field {
        Field::Known { origin, .. } | Field::Unknown { origin, .. } => *origin,
    }
}

/// What extensions are made of on any of the targets; `None` when that is not known on one.
fn extension_files(answers: &[&Answer]) -> Option<Vec<String>> {
    let mut files: Vec<String> = Vec::new();
    for answer in answers.iter().filter(|answer| answer.metadata.get("ext_modules").is_some()) {
        for file in answer.options.extension_files.as_ref()? {
            if !files.contains(file) {
                files.push(file.clone());
            }
        }
    }
    Some(files)
}

fn fold_of(answers: &[&Answer]) -> Metadata {
    let pairs: Vec<(Target, Metadata)> =
        answers.iter().map(|answer| (answer.target, answer.metadata.clone())).collect();
    fold(&pairs)
}

fn pythons(answers: &[&Answer]) -> Vec<Python> {
    let mut pythons: Vec<Python> = answers.iter().map(|answer| answer.target.python).collect();
    pythons.sort();
    pythons.dedup();
    pythons
}

/// The platforms in groups on which the same is built, that with Linux last.
fn platforms(answers: &[&Answer]) -> Vec<Vec<Platform>> {
    let of = |platform: Platform| answers.iter().filter(move |answer| answer.target.platform == platform);
    let alike = |a: Platform, b: Platform| {
        of(a).all(|one| {
            of(b)
                .filter(|other| other.target.python == one.target.python)
                .all(|other| same(&one.metadata, &other.metadata) && one.options.same_wheel(&other.options))
        })
    };
    // What a project says itself of the platform goes before what tells wheels apart.
    let said = answers.iter().any(|answer| answer.options.plat_name.is_some());
    let mut groups: Vec<Vec<Platform>> = Vec::new();
    for platform in Platform::ALL.into_iter().filter(|platform| of(*platform).next().is_some()) {
        match groups.iter_mut().find(|group| said || group.iter().all(|one| alike(*one, platform))) {
            Some(group) => group.push(platform),
            None => groups.push(vec![platform]),
        }
    }
    groups.reverse();
    groups
}

/// The platform part of the tag of a wheel that is for some platforms only; installers take it before one for any, which is for those
/// with Linux.
fn platform_tag(platforms: &[Platform]) -> Option<&'static str> {
    match platforms {
        [Platform::Windows] => Some("win32.win_amd64.win_arm64"),
        [Platform::Macos] => Some("macosx_10_9_universal2.macosx_10_9_x86_64.macosx_11_0_arm64"),
        [Platform::Macos, Platform::Windows] => {
            Some("macosx_10_9_universal2.macosx_10_9_x86_64.macosx_11_0_arm64.win32.win_amd64.win_arm64")
        }
        _ => None,
    }
}

/// The answers in groups of Pythons on which the same is built.
fn groups<'a>(answers: &[&'a Answer]) -> Vec<Vec<&'a Answer>> {
    // The file that stands for namespace packages has the building Python in its name.
    let apart = answers
        .iter()
        .any(|answer| answer.metadata.list("namespace_packages").is_ok_and(|names| !names.is_empty()));
    let mut groups: Vec<(Metadata, Vec<&Answer>)> = Vec::new();
    for python in pythons(answers) {
        let members: Vec<&Answer> =
            answers.iter().copied().filter(|answer| answer.target.python == python).collect();
        let metadata = fold_of(&members);
        let known = groups.iter_mut().find(|(other, kept)| {
            !apart
                && same(other, &metadata)
                && members.iter().all(|member| kept.iter().any(|one| one.options.same_wheel(&member.options)))
        });
        match known {
            Some((_, kept)) => kept.extend(members),
            None => groups.push((metadata, members)),
        }
    }
    groups.into_iter().map(|(_, members)| members).collect()
}

/// Whether two answers give the same files but for requirements, whose differences markers say.
fn same(a: &Metadata, b: &Metadata) -> bool {
    fn value<'a>(metadata: &'a Metadata, name: &str) -> Option<Result<&'a FieldValue, &'a str>> {
        metadata.get(name).map(|field| match field {
            Field::Known { value, .. } => Ok(value),
            Field::Unknown { unknown, .. } => Err(unknown.reason.as_str()),
        })
    }
    let told_otherwise =
        |name: &&str| REQUIREMENTS.contains(name) || NAMES.contains(name) || WITHOUT_EFFECT.contains(name);
    let fields = || FIELDS.iter().map(|(name, _)| name).filter(|name| !told_otherwise(name));
    a.is_copy_of(b)
        || fields().all(|name| {
            let (a, b) = (value(a, name), value(b, name));
            // An order that differs is that in which Python 2 walks dicts.
            a == b
                || matches!((a, b), (Some(Ok(a)), Some(Ok(b)))
                    if a.in_one_order().is_some() && a.in_one_order() == b.in_one_order())
        })
}

/// The tag of a wheel for some of the served Pythons. An interpreter prefers `pyXY` of its own version, then `pyX`, then
/// `pyXY` of older ones, newest first: so each run of neighbours is named by where it starts, and `pyX` alone when
/// the whole series is served alike.
fn tag(own: &[Python], served: &[Python]) -> String {
    let mut tags: Vec<String> = Vec::new();
    for major in [2, 3] {
        let series: Vec<Python> = served.iter().copied().filter(|python| python.major == major).collect();
        let mine = |python: &Python| own.contains(python);
        if !series.is_empty() && series.iter().all(mine) {
            tags.push(format!("py{major}"));
            continue;
        }
        for (at, python) in series.iter().enumerate() {
            if mine(python) && (at == 0 || !mine(&series[at - 1])) {
                tags.push(format!("py{}{}", python.major, python.minor));
            }
        }
    }
    tags.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Sources, Span};

    fn answer(target: Target, fields: &[(&str, &str)]) -> Answer {
        let origin = Span::new(Sources::new().add("setup.py", "x"), 0, 1);
        let mut metadata = Metadata::default();
        for (name, items) in fields {
            let items: Vec<String> = items.split_whitespace().map(str::to_owned).collect();
            let value = if matches!(
                super::super::metadata::shape(name),
                Some((_, super::super::metadata::Shape::Text))
            ) {
                FieldValue::Text(items.join(" "))
            } else {
                FieldValue::List(items)
            };
            metadata.set(name, Field::Known { value, origin, trail: Vec::new() });
        }
        Answer { target, metadata, options: WheelOptions::default(), special: Vec::new() }
    }

    fn tags(fields: impl Fn(Target) -> Vec<(&'static str, &'static str)>) -> Vec<(Option<String>, usize)> {
        let answers: Vec<Answer> =
            Target::all().into_iter().map(|target| answer(target, &fields(target))).collect();
        of(&answers).into_iter().map(|variant| (variant.options.own_tag, variant.targets.len())).collect()
    }

    #[test]
    fn pythons_that_build_alike_share_a_wheel() {
        let count = Target::all().len();
        let platforms = Platform::ALL.len();
        assert_eq!(tags(|_| vec![("packages", "a")]), [(None, count)]);
        assert_eq!(
            tags(|t| vec![("packages", if t.python.major == 2 { "a b" } else { "a" })]),
            [(Some("py2".to_owned()), platforms), (Some("py3".to_owned()), count - platforms)]
        );
        let middle = |t: Target| t.python >= Python::new(3, 8) && t.python < Python::new(3, 10);
        assert_eq!(
            tags(|t| vec![("packages", if middle(t) { "a b" } else { "a" })]),
            [
                (Some("py2.py35.py310".to_owned()), count - 2 * platforms),
                (Some("py38".to_owned()), 2 * platforms)
            ]
        );
    }

    #[test]
    fn requirements_are_told_by_markers_and_names_not_at_all() {
        assert_eq!(
            tags(|t| vec![("install_requires", if t.python.major == 2 { "a b" } else { "a" })]).len(),
            1
        );
        assert_eq!(tags(|t| vec![("version", if t.python.major == 2 { "1" } else { "2" })]).len(), 1);
        assert_eq!(tags(|_| vec![("namespace_packages", "a")]).len(), Python::ALL.len());
    }

    #[test]
    fn platforms_that_build_otherwise_have_wheels_of_their_own() {
        let platforms = |linux: &'static str, macos: &'static str, windows: &'static str| {
            let answers: Vec<Answer> = Target::all()
                .into_iter()
                .map(|target| {
                    let packages = match target.platform {
                        Platform::Linux => linux,
                        Platform::Macos => macos,
                        Platform::Windows => windows,
                    };
                    answer(target, &[("packages", packages)])
                })
                .collect();
            let made = of(&answers).into_iter();
            let told = made.map(|variant| (variant.options.own_platform, variant.targets.len()));
            told.collect::<Vec<_>>()
        };
        let count = Python::ALL.len();
        assert_eq!(platforms("a", "a", "a"), [(None, 3 * count)]);
        let windows = Some("win32.win_amd64.win_arm64".to_owned());
        assert_eq!(platforms("a", "a", "b"), [(windows.clone(), count), (None, 2 * count)]);
        let each = platforms("a", "b", "c");
        assert_eq!((each.len(), &each[0].0, &each[2]), (3, &windows, &(None, count)));
        assert_eq!(platforms("a", "b", "b")[0].1, 2 * count);
        assert_eq!(platforms("a", "b", "a")[1], (None, 2 * count));
        let alone = Target { python: Python::new(3, 11), platform: Platform::Windows };
        let alone = answer(alone, &[("packages", "a")]);
        assert_eq!(of(&[alone])[0].options.own_platform, None, "as setuptools tags it there");
    }

    #[test]
    fn code_that_would_be_converted_is_for_python_2_alone() {
        let converting = |target: Target| {
            let mut made = answer(target, &[]);
            let span = Span::new(Sources::new().add("setup.py", "x"), 0, 1);
            if target.python.major == 3 {
                made.special.push(Special {
                    keyword: "use_2to3".to_owned(),
                    span,
                    command: None,
                    unknown: None,
                });
            }
            made
        };
        let answers: Vec<Answer> = Target::all().into_iter().map(converting).collect();
        let variants = of(&answers);
        assert_eq!((variants.len(), variants[0].options.own_tag.as_deref()), (1, Some("py2")));
        assert!(variants[0].targets.iter().all(|target| target.python.major == 2));
        let three: Vec<Answer> =
            answers.into_iter().filter(|answer| answer.target.python.major == 3).collect();
        assert_eq!(of(&three)[0].special.len(), 1, "nothing else is left, so it is refused");
    }
}
