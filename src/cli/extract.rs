//! `spx extract`: the wheels of an application file, as they came.

use super::args::ExtractArgs;
use super::{Exit, Screen, rejected};
use crate::ops::Failure;
use crate::ops::inspect::{extract, inspect};

pub(super) fn run(args: &ExtractArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let outcome = match inspect(&args.file)? {
        Ok(opened) => extract(&opened, &args.out_dir)?,
        Err(rejection) => Err(rejection),
    };
    match outcome {
        Ok(written) => {
            for path in &written {
                screen.detail(&format!("wrote {}", path.display()));
            }
            screen.say(&format!("wrote {} wheels into {}", written.len(), args.out_dir.display()));
            Ok(Exit::Done)
        }
        Err(rejection) => Ok(rejected(&args.file, &rejection, screen)),
    }
}
