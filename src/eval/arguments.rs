//! Signatures of native functions, and calls bound to them: a mismatch is the TypeError that Python raises.

use super::Evaluator;
use super::exceptions::TYPE_ERROR;
use super::raised::Raised;
use super::value::{Data, Value};
use crate::text::Span;
use std::sync::Arc;

/// A Python signature such as `(path, mode='r', *rest, encoding=None, **options)`; `/` ends those that are given by place
/// alone, `|` those that Python 2 takes by place alone.
/// Defaults are literals: None, True, False, an integer, or a quoted string without escapes.
///
/// There are thousands of them in static tables, and every page of those tables costs each start of the program: names and
/// defaults are therefore read from the text when a call needs them.
pub struct Signature {
    text: &'static str,
    /// How many parameters there are, `*rest` and `**keywords` left out.
    count: u8,
    /// How many may be given by place; those behind `*` are given by name alone.
    positional: u8,
    /// How many cannot be given by name.
    nameless: u8,
    /// The same on Python 2.
    nameless_python2: u8,
    /// A bit for each parameter that has a default.
    optional: u32,
    rest: bool,
    keywords: bool,
}

/// One part of a signature text, between its commas.
#[derive(Clone, Copy)]
struct Part {
    stars: usize,
    name: (usize, usize),
    /// Empty when there is no default.
    default: (usize, usize),
    /// Where the next part begins.
    end: usize,
}

/// The part of a signature text that begins at `at`.
const fn part(bytes: &[u8], mut at: usize) -> Part {
    let last = bytes.len() - 1;
    while bytes[at] == b' ' || bytes[at] == b',' {
        at += 1;
    }
    let mut stars = 0;
    while bytes[at] == b'*' {
        stars += 1;
        at += 1;
    }
    let start = at;
    while at < last && bytes[at] != b',' && bytes[at] != b'=' {
        at += 1;
    }
    let name = (start, at);
    let mut default = (0, 0);
    if bytes[at] == b'=' {
        at += 1;
        let start = at;
        let mut quoted = false;
        while at < last && (quoted || bytes[at] != b',') {
            if bytes[at] == b'\'' {
                quoted = !quoted;
            }
            at += 1;
        }
        default = (start, at);
    }
    Part { stars, name, default, end: at }
}

impl Part {
    /// Whether this is the mark `mark` rather than a parameter.
    const fn is(self, bytes: &[u8], mark: u8) -> bool {
        self.stars == 0 && self.name.1 - self.name.0 == 1 && bytes[self.name.0] == mark
    }
}

impl Signature {
    /// Reads the text at compile time; a malformed one does not compile.
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        assert!(bytes[0] == b'(' && bytes[bytes.len() - 1] == b')', "a signature stands in brackets");
        let mut made = Self {
            text,
            count: 0,
            positional: 0,
            nameless: 0,
            nameless_python2: 0,
            optional: 0,
            rest: false,
            keywords: false,
        };
        let mut at = 1;
        let mut keyword_only = false;
        while at < bytes.len() - 1 {
            let part = part(bytes, at);
            at = part.end;
            if part.stars == 2 {
                made.keywords = true;
            } else if part.stars == 1 {
                made.rest = part.name.0 != part.name.1;
                keyword_only = true;
            } else if part.is(bytes, b'/') {
                made.nameless = made.count;
                if made.nameless_python2 < made.count {
                    made.nameless_python2 = made.count;
                }
            } else if part.is(bytes, b'|') {
                made.nameless_python2 = made.count;
            } else {
                if part.default.0 != part.default.1 {
                    made.optional |= 1 << made.count;
                }
                made.count += 1;
                if !keyword_only {
                    made.positional = made.count;
                }
            }
        }
        made
    }

    /// The parameters in order, each with the text of its default.
    fn parameters(&self) -> impl Iterator<Item = (&'static str, &'static str)> + use<> {
        let text = self.text;
        let bytes = text.as_bytes();
        let mut at = 1;
        std::iter::from_fn(move || {
            while at < bytes.len() - 1 {
                let part = part(bytes, at);
                at = part.end;
                if part.stars == 0 && !part.is(bytes, b'/') && !part.is(bytes, b'|') {
                    return Some((&text[part.name.0..part.name.1], &text[part.default.0..part.default.1]));
                }
            }
            None
        })
    }
}

/// A keyword argument as given.
#[derive(Clone, Debug)]
pub struct Keyword {
    pub name: Arc<str>,
    pub value: Value,
    /// Where it stands in the call, when it is written there.
    pub span: Option<Span>,
}

/// The arguments of a call, not yet bound to parameters.
#[derive(Clone, Default, Debug)]
pub struct CallArguments {
    pub positional: Vec<Value>,
    pub keywords: Vec<Keyword>,
    /// The unknown value of `*unknown` or `**unknown`: there may be more arguments.
    pub more: Option<Value>,
}

impl CallArguments {
    pub fn positional(values: impl Into<Vec<Value>>) -> Self {
        Self { positional: values.into(), keywords: Vec::new(), more: None }
    }
}

/// The arguments of a native function, bound to its parameters by index.
pub struct Arguments {
    bound: Vec<Option<Value>>,
    signature: &'static Signature,
    rest: Vec<Value>,
    keywords: Vec<Keyword>,
    more: Option<Value>,
    python2: bool,
    /// The call.
    pub span: Span,
}

impl Arguments {
    /// The argument at a parameter's index, or the parameter's default.
    pub fn get(&self, index: usize) -> Value {
        self.given(index).cloned().unwrap_or_else(|| self.default(index))
    }

    /// The argument at a parameter's index, if the call gave it.
    pub fn given(&self, index: usize) -> Option<&Value> {
        self.bound.get(index).and_then(Option::as_ref)
    }

    /// Like [`Self::given`], with an explicit `None` taken as not given.
    pub fn some(&self, index: usize) -> Option<&Value> {
        self.given(index).filter(|value| !value.is_none())
    }

    /// What `*rest` took.
    pub fn rest(&self) -> &[Value] {
        &self.rest
    }

    /// What `**keywords` took, in order.
    pub fn keywords(&self) -> &[Keyword] {
        &self.keywords
    }

    /// The unknown value of `*unknown` or `**unknown`; only functions that look at unknown values see calls with it.
    pub fn more(&self) -> Option<&Value> {
        self.more.as_ref()
    }

    fn default(&self, index: usize) -> Value {
        match self.signature.parameters().nth(index).map_or("", |(_, default)| default) {
            "True" => Value::bool(true),
            "False" => Value::bool(false),
            text => match (text.parse(), text.strip_prefix('\'')) {
                (Ok(number), _) => Value::int(number),
                (_, Some(quoted)) => {
                    let inner = quoted.trim_end_matches('\'');
                    if self.python2 { Value::bytes(inner.as_bytes()) } else { Value::text(inner) }
                }
                _ => Value::NONE,
            },
        }
    }
}

impl Evaluator<'_> {
    /// Binds a call to a native signature.
    pub(super) fn bind_native(
        &mut self,
        name: &str,
        signature: &'static Signature,
        call: CallArguments,
    ) -> Result<Arguments, Raised> {
        let count = usize::from(signature.count);
        let mut bound: Vec<Option<Value>> = vec![None; count];
        let mut rest = Vec::new();
        let given = call.positional.len();
        for (index, value) in call.positional.into_iter().enumerate() {
            if index < usize::from(signature.positional) {
                bound[index] = Some(value);
            } else if signature.rest {
                rest.push(value);
            } else {
                let most = signature.positional;
                return Err(self
                    .error(&TYPE_ERROR, format!("{name}() takes at most {most} arguments ({given} given)")));
            }
        }
        let mut keywords = Vec::new();
        let nameless = if self.is_python2() { signature.nameless_python2 } else { signature.nameless };
        for keyword in call.keywords {
            let place = signature
                .parameters()
                .position(|(name, _)| name == &*keyword.name)
                .filter(|index| *index >= usize::from(nameless));
            match place {
                Some(index) if bound[index].is_none() => bound[index] = Some(keyword.value),
                Some(_) => {
                    let text = format!("{name}() got multiple values for argument '{}'", keyword.name);
                    return Err(self.error(&TYPE_ERROR, text));
                }
                None if signature.keywords => keywords.push(keyword),
                None => {
                    let text = format!("{name}() got an unexpected keyword argument '{}'", keyword.name);
                    return Err(self.error(&TYPE_ERROR, text));
                }
            }
        }
        for (index, value) in bound.iter_mut().enumerate() {
            if value.is_none() && signature.optional & (1 << index) == 0 {
                if let Some(more) = &call.more {
                    *value = Some(more.clone());
                } else {
                    let missing = signature.parameters().nth(index).map_or("", |(name, _)| name);
                    let text = format!("{name}() missing required argument: '{missing}'");
                    return Err(self.error(&TYPE_ERROR, text));
                }
            }
        }
        let python2 = self.is_python2();
        Ok(Arguments { bound, signature, rest, keywords, more: call.more, python2, span: self.here() })
    }

    /// The first argument that is unknown, if any.
    pub(super) fn unknown_among(call: &CallArguments) -> Option<Value> {
        let named = call.keywords.iter().map(|keyword| &keyword.value);
        let found = call.positional.iter().chain(named).chain(&call.more);
        found.into_iter().find(|value| matches!(value.data, Data::Unknown(_))).cloned()
    }
}
