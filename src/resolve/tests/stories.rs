//! How failures are told.

use super::*;
use insta::assert_snapshot;

fn story(text: &str, requirements: &[&str], environments: &[Environment]) -> String {
    story_with(text, requirements, environments, &Options::default())
}

fn story_with(text: &str, requirements: &[&str], environments: &[Environment], options: &Options) -> String {
    let (roots, sources) = roots(requirements);
    told(&resolve(&roots, environments, &index(text), options), &roots, &sources)
}

#[test]
fn two_that_want_different_versions() {
    assert_snapshot!(story("a 1.0 needs c>=2\nb 1.0 needs c<2\nc 1.0\nc 2.0", &["a", "b"], &linux(&["3.12"])), @"
    unsatisfiable-requirements no version of `c` satisfies both `a` and `b` on Python 3.12
      requirements.txt:1:1: wants `a`
      requirements.txt:2:1: wants `b`
      - a 1.0 needs `c>=2`
      - b 1.0 needs `c<2`
    ");
}

#[test]
fn many_versions_that_want_the_same() {
    assert_snapshot!(story(
        "a 1.0 needs c<2\na 1.1 needs c<2\na 1.2 needs c<2\nc 1.0\nc 2.0",
        &["a", "c>=2"],
        &linux(&["3.12"]),
    ), @"
    unsatisfiable-requirements no version of `c` satisfies both requirements.txt and `a` on Python 3.12
      requirements.txt:1:1: wants `a`
      requirements.txt:2:1: wants `c>=2`
      - a 1.0 to 1.2 need `c<2`
    ");
}

#[test]
fn one_file_that_contradicts_itself() {
    assert_snapshot!(story("c 1.0\nc 2.0", &["c>=2", "c<2"], &linux(&["3.12"])), @"
    unsatisfiable-requirements there is no version for `c<2` and `c>=2` on Python 3.12
      requirements.txt:1:1: wants `c>=2`
      requirements.txt:2:1: wants `c<2`
    ");
}

#[test]
fn versions_that_need_another_python() {
    let text = "click 7.1.2\nclick 8.1.0 python>=3.7\nclick 8.2.0 python>=3.10\nclick 8.2.1 python>=3.10\nclick 8.3.0 python>=3.10";
    assert_snapshot!(story(text, &["click>=8.2"], &linux(&["2.7", "3.8", "3.9", "3.12"])), @"
    no-matching-distribution there is no version for `click>=8.2` on Python 2.7, 3.8 and 3.9
      requirements.txt:1:1: wants `click>=8.2`
      - click 8.2.0 to 8.3.0 need Python >=3.10
      - click 7.1.2 is the newest for Python 2.7
      - click 8.1.0 is the newest for Python 3.8 and 3.9
    ");
}

#[test]
fn versions_that_do_not_exist() {
    assert_snapshot!(story("a 1.0\na 2.0\na 3.0", &["a>=4"], &linux(&["3.12"])), @"
    no-matching-distribution there is no version for `a>=4` on Python 3.12
      requirements.txt:1:1: wants `a>=4`
      - a 3.0 is the newest for Python 3.12
    ");
    assert_snapshot!(story("a 1.0 needs b", &["a"], &linux(&["3.12"])), @"
    no-matching-distribution `a` needs `b`, for which there is no version on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 1.0 needs `b`
      - b is not on the index
    ");
    assert_snapshot!(story("a 1.0 needs b>2\nb 2.0", &["a"], &linux(&["3.12"])), @"
    no-matching-distribution `a` needs `b>2`, for which there is no version on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 1.0 needs `b>2`
      - b 2.0 is the newest for Python 3.12
    ");
}

#[test]
fn only_sources_or_only_other_systems() {
    assert_snapshot!(story("a 1.0 sdist\na 1.1 sdist", &["a"], &linux(&["3.12"])), @"
    no-usable-wheel there is no usable wheel for `a` on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 1.0 and 1.1 have no wheel, only a source distribution
    ");
    let targets: Vec<Target> = Platform::ALL.iter().map(|&platform| on("3.12", platform)).collect();
    assert_snapshot!(
        story("w 1.0 cp312-cp312-win_amd64\nw 2.0 cp312-cp312-win_amd64 sdist", &["w"], &Environment::defaults(&targets)),
        @"
    no-usable-wheel there is no usable wheel for `w` on Python 3.12 (linux and macos)
      requirements.txt:1:1: wants `w`
      - w 1.0 and 2.0 have wheels only for win_amd64
    ");
    assert_snapshot!(story("a 1.0 cp39-cp39-manylinux2014_x86_64 cp310-cp310-manylinux2014_x86_64", &["a"], &linux(&["3.12"])), @"
    no-usable-wheel there is no usable wheel for `a` on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 1.0 has wheels only for cp39, cp310
    ");
}

#[test]
fn long_lists_of_versions_are_told_in_few_words() {
    assert_snapshot!(story(
        "web 1.0 needs net<5
         web 1.1 needs net<5,>=1
         web 2.0 python>=3.13
         web 2.1 python>=3.13
         web 3.0a1 python>=3.14
         web 3.0 python>=3.14
         net 1.0 sdist
         net 2.0 cp39-cp39-manylinux2014_x86_64
         net 2.1 cp39-cp39-manylinux2014_x86_64 cp310-cp310-manylinux2014_x86_64
         net 2.2rc1 cp39-cp39-win_amd64
         net 5.0",
        &["web"],
        &linux(&["3.12"]),
    ), @"
    no-usable-wheel `web` needs `net`, for which there is no usable wheel on Python 3.12
      requirements.txt:1:1: wants `web`
      - web 2.0 to 3.0 need Python >=3.13, the newest of them >=3.14
      - web 1.0 needs `net<5`
      - web 1.1 needs `net<5,>=1`
      - net 2.0 and 2.1 have wheels only for cp39, cp310
      - net 1.0 has no wheel, only a source distribution
      - net 5.0 is the newest for Python 3.12
    ");
}

#[test]
fn constraints_and_withdrawn_files_and_prereleases() {
    let (constraints, _) = roots(&["a<2"]);
    let options = Options { constraints, ..Options::default() };
    assert_snapshot!(story_with("a 1.0\na 2.0", &["a>=2"], &linux(&["3.12"]), &options), @"
    no-matching-distribution there is no version for `a>=2` on Python 3.12
      requirements.txt:1:1: wants `a>=2`
      - a 2.0 is ruled out by the constraint `a<2` (requirements.txt)
      - a 1.0 is the newest for Python 3.12
    ");
    assert_snapshot!(story("a 1.0 yanked\na 1.1 yanked", &["a"], &linux(&["3.12"])), @"
    no-matching-distribution there is no version for `a` on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 1.0 and 1.1 were withdrawn by the author: broken
    ");
    assert_snapshot!(story("a 1.0\na 2.0rc1\nb 1.0 needs a>1.5,<3 & a<1.7", &["b"], &linux(&["3.12"])), @"
    unsatisfiable-requirements `b` needs `a<1.7` and `a>1.5,<3`, for which there is no version on Python 3.12
      requirements.txt:1:1: wants `b`
      - b 1.0 needs `a<1.7`
      - b 1.0 needs `a>1.5,<3`
    ");
}

#[test]
fn a_chain_through_extras() {
    assert_snapshot!(story(
        "web 1.0 extra=db needs driver>=2; extra == 'db'
         driver 1.0
         driver 2.0 python>=3.13",
        &["web[db]"],
        &linux(&["3.12"]),
    ), @"
    no-matching-distribution `web[db]` needs `driver>=2`, for which there is no version on Python 3.12
      requirements.txt:1:1: wants `web[db]`
      - web[db] 1.0 needs `driver>=2`
      - driver 2.0 needs Python >=3.13
      - driver 1.0 is the newest for Python 3.12
    ");
}

#[test]
fn metadata_that_is_no_use() {
    assert_snapshot!(story("a 1.0 unreadable\na 2.0 unreadable", &["a"], &linux(&["3.12"])), @"
    no-matching-distribution there is no version for `a` on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 1.0 and 2.0 have metadata that nobody can read
    ");
    assert_snapshot!(story("a 1.0 needs b >=>= 1\na 2.0 unreadable", &["a"], &linux(&["3.12"])), @"
    no-matching-distribution there is no version for `a` on Python 3.12
      requirements.txt:1:1: wants `a`
      - a 2.0 has metadata that nobody can read
      - a 1.0 has a dependency that PEP 508 does not allow: `b >=>= 1`
    ");
}

#[test]
fn a_deep_conflict_is_told_from_the_roots_down() {
    assert_snapshot!(story(
        "app 1.0 needs web>=2 & orm
         web 2.0 needs http>=3
         web 2.1 needs http>=3
         orm 1.0 needs pool
         orm 1.1 needs pool
         pool 1.0 needs http<3
         http 2.0
         http 3.0",
        &["app"],
        &linux(&["3.12"]),
    ), @"
    unsatisfiable-requirements no version of `http` satisfies both `pool` and `web` on Python 3.12
      requirements.txt:1:1: wants `app`
      - app 1.0 needs `orm`
      - app 1.0 needs `web>=2`
      - orm 1.0 and 1.1 need `pool`
      - pool 1.0 needs `http<3`
      - web 2.0 and 2.1 need `http>=3`
    ");
}

#[test]
fn urls_and_indexes_that_do_not_answer_and_budgets() {
    assert_snapshot!(story("a 1.0", &["a", "b @ https://example.test/b-1.0-py3-none-any.whl"], &everywhere()), @"
    unsupported-requirement `b @ https://example.test/b-1.0-py3-none-any.whl` names a URL; spx takes distributions from an index or a directory only
      requirements.txt:2:1: wants `b @ https://example.test/b-1.0-py3-none-any.whl`
      - name a version instead, or put the wheel into a directory that spx is told to look in
    ");
    assert_snapshot!(story("a 1.0 needs offline", &["a"], &linux(&["3.12"])), @"index-unavailable the index does not answer");
    let options = Options { budget: 2, ..Options::default() };
    assert_snapshot!(story_with("a 1.0 needs b\nb 1.0", &["a"], &linux(&["3.12"]), &options), @"
    resolution-too-hard the resolver gave up looking for versions that fit together on Python 3.12
      - narrow the requirements, for instance by a lower bound for each
    ");
}

/// A formula nobody can satisfy, as requirements: the solver must find that out or give up, in bounded steps.
#[test]
fn hard_questions_end() {
    let mut text = String::new();
    let holes = 6;
    for pigeon in 0..=holes {
        for hole in 0..holes {
            let hole_wanted = format!("hole{hole}=={pigeon}");
            writeln!(text, "pigeon{pigeon} {hole} needs {hole_wanted}").unwrap();
            writeln!(text, "hole{hole} {pigeon}").unwrap();
        }
    }
    let names: Vec<String> = (0..=holes).map(|pigeon| format!("pigeon{pigeon}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (roots, _) = roots(&names);
    let outcome =
        resolve(&roots, &linux(&["3.12"]), &index(&text), &Options { budget: 20_000, ..Options::default() });
    let failure = outcome.failures.values().next().unwrap();
    assert!(
        ["unsatisfiable-requirements", "resolution-too-hard"].contains(&failure.code.name),
        "{failure:?}"
    );
    assert!(failure.story.len() <= 17);
}
