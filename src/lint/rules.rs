//! One rule a file, in two sorted lists.

use super::Rule;

mod build_requirement;
mod case_collision;
mod classifiers_is_string;
mod code_after_setup;
mod content_type_mismatch;
mod dead_marker;
mod dead_section;
mod direct_url_requirement;
mod distutils_import;
mod duplicate_requirement;
mod editable_requirement;
mod entry_point_target_missing;
mod extra_index_url;
mod extra_name_collision;
mod hidden_code;
mod insecure_index;
mod insecure_project_url;
mod legacy_dependency_field;
mod licence_alias;
mod license_pattern_without_match;
mod missing_build_system;
mod missing_license_file;
mod missing_project_url;
mod multiple_setup_calls;
mod namespace_packages;
mod network_access;
mod overridden_setting;
mod partial_hashes;
mod pinned_requirement;
mod pip_internals;
mod pkg_resources_import;
mod private_file_in_sdist;
mod python2_only_setup;
mod python_classifier_conflict;
mod python_requires_cap;
mod reads_environment;
mod removed_command;
mod removed_module;
mod requirements_by_interpreter;
mod secret_in_url;
mod setup_downloader;
mod setup_not_reached;
mod starts_process;
mod stdlib_backport;
#[cfg(test)]
mod tests;
mod text_too_long;
mod undefined_own_extra;
mod universal_deprecated;
mod unpinned_vcs;
mod use_2to3;
mod verification_disabled;
mod version_compared_as_text;
mod version_mismatch;

/// Sorted by name.
pub static RULES: &[&Rule] = &[
    &build_requirement::RULE,
    &case_collision::RULE,
    &classifiers_is_string::RULE,
    &code_after_setup::RULE,
    &content_type_mismatch::RULE,
    &dead_marker::RULE,
    &dead_section::RULE,
    &direct_url_requirement::RULE,
    &distutils_import::RULE,
    &duplicate_requirement::RULE,
    &editable_requirement::RULE,
    &entry_point_target_missing::RULE,
    &extra_index_url::RULE,
    &extra_name_collision::RULE,
    &hidden_code::RULE,
    &insecure_index::RULE,
    &insecure_project_url::RULE,
    &legacy_dependency_field::RULE,
    &licence_alias::RULE,
    &license_pattern_without_match::RULE,
    &missing_build_system::RULE,
    &missing_license_file::RULE,
    &missing_project_url::RULE,
    &multiple_setup_calls::RULE,
    &namespace_packages::RULE,
    &network_access::RULE,
    &overridden_setting::RULE,
    &partial_hashes::RULE,
    &pinned_requirement::RULE,
    &pip_internals::RULE,
    &pkg_resources_import::RULE,
    &private_file_in_sdist::RULE,
    &python_classifier_conflict::RULE,
    &python_requires_cap::RULE,
    &python2_only_setup::RULE,
    &reads_environment::RULE,
    &removed_command::RULE,
    &removed_module::RULE,
    &requirements_by_interpreter::RULE,
    &secret_in_url::RULE,
    &setup_downloader::RULE,
    &setup_not_reached::RULE,
    &starts_process::RULE,
    &stdlib_backport::RULE,
    &text_too_long::RULE,
    &undefined_own_extra::RULE,
    &universal_deprecated::RULE,
    &unpinned_vcs::RULE,
    &use_2to3::RULE,
    &verification_disabled::RULE,
    &version_compared_as_text::RULE,
    &version_mismatch::RULE,
];
