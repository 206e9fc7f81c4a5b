//! One rule a file, in two sorted lists.

use super::Rule;

mod absolute_data_file;
mod ambiguous_discovery;
mod build_requirement_missing;
mod case_collision;
mod classifiers_is_string;
mod code_after_setup;
mod code_from_data;
mod comma_in_list;
mod constraint_conflict;
mod content_type_mismatch;
mod dead_marker;
mod dead_section;
mod dependency_links;
mod deprecated_classifier;
mod direct_url_requirement;
mod distutils_import;
mod duplicate_requirement;
mod editable_requirement;
mod entry_point_target_missing;
mod extra_index_url;
mod extra_name_collision;
mod ez_setup;
mod file_not_in_sdist;
mod ignored_by_pyproject;
mod ignored_option;
mod imports_own_package;
mod impostor_requirement;
mod include_cycle;
mod include_package_data_without_manifest;
mod insecure_index;
mod insecure_url;
mod install_hook;
mod invalid_entry_point;
mod invalid_metadata;
mod invalid_option;
mod invalid_requirement;
mod invalid_script;
mod invalid_setting;
mod invalid_version;
mod keyword_wrong_type;
mod label_too_long;
mod legacy_requires;
mod licence_alias;
mod license_classifier;
mod license_file_key;
mod license_file_missing;
mod license_not_spdx;
mod license_pattern_no_match;
mod manifest_no_match;
mod missing_build_system;
mod missing_content_type;
mod missing_data_file;
mod missing_file;
mod missing_module;
mod missing_name;
mod missing_package;
mod missing_python_requires;
mod missing_script;
mod missing_url;
mod missing_version;
mod multiline_description;
mod multiple_setup_calls;
mod name_not_valid;
mod namespace_packages;
mod needless_wheel_requirement;
mod network_in_setup;
mod newline_separated;
mod non_normal_version;
mod obsolete_egg_option;
mod open_without_encoding;
mod outdated_setting;
mod outside_project;
mod overridden_setting;
mod package_data_no_match;
mod package_not_listed;
mod partial_hashes;
mod pinned_requirement;
mod pip_internals;
mod pkg_resources_import;
mod private_file_in_sdist;
mod process_in_setup;
mod python2_only_syntax;
mod python_classifier_conflict;
mod python_requires_cap;
mod reads_environment;
mod removed_command;
mod removed_command_in_use;
mod removed_stdlib_import;
mod requirements_by_interpreter;
mod requirements_file_parsed;
mod secret_in_url;
mod setup_not_reached;
mod setup_requires;
mod skipped_manifest_line;
mod stdlib_backport;
mod summary_too_long;
mod syntax_error;
#[cfg(test)]
mod tests;
mod tests_installed;
mod tests_require;
mod undecidable_argument;
mod undefined_own_extra;
mod universal_deprecated;
mod universal_wheel;
mod unknown_classifier;
mod unknown_keyword;
mod unknown_setting;
mod unlisted_package;
mod unpinned_vcs;
mod unsettled_order;
mod unused_suppression;
mod use_2to3;
mod verification_disabled;
mod version_compared_as_text;
mod version_mismatch;
mod version_not_string;
mod wheel_differs_from_sdist;
mod writes_to_tree;

/// Sorted by name.
pub static RULES: &[&Rule] = &[
    &absolute_data_file::RULE,
    &ambiguous_discovery::RULE,
    &build_requirement_missing::RULE,
    &case_collision::RULE,
    &classifiers_is_string::RULE,
    &code_after_setup::RULE,
    &code_from_data::RULE,
    &comma_in_list::RULE,
    &constraint_conflict::RULE,
    &content_type_mismatch::RULE,
    &dead_marker::RULE,
    &dead_section::RULE,
    &dependency_links::RULE,
    &deprecated_classifier::RULE,
    &direct_url_requirement::RULE,
    &distutils_import::RULE,
    &duplicate_requirement::RULE,
    &editable_requirement::RULE,
    &entry_point_target_missing::RULE,
    &extra_index_url::RULE,
    &extra_name_collision::RULE,
    &ez_setup::RULE,
    &file_not_in_sdist::RULE,
    &ignored_by_pyproject::RULE,
    &ignored_option::RULE,
    &imports_own_package::RULE,
    &impostor_requirement::RULE,
    &include_cycle::RULE,
    &include_package_data_without_manifest::RULE,
    &insecure_index::RULE,
    &insecure_url::RULE,
    &install_hook::RULE,
    &invalid_entry_point::RULE,
    &invalid_metadata::RULE,
    &invalid_option::RULE,
    &invalid_requirement::RULE,
    &invalid_script::RULE,
    &invalid_setting::RULE,
    &invalid_version::RULE,
    &keyword_wrong_type::RULE,
    &label_too_long::RULE,
    &legacy_requires::RULE,
    &licence_alias::RULE,
    &license_classifier::RULE,
    &license_file_key::RULE,
    &license_file_missing::RULE,
    &license_not_spdx::RULE,
    &license_pattern_no_match::RULE,
    &manifest_no_match::RULE,
    &missing_build_system::RULE,
    &missing_content_type::RULE,
    &missing_data_file::RULE,
    &missing_file::RULE,
    &missing_module::RULE,
    &missing_name::RULE,
    &missing_package::RULE,
    &missing_python_requires::RULE,
    &missing_script::RULE,
    &missing_url::RULE,
    &missing_version::RULE,
    &multiline_description::RULE,
    &multiple_setup_calls::RULE,
    &name_not_valid::RULE,
    &namespace_packages::RULE,
    &needless_wheel_requirement::RULE,
    &network_in_setup::RULE,
    &newline_separated::RULE,
    &non_normal_version::RULE,
    &obsolete_egg_option::RULE,
    &open_without_encoding::RULE,
    &outdated_setting::RULE,
    &outside_project::RULE,
    &overridden_setting::RULE,
    &package_data_no_match::RULE,
    &package_not_listed::RULE,
    &partial_hashes::RULE,
    &pinned_requirement::RULE,
    &pip_internals::RULE,
    &pkg_resources_import::RULE,
    &private_file_in_sdist::RULE,
    &process_in_setup::RULE,
    &python_classifier_conflict::RULE,
    &python_requires_cap::RULE,
    &python2_only_syntax::RULE,
    &reads_environment::RULE,
    &removed_command::RULE,
    &removed_command_in_use::RULE,
    &removed_stdlib_import::RULE,
    &requirements_by_interpreter::RULE,
    &requirements_file_parsed::RULE,
    &secret_in_url::RULE,
    &setup_not_reached::RULE,
    &setup_requires::RULE,
    &skipped_manifest_line::RULE,
    &stdlib_backport::RULE,
    &summary_too_long::RULE,
    &syntax_error::RULE,
    &tests_installed::RULE,
    &tests_require::RULE,
    &undecidable_argument::RULE,
    &undefined_own_extra::RULE,
    &universal_deprecated::RULE,
    &universal_wheel::RULE,
    &unknown_classifier::RULE,
    &unknown_keyword::RULE,
    &unknown_setting::RULE,
    &unlisted_package::RULE,
    &unpinned_vcs::RULE,
    &unsettled_order::RULE,
    &unused_suppression::RULE,
    &use_2to3::RULE,
    &verification_disabled::RULE,
    &version_compared_as_text::RULE,
    &version_mismatch::RULE,
    &version_not_string::RULE,
    &wheel_differs_from_sdist::RULE,
    &writes_to_tree::RULE,
];
