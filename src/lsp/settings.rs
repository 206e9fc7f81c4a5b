//! What the client may set: which answer is wanted and what is shown. Never a program, an index or a path to either.

use crate::eval::Patience;
use crate::lint::{self, check_names};
use serde_json::Value;
use std::time::Duration;

/// The client's choices. Whatever else it sends is passed over: settings of a workspace come from repositories that nobody
/// has read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Settings {
    /// Answer for this Python, `3.12`; for all of them when left out.
    pub(super) python: Option<String>,
    pub(super) platform: Option<String>,
    pub(super) setuptools: Option<String>,
    /// Rules of taste, and rules of security, too.
    pub(super) pedantic: bool,
    pub(super) security: bool,
    /// When not empty, only these rules.
    pub(super) select: Vec<String>,
    pub(super) ignore: Vec<String>,
    pub(super) inlay_hints: bool,
    pub(super) code_lenses: bool,
    /// How long to wait for the next key before a project is read again.
    pub(super) debounce: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            python: None,
            platform: None,
            setuptools: None,
            pedantic: false,
            security: false,
            select: Vec::new(),
            ignore: Vec::new(),
            inlay_hints: true,
            code_lenses: true,
            debounce: Duration::from_millis(80),
        }
    }
}

impl Settings {
    /// Reads `{"python": "3.12", …}`, with or without `{"spx": …}` around it. What has the wrong type counts as left out; what
    /// names no Python, platform or setuptools too, as the second part of the answer says.
    pub(super) fn read(value: &Value) -> (Self, Vec<String>) {
        let value = value.get("spx").unwrap_or(value);
        let mut made = Self::default();
        let mut wrong = Vec::new();
        let text = |name: &str| value.get(name)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        let flag = |name: &str| value.get(name).and_then(Value::as_bool);
        let check = |python: Option<&str>, platform: Option<&str>, setuptools: Option<&str>| {
            crate::ops::metadata::scope(python, platform, setuptools)
                .map(|_| ())
                .map_err(|failure| failure.message)
        };
        let mut take = |name: &str, check: &dyn Fn(&str) -> Result<(), String>| {
            let text = text(name)?;
            match check(&text) {
                Ok(()) => Some(text),
                Err(message) => {
                    wrong.push(format!("the setting spx.{name} is passed over: {message}"));
                    None
                }
            }
        };
        made.python = take("python", &|text| check(Some(text), None, None));
        made.platform = take("platform", &|text| check(None, Some(text), None));
        made.setuptools = take("setuptools", &|text| check(None, None, Some(text)));
        let mut names = |name: &str| {
            let list = value.get(name).and_then(Value::as_array);
            let names: Vec<String> =
                list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
            match check_names(&names) {
                Ok(()) => names,
                Err(message) => {
                    wrong.push(format!("the setting spx.{name} is passed over: {message}"));
                    Vec::new()
                }
            }
        };
        made.select = names("select");
        made.ignore = names("ignore");
        made.pedantic = flag("pedantic").unwrap_or_default();
        made.security = flag("security").unwrap_or_default();
        made.inlay_hints = flag("inlayHints").unwrap_or(made.inlay_hints);
        made.code_lenses = flag("codeLens").unwrap_or(made.code_lenses);
        if let Some(milliseconds) = value.get("debounce").and_then(Value::as_u64) {
            made.debounce = Duration::from_millis(milliseconds.min(5_000));
        }
        (made, wrong)
    }

    /// What the rules are told.
    pub(super) fn lint(&self, patience: Patience) -> lint::Settings {
        lint::Settings {
            pedantic: self.pedantic,
            security: self.security,
            select: self.select.clone(),
            ignore: self.ignore.clone(),
            per_file_ignores: Vec::new(),
            target_python: self.python.as_ref().and_then(|text| text.parse().ok()),
            target_setuptools: self.setuptools.as_ref().and_then(|text| text.parse().ok()),
            target_platform: self.platform.as_ref().and_then(|text| text.parse().ok()),
            patience,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_wrong_is_told_and_what_is_unknown_is_passed_over() {
        let (settings, wrong) = Settings::read(&json!({ "spx": {
            "python": "3.8", "platform": "beos", "setuptools": 3, "inlayHints": false, "debounce": 9_999_999,
            "path": "./evil", "indexUrl": "http://evil",
        } }));
        let debounce = Duration::from_secs(5);
        let expected =
            Settings { python: Some("3.8".to_owned()), inlay_hints: false, debounce, ..Settings::default() };
        assert_eq!(settings, expected);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert_eq!(Settings::read(&Value::Null), (Settings::default(), Vec::new()));
    }
}
