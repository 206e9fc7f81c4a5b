//! Whether a class given as `distclass` may change the fields after `setup()` made it, told from its body. (What its `__init__` does
//! is seen when the interpreter runs it.)

use super::metadata::shape;
use crate::eval::Data;
use crate::eval::outcome::{ClassBody, Outcome, View};
use crate::eval::value::Value;

/// Names with a leading underscore that a body may define without a say in the fields.
const HARMLESS: &[&str] =
    &["__doc__", "__firstlineno__", "__init__", "__module__", "__qualname__", "__static_attributes__"];

/// What setuptools calls on a `Distribution`, beside private names, before the fields are read.
const CALLED: &[&str] = &[
    "dump_option_dicts",
    "exclude",
    "exclude_package",
    "feature_is_included",
    "fetch_build_egg",
    "fetch_build_eggs",
    "finalize_options",
    "find_config_files",
    "get_cmdline_options",
    "get_command_obj",
    "get_egg_cache_dir",
    "get_option_dict",
    "handle_display_options",
    "include",
    "include_feature",
    "iter_distribution_names",
    "make_option_lowercase",
    "metadata",
    "parse_command_line",
    "parse_config_files",
    "patch_missing_pkg_info",
    "reinitialize_command",
    "run_command",
    "run_commands",
    "warn_dash_deprecation",
];

/// What a build asks a `Distribution` beside that.
const ASKED: &[&str] = &[
    "get_command_class",
    "get_command_list",
    "get_command_packages",
    "get_requires",
    "has_c_libraries",
    "has_data_files",
    "has_ext_modules",
    "has_headers",
    "has_modules",
    "has_pure_modules",
    "has_scripts",
    "is_pure",
];
/// Those of them that say whether the wheel is for one platform.
const NATIVE: &[&str] = &["has_c_libraries", "has_ext_modules", "is_pure"];

/// Why the class may change what is built of the fields; `None` when it does not.
pub fn judge_build(outcome: &Outcome, class: &Value) -> Option<String> {
    if let Some(reason) = judge(outcome, class) {
        return Some(reason);
    }
    let ClassBody { bases, members } = outcome.class_body(class)?;
    let own = members.iter().find(|(name, _)| ASKED.contains(&name.as_str())).map(|(name, _)| {
        if NATIVE.contains(&name.as_str()) {
            format!("its `{name}` says what is compiled, so the wheel is for one platform")
        } else {
            format!("it defines `{name}`")
        }
    });
    own.or_else(|| bases.iter().find_map(|base| judge_build(outcome, base)))
}

/// Why the class may change what `setup()` was given; `None` when it does not.
pub fn judge(outcome: &Outcome, class: &Value) -> Option<String> {
    if matches!(outcome.view(class), View::None) {
        return None;
    }
    if let Data::Class(class) = &class.data {
        let own = class.name == "Distribution" && class.module == "setuptools.dist";
        return (!own).then(|| format!("`distclass` is `{}`", class.name));
    }
    let Some(ClassBody { bases, members }) = outcome.class_body(class) else {
        return Some("what the class given as `distclass` does is not known".to_owned());
    };
    let object = |base: &Value| matches!(&base.data, Data::Class(class) if class.name == "object");
    if let Some(reason) = bases.iter().filter(|base| !object(base)).find_map(|base| judge(outcome, base)) {
        return Some(reason);
    }
    let takes_part = |name: &str| {
        CALLED.contains(&name) || shape(name).is_some() || name.starts_with('_') && !HARMLESS.contains(&name)
    };
    let changing = members.iter().find(|(name, _)| takes_part(name))?;
    Some(format!("the class given as `distclass` defines `{}`, which may change it", changing.0))
}
