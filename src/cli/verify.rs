//! `spx verify`: the verdict on a wheel, a source distribution or an application file; exit status 1 when it is rejected.

use super::args::{Format, VerifyArgs};
use super::{Exit, Screen};
use crate::archive::Limits;
use crate::diagnostic::{Diagnostic, codes};
use crate::ops::Failure;
use crate::ops::verify::{Verdict, verify};
use crate::report::{escape, json};
use crate::text::Sources;

pub(super) fn run(args: &VerifyArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let limits = Limits { sdist_links: args.allow_sdist_links, ..Limits::default() };
    let verdict = verify(&args.file, &limits)?;
    let status = if verdict.outcome.is_ok() { Exit::Done } else { Exit::Problems };
    if screen.format == Format::Json {
        super::data(&format!("{:#}\n", document(&verdict)))?;
        return Ok(status);
    }
    match &verdict.outcome {
        Ok(accepted) => {
            let size = accepted.size;
            super::data(&format!(
                "{}: good: {}, {} files, {size} bytes\n",
                escape(&verdict.file_name),
                escape(&accepted.what),
                accepted.files
            ))?;
            for note in &accepted.notes {
                screen.say(&format!("note: {}: {}", note.code, note.message));
            }
            screen.detail(&format!("sha256 {}", verdict.sha256));
        }
        Err(rejection) => {
            let message =
                format!("`{}` is rejected: {} ({})", verdict.file_name, rejection.message, rejection.code);
            screen.diagnostics(vec![Diagnostic::general(&codes::REJECTED_ARCHIVE, message)], &Sources::new());
        }
    }
    Ok(status)
}

fn document(verdict: &Verdict) -> serde_json::Value {
    let mut document = serde_json::json!({
        "schema": json::SCHEMA,
        "file": verdict.file_name,
        "sha256": verdict.sha256,
        "verdict": if verdict.outcome.is_ok() { "good" } else { "rejected" },
    });
    match &verdict.outcome {
        Ok(accepted) => {
            let notes = accepted
                .notes
                .iter()
                .map(|note| serde_json::json!({ "code": note.code, "message": note.message }));
            document["what"] = accepted.what.clone().into();
            document["files"] = accepted.files.into();
            document["size"] = accepted.size.into();
            document["notes"] = notes.collect();
        }
        Err(rejection) => {
            document["rejection"] =
                serde_json::json!({ "code": rejection.code, "message": rejection.message });
        }
    }
    document
}
