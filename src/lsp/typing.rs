//! Where in Python source somebody types: the calls and strings around an offset, found without a tree, which half-written
//! source has not.

/// A bracket that is open at the offset.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Frame {
    /// The dotted name before it, `setup`; empty when there is none.
    pub(super) callee: String,
    /// The argument that is being written, once its `=` is there.
    pub(super) keyword: Option<String>,
    /// The string that was last read at this level: a dict's key, when a `:` follows.
    last_string: Option<String>,
    pub(super) key: Option<String>,
}

/// What is around an offset.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Around {
    /// Innermost last.
    pub(super) frames: Vec<Frame>,
    /// Where the text of the string begins that the offset is in.
    pub(super) string: Option<u32>,
    pub(super) in_comment: bool,
}

/// Brackets that are followed; source nests less.
const MAX_FRAMES: usize = 1_000;

impl Around {
    pub(super) fn of(text: &str, offset: u32) -> Self {
        let mut scan =
            Scan { text: &text[..offset as usize], at: 0, around: Self::default(), word: String::new() };
        scan.run();
        scan.around
    }

    /// The call of `setup()` that is being written, and its argument.
    pub(super) fn setup_argument(&self) -> Option<(usize, Option<&str>)> {
        let depth = self
            .frames
            .iter()
            .rposition(|frame| frame.callee == "setup" || frame.callee.ends_with(".setup"))?;
        Some((depth, self.frames[depth].keyword.as_deref()))
    }
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
    around: Around,
    /// The dotted name that was read last.
    word: String,
}

impl Scan<'_> {
    fn run(&mut self) {
        while let Some(c) = self.text[self.at..].chars().next() {
            match c {
                '#' => match self.text[self.at..].find('\n') {
                    Some(end) => self.at += end,
                    None => {
                        self.around.in_comment = true;
                        return;
                    }
                },
                '"' | '\'' => {
                    if !self.string(c) {
                        return;
                    }
                }
                _ => {
                    self.character(c);
                    self.at += c.len_utf8();
                }
            }
        }
    }

    fn character(&mut self, c: char) {
        match c {
            '(' | '[' | '{' => {
                let callee = if c == '(' { std::mem::take(&mut self.word) } else { String::new() };
                if self.around.frames.len() < MAX_FRAMES {
                    self.around.frames.push(Frame { callee, ..Frame::default() });
                }
            }
            ')' | ']' | '}' => {
                self.around.frames.pop();
            }
            ',' => {
                if let Some(frame) = self.around.frames.last_mut() {
                    (frame.keyword, frame.last_string, frame.key) = (None, None, None);
                }
            }
            ':' => {
                if let Some(frame) = self.around.frames.last_mut() {
                    frame.key = frame.last_string.take();
                }
            }
            '=' => {
                let word = std::mem::take(&mut self.word);
                if let Some(frame) = self.around.frames.last_mut()
                    && !word.is_empty()
                    && frame.keyword.is_none()
                {
                    frame.keyword = Some(word);
                }
            }
            c if c.is_alphanumeric() || c == '_' || c == '.' => {
                let after_gap =
                    self.text[..self.at].ends_with([' ', '\t', '\n']) && !self.word.ends_with('.');
                if after_gap && c != '.' {
                    self.word.clear();
                }
                self.word.push(c);
                return;
            }
            c if c.is_whitespace() => return,
            _ => {}
        }
        self.word.clear();
    }

    /// Reads over a string; false when the text ends in it.
    fn string(&mut self, quote: char) -> bool {
        let rest = &self.text[self.at..];
        let triple: String = std::iter::repeat_n(quote, 3).collect();
        let (length, ends) = if rest.starts_with(&triple) { (3, triple) } else { (1, quote.to_string()) };
        let raw = self.word.len() <= 2 && self.word.contains(['r', 'R']);
        self.word.clear();
        let start = self.at + length;
        let mut at = start;
        loop {
            let Some(c) = self.text[at..].chars().next() else {
                self.around.string = Some(start as u32);
                return false;
            };
            if self.text[at..].starts_with(&ends) {
                break;
            }
            if c == '\n' && length == 1 {
                // A string that is not finished ends with its line.
                self.at = at;
                return true;
            }
            at += c.len_utf8();
            if c == '\\' && !raw {
                at += self.text[at..].chars().next().map_or(0, char::len_utf8);
            }
        }
        if let Some(frame) = self.around.frames.last_mut() {
            frame.last_string = Some(self.text[start..at].to_owned());
        }
        self.at = at + length;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::Around;

    fn show(text: &str) -> String {
        let around = Around::of(text, text.len() as u32);
        let frames: Vec<String> = around
            .frames
            .iter()
            .map(|frame| {
                let part = |part: &Option<String>| part.clone().unwrap_or_default();
                format!("{}({} {}", frame.callee, part(&frame.keyword), part(&frame.key))
            })
            .collect();
        format!(
            "{} {:?} {}",
            frames.join("|"),
            around.string.map(|at| &text[at as usize..]),
            around.in_comment
        )
    }

    #[test]
    fn the_calls_and_strings_around_an_offset() {
        assert_eq!(
            show("from x import y\nsetuptools.setup(\n    name='a', ver"),
            "setuptools.setup(  None false"
        );
        assert_eq!(show("setup(classifiers=['A', \"Prog"), "setup(classifiers |(  Some(\"Prog\") false");
        assert_eq!(
            show("setup(extras_require={'x': ['re"),
            "setup(extras_require |( x|(  Some(\"re\") false"
        );
        assert_eq!(show("f('''it's\n"), "f(  Some(\"it's\\n\") false");
        assert_eq!(show("setup(x='open\n  name='é"), "setup(x  Some(\"é\") false");
        assert_eq!(show("setup( # com'ment"), "setup(  None true");
        assert_eq!(show("))]"), " None false");
        assert_eq!(show(r"setup(a=r'\"), r#"setup(a  Some("\\") false"#);
    }
}
