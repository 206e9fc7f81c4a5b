//! Python's built-in exceptions: classes, instances, and how they are raised.

use super::Evaluator;
use super::arguments::Arguments;
use super::module::{Class, Entry, Member, function, when};
use super::object::{ClassRef, Object};
use super::raised::Raised;
use super::value::{Data, Value};

macro_rules! exceptions {
    ($($ident:ident $name:literal [$($base:expr)?];)*) => {
        $(pub static $ident: Class = Class {
            name: $name,
            module: "builtins",
            bases: &[$($base)?],
            members: EXCEPTION_MEMBERS,
            new: None,
        };)*
        /// Every one of them, by name.
        pub static ALL: &[&Class] = &[$(&$ident),*];
    };
}

exceptions! {
    BASE_EXCEPTION "BaseException" [];
    SYSTEM_EXIT "SystemExit" [&BASE_EXCEPTION];
    KEYBOARD_INTERRUPT "KeyboardInterrupt" [&BASE_EXCEPTION];
    GENERATOR_EXIT "GeneratorExit" [&BASE_EXCEPTION];
    EXCEPTION "Exception" [&BASE_EXCEPTION];
    STOP_ITERATION "StopIteration" [&EXCEPTION];
    ARITHMETIC_ERROR "ArithmeticError" [&EXCEPTION];
    OVERFLOW_ERROR "OverflowError" [&ARITHMETIC_ERROR];
    ZERO_DIVISION_ERROR "ZeroDivisionError" [&ARITHMETIC_ERROR];
    ASSERTION_ERROR "AssertionError" [&EXCEPTION];
    ATTRIBUTE_ERROR "AttributeError" [&EXCEPTION];
    BUFFER_ERROR "BufferError" [&EXCEPTION];
    EOF_ERROR "EOFError" [&EXCEPTION];
    IMPORT_ERROR "ImportError" [&EXCEPTION];
    MODULE_NOT_FOUND_ERROR "ModuleNotFoundError" [&IMPORT_ERROR];
    LOOKUP_ERROR "LookupError" [&EXCEPTION];
    INDEX_ERROR "IndexError" [&LOOKUP_ERROR];
    KEY_ERROR "KeyError" [&LOOKUP_ERROR];
    MEMORY_ERROR "MemoryError" [&EXCEPTION];
    NAME_ERROR "NameError" [&EXCEPTION];
    UNBOUND_LOCAL_ERROR "UnboundLocalError" [&NAME_ERROR];
    ENVIRONMENT_ERROR "EnvironmentError" [&EXCEPTION];
    IO_ERROR "IOError" [&ENVIRONMENT_ERROR];
    OS_ERROR "OSError" [&ENVIRONMENT_ERROR];
    FILE_NOT_FOUND_ERROR "FileNotFoundError" [&OS_ERROR];
    FILE_EXISTS_ERROR "FileExistsError" [&OS_ERROR];
    IS_A_DIRECTORY_ERROR "IsADirectoryError" [&OS_ERROR];
    NOT_A_DIRECTORY_ERROR "NotADirectoryError" [&OS_ERROR];
    PERMISSION_ERROR "PermissionError" [&OS_ERROR];
    BLOCKING_IO_ERROR "BlockingIOError" [&OS_ERROR];
    CHILD_PROCESS_ERROR "ChildProcessError" [&OS_ERROR];
    CONNECTION_ERROR "ConnectionError" [&OS_ERROR];
    BROKEN_PIPE_ERROR "BrokenPipeError" [&CONNECTION_ERROR];
    CONNECTION_ABORTED_ERROR "ConnectionAbortedError" [&CONNECTION_ERROR];
    CONNECTION_REFUSED_ERROR "ConnectionRefusedError" [&CONNECTION_ERROR];
    CONNECTION_RESET_ERROR "ConnectionResetError" [&CONNECTION_ERROR];
    INTERRUPTED_ERROR "InterruptedError" [&OS_ERROR];
    PROCESS_LOOKUP_ERROR "ProcessLookupError" [&OS_ERROR];
    TIMEOUT_ERROR "TimeoutError" [&OS_ERROR];
    STOP_ASYNC_ITERATION "StopAsyncIteration" [&EXCEPTION];
    FLOATING_POINT_ERROR "FloatingPointError" [&ARITHMETIC_ERROR];
    REFERENCE_ERROR "ReferenceError" [&EXCEPTION];
    TAB_ERROR "TabError" [&INDENTATION_ERROR];
    UNICODE_TRANSLATE_ERROR "UnicodeTranslateError" [&UNICODE_ERROR];
    RUNTIME_ERROR "RuntimeError" [&EXCEPTION];
    NOT_IMPLEMENTED_ERROR "NotImplementedError" [&RUNTIME_ERROR];
    RECURSION_ERROR "RecursionError" [&RUNTIME_ERROR];
    SYNTAX_ERROR "SyntaxError" [&EXCEPTION];
    INDENTATION_ERROR "IndentationError" [&SYNTAX_ERROR];
    SYSTEM_ERROR "SystemError" [&EXCEPTION];
    TYPE_ERROR "TypeError" [&EXCEPTION];
    VALUE_ERROR "ValueError" [&EXCEPTION];
    UNICODE_ERROR "UnicodeError" [&VALUE_ERROR];
    UNICODE_DECODE_ERROR "UnicodeDecodeError" [&UNICODE_ERROR];
    UNICODE_ENCODE_ERROR "UnicodeEncodeError" [&UNICODE_ERROR];
    WARNING "Warning" [&EXCEPTION];
    DEPRECATION_WARNING "DeprecationWarning" [&WARNING];
    PENDING_DEPRECATION_WARNING "PendingDeprecationWarning" [&WARNING];
    RUNTIME_WARNING "RuntimeWarning" [&WARNING];
    SYNTAX_WARNING "SyntaxWarning" [&WARNING];
    USER_WARNING "UserWarning" [&WARNING];
    FUTURE_WARNING "FutureWarning" [&WARNING];
    IMPORT_WARNING "ImportWarning" [&WARNING];
    UNICODE_WARNING "UnicodeWarning" [&WARNING];
    BYTES_WARNING "BytesWarning" [&WARNING];
    RESOURCE_WARNING "ResourceWarning" [&WARNING];
    STANDARD_ERROR "StandardError" [&EXCEPTION];
}

/// What each exception class adds of its own is nothing; these stand for all.
const EXCEPTION_MEMBERS: &[Entry] = &[
    ("__init__", function("(self, *args, **keywords)", initialise)),
    ("__str__", function("(self)", to_text)),
    ("with_traceback", Member::Only(when::python3, &function("(self, traceback)", with_traceback))),
    ("__traceback__", Member::Unknown("a traceback is not followed")),
    ("__cause__", Member::Constant(|_| Ok(Value::NONE))),
    ("__context__", Member::Constant(|_| Ok(Value::NONE))),
    ("__suppress_context__", Member::Only(when::python3, &Member::Constant(|_| Ok(Value::bool(false))))),
    ("__getitem__", Member::Only(when::python2, &function("(self, key)", argument))),
    ("add_note", Member::Only(has_notes, &function("(self, note)", add_note))),
    ("message", Member::Only(when::python2, &Member::Property(message))),
    ("args", Member::Constant(|_| Ok(Value::tuple(Vec::new())))),
];

fn initialise(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let args = arguments.rest().to_vec();
    let class = cx.native_class(&this);
    if class.is_some_and(|class| class.derives_from(&SYSTEM_EXIT)) {
        let code = match args.as_slice() {
            [] => Value::NONE,
            [one] => one.clone(),
            _ => Value::tuple(args.clone()),
        };
        cx.set_attribute(&this, "code", code)?;
    }
    if class.is_some_and(|class| class.derives_from(&ENVIRONMENT_ERROR)) && args.len() >= 2 {
        for (name, value) in ["errno", "strerror", "filename"].iter().zip(&args) {
            cx.set_attribute(&this, name, value.clone())?;
        }
    }
    if class.is_some_and(|class| class.derives_from(&UNICODE_ERROR)) && args.len() == 5 {
        cx.put_codec_details(&this, &args);
    }
    for keyword in arguments.keywords() {
        cx.set_attribute(&this, &keyword.name, keyword.value.clone())?;
    }
    cx.set_attribute(&this, "args", Value::tuple(args))?;
    Ok(Value::NONE)
}

fn to_text(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let this = arguments.get(0);
    let args = cx.get_attribute(&this, "args")?;
    let args = cx.items(&args)?;
    let class = cx.native_class(&this);
    match args.as_slice() {
        [] => Ok(cx.native_text("")),
        [one] if class.is_some_and(|class| class.derives_from(&KEY_ERROR)) => cx.repr(one),
        [one] => cx.to_str(one),
        [number, text, more @ ..] if class.is_some_and(|class| class.derives_from(&ENVIRONMENT_ERROR)) => {
            let (number, text) = (cx.display(number)?, cx.display(text)?);
            let file = match more.first() {
                Some(name) => {
                    let shown = cx.repr(name)?;
                    format!(": {}", cx.text_of(&shown)?)
                }
                None => String::new(),
            };
            Ok(cx.native_text(&format!("[Errno {number}] {text}{file}")))
        }
        [name, object, start, end, reason]
            if class.is_some_and(|class| class.derives_from(&UNICODE_ERROR)) =>
        {
            codec_text(cx, name, object, (start, end), reason)
        }
        _ => cx.repr(&Value::tuple(args)),
    }
}

/// An exception of Python 2 as the sequence of its arguments: `except IOError, (number, text)`.
fn argument(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let args = cx.get_attribute(&arguments.get(0), "args")?;
    cx.get_item(&args, &arguments.get(1))
}

fn has_notes(cx: &mut Evaluator<'_>) -> bool {
    cx.at_least(11)
}

fn add_note(cx: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    let (this, note) = (arguments.get(0), arguments.get(1));
    match cx.own_attribute(&this, "__notes__") {
        Some(notes) => cx.call_method(&notes, "append", vec![note])?,
        None => {
            let notes = cx.list(vec![note]);
            cx.put_attribute(&this, "__notes__", notes);
            Value::NONE
        }
    };
    Ok(Value::NONE)
}

/// "'ascii' codec can't decode byte 0xff in position 2: ordinal not in range(128)".
fn codec_text(
    cx: &mut Evaluator<'_>,
    name: &Value,
    object: &Value,
    (start, end): (&Value, &Value),
    reason: &Value,
) -> Result<Value, Raised> {
    let (start, end) = (cx.int_of(start)?, cx.int_of(end)?);
    let (name, reason) = (cx.display(name)?, cx.display(reason)?);
    let at = usize::try_from(start).unwrap_or(0);
    let (verb, one, many) = match &object.data {
        Data::Bytes(bytes) => ("decode", bytes.get(at).map(|byte| format!("byte 0x{byte:02x}")), "bytes"),
        Data::Text(text) => {
            let prefix = if cx.is_python2() { "u" } else { "" };
            let shown = text.chars().nth(at).map(|character| {
                let escaped = match u32::from(character) {
                    code @ 0..=0xff => format!("\\x{code:02x}"),
                    code @ 0x100..=0xffff => format!("\\u{code:04x}"),
                    code => format!("\\U{code:08x}"),
                };
                format!("character {prefix}'{escaped}'")
            });
            ("encode", shown, "characters")
        }
        _ => return Err(cx.unknown("the text of this codec's error is not modelled")),
    };
    let text = match one {
        Some(one) if end == start + 1 => {
            format!("'{name}' codec can't {verb} {one} in position {start}: {reason}")
        }
        _ => format!("'{name}' codec can't {verb} {many} in position {start}-{}: {reason}", end - 1),
    };
    Ok(cx.native_text(&text))
}

fn with_traceback(_: &mut Evaluator<'_>, arguments: &Arguments) -> Result<Value, Raised> {
    Ok(arguments.get(0))
}

fn message(cx: &mut Evaluator<'_>, this: &Value) -> Result<Value, Raised> {
    if !cx.is_python2() {
        return Err(cx.error(&ATTRIBUTE_ERROR, "exceptions have no attribute 'message'"));
    }
    let args = cx.get_attribute(this, "args")?;
    let args = cx.items(&args)?;
    Ok(if let [one] = args.as_slice() { one.clone() } else { cx.native_text("") })
}

impl Evaluator<'_> {
    /// The exceptions among a class's bases as the target has them: Python 2 has StandardError above most, Python 3 no
    /// EnvironmentError of its own.
    pub(super) fn adapt_exceptions(&self, order: &mut Vec<&'static Class>) {
        let is = |class: &'static Class, other: &'static Class| std::ptr::eq(class, other);
        if !self.is_python2() {
            if order.len() > 1 {
                order.retain(|class| !is(class, &ENVIRONMENT_ERROR));
            }
            return;
        }
        let Some(top) = order.iter().position(|class| is(class, &EXCEPTION)) else { return };
        let below = top.checked_sub(1).and_then(|below| order.get(below)).copied();
        let apart = [&STOP_ITERATION, &WARNING, &STANDARD_ERROR];
        if below.is_some_and(|below| !apart.iter().any(|other| is(below, other))) {
            order.insert(top, &STANDARD_ERROR);
        }
    }

    /// The class that a call of `OSError` gives: by the error's number, one of its subclasses (PEP 3151).
    pub(super) fn specific_error(
        &self,
        class: &'static Class,
        arguments: &super::CallArguments,
    ) -> &'static Class {
        let number = match arguments.positional.as_slice() {
            [Value { data: Data::Int(number), .. }, _, ..] => *number,
            _ => return class,
        };
        if self.is_python2() || !std::ptr::eq(class, &raw const OS_ERROR) {
            return class;
        }
        match number {
            1 | 13 => &PERMISSION_ERROR,
            2 => &FILE_NOT_FOUND_ERROR,
            3 => &PROCESS_LOOKUP_ERROR,
            4 => &INTERRUPTED_ERROR,
            10 => &CHILD_PROCESS_ERROR,
            11 => &BLOCKING_IO_ERROR,
            17 => &FILE_EXISTS_ERROR,
            20 => &NOT_A_DIRECTORY_ERROR,
            21 => &IS_A_DIRECTORY_ERROR,
            32 => &BROKEN_PIPE_ERROR,
            103 => &CONNECTION_ABORTED_ERROR,
            104 => &CONNECTION_RESET_ERROR,
            110 => &TIMEOUT_ERROR,
            111 => &CONNECTION_REFUSED_ERROR,
            _ => class,
        }
    }

    /// Whether an exception says that the world was not as expected: OSError, and on Python 2 IOError.
    pub fn is_environment_error(&self, error: &Value) -> bool {
        self.is_instance(error, if self.is_python2() { &ENVIRONMENT_ERROR } else { &OS_ERROR })
    }

    /// What opening a file raises: on Python 2 always IOError.
    pub(super) fn opening_error(&self, class: &'static Class) -> &'static Class {
        if self.is_python2() { &IO_ERROR } else { class }
    }

    /// An exception to return as `Err`, raised at the expression being evaluated.
    pub fn error(&mut self, class: &'static Class, message: impl AsRef<str>) -> Raised {
        let message = self.native_text(message.as_ref());
        self.error_with(class, vec![message])
    }

    /// Like [`Self::error`], with the exception's arguments.
    pub fn error_with(&mut self, class: &'static Class, args: Vec<Value>) -> Raised {
        let instance = self.instance(class);
        if class.derives_from(&ENVIRONMENT_ERROR) && args.len() >= 2 {
            for (name, value) in ["errno", "strerror", "filename"].iter().zip(&args) {
                self.put_attribute(&instance, name, value.clone());
            }
        }
        if class.derives_from(&STOP_ITERATION) {
            let value = args.first().cloned().unwrap_or(Value::NONE);
            self.put_attribute(&instance, "value", value);
        }
        if class.derives_from(&SYSTEM_EXIT) {
            let code = args.first().cloned().unwrap_or(Value::NONE);
            self.put_attribute(&instance, "code", code);
        }
        self.put_attribute(&instance, "args", Value::tuple(args.clone()));
        if class.derives_from(&UNICODE_ERROR) && args.len() == 5 {
            self.put_codec_details(&instance, &args);
        } else if class.derives_from(&UNICODE_ERROR) || class.derives_from(&SYNTAX_ERROR) {
            let unknown = self.unknown_value("the details of this error are not modelled");
            self.open_attributes(&instance, &unknown);
        }
        let origin = self.origin_here();
        Raised::Exception(instance.with_origin(origin))
    }

    /// What the five arguments of a codec's error are.
    fn put_codec_details(&mut self, instance: &Value, args: &[Value]) {
        for (name, value) in ["encoding", "object", "start", "end", "reason"].iter().zip(args) {
            self.put_attribute(instance, name, value.clone());
        }
    }

    /// The StopIteration at the end of an iterator; of a generator, with what it returned.
    pub fn stop_iteration(&mut self) -> Raised {
        let value = self.generator_result.take().filter(|value| !value.is_none());
        self.error_with(&STOP_ITERATION, value.into_iter().collect())
    }

    /// The built-in class that a value's class is or derives from.
    pub fn native_class(&self, value: &Value) -> Option<&'static Class> {
        let class = match &value.data {
            Data::Object(id) => match self.state.object(*id) {
                Object::Instance(instance) => instance.class,
                _ => return None,
            },
            _ => return None,
        };
        self.native_base(class)
    }

    /// The first built-in class in a class's order.
    pub fn native_base(&self, class: ClassRef) -> Option<&'static Class> {
        match class {
            ClassRef::Native(class) => Some(class),
            ClassRef::Script(id) => match self.state.object(id) {
                Object::Class(class) => class.order.iter().find_map(|class| match class {
                    ClassRef::Native(class) => Some(*class),
                    ClassRef::Script(_) => None,
                }),
                _ => None,
            },
        }
    }
}
