//! `builtins` (`__builtin__` on Python 2): functions, types, exceptions.
//!
//! What input, addresses and hashes decide is unknown.

use super::builtins_items as items;
use super::builtins_numbers as numbers;
use super::builtins_text as text;
use super::io;
use crate::eval::arguments::Arguments;
use crate::eval::exceptions;
use crate::eval::exceptions::{ATTRIBUTE_ERROR, TYPE_ERROR};
use crate::eval::module::{Entry, Member, Module, function, seeing, when};
use crate::eval::object::Object;
use crate::eval::types;
use crate::eval::{CallArguments, Data, Evaluator, Raised, Value};

pub(super) static MODULE: Module =
    Module { name: "builtins", members: MEMBERS, available: Some(when::python3) };
/// The same table under its old name.
pub(super) static PYTHON2_MODULE: Module =
    Module { name: "__builtin__", members: MEMBERS, available: Some(when::python2) };

type Result = std::result::Result<Value, Raised>;

const MEMBERS: &[Entry] = &[
    ("ArithmeticError", Member::Class(&exceptions::ARITHMETIC_ERROR)),
    ("AssertionError", Member::Class(&exceptions::ASSERTION_ERROR)),
    ("AttributeError", Member::Class(&exceptions::ATTRIBUTE_ERROR)),
    ("BaseException", Member::Class(&exceptions::BASE_EXCEPTION)),
    ("BufferError", Member::Class(&exceptions::BUFFER_ERROR)),
    ("BytesWarning", Member::Class(&exceptions::BYTES_WARNING)),
    ("DeprecationWarning", Member::Class(&exceptions::DEPRECATION_WARNING)),
    ("EOFError", Member::Class(&exceptions::EOF_ERROR)),
    ("EnvironmentError", Member::Constant(|cx| Ok(environment_error(cx, &exceptions::ENVIRONMENT_ERROR)))),
    ("Exception", Member::Class(&exceptions::EXCEPTION)),
    ("FileExistsError", Member::Only(when::python3, &Member::Class(&exceptions::FILE_EXISTS_ERROR))),
    ("FileNotFoundError", Member::Only(when::python3, &Member::Class(&exceptions::FILE_NOT_FOUND_ERROR))),
    ("FutureWarning", Member::Class(&exceptions::FUTURE_WARNING)),
    ("GeneratorExit", Member::Class(&exceptions::GENERATOR_EXIT)),
    ("IOError", Member::Constant(|cx| Ok(environment_error(cx, &exceptions::IO_ERROR)))),
    ("ImportError", Member::Class(&exceptions::IMPORT_ERROR)),
    ("ImportWarning", Member::Class(&exceptions::IMPORT_WARNING)),
    ("IndentationError", Member::Class(&exceptions::INDENTATION_ERROR)),
    ("IndexError", Member::Class(&exceptions::INDEX_ERROR)),
    ("IsADirectoryError", Member::Only(when::python3, &Member::Class(&exceptions::IS_A_DIRECTORY_ERROR))),
    ("KeyError", Member::Class(&exceptions::KEY_ERROR)),
    ("KeyboardInterrupt", Member::Class(&exceptions::KEYBOARD_INTERRUPT)),
    ("LookupError", Member::Class(&exceptions::LOOKUP_ERROR)),
    ("MemoryError", Member::Class(&exceptions::MEMORY_ERROR)),
    ("ModuleNotFoundError", Member::Only(when::python3, &Member::Class(&exceptions::MODULE_NOT_FOUND_ERROR))),
    ("NameError", Member::Class(&exceptions::NAME_ERROR)),
    ("NotADirectoryError", Member::Only(when::python3, &Member::Class(&exceptions::NOT_A_DIRECTORY_ERROR))),
    ("NotImplementedError", Member::Class(&exceptions::NOT_IMPLEMENTED_ERROR)),
    ("OSError", Member::Class(&exceptions::OS_ERROR)),
    ("OverflowError", Member::Class(&exceptions::OVERFLOW_ERROR)),
    ("PendingDeprecationWarning", Member::Class(&exceptions::PENDING_DEPRECATION_WARNING)),
    ("PermissionError", Member::Only(when::python3, &Member::Class(&exceptions::PERMISSION_ERROR))),
    ("RecursionError", Member::Only(when::python3, &Member::Class(&exceptions::RECURSION_ERROR))),
    ("ResourceWarning", Member::Only(when::python3, &Member::Class(&exceptions::RESOURCE_WARNING))),
    ("RuntimeError", Member::Class(&exceptions::RUNTIME_ERROR)),
    ("RuntimeWarning", Member::Class(&exceptions::RUNTIME_WARNING)),
    ("StandardError", Member::Only(when::python2, &Member::Class(&exceptions::STANDARD_ERROR))),
    ("StopIteration", Member::Class(&exceptions::STOP_ITERATION)),
    ("SyntaxError", Member::Class(&exceptions::SYNTAX_ERROR)),
    ("SyntaxWarning", Member::Class(&exceptions::SYNTAX_WARNING)),
    ("SystemError", Member::Class(&exceptions::SYSTEM_ERROR)),
    ("SystemExit", Member::Class(&exceptions::SYSTEM_EXIT)),
    ("TypeError", Member::Class(&exceptions::TYPE_ERROR)),
    ("UnboundLocalError", Member::Class(&exceptions::UNBOUND_LOCAL_ERROR)),
    ("UnicodeDecodeError", Member::Class(&exceptions::UNICODE_DECODE_ERROR)),
    ("UnicodeEncodeError", Member::Class(&exceptions::UNICODE_ENCODE_ERROR)),
    ("UnicodeError", Member::Class(&exceptions::UNICODE_ERROR)),
    ("UnicodeWarning", Member::Class(&exceptions::UNICODE_WARNING)),
    ("UserWarning", Member::Class(&exceptions::USER_WARNING)),
    ("ValueError", Member::Class(&exceptions::VALUE_ERROR)),
    ("Warning", Member::Class(&exceptions::WARNING)),
    ("WindowsError", Member::Only(when::windows, &Member::Class(&exceptions::OS_ERROR))),
    ("ZeroDivisionError", Member::Class(&exceptions::ZERO_DIVISION_ERROR)),
    ("BlockingIOError", Member::Only(when::python3, &Member::Class(&exceptions::BLOCKING_IO_ERROR))),
    ("BrokenPipeError", Member::Only(when::python3, &Member::Class(&exceptions::BROKEN_PIPE_ERROR))),
    ("ChildProcessError", Member::Only(when::python3, &Member::Class(&exceptions::CHILD_PROCESS_ERROR))),
    (
        "ConnectionAbortedError",
        Member::Only(when::python3, &Member::Class(&exceptions::CONNECTION_ABORTED_ERROR)),
    ),
    ("ConnectionError", Member::Only(when::python3, &Member::Class(&exceptions::CONNECTION_ERROR))),
    (
        "ConnectionRefusedError",
        Member::Only(when::python3, &Member::Class(&exceptions::CONNECTION_REFUSED_ERROR)),
    ),
    (
        "ConnectionResetError",
        Member::Only(when::python3, &Member::Class(&exceptions::CONNECTION_RESET_ERROR)),
    ),
    ("FloatingPointError", Member::Class(&exceptions::FLOATING_POINT_ERROR)),
    ("InterruptedError", Member::Only(when::python3, &Member::Class(&exceptions::INTERRUPTED_ERROR))),
    ("ProcessLookupError", Member::Only(when::python3, &Member::Class(&exceptions::PROCESS_LOOKUP_ERROR))),
    ("ReferenceError", Member::Class(&exceptions::REFERENCE_ERROR)),
    ("StopAsyncIteration", Member::Only(when::python3, &Member::Class(&exceptions::STOP_ASYNC_ITERATION))),
    ("TabError", Member::Class(&exceptions::TAB_ERROR)),
    ("TimeoutError", Member::Only(when::python3, &Member::Class(&exceptions::TIMEOUT_ERROR))),
    ("UnicodeTranslateError", Member::Class(&exceptions::UNICODE_TRANSLATE_ERROR)),
    ("Ellipsis", Member::Constant(|_| Ok(Data::Ellipsis.into()))),
    ("NotImplemented", Member::Constant(|_| Ok(Data::NotImplemented.into()))),
    ("__build_class__", Member::Opaque("`__build_class__` is not modelled")),
    ("__builtins__", Member::Constant(|cx| cx.import_module(cx.builtins_name()))),
    ("__debug__", Member::Constant(|_| Ok(Value::bool(true)))),
    ("__import__", function("(name, globals=None, locals=None, fromlist=None, level=None)", import)),
    ("__spx_exec__", seeing("(code, globals=None, locals=None)", exec)),
    ("__spx_print__", seeing("(*values, file=None, trailing_comma=None)", text::print_statement)),
    ("__spx_raise__", seeing("(exception, value=None, traceback=None)", raised)),
    (
        "__spx_known__",
        seeing("(*values)", |_, arguments| Ok(Value::bool(!arguments.rest().iter().any(Value::is_unknown)))),
    ),
    (
        "__spx_copy_mode__",
        seeing("(source)", |cx, arguments| {
            let path = cx.path_of(&arguments.get(0))?;
            cx.copy_mode(&path);
            Ok(Value::NONE)
        }),
    ),
    ("__spx_unknown__", function("(*reasons)", ignorance)),
    ("__spx_repr__", function("(object)", text::repr)),
    ("abs", function("(x)", numbers::abs)),
    ("all", seeing("(iterable)", items::all)),
    ("any", seeing("(iterable)", items::any)),
    ("apply", Member::Only(when::python2, &seeing("(function, args=None, keywords=None)", apply))),
    ("ascii", Member::Only(when::python3, &function("(object)", text::ascii))),
    ("basestring", Member::Only(when::python2, &Member::Class(&types::BASESTRING))),
    ("bin", function("(number)", text::bin)),
    ("bool", Member::Class(&types::BOOL)),
    ("buffer", Member::Only(when::python2, &Member::Opaque("buffers are not modelled"))),
    (
        "BaseExceptionGroup",
        Member::Only(has_groups, &Member::Opaque("groups of exceptions are not modelled")),
    ),
    ("ExceptionGroup", Member::Only(has_groups, &Member::Opaque("groups of exceptions are not modelled"))),
    ("bytearray", Member::Opaque("bytearrays are not modelled")),
    ("bytes", Member::Class(&types::BYTES)),
    ("callable", function("(object)", callable)),
    ("chr", function("(i)", text::chr)),
    ("classmethod", Member::Class(&types::CLASSMETHOD)),
    ("cmp", Member::Only(when::python2, &function("(x, y)", compare))),
    ("compile", function("(source, filename, mode, flags=0, dont_inherit=False, optimize=-1)", compile)),
    ("coerce", Member::Only(when::python2, &Member::Opaque("`coerce` is not modelled"))),
    ("complex", Member::Opaque("complex numbers are not modelled")),
    ("delattr", function("(object, name)", delete_attribute)),
    ("dict", Member::Class(&types::DICT)),
    ("dir", function("(*object)", dir)),
    ("divmod", function("(x, y)", numbers::divide)),
    ("enumerate", seeing("(iterable, start=0)", items::enumerate)),
    ("eval", function("(source, globals=None, locals=None)", eval)),
    ("exec", seeing("(code, globals=None, locals=None)", exec)),
    ("execfile", Member::Only(when::python2, &seeing("(filename, globals=None, locals=None)", exec_file))),
    ("exit", function("(code=None)", super::sys::exit)),
    ("file", Member::Only(when::python2, &function("(name, mode='r', buffering=-1)", io::open_native))),
    ("filter", function("(function, iterable)", items::filter)),
    ("float", Member::Class(&types::FLOAT)),
    ("format", function("(value, format_spec='')", text::format)),
    ("frozenset", Member::Class(&types::FROZENSET)),
    ("getattr", seeing("(object, name, *default)", get_attribute)),
    ("globals", function("()", globals)),
    ("hasattr", function("(object, name)", has_attribute)),
    ("hash", function("(object)", numbers::hash)),
    ("help", Member::Ignored),
    ("hex", function("(number)", text::hex)),
    ("id", Member::Opaque("the address of an object differs from run to run")),
    ("input", Member::Opaque("what is typed in is not known")),
    ("int", Member::Class(&types::INT)),
    ("intern", Member::Only(when::python2, &function("(string)", itself))),
    ("isinstance", function("(object, classinfo)", is_instance)),
    ("issubclass", function("(cls, classinfo)", is_subclass)),
    ("iter", function("(object, *sentinel)", items::iter)),
    ("len", function("(object)", length)),
    ("list", Member::Class(&types::LIST)),
    ("locals", function("()", locals)),
    ("long", Member::Only(when::python2, &Member::Class(&types::LONG))),
    ("map", seeing("(function, *iterables)", items::map)),
    ("max", function("(*values, key=None, default=None)", items::max)),
    ("memoryview", Member::Opaque("memoryviews are not modelled")),
    ("min", function("(*values, key=None, default=None)", items::min)),
    ("next", seeing("(iterator, *default)", items::next)),
    ("object", Member::Class(&types::OBJECT)),
    ("oct", function("(number)", text::oct)),
    ("open", Member::Constant(io::builtin_open)),
    ("ord", function("(c)", text::ord)),
    ("pow", function("(x, y, z=None)", numbers::power)),
    ("print", seeing("(*values, sep=None, end=None, file=None, flush=False)", text::print)),
    ("property", Member::Class(&types::PROPERTY)),
    ("quit", function("(code=None)", super::sys::exit)),
    ("range", Member::Constant(items::builtin_range)),
    ("raw_input", Member::Only(when::python2, &Member::Opaque("what is typed in is not known"))),
    ("reduce", Member::Only(when::python2, &function("(function, iterable, *initial)", items::reduce))),
    ("reload", Member::Only(when::python2, &function("(module)", itself))),
    ("repr", function("(object)", text::repr)),
    ("reversed", function("(sequence)", items::reversed)),
    ("round", function("(number, ndigits=None)", numbers::round)),
    ("set", Member::Class(&types::SET)),
    ("setattr", seeing("(object, name, value)", set_attribute)),
    ("slice", Member::Class(&types::SLICE)),
    ("sorted", function("(iterable, cmp=None, key=None, reverse=False)", items::sorted)),
    ("staticmethod", Member::Class(&types::STATICMETHOD)),
    (
        "str",
        Member::Constant(|cx| Ok(Value::class(if cx.is_python2() { &types::BYTES } else { &types::TEXT }))),
    ),
    ("sum", function("(iterable, start=0)", items::sum)),
    ("super", Member::Class(&types::SUPER)),
    ("tuple", Member::Class(&types::TUPLE)),
    ("type", Member::Class(&types::TYPE)),
    ("unichr", Member::Only(when::python2, &function("(i)", text::unichr))),
    ("unicode", Member::Only(when::python2, &Member::Class(&types::TEXT))),
    ("vars", function("(object=None)", vars)),
    ("xrange", Member::Only(when::python2, &Member::Class(&types::RANGE))),
    ("zip", seeing("(*iterables, strict=False)", items::zip)),
];

/// `EnvironmentError` and `IOError`: classes of their own on Python 2, other names of `OSError` on Python 3.
fn environment_error(cx: &mut Evaluator<'_>, class: &'static crate::eval::module::Class) -> Value {
    Value::class(if cx.is_python2() { class } else { &exceptions::OS_ERROR })
}

fn has_groups(cx: &mut Evaluator<'_>) -> bool {
    cx.at_least(11)
}

/// What Python that is part of spx does not know; an argument that is unknown itself comes back.
fn ignorance(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let reason = arguments.rest().first().cloned().unwrap_or(Value::NONE);
    let reason = cx.text_of(&reason)?.to_string();
    Ok(cx.unknown_value(reason))
}

fn itself(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(arguments.get(0))
}

fn import(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(0))?;
    if name.is_empty() {
        return Err(cx.error(&exceptions::VALUE_ERROR, "Empty module name"));
    }
    let wanted = arguments.get(3);
    let names = if !wanted.is_none() && cx.truth(&wanted)? {
        let mut names = Vec::new();
        for item in cx.items(&wanted)? {
            names.push(cx.text_of(&item)?.to_string());
        }
        Some(names)
    } else {
        None
    };
    let level = match arguments.some(4).cloned() {
        Some(level) => Some(cx.int_of(&level)?),
        None => None,
    };
    cx.import_for(&name, names, level)
}

/// What `raise X, y, traceback` raises.
fn raised(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (class, value) = (arguments.get(0), arguments.get(1));
    if class.is_unknown() {
        return Ok(class);
    }
    let is_class = matches!(class.data, Data::Class(_))
        || class.as_object().is_some_and(|id| matches!(cx.state.object(id), Object::Class(_)));
    if !is_class {
        return Ok(class);
    }
    match &value.data {
        Data::None => cx.call(&class, vec![]),
        Data::Tuple(args) => cx.call(&class, args.to_vec()),
        _ if !value.is_unknown() && cx.is_instance_of(&value, &class)? => Ok(value),
        _ => cx.call(&class, vec![value]),
    }
}

fn apply(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let mut call = CallArguments::default();
    if let Some(args) = arguments.some(1).cloned() {
        call.positional = cx.items(&args)?;
    }
    if let Some(keywords) = arguments.some(2).cloned() {
        for (name, value) in cx.dict_items(&keywords)? {
            let name = cx.text_of(&name)?;
            call.keywords.push(crate::eval::Keyword { name, value, span: None });
        }
    }
    cx.call_with(&arguments.get(0), call)
}

fn callable(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let value = arguments.get(0);
    let answer = match value.data {
        Data::Native(_) | Data::Class(_) | Data::Bound(_) => true,
        Data::Object(id) => match cx.state.object(id) {
            Object::Function(_) | Object::Class(_) => true,
            Object::Instance(_) => cx.method(&value, "__call__")?.is_some(),
            _ => false,
        },
        _ => false,
    };
    Ok(Value::bool(answer))
}

fn compare(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (x, y) = (arguments.get(0), arguments.get(1));
    if cx.equal(&x, &y)? {
        return Ok(Value::int(0));
    }
    Ok(Value::int(if cx.less(&x, &y)? { -1 } else { 1 }))
}

/// The text of source that may be bytes; a code object gives its own.
fn source(cx: &mut Evaluator<'_>, value: &Value) -> std::result::Result<String, Raised> {
    if let Some(code) = cx.carried::<String>(value) {
        return Ok((*code).clone());
    }
    if cx.is_python2()
        && let Some(read) = cx.method(value, "read")?
    {
        // `exec` of an open file.
        let text = cx.call(&read, vec![])?;
        return source(cx, &text);
    }
    if let Data::Bytes(bytes) = &value.data {
        return match crate::text::encoding::decode_python(bytes) {
            Ok(text) => Ok(text),
            Err(error) => Err(cx.error(&exceptions::SYNTAX_ERROR, error.to_string())),
        };
    }
    Ok(cx.text_of(value)?.to_string())
}

pub(super) static CODE: crate::eval::module::Class =
    crate::eval::module::Class { name: "code", module: "builtins", bases: &[], members: &[], new: None };

/// The mode that code was compiled for.
const MODE: &str = "<mode>";

fn compile(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let text = source(cx, &arguments.get(0))?;
    let mode = cx.text_of(&arguments.get(2))?;
    if !matches!(&*mode, "exec" | "eval" | "single") {
        return Err(cx.error(&exceptions::VALUE_ERROR, "compile() mode must be 'exec', 'eval' or 'single'"));
    }
    cx.check_syntax(&text, &*mode == "eval")?;
    let code = cx.instance(&CODE);
    cx.put_attribute(&code, "co_filename", arguments.get(1));
    cx.put_attribute(&code, MODE, arguments.get(2));
    cx.carry(&code, std::sync::Arc::new(text));
    Ok(code)
}

fn exec(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (mut code, mut globals, mut locals) =
        (arguments.get(0), arguments.some(1).cloned(), arguments.some(2).cloned());
    // `exec(code, globals, locals)` of Python 2 may come as a tuple.
    if let Data::Tuple(parts) = &code.data.clone() {
        globals = parts.get(1).cloned().filter(|value| !value.is_none());
        locals = parts.get(2).cloned().filter(|value| !value.is_none());
        code = parts.first().cloned().unwrap_or(Value::NONE);
    }
    let result = match source(cx, &code) {
        Ok(text) => cx.exec_text(&text, globals.as_ref(), locals.as_ref()),
        Err(raised) => Err(raised),
    };
    match result {
        Err(Raised::Unknown(unknown)) => {
            // Unknown code may bind any name there.
            let (own, _) = cx.namespaces();
            let namespace = locals.or(globals).unwrap_or(own);
            if namespace.is_unknown() {
                cx.open_frames(&unknown);
            } else {
                cx.open_namespace(&namespace, &unknown);
            }
            Err(Raised::Unknown(unknown))
        }
        Err(other) => Err(other),
        Ok(()) => Ok(Value::NONE),
    }
}

fn exec_file(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (globals, locals) = (arguments.some(1).cloned(), arguments.some(2).cloned());
    let result = match cx.path_of(&arguments.get(0)) {
        Ok(path) => match cx.read_file(&path) {
            Ok(bytes) => match source(cx, &Value::bytes(bytes)) {
                Ok(text) => {
                    cx.file_origin(&path, &text);
                    cx.exec_text(&text, globals.as_ref(), locals.as_ref())
                }
                Err(raised) => Err(raised),
            },
            Err(raised) => Err(raised),
        },
        Err(raised) => Err(raised),
    };
    if let Err(Raised::Unknown(unknown)) = &result {
        let (own, _) = cx.namespaces();
        cx.open_namespace(&locals.or(globals).unwrap_or(own), unknown);
    }
    result.map(|()| Value::NONE)
}

fn eval(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let code = arguments.get(0);
    let text = source(cx, &code)?;
    let text = if cx.carried::<String>(&code).is_some() { text } else { text.trim_start().to_owned() };
    if let Some(mode) = cx.own_attribute(&code, MODE)
        && &*cx.text_of(&mode)? != "eval"
    {
        cx.exec_text(&text, arguments.some(1), arguments.some(2))?;
        return Ok(Value::NONE);
    }
    cx.eval_text(&text, arguments.some(1), arguments.some(2))
}

fn delete_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(1))?;
    cx.delete_attribute(&arguments.get(0), &name)?;
    Ok(Value::NONE)
}

fn get_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let object = arguments.get(0);
    if object.is_unknown() {
        return Ok(object);
    }
    let name = cx.text_of(&arguments.get(1))?;
    match (cx.get_attribute(&object, &name), arguments.rest().first()) {
        (Err(Raised::Exception(error)), Some(default)) if cx.is_instance(&error, &ATTRIBUTE_ERROR) => {
            Ok(default.clone())
        }
        (result, _) => result,
    }
}

fn has_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let name = cx.text_of(&arguments.get(1))?;
    match cx.get_attribute(&arguments.get(0), &name) {
        Ok(value) if value.is_unknown() => Ok(value),
        Ok(_) => Ok(Value::bool(true)),
        Err(Raised::Exception(error)) if cx.is_instance(&error, &ATTRIBUTE_ERROR) => Ok(Value::bool(false)),
        Err(other) => Err(other),
    }
}

fn set_attribute(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (object, name) = (arguments.get(0), arguments.get(1));
    if name.is_unknown() {
        cx.lose(vec![object], &name);
        return Ok(Value::NONE);
    }
    let name = cx.text_of(&name)?;
    cx.set_attribute(&object, &name, arguments.get(2))?;
    Ok(Value::NONE)
}

fn dir(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let namespace = match arguments.rest().first() {
        None => cx.namespaces().1,
        Some(value) => match value.as_object().map(|id| cx.state.object(id)) {
            Some(Object::Module(module)) if module.native.is_none() && module.partial.is_none() => {
                Value::object(module.namespace)
            }
            _ => return Err(cx.unknown("`dir()` of this is not modelled")),
        },
    };
    let keys = cx.items(&namespace)?;
    let sorted = cx.sorted(keys, &Value::NONE, &Value::NONE, &Value::bool(false))?;
    Ok(cx.list(sorted))
}

fn globals(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    Ok(cx.namespaces().0)
}

fn locals(cx: &mut Evaluator<'_>, _: &Arguments) -> Result {
    let (globals, locals) = cx.namespaces();
    if globals.is(&locals) {
        return Ok(globals);
    }
    // Of a function, a copy.
    let made = cx.dict(Vec::new())?;
    cx.update_dict(&made, &locals)?;
    Ok(made)
}

fn vars(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    match arguments.some(0).cloned() {
        None => locals(cx, arguments),
        Some(value) => match cx.get_attribute(&value, "__dict__") {
            Err(Raised::Exception(error)) if cx.is_instance(&error, &ATTRIBUTE_ERROR) => {
                Err(cx.error(&TYPE_ERROR, "vars() argument must have __dict__ attribute"))
            }
            found => found,
        },
    }
}

fn is_instance(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    let (value, class) = (arguments.get(0), arguments.get(1));
    if let Data::Class(wanted) = class.data
        && std::ptr::eq(wanted, &raw const types::TYPE)
    {
        let is_class = matches!(value.data, Data::Class(_))
            || value.as_object().is_some_and(|id| matches!(cx.state.object(id), Object::Class(_)));
        return Ok(Value::bool(is_class));
    }
    Ok(Value::bool(cx.is_instance_of(&value, &class)?))
}

fn is_subclass(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::bool(cx.is_subclass_of(&arguments.get(0), &arguments.get(1))?))
}

fn length(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result {
    Ok(Value::int(cx.length(&arguments.get(0))?))
}

/// The TypeError of a call with too few or too many arguments.
pub(super) fn wrong_arguments(cx: &mut Evaluator<'_>, name: &str) -> Raised {
    cx.error(&TYPE_ERROR, format!("{name}: wrong number of arguments"))
}
