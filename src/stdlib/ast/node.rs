//! The classes of nodes.

use crate::eval::Evaluator;
use crate::eval::module::{Class, Entry, Member, function};

/// The base of all nodes.
pub(super) static AST: Class = node("AST", &[]);

const fn node(name: &'static str, bases: &'static [&'static Class]) -> Class {
    Class { name, module: "ast", bases, members: &[], new: None }
}

static MOD: Class = node("mod", &[&AST]);
static STMT: Class = node("stmt", &[&AST]);
static EXPR: Class = node("expr", &[&AST]);
static EXPR_CONTEXT: Class = node("expr_context", &[&AST]);
static BOOLOP: Class = node("boolop", &[&AST]);
static OPERATOR: Class = node("operator", &[&AST]);
static UNARYOP: Class = node("unaryop", &[&AST]);
static CMPOP: Class = node("cmpop", &[&AST]);
static N_MODULE: Class = node("Module", &[&MOD]);
static N_EXPRESSION: Class = node("Expression", &[&MOD]);
static N_FUNCTION_DEF: Class = node("FunctionDef", &[&STMT]);
static N_ASYNC_FUNCTION_DEF: Class = node("AsyncFunctionDef", &[&STMT]);
static N_CLASS_DEF: Class = node("ClassDef", &[&STMT]);
static N_RETURN: Class = node("Return", &[&STMT]);
static N_DELETE: Class = node("Delete", &[&STMT]);
static N_ASSIGN: Class = node("Assign", &[&STMT]);
static N_AUG_ASSIGN: Class = node("AugAssign", &[&STMT]);
static N_ANN_ASSIGN: Class = node("AnnAssign", &[&STMT]);
static N_FOR: Class = node("For", &[&STMT]);
static N_ASYNC_FOR: Class = node("AsyncFor", &[&STMT]);
static N_WHILE: Class = node("While", &[&STMT]);
static N_IF: Class = node("If", &[&STMT]);
static N_WITH: Class = node("With", &[&STMT]);
static N_ASYNC_WITH: Class = node("AsyncWith", &[&STMT]);
static N_RAISE: Class = node("Raise", &[&STMT]);
static N_TRY: Class = node("Try", &[&STMT]);
static N_TRY_EXCEPT: Class = node("TryExcept", &[&STMT]);
static N_TRY_FINALLY: Class = node("TryFinally", &[&STMT]);
static N_ASSERT: Class = node("Assert", &[&STMT]);
static N_IMPORT: Class = node("Import", &[&STMT]);
static N_IMPORT_FROM: Class = node("ImportFrom", &[&STMT]);
static N_GLOBAL: Class = node("Global", &[&STMT]);
static N_NONLOCAL: Class = node("Nonlocal", &[&STMT]);
static N_EXPR: Class = node("Expr", &[&STMT]);
static N_PASS: Class = node("Pass", &[&STMT]);
static N_BREAK: Class = node("Break", &[&STMT]);
static N_CONTINUE: Class = node("Continue", &[&STMT]);
static N_BOOL_OP: Class = node("BoolOp", &[&EXPR]);
static N_NAMED_EXPR: Class = node("NamedExpr", &[&EXPR]);
static N_BIN_OP: Class = node("BinOp", &[&EXPR]);
static N_UNARY_OP: Class = node("UnaryOp", &[&EXPR]);
static N_LAMBDA: Class = node("Lambda", &[&EXPR]);
static N_IF_EXP: Class = node("IfExp", &[&EXPR]);
static N_DICT: Class = node("Dict", &[&EXPR]);
static N_SET: Class = node("Set", &[&EXPR]);
static N_LIST_COMP: Class = node("ListComp", &[&EXPR]);
static N_SET_COMP: Class = node("SetComp", &[&EXPR]);
static N_DICT_COMP: Class = node("DictComp", &[&EXPR]);
static N_GENERATOR_EXP: Class = node("GeneratorExp", &[&EXPR]);
static N_AWAIT: Class = node("Await", &[&EXPR]);
static N_YIELD: Class = node("Yield", &[&EXPR]);
static N_YIELD_FROM: Class = node("YieldFrom", &[&EXPR]);
static N_COMPARE: Class = node("Compare", &[&EXPR]);
static N_CALL: Class = node("Call", &[&EXPR]);
static N_FORMATTED_VALUE: Class = node("FormattedValue", &[&EXPR]);
static N_JOINED_STR: Class = node("JoinedStr", &[&EXPR]);
static N_ATTRIBUTE: Class = node("Attribute", &[&EXPR]);
static N_SUBSCRIPT: Class = node("Subscript", &[&EXPR]);
static N_STARRED: Class = node("Starred", &[&EXPR]);
static N_NAME: Class = node("Name", &[&EXPR]);
static N_LIST: Class = node("List", &[&EXPR]);
static N_TUPLE: Class = node("Tuple", &[&EXPR]);
static N_SLICE: Class = node("Slice", &[&EXPR]);
static N_LOAD: Class = node("Load", &[&EXPR_CONTEXT]);
static N_STORE: Class = node("Store", &[&EXPR_CONTEXT]);
static N_DEL: Class = node("Del", &[&EXPR_CONTEXT]);
static N_AND: Class = node("And", &[&BOOLOP]);
static N_OR: Class = node("Or", &[&BOOLOP]);
static N_ADD: Class = node("Add", &[&OPERATOR]);
static N_SUB: Class = node("Sub", &[&OPERATOR]);
static N_MULT: Class = node("Mult", &[&OPERATOR]);
static N_MAT_MULT: Class = node("MatMult", &[&OPERATOR]);
static N_DIV: Class = node("Div", &[&OPERATOR]);
static N_MOD: Class = node("Mod", &[&OPERATOR]);
static N_POW: Class = node("Pow", &[&OPERATOR]);
static N_LSHIFT: Class = node("LShift", &[&OPERATOR]);
static N_RSHIFT: Class = node("RShift", &[&OPERATOR]);
static N_BIT_OR: Class = node("BitOr", &[&OPERATOR]);
static N_BIT_XOR: Class = node("BitXor", &[&OPERATOR]);
static N_BIT_AND: Class = node("BitAnd", &[&OPERATOR]);
static N_FLOOR_DIV: Class = node("FloorDiv", &[&OPERATOR]);
static N_INVERT: Class = node("Invert", &[&UNARYOP]);
static N_NOT: Class = node("Not", &[&UNARYOP]);
static N_UADD: Class = node("UAdd", &[&UNARYOP]);
static N_USUB: Class = node("USub", &[&UNARYOP]);
static N_EQ: Class = node("Eq", &[&CMPOP]);
static N_NOT_EQ: Class = node("NotEq", &[&CMPOP]);
static N_LT: Class = node("Lt", &[&CMPOP]);
static N_LT_E: Class = node("LtE", &[&CMPOP]);
static N_GT: Class = node("Gt", &[&CMPOP]);
static N_GT_E: Class = node("GtE", &[&CMPOP]);
static N_IS: Class = node("Is", &[&CMPOP]);
static N_IS_NOT: Class = node("IsNot", &[&CMPOP]);
static N_IN: Class = node("In", &[&CMPOP]);
static N_NOT_IN: Class = node("NotIn", &[&CMPOP]);
static N_COMPREHENSION: Class = node("comprehension", &[&AST]);
static N_EXCEPT_HANDLER: Class = node("ExceptHandler", &[&AST]);
static N_ARGUMENTS: Class = node("arguments", &[&AST]);
static N_ARG: Class = node("arg", &[&AST]);
static N_KEYWORD: Class = node("keyword", &[&AST]);
static N_ALIAS: Class = node("alias", &[&AST]);
static N_WITHITEM: Class = node("withitem", &[&AST]);

/// Since 3.8 every constant is a `Constant`; `isinstance(node, ast.Str)` went on to hold until 3.13.
static CONSTANT: Class = node("Constant", &[&EXPR]);
static STR: Class = node("Str", &[&EXPR]);
static NUM: Class = node("Num", &[&EXPR]);
static BYTES: Class = node("Bytes", &[&EXPR]);
static NAME_CONSTANT: Class = node("NameConstant", &[&EXPR]);
static ELLIPSIS: Class = node("Ellipsis", &[&EXPR]);
static CONSTANT_STR: Class = node("Constant", &[&CONSTANT, &STR]);
static CONSTANT_NUM: Class = node("Constant", &[&CONSTANT, &NUM]);
static CONSTANT_BYTES: Class = node("Constant", &[&CONSTANT, &BYTES]);
static CONSTANT_NAME: Class = node("Constant", &[&CONSTANT, &NAME_CONSTANT]);
static CONSTANT_ELLIPSIS: Class = node("Constant", &[&CONSTANT, &ELLIPSIS]);

/// What a constant is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Bytes,
    Name,
    Ellipsis,
}

/// The class of a constant's node in the target's Python.
pub(super) fn constant(cx: &mut Evaluator<'_>, kind: Kind) -> &'static Class {
    let modern = cx.at_least(8);
    match (kind, modern) {
        (Kind::Text, true) => &CONSTANT_STR,
        (Kind::Text, false) => &STR,
        (Kind::Number, true) => &CONSTANT_NUM,
        (Kind::Number, false) => &NUM,
        (Kind::Bytes, true) => &CONSTANT_BYTES,
        // Python 2 has one class for its strings.
        (Kind::Bytes, false) if cx.is_python2() => &STR,
        (Kind::Bytes, false) => &BYTES,
        (Kind::Name, true) => &CONSTANT_NAME,
        (Kind::Name, false) => &NAME_CONSTANT,
        (Kind::Ellipsis, true) => &CONSTANT_ELLIPSIS,
        (Kind::Ellipsis, false) => &ELLIPSIS,
    }
}

/// The class of nodes by that name; `AST` for none.
pub(super) fn class(name: &str) -> &'static Class {
    CLASSES.iter().find(|entry| entry.0 == name).map_or(&AST, |entry| entry.1)
}

/// The name of the class that a `Constant` would have been before 3.8.
pub(super) fn old_name(class: &'static Class) -> Option<&'static str> {
    class.bases.get(1).map(|base| base.name)
}

fn before_3_14(cx: &mut Evaluator<'_>) -> bool {
    !cx.at_least(14)
}

fn before_3_8(cx: &mut Evaluator<'_>) -> bool {
    !cx.at_least(8)
}

fn since_3_6(cx: &mut Evaluator<'_>) -> bool {
    super::super::versions::at_least(cx, 6)
}

fn python2(cx: &mut Evaluator<'_>) -> bool {
    cx.is_python2()
}

fn python3(cx: &mut Evaluator<'_>) -> bool {
    !cx.is_python2()
}

/// Every class but those of constants, by name.
static CLASSES: &[(&str, &Class)] = &[
    ("AST", &AST),
    ("mod", &MOD),
    ("stmt", &STMT),
    ("expr", &EXPR),
    ("expr_context", &EXPR_CONTEXT),
    ("boolop", &BOOLOP),
    ("operator", &OPERATOR),
    ("unaryop", &UNARYOP),
    ("cmpop", &CMPOP),
    ("Module", &N_MODULE),
    ("Expression", &N_EXPRESSION),
    ("FunctionDef", &N_FUNCTION_DEF),
    ("AsyncFunctionDef", &N_ASYNC_FUNCTION_DEF),
    ("ClassDef", &N_CLASS_DEF),
    ("Return", &N_RETURN),
    ("Delete", &N_DELETE),
    ("Assign", &N_ASSIGN),
    ("AugAssign", &N_AUG_ASSIGN),
    ("AnnAssign", &N_ANN_ASSIGN),
    ("For", &N_FOR),
    ("AsyncFor", &N_ASYNC_FOR),
    ("While", &N_WHILE),
    ("If", &N_IF),
    ("With", &N_WITH),
    ("AsyncWith", &N_ASYNC_WITH),
    ("Raise", &N_RAISE),
    ("Try", &N_TRY),
    ("TryExcept", &N_TRY_EXCEPT),
    ("TryFinally", &N_TRY_FINALLY),
    ("Assert", &N_ASSERT),
    ("Import", &N_IMPORT),
    ("ImportFrom", &N_IMPORT_FROM),
    ("Global", &N_GLOBAL),
    ("Nonlocal", &N_NONLOCAL),
    ("Expr", &N_EXPR),
    ("Pass", &N_PASS),
    ("Break", &N_BREAK),
    ("Continue", &N_CONTINUE),
    ("BoolOp", &N_BOOL_OP),
    ("NamedExpr", &N_NAMED_EXPR),
    ("BinOp", &N_BIN_OP),
    ("UnaryOp", &N_UNARY_OP),
    ("Lambda", &N_LAMBDA),
    ("IfExp", &N_IF_EXP),
    ("Dict", &N_DICT),
    ("Set", &N_SET),
    ("ListComp", &N_LIST_COMP),
    ("SetComp", &N_SET_COMP),
    ("DictComp", &N_DICT_COMP),
    ("GeneratorExp", &N_GENERATOR_EXP),
    ("Await", &N_AWAIT),
    ("Yield", &N_YIELD),
    ("YieldFrom", &N_YIELD_FROM),
    ("Compare", &N_COMPARE),
    ("Call", &N_CALL),
    ("FormattedValue", &N_FORMATTED_VALUE),
    ("JoinedStr", &N_JOINED_STR),
    ("Attribute", &N_ATTRIBUTE),
    ("Subscript", &N_SUBSCRIPT),
    ("Starred", &N_STARRED),
    ("Name", &N_NAME),
    ("List", &N_LIST),
    ("Tuple", &N_TUPLE),
    ("Slice", &N_SLICE),
    ("Load", &N_LOAD),
    ("Store", &N_STORE),
    ("Del", &N_DEL),
    ("And", &N_AND),
    ("Or", &N_OR),
    ("Add", &N_ADD),
    ("Sub", &N_SUB),
    ("Mult", &N_MULT),
    ("MatMult", &N_MAT_MULT),
    ("Div", &N_DIV),
    ("Mod", &N_MOD),
    ("Pow", &N_POW),
    ("LShift", &N_LSHIFT),
    ("RShift", &N_RSHIFT),
    ("BitOr", &N_BIT_OR),
    ("BitXor", &N_BIT_XOR),
    ("BitAnd", &N_BIT_AND),
    ("FloorDiv", &N_FLOOR_DIV),
    ("Invert", &N_INVERT),
    ("Not", &N_NOT),
    ("UAdd", &N_UADD),
    ("USub", &N_USUB),
    ("Eq", &N_EQ),
    ("NotEq", &N_NOT_EQ),
    ("Lt", &N_LT),
    ("LtE", &N_LT_E),
    ("Gt", &N_GT),
    ("GtE", &N_GT_E),
    ("Is", &N_IS),
    ("IsNot", &N_IS_NOT),
    ("In", &N_IN),
    ("NotIn", &N_NOT_IN),
    ("comprehension", &N_COMPREHENSION),
    ("ExceptHandler", &N_EXCEPT_HANDLER),
    ("arguments", &N_ARGUMENTS),
    ("arg", &N_ARG),
    ("keyword", &N_KEYWORD),
    ("alias", &N_ALIAS),
    ("withitem", &N_WITHITEM),
];

/// The classes of nodes as members of a module, after others; until when it has those that `Constant` took the place of.
macro_rules! with_classes {
    ($until:ident; $($first:tt)*) => { &[
        $($first)*
        ("AST", Member::Class(&AST)),
        ("mod", Member::Class(&MOD)),
        ("stmt", Member::Class(&STMT)),
        ("expr", Member::Class(&EXPR)),
        ("expr_context", Member::Class(&EXPR_CONTEXT)),
        ("boolop", Member::Class(&BOOLOP)),
        ("operator", Member::Class(&OPERATOR)),
        ("unaryop", Member::Class(&UNARYOP)),
        ("cmpop", Member::Class(&CMPOP)),
        ("Module", Member::Class(&N_MODULE)),
        ("Expression", Member::Class(&N_EXPRESSION)),
        ("FunctionDef", Member::Class(&N_FUNCTION_DEF)),
        ("AsyncFunctionDef", Member::Only(python3, &Member::Class(&N_ASYNC_FUNCTION_DEF))),
        ("ClassDef", Member::Class(&N_CLASS_DEF)),
        ("Return", Member::Class(&N_RETURN)),
        ("Delete", Member::Class(&N_DELETE)),
        ("Assign", Member::Class(&N_ASSIGN)),
        ("AugAssign", Member::Class(&N_AUG_ASSIGN)),
        ("AnnAssign", Member::Only(python3, &Member::Class(&N_ANN_ASSIGN))),
        ("For", Member::Class(&N_FOR)),
        ("AsyncFor", Member::Only(python3, &Member::Class(&N_ASYNC_FOR))),
        ("While", Member::Class(&N_WHILE)),
        ("If", Member::Class(&N_IF)),
        ("With", Member::Class(&N_WITH)),
        ("AsyncWith", Member::Only(python3, &Member::Class(&N_ASYNC_WITH))),
        ("Raise", Member::Class(&N_RAISE)),
        ("Try", Member::Only(python3, &Member::Class(&N_TRY))),
        ("TryExcept", Member::Only(python2, &Member::Class(&N_TRY_EXCEPT))),
        ("TryFinally", Member::Only(python2, &Member::Class(&N_TRY_FINALLY))),
        ("Assert", Member::Class(&N_ASSERT)),
        ("Import", Member::Class(&N_IMPORT)),
        ("ImportFrom", Member::Class(&N_IMPORT_FROM)),
        ("Global", Member::Class(&N_GLOBAL)),
        ("Nonlocal", Member::Only(python3, &Member::Class(&N_NONLOCAL))),
        ("Expr", Member::Class(&N_EXPR)),
        ("Pass", Member::Class(&N_PASS)),
        ("Break", Member::Class(&N_BREAK)),
        ("Continue", Member::Class(&N_CONTINUE)),
        ("BoolOp", Member::Class(&N_BOOL_OP)),
        ("NamedExpr", Member::Only(|cx| super::super::versions::at_least(cx, 8), &Member::Class(&N_NAMED_EXPR))),
        ("BinOp", Member::Class(&N_BIN_OP)),
        ("UnaryOp", Member::Class(&N_UNARY_OP)),
        ("Lambda", Member::Class(&N_LAMBDA)),
        ("IfExp", Member::Class(&N_IF_EXP)),
        ("Dict", Member::Class(&N_DICT)),
        ("Set", Member::Class(&N_SET)),
        ("ListComp", Member::Class(&N_LIST_COMP)),
        ("SetComp", Member::Class(&N_SET_COMP)),
        ("DictComp", Member::Class(&N_DICT_COMP)),
        ("GeneratorExp", Member::Class(&N_GENERATOR_EXP)),
        ("Await", Member::Only(python3, &Member::Class(&N_AWAIT))),
        ("Yield", Member::Class(&N_YIELD)),
        ("YieldFrom", Member::Only(python3, &Member::Class(&N_YIELD_FROM))),
        ("Compare", Member::Class(&N_COMPARE)),
        ("Call", Member::Class(&N_CALL)),
        ("FormattedValue", Member::Only(python3, &Member::Class(&N_FORMATTED_VALUE))),
        ("JoinedStr", Member::Only(python3, &Member::Class(&N_JOINED_STR))),
        ("Attribute", Member::Class(&N_ATTRIBUTE)),
        ("Subscript", Member::Class(&N_SUBSCRIPT)),
        ("Starred", Member::Only(python3, &Member::Class(&N_STARRED))),
        ("Name", Member::Class(&N_NAME)),
        ("List", Member::Class(&N_LIST)),
        ("Tuple", Member::Class(&N_TUPLE)),
        ("Slice", Member::Class(&N_SLICE)),
        ("Load", Member::Class(&N_LOAD)),
        ("Store", Member::Class(&N_STORE)),
        ("Del", Member::Class(&N_DEL)),
        ("And", Member::Class(&N_AND)),
        ("Or", Member::Class(&N_OR)),
        ("Add", Member::Class(&N_ADD)),
        ("Sub", Member::Class(&N_SUB)),
        ("Mult", Member::Class(&N_MULT)),
        ("MatMult", Member::Only(python3, &Member::Class(&N_MAT_MULT))),
        ("Div", Member::Class(&N_DIV)),
        ("Mod", Member::Class(&N_MOD)),
        ("Pow", Member::Class(&N_POW)),
        ("LShift", Member::Class(&N_LSHIFT)),
        ("RShift", Member::Class(&N_RSHIFT)),
        ("BitOr", Member::Class(&N_BIT_OR)),
        ("BitXor", Member::Class(&N_BIT_XOR)),
        ("BitAnd", Member::Class(&N_BIT_AND)),
        ("FloorDiv", Member::Class(&N_FLOOR_DIV)),
        ("Invert", Member::Class(&N_INVERT)),
        ("Not", Member::Class(&N_NOT)),
        ("UAdd", Member::Class(&N_UADD)),
        ("USub", Member::Class(&N_USUB)),
        ("Eq", Member::Class(&N_EQ)),
        ("NotEq", Member::Class(&N_NOT_EQ)),
        ("Lt", Member::Class(&N_LT)),
        ("LtE", Member::Class(&N_LT_E)),
        ("Gt", Member::Class(&N_GT)),
        ("GtE", Member::Class(&N_GT_E)),
        ("Is", Member::Class(&N_IS)),
        ("IsNot", Member::Class(&N_IS_NOT)),
        ("In", Member::Class(&N_IN)),
        ("NotIn", Member::Class(&N_NOT_IN)),
        ("comprehension", Member::Class(&N_COMPREHENSION)),
        ("ExceptHandler", Member::Class(&N_EXCEPT_HANDLER)),
        ("arguments", Member::Class(&N_ARGUMENTS)),
        ("arg", Member::Only(python3, &Member::Class(&N_ARG))),
        ("keyword", Member::Class(&N_KEYWORD)),
        ("alias", Member::Class(&N_ALIAS)),
        ("withitem", Member::Only(python3, &Member::Class(&N_WITHITEM))),
        ("Constant", Member::Only(since_3_6, &Member::Class(&CONSTANT))),
        ("Str", Member::Only($until, &Member::Class(&STR))),
        ("Num", Member::Only($until, &Member::Class(&NUM))),
        ("Bytes", Member::Only(|cx| python3(cx) && $until(cx), &Member::Class(&BYTES))),
        ("NameConstant", Member::Only(|cx| python3(cx) && $until(cx), &Member::Class(&NAME_CONSTANT))),
        ("Ellipsis", Member::Only($until, &Member::Class(&ELLIPSIS))),
    ] };
}

/// The members of `ast`.
pub(super) const MEMBERS: &[Entry] = with_classes![
    before_3_14;
    ("literal_eval", function("(node_or_string)", super::literal_eval)),
    ("parse", function("(source, filename='<unknown>', mode='exec', **options)", super::parse)),
    ("walk", function("(node)", super::walk)),
    ("iter_child_nodes", function("(node)", super::iter_child_nodes)),
    ("iter_fields", function("(node)", super::iter_fields)),
    ("get_docstring", function("(node, clean=True)", super::get_docstring)),
    ("NodeVisitor", Member::Class(&super::NODE_VISITOR)),
];

/// The members of `_ast`, where the classes come from.
pub(super) const CLASS_MEMBERS: &[Entry] = with_classes![before_3_8;];
