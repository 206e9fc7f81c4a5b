//! The linter: rules over a project that was read, and what they find.
//!
//! # How a rule is written
//!
//! One file under `src/lint/rules/`, named after the rule (`unknown_classifier.rs` is `unknown-classifier`), and two lines
//! in `src/lint/rules.rs`. The file declares the rule with [`rule!`](macro@rule) and looks in a function `check`:
//!
//! ```text
//! //! What the rule is about, in one line.
//! use crate::diagnostic::Diagnostic;
//! use crate::lint::{Context, rule};
//!
//! rule! {
//!     /// Why it matters, in a few sentences: this is what `spx explain` prints.
//!     ///
//!     /// ```python bad
//!     /// from setuptools import setup
//!     /// setup(name="a", version="latest")
//!     /// ```
//!     /// ```python good
//!     /// …
//!     /// ```
//!     "rule-name", Error, "one line that says what it finds",
//!     sources: &["PEP 440"],
//! }
//!
//! fn check(cx: &Context<'_>) -> Vec<Diagnostic> {
//!     cx.call().map(…).map(|…| Diagnostic::new(&CODE, span, "…").here("…").help("…")).collect()
//! }
//! ```
//!
//! Every `bad` example must raise the rule and every `good` one must not; a `fixed` example is what the `bad` one before it
//! becomes. Examples are whole files: `python` is setup.py, `ini` setup.cfg, `toml` pyproject.toml, `manifest` MANIFEST.in,
//! `requirements` requirements.txt; lines `# file: path` divide one example into several files. One test runs all of them.
//!
//! A rule for what a reader or the builder says already names its code instead: `rule! { /// … => codes::MISSING_SCRIPT }`.
//!
//! [`Context`] has what rules look at: the call of `setup()` with its values and the way each came
//! ([`Context::keyword`], [`Context::items`]), the merged fields ([`Context::project`]), the trees of all files, and what builds
//! would take ([`Context::preview`]). A rule that cannot know is silent.

use crate::diagnostic::{Code, Diagnostic, Severity, codes, sort};
use crate::project::Project;
use crate::system::{System, stack};
use crate::text::Sources;

mod classifiers;
mod config;
mod context;
mod edits;
pub mod examples;
mod locate;
mod names;
mod rules;
mod script;
mod settings;
mod suppression;
pub mod timeline;

pub use config::check_names;
pub use context::Context;
pub use locate::Item;
pub use rules::RULES;
pub use script::{Script, Seen};
pub use settings::Settings;
pub use timeline::Timeline;

/// Where the rules are described: each under its name.
const DOCUMENTATION: &str = concat!(env!("CARGO_PKG_REPOSITORY"), "/blob/main/docs/rules.md");

/// When a rule runs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// Always.
    Default,
    /// With `--pedantic`: hygiene and taste.
    Pedantic,
    /// With `--security`.
    Security,
}

/// What an editor may show beside the words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tag {
    /// Struck through.
    Deprecated,
    /// Faded.
    Unnecessary,
}

/// A lint rule: what it is called, what it says, and the function that looks.
#[derive(Debug)]
pub struct Rule {
    pub code: &'static Code,
    /// The documentation, Markdown; each line keeps its leading space.
    pub doc: &'static str,
    pub profile: Profile,
    pub tags: &'static [Tag],
    pub timeline: Timeline,
    /// PEPs, specifications, change logs.
    pub sources: &'static [&'static str],
    /// What to do, where a finding itself does not say.
    pub help: &'static str,
    /// The rule's source file.
    pub file: &'static str,
    check: fn(&Context<'_>) -> Vec<Diagnostic>,
}

impl Rule {
    /// What a rule has that says nothing else.
    const PLAIN: Self = Self {
        code: &crate::diagnostic::codes::ASSUMPTION,
        doc: "",
        profile: Profile::Default,
        tags: &[],
        timeline: Timeline::NONE,
        sources: &[],
        help: "",
        file: "",
        check: |_| Vec::new(),
    };

    /// Whether the rule passes on what a reader or the builder says.
    fn passes_on(&self) -> bool {
        crate::diagnostic::codes::CODES.iter().any(|code| std::ptr::eq(*code, self.code))
    }
}

/// Declares the rule of a file under `lint/rules/`: its doc comment is its documentation.
macro_rules! rule {
    ($(#[doc = $doc:literal])+ => $module:ident :: $code:ident $(, $key:ident: $value:expr)* $(,)?) => {
        pub(super) static RULE: $crate::lint::Rule = $crate::lint::Rule {
            code: &$crate::diagnostic::$module::$code,
            doc: concat!($($doc, "\n"),+),
            file: file!(),
            check: |cx| cx.said(&$crate::diagnostic::$module::$code),
            $($key: $value,)*
            ..$crate::lint::Rule::PLAIN
        };
    };
    ($(#[doc = $doc:literal])+ of $module:ident :: $code:ident $(, $key:ident: $value:expr)* $(,)?) => {
        pub(super) static RULE: $crate::lint::Rule = $crate::lint::Rule {
            code: &$module::$code,
            doc: concat!($($doc, "\n"),+),
            file: file!(),
            $($key: $value,)*
            ..$crate::lint::Rule::PLAIN
        };
    };
    ($(#[doc = $doc:literal])+ $name:literal, $severity:ident, $summary:literal $(, $key:ident: $value:expr)* $(,)?) => {
        static CODE: $crate::diagnostic::Code = $crate::diagnostic::Code {
            name: $name,
            severity: $crate::diagnostic::Severity::$severity,
            summary: $summary,
        };
        pub(super) static RULE: $crate::lint::Rule = $crate::lint::Rule {
            code: &CODE,
            doc: concat!($($doc, "\n"),+),
            file: file!(),
            check,
            $($key: $value,)*
            ..$crate::lint::Rule::PLAIN
        };
    };
}
pub(crate) use rule;

/// What was found in one project.
#[derive(Debug, Default)]
pub struct Findings {
    /// In the order of reports.
    pub diagnostics: Vec<Diagnostic>,
    /// What comments in the files silence, with the reasons they give.
    pub suppressed: Vec<Suppressed>,
    /// The project as far as it was read; `None` when only files without a project were looked at.
    pub project: Option<Project>,
}

/// A finding that a comment silences.
#[derive(Clone, Debug)]
pub struct Suppressed {
    pub diagnostic: Diagnostic,
    /// May be empty.
    pub reason: String,
}

/// The rule that has a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.code.name == name)
}

/// Where a kind of finding is described; `None` for what is no rule.
pub fn documentation(code: &Code) -> Option<String> {
    find(code.name).map(|rule| format!("{DOCUMENTATION}#{}", rule.code.name))
}

/// What an editor may show of a finding beside its words.
pub fn tags(code: &Code) -> &'static [Tag] {
    find(code.name).map_or(&[], |rule| rule.tags)
}

/// The most findings of one rule in one project.
const MAX_FINDINGS: usize = 1_000;

/// Looks at a project's files with every rule that the settings want. The tree may be one in memory, or one with an editor's
/// unsaved texts laid over it ([`crate::system::Overlay`]).
pub fn check(system: &dyn System, sources: &mut Sources, settings: &Settings) -> Findings {
    stack::deep(|| check_here(system, sources, settings))
}

fn check_here(system: &dyn System, sources: &mut Sources, settings: &Settings) -> Findings {
    let context = Context::read(system, sources, settings);
    let setuptools = settings.setuptools();
    let mut found = Vec::new();
    for rule in RULES.iter().filter(|rule| settings.wants(rule)) {
        if settings.patience.is_cancelled() {
            break;
        }
        let mut said = (rule.check)(&context);
        if context.tree.take_cut_short() {
            // What it did not see it may have said of what is there.
            continue;
        }
        // One of a kind and place is enough, however many builds would say it.
        sort(&mut said);
        if said.len() > MAX_FINDINGS {
            let more = format!("{} more of these are left out", said.len() - MAX_FINDINGS);
            said.truncate(MAX_FINDINGS);
            said[MAX_FINDINGS - 1].help.push(more);
        }
        for mut diagnostic in said {
            if rule.timeline.is_removed_from_setuptools(&setuptools) && !rule.passes_on() {
                diagnostic.severity = Severity::Error;
            }
            if diagnostic.help.is_empty() && !rule.help.is_empty() {
                diagnostic.help.push(rule.help.to_owned());
            }
            if let Some(told) = rule.timeline.told() {
                diagnostic.help.push(told);
            }
            found.push(diagnostic);
        }
    }
    found.extend(context.unclaimed(settings));
    if let Some(limit) = context.tree.limit() {
        let message = format!("not every rule could be asked: {limit}");
        found.push(Diagnostic::general(&codes::TOO_LARGE, message));
    }
    let silent = |diagnostic: &Diagnostic| {
        let Some(label) = &diagnostic.primary else { return false };
        settings.silent_in(context.sources.path(label.span.file), diagnostic.code.name)
    };
    found.retain(|diagnostic| !silent(diagnostic));
    let (mut diagnostics, suppressed) = suppression::apply(&context, settings, found);
    sort(&mut diagnostics);
    let project = context.project;
    Findings { diagnostics, suppressed, project: Some(project) }
}

impl Profile {
    /// The word for it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pedantic => "pedantic",
            Self::Security => "security",
        }
    }
}

impl Rule {
    /// The rule's page, Markdown: what it finds, why, examples, and what is on record.
    pub fn page(&self) -> String {
        let code = self.code;
        let mut page = format!("# {}\n\n{}: {}", code.name, code.severity, code.summary);
        if self.profile != Profile::Default {
            page.push_str(&format!(" (with `--{}`)", self.profile.name()));
        }
        page.push_str("\n\n");
        for line in self.doc.lines() {
            page.push_str(line.strip_prefix(' ').unwrap_or(line));
            page.push('\n');
        }
        if let Some(told) = self.timeline.told() {
            page.push_str(&format!("\nOn record: {told}.\n"));
        }
        if !self.sources.is_empty() {
            page.push_str(&format!("\nSources: {}.\n", self.sources.join("; ")));
        }
        page.push_str(&format!("\nSilence it on a line with `# spx: ignore[{}] why`.\n", code.name));
        page
    }
}
