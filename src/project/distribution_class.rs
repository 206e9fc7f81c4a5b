//! Whether a class given as `distclass` may change the fields after `setup()` made it, told from its body. (What its `__init__` does
//! is seen when the interpreter runs it.)

use crate::eval::Data;
use crate::eval::outcome::{Outcome, View};
use crate::eval::value::Value;

/// What a body may define without a say in the fields: what `egg_info` never asks, or asks only about commands.
const HARMLESS: &[&str] = &[
    "__doc__",
    "__firstlineno__",
    "__init__",
    "__module__",
    "__qualname__",
    "__static_attributes__",
    "display_options",
    "get_command_class",
    "get_command_list",
    "global_options",
    "is_pure",
    "print_commands",
];

/// Why the class may change what `setup()` was given; `None` when it does not.
pub fn judge(outcome: &Outcome, class: &Value) -> Option<String> {
    if matches!(outcome.view(class), View::None) {
        return None;
    }
    if let Data::Class(class) = &class.data {
        let own = class.name == "Distribution" && class.module == "setuptools.dist";
        return (!own).then(|| format!("`distclass` is `{}`", class.name));
    }
    let Some((bases, members)) = outcome.class_body(class) else {
        return Some("what the class given as `distclass` does is not known".to_owned());
    };
    let object = |base: &Value| matches!(&base.data, Data::Class(class) if class.name == "object");
    if let Some(reason) = bases.iter().filter(|base| !object(base)).find_map(|base| judge(outcome, base)) {
        return Some(reason);
    }
    let harmless = |name: &str| HARMLESS.contains(&name) || name.starts_with("has_");
    let changing = members.iter().find(|(name, _)| !harmless(name))?;
    Some(format!("the class given as `distclass` defines `{}`, which may change it", changing.0))
}
