//! Choosing what the application runs: what was asked for, or the one program there is.

use crate::diagnostic::{Diagnostic, Label, codes};
use crate::packaging::entry_point::{ObjectReference, is_dotted_name};
use crate::text::Span;

/// What was asked for on the command line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Choice {
    /// A script or a console script by its name.
    Script(String),
    /// `module` or `module:attr`.
    EntryPoint(String),
    /// A module, as `python -m` runs it.
    Module(String),
}

/// A program that a distribution brings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Program {
    /// What users type: `http`, `demo.py`.
    pub name: String,
    pub runs: Runs,
    /// Which distribution brings it.
    pub from: String,
    /// Where the project says so.
    pub span: Option<Span>,
}

/// What a program is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Runs {
    /// A file of the wheel's scripts, by its name.
    Script(String),
    /// A function that is called without arguments.
    Function { module: String, attribute: String },
    /// A module, as `python -m` runs it.
    Module(String),
}

/// `name = module:attr [extras]`, the line of an entry point; `None` when it names no function.
pub fn function(line: &str) -> Option<(String, Runs)> {
    let (name, target) = line.split_once('=')?;
    let ObjectReference { module, attribute, .. } = target.trim().parse().ok()?;
    Some((name.trim().to_owned(), Runs::Function { module, attribute: attribute? }))
}

/// What to run. `own` are the programs of what was asked for; `others` those of its dependencies, which only a name can choose.
///
/// `preferred` decides among several programs when nothing was chosen.
pub fn choose(
    choice: Option<&Choice>,
    preferred: Option<&str>,
    own: &[Program],
    others: &[Program],
) -> Result<Runs, Diagnostic> {
    match choice {
        Some(Choice::Module(module)) => checked(module, &[module]).map(|()| Runs::Module(module.clone())),
        Some(Choice::EntryPoint(text)) => match text.split_once(':') {
            Some((module, attribute)) => checked(text, &[module, attribute])
                .map(|()| Runs::Function { module: module.to_owned(), attribute: attribute.to_owned() }),
            None => checked(text, &[text]).map(|()| Runs::Module(text.clone())),
        },
        Some(Choice::Script(name)) => named(name, own, others),
        None => match own.iter().find(|program| Some(program.name.as_str()) == preferred) {
            Some(program) => Ok(program.runs.clone()),
            None => only(own),
        },
    }
}

/// Refuses what cannot be a module and an attribute, so that neither reaches the bootstrap.
fn checked(text: &str, parts: &[&str]) -> Result<(), Diagnostic> {
    if parts.iter().all(|part| is_dotted_name(part)) {
        return Ok(());
    }
    Err(Diagnostic::general(&codes::INVALID_ENTRY_POINT, format!("`{text}` is no entry point"))
        .help("write it as `package.module:function`, or `package.module` to run it as `python -m` does"))
}

fn named(name: &str, own: &[Program], others: &[Program]) -> Result<Runs, Diagnostic> {
    if let Some(program) = own.iter().chain(others).find(|program| program.name == name) {
        return Ok(program.runs.clone());
    }
    let mut diagnostic =
        Diagnostic::general(&codes::NO_SUCH_SCRIPT, format!("there is no script or console script `{name}`"));
    let near = own.iter().chain(others).find(|program| is_near(&program.name, name));
    if let Some(program) = near {
        diagnostic = diagnostic.help(format!("did you mean `-c {}`, of {}?", program.name, program.from));
    }
    Err(list(diagnostic, if own.is_empty() { others } else { own }))
}

/// The same but for an extension, letter case, `-` and `_`, or one letter.
fn is_near(known: &str, asked: &str) -> bool {
    let plain = |text: &str| text.trim_end_matches(".py").to_lowercase().replace('_', "-");
    let (a, b) = (plain(known), plain(asked));
    a == b || distance_is_one(&a, &b)
}

fn distance_is_one(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same_start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[same_start..], &b[same_start..]);
    match (a.len(), b.len()) {
        (0, 1) | (1, 0) => true,
        (x, y) if x == y => {
            x > 0 && a[1..] == b[1..] || x >= 2 && a[0] == b[1] && a[1] == b[0] && a[2..] == b[2..]
        }
        (x, y) if x == y + 1 => a[1..] == *b,
        (x, y) if x + 1 == y => *a == b[1..],
        _ => false,
    }
}

fn only(own: &[Program]) -> Result<Runs, Diagnostic> {
    match own {
        [program] => Ok(program.runs.clone()),
        [] => Err(Diagnostic::general(
            &codes::NO_ENTRY_POINT,
            "there is nothing to run: no `scripts` and no `console_scripts`",
        )
        .help("choose a function with `-e package.module:function` or a module with `-m package.module`")),
        [_, _, ..] => {
            let message = format!("{} programs could be the application's", own.len());
            let mut diagnostic = Diagnostic::general(&codes::AMBIGUOUS_ENTRY_POINT, message);
            // One label an argument, with all the programs that it names.
            for group in own.chunk_by(|a, b| a.span == b.span) {
                let names: Vec<String> = group.iter().map(|program| format!("`{}`", program.name)).collect();
                match (group[0].span, diagnostic.primary.is_none()) {
                    (Some(span), true) => diagnostic.primary = Some(Label { span, text: names.join(", ") }),
                    (Some(span), false) => diagnostic = diagnostic.label(span, names.join(", ")),
                    (None, _) => {}
                }
            }
            Err(list(diagnostic, own))
        }
    }
}

fn list(diagnostic: Diagnostic, programs: &[Program]) -> Diagnostic {
    const SHOWN: usize = 12;
    if programs.is_empty() {
        return diagnostic.help(
            "choose a function with `-e package.module:function` or a module with `-m package.module`",
        );
    }
    let mut names: Vec<String> =
        programs.iter().take(SHOWN).map(|program| format!("-c {}", program.name)).collect();
    if programs.len() > SHOWN {
        names.push(format!("and {} more", programs.len() - SHOWN));
    }
    diagnostic.help(format!("choose one: {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(name: &str) -> Program {
        Program {
            name: name.to_owned(),
            runs: Runs::Script(name.to_owned()),
            from: "demo".to_owned(),
            span: None,
        }
    }

    #[test]
    fn the_only_program_needs_no_choice() {
        assert_eq!(
            choose(None, None, &[program("demo.py")], &[program("other")]),
            Ok(Runs::Script("demo.py".to_owned()))
        );
    }

    #[test]
    fn several_are_listed_with_their_flag() {
        let error = choose(None, None, &[program("a"), program("b")], &[]).unwrap_err();
        assert_eq!(
            (error.code.name, error.help.as_slice()),
            ("ambiguous-entry-point", &["choose one: -c a, -c b".to_owned()][..])
        );
    }

    #[test]
    fn a_near_name_is_offered() {
        for asked in ["demo", "Demo.py", "dmo.py", "deom.py", "demoo.py"] {
            let error = choose(Some(&Choice::Script(asked.to_owned())), None, &[program("demo.py")], &[])
                .unwrap_err();
            assert!(error.help[0].starts_with("did you mean `-c demo.py`"), "{asked}: {:?}", error.help);
        }
        let error =
            choose(Some(&Choice::Script("x".to_owned())), None, &[program("demo.py")], &[]).unwrap_err();
        assert_eq!(error.help, ["choose one: -c demo.py"]);
    }

    #[test]
    fn entry_points_are_names_not_code() {
        let asked = |text: &str| choose(Some(&Choice::EntryPoint(text.to_owned())), None, &[], &[]);
        assert_eq!(asked("a.b:c.d"), Ok(Runs::Function { module: "a.b".into(), attribute: "c.d".into() }));
        assert_eq!(asked("a.b"), Ok(Runs::Module("a.b".into())));
        for bad in ["a b", "a;b:c", "a:", ":b", "__import__('os'):x", "a:b()"] {
            assert_eq!(asked(bad).unwrap_err().code.name, "invalid-entry-point", "{bad}");
        }
        assert_eq!(
            function("x = a.b:c [extra]"),
            Some(("x".into(), Runs::Function { module: "a.b".into(), attribute: "c".into() }))
        );
    }
}
