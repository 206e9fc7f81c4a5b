//! The command line: what was typed, what it means, and how the answer is shown.
//!
//! Exit statuses, the same for every command and format: 0, done; 1, the input has a problem; 2, spx could not do its work.

use crate::archive::Rejection;
use crate::diagnostic::{Diagnostic, Severity, codes, sort};
use crate::lsp;
use crate::ops::Failure;
use crate::report::{escape, json, terminal};
use crate::system::stack;
use crate::text::Sources;
use args::{AppArgs, Cli, Command, Format, GlobalArgs};
use clap::{Args, Parser};
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

mod app;
pub mod args;
mod build;
mod cache;
mod completions;
mod explain;
mod extract;
mod habits;
mod inspect;
mod lint;
mod lock;
mod man;
mod metadata;
mod progress;
mod run;
mod sdist;
mod style;
mod tree;
mod verify;
mod wheel;

/// The exit status of a run.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Exit {
    Done,
    /// The input has a problem.
    Problems,
    /// A file, the network or the disk did not let spx work, or the command line made no sense.
    Failed,
    /// Of a program that was run.
    #[cfg_attr(unix, expect(dead_code, reason = "spx becomes the program there"))]
    Status(u8),
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        match exit {
            Exit::Done => Self::SUCCESS,
            Exit::Problems => Self::from(1),
            Exit::Failed => Self::from(2),
            Exit::Status(status) => Self::from(status),
        }
    }
}

/// The exit status of a program that panics, as Rust has it.
const PANICKED: u8 = 101;

/// Runs spx with a command line, whose first word is the program's name.
pub fn run(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    // One thread for the whole run: one for each evaluation would cost more than a small evaluation does. It is left alone
    // when the work is done: the system takes everything back at once, the allocator piece by piece.
    let exit = stack::deep_until_exit(|| run_here(words));
    exit.map_or(ExitCode::from(PANICKED), ExitCode::from)
}

fn run_here(words: Vec<OsString>) -> Exit {
    let typed = alone(&words).map_or_else(|| whole(words), Ok);
    let (asked, global) = match typed {
        Ok(typed) => typed,
        Err(mut error) => {
            habits::explain(&mut error);
            // Help and version come this way too, and are no failure; a closed pipe is not our problem.
            let _ = error.print();
            return if error.use_stderr() { Exit::Failed } else { Exit::Done };
        }
    };
    let mut screen = Screen::new(&global);
    let lints = matches!(&asked, Asked::Command(command) if matches!(**command, Command::Lint(_)));
    if !matches!(global.format, Format::Human | Format::Json) && !lints {
        let failure =
            Failure::new("only `spx lint` writes this format").help("`--format human` or `--format json`");
        return screen.failure(&failure);
    }
    let done = match &asked {
        Asked::App(args) => app::run(args, &mut screen),
        Asked::Command(command) => run_command(command, &mut screen),
    };
    done.unwrap_or_else(|failure| screen.failure(&failure))
}

fn run_command(command: &Command, screen: &mut Screen) -> Result<Exit, Failure> {
    match command {
        Command::Metadata(args) => metadata::run(args, screen),
        Command::Wheel(args) => wheel::run(args, screen),
        Command::Sdist(args) => sdist::run(args, screen),
        Command::Build(args) => build::run(args, screen),
        Command::Lint(args) => lint::run(args, screen),
        Command::Explain(args) => explain::run(args, screen),
        Command::Verify(args) => verify::run(args, screen),
        Command::Run(args) => run::run(args, screen),
        Command::Inspect(args) => inspect::run(args, screen),
        Command::Extract(args) => extract::run(args, screen),
        Command::Cache(args) => cache::run(args, screen),
        Command::Completions { shell } => completions::run(*shell),
        Command::Man { command } => man::run(command.as_deref()),
        Command::Lsp => Ok(if lsp::serve_stdio() == 0 { Exit::Done } else { Exit::Problems }),
        Command::Lock(args) => lock::run(args, screen),
        Command::Tree(args) => tree::run(args, screen),
    }
}

/// What was asked for.
enum Asked {
    App(Box<AppArgs>),
    Command(Box<Command>),
}

type Typed = (Asked, GlobalArgs);

/// A command by itself.
#[derive(Parser)]
struct Alone<A: Args> {
    #[command(flatten)]
    args: A,
    #[command(flatten)]
    global: GlobalArgs,
}

/// The commands that take less time than it takes to define them all, when one of them stands first and nothing is wrong; all else is
/// for [`whole`] to read, and to explain.
fn alone(words: &[OsString]) -> Option<Typed> {
    fn read<A: Args>(words: &[OsString], command: impl FnOnce(A) -> Command) -> Option<Typed> {
        let Alone { args, global } = Alone::<A>::try_parse_from(words).ok()?;
        Some((Asked::Command(Box::new(command(args))), global))
    }
    let words = words.get(1..)?;
    match words.first()?.to_str()? {
        "metadata" => read(words, Command::Metadata),
        "wheel" => read(words, Command::Wheel),
        "sdist" => read(words, Command::Sdist),
        "build" => read(words, Command::Build),
        "lint" => read(words, Command::Lint),
        _ => None,
    }
}

/// The command line by the definition of everything that spx does.
fn whole(words: Vec<OsString>) -> Result<Typed, clap::Error> {
    let Cli { command, app, global } = Cli::try_parse_from(without_ambiguity(words))?;
    let asked = match command {
        Some(command) => Asked::Command(Box::new(command)),
        None => Asked::App(Box::new(app)),
    };
    Ok((asked, global))
}

/// `--inject-args --` takes what follows `--`; clap would take the `--` itself as the value, because values of this
/// option may start with dashes.
fn without_ambiguity(words: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let mut out: Vec<OsString> = Vec::new();
    let mut open = true;
    for word in words {
        if open && word == "--" {
            open = false;
            if let Some(last) = out.last_mut().filter(|last| *last == "--inject-args") {
                last.push("=");
            }
        }
        out.push(word);
    }
    out
}

/// Where answers go: data on standard output, everything said to people on standard error.
struct Screen {
    format: Format,
    quiet: bool,
    verbose: bool,
    style: terminal::Style,
    /// Colors on standard output, which may go elsewhere than standard error.
    stdout_color: bool,
}

impl Screen {
    fn new(args: &args::GlobalArgs) -> Self {
        Self {
            format: args.format,
            quiet: args.quiet,
            verbose: args.verbose,
            style: style::of(args.color, io::stderr().is_terminal()),
            stdout_color: style::of(args.color, io::stdout().is_terminal()).color,
        }
    }

    /// A line for people; nothing when quiet, and none beside JSON.
    fn say(&self, line: &str) {
        if !self.quiet && self.format == Format::Human {
            // There is nobody to tell when standard error is closed.
            let _ = write_to(io::stderr().lock(), &format!("{}\n", escape(line)));
        }
    }

    /// A line for people who asked for detail.
    fn detail(&self, line: &str) {
        if self.verbose {
            self.say(line);
        }
    }

    /// Shows what there is to say for people: problems drawn, and remarks a line each unless more was asked for. Beside
    /// JSON the command puts them into its document.
    fn diagnostics(&self, mut diagnostics: Vec<Diagnostic>, sources: &Sources) {
        /// Remarks that are shown; what is more is counted.
        const REMARKS: usize = 4;
        sort(&mut diagnostics);
        if self.quiet {
            diagnostics.retain(Diagnostic::is_error);
        } else if !self.verbose {
            diagnostics.retain(|d| d.code != &codes::INERT_COMMAND);
            let (remarks, problems): (Vec<_>, Vec<_>) =
                diagnostics.into_iter().partition(|d| d.severity == Severity::Info);
            for remark in remarks.iter().take(REMARKS) {
                self.say(&format!("note: {}", remark.message));
            }
            if remarks.len() > REMARKS {
                self.say(&format!("note: {} more like these (`-v` shows them)", remarks.len() - REMARKS));
            }
            diagnostics = problems;
        }
        if self.format == Format::Human && !diagnostics.is_empty() {
            let _ = write_to(io::stderr().lock(), &terminal::render(&diagnostics, sources, self.style));
        }
    }

    fn failure(&self, failure: &Failure) -> Exit {
        if self.format == Format::Json {
            let document = serde_json::json!({
                "schema": json::SCHEMA,
                "error": { "message": failure.message, "help": failure.help },
            });
            let _ = data(&format!("{document:#}\n"));
        } else {
            let (mark, plain) = if self.style.color { ("\x1b[31m", "\x1b[0m") } else { ("", "") };
            let mut text = format!("{mark}error{plain}: {}\n", escape(&failure.message));
            for help in &failure.help {
                text.push_str(&format!("  help: {}\n", escape(help)));
            }
            let _ = write_to(io::stderr().lock(), &text);
        }
        Exit::Failed
    }
}

/// Data on standard output. A reader that went away has had enough.
fn data(text: &str) -> Result<(), Failure> {
    write_to(io::stdout().lock(), text)
}

/// The exit status that a set of diagnostics calls for.
fn exit(diagnostics: &[Diagnostic]) -> Exit {
    if diagnostics.iter().any(|d| d.severity == Severity::Error) { Exit::Problems } else { Exit::Done }
}

/// Says why an archive is not taken.
fn rejected(path: &Path, rejection: &Rejection, screen: &Screen) -> Exit {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let message = format!("`{name}` is rejected: {} ({})", rejection.message, rejection.code);
    let diagnostics = vec![Diagnostic::general(&codes::REJECTED_ARCHIVE, message)];
    if screen.format == Format::Json {
        let sources = Sources::new();
        let said: Vec<_> = diagnostics.iter().map(|diagnostic| json::value(diagnostic, &sources)).collect();
        let document = serde_json::json!({ "schema": json::SCHEMA, "diagnostics": said });
        let _ = data(&format!("{document:#}\n"));
    }
    screen.diagnostics(diagnostics, &Sources::new());
    Exit::Problems
}

fn write_to(mut out: impl Write, text: &str) -> Result<(), Failure> {
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output could not be written: {error}")))
        }
        _ => Ok(()),
    }
}
