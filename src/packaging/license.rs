//! SPDX licence expressions, spelled as the `packaging` library spells them (PEP 639).

use spdx::flags::IS_DEPRECATED;
use spdx::identifiers::{EXCEPTIONS, LICENSES};

/// Identifiers that say nothing of a licence: the `packaging` library takes neither.
const NOTHING: &[&str] = &["NOASSERTION", "NONE"];

/// The identifiers for new works, in the order of the list: without those that SPDX replaced by others.
pub fn known() -> impl Iterator<Item = &'static str> {
    let current = LICENSES.iter().filter(|license| license.flags & IS_DEPRECATED == 0);
    current.map(|license| license.name).filter(|name| !NOTHING.contains(name))
}

fn licenses() -> impl Iterator<Item = &'static str> {
    LICENSES.iter().map(|license| license.name).filter(|name| !NOTHING.contains(name))
}

fn exceptions() -> impl Iterator<Item = &'static str> {
    EXCEPTIONS.iter().map(|exception| exception.name)
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
                if after_with { identifier(word, exceptions())? } else { identifier(word, licenses())? }
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

fn identifier(word: &str, mut known: impl Iterator<Item = &'static str>) -> Result<String, String> {
    let (base, plus) = word.strip_suffix('+').map_or((word, ""), |base| (base, "+"));
    let reference = base.get(..11).is_some_and(|start| start.eq_ignore_ascii_case("LicenseRef-"));
    if reference && base[11..].chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.')) {
        return Ok(format!("LicenseRef-{}{plus}", &base[11..]));
    }
    let found = known.find(|name| name.eq_ignore_ascii_case(base));
    found
        .map(|name| format!("{name}{plus}"))
        .ok_or_else(|| format!("`{word}` is not in the SPDX list {}", spdx::identifiers::VERSION))
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
            ("gpl-3.0 and beerware", "GPL-3.0 AND Beerware"),
            ("mit aNd ( gpl-3.0-OR-later or LICENSEREF-x )", "MIT AND (GPL-3.0-or-later OR LicenseRef-x)"),
        ] {
            assert_eq!(canonical(written).as_deref(), Ok(spelled));
        }
        assert!(known().any(|name| name == "BSD-3-Clause") && !known().any(|name| name == "GPL-3.0"));
        for bad in [
            "",
            "BSD",
            "NOASSERTION",
            "MIT or",
            "MIT MIT",
            "(MIT",
            "MIT)",
            "and",
            "MIT WITH MIT",
            "MIT WITH (MIT)",
        ] {
            assert!(canonical(bad).is_err(), "{bad}");
        }
    }
}
