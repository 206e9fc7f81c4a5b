//! The options of requirements files: splitting as `shlex` does, matching as `optparse` does.

use std::ops::Range;

/// What pip accepts in a requirements file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum OptionName {
    IndexUrl,
    ExtraIndexUrl,
    NoIndex,
    Constraint,
    Requirement,
    Editable,
    FindLinks,
    NoBinary,
    OnlyBinary,
    PreferBinary,
    RequireHashes,
    Pre,
    TrustedHost,
    UseFeature,
    GlobalOption,
    Hash,
    ConfigSettings,
}

use OptionName as O;

/// Long names with their options; an option has a value unless it stands in [`FLAGS`].
const LONG: &[(&str, OptionName)] = &[
    ("config-setting", O::ConfigSettings),
    ("config-settings", O::ConfigSettings),
    ("constraint", O::Constraint),
    ("editable", O::Editable),
    ("extra-index-url", O::ExtraIndexUrl),
    ("find-links", O::FindLinks),
    ("global-option", O::GlobalOption),
    ("hash", O::Hash),
    ("index-url", O::IndexUrl),
    ("no-binary", O::NoBinary),
    ("no-index", O::NoIndex),
    ("only-binary", O::OnlyBinary),
    ("pre", O::Pre),
    ("prefer-binary", O::PreferBinary),
    ("pypi-url", O::IndexUrl),
    ("require-hashes", O::RequireHashes),
    ("requirement", O::Requirement),
    ("trusted-host", O::TrustedHost),
    ("use-feature", O::UseFeature),
];

/// Options that pip had, and what to do without them (pip's change log).
const REMOVED: &[(&str, &str)] = &[
    ("--install-option", "pip 23.1 took it out; `--config-settings` tells a build something"),
    ("--no-use-wheel", "write `--no-binary :all:`"),
    ("--process-dependency-links", "pip 19.0 took it out; write requirements as `name @ URL`"),
    ("--use-wheel", "leave it out: wheels are taken where there are any"),
];

const SHORT: &[(char, OptionName)] = &[
    ('C', O::ConfigSettings),
    ('c', O::Constraint),
    ('e', O::Editable),
    ('f', O::FindLinks),
    ('i', O::IndexUrl),
    ('r', O::Requirement),
];

const FLAGS: &[OptionName] = &[O::NoIndex, O::PreferBinary, O::RequireHashes, O::Pre];

impl OptionName {
    /// Whether it belongs to the requirement on its line; every other one belongs to the whole file.
    pub(super) fn is_per_requirement(self) -> bool {
        matches!(self, Self::GlobalOption | Self::Hash | Self::ConfigSettings)
    }
}

/// One option as it stands on a line; ranges are in the line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct FoundOption {
    pub(super) name: OptionName,
    /// Empty for a flag.
    pub(super) value: String,
    /// The option with its value.
    pub(super) range: Range<usize>,
    /// The value alone; for a flag the same as `range`.
    pub(super) value_range: Range<usize>,
}

/// What an option part of a line holds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Options {
    pub(super) found: Vec<FoundOption>,
    /// Words that are no options, which pip drops without a word.
    pub(super) rest: Vec<Range<usize>>,
}

/// Why it cannot be read, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct OptionError {
    pub(super) message: String,
    pub(super) range: Range<usize>,
    pub(super) help: Option<String>,
}

/// Where the options of a line start: at the first word, split at single blanks, that starts with `-`.
pub(super) fn start(line: &str) -> usize {
    let mut at = 0;
    for word in line.split(' ') {
        if word.starts_with('-') {
            return at;
        }
        at += word.len() + 1;
    }
    line.len()
}

/// Reads the options of a line from an offset on.
pub(super) fn read(line: &str, start: usize) -> Result<Options, OptionError> {
    let words = split(line, start)?;
    let mut options = Options::default();
    let mut words = words.into_iter();
    while let Some(word) = words.next() {
        if word.text == "--" {
            options.rest.extend(words.by_ref().map(|word| word.range));
        } else if let Some(long) = word.text.strip_prefix("--") {
            let (name, value) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (long, None),
            };
            let option = match_long(name, &word)?;
            take(&mut options, option, value.map(str::to_owned), &word, &mut words)?;
        } else if word.text.len() > 1 && word.text.starts_with('-') {
            let mut letters = word.text[1..].chars();
            let letter = letters.next().unwrap_or_default();
            let Some((_, option)) = SHORT.iter().find(|(short, _)| *short == letter) else {
                return Err(unknown(&format!("-{letter}"), &word));
            };
            let attached = Some(letters.as_str().to_owned()).filter(|value| !value.is_empty());
            take(&mut options, *option, attached, &word, &mut words)?;
        } else {
            options.rest.push(word.range);
        }
    }
    Ok(options)
}

/// Adds an option with its value, attached or from the next word.
fn take(
    options: &mut Options,
    name: OptionName,
    attached: Option<String>,
    word: &Word,
    words: &mut impl Iterator<Item = Word>,
) -> Result<(), OptionError> {
    let flag = FLAGS.contains(&name);
    let range = word.range.clone();
    let error = |message: String| OptionError { message, range: range.clone(), help: None };
    let written = word.text.split('=').next().unwrap_or_default();
    let found = match attached {
        Some(_) if flag => return Err(error(format!("option `{written}` takes no value"))),
        Some(value) => {
            // Quotes are gone from the value, so its start is exact only when the word has none.
            let exact = word.text.len() == range.len();
            let value_range = if exact { range.end - value.len()..range.end } else { range.clone() };
            FoundOption { name, value, range: range.clone(), value_range }
        }
        None if flag => {
            FoundOption { name, value: String::new(), range: range.clone(), value_range: range.clone() }
        }
        None => {
            let Some(value) = words.next() else {
                return Err(error(format!("option `{written}` needs a value")));
            };
            FoundOption {
                name,
                value: value.text,
                range: range.start..value.range.end,
                value_range: value.range,
            }
        }
    };
    options.found.push(found);
    Ok(())
}

/// The option of a long name or of an unambiguous beginning of one.
fn match_long(name: &str, word: &Word) -> Result<OptionName, OptionError> {
    if let Some((_, option)) = LONG.iter().find(|(long, _)| *long == name) {
        return Ok(*option);
    }
    let mut candidates: Vec<&(&str, OptionName)> =
        LONG.iter().filter(|(long, _)| !name.is_empty() && long.starts_with(name)).collect();
    match candidates.as_slice() {
        [] => Err(unknown(&format!("--{name}"), word)),
        [(_, option)] => Ok(*option),
        _ => {
            let names: Vec<String> = candidates.drain(..).map(|(long, _)| format!("`--{long}`")).collect();
            Err(OptionError {
                message: format!("option `--{name}` is ambiguous"),
                range: word.range.clone(),
                help: Some(format!("write one of {}", names.join(", "))),
            })
        }
    }
}

fn unknown(name: &str, word: &Word) -> OptionError {
    let accepted: Vec<&str> = LONG.iter().map(|(long, _)| *long).collect();
    let removed = REMOVED.iter().find(|(removed, _)| *removed == name);
    let help = match removed {
        Some((_, advice)) => (*advice).to_owned(),
        None => format!("the options are --{}", accepted.join(", --")),
    };
    OptionError {
        message: format!("requirements files have no option `{name}`"),
        range: word.range.clone(),
        help: Some(help),
    }
}

/// A word of a line without its quotes.
struct Word {
    text: String,
    range: Range<usize>,
}

/// `shlex.split`: words at white space; `'…'` verbatim, `"…"` and `\` with escapes.
fn split(line: &str, start: usize) -> Result<Vec<Word>, OptionError> {
    let mut words: Vec<Word> = Vec::new();
    let mut word: Option<(String, usize)> = None;
    let mut chars = line[start..].char_indices().map(|(at, c)| (start + at, c));
    let error = |message: &str, from: usize| OptionError {
        message: message.to_owned(),
        range: from..line.len(),
        help: None,
    };
    while let Some((at, c)) = chars.next() {
        if matches!(c, ' ' | '\t' | '\r' | '\n') {
            if let Some((text, from)) = word.take() {
                words.push(Word { text, range: from..at });
            }
            continue;
        }
        let (text, _) = word.get_or_insert_with(|| (String::new(), at));
        match c {
            '\'' => loop {
                match chars.next() {
                    Some((_, '\'')) => break,
                    Some((_, c)) => text.push(c),
                    None => return Err(error("a `'` is not closed", at)),
                }
            },
            '"' => loop {
                match chars.next() {
                    Some((_, '"')) => break,
                    Some((_, '\\')) => match chars.next() {
                        Some((_, c @ ('"' | '\\'))) => text.push(c),
                        Some((_, c)) => text.extend(['\\', c]),
                        None => return Err(error("a `\"` is not closed", at)),
                    },
                    Some((_, c)) => text.push(c),
                    None => return Err(error("a `\"` is not closed", at)),
                }
            },
            '\\' => match chars.next() {
                Some((_, c)) => text.push(c),
                None => return Err(error("nothing follows the backslash", at)),
            },
            c => text.push(c),
        }
    }
    if let Some((text, from)) = word {
        words.push(Word { text, range: from..line.len() });
    }
    Ok(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(line: &str) -> String {
        match read(line, start(line)) {
            Err(error) => format!("{} at {:?}", error.message, &line[error.range]),
            Ok(options) => {
                let found = options
                    .found
                    .iter()
                    .map(|o| format!("{:?}={}@{}", o.name, o.value, &line[o.value_range.clone()]));
                let rest = options.rest.iter().map(|range| format!("rest {}", &line[range.clone()]));
                found.chain(rest).collect::<Vec<_>>().join("; ")
            }
        }
    }

    #[test]
    fn forms_of_options() {
        for (line, expected) in [
            ("-r a.txt", "Requirement=a.txt@a.txt"),
            ("-ra.txt", "Requirement=a.txt@a.txt"),
            ("--requirement=a.txt", "Requirement=a.txt@a.txt"),
            ("--requirem a.txt", "Requirement=a.txt@a.txt"),
            ("--requir a", "option `--requir` is ambiguous at \"--requir\""),
            ("-e 'a b'", "Editable=a b@'a b'"),
            (
                "foo==1 --hash=sha256:aa --hash sha256:bb",
                "Hash=sha256:aa@sha256:aa; Hash=sha256:bb@sha256:bb",
            ),
            ("--pre --no-index", "Pre=@--pre; NoIndex=@--no-index"),
            ("--pre=1", "option `--pre` takes no value at \"--pre=1\""),
            ("-r", "option `-r` needs a value at \"-r\""),
            ("-x", "requirements files have no option `-x` at \"-x\""),
            ("-r a b -- -c", "Requirement=a@a; rest b; rest -c"),
            ("--global-option=\"--a \\\"b\"", "GlobalOption=--a \"b@--global-option=\"--a \\\"b\""),
            ("-r 'a", "a `'` is not closed at \"'a\""),
        ] {
            assert_eq!(show(line), expected, "{line}");
        }
    }
}
