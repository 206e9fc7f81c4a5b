//! `Path.glob` and `Path.rglob`: unlike `glob.glob`, stars match hidden names too.

use super::super::fnmatch::{Glob, normalise_case};
use super::super::versions::at_least;
use super::Pure;
use crate::eval::exceptions::{NOT_IMPLEMENTED_ERROR, VALUE_ERROR};
use crate::eval::{Evaluator, Raised};
use crate::system::Kind;

/// Directories below each other that `**` goes into.
const DEEPEST: usize = 64;

/// Every path below `base` that the pattern matches, sorted by name directory by directory.
pub(super) fn paths(
    cx: &mut Evaluator<'_>,
    base: &Pure,
    pattern: &Pure,
    anywhere: bool,
) -> Result<Vec<Pure>, Raised> {
    if pattern.all_parts().len() != pattern.parts().len() {
        return Err(cx.error(&NOT_IMPLEMENTED_ERROR, "Non-relative patterns are unsupported"));
    }
    if pattern.parts().is_empty() && !anywhere {
        return Err(cx.error(&VALUE_ERROR, "Unacceptable pattern: ''"));
    }
    let mut parts: Vec<&str> = pattern.parts().iter().map(String::as_str).collect();
    if anywhere {
        parts.insert(0, "**");
    }
    if parts.contains(&"..") {
        return Err(cx.unknown("`..` in a pattern of `Path.glob`"));
    }
    let mut found = Vec::new();
    select(cx, base, &parts, &mut found, 0)?;
    // Two `**` can reach one path in two ways.
    let mut seen = std::collections::HashSet::new();
    found.retain(|path: &Pure| seen.insert(path.posix()));
    Ok(found)
}

fn listed(cx: &mut Evaluator<'_>, directory: &Pure) -> Result<Vec<(String, Kind)>, Raised> {
    let path = directory.posix();
    if cx.is_directory(&path)? { cx.list_directory(&path) } else { Ok(Vec::new()) }
}

fn select(
    cx: &mut Evaluator<'_>,
    directory: &Pure,
    parts: &[&str],
    found: &mut Vec<Pure>,
    depth: usize,
) -> Result<(), Raised> {
    cx.charge_bytes(64)?;
    if depth > DEEPEST {
        return Err(cx.unknown("directories nested deeper than 64 levels"));
    }
    let Some((first, rest)) = parts.split_first() else {
        found.push(directory.clone());
        return Ok(());
    };
    if *first == "**" {
        // Since 3.13 a pattern that ends so means files too.
        let files_too = rest.is_empty() && at_least(cx, 13);
        if cx.is_directory(&directory.posix())? {
            select(cx, directory, rest, found, depth + 1)?;
        }
        for (name, kind) in listed(cx, directory)? {
            let path = directory.child(&name);
            if kind == Kind::Directory && !cx.is_link(&path.posix())? {
                select(cx, &path, parts, found, depth + 1)?;
            } else if files_too {
                found.push(path);
            }
        }
        return Ok(());
    }
    if !first.contains(['*', '?', '[']) {
        let path = directory.child(first);
        if cx.exists(&path.posix())? {
            select(cx, &path, rest, found, depth + 1)?;
        }
        return Ok(());
    }
    let wanted = normalise_case(cx, first);
    let wanted = Glob::new(&wanted).map_err(|reason| cx.unknown(reason))?;
    for (name, kind) in listed(cx, directory)? {
        if wanted.matches(&normalise_case(cx, &name)) && (rest.is_empty() || kind == Kind::Directory) {
            select(cx, &directory.child(&name), rest, found, depth + 1)?;
        }
    }
    Ok(())
}
