//! Progress bars on a terminal; nothing elsewhere.

use crate::ops::{Progress, Transfer};
use crate::report::escape;
use crate::report::terminal::Style;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Draws a bar for each running transfer, on standard error.
pub(super) struct Bars {
    all: MultiProgress,
    style: ProgressStyle,
}

impl Bars {
    pub(super) fn new(shown: bool, style: Style) -> Self {
        // indicatif itself draws nothing where standard error is no terminal.
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressStyle::with_template("  {msg:40!} {bar:24} {bytes:>10} of {total_bytes:>10}")
            .expect("internal error: the template is a constant")
            .progress_chars(if style.unicode { "━╸ " } else { "=> " });
        Self { all: MultiProgress::with_draw_target(target), style: bar }
    }

    /// Takes every bar away.
    pub(super) fn clear(&self) {
        // A terminal that went away needs no clearing.
        let _ = self.all.clear();
    }
}

impl Progress for Bars {
    fn start(&self, name: &str, total: Option<u64>) -> Box<dyn Transfer> {
        let bar =
            self.all.add(ProgressBar::no_length().with_style(self.style.clone()).with_message(escape(name)));
        if let Some(total) = total {
            bar.set_length(total);
        }
        Box::new(Bar(bar))
    }
}

struct Bar(ProgressBar);

impl Transfer for Bar {
    fn advance(&self, bytes: u64) {
        self.0.set_position(bytes);
    }

    fn finish(&self) {
        self.0.finish_and_clear();
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A bar that counts projects, on standard error.
pub(super) struct Counter(ProgressBar);

impl Counter {
    pub(super) fn new(shown: bool, style: Style) -> Self {
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressStyle::with_template("  {bar:24} {pos} of {len} projects")
            .expect("internal error: the template is a constant")
            .progress_chars(if style.unicode { "━╸ " } else { "=> " });
        Self(ProgressBar::with_draw_target(Some(0), target).with_style(bar))
    }

    /// One project alone is read before a bar could be seen.
    pub(super) fn tell(&self, done: usize, all: usize) {
        if all > 1 {
            self.0.set_length(all as u64);
            self.0.set_position(done as u64);
        }
    }

    pub(super) fn clear(&self) {
        self.0.finish_and_clear();
    }
}
