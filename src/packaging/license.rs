//! SPDX licence expressions, spelled as the `packaging` library spells them (PEP 639).

/// Identifiers of the SPDX list that Python projects use most; another one is refused rather than guessed at.
const KNOWN: &[&str] = &[
    "0BSD",
    "AFL-3.0",
    "AGPL-3.0-only",
    "AGPL-3.0-or-later",
    "Apache-1.1",
    "Apache-2.0",
    "Artistic-2.0",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-2-Clause-Patent",
    "BSD-3-Clause",
    "BSD-3-Clause-Clear",
    "BSD-4-Clause",
    "BSL-1.0",
    "BlueOak-1.0.0",
    "CC-BY-3.0",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDDL-1.0",
    "CECILL-2.1",
    "CECILL-B",
    "CECILL-C",
    "CNRI-Python",
    "ECL-2.0",
    "EPL-1.0",
    "EPL-2.0",
    "EUPL-1.1",
    "EUPL-1.2",
    "GPL-1.0-or-later",
    "GPL-2.0-only",
    "GPL-2.0-or-later",
    "GPL-3.0-only",
    "GPL-3.0-or-later",
    "HPND",
    "IJG",
    "ISC",
    "LGPL-2.0-only",
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
    "MS-PL",
    "MulanPSL-2.0",
    "NCSA",
    "OFL-1.1",
    "OSL-3.0",
    "PSF-2.0",
    "PostgreSQL",
    "Python-2.0",
    "Python-2.0.1",
    "QPL-1.0",
    "Ruby",
    "SISSL",
    "Sleepycat",
    "TCL",
    "UPL-1.0",
    "Unicode-3.0",
    "Unlicense",
    "Vim",
    "W3C",
    "WTFPL",
    "X11",
    "ZPL-2.0",
    "ZPL-2.1",
    "Zlib",
    "bzip2-1.0.6",
];
const EXCEPTIONS: &[&str] = &[
    "Autoconf-exception-3.0",
    "Bison-exception-2.2",
    "Bootloader-exception",
    "Classpath-exception-2.0",
    "Font-exception-2.0",
    "GCC-exception-2.0",
    "GCC-exception-3.1",
    "GPL-3.0-linking-exception",
    "LLVM-exception",
    "OpenSSL-exception",
    "Qt-GPL-exception-1.0",
];

/// The identifiers, in the order of the alphabet.
pub fn known() -> impl Iterator<Item = &'static str> {
    KNOWN.iter().copied()
}

/// The canonical spelling; the error says which word is the trouble.
pub fn canonical(text: &str) -> Result<String, String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut out: Vec<String> = Vec::new();
    let (mut depth, mut operand) = (0_usize, true);
    for word in spaced.split_whitespace() {
        let wrong = || format!("`{word}` is not expected there in a licence expression");
        let after_with = out.last().is_some_and(|last| last == "WITH");
        let spelled = match word.to_ascii_lowercase().as_str() {
            "(" if operand && !after_with => {
                depth += 1;
                word.to_owned()
            }
            ")" if !operand && depth > 0 => {
                depth -= 1;
                word.to_owned()
            }
            operator @ ("and" | "or" | "with") if !operand => {
                operand = true;
                operator.to_ascii_uppercase()
            }
            _ if operand => {
                operand = false;
                identifier(word, if after_with { EXCEPTIONS } else { KNOWN })?
            }
            _ => return Err(wrong()),
        };
        out.push(spelled);
    }
    if operand || depth > 0 {
        return Err("the licence expression is not complete".to_owned());
    }
    Ok(out.join(" ").replace("( ", "(").replace(" )", ")"))
}

fn identifier(word: &str, known: &[&str]) -> Result<String, String> {
    let (base, plus) = word.strip_suffix('+').map_or((word, ""), |base| (base, "+"));
    let reference = base.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("LicenseRef-"));
    if reference && base[11..].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')) {
        return Ok(format!("LicenseRef-{}{plus}", &base[11..]));
    }
    let found = known.iter().find(|name| name.eq_ignore_ascii_case(base));
    found
        .map(|name| format!("{name}{plus}"))
        .ok_or_else(|| format!("`{word}` is no SPDX licence identifier that spx knows"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_spelled_as_packaging_spells_them() {
        for (written, spelled) in [
            ("mit", "MIT"),
            (
                "mit aNd  (gpl-3.0-OR-later or apache-2.0 with llvm-exception)",
                "MIT AND (GPL-3.0-or-later OR Apache-2.0 WITH LLVM-exception)",
            ),
            ("licenseref-My.Own", "LicenseRef-My.Own"),
            ("mit aNd ( gpl-3.0-OR-later or LICENSEREF-x )", "MIT AND (GPL-3.0-or-later OR LicenseRef-x)"),
        ] {
            assert_eq!(canonical(written).as_deref(), Ok(spelled));
        }
        for bad in ["", "BSD", "MIT or", "MIT MIT", "(MIT", "MIT)", "and", "MIT WITH MIT", "MIT WITH (MIT)"] {
            assert!(canonical(bad).is_err(), "{bad}");
        }
    }
}
