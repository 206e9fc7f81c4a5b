//! One rule a file, in two sorted lists.

use super::Rule;

mod classifiers_is_string;
mod distutils_import;
mod entry_point_target_missing;
mod setup_not_reached;
#[cfg(test)]
mod tests;

/// Sorted by name.
pub static RULES: &[&Rule] = &[
    &classifiers_is_string::RULE,
    &distutils_import::RULE,
    &entry_point_target_missing::RULE,
    &setup_not_reached::RULE,
];
