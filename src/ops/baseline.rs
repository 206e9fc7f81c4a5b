//! `--baseline`: findings that were there before, so that only new ones count.

use super::Failure;
use super::lint::Linted;
use crate::report::{Silenced, fingerprint};
use crate::system::os;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::Path;

/// Real ones are below a megabyte.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Writes the findings down; how many there are.
pub fn write(path: &Path, linted: &Linted) -> Result<usize, Failure> {
    let mut counted = BTreeMap::new();
    let all: Vec<_> = (linted.diagnostics.iter())
        .map(|diagnostic| {
            let file = diagnostic.primary.as_ref().map(|label| linted.sources.path(label.span.file));
            serde_json::json!({
                "code": diagnostic.code.name,
                "file": file,
                "fingerprint": fingerprint(diagnostic, &linted.sources, &mut counted),
            })
        })
        .collect();
    let document = format!("{:#}\n", serde_json::json!({ "schema": 1, "findings": all }));
    os::write_atomically(path, false, |file| file.write_all(document.as_bytes())).map_err(
        |error: std::io::Error| Failure::new(format!("`{}` could not be written: {error}", path.display())),
    )?;
    Ok(all.len())
}

/// Puts the findings that the file has beside those that comments silence: marked, not dropped, so that services that
/// follow findings over time do not close and open them again.
pub fn apply(path: &Path, linted: &mut Linted) -> Result<(), Failure> {
    let content = os::read_followed(path, MAX_BYTES)
        .map_err(|error| Failure::new(format!("`{}`: {error}", path.display())))?;
    let wrong = || {
        Failure::new(format!("`{}` is no baseline", path.display()))
            .help("write one with `spx lint --write-baseline FILE`")
    };
    let document: serde_json::Value = serde_json::from_slice(&content).map_err(|_| wrong())?;
    let findings = document["findings"].as_array().ok_or_else(wrong)?;
    let known: BTreeSet<&str> =
        findings.iter().filter_map(|finding| finding["fingerprint"].as_str()).collect();
    let mut counted = BTreeMap::new();
    for diagnostic in std::mem::take(&mut linted.diagnostics) {
        if known.contains(fingerprint(&diagnostic, &linted.sources, &mut counted).as_str()) {
            let reason = "in the baseline".to_owned();
            linted.suppressed.push(Silenced { diagnostic, reason, in_source: false });
        } else {
            linted.diagnostics.push(diagnostic);
        }
    }
    Ok(())
}
