//! `%(name)s` in values, as `configparser.BasicInterpolation` and Python 2's `ConfigParser` expand it.

/// `configparser.MAX_INTERPOLATION_DEPTH`.
const MAX_DEPTH: usize = 10;

/// The most bytes and references of one [`Budget`]: ten levels of references can multiply without end, and an empty
/// value costs no bytes, so that neither alone bounds the work.
const MAX_EXPANDED: usize = 16 * 1024 * 1024;
const MAX_REFERENCES: usize = 200_000;

/// What may still be expanded: of one value, or of all values of a file.
#[derive(Clone, Debug)]
pub struct Budget {
    bytes: usize,
    references: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { bytes: MAX_EXPANDED, references: MAX_REFERENCES }
    }
}

impl Budget {
    fn pay(&mut self, bytes: usize, references: usize) -> Result<(), InterpolationError> {
        self.bytes = self.bytes.checked_sub(bytes).ok_or(InterpolationError::TooLarge)?;
        self.references = self.references.checked_sub(references).ok_or(InterpolationError::TooLarge)?;
        Ok(())
    }
}

/// How values are expanded when they are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Interpolation {
    /// `RawConfigParser`, `interpolation=None`.
    None,
    /// `ConfigParser` of Python 3 and `SafeConfigParser`: `%(name)s` and `%%`, any other `%` is an error.
    Basic,
    /// `ConfigParser` of Python 2: the `%` operator, as long as the text has a `%(`.
    Classic,
}

/// Why a value cannot be expanded.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum InterpolationError {
    /// `at` is the byte offset in the value being expanded, when that is the option's own.
    #[error("`%` must be followed by `%` or `(`")]
    Syntax { at: Option<usize> },
    #[error("`%(` has no closing `)s`")]
    Unclosed { at: Option<usize> },
    #[error("there is no option `{reference}` in the section or in the default section")]
    MissingOption { reference: String },
    #[error("references go more than {MAX_DEPTH} levels deep")]
    Depth,
    /// Not an error in Python, which would go on until memory ends.
    #[error("the values expand to more than {MAX_EXPANDED} bytes or {MAX_REFERENCES} references")]
    TooLarge,
    /// Python 2's `%` operator would raise or convert; no real file does this.
    #[error("a conversion other than `%(name)s` and `%%`")]
    Conversion { at: Option<usize> },
}

impl InterpolationError {
    /// The exception that Python raises.
    pub fn class_name(&self) -> &'static str {
        match self {
            Self::Syntax { .. } | Self::Unclosed { .. } => "InterpolationSyntaxError",
            Self::MissingOption { .. } => "InterpolationMissingOptionError",
            Self::Depth => "InterpolationDepthError",
            Self::TooLarge => "MemoryError",
            Self::Conversion { .. } => "ValueError",
        }
    }
}

/// The expanded value; `lookup` gives the raw value of a name as written in `%(name)s` (the caller folds its case).
pub fn expand(
    interpolation: Interpolation,
    value: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> Result<String, InterpolationError> {
    expand_within(interpolation, value, lookup, &mut Budget::default())
}

/// [`expand`] for one of several values that share a budget.
pub fn expand_within(
    interpolation: Interpolation,
    value: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
    budget: &mut Budget,
) -> Result<String, InterpolationError> {
    // A value without references costs nothing: it is no longer than its file.
    if interpolation == Interpolation::None || !value.contains('%') {
        return Ok(value.to_owned());
    }
    if interpolation == Interpolation::Classic {
        return classic(value, lookup, budget);
    }
    let mut expansion = Expansion { lookup, out: String::new(), budget };
    expansion.basic(value, 1)?;
    Ok(expansion.out)
}

struct Expansion<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    out: String,
    budget: &'a mut Budget,
}

impl Expansion<'_> {
    fn push(&mut self, text: &str) -> Result<(), InterpolationError> {
        self.budget.pay(text.len(), 0)?;
        self.out.push_str(text);
        Ok(())
    }

    fn basic(&mut self, value: &str, depth: usize) -> Result<(), InterpolationError> {
        if depth > MAX_DEPTH {
            return Err(InterpolationError::Depth);
        }
        let mut rest = value;
        while let Some(percent) = rest.find('%') {
            self.push(&rest[..percent])?;
            let at = (depth == 1).then_some(value.len() - rest.len() + percent);
            rest = &rest[percent..];
            if let Some(after) = rest.strip_prefix("%%") {
                self.push("%")?;
                rest = after;
            } else if rest.starts_with("%(") {
                let (name, after) = reference(rest).ok_or(InterpolationError::Unclosed { at })?;
                rest = after;
                self.budget.pay(0, 1)?;
                let found = (self.lookup)(name)
                    .ok_or_else(|| InterpolationError::MissingOption { reference: name.to_owned() })?;
                if found.contains('%') {
                    self.basic(&found, depth + 1)?;
                } else {
                    self.push(&found)?;
                }
            } else {
                return Err(InterpolationError::Syntax { at });
            }
        }
        self.push(rest)
    }
}

/// `%\(([^)]+)\)s` at the start of a text: the name, and what follows.
fn reference(text: &str) -> Option<(&str, &str)> {
    let (name, after) = text.strip_prefix("%(")?.split_once(')')?;
    let after = after.strip_prefix('s')?;
    (!name.is_empty()).then_some((name, after))
}

fn classic(
    value: &str,
    lookup: &dyn Fn(&str) -> Option<String>,
    budget: &mut Budget,
) -> Result<String, InterpolationError> {
    let mut value = value.to_owned();
    for level in 0..MAX_DEPTH {
        if !value.contains("%(") {
            return Ok(value);
        }
        let mut out = String::new();
        let mut rest = value.as_str();
        while let Some(percent) = rest.find('%') {
            out.push_str(&rest[..percent]);
            let at = (level == 0).then_some(value.len() - rest.len() + percent);
            rest = &rest[percent..];
            if let Some(after) = rest.strip_prefix("%%") {
                out.push('%');
                rest = after;
            } else {
                let (name, after) = reference(rest).ok_or(InterpolationError::Conversion { at })?;
                let missing = || InterpolationError::MissingOption { reference: name.to_owned() };
                let found = lookup(name).ok_or_else(missing)?;
                budget.pay(found.len(), 1)?;
                out.push_str(&found);
                rest = after;
            }
        }
        out.push_str(rest);
        value = out;
    }
    if value.contains("%(") { Err(InterpolationError::Depth) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<'a>(pairs: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<String> + 'a {
        |name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())
    }

    #[test]
    fn basic_follows_references_and_refuses_other_percents() {
        let lookup = with(&[("a", "x%(b)s"), ("b", "y%%"), ("loop", "%(loop)s")]);
        let expand = |value| expand(Interpolation::Basic, value, &lookup);
        assert_eq!(expand("<%(a)s>%%").as_deref(), Ok("<xy%>%"));
        assert_eq!(expand("100% fun"), Err(InterpolationError::Syntax { at: Some(3) }));
        assert_eq!(expand("%(a"), Err(InterpolationError::Unclosed { at: Some(0) }));
        assert_eq!(expand("%(c)s"), Err(InterpolationError::MissingOption { reference: "c".into() }));
        assert_eq!(expand("%(loop)s"), Err(InterpolationError::Depth));
    }

    #[test]
    fn classic_leaves_a_bare_percent_alone() {
        let lookup = with(&[("a", "x%(b)s"), ("b", "y"), ("loop", "%(loop)s")]);
        let expand = |value| expand(Interpolation::Classic, value, &lookup);
        assert_eq!(expand("100% fun").as_deref(), Ok("100% fun"));
        assert_eq!(expand("%(b)s %%").as_deref(), Ok("y %"));
        assert_eq!(expand("%(a)s 5% of"), Err(InterpolationError::Conversion { at: Some(7) }));
        assert_eq!(expand("%(loop)s"), Err(InterpolationError::Depth));
    }

    #[test]
    fn what_multiplies_without_end_is_stopped() {
        for leaf in ["", "lol"] {
            let lookup = |name: &str| {
                let level: usize = name.parse().unwrap();
                Some(if level == 0 { leaf.to_owned() } else { format!("%({})s", level - 1).repeat(1000) })
            };
            for interpolation in [Interpolation::Basic, Interpolation::Classic] {
                assert_eq!(expand(interpolation, "%(9)s", &lookup), Err(InterpolationError::TooLarge));
            }
        }
    }
}
