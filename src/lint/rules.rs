//! One rule a file, in two sorted lists.

use super::Rule;

mod classifiers_is_string;
mod dead_marker;
mod direct_url_requirement;
mod distutils_import;
mod duplicate_requirement;
mod editable_requirement;
mod entry_point_target_missing;
mod extra_index_url;
mod extra_name_collision;
mod insecure_index;
mod partial_hashes;
mod pinned_requirement;
mod secret_in_url;
mod setup_not_reached;
mod stdlib_backport;
#[cfg(test)]
mod tests;
mod undefined_own_extra;
mod unpinned_vcs;

/// Sorted by name.
pub static RULES: &[&Rule] = &[
    &classifiers_is_string::RULE,
    &dead_marker::RULE,
    &direct_url_requirement::RULE,
    &distutils_import::RULE,
    &duplicate_requirement::RULE,
    &editable_requirement::RULE,
    &entry_point_target_missing::RULE,
    &extra_index_url::RULE,
    &extra_name_collision::RULE,
    &insecure_index::RULE,
    &partial_hashes::RULE,
    &pinned_requirement::RULE,
    &secret_in_url::RULE,
    &setup_not_reached::RULE,
    &stdlib_backport::RULE,
    &undefined_own_extra::RULE,
    &unpinned_vcs::RULE,
];
