//! Why an evaluation stops short: a Python exception, an exhausted budget, or a result that cannot be known.

use super::value::Value;
use std::fmt;

/// The `Err` of everything that evaluates. `?` passes all three on.
#[derive(Clone, Debug)]
pub enum Raised {
    /// An exception instance, which the script's own `except` may catch. Its origin is where it was raised.
    Exception(Value),
    /// A budget ran out: nothing catches this.
    Exhausted(Limit),
    /// "The result is this unknown value": the nearest expression becomes it. So a helper that needs a known string can
    /// be called with `?` from any native function.
    Unknown(Value),
}

/// Which budget ran out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    Steps,
    Bytes,
    Depth,
    Files,
    Paths,
    Time,
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Steps => "takes more steps than spx follows",
            Self::Bytes => "builds more data than spx holds",
            Self::Depth => "nests calls or expressions more deeply than spx follows",
            Self::Files => "reads more files than spx opens for one setup.py",
            Self::Paths => "branches on unknown values more often than spx follows",
            Self::Time => "takes longer than spx waits",
        })
    }
}

/// How a statement ends other than by going on to the next.
#[derive(Clone, Debug)]
pub enum Flow {
    Break,
    Continue,
    Return(Value),
    Raise(Raised),
    /// A generator stops here.
    Yield(Value),
}

impl From<Raised> for Flow {
    fn from(raised: Raised) -> Self {
        Self::Raise(raised)
    }
}
