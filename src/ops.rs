//! One function a verb: plain options in, data and diagnostics out.

use crate::diagnostic::Diagnostic;
use crate::text::Sources;

pub mod app;
pub mod baseline;
pub mod build;
pub mod cache;
mod client;
pub mod directories;
pub mod entry;
pub mod fixing;
mod held;
mod inputs;
pub mod inspect;
pub mod lint;
pub mod lock;
pub mod locked;
pub mod metadata;
pub mod plan;
mod pylock;
mod reference;
mod roots;
pub mod run;
mod selections;
mod sources;
mod spread;
pub mod statistics;
mod supply;
pub mod tree;
pub mod verify;

pub use crate::index::{CacheChoice, Options as IndexOptions, Progress, Transfer};
pub use crate::resolve::Choice as VersionChoice;
pub use inputs::is_project;

/// What a verb gives: its value when the input allowed one, what there is to say, and the files that was about.
#[derive(Debug)]
pub struct Outcome<T> {
    pub value: Option<T>,
    pub diagnostics: Vec<Diagnostic>,
    pub sources: Sources,
}

/// spx could not do its work: the world (a file, the network, the disk) did not let it. Exit status 2.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct Failure {
    pub message: String,
    pub help: Vec<String>,
}

impl Failure {
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: Vec::new() }
    }

    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(text.into());
        self
    }
}
