//! Requirements as METADATA spells them: the grammar and the one spelling that the `packaging` library gives them.
//!
//! setuptools writes `str(packaging.requirements.Requirement(text))`: the name as written, extras and specifiers sorted,
//! markers with double quotes and without needless parentheses. `pep508_rs` normalises further (markers are simplified,
//! names lose their case), so its output would not equal setuptools'.

use super::name::normalize;
use super::specifier_length::specifier_length;
use super::{RequirementError, Version};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Real requirements are below 500 bytes.
const MAX_LENGTH: usize = 16 * 1024;
/// Markers nest by parentheses; real ones twice.
const MAX_DEPTH: usize = 64;

/// The names that a marker may compare (PEP 508, PEP 345's dotted forms included).
const VARIABLES: &[&str] = &[
    "python_version",
    "python_full_version",
    "os.name",
    "os_name",
    "sys.platform",
    "sys_platform",
    "platform_release",
    "platform_system",
    "platform.version",
    "platform_version",
    "platform.machine",
    "platform_machine",
    "platform.python_implementation",
    "platform_python_implementation",
    "python_implementation",
    "implementation_name",
    "implementation_version",
    "extra",
    "extras",
    "dependency_groups",
];

/// Which version specifiers a release of `packaging` takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Specifiers {
    /// Those of PEP 440.
    Standard,
    /// Those that are no version, too.
    Legacy,
}

impl Specifiers {
    /// The first setuptools whose `packaging` takes nothing else.
    pub const STANDARD_SINCE: &[u64] = &[67];

    /// What the `packaging` takes that comes with a release of setuptools.
    pub fn of(setuptools: &Version) -> Self {
        if *setuptools < Version::new(Self::STANDARD_SINCE) { Self::Legacy } else { Self::Standard }
    }
}

/// The lines that are requirements: comments and blank lines dropped, `\` continuations joined, as setuptools reads an
/// `install_requires` string or list.
pub fn lines<S: AsRef<str>>(items: &[S]) -> Vec<String> {
    let mut all = items
        .iter()
        .flat_map(|item| item.as_ref().lines())
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| line.split(" #").next().unwrap_or("").to_owned());
    let mut out = Vec::new();
    'requirements: while let Some(mut item) = all.next() {
        while item.ends_with('\\') {
            // The character before the backslash goes too, and a backslash on the last line drops the requirement.
            let Some(next) = all.next() else { break 'requirements };
            let keep = item.char_indices().nth_back(1).map_or(0, |(at, _)| at);
            item = format!("{}{next}", item[..keep].trim());
        }
        out.push(item);
    }
    out
}

/// The one spelling of a requirement.
pub fn canonical(text: &str) -> Result<String, RequirementError> {
    canonical_with(text, Specifiers::Standard)
}

/// The one spelling of a requirement, which may have such specifiers.
pub fn canonical_with(text: &str, specifiers: Specifiers) -> Result<String, RequirementError> {
    Ok(parse(text, specifiers)?.to_string())
}

/// The one spelling of a requirement without its marker, and that of its marker.
pub fn without_marker(text: &str) -> Result<(String, Option<String>), RequirementError> {
    let mut requirement = parse(text, Specifiers::Standard)?;
    let marker = requirement.marker.take().map(|marker| format_list(&marker, true));
    Ok((requirement.to_string(), marker))
}

/// A requirement of an extra: `extra` (normalised; empty for none) and `condition` (a marker; empty for none) are
/// joined to its own marker.
pub fn with_extra(text: &str, extra: &str, condition: &str) -> Result<String, RequirementError> {
    let mut requirement = parse(text, Specifiers::Standard)?;
    let mut parts = Vec::new();
    if let Some(marker) = &requirement.marker {
        parts.push(format!("({})", format_list(marker, true)));
    }
    if !condition.is_empty() {
        parts.push(format!("({condition})"));
    }
    if !extra.is_empty() {
        parts.push(format!("extra == '{extra}'"));
    }
    let joined = parts.join(" and ");
    let mut cursor = Cursor { text: &joined, at: 0, depth: 0 };
    let marker = cursor.marker()?;
    cursor.end("end of the marker")?;
    requirement.marker = Some(marker);
    Ok(requirement.to_string())
}

/// Whether a text is a marker.
pub fn check_marker(text: &str) -> Result<(), RequirementError> {
    let mut cursor = Cursor { text, at: 0, depth: 0 };
    cursor.marker()?;
    cursor.end("end of the marker")
}

/// A set of version specifiers, sorted and without blanks: `>=2.7, <4` is `<4,>=2.7`.
pub fn canonical_specifiers(text: &str) -> Result<String, RequirementError> {
    canonical_specifiers_with(text, Specifiers::Standard)
}

/// A set of such version specifiers, sorted and without blanks.
pub fn canonical_specifiers_with(text: &str, allowed: Specifiers) -> Result<String, RequirementError> {
    Ok(specifier_set(text, 0, allowed)?.into_iter().collect::<Vec<_>>().join(","))
}

fn specifier_set(text: &str, at: usize, allowed: Specifiers) -> Result<BTreeSet<String>, RequirementError> {
    let mut out = BTreeSet::new();
    let mut offset = at;
    for item in text.split(',') {
        let range = offset..offset + item.len();
        offset = range.end + 1;
        let item = item.trim();
        if item.is_empty() {
            continue;
        }
        // Ignoring case must not let `ſ` stand for `s`.
        let plain = item.is_ascii() || item.starts_with("===");
        if !plain || specifier_length(item, allowed) != Some(item.len()) {
            return Err(error(format!("`{item}` is no version specifier"), range));
        }
        let version = item.find(|c: char| !"=!<>~".contains(c)).unwrap_or(item.len());
        // `===` takes any text, which may itself start with an operator.
        let version = if item.starts_with("===") { 3 } else { version };
        out.insert(format!("{}{}", &item[..version], item[version..].trim()));
    }
    Ok(out)
}

struct Parsed {
    name: String,
    extras: BTreeSet<String>,
    specifiers: BTreeSet<String>,
    url: Option<String>,
    marker: Option<Vec<Node>>,
}

impl std::fmt::Display for Parsed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.name)?;
        let join = |set: &BTreeSet<String>| set.iter().map(String::as_str).collect::<Vec<_>>().join(",");
        if !self.extras.is_empty() {
            write!(f, "[{}]", join(&self.extras))?;
        }
        f.write_str(&join(&self.specifiers))?;
        if let Some(url) = &self.url {
            write!(f, " @ {url}{}", if self.marker.is_some() { " " } else { "" })?;
        }
        match &self.marker {
            Some(marker) => write!(f, "; {}", format_list(marker, true)),
            None => Ok(()),
        }
    }
}

/// A part of a marker expression.
enum Node {
    Comparison(Operand, String, Operand),
    /// A parenthesised group, or the whole.
    Group(Vec<Self>),
    /// `and`, `or`.
    Operator(&'static str),
}

enum Operand {
    Variable(String),
    Value(String),
}

impl Operand {
    fn serialize(&self) -> String {
        match self {
            Self::Variable(name) => name.clone(),
            Self::Value(value) if value.contains('"') => format!("'{value}'"),
            Self::Value(value) => format!("\"{value}\""),
        }
    }

    fn is_variable(&self, names: &[&str]) -> bool {
        matches!(self, Self::Variable(name) if names.contains(&name.as_str()))
    }

    fn normalized(self) -> Self {
        match self {
            Self::Value(value) => Self::Value(normalize(&value)),
            variable @ Self::Variable(_) => variable,
        }
    }
}

/// A group of one group, or of one comparison, needs no parentheses.
fn format_list(nodes: &[Node], first: bool) -> String {
    match nodes {
        [Node::Group(inner)] => format_list(inner, first),
        [Node::Comparison(..)] => format_node(&nodes[0]),
        _ => {
            let inner: Vec<String> = nodes.iter().map(format_node).collect();
            if first { inner.join(" ") } else { format!("({})", inner.join(" ")) }
        }
    }
}

fn format_node(node: &Node) -> String {
    match node {
        Node::Comparison(left, operator, right) => {
            format!("{} {operator} {}", left.serialize(), right.serialize())
        }
        Node::Group(nodes) => format_list(nodes, false),
        Node::Operator(word) => (*word).to_owned(),
    }
}

fn error(message: impl Into<String>, range: std::ops::Range<usize>) -> RequirementError {
    RequirementError { message: message.into(), range }
}

fn parse(text: &str, allowed: Specifiers) -> Result<Parsed, RequirementError> {
    if text.len() > MAX_LENGTH {
        return Err(error(format!("a requirement may have at most {MAX_LENGTH} bytes"), 0..text.len()));
    }
    let mut cursor = Cursor { text, at: 0, depth: 0 };
    cursor.blanks();
    let name = cursor.identifier().ok_or_else(|| cursor.expected("a project name"))?;
    cursor.blanks();
    let extras = cursor.extras()?;
    cursor.blanks();
    let mut parsed = Parsed { name, extras, specifiers: BTreeSet::new(), url: None, marker: None };
    if cursor.eat("@") {
        cursor.blanks();
        parsed.url = Some(cursor.url().ok_or_else(|| cursor.expected("a URL after `@`"))?);
        if !cursor.rest().is_empty() && !cursor.blanks() {
            return Err(cursor.expected("a blank after the URL"));
        }
    } else {
        parsed.specifiers = cursor.specifiers(allowed)?;
        cursor.blanks();
    }
    if !cursor.rest().is_empty() {
        if !cursor.eat(";") {
            return Err(cursor.expected("a version specifier, `;` or the end"));
        }
        parsed.marker = Some(cursor.marker()?);
    }
    cursor.end("the end of the requirement")?;
    Ok(parsed)
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl<'a> Cursor<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn expected(&self, what: &str) -> RequirementError {
        let next = self.rest().chars().next().map_or(0, char::len_utf8);
        error(format!("expected {what}"), self.at..self.at + next)
    }

    /// Skips spaces and tabs; whether there were any.
    fn blanks(&mut self) -> bool {
        let rest = self.rest();
        let trimmed = rest.trim_start_matches([' ', '\t']);
        self.at += rest.len() - trimmed.len();
        rest.len() > trimmed.len()
    }

    fn eat(&mut self, text: &str) -> bool {
        let found = self.rest().starts_with(text);
        if found {
            self.at += text.len();
        }
        found
    }

    /// A word that does not go on: `in`, `and`, a variable.
    fn eat_word(&mut self, word: &str) -> bool {
        let after = self.rest().strip_prefix(word);
        after.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            && self.eat(word)
    }

    fn end(&mut self, what: &str) -> Result<(), RequirementError> {
        self.blanks();
        if self.rest().is_empty() { Ok(()) } else { Err(self.expected(what)) }
    }

    fn identifier(&mut self) -> Option<String> {
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .unwrap_or(rest.len());
        let word = rest[..end].trim_end_matches(['-', '.']);
        let found = word.starts_with(|c: char| c.is_ascii_alphanumeric());
        found.then(|| {
            self.at += word.len();
            word.to_owned()
        })
    }

    fn url(&mut self) -> Option<String> {
        let rest = self.rest();
        let url = &rest[..rest.find([' ', '\t']).unwrap_or(rest.len())];
        self.at += url.len();
        (!url.is_empty()).then(|| url.to_owned())
    }

    fn extras(&mut self) -> Result<BTreeSet<String>, RequirementError> {
        let mut extras = BTreeSet::new();
        if !self.eat("[") {
            return Ok(extras);
        }
        self.blanks();
        let mut next = self.identifier();
        while let Some(extra) = next.take() {
            extras.insert(extra);
            self.blanks();
            if self.eat(",") {
                self.blanks();
                next = Some(self.identifier().ok_or_else(|| self.expected("an extra after the comma"))?);
            }
        }
        if self.eat("]") { Ok(extras) } else { Err(self.expected("`,` or `]` after the extras")) }
    }

    fn specifiers(&mut self, allowed: Specifiers) -> Result<BTreeSet<String>, RequirementError> {
        let parenthesis = self.eat("(");
        self.blanks();
        let start = self.at;
        let mut end = start;
        while let Some(length) = specifier_length(self.rest(), allowed) {
            self.at += length;
            end = self.at;
            self.blanks();
            if !self.eat(",") {
                break;
            }
            self.blanks();
        }
        let set = specifier_set(&self.text[start..end], start, allowed)?;
        self.blanks();
        if parenthesis && !self.eat(")") {
            return Err(self.expected("`)` after the version specifiers"));
        }
        Ok(set)
    }

    fn marker(&mut self) -> Result<Vec<Node>, RequirementError> {
        let mut nodes = vec![self.marker_atom()?];
        loop {
            let word = if self.eat_word("and") {
                "and"
            } else if self.eat_word("or") {
                "or"
            } else {
                return Ok(nodes);
            };
            nodes.push(Node::Operator(word));
            nodes.push(self.marker_atom()?);
        }
    }

    fn marker_atom(&mut self) -> Result<Node, RequirementError> {
        self.blanks();
        let node = if self.eat("(") {
            self.depth += 1;
            if self.depth > MAX_DEPTH {
                return Err(self.expected(&format!("at most {MAX_DEPTH} nested parentheses")));
            }
            let nodes = self.marker()?;
            if !self.eat(")") {
                return Err(self.expected("`)` after the marker"));
            }
            self.depth -= 1;
            Node::Group(nodes)
        } else {
            let left = self.operand()?;
            self.blanks();
            let operator = self.operator()?;
            self.blanks();
            let right = self.operand()?;
            // Extras compare by their normalised names (PEP 685).
            let (left, right) = if left.is_variable(&["extra"]) {
                (left, right.normalized())
            } else if right.is_variable(&["extra", "extras", "dependency_groups"]) {
                (left.normalized(), right)
            } else {
                (left, right)
            };
            Node::Comparison(left, operator, right)
        };
        self.blanks();
        Ok(node)
    }

    fn operand(&mut self) -> Result<Operand, RequirementError> {
        if let Some(name) = VARIABLES.iter().find(|name| self.eat_word(name)) {
            let name = name.replace('.', "_");
            let name = if name == "python_implementation" {
                "platform_python_implementation".to_owned()
            } else {
                name
            };
            return Ok(Operand::Variable(name));
        }
        let start = self.at;
        let quote = self.rest().chars().next().filter(|c| matches!(c, '\'' | '"'));
        let quote = quote.ok_or_else(|| self.expected("a marker variable or a quoted text"))?;
        let body = &self.rest()[1..];
        let end = body.find(quote).ok_or_else(|| self.expected("the closing quote"))?;
        let value = &body[..end];
        self.at += end + 2;
        if value.contains(['\\', '\n', '\r']) {
            return Err(error(
                "a marker's text without backslashes and line breaks is expected",
                start..self.at,
            ));
        }
        Ok(Operand::Value(value.to_owned()))
    }

    fn operator(&mut self) -> Result<String, RequirementError> {
        if self.eat_word("in") {
            return Ok("in".to_owned());
        }
        if self.eat_word("not") {
            if self.blanks() && self.eat_word("in") {
                return Ok("not in".to_owned());
            }
            return Err(self.expected("`in` after `not`"));
        }
        let operators = ["===", "==", "~=", "!=", "<=", ">=", "<", ">"];
        let found = operators.into_iter().find(|operator| self.eat(operator));
        let mut out = String::new();
        write!(out, "{}", found.ok_or_else(|| self.expected("a comparison"))?)
            .expect("internal error: writing to a String cannot fail");
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Left as written, right as `str(packaging.requirements.Requirement(…))` of packaging 26.3 has it.
    #[test]
    fn spells_requirements_as_the_packaging_library_does() {
        for (written, spelled) in [
            ("Foo_Bar >=1.0 , <2 ;python_version<'3'", "Foo_Bar<2,>=1.0; python_version < \"3\""),
            ("x[b,A]==1.0", "x[A,b]==1.0"),
            ("a (>=1, !=2.*,)", "a!=2.*,>=1"),
            ("a>=1,>=1", "a>=1"),
            ("u @ https://e.x/u;v.zip ; os.name=='nt'", "u @ https://e.x/u;v.zip ; os_name == \"nt\""),
            ("a; (os_name=='a')", "a; os_name == \"a\""),
            (
                "a; ((os_name=='a' or os_name=='b')) and python_implementation!='x'",
                "a; (os_name == \"a\" or os_name == \"b\") and platform_python_implementation != \"x\"",
            ),
            ("a; extra == 'T_e.S'", "a; extra == \"t-e-s\""),
            ("a; sys_platform not  in 'x\"y'", "a; sys_platform not in 'x\"y'"),
            ("a===weird-1", "a===weird-1"),
            ("a == 1.0.Post1+L", "a==1.0.Post1+L"),
        ] {
            assert_eq!(canonical(written).as_deref(), Ok(spelled), "{written}");
        }
    }

    #[test]
    fn what_is_no_requirement_is_refused_with_a_place() {
        for bad in [
            "",
            "-a",
            "a b",
            "a>=1 b",
            "a[",
            "a[x",
            "a[x y]",
            "a>=1.*",
            "a~=1",
            "a;",
            "a; os_name",
            "a; (os_name=='x'",
            "a @",
            "a; os_name == 'x",
            "a; x == 'y'",
            "é",
            "a; os_name == 'a\\x'",
            "a (>=1",
        ] {
            let error = canonical(bad).expect_err(bad);
            assert!(error.range.end <= bad.len(), "{bad}: {error:?}");
        }
        assert!(canonical(&format!("a; {}os_name=='x'", "(".repeat(9000))).is_err());
    }

    /// As setuptools 65.7 and 66.1.1 spell them; 67.0 refuses them.
    #[test]
    fn specifiers_that_are_no_versions_pass_with_old_setuptools() {
        let spell = |text| canonical_with(text, Specifiers::of(&Version::new([66, 1, 1])));
        assert_eq!(spell("pytz>dev").as_deref(), Ok("pytz>dev"));
        assert_eq!(spell("x >= 2011k-foo, <3").as_deref(), Ok("x<3,>=2011k-foo"));
        assert_eq!(spell("x (>=2.*); os_name=='nt'").as_deref(), Ok("x>=2.*; os_name == \"nt\""));
        assert!(spell("x ~dev").is_err() && spell("x>1 <2").is_err());
        assert_eq!(Specifiers::of(&Version::new([67])), Specifiers::Standard);
        assert_eq!(canonical_specifiers_with(">= 3.6.*", Specifiers::Legacy).as_deref(), Ok(">=3.6.*"));
        assert!(canonical("pytz>dev").is_err() && canonical_specifiers(">=3.6.*").is_err());
    }

    #[test]
    fn extras_and_conditions_join_the_marker() {
        let join = |text, extra, condition| with_extra(text, extra, condition).unwrap();
        assert_eq!(join("q", "t-e", ""), "q; extra == \"t-e\"");
        assert_eq!(
            join("z; os_name=='a' or os_name=='b'", "k", "python_version<'3'"),
            "z; (os_name == \"a\" or os_name == \"b\") and python_version < \"3\" and extra == \"k\""
        );
        assert_eq!(join("w @ https://e.x", "", "os_name=='a'"), "w @ https://e.x ; os_name == \"a\"");
        assert!(with_extra("a", "", "").is_err(), "neither extra nor condition is no marker");
    }

    #[test]
    fn lines_are_split_as_setuptools_does() {
        let text = "a>=1 # why\n\n# no\nfoo \\\n  bar\nb @ http://x#y\nlast\\";
        assert_eq!(lines(&[text]), ["a>=1", "foobar", "b @ http://x#y"]);
        assert_eq!(canonical_specifiers(" >=2.7, !=3.0.* ,<4").as_deref(), Ok("!=3.0.*,<4,>=2.7"));
    }
}
