//! `.git_archival.txt`, which `git archive` fills in with what it knows of the commit: of interest to setuptools_scm.

/// Whether git has filled it in. A file that came out of a checkout still has git's placeholders, and says nothing: then
/// setuptools_scm goes on to PKG-INFO.
pub fn is_filled_in(content: &[u8]) -> bool {
    let text = String::from_utf8_lossy(content);
    let node = text.lines().find_map(|line| line.strip_prefix("node:"));
    !node.is_some_and(|node| node.to_ascii_uppercase().contains("$FORMAT")) || text.contains("tag: ")
}

#[cfg(test)]
mod tests {
    use super::is_filled_in;

    #[test]
    fn placeholders_say_nothing() {
        let template = "node: $Format:%H$\nnode-date: $Format:%cI$\n\
                        describe-name: $Format:%(describe:tags=true,match=*[0-9]*)$\nref-names: $Format:%D$\n";
        assert!(!is_filled_in(template.as_bytes()));
        assert!(is_filled_in(b"node: 0bdc1c7\nref-names: tag: v1.2\n"));
        assert!(is_filled_in(b"ref-names: tag: v1.2\n") && is_filled_in(b""));
    }
}
