//! Color, characters and width: what the terminal is asked, and what the user may say instead.

use super::args::Color;
use crate::report::terminal::Style;
use crate::system::os::environment;

/// The style for a stream that is a terminal, or is not.
pub(super) fn of(color: Color, is_terminal: bool) -> Style {
    Style { color: wanted(color, is_terminal), unicode: unicode(), width: width() }
}

/// `--color`, then NO_COLOR and CLICOLOR_FORCE (no-color.org, bixense.com/clicolors), then the terminal.
fn wanted(color: Color, is_terminal: bool) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if environment("NO_COLOR").is_some() => false,
        Color::Auto if environment("CLICOLOR_FORCE").is_some_and(|value| value != "0") => true,
        Color::Auto => is_terminal && environment("TERM").as_deref() != Some("dumb"),
    }
}

/// Whether the locale says UTF-8, as POSIX orders its variables.
fn unicode() -> bool {
    if cfg!(windows) {
        return environment("WT_SESSION").is_some();
    }
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(environment).unwrap_or_default().to_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

/// COLUMNS, else the terminal's, else 100; never narrower than messages can bear.
fn width() -> usize {
    let terminal =
        || terminal_size::terminal_size_of(std::io::stderr()).map(|(width, _)| usize::from(width.0));
    let columns = environment("COLUMNS").and_then(|text| text.parse().ok()).or_else(terminal);
    columns.unwrap_or(100).clamp(40, 200)
}
