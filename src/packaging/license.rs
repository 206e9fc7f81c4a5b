//! SPDX licence expressions in the one spelling that `packaging.licenses` gives them (PEP 639).

/// The identifiers that Python projects use, as SPDX spells them. An expression with another one is not judged.
const IDENTIFIERS: &[&str] = &[
    "0BSD",
    "AFL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-2-Clause",
    "BSD-2-Clause-Patent",
    "BSD-3-Clause",
    "BSD-4-Clause",
    "BSL-1.0",
    "CC-BY-4.0",
    "CC0-1.0",
    "CDDL-1.0",
    "ECL-2.0",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "HPND",
    "ISC",
    "LGPL-2.0-or-later",
    "LGPL-2.1-only",
    "LGPL-2.1-or-later",
    "LGPL-3.0-only",
    "LGPL-3.0-or-later",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-1.1",
    "MPL-2.0",
    "OFL-1.1",
    "PSF-2.0",
    "Python-2.0",
    "Unlicense",
    "UPL-1.0",
    "WTFPL",
    "X11",
    "ZPL-2.1",
    "Zlib",
];

/// The expression with every word as SPDX spells it; `None` when a word is not known here, or stands where it may not.
pub fn canonical(expression: &str) -> Option<String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ");
    let mut words: Vec<String> = Vec::new();
    let (mut depth, mut wants_name) = (0_usize, true);
    for word in spaced.split_whitespace() {
        let upper = word.to_ascii_uppercase();
        match (upper.as_str(), wants_name) {
            ("(", true) => depth += 1,
            (")", false) => depth = depth.checked_sub(1)?,
            ("AND" | "OR", false) => wants_name = true,
            ("AND" | "OR" | ")", true) | (_, false) => return None,
            (_, true) => wants_name = false,
        }
        words.push(match upper.as_str() {
            "(" | ")" | "AND" | "OR" => upper,
            _ if upper.starts_with("LICENSEREF-") => format!("LicenseRef-{}", &word["LicenseRef-".len()..]),
            _ => IDENTIFIERS
                .iter()
                .find(|known| known.eq_ignore_ascii_case(word))
                .map(|known| (*known).to_owned())?,
        });
    }
    (depth == 0 && !wants_name).then(|| words.join(" ").replace("( ", "(").replace(" )", ")"))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    /// Each answer was given by packaging 26.
    #[test]
    fn spelling() {
        assert_eq!(canonical("mit").as_deref(), Some("MIT"));
        assert_eq!(
            canonical("mit aNd ( gpl-3.0-OR-later or LICENSEREF-x )").as_deref(),
            Some("MIT AND (GPL-3.0-or-later OR LicenseRef-x)")
        );
        for bad in ["", "MIT Apache-2.0", "(MIT", "MIT)", "AND", "MIT OR", "Nonsense-1.0", "()"] {
            assert_eq!(canonical(bad), None, "{bad}");
        }
    }
}
