//! Signatures of native functions, and calls bound to them: a mismatch is the TypeError that Python raises.

use super::Evaluator;
use super::exceptions::TYPE_ERROR;
use super::raised::Raised;
use super::value::{Data, Value};
use crate::text::Span;
use std::sync::Arc;

/// A parameter's place in its signature text.
#[derive(Clone, Copy)]
struct Parameter {
    name: (usize, usize),
    /// Empty when there is no default.
    default: (usize, usize),
}

const MAX_PARAMETERS: usize = 20;

/// A Python signature such as `(path, mode='r', *rest, encoding=None, **options)`; `/` ends those that are given by place
/// alone, `|` those that Python 2 takes by place alone.
/// Defaults are literals: None, True, False, an integer, or a quoted string without escapes.
pub struct Signature {
    text: &'static str,
    parameters: [Parameter; MAX_PARAMETERS],
    count: usize,
    /// How many may be given by place; those behind `*` are given by name alone.
    positional: usize,
    /// How many cannot be given by name.
    nameless: usize,
    /// The same on Python 2.
    nameless_python2: usize,
    rest: bool,
    keywords: bool,
}

impl Signature {
    /// Reads the text at compile time; a malformed one does not compile.
    pub const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        assert!(bytes[0] == b'(' && bytes[bytes.len() - 1] == b')', "a signature stands in brackets");
        let none = Parameter { name: (0, 0), default: (0, 0) };
        let mut made = Self {
            text,
            parameters: [none; MAX_PARAMETERS],
            count: 0,
            positional: 0,
            nameless: 0,
            nameless_python2: 0,
            rest: false,
            keywords: false,
        };
        let mut at = 1;
        let mut keyword_only = false;
        while at < bytes.len() - 1 {
            while bytes[at] == b' ' || bytes[at] == b',' {
                at += 1;
            }
            let mut stars = 0;
            while bytes[at] == b'*' {
                stars += 1;
                at += 1;
            }
            let start = at;
            while at < bytes.len() - 1 && bytes[at] != b',' && bytes[at] != b'=' {
                at += 1;
            }
            let name = (start, at);
            let mut default = (0, 0);
            if bytes[at] == b'=' {
                at += 1;
                let start = at;
                let mut quoted = false;
                while at < bytes.len() - 1 && (quoted || bytes[at] != b',') {
                    if bytes[at] == b'\'' {
                        quoted = !quoted;
                    }
                    at += 1;
                }
                default = (start, at);
            }
            if stars == 2 {
                made.keywords = true;
            } else if stars == 1 {
                made.rest = name.0 != name.1;
                keyword_only = true;
            } else if name.1 - name.0 == 1 && bytes[name.0] == b'/' {
                made.nameless = made.count;
                if made.nameless_python2 < made.count {
                    made.nameless_python2 = made.count;
                }
            } else if name.1 - name.0 == 1 && bytes[name.0] == b'|' {
                made.nameless_python2 = made.count;
            } else {
                made.parameters[made.count] = Parameter { name, default };
                made.count += 1;
                if !keyword_only {
                    made.positional = made.count;
                }
            }
        }
        made
    }

    fn name(&self, index: usize) -> &'static str {
        let (start, end) = self.parameters[index].name;
        &self.text[start..end]
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
    /// The order in which Python 2 hands the keywords over is not known.
    pub unordered: bool,
}

impl CallArguments {
    pub fn positional(values: impl Into<Vec<Value>>) -> Self {
        Self { positional: values.into(), ..Self::default() }
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
    /// The order in which Python 2 hands the keywords over is not known.
    pub unordered: bool,
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

    /// A call with as much more of unknown number, and keywords in an order as well known, as this one.
    pub fn open(&self) -> CallArguments {
        CallArguments { more: self.more.clone(), unordered: self.unordered, ..CallArguments::default() }
    }

    fn default(&self, index: usize) -> Value {
        let (start, end) = self.signature.parameters[index].default;
        match &self.signature.text[start..end] {
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
        let mut bound: Vec<Option<Value>> = vec![None; signature.count];
        let mut rest = Vec::new();
        let given = call.positional.len();
        for (index, value) in call.positional.into_iter().enumerate() {
            if index < signature.positional {
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
            let place = (nameless..signature.count).find(|index| signature.name(*index) == &*keyword.name);
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
            let parameter = signature.parameters[index];
            if value.is_none() && parameter.default.0 == parameter.default.1 {
                if let Some(more) = &call.more {
                    *value = Some(more.clone());
                } else {
                    let missing = signature.name(index);
                    let text = format!("{name}() missing required argument: '{missing}'");
                    return Err(self.error(&TYPE_ERROR, text));
                }
            }
        }
        let python2 = self.is_python2();
        let (more, unordered) = (call.more, call.unordered);
        Ok(Arguments { bound, signature, rest, keywords, more, python2, unordered, span: self.here() })
    }

    /// The first argument that is unknown, if any.
    pub(super) fn unknown_among(call: &CallArguments) -> Option<Value> {
        let named = call.keywords.iter().map(|keyword| &keyword.value);
        let found = call.positional.iter().chain(named).chain(&call.more);
        found.into_iter().find(|value| matches!(value.data, Data::Unknown(_))).cloned()
    }
}
