//! The examples in a rule's documentation, as trees of files: they are tested, so they are true.

use crate::system::Memory;

/// What an example shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// The rule must find something.
    Bad,
    /// It must not.
    Good,
    /// What the bad example before becomes when it is mended.
    Fixed,
}

/// One fenced block.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    pub kind: Kind,
    /// Path and text, in order.
    pub files: Vec<(String, String)>,
}

impl Example {
    /// The example as a project, with the setup.py that examples of other files leave out.
    pub fn tree(&self) -> Memory {
        let mut tree = Memory::new();
        for (path, text) in &self.files {
            tree.insert(path, text.clone().into_bytes(), false);
        }
        if !self
            .files
            .iter()
            .any(|(path, _)| ["setup.py", "setup.cfg", "pyproject.toml"].contains(&path.as_str()))
        {
            let text = "from setuptools import setup\n\nsetup(name=\"demo\", version=\"1.0\", packages=[])\n";
            tree.insert("setup.py", text.as_bytes().to_vec(), false);
        }
        tree
    }
}

/// The examples of a documentation text (each line of which may have one leading space).
pub fn read(doc: &str) -> Vec<Example> {
    let mut found = Vec::new();
    let mut open: Option<(Kind, Vec<(String, String)>)> = None;
    for line in doc.lines() {
        let line = line.strip_prefix(' ').unwrap_or(line);
        match (&mut open, line.strip_prefix("```")) {
            (None, Some(info)) => {
                let mut words = info.split(' ');
                let path = match words.next().unwrap_or("") {
                    "python" => "setup.py",
                    "ini" => "setup.cfg",
                    "toml" => "pyproject.toml",
                    "manifest" => "MANIFEST.in",
                    "requirements" => "requirements.txt",
                    _ => "",
                };
                let kind = match words.next() {
                    Some("bad") => Kind::Bad,
                    Some("good") => Kind::Good,
                    Some("fixed") => Kind::Fixed,
                    _ => continue,
                };
                let files = if path.is_empty() { Vec::new() } else { vec![(path.to_owned(), String::new())] };
                open = Some((kind, files));
            }
            (Some(_), Some(_)) => {
                if let Some((kind, mut files)) = open.take() {
                    files.retain(|(path, text)| !text.is_empty() || path.contains('/') || path.contains('.'));
                    let only_named = files.len() > 1 && files[0].1.is_empty();
                    if only_named {
                        files.remove(0);
                    }
                    found.push(Example { kind, files });
                }
            }
            (Some((_, files)), None) => match line.strip_prefix("# file: ") {
                Some(path) => files.push((path.trim().to_owned(), String::new())),
                None => {
                    if let Some((_, text)) = files.last_mut() {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
            },
            (None, None) => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_files() {
        let found = read(
            " Why.\n\n ```python bad\n setup()\n ```\n ```text good\n # file: a\n x\n # file: b/c\n ```\n",
        );
        assert_eq!(
            found[0],
            Example { kind: Kind::Bad, files: vec![("setup.py".into(), "setup()\n".into())] }
        );
        let files = vec![("a".into(), "x\n".into()), ("b/c".into(), String::new())];
        assert_eq!(found[1], Example { kind: Kind::Good, files });
    }
}
