//! One requirement as pip takes it: PEP 508, a local path, or a URL; and what is probably meant when it is none.

use super::lines::Line;
use super::{Entry, EntryKind};
use crate::diagnostic::{Applicability, Diagnostic, Edit, Fix, codes};
use crate::packaging::{Marker, Requirement};
use crate::system::{ReadError, System, normalise};
use std::ops::Range;

/// pip's `ARCHIVE_EXTENSIONS`.
const ARCHIVES: &[&str] = &[
    ".whl",
    ".zip",
    ".tar.gz",
    ".tgz",
    ".tar",
    ".tar.bz2",
    ".tbz",
    ".tar.xz",
    ".txz",
    ".tlz",
    ".tar.lz",
    ".tar.lzma",
];

const VCS: &[&str] = &["git+", "hg+", "svn+", "bzr+"];

/// Where local paths may lead.
#[derive(Clone, Copy)]
pub(super) enum Paths<'a> {
    /// A file of the project names it: it must stand in the project.
    InProject(&'a dyn System),
    /// The user typed it.
    Anywhere,
}

/// Reads the requirement in `line.text[range]`.
pub(super) fn read(
    line: &Line,
    range: Range<usize>,
    editable: bool,
    paths: Paths<'_>,
) -> Result<Entry, Box<Diagnostic>> {
    let text = &line.text[range.clone()];
    let kind = if is_url(text) {
        let (url, marker) = split_marker(line, range.clone(), "; ")?;
        let url = url.trim_end().to_owned();
        match url.strip_prefix("file:").map(str::to_owned) {
            Some(path) => local(line, range.clone(), &path_of_file_url(&path), paths, marker, &url)?,
            None => EntryKind::Url { url, marker },
        }
    } else if editable || is_path(text) {
        let (path, marker) = split_marker(line, range.clone(), ";")?;
        let path = path.trim_end().to_owned();
        local(line, range.clone(), &path, paths, marker, &path)?
    } else {
        let requirement: Requirement =
            text.parse().map_err(|error| Box::new(invalid(line, range.clone(), &error)))?;
        if let (Paths::InProject(_), Some(url)) = (paths, &requirement.url)
            && let Some(path) = url.strip_prefix("file:")
            && normalise(&path_of_file_url(path)).is_none()
        {
            return Err(outside(line, range));
        }
        EntryKind::Requirement(Box::new(requirement))
    };
    Ok(Entry {
        kind,
        editable,
        constraint: false,
        span: line.span(range),
        hashes: Vec::new(),
        settings: Vec::new(),
        included_from: Vec::new(),
        expanded: line.expanded,
    })
}

/// pip's `is_url`: a scheme that it knows before the first colon.
fn is_url(text: &str) -> bool {
    if VCS.iter().any(|vcs| text.to_ascii_lowercase().starts_with(vcs)) {
        return true;
    }
    text.split_once(':').is_some_and(|(scheme, _)| {
        matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https" | "file" | "ftp")
    })
}

/// Whether pip would look for a file or a directory: a separator, a leading dot, or an archive's ending.
fn is_path(text: &str) -> bool {
    let text = text.split(';').next().unwrap_or(text).trim_end();
    let looks_like_path = |text: &str| text.contains('/') || text.starts_with('.');
    if let Some((name, _)) = text.split_once('@')
        && !looks_like_path(name)
    {
        // `name @ url`; an archive's path may have an `@` only behind a separator.
        return false;
    }
    let lower = text.to_ascii_lowercase();
    let bare = split_extras(&lower).0;
    looks_like_path(text) || ARCHIVES.iter().any(|ending| bare.ends_with(ending))
}

/// `path[extra,…]` apart.
fn split_extras(path: &str) -> (&str, Vec<String>) {
    if let Some(inner) = path.strip_suffix(']')
        && let Some((path, extras)) = inner.rsplit_once('[')
        && !path.is_empty()
    {
        let extras = extras.split(',').map(|extra| extra.trim().to_owned()).filter(|e| !e.is_empty());
        return (path, extras.collect());
    }
    (path, Vec::new())
}

/// The path of a `file:` URL behind the scheme; a host other than this machine stays in front, which leads outside.
fn path_of_file_url(rest: &str) -> String {
    let path = rest.split(['#', '?']).next().unwrap_or(rest);
    match path.strip_prefix("//") {
        Some(after) => match after.strip_prefix("localhost") {
            Some(path) if path.starts_with('/') => path.to_owned(),
            // `//host/x` and `///x` alike are not below the project.
            _ if after.starts_with('/') => after.to_owned(),
            _ => format!("/{path}"),
        },
        None => path.to_owned(),
    }
}

/// The text before an environment marker, and the marker.
fn split_marker<'a>(
    line: &'a Line,
    range: Range<usize>,
    separator: &str,
) -> Result<(&'a str, Option<Marker>), Box<Diagnostic>> {
    let text = &line.text[range.clone()];
    let Some((before, marker)) = text.split_once(separator) else { return Ok((text, None)) };
    let start = range.start + before.len() + separator.len();
    // A marker has no parser of its own that bounds it, so it is read behind a name.
    let parsed = format!("x ;{marker}").parse::<Requirement>().map_err(|_| {
        let span = line.span(start..range.end);
        let diagnostic = Diagnostic::new(&codes::INVALID_REQUIREMENT, span, "not an environment marker");
        Box::new(diagnostic.help("a marker compares variables with strings: `; python_version < '3.8'`"))
    })?;
    Ok((before, parsed.marker))
}

fn local(
    line: &Line,
    range: Range<usize>,
    written: &str,
    paths: Paths<'_>,
    marker: Option<Marker>,
    shown: &str,
) -> Result<EntryKind, Box<Diagnostic>> {
    let (path, extras) = split_extras(written);
    let Paths::InProject(system) = paths else {
        return Ok(EntryKind::Path { path: path.to_owned(), extras, marker });
    };
    // pip takes local paths from where it runs, which is the project's root.
    let Some(inside) = normalise(path) else { return Err(outside(line, range)) };
    match system.metadata(&inside) {
        Ok(_) => Ok(EntryKind::Path { path: inside, extras, marker }),
        Err(ReadError::Outside) => Err(outside(line, range)),
        Err(error) => {
            let shown = if line.expanded { "the path" } else { &format!("`{shown}`") };
            let diagnostic =
                Diagnostic::new(&codes::MISSING_FILE, line.span(range), format!("{shown}: {error}"));
            Err(Box::new(diagnostic.help("paths are taken from the project's root")))
        }
    }
}

fn outside(line: &Line, range: Range<usize>) -> Box<Diagnostic> {
    let diagnostic =
        Diagnostic::new(&codes::OUTSIDE_PROJECT, line.span(range), "the path leads out of the project");
    Box::new(diagnostic.here("spx reads nothing outside"))
}

/// The diagnostic of a text that is no requirement.
fn invalid(line: &Line, range: Range<usize>, error: &crate::packaging::RequirementError) -> Diagnostic {
    let text = &line.text[range.clone()];
    if line.expanded {
        // The reason may quote what a variable holds.
        return Diagnostic::new(&codes::INVALID_REQUIREMENT, line.span(range), "not a requirement")
            .here("once its variables are filled in")
            .help("a requirement is a name with an optional version: `name>=1.0`");
    }
    let exact = if error.range.is_empty() { 0..text.len() } else { error.range.clone() };
    let span = line.span(range.start + exact.start..range.start + exact.end);
    let reason = error.message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut reason_chars = reason.chars();
    let reason: String =
        reason_chars.next().into_iter().flat_map(char::to_lowercase).chain(reason_chars).collect();
    // A reason that quotes a URL would show the password in it.
    let reason = if reason.contains("://") { "the URL is not valid".to_owned() } else { reason };
    let diagnostic = Diagnostic::new(&codes::INVALID_REQUIREMENT, span, "not a requirement").here(reason);
    match probable(text) {
        Some(Probable::Instead(right)) => {
            let edit = Edit { span: line.span(range), text: right.clone() };
            diagnostic.help(format!("write `{right}`")).fix(Fix {
                title: format!("write `{right}`"),
                applicability: Applicability::Unsafe,
                edits: vec![edit],
            })
        }
        Some(Probable::Advice(advice)) => diagnostic.help(advice),
        None => diagnostic.help("a requirement is a name with an optional version: `name>=1.0,<2`"),
    }
}

/// What is probably meant by a text that is no requirement.
enum Probable {
    Instead(String),
    Advice(String),
}

fn probable(text: &str) -> Option<Probable> {
    let is_requirement = |text: &str| text.parse::<Requirement>().is_ok();
    let instead = |candidate: String| is_requirement(&candidate).then_some(Probable::Instead(candidate));
    for command in [
        "pip install ",
        "pip3 install ",
        "python -m pip install ",
        "python3 -m pip install ",
        "easy_install ",
    ] {
        if let Some(rest) = text.strip_prefix(command) {
            return instead(rest.trim().to_owned()).or_else(|| {
                Some(Probable::Advice("write the requirement alone, without the command".into()))
            });
        }
    }
    if text.starts_with("import ") || (text.starts_with("from ") && text.contains(" import ")) {
        return Some(Probable::Advice("name the project to install, not the module to import".into()));
    }
    if text.starts_with("git@") {
        return Some(Probable::Advice("write an address as `name @ git+ssh://git@host/path`".into()));
    }
    if text.ends_with('\\') {
        return Some(Probable::Advice(
            "a backslash joins lines only as the very last character of its line".into(),
        ));
    }
    if text.contains('$') {
        return Some(Probable::Advice(
            "a variable is filled in when it stands as `${NAME}`: capitals, digits and `_` in braces".into(),
        ));
    }
    if let Some((before, comment)) = text.split_once('#')
        && is_requirement(before)
    {
        return Some(Probable::Instead(format!("{} #{comment}", before.trim_end())));
    }
    let plain = text.trim_matches(['"', '\'', '`']);
    if plain.len() < text.len()
        && let Some(found) = instead(plain.to_owned())
    {
        return Some(found);
    }
    let trimmed = text.trim_end_matches([',', ';', '.', ' ']);
    if trimmed.len() < text.len()
        && let Some(found) = instead(trimmed.to_owned())
    {
        return Some(found);
    }
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    if let [name, version] = words.as_slice()
        && is_requirement(name)
        && version.starts_with(|c: char| c.is_ascii_digit())
        && let Some(found) = instead(format!("{name}=={version}"))
    {
        return Some(found);
    }
    if let Some(found) = with_operators_mended(text).and_then(instead) {
        return Some(found);
    }
    if words.len() > 1 && words.iter().all(|word| is_requirement(word)) {
        return Some(Probable::Advice(format!("write one requirement a line: `{}`", words.join("`, `"))));
    }
    None
}

/// The text with `=` as `==`, `=>` as `>=`, a comma between clauses, and no `.*` where it means nothing.
fn with_operators_mended(text: &str) -> Option<String> {
    let (clauses, marker) = match text.find(';') {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let is_operator = |c: char| matches!(c, '=' | '<' | '>' | '!' | '~');
    let first = clauses.find(is_operator)?;
    let mut mended = clauses[..first].to_owned();
    let mut rest = &clauses[first..];
    while !rest.is_empty() {
        let end = rest.find(|c| !is_operator(c)).unwrap_or(rest.len());
        let operator = match &rest[..end] {
            "=" => "==",
            "=>" => ">=",
            "=<" => "<=",
            "=~" => "~=",
            "<>" => "!=",
            written => written,
        };
        mended.push_str(operator);
        rest = &rest[end..];
        let next = rest.find(is_operator).unwrap_or(rest.len());
        let version = rest[..next].trim_end_matches([' ', ',']);
        let version = match operator {
            "==" | "!=" => version,
            _ => version.strip_suffix(".*").unwrap_or(version),
        };
        mended.push_str(version);
        if next < rest.len() {
            mended.push(',');
        }
        rest = &rest[next..];
    }
    let marker = marker.replace(" = ", " == ");
    Some(mended + &marker)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::system::Memory;
    use crate::text::Sources;

    fn show(text: &str) -> String {
        let mut sources = Sources::new();
        let file = sources.add("r.txt", text);
        let line = Line::verbatim(text, file, 0);
        let system = Memory::new().with("lib/setup.py", "").with("a-1.whl", "");
        match read(&line, 0..text.len(), false, Paths::InProject(&system)) {
            Ok(entry) => match entry.kind {
                EntryKind::Requirement(requirement) => format!("requirement {requirement}"),
                EntryKind::Path { path, extras, marker } => {
                    format!("path {path:?} {extras:?} {}", marker.is_some())
                }
                EntryKind::Url { url, marker } => format!("url {url} {}", marker.is_some()),
            },
            Err(diagnostic) => {
                let primary = diagnostic.primary.as_ref().unwrap();
                let help = diagnostic.help.join("; ");
                format!("{} at {:?}: {help}", diagnostic.code.name, sources.slice(primary.span))
            }
        }
    }

    #[test]
    fn kinds() {
        for (text, expected) in [
            ("foo[a]>=1 ; python_version < '3'", "requirement foo[a]>=1 ; python_version < '3'"),
            (".", "path \"\" [] false"),
            ("./lib[x,y] ; python_version < '3'", "path \"lib\" [\"x\", \"y\"] true"),
            ("lib/", "path \"lib\" [] false"),
            ("a-1.whl", "path \"a-1.whl\" [] false"),
            ("file:lib", "path \"lib\" [] false"),
            ("./gone", "missing-file at \"./gone\": paths are taken from the project's root"),
            ("file:///etc/passwd", "outside-project at \"file:///etc/passwd\": "),
            ("file://host/lib", "outside-project at \"file://host/lib\": "),
            ("../outside", "outside-project at \"../outside\": "),
            ("p @ file:///etc/passwd", "outside-project at \"p @ file:///etc/passwd\": "),
            ("https://x.invalid/a;b.zip; os_name == 'nt'", "url https://x.invalid/a;b.zip true"),
            ("git+ssh://git@x.invalid/y@v1#egg=y", "url git+ssh://git@x.invalid/y@v1#egg=y false"),
            ("p @ https://x.invalid/p.whl", "requirement p @ https://x.invalid/p.whl"),
        ] {
            assert_eq!(show(text), expected, "{text}");
        }
    }

    #[test]
    fn common_mistakes_get_the_right_form() {
        for (text, help) in [
            ("foo=1.0", "write `foo==1.0`"),
            ("foo=>1.0", "write `foo>=1.0`"),
            ("foo>=1.0<2", "write `foo>=1.0,<2`"),
            ("foo >=1.0 <2", "write `foo >=1.0,<2`"),
            ("foo>=1.*", "write `foo>=1`"),
            ("foo 1.0", "write `foo==1.0`"),
            ("foo==1.0,", "write `foo==1.0`"),
            ("\"foo==1.0\"", "write `foo==1.0`"),
            ("bs4#BeautifulSoup", "write `bs4 #BeautifulSoup`"),
            ("pip install foo", "write `foo`"),
            ("import foo", "name the project to install, not the module to import"),
            ("foo, bar", "write one requirement a line: `foo`, `bar`"),
            ("foo==1 \\", "a backslash joins lines only as the very last character of its line"),
            ("foo>=1; python_version = '2.7'", "write `foo>=1; python_version == '2.7'`"),
            (
                "foo==$VERSION",
                "a variable is filled in when it stands as `${NAME}`: capitals, digits and `_` in braces",
            ),
            ("!!", "a requirement is a name with an optional version: `name>=1.0,<2`"),
        ] {
            let shown = show(text);
            assert!(shown.starts_with("invalid-requirement at "), "{text}: {shown}");
            assert!(shown.ends_with(&format!(": {help}")), "{text}: {shown}");
        }
    }

    #[test]
    fn the_place_is_the_part_that_is_wrong() {
        assert!(show("foo >> 1").starts_with("invalid-requirement at \">> 1\""), "{}", show("foo >> 1"));
    }
}
