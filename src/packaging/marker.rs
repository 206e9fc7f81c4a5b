//! Environment markers: `python_version < "3.8" and extra == "dev"` (dependency specifiers specification, PEP 508).
//!
//! They come from published metadata, so reading and judging them takes time in proportion to their length: no decision
//! diagrams here, whose size a hostile marker can make exponential.

use super::{Version, VersionSpecifiers, name, specifiers};
use pep508_rs::MarkerEnvironment;
use std::fmt;
use std::ops::Range;

/// Real markers nest brackets about ten deep.
const MAX_DEPTH: usize = 64;

/// A parsed marker that keeps its own text.
#[derive(Clone, Debug)]
pub struct Marker {
    text: String,
    tree: Tree,
}

/// Why a text is no marker, with the byte range in it.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message}")]
pub struct MarkerError {
    pub message: String,
    pub range: Range<usize>,
}

#[derive(Clone, Debug)]
enum Tree {
    /// Any of these.
    Or(Vec<Self>),
    /// All of these.
    And(Vec<Self>),
    Compare {
        left: Operand,
        operator: Operator,
        right: Operand,
    },
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Operand {
    Variable(Variable),
    Text(String),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Variable {
    ImplementationName,
    ImplementationVersion,
    OsName,
    PlatformMachine,
    PlatformPythonImplementation,
    PlatformRelease,
    PlatformSystem,
    PlatformVersion,
    PythonFullVersion,
    PythonVersion,
    SysPlatform,
    Extra,
}

/// Names with those of old setuptools.
const VARIABLES: &[(&str, Variable)] = &[
    ("implementation_name", Variable::ImplementationName),
    ("implementation_version", Variable::ImplementationVersion),
    ("os_name", Variable::OsName),
    ("os.name", Variable::OsName),
    ("platform_machine", Variable::PlatformMachine),
    ("platform.machine", Variable::PlatformMachine),
    ("platform_python_implementation", Variable::PlatformPythonImplementation),
    ("platform.python_implementation", Variable::PlatformPythonImplementation),
    ("python_implementation", Variable::PlatformPythonImplementation),
    ("platform_release", Variable::PlatformRelease),
    ("platform_system", Variable::PlatformSystem),
    ("platform_version", Variable::PlatformVersion),
    ("platform.version", Variable::PlatformVersion),
    ("python_full_version", Variable::PythonFullVersion),
    ("python_version", Variable::PythonVersion),
    ("sys_platform", Variable::SysPlatform),
    ("sys.platform", Variable::SysPlatform),
    ("extra", Variable::Extra),
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Operator {
    LessEqual,
    Less,
    NotEqual,
    ArbitraryEqual,
    Equal,
    GreaterEqual,
    Greater,
    Compatible,
    In,
    NotIn,
}

/// The longer ones before their beginnings.
const OPERATORS: &[(&str, Operator)] = &[
    ("===", Operator::ArbitraryEqual),
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessEqual),
    (">=", Operator::GreaterEqual),
    ("~=", Operator::Compatible),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

impl Marker {
    /// As it was written, surrounding blanks aside.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it holds in an environment, with these extras (normalised) asked for.
    pub fn holds(&self, environment: &MarkerEnvironment, extras: &[String]) -> bool {
        self.tree.holds(environment, extras)
    }
}

impl std::str::FromStr for Marker {
    type Err = MarkerError;

    fn from_str(text: &str) -> Result<Self, MarkerError> {
        let mut parser = Parser { text, at: 0 };
        let tree = parser.alternatives(0)?;
        parser.blanks();
        if parser.at < text.len() {
            return Err(parser.error("expected `and`, `or` or the end of the marker"));
        }
        Ok(Self { text: text.trim().to_owned(), tree })
    }
}

impl fmt::Display for Marker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// An error at the next word or character.
    fn error(&self, message: impl Into<String>) -> MarkerError {
        let word = self.rest().find(|c: char| !is_word(c)).unwrap_or(self.rest().len());
        let length = if word > 0 { word } else { self.rest().chars().next().map_or(0, char::len_utf8) };
        MarkerError { message: message.into(), range: self.at..self.at + length }
    }

    /// Takes a whole word if it comes next.
    fn word(&mut self, word: &str) -> bool {
        self.blanks();
        let found = self.rest().strip_prefix(word).is_some_and(|after| !after.starts_with(is_word));
        if found {
            self.at += word.len();
        }
        found
    }

    fn alternatives(&mut self, depth: usize) -> Result<Tree, MarkerError> {
        let mut trees = vec![self.conditions(depth)?];
        while self.word("or") {
            trees.push(self.conditions(depth)?);
        }
        Ok(Tree::Or(trees))
    }

    fn conditions(&mut self, depth: usize) -> Result<Tree, MarkerError> {
        let mut trees = vec![self.condition(depth)?];
        while self.word("and") {
            trees.push(self.condition(depth)?);
        }
        Ok(Tree::And(trees))
    }

    fn condition(&mut self, depth: usize) -> Result<Tree, MarkerError> {
        self.blanks();
        if self.rest().starts_with('(') {
            if depth == MAX_DEPTH {
                return Err(self.error(format!("brackets may be {MAX_DEPTH} deep at most")));
            }
            self.at += 1;
            let tree = self.alternatives(depth + 1)?;
            self.blanks();
            if !self.rest().starts_with(')') {
                return Err(self.error("expected `)`, `and` or `or`"));
            }
            self.at += 1;
            return Ok(tree);
        }
        let start = self.at;
        let left = self.operand()?;
        let operator = self.operator()?;
        let right = self.operand()?;
        if let (Operand::Text(_), Operand::Text(_)) = (&left, &right) {
            let message = "neither side is a variable such as `python_version`".to_owned();
            return Err(MarkerError { message, range: start..self.at });
        }
        Ok(Tree::Compare { left, operator, right })
    }

    fn operand(&mut self) -> Result<Operand, MarkerError> {
        self.blanks();
        let Some(first) = self.rest().chars().next() else {
            return Err(self.error("the marker ends where a variable or a text in quotes is expected"));
        };
        if matches!(first, '"' | '\'') {
            let inner = &self.rest()[1..];
            let Some(end) = inner.find(first) else {
                return Err(MarkerError {
                    message: "the quote is not closed".to_owned(),
                    range: self.at..self.text.len(),
                });
            };
            let text = inner[..end].to_owned();
            self.at += end + 2;
            return Ok(Operand::Text(text));
        }
        let end = self.rest().find(|c: char| !is_word(c)).unwrap_or(self.rest().len());
        let word = &self.rest()[..end];
        let Some((_, variable)) = VARIABLES.iter().find(|(name, _)| *name == word) else {
            return Err(self.error(format!("`{}` is no marker variable", word.escape_debug())));
        };
        self.at += end;
        Ok(Operand::Variable(*variable))
    }

    fn operator(&mut self) -> Result<Operator, MarkerError> {
        if self.word("in") {
            return Ok(Operator::In);
        }
        if self.word("not") {
            return if self.word("in") {
                Ok(Operator::NotIn)
            } else {
                Err(self.error("expected `in` after `not`"))
            };
        }
        let found = OPERATORS.iter().find(|(text, _)| self.rest().starts_with(text));
        let Some((text, operator)) = found else {
            return Err(self.error("expected a comparison such as `==` or `in`"));
        };
        self.at += text.len();
        Ok(*operator)
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.')
}

impl Tree {
    fn holds(&self, environment: &MarkerEnvironment, extras: &[String]) -> bool {
        match self {
            Self::Or(trees) => trees.iter().any(|tree| tree.holds(environment, extras)),
            Self::And(trees) => trees.iter().all(|tree| tree.holds(environment, extras)),
            Self::Compare { left, operator, right } => compare(left, *operator, right, environment, extras),
        }
    }
}

fn compare(
    left: &Operand,
    operator: Operator,
    right: &Operand,
    environment: &MarkerEnvironment,
    extras: &[String],
) -> bool {
    let extra = Operand::Variable(Variable::Extra);
    if *left == extra || *right == extra {
        let other = if *left == extra { right } else { left };
        let Operand::Text(wanted) = other else { return false };
        let asked = extras.contains(&name::normalize(wanted));
        return match operator {
            Operator::Equal | Operator::ArbitraryEqual => asked,
            Operator::NotEqual => !asked,
            // `extra in "a b"` and the like.
            Operator::In => extras.iter().any(|extra| wanted.contains(extra.as_str())),
            Operator::NotIn => !extras.iter().any(|extra| wanted.contains(extra.as_str())),
            _ => false,
        };
    }
    let (left_text, right_text) = (left.value(environment), right.value(environment));
    let versions = left.is_version() || right.is_version();
    if versions && let Some(result) = compare_versions(left_text, operator, right_text) {
        return result;
    }
    match operator {
        Operator::Equal | Operator::ArbitraryEqual => left_text == right_text,
        Operator::NotEqual => left_text != right_text,
        Operator::Less => left_text < right_text,
        Operator::LessEqual => left_text <= right_text,
        Operator::Greater => left_text > right_text,
        Operator::GreaterEqual => left_text >= right_text,
        Operator::In => right_text.contains(left_text),
        Operator::NotIn => !right_text.contains(left_text),
        Operator::Compatible => false,
    }
}

/// By PEP 440, the right side as a specifier, when both sides are versions; `None` when they are to be compared as text.
fn compare_versions(left: &str, operator: Operator, right: &str) -> Option<bool> {
    let (text, _) = OPERATORS.iter().find(|(_, known)| *known == operator)?;
    let version: Version = left.parse().ok()?;
    let wanted: VersionSpecifiers = format!("{text}{right}").parse().ok()?;
    Some(specifiers::admits(&wanted, &version))
}

impl Operand {
    fn is_version(&self) -> bool {
        matches!(
            self,
            Self::Variable(
                Variable::PythonVersion | Variable::PythonFullVersion | Variable::ImplementationVersion
            )
        )
    }

    fn value<'a>(&'a self, environment: &'a MarkerEnvironment) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Variable(variable) => match variable {
                Variable::ImplementationName => environment.implementation_name(),
                Variable::ImplementationVersion => &environment.implementation_version().string,
                Variable::OsName => environment.os_name(),
                Variable::PlatformMachine => environment.platform_machine(),
                Variable::PlatformPythonImplementation => environment.platform_python_implementation(),
                Variable::PlatformRelease => environment.platform_release(),
                Variable::PlatformSystem => environment.platform_system(),
                Variable::PlatformVersion => environment.platform_version(),
                Variable::PythonFullVersion => &environment.python_full_version().string,
                Variable::PythonVersion => &environment.python_version().string,
                Variable::SysPlatform => environment.sys_platform(),
                Variable::Extra => "",
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::packaging::{Platform, Python, Target};

    fn holds(text: &str, extras: &[&str]) -> bool {
        let target = Target { python: Python::new(3, 12), platform: Platform::Linux };
        let extras: Vec<String> = extras.iter().map(ToString::to_string).collect();
        text.parse::<Marker>()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
            .holds(&target.marker_environment(), &extras)
    }

    /// The expectations are those of pip's `packaging` for Python 3.12 on Linux.
    #[test]
    fn markers_hold_as_in_pip() {
        for (text, expected) in [
            ("python_version >= '3.8'", true),
            ("python_version < '3.8'", false),
            ("python_version == '3.12.*'", true),
            ("python_version ~= '3.8'", true),
            ("'3.8' <= python_version", true),
            ("python_version in '2.7 3.12'", true),
            ("python_version not in '2.7, 3.12'", false),
            ("python_full_version >= '3.12.1'", true),
            ("python_version > '3.x'", false),
            ("sys_platform == 'linux' and os.name == \"posix\"", true),
            ("sys_platform == 'win32' or sys.platform != 'darwin'", true),
            ("'linux' in sys_platform", true),
            ("platform_python_implementation === 'CPython'", true),
            ("python_implementation=='PyPy'", false),
            ("sys_platform == 'win32' and python_version < '3' or os_name == 'posix'", true),
            ("sys_platform == 'win32' and (python_version < '3' or os_name == 'posix')", false),
            ("(((os_name == 'posix')))", true),
            ("platform_release >= '4'", false),
        ] {
            assert_eq!(holds(text, &[]), expected, "{text}");
        }
    }

    #[test]
    fn extras_are_compared_normalised() {
        assert!(holds("extra == 'Foo_Bar'", &["foo-bar"]));
        assert!(!holds("extra == 'foo'", &[]));
        assert!(holds("extra != 'foo'", &[]));
        assert!(holds("'a' == extra or extra == 'b'", &["b"]));
        assert!(!holds("extra == 'a' and python_version < '3'", &["a"]));
    }

    #[test]
    fn errors_say_where() {
        for (text, range) in [
            ("", 0..0),
            ("python == '3'", 0..6),
            ("os_name = 'x'", 8..9),
            ("os_name == 'x", 11..13),
            ("os_name == 'x' xor os_name == 'y'", 15..18),
            ("'a' == 'b'", 0..10),
            ("(os_name == 'x'", 15..15),
            ("os_name not 'x'", 12..13),
            ("os_name == é", 11..13),
        ] {
            let error = text.parse::<Marker>().unwrap_err();
            assert_eq!(error.range, range, "{text}: {error}");
            assert!(!error.message.is_empty());
        }
    }

    #[test]
    fn hostile_markers_are_read_in_proportion_to_their_length() {
        let deep = format!("{}os_name == 'x'{}", "(".repeat(5000), ")".repeat(5000));
        assert!(deep.parse::<Marker>().unwrap_err().message.contains("deep"));
        // As a decision diagram this one has more than 2^40 nodes.
        let pairs: Vec<String> =
            (0..40).map(|i| format!("('a{i}' in os_name and 'b{i}' in sys_platform)")).collect();
        assert!(!holds(&pairs.join(" or "), &[]));
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_in_its_range(text in "[a-z_.<>=!~'\"() é3]{0,40}") {
            if let Err(error) = text.parse::<Marker>() {
                proptest::prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error.range);
            }
        }
    }
}
