//! What the client may set: which answer is wanted and what is shown. Never a program, an index or a path to either.

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
        made.inlay_hints = flag("inlayHints").unwrap_or(made.inlay_hints);
        made.code_lenses = flag("codeLens").unwrap_or(made.code_lenses);
        if let Some(milliseconds) = value.get("debounce").and_then(Value::as_u64) {
            made.debounce = Duration::from_millis(milliseconds.min(5_000));
        }
        (made, wrong)
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
