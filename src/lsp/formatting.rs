//! setup.cfg laid out alike everywhere: `name = value`, four spaces before continued lines, one blank line between sections.
//! Nothing is lost: when the laid out text would not read the same, it is left as it is.

use super::document::{Document, Kind};
use super::protocol::{OfDocument, TextEdit};
use super::view::View;
use crate::syntax::ini::{ConfigFile, Dialect, parse};
use serde_json::{Value, json};

const INDENT: usize = 4;

pub(super) fn answer(view: &View, params: &OfDocument) -> Value {
    let Some(document) = view.document(&params.text_document.uri) else { return json!([]) };
    if document.kind != Kind::SetupCfg {
        return json!([]);
    }
    let Some(formatted) = format(document.text()) else { return json!([]) };
    json!(edits(view, document, &formatted))
}

/// One edit of what differs, from the first difference to the last.
fn edits(view: &View, document: &Document, new: &str) -> Vec<TextEdit> {
    let old = document.text();
    if **old == *new {
        return Vec::new();
    }
    // Whole lines, so that no character and no line break is cut.
    let same = |(a, b): &(&str, &str)| a == b;
    let lines = |text: &'_ str| text.split_inclusive('\n').map(str::len).collect::<Vec<_>>();
    let prefix: usize =
        old.split_inclusive('\n').zip(new.split_inclusive('\n')).take_while(same).map(|(a, _)| a.len()).sum();
    let (old_lines, new_lines) = (lines(&old[prefix..]), lines(&new[prefix..]));
    let mut suffix = 0;
    for (a, b) in old_lines.iter().rev().zip(new_lines.iter().rev()) {
        let (from, to) = (old.len() - suffix - a, new.len() - suffix - b);
        if old[from..] != new[to..] {
            break;
        }
        suffix += a;
    }
    let range = document.range(prefix as u32, (old.len() - suffix) as u32, view.units());
    vec![TextEdit { range, new_text: new[prefix..new.len() - suffix].to_owned() }]
}

/// The text laid out; `None` when it does not parse, or when laying it out would change what it says.
pub(super) fn format(text: &str) -> Option<String> {
    let before = parse(text, &Dialect::python3()).ok()?;
    let made = lay_out(text);
    let after = parse(&made, &Dialect::python3()).ok()?;
    (said(&before) == said(&after)).then_some(made)
}

type Said = Vec<(String, Vec<(String, Option<String>)>)>;

fn said<P>(file: &ConfigFile<P>) -> Said {
    let options = |options: &[crate::syntax::ini::ConfigOption<P>]| {
        options.iter().map(|option| (option.name.clone(), option.value.clone())).collect()
    };
    let mut all: Said =
        file.sections.iter().map(|section| (section.name.clone(), options(&section.options))).collect();
    all.push((String::new(), options(&file.defaults)));
    all
}

fn lay_out(text: &str) -> String {
    let ending = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let mut out: Vec<String> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if line.is_empty() || line.starts_with(['#', ';', ' ', '\t']) {
            out.push(line.to_owned());
        } else if line.starts_with('[') {
            header(&mut out, line);
        } else {
            out.push(option(line));
            let end = continued(&lines, at);
            let block = &lines[at..end];
            let indents = block.iter().filter(|line| is_indented(line)).map(|line| indent(line));
            let least = indents.min().unwrap_or(0);
            for line in block {
                let kept = if is_indented(line) { INDENT + indent(line) - least } else { 0 };
                out.push(format!("{}{}", " ".repeat(kept), line.trim_start()));
            }
            at = end;
        }
    }
    while out.last().is_some_and(String::is_empty) {
        out.pop();
    }
    if out.is_empty() { String::new() } else { out.join(ending) + ending }
}

/// Puts one blank line before a header and the comments that stand right above it.
fn header(out: &mut Vec<String>, line: &str) {
    let comments = out.iter().rev().take_while(|line| line.starts_with(['#', ';'])).count();
    let mut cut = out.len() - comments;
    let above = out.split_off(cut);
    while out.last().is_some_and(String::is_empty) {
        out.pop();
        cut -= 1;
    }
    if cut > 0 {
        out.push(String::new());
    }
    out.extend(above);
    out.push(line.to_owned());
}

fn option(line: &str) -> String {
    match line.find(['=', ':']) {
        None => line.to_owned(),
        Some(cut) => {
            format!("{} = {}", line[..cut].trim_end(), line[cut + 1..].trim_start()).trim_end().to_owned()
        }
    }
}

/// The end of what continues an option: indented lines, and blank lines and comments among them.
fn continued(lines: &[&str], from: usize) -> usize {
    let mut end = from;
    for (at, line) in lines.iter().enumerate().skip(from) {
        if is_indented(line) {
            end = at + 1;
        } else if !line.is_empty() && !line.starts_with(['#', ';']) {
            break;
        }
    }
    end
}

fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t'])
}

/// In columns; a tab reaches to the next multiple of eight.
fn indent(line: &str) -> usize {
    line.chars()
        .take_while(|c| matches!(c, ' ' | '\t'))
        .fold(0, |at, c| if c == '\t' { (at / 8 + 1) * 8 } else { at + 1 })
}

#[cfg(test)]
mod tests {
    use super::format;

    #[test]
    fn text_is_laid_out_and_says_the_same() {
        let text = "# top\n\n\n[metadata]   \nname=demo\nurl : https://x.example/a=b\nclassifiers=\n\tA :: B\n\n\t# why\n\tC :: D\n# about options\n[options]\ninstall_requires =\n  a\n    [nested]\n  b\n\n\n\n";
        let expected = "# top\n\n[metadata]\nname = demo\nurl = https://x.example/a=b\nclassifiers =\n    A :: B\n\n    # why\n    C :: D\n\n# about options\n[options]\ninstall_requires =\n    a\n      [nested]\n    b\n";
        assert_eq!(format(text).as_deref(), Some(expected));
        assert_eq!(format(expected).as_deref(), Some(expected));
        assert_eq!(format("[a]\r\nk=1").as_deref(), Some("[a]\r\nk = 1\r\n"));
        assert_eq!(format("not a file\n"), None);
        assert_eq!(format("").as_deref(), Some(""));
    }
}
