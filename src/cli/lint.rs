//! `spx lint`: what the rules found, in the format that was asked for.

use super::args::{Format, LintArgs};
use super::progress::Counter;
use super::{Exit, Screen};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Settings;
use crate::ops::lint::Linted;
use crate::ops::{self, Failure};
use crate::report::{concise, json, terminal};

pub(super) fn run(args: &LintArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let settings = settings(args)?;
    let counter = Counter::new(!screen.quiet && screen.format == Format::Human, screen.style);
    let linted = ops::lint::lint(&args.paths, &settings, &|done, all| counter.tell(done, all));
    counter.clear();
    let linted = linted?;
    show(&linted, screen)?;
    Ok(exit(&linted.diagnostics))
}

fn settings(args: &LintArgs) -> Result<Settings, Failure> {
    let (python, setuptools) = (args.target_python.as_deref(), args.target_setuptools.as_deref());
    let settings = ops::lint::settings(&args.select, &args.ignore, python, setuptools)?;
    Ok(Settings { pedantic: args.pedantic, security: args.security, ..settings })
}

fn show(linted: &Linted, screen: &Screen) -> Result<(), Failure> {
    let (diagnostics, sources) = (&linted.diagnostics, &linted.sources);
    match screen.format {
        Format::Concise => super::data(&concise::render(diagnostics, sources)),
        Format::Json => super::data(&json::render(diagnostics, sources)),
        Format::Human => {
            let color = screen.stdout_color;
            let style = terminal::Style { color, ..screen.style };
            super::data(&terminal::render(diagnostics, sources, style))?;
            screen.say(&summary(linted));
            Ok(())
        }
    }
}

/// "2 errors and 1 warning in 3 projects".
fn summary(linted: &Linted) -> String {
    let count = |severity| linted.diagnostics.iter().filter(|d| d.severity == severity).count();
    let several = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    let mut parts = Vec::new();
    for (severity, word) in
        [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark")]
    {
        if count(severity) > 0 {
            parts.push(several(count(severity), word));
        }
    }
    let found = match parts.split_last() {
        None => "nothing found".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    };
    let mut line = found;
    if linted.projects > 1 {
        line.push_str(&format!(" in {}", several(linted.projects, "project")));
    }
    if !linted.suppressed.is_empty() {
        line.push_str(&format!(", {} silenced by comments", linted.suppressed.len()));
    }
    line
}

/// Warnings and errors are problems of the input; remarks are not.
fn exit(diagnostics: &[Diagnostic]) -> Exit {
    if diagnostics.iter().any(|d| d.severity >= Severity::Warning) { Exit::Problems } else { Exit::Done }
}
