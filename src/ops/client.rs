//! The index client, by what was typed, the environment and pip's configuration files.

use super::Failure;
use crate::index::{Client, IndexError, Options, PipValue, Progress, Settings, pip_configuration_files};
use crate::syntax::ini::{self, Dialect};
use crate::system::os;
use crate::text::encoding;
use std::sync::Arc;

/// pip's configuration files are a few lines; more than this is none.
const MAX_CONFIGURATION: u64 = 1024 * 1024;

/// A client by the options, the environment and pip's configuration files; with it, what of those files could not be read.
pub fn client(options: Options, progress: Arc<dyn Progress>) -> Result<(Client, Vec<String>), Failure> {
    let mut values = Vec::new();
    let mut warnings = Vec::new();
    for path in pip_configuration_files(&os::environment) {
        let Ok(bytes) = os::read_followed(&path, MAX_CONFIGURATION) else { continue };
        let file = path.display().to_string();
        let read = encoding::decode_utf8(&bytes).map_err(|error| error.to_string()).and_then(|text| {
            ini::parse(&text, &Dialect::python3()).map_err(|error| format!("line {}", error.line))
        });
        match read {
            Err(problem) => {
                warnings
                    .push(format!("`{file}` is no configuration file of pip and was left out: {problem}"));
            }
            Ok(config) => values.extend(config.sections.into_iter().flat_map(|section| {
                let (file, name) = (file.clone(), section.name);
                section.options.into_iter().map(move |option| PipValue {
                    file: file.clone(),
                    section: name.clone(),
                    key: option.name,
                    value: option.value.unwrap_or_default(),
                })
            })),
        }
    }
    let settings = Settings::of_user(options, &values).map_err(failure)?;
    Ok((Client::new(settings, progress).map_err(failure)?, warnings))
}

/// An index's error as spx's own.
pub fn failure(error: IndexError) -> Failure {
    let failure = Failure::new(error.to_string());
    match error.help() {
        Some(help) => failure.help(help),
        None => failure,
    }
}
