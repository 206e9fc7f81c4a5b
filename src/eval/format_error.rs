//! What can go wrong when text is made from values: a Python exception, a result too large, or a thing spx does not model.

use std::fmt;

/// Why no text came out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum FormatError {
    /// The exception that CPython raises: the name of its class and its message.
    Python { class: &'static str, message: String },
    /// The result would have more bytes than the caller allows; nothing was allocated.
    TooLarge { limit: usize },
    /// CPython has an answer that spx does not compute; the reason is for people.
    NotModelled(&'static str),
}

impl FormatError {
    pub fn value_error(message: impl Into<String>) -> Self {
        Self::Python { class: "ValueError", message: message.into() }
    }

    pub fn type_error(message: impl Into<String>) -> Self {
        Self::Python { class: "TypeError", message: message.into() }
    }

    pub fn overflow_error(message: impl Into<String>) -> Self {
        Self::Python { class: "OverflowError", message: message.into() }
    }
}

impl fmt::Display for FormatError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Python { class, message } => write!(f, "{class}: {message}"),
            Self::TooLarge { limit } => write!(f, "the text would have more than {limit} bytes"),
            Self::NotModelled(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for FormatError {}

/// Text that grows up to a limit, checked before memory is taken.
pub struct Bounded {
    text: String,
    limit: usize,
}

impl Bounded {
    pub fn new(limit: usize) -> Self {
        Self { text: String::new(), limit }
    }

    /// Whether `more` further bytes fit.
    pub fn check(&self, more: usize) -> Result<(), FormatError> {
        if more > self.limit.saturating_sub(self.text.len()) {
            return Err(FormatError::TooLarge { limit: self.limit });
        }
        Ok(())
    }

    pub fn push_str(&mut self, text: &str) -> Result<(), FormatError> {
        self.check(text.len())?;
        self.text.push_str(text);
        Ok(())
    }

    /// Appends `character` `count` times.
    pub fn push_repeated(&mut self, character: char, count: usize) -> Result<(), FormatError> {
        self.check(count.saturating_mul(character.len_utf8()))?;
        self.text.extend(std::iter::repeat_n(character, count));
        Ok(())
    }

    pub fn finish(self) -> String {
        self.text
    }
}
