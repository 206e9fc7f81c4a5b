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
