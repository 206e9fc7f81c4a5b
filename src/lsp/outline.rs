//! setup.cfg as it is while somebody types in it: sections, options and their lines, whatever else may be wrong.

/// A line of an option's value: byte offsets, white space around it left out.
pub(super) type Line = (u32, u32);

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Setting<'a> {
    pub(super) name: &'a str,
    pub(super) start: u32,
    /// Of its last line that is not blank.
    pub(super) end: u32,
    /// The lines of its value; the first may be empty.
    pub(super) lines: Vec<Line>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Section<'a> {
    pub(super) name: &'a str,
    pub(super) start: u32,
    /// Of its header.
    pub(super) header_end: u32,
    /// Of its last line that is not blank.
    pub(super) end: u32,
    pub(super) settings: Vec<Setting<'a>>,
}

/// The sections of a file; what stands before the first header is in one without a name.
pub(super) fn sections(text: &str) -> Vec<Section<'_>> {
    let mut sections: Vec<Section<'_>> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end();
        let end = (start + content.len()) as u32;
        let trimmed = content.trim_start();
        if trimmed.is_empty() || trimmed.starts_with(['#', ';']) {
            continue;
        }
        let indent = content.len() - trimmed.len();
        let from = (start + indent) as u32;
        let open = sections.last_mut().and_then(|section| section.settings.last_mut());
        if indent > 0
            && let Some(setting) = open
        {
            setting.lines.push((from, end));
            setting.end = end;
        } else if let Some(name) = trimmed.strip_prefix('[').filter(|_| indent == 0) {
            let name = name.rsplit_once(']').map_or(name, |(name, _)| name);
            sections.push(Section { name, start: from, header_end: end, end, settings: Vec::new() });
        } else {
            if sections.is_empty() {
                sections.push(Section { name: "", start: from, header_end: from, end, settings: Vec::new() });
            }
            let (name, value) = match trimmed.find(['=', ':']) {
                Some(cut) => (trimmed[..cut].trim_end(), Some(&trimmed[cut + 1..])),
                None => (trimmed, None),
            };
            let value = value.map(|value| (end - value.trim_start().len() as u32, end));
            if let Some(section) = sections.last_mut() {
                section.settings.push(Setting { name, start: from, end, lines: value.into_iter().collect() });
            }
        }
        if let Some(section) = sections.last_mut() {
            section.end = end;
        }
    }
    sections
}

/// The section that an offset is in, and the option, when it is in one: on its lines, or on an indented line after them.
pub(super) fn find<'s, 'a>(
    sections: &'s [Section<'a>],
    text: &str,
    offset: u32,
) -> Option<(&'s Section<'a>, Option<&'s Setting<'a>>)> {
    let section = sections.iter().rev().find(|section| section.start <= offset)?;
    let setting = section.settings.iter().rev().find(|setting| setting.start <= offset)?;
    let line = text[..offset as usize].rfind('\n').map_or(0, |at| at + 1);
    let indented = text[line..].starts_with([' ', '\t']);
    let within = offset <= setting.end || (indented && setting.start < line as u32);
    Some((section, Some(setting).filter(|_| within)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_options_and_lines_have_their_places() {
        let text = "# c\n[metadata]\nname = é\nkeywords =\n  a\n\n  b\r\n[options]\nzip_safe: no\nbroken\n";
        let sections = sections(text);
        let slice = |(start, end): Line| &text[start as usize..end as usize];
        let shown: Vec<String> = sections
            .iter()
            .flat_map(|section| &section.settings)
            .map(|setting| {
                format!("{} {:?}", setting.name, setting.lines.iter().map(|l| slice(*l)).collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            shown,
            ["name [\"é\"]", "keywords [\"\", \"a\", \"b\"]", "zip_safe [\"no\"]", "broken []"]
        );
        let names: Vec<&str> = sections.iter().map(|section| section.name).collect();
        assert_eq!(names, ["metadata", "options"]);
        let at = |word: &str| {
            let found = find(&sections, text, text.find(word).unwrap() as u32);
            found.map(|(section, setting)| (section.name, setting.map(|setting| setting.name)))
        };
        assert_eq!(at("b\r\n"), Some(("metadata", Some("keywords"))));
        assert_eq!(at("no"), Some(("options", Some("zip_safe"))));
    }
}
