//! Comments of Python source with their places, for what they tell spx.

use super::python::Dialect;
use super::python::scan::Scan;
use std::ops::Range;

/// The comments of Python source, in order, each from its `#` to before its line break. Those after a string or bracket
/// that never ends are not found.
pub fn comments(text: &str) -> Vec<(Range<u32>, String)> {
    let scan = Scan::new(text, Dialect::Python3);
    let slice = |range: &Range<u32>| text[range.start as usize..range.end as usize].to_owned();
    scan.comments.into_iter().map(|range| (range.clone(), slice(&range))).collect()
}

#[cfg(test)]
mod tests {
    use super::comments;

    #[test]
    fn strings_hold_no_comments() {
        let text = "#!/bin/sh\nx = '# no' # yes é\r\ny = f'{x # in a field\n}#'\n'''\n# no\n'''\n  # last";
        let found: Vec<String> = comments(text).into_iter().map(|(_, comment)| comment).collect();
        assert_eq!(found, ["#!/bin/sh", "# yes é", "# in a field", "# last"]);
        for (range, comment) in comments(text) {
            assert_eq!(text[range.start as usize..range.end as usize], comment);
        }
    }
}
