//! Options that users of pex and shiv type out of habit: what to type here, or why there is no need to.

use clap::Error;
use clap::error::{ContextKind, ContextValue, ErrorKind};

const HABITS: [(&[&str], &str); 14] = [
    (&["-p"], "for the first line of the file write `--python-shebang`"),
    (
        &["--compressed"],
        "wheels are packed already and go in as they are; `--compress` deflates them once more",
    ),
    (
        &["--uncompressed", "--no-compress", "--reproducible", "--use-wheel"],
        "leave it out: that is done anyway",
    ),
    (&["--site-packages"], "for files that go in as they are write `-D DIRECTORY`"),
    (&["--include-tools"], "leave it out: every application answers to `SPX_TOOLS=1`"),
    (
        &["--compile", "--compile-pyc", "--seed"],
        "leave it out: the first run keeps bytecode of all that it imports in the cache",
    ),
    (
        &["--exe", "--executable"],
        "a module of a directory runs by `-D DIRECTORY -m MODULE`, a project's script by `-c NAME`",
    ),
    (&["--scie", "--scie-only"], "leave it out: the file finds a Python on the machine, and carries none"),
    (&["--interpreter-constraint"], "write `--python '>=3.8'`"),
    (&["--complete-platform", "--manylinux"], "write `--platform` with a name or with the tag of a wheel"),
    (
        &["--pex-root", "--root", "--runtime-pex-root"],
        "where the application unpacks, `SPX_CACHE` says when it runs",
    ),
    (
        &["--no-modify"],
        "leave it out: every start compares sizes and times, and `SPX_VERIFY=full` every byte",
    ),
    (&["--lock", "--pylock"], "`spx lock` writes pylock.toml, and `spx .` uses the one that is there"),
    (
        &["--no-build", "--no-wheel", "--no-build-isolation", "--use-pep517", "--build-property"],
        "leave it out: nothing of a project runs while it is built",
    ),
];

/// Puts what helps in place of clap's guesses, where the unknown option is a known habit.
pub(super) fn explain(error: &mut Error) {
    if error.kind() != ErrorKind::UnknownArgument {
        return;
    }
    let Some(ContextValue::String(typed)) = error.get(ContextKind::InvalidArg) else { return };
    let option = typed.split('=').next().unwrap_or_default();
    let Some((_, text)) = HABITS.iter().find(|(names, _)| names.contains(&option)) else { return };
    error.remove(ContextKind::SuggestedArg);
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![(*text).into()]));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::Parser;

    fn said(option: &str) -> String {
        let mut error = Cli::try_parse_from(["spx", ".", option]).map(|_| ()).unwrap_err();
        explain(&mut error);
        error.to_string()
    }

    #[test]
    fn every_habit_is_no_option_and_gets_its_words() {
        for (options, text) in HABITS {
            for option in options {
                let said = said(option);
                assert!(said.contains(text) && !said.contains("as a value"), "{option}: {said}");
            }
        }
        assert!(said("--root=x").contains("SPX_CACHE"));
        assert!(said("--pythn=3.9").contains("--python"));
    }
}
