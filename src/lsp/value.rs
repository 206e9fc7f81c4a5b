//! Values of fields as people read them.

use crate::project::FieldValue;

/// The characters of a value in a hint.
const SHORT: usize = 60;
/// The lines of a value in a hover.
const LINES: usize = 30;

fn quoted(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n").replace('\r', "\\r");
    format!("'{escaped}'")
}

/// A value on one line; what is long is cut, and counted.
pub(super) fn short(value: &FieldValue) -> String {
    match value {
        FieldValue::Text(text) if text.chars().count() > SHORT => {
            let start: String = text.chars().take(SHORT / 2).collect();
            format!("{}… ({} characters)", quoted(&start).trim_end_matches('\''), text.chars().count())
        }
        FieldValue::Text(text) => quoted(text),
        FieldValue::Bool(true) => "True".to_owned(),
        FieldValue::Bool(false) => "False".to_owned(),
        FieldValue::List(items) => list(items.iter().map(|item| quoted(item))),
        FieldValue::TextMap(pairs) => {
            list(pairs.iter().map(|(key, value)| format!("{}: {}", quoted(key), quoted(value))))
        }
        FieldValue::ListMap(pairs) | FieldValue::Files(pairs) => {
            list(pairs.iter().map(|(key, items)| format!("{} ({})", quoted(key), items.len())))
        }
    }
}

fn list(items: impl ExactSizeIterator<Item = String>) -> String {
    let count = items.len();
    let mut out = String::new();
    for (at, item) in items.enumerate() {
        if at > 0 && out.chars().count() + item.chars().count() > SHORT {
            return format!("[{out}, … ({count})]");
        }
        let comma = if at == 0 { "" } else { ", " };
        out.push_str(comma);
        out.push_str(&item);
    }
    format!("[{out}]")
}

/// A value over several lines.
pub(super) fn long(value: &FieldValue) -> String {
    let lines: Vec<String> = match value {
        FieldValue::Text(text) => text.lines().map(str::to_owned).collect(),
        FieldValue::Bool(_) => vec![short(value)],
        FieldValue::List(items) => items.clone(),
        FieldValue::TextMap(pairs) => pairs.iter().map(|(key, value)| format!("{key}: {value}")).collect(),
        FieldValue::ListMap(pairs) | FieldValue::Files(pairs) => pairs
            .iter()
            .flat_map(|(key, items)| {
                std::iter::once(format!("{key}:")).chain(items.iter().map(|item| format!("  {item}")))
            })
            .collect(),
    };
    cut(&lines, LINES)
}

/// The first lines, and how many more there are.
pub(super) fn cut(lines: &[String], most: usize) -> String {
    let mut shown = lines.iter().take(most).cloned().collect::<Vec<_>>().join("\n");
    if lines.len() > most {
        shown.push_str(&format!("\n… and {} more", lines.len() - most));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_values_are_cut_and_counted() {
        let words = |count: usize| FieldValue::List((0..count).map(|at| format!("package{at}")).collect());
        assert_eq!(short(&words(2)), "['package0', 'package1']");
        assert_eq!(short(&words(40)), "['package0', 'package1', 'package2', 'package3', 'package4', … (40)]");
        assert_eq!(short(&FieldValue::Text("it's\n".to_owned())), "'it\\'s\\n'");
        assert!(short(&FieldValue::Text("é".repeat(100))).ends_with("… (100 characters)"));
        assert!(long(&words(40)).ends_with("… and 10 more"));
    }
}
