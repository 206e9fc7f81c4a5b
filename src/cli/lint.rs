//! `spx lint`: what the rules found, in the format that was asked for.

use super::args::{Format, LintArgs};
use super::progress::Counter;
use super::{Exit, Screen};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lint::Settings;
use crate::ops::baseline;
use crate::ops::fixing::{self, Fixed, Fixing, difference};
use crate::ops::lint::{Linted, State};
use crate::ops::{self, Failure};
use crate::report::{Findings, concise, github, gitlab, json, json_lines, junit, rdjson, sarif, terminal};
use std::collections::BTreeMap;
use std::io::{self, IsTerminal, Read};
use std::path::PathBuf;
use std::time::Duration;

/// The most bytes that an editor may pass on standard input: as many as a project file may have.
const MAX_STDIN: u64 = 8 * 1024 * 1024;
/// How often a watched project is looked at.
const PAUSE: Duration = Duration::from_millis(300);
/// How long files must be left alone before they are looked at, and how often that is waited for.
const STEP: Duration = Duration::from_millis(50);
const MAX_STEPS: usize = 40;
/// Empties a terminal, what scrolled out of it included.
const CLEAR: &str = "\x1b[H\x1b[2J\x1b[3J";

pub(super) fn run(args: &LintArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let settings = settings(args)?;
    if args.watch {
        return watch(args, &settings, screen);
    }
    let exit = once(args, &settings, screen)?;
    Ok(if args.exit_zero && exit == Exit::Problems { Exit::Done } else { exit })
}

fn once(args: &LintArgs, settings: &Settings, screen: &Screen) -> Result<Exit, Failure> {
    let fixes = args.fix || args.unsafe_fixes || args.diff;
    if fixes && args.stdin_filename.is_none() {
        return fix(args, settings, screen);
    }
    let mut linted = match &args.stdin_filename {
        Some(path) => ops::lint::text(path, &standard_input()?, settings)?,
        None => counted(screen, |progress| ops::lint::lint(&args.paths, settings, progress))?,
    };
    if let Some(path) = &args.write_baseline {
        let count = baseline::write(path, &linted)?;
        screen.say(&format!("{count} findings written to {}", path.display()));
        return Ok(Exit::Done);
    }
    if let Some(path) = &args.baseline {
        baseline::apply(path, &mut linted)?;
    }
    show(args, &linted, screen)?;
    if screen.format == Format::Human && !args.statistics {
        screen.say(&summary(&linted));
    }
    Ok(exit(&linted.diagnostics))
}

fn counted<T>(screen: &Screen, work: impl FnOnce(&(dyn Fn(usize, usize) + Sync)) -> T) -> T {
    let counter = Counter::new(!screen.quiet && screen.format == Format::Human, screen.style);
    let done = work(&|done, all| counter.tell(done, all));
    counter.clear();
    done
}

fn fix(args: &LintArgs, settings: &Settings, screen: &Screen) -> Result<Exit, Failure> {
    let fixing = Fixing { risky: args.unsafe_fixes, write: !args.diff };
    let fixed = counted(screen, |progress| fixing::fix(&args.paths, settings, fixing, progress))?;
    let Fixed { left, changed, mended } = &fixed;
    if args.diff {
        super::data(&changed.iter().map(difference).collect::<String>())?;
        screen.say(&format!("{mended} findings would be mended in {} files", changed.len()));
        return Ok(if changed.is_empty() { Exit::Done } else { Exit::Problems });
    }
    show(args, left, screen)?;
    screen.say(&format!("{mended} mended in {} files, left: {}", changed.len(), summary(left)));
    Ok(exit(&left.diagnostics))
}

fn settings(args: &LintArgs) -> Result<Settings, Failure> {
    let (python, setuptools) = (args.target_python.as_deref(), args.target_setuptools.as_deref());
    let settings = ops::lint::settings(&args.select, &args.ignore, python, setuptools)?;
    Ok(Settings { pedantic: args.pedantic, security: args.security, ..settings })
}

fn standard_input() -> Result<Vec<u8>, Failure> {
    let mut content = Vec::new();
    io::stdin()
        .lock()
        .take(MAX_STDIN + 1)
        .read_to_end(&mut content)
        .map_err(|error| Failure::new(format!("standard input could not be read: {error}")))?;
    if content.len() as u64 > MAX_STDIN {
        return Err(Failure::new(format!("standard input has more than {MAX_STDIN} bytes")));
    }
    Ok(content)
}

/// Looks again whenever a file of a project changes, until it is stopped. Paths that are wrong end it at the start only: later,
/// a directory may be away for a moment.
fn watch(args: &LintArgs, settings: &Settings, screen: &Screen) -> Result<Exit, Failure> {
    let mut seen = ops::lint::state(&args.paths)?;
    once(args, settings, screen)?;
    let clears = screen.format == Format::Human && io::stdout().is_terminal();
    loop {
        screen.say("watching; stop it with Ctrl-C");
        seen = changed(&args.paths, &seen);
        if clears {
            super::data(CLEAR)?;
        }
        if let Err(failure) = once(args, settings, screen) {
            screen.failure(&failure);
        }
    }
}

/// Waits until files are other than they were, and then until they are left alone: editors save in several steps.
fn changed(paths: &[PathBuf], seen: &State) -> State {
    let state = || ops::lint::state(paths).unwrap_or_default();
    let mut last = loop {
        std::thread::sleep(PAUSE);
        let now = state();
        if now != *seen {
            break now;
        }
    };
    for _ in 0..MAX_STEPS {
        std::thread::sleep(STEP);
        let now = state();
        if now == last {
            break;
        }
        last = now;
    }
    last
}

fn show(args: &LintArgs, linted: &Linted, screen: &Screen) -> Result<(), Failure> {
    if args.statistics {
        return super::data(&statistics(linted, screen.format));
    }
    let rules = ops::lint::rule_infos();
    let findings = Findings {
        diagnostics: &linted.diagnostics,
        suppressed: &linted.suppressed,
        sources: &linted.sources,
        rules: &rules,
    };
    super::data(&match screen.format {
        Format::Human => {
            let style = terminal::Style { color: screen.stdout_color, ..screen.style };
            terminal::render(&linted.diagnostics, &linted.sources, style)
        }
        Format::Json => json::render(&linted.diagnostics, &linted.sources),
        Format::JsonLines => json_lines::render(&findings),
        Format::Concise => concise::render(&linted.diagnostics, &linted.sources),
        Format::Sarif => sarif::render(&findings),
        Format::Github => github::render(&findings),
        Format::Gitlab => gitlab::render(&findings),
        Format::Junit => junit::render(&findings),
        Format::Rdjson => rdjson::render(&findings),
    })
}

/// How often each rule found something, the most frequent first.
fn statistics(linted: &Linted, format: Format) -> String {
    let mut counts: BTreeMap<&str, (usize, Severity, usize)> = BTreeMap::new();
    for diagnostic in &linted.diagnostics {
        let count = counts.entry(diagnostic.code.name).or_insert((0, diagnostic.severity, 0));
        count.0 += 1;
        count.1 = count.1.max(diagnostic.severity);
        count.2 += usize::from(diagnostic.fix.is_some());
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|(name, (count, ..))| (std::cmp::Reverse(*count), *name));
    if format == Format::Json {
        let all: Vec<_> = (rows.iter())
            .map(|(name, (count, severity, fixable))| {
                serde_json::json!({ "code": name, "severity": severity.to_string(), "count": count, "fixable": fixable })
            })
            .collect();
        let document =
            serde_json::json!({ "schema": json::SCHEMA, "projects": linted.projects, "rules": all });
        return format!("{document:#}\n");
    }
    let line = |(name, (count, severity, fixable)): &(&str, (usize, Severity, usize))| {
        let fixable = if *fixable > 0 { format!("  ({fixable} can be mended)") } else { String::new() };
        let severity = severity.to_string();
        format!("{count:>6}  {severity:7}  {name}{fixable}\n")
    };
    rows.iter().map(line).collect()
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
    let mut line = match parts.split_last() {
        None => "nothing found".to_owned(),
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
    };
    if linted.projects > 1 {
        line.push_str(&format!(" in {}", several(linted.projects, "project")));
    }
    if !linted.suppressed.is_empty() {
        line.push_str(&format!(", {} silenced", linted.suppressed.len()));
    }
    let safe = |d: &&Diagnostic| {
        d.fix.as_ref().is_some_and(|fix| fix.applicability == crate::diagnostic::Applicability::Safe)
    };
    let fixable = linted.diagnostics.iter().filter(safe).count();
    if fixable > 0 {
        line.push_str(&format!(", {fixable} can be mended with `--fix`"));
    }
    line
}

/// Warnings and errors are problems of the input; remarks are not.
fn exit(diagnostics: &[Diagnostic]) -> Exit {
    if diagnostics.iter().any(|d| d.severity >= Severity::Warning) { Exit::Problems } else { Exit::Done }
}
