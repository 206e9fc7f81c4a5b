//! What spx's cache knows of other people's projects: read once a session, without any index.

use crate::index::known::{KnownProjects, known_projects};
use std::sync::OnceLock;

pub(super) fn projects() -> &'static KnownProjects {
    static KNOWN: OnceLock<KnownProjects> = OnceLock::new();
    KNOWN.get_or_init(known_projects)
}
