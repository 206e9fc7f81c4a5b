//! Modules of which scripts use a name or two: `__future__`, `typing`, `abc`, `types`, `enum` and others that are there to
//! be imported.

use crate::eval::module::{Class, Entry, Member, Module, function, seeing, when};
use crate::eval::{Arguments, Data, Evaluator, Raised, Value};

const NO_TYPES: &str = "type hints are not followed";

macro_rules! module {
    ($ident:ident $name:literal $members:expr) => {
        pub(super) static $ident: Module = Module { name: $name, members: $members, available: None };
    };
}

module!(FUTURE "__future__" &[
    ("absolute_import", Member::Unknown("a feature of `__future__`")),
    ("annotations", Member::Unknown("a feature of `__future__`")),
    ("division", Member::Unknown("a feature of `__future__`")),
    ("generators", Member::Unknown("a feature of `__future__`")),
    ("nested_scopes", Member::Unknown("a feature of `__future__`")),
    ("print_function", Member::Unknown("a feature of `__future__`")),
    ("unicode_literals", Member::Unknown("a feature of `__future__`")),
    ("with_statement", Member::Unknown("a feature of `__future__`")),
]);

pub(super) static TYPING: Module =
    Module { name: "typing", members: TYPING_MEMBERS, available: Some(when::python3) };

const TYPING_MEMBERS: &[Entry] = &[
    ("TYPE_CHECKING", Member::Constant(|_| Ok(Value::bool(false)))),
    ("cast", seeing("(typ, val)", |_, arguments| Ok(arguments.get(1)))),
    ("Any", Member::Unknown(NO_TYPES)),
    ("Callable", Member::Unknown(NO_TYPES)),
    ("Dict", Member::Unknown(NO_TYPES)),
    ("Generator", Member::Unknown(NO_TYPES)),
    ("IO", Member::Unknown(NO_TYPES)),
    ("Iterable", Member::Unknown(NO_TYPES)),
    ("Iterator", Member::Unknown(NO_TYPES)),
    ("List", Member::Unknown(NO_TYPES)),
    ("Mapping", Member::Unknown(NO_TYPES)),
    ("Optional", Member::Unknown(NO_TYPES)),
    ("Sequence", Member::Unknown(NO_TYPES)),
    ("Set", Member::Unknown(NO_TYPES)),
    ("Tuple", Member::Unknown(NO_TYPES)),
    ("Type", Member::Unknown(NO_TYPES)),
    ("TypeVar", Member::Opaque(NO_TYPES)),
    ("Union", Member::Unknown(NO_TYPES)),
];

/// A class whose instances have no behaviour of their own.
static ABC_META: Class =
    Class { name: "ABCMeta", module: "abc", bases: &[&crate::eval::types::TYPE], members: &[], new: None };
static ABC_CLASS: Class = Class { name: "ABC", module: "abc", bases: &[], members: &[], new: None };

module!(ABC "abc" &[
    ("ABC", Member::Only(when::python3, &Member::Class(&ABC_CLASS))),
    ("ABCMeta", Member::Class(&ABC_META)),
    ("abstractmethod", function("(funcobj)", |_, arguments| Ok(arguments.get(0)))),
]);

module!(TYPES "types" &[
    ("SimpleNamespace", Member::Only(when::python3, &Member::Class(&SIMPLE_NAMESPACE))),
    ("ModuleType", Member::Class(&crate::eval::types::MODULE)),
    ("StringTypes", Member::Only(when::python2, &Member::Constant(string_types))),
    ("StringType", Member::Only(when::python2, &Member::Class(&crate::eval::types::BYTES))),
    ("UnicodeType", Member::Only(when::python2, &Member::Class(&crate::eval::types::TEXT))),
    ("ListType", Member::Only(when::python2, &Member::Class(&crate::eval::types::LIST))),
    ("TupleType", Member::Only(when::python2, &Member::Class(&crate::eval::types::TUPLE))),
    ("DictType", Member::Only(when::python2, &Member::Class(&crate::eval::types::DICT))),
    ("IntType", Member::Only(when::python2, &Member::Class(&crate::eval::types::INT))),
    ("NoneType", Member::Only(|cx| cx.is_python2() || cx.at_least(10), &Member::Class(&crate::eval::types::NONE_TYPE))),
]);

fn string_types(_: &mut Evaluator<'_>) -> Result<Value, Raised> {
    Ok(Value::tuple(vec![Value::class(&crate::eval::types::BYTES), Value::class(&crate::eval::types::TEXT)]))
}

static SIMPLE_NAMESPACE: Class = Class {
    name: "SimpleNamespace",
    module: "types",
    bases: &[],
    members: &[("__init__", function("(self, **keywords)", fill))],
    new: None,
};

fn fill(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    for keyword in arguments.keywords() {
        cx.put_attribute(&arguments.get(0), &keyword.name, keyword.value.clone());
    }
    Ok(Value::NONE)
}

pub(super) static COLLECTIONS_ABC: Module =
    Module { name: "collections.abc", members: &[], available: Some(when::python3) };
module!(LOCALE "locale" &[
    ("setlocale", Member::Opaque("the locale depends on the machine that builds")),
    ("getpreferredencoding", Member::Opaque("the locale depends on the machine that builds")),
    ("getdefaultlocale", Member::Opaque("the locale depends on the machine that builds")),
    ("getlocale", Member::Opaque("the locale depends on the machine that builds")),
    ("LC_ALL", Member::Unknown("the number of a locale's category")),
    ("LC_CTYPE", Member::Unknown("the number of a locale's category")),
    ("Error", Member::Class(&LOCALE_ERROR)),
]);
static LOCALE_ERROR: Class = Class {
    name: "Error",
    module: "locale",
    bases: &[&crate::eval::exceptions::EXCEPTION],
    members: &[],
    new: None,
};

/// Python 2's own in-memory files: one of `io` that fits what it is given.
pub(super) static STRING_IO: Module =
    Module { name: "StringIO", members: STRING_IO_MEMBERS, available: Some(when::python2) };
pub(super) static C_STRING_IO: Module =
    Module { name: "cStringIO", members: STRING_IO_MEMBERS, available: Some(when::python2) };

const STRING_IO_MEMBERS: &[Entry] = &[("StringIO", function("(buf='')", string_io))];

fn string_io(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let buffer = arguments.get(0);
    let io = cx.import_module("io")?;
    let name = if matches!(buffer.data, Data::Text(_)) { "StringIO" } else { "BytesIO" };
    let class = cx.get_attribute(&io, name)?;
    cx.call(&class, vec![buffer])
}

module!(ERRNO "errno" &[
    ("ENOENT", Member::Constant(|_| Ok(Value::int(2)))),
    ("EACCES", Member::Constant(|_| Ok(Value::int(13)))),
    ("EEXIST", Member::Constant(|_| Ok(Value::int(17)))),
    ("ENOTDIR", Member::Constant(|_| Ok(Value::int(20)))),
    ("EISDIR", Member::Constant(|_| Ok(Value::int(21)))),
    ("EINVAL", Member::Constant(|_| Ok(Value::int(22)))),
]);
module!(STAT "stat" &[
    ("S_IRUSR", Member::Constant(|_| Ok(Value::int(0o400)))),
    ("S_IWUSR", Member::Constant(|_| Ok(Value::int(0o200)))),
    ("S_IXUSR", Member::Constant(|_| Ok(Value::int(0o100)))),
    ("S_IRGRP", Member::Constant(|_| Ok(Value::int(0o40)))),
    ("S_IXGRP", Member::Constant(|_| Ok(Value::int(0o10)))),
    ("S_IROTH", Member::Constant(|_| Ok(Value::int(0o4)))),
    ("S_IXOTH", Member::Constant(|_| Ok(Value::int(0o1)))),
    ("S_IEXEC", Member::Constant(|_| Ok(Value::int(0o100)))),
]);
