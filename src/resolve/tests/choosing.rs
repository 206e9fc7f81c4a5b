//! Which versions and files are chosen.

use super::*;
use insta::assert_snapshot;

#[test]
fn the_newest_that_fit_together_are_taken_after_backtracking() {
    assert_snapshot!(solve(
        "a 1.0 needs c<2
         a 2.0 needs c>=2
         b 1.0 needs c
         b 2.0 needs c<2
         c 1.0
         c 1.5
         c 2.0",
        &["a", "b"],
    ), @"Python 3.12 on linux x86_64: a 2.0, b 1.0, c 2.0");
}

#[test]
fn projects_may_need_each_other() {
    assert_snapshot!(solve("a 1.0 needs b\nb 1.0 needs a>=1 & b\nb 2.0 needs b<2", &["A", "a"]),
        @"
    Python 3.12 on linux x86_64: A 1.0, b 1.0
    note: b 2.0 wants another version of itself: `b<2`; 1.0 is taken on Python 3.12
    ");
}

#[test]
fn extras_add_requirements_and_stay_with_their_project() {
    let text = "requests 1.0 extra=socks extra=all needs certifi & pysocks>=1; extra == 'socks'
         requests 2.0 extra=socks extra=all needs certifi & pysocks>=3; extra == 'socks' & requests[socks]; extra == 'all'
         certifi 2020.1
         pysocks 1.0
         pysocks 2.0";
    assert_snapshot!(solve(text, &["requests"]), @"Python 3.12 on linux x86_64: certifi 2020.1, requests 2.0");
    assert_snapshot!(solve(text, &["requests[socks]"]), @"Python 3.12 on linux x86_64: certifi 2020.1, pysocks 2.0, requests[socks] 1.0");
    assert_snapshot!(solve(text, &["requests[ALL]<2"]), @"Python 3.12 on linux x86_64: certifi 2020.1, requests[all] 1.0");
    assert_snapshot!(solve(text, &["requests[nothing]"]), @"
    Python 3.12 on linux x86_64: certifi 2020.1, requests[nothing] 2.0
    note: requests 2.0 has no extra `nothing` on Python 3.12
    ");
    let newer = format!("{text}\npysocks 3.0");
    assert_snapshot!(solve(&newer, &["requests[all]"]), @"Python 3.12 on linux x86_64: certifi 2020.1, pysocks 3.0, requests[all,socks] 2.0");
}

#[test]
fn each_python_gets_the_newest_that_works_for_it() {
    let text = "click 7.1.2 python>=2.7,!=3.0.*
         click 8.0.4 python>=3.6 needs importlib-metadata; python_version < '3.8' & colorama; sys_platform == 'win32'
         click 8.1.8 python>=3.7 needs importlib-metadata; python_version < '3.8' & colorama; sys_platform == 'win32'
         click 8.3.1 python>=3.10 needs colorama; sys_platform == 'win32'
         colorama 0.4.6
         importlib-metadata 4.8.3 python>=3.6
         sh 1.14.2 python>=2.7
         sh 1.14.3 sdist python>=2.7
         sh 2.0.0 python>=3.8
         sh 2.4.0 python>=3.10";
    assert_snapshot!(solve_with(text, &["click", "sh; sys_platform != 'win32'"], &everywhere(), &Options::default()), @"
    Python 2.7 on linux x86_64 to Python 3.5 on macos x86_64 (4): click 7.1.2, sh 1.14.2
    Python 2.7 on windows AMD64; Python 3.5 on windows AMD64: click 7.1.2
    Python 3.6 on linux x86_64; Python 3.6 on macos x86_64: click 8.0.4, importlib-metadata 4.8.3, sh 1.14.2
    Python 3.6 on windows AMD64: click 8.0.4, colorama 0.4.6, importlib-metadata 4.8.3
    Python 3.7 on linux x86_64; Python 3.7 on macos x86_64: click 8.1.8, importlib-metadata 4.8.3, sh 1.14.2
    Python 3.7 on windows AMD64: click 8.1.8, colorama 0.4.6, importlib-metadata 4.8.3
    Python 3.8 on linux x86_64 to Python 3.9 on macos arm64 (6): click 8.1.8, sh 2.0.0
    Python 3.8 on windows AMD64; Python 3.9 on windows AMD64: click 8.1.8, colorama 0.4.6
    Python 3.10 on linux x86_64 to Python 3.14 on macos arm64 (15): click 8.3.1, sh 2.4.0
    Python 3.10 on windows AMD64 to Python 3.14 on windows AMD64 (5): click 8.3.1, colorama 0.4.6
    note: sh 1.14.3 has no wheel, only a source distribution; 1.14.2 is taken on Python 2.7 and 3.5 to 3.7 (linux and macos)
    ");
}

#[test]
fn one_file_per_platform_where_wheels_are_native() {
    let text = "numpy 1.0 cp312-cp312-manylinux2014_x86_64 cp312-cp312-win_amd64 cp312-cp312-macosx_10_9_x86_64
         numpy 2.0 cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64 cp312-cp312-manylinux_2_28_x86_64 cp312-cp312-win_amd64 cp312-cp312-macosx_11_0_arm64 sdist";
    let targets: Vec<Target> = Platform::ALL.iter().map(|&platform| on("3.12", platform)).collect();
    let environments = Environment::defaults(&targets);
    assert_snapshot!(solve_with(text, &["numpy"], &environments, &Options::default()), @"
    Python 3.12 on linux x86_64; Python 3.12 on macos arm64; Python 3.12 on windows AMD64: numpy 2.0
    Python 3.12 on macos x86_64: numpy 1.0
    note: numpy 2.0 has wheels only for win_amd64, macosx_11_0_arm64, manylinux2014_x86_64, manylinux_2_17_x86_64 and 1 more; 1.0 is taken on Python 3.12 (macos x86_64)
    ");
    let (roots, _) = roots(&["numpy"]);
    let outcome = resolve(&roots, &environments, &index(text), &Options::default());
    let files: Vec<&str> =
        outcome.resolutions.values().map(|r| r.pins[0].file.listed.filename.as_str()).collect();
    assert_snapshot!(files.join("\n"), @"
    numpy-2.0-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl
    numpy-1.0-cp312-cp312-macosx_10_9_x86_64.whl
    numpy-2.0-cp312-cp312-macosx_11_0_arm64.whl
    numpy-2.0-cp312-cp312-win_amd64.whl
    ");
}

#[test]
fn native_wheels_are_preferred_and_pure_ones_serve_the_rest() {
    let text = "fast 1.0 cp312-cp312-win_amd64 cp310-abi3-manylinux2014_x86_64 py3-none-any";
    let targets: Vec<Target> = Platform::ALL.iter().map(|&platform| on("3.12", platform)).collect();
    let (roots, _) = roots(&["fast"]);
    let outcome = resolve(&roots, &Environment::defaults(&targets), &index(text), &Options::default());
    let files: Vec<&str> =
        outcome.resolutions.values().map(|r| r.pins[0].file.listed.filename.as_str()).collect();
    assert_snapshot!(files.join("\n"), @"
    fast-1.0-cp310-abi3-manylinux2014_x86_64.whl
    fast-1.0-py3-none-any.whl
    fast-1.0-py3-none-any.whl
    fast-1.0-cp312-cp312-win_amd64.whl
    ");
}

#[test]
fn wheels_of_one_version_may_need_different_things() {
    let mut index = index(
        "gpu 1.0 cp312-cp312-manylinux2014_x86_64 cp312-cp312-win_amd64
         driver 1.0",
    );
    let linux_file = "gpu-1.0-cp312-cp312-manylinux2014_x86_64.whl";
    let metadata = CoreMetadata::parse(b"Name: gpu\nVersion: 1.0\nRequires-Dist: driver\n").unwrap();
    index.metadata.insert(linux_file.to_owned(), Ok(Arc::new(metadata)));
    let (roots, _) = roots(&["gpu"]);
    let targets = [on("3.12", Platform::Linux), on("3.12", Platform::Windows)];
    let outcome = resolve(&roots, &Environment::defaults(&targets), &index, &Options::default());
    assert_snapshot!(chosen(&outcome), @"
    Python 3.12 on linux x86_64: driver 1.0, gpu 1.0
    Python 3.12 on windows AMD64: gpu 1.0
    ");
}

#[test]
fn prereleases_are_taken_when_named_or_when_nothing_else_is_there() {
    let text = "a 1.0\na 2.0rc1\nb 1.0b1\nb 1.0b2\nc 1.0 needs a>=2.0rc1\nd 1.0\nd 2.0.dev1 python>=2.7\nd 3.0 python>=3.99";
    assert_snapshot!(solve(text, &["a", "b"]), @"Python 3.12 on linux x86_64: a 1.0, b 1.0b2");
    assert_snapshot!(solve(text, &["a>=1.0rc1"]), @"Python 3.12 on linux x86_64: a 2.0rc1");
    assert_snapshot!(solve(text, &["a", "c"]), @"Python 3.12 on linux x86_64: a 2.0rc1, c 1.0");
    assert_snapshot!(solve(text, &["d>1"]), @"Python 3.12 on linux x86_64: d 2.0.dev1");
    let all = Options { prereleases: true, ..Options::default() };
    assert_snapshot!(solve_with(text, &["a", "d"], &linux(&["3.12"]), &all), @"Python 3.12 on linux x86_64: a 2.0rc1, d 2.0.dev1");
}

#[test]
fn withdrawn_files_are_for_exact_pins() {
    let text = "a 1.0\na 2.0 yanked\nb 1.0 needs a==2.0";
    assert_snapshot!(solve(text, &["a"]), @"Python 3.12 on linux x86_64: a 1.0");
    assert_snapshot!(solve(text, &["a==2.0"]), @"Python 3.12 on linux x86_64: a 2.0");
    assert_snapshot!(solve(text, &["a", "b"]), @"Python 3.12 on linux x86_64: a 2.0, b 1.0");
    assert_snapshot!(solve(text, &["a>1"]), @"Python 3.12 on linux x86_64: no-matching-distribution: there is no version for `a>1`");
}

#[test]
fn constraints_narrow_only_what_is_wanted() {
    let text = "a 1.0\na 2.0\nb 1.0";
    let (constraints, _) = roots(&["a<2", "c==9", "a<1; python_version < '3'"]);
    let options = Options { constraints, ..Options::default() };
    assert_snapshot!(solve_with(text, &["a", "b"], &linux(&["3.12", "2.7"]), &options), @"
    Python 3.12 on linux x86_64: a 1.0, b 1.0
    Python 2.7 on linux x86_64: no-matching-distribution: there is no version for `a`
    ");
}

#[test]
fn lowest_takes_the_oldest_that_fit() {
    let text = "a 1.0 needs b>=2\na 2.0rc1\na 2.0\nb 1.0\nb 2.0\nb 3.0";
    let options = Options { choice: Choice::Lowest, ..Options::default() };
    assert_snapshot!(solve_with(text, &["a>=1"], &linux(&["3.12"]), &options), @"Python 3.12 on linux x86_64: a 1.0, b 2.0");
}

#[test]
fn excluded_projects_are_left_out() {
    let options = Options { exclude: ["b".parse().unwrap()].into(), ..Options::default() };
    assert_snapshot!(solve_with("a 1.0 needs b & c\nc 1.0", &["a", "B"], &linux(&["3.12"]), &options), @"Python 3.12 on linux x86_64: a 1.0, c 1.0");
}

#[test]
fn dates_and_hashes_hide_files() {
    let text = "a 1.0 at=2020-01-01 sha256=aa\na 2.0 at=2021-01-01 sha256=bb\na 3.0";
    let options = Options { exclude_newer: seconds_since_1970("2020-06-01"), ..Options::default() };
    assert_snapshot!(solve_with(text, &["a"], &linux(&["3.12"]), &options), @"Python 3.12 on linux x86_64: a 1.0");
    assert_snapshot!(solve(text, &["a<3 --hash=sha256:AA"]), @"Python 3.12 on linux x86_64: a 1.0");
    let options = Options { require_hashes: true, ..Options::default() };
    assert_snapshot!(solve_with(&format!("{text}\nb 1.0"), &["a==2 --hash=sha256:bb", "b"], &linux(&["3.12"]), &options), @"Python 3.12 on linux x86_64: no-matching-distribution: there is no version for `b`");
}

#[test]
fn versions_are_compared_as_pep_440_has_it() {
    let text = "a 1.0+cpu\na 1.0\na 1.0.post1\na 1!0.1";
    assert_snapshot!(solve(text, &["a==1.0"]), @"Python 3.12 on linux x86_64: a 1.0+cpu");
    assert_snapshot!(solve(text, &["a===1.0"]), @"Python 3.12 on linux x86_64: a 1.0");
    assert_snapshot!(solve(text, &["a>1.0,<2"]), @"Python 3.12 on linux x86_64: no-matching-distribution: there is no version for `a>1.0,<2`");
    assert_snapshot!(solve(text, &["a"]), @"Python 3.12 on linux x86_64: a 1!0.1");
}

#[test]
fn what_nobody_can_read_is_passed_over() {
    let text = "a 1.0 needs b (>=1.*)
         a 2.0 needs b >=>= 1
         a 3.0 unreadable
         a 4.0 sdist
         a 5.0 needs b @ https://example.test/b.whl
         b 1.0 python>=two
         ";
    assert_snapshot!(solve(text, &["a<4"]), @"
    Python 3.12 on linux x86_64: a 1.0, b 1.0
    note: a 3.0 has metadata that nobody can read; 1.0 is taken on Python 3.12
    ");
    assert_snapshot!(solve(text, &["a<5"]), @"
    Python 3.12 on linux x86_64: a 1.0, b 1.0
    note: a 4.0 has no wheel, only a source distribution; 1.0 is taken on Python 3.12
    ");
    assert_snapshot!(solve(text, &["a<3"]), @"
    Python 3.12 on linux x86_64: a 1.0, b 1.0
    note: a 2.0 has a dependency that PEP 508 does not allow: `b >=>= 1`; 1.0 is taken on Python 3.12
    ");
    assert_snapshot!(solve(text, &["a"]), @"
    Python 3.12 on linux x86_64: a 1.0, b 1.0
    note: a 5.0 wants `b @ https://example.test/b.whl`, and spx fetches from addresses only that your own requirements name: add that one to them to allow it; 1.0 is taken on Python 3.12
    ");
    assert_snapshot!(solve("a 1.0\na 2.0 needs b @ git+https://user:secret@example.test/b.git", &["a"]), @"
    Python 3.12 on linux x86_64: a 1.0
    note: a 2.0 wants `b @ git+https://example.test/b.git` from version control, which spx does not read; 1.0 is taken on Python 3.12
    ");
}

#[test]
fn an_older_answer_stays_where_it_may() {
    let text = "a 1.0 needs b\na 2.0 needs b>=2\nb 1.0\nb 2.0\nb 3.0\nc 1.0\nc 2.0 yanked\nc 3.0rc1\nc 3.0";
    let solve = |requirements: &[&str], pins: &[(&str, &str, &str)]| {
        let mut options = Options::default();
        for (python, name, version) in pins {
            for on in linux(&[*python]) {
                let pins = options.preferred.entry(on).or_default();
                pins.insert(name.parse().unwrap(), version.parse().unwrap());
            }
        }
        solve_with(text, requirements, &linux(&["3.11", "3.12"]), &options)
    };
    let both = [("3.11", "a", "1.0"), ("3.12", "a", "1.0"), ("3.11", "b", "2.0"), ("3.12", "b", "2.0")];
    assert_snapshot!(solve(&["a"], &both), @"Python 3.11 on linux x86_64; Python 3.12 on linux x86_64: a 1.0, b 2.0");
    assert_snapshot!(solve(&["a>1"], &both), @"Python 3.11 on linux x86_64; Python 3.12 on linux x86_64: a 2.0, b 2.0");
    assert_snapshot!(solve(&["a", "b>2"], &both), @"Python 3.11 on linux x86_64; Python 3.12 on linux x86_64: a 1.0, b 3.0");
    assert_snapshot!(solve(&["a"], &both[1..2]), @"
    Python 3.11 on linux x86_64: a 2.0, b 3.0
    Python 3.12 on linux x86_64: a 1.0, b 3.0
    ");
    assert_snapshot!(solve(&["c"], &[("3.12", "c", "1.0"), ("3.11", "c", "2.0")]), @"
    Python 3.11 on linux x86_64: c 3.0
    Python 3.12 on linux x86_64: c 1.0
    ");
    assert_snapshot!(solve(&["c!=3.0"], &[("3.12", "c", "3.0rc1"), ("3.11", "c", "9.0")]), @"Python 3.11 on linux x86_64; Python 3.12 on linux x86_64: c 1.0");
}

#[test]
fn source_distributions_are_taken_when_somebody_reads_them() {
    let options = Options { source_distributions: true, ..Options::default() };
    let text = "a 1.0\na 2.0 sdist needs b\nb 1.0 sdist py3-none-any";
    let (roots, _) = roots(&["a"]);
    let outcome = resolve(&roots, &linux(&["3.12"]), &index(text), &options);
    let files: Vec<&str> = outcome
        .resolutions
        .values()
        .flat_map(|r| &r.pins)
        .map(|pin| pin.file.listed.filename.as_str())
        .collect();
    assert_eq!(files, ["a-2.0.tar.gz", "b-1.0-py3-none-any.whl"]);
}

#[test]
fn what_some_releases_of_a_python_need_is_there_on_all() {
    let text = "redis 1.0 needs async-timeout; python_full_version < '3.11.3' & typing<2; python_full_version < '3.11.3' & typing>=2; python_full_version >= '3.11.3'
         async-timeout 5.0
         typing 1.0
         typing 2.0";
    assert_snapshot!(solve_with(text, &["redis"], &linux(&["3.11", "3.12"]), &Options::default()), @"
    Python 3.11 on linux x86_64: async-timeout 5.0, redis 1.0, typing 2.0
    Python 3.12 on linux x86_64: redis 1.0, typing 2.0
    ");
}

#[test]
fn pins_say_who_wants_them() {
    let (roots, _) = roots(&["a", "b>=1"]);
    let outcome = resolve(&roots, &linux(&["3.12"]), &index("a 1.0 needs b<3\nb 2.0"), &Options::default());
    let pin = &outcome.resolutions.values().next().unwrap().pins[1];
    let by: Vec<String> = pin
        .required_by
        .iter()
        .map(|by| {
            let who = by.project.as_ref().map(|(name, version)| format!("{name} {version}"));
            format!("{who:?} {:?} {}", by.root, by.requirement)
        })
        .collect();
    assert_eq!(by, ["None Some(1) b>=1", "Some(\"a 1.0\") None b<3"]);
}
