//! `spx cache`: how much there is, and taking it away.

use super::args::{CacheAction, CacheArgs, Format};
use super::{Exit, Screen};
use crate::ops::Failure;
use crate::ops::cache::{Removed, clean, info, prune, root};
use crate::report::{escape, json};

pub(super) fn run(args: &CacheArgs, screen: &mut Screen) -> Result<Exit, Failure> {
    let root = root(args.cache_dir.as_deref())?;
    match args.action {
        CacheAction::Info => {
            let parts = info(&root);
            if screen.format == Format::Json {
                let parts = parts.iter().map(
                    |part| serde_json::json!({ "name": part.name, "files": part.files, "size": part.size }),
                );
                let document = serde_json::json!({
                    "schema": json::SCHEMA, "directory": root.display().to_string(), "parts": parts.collect::<Vec<_>>(),
                });
                super::data(&format!("{document:#}\n"))?;
                return Ok(Exit::Done);
            }
            let mut text = format!("{}\n", root.display());
            for part in &parts {
                text.push_str(&format!(
                    "  {:<8} {:>8} in {:>6} files  {}\n",
                    part.name,
                    super::app::size(part.size),
                    part.files,
                    part.what
                ));
            }
            text.push_str(&format!(
                "  together {}\n",
                super::app::size(parts.iter().map(|part| part.size).sum())
            ));
            super::data(&escape(&text))?;
        }
        CacheAction::Clean => say(clean(&root)?, screen)?,
        CacheAction::Prune { days } => say(prune(&root, days)?, screen)?,
    }
    Ok(Exit::Done)
}

fn say(removed: Removed, screen: &Screen) -> Result<(), Failure> {
    let Removed { applications, wheels, files, size } = removed;
    if screen.format == Format::Json {
        let document = serde_json::json!({
            "schema": json::SCHEMA,
            "removed": { "applications": applications, "wheels": wheels, "files": files, "size": size },
        });
        return super::data(&format!("{document:#}\n"));
    }
    screen.say(&format!("removed {files} files, {}", super::app::size(size)));
    Ok(())
}
