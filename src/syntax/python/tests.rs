//! What both dialects read, what they say of what they do not, and that nothing makes them panic.

use super::*;

fn one(text: &str) -> (Sources, FileId) {
    let mut sources = Sources::new();
    let file = sources.add("setup.py", text);
    (sources, file)
}

fn read_as(text: &str, dialect: Dialect) -> PythonFile {
    let (sources, file) = one(text);
    parse(&sources, file, dialect).unwrap_or_else(|problem| panic!("{text}: {}", problem.message))
}

/// `message @ what it points to`.
fn refusal(text: &str, dialect: Dialect) -> String {
    let (sources, file) = one(text);
    let problem = parse(&sources, file, dialect).expect_err(text);
    let place = problem.primary.as_ref().map_or("", |label| sources.slice(label.span));
    format!("{} @ {place}", problem.message)
}

/// A tree without its places.
fn shape(body: &[ast::Stmt]) -> String {
    let text = format!("{body:?}");
    let mut output = String::new();
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("range: ") {
        output.push_str(before);
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '(' || c == ')');
    }
    output + rest
}

#[track_caller]
fn same(python2: &str, python3: &str) {
    assert_eq!(
        shape(&read_as(python2, Dialect::Python2).body),
        shape(&read_as(python3, Dialect::Python3).body)
    );
}

/// Each pair was given to Python 2.7.18, which compiles what stands left.
#[test]
fn python2_becomes_what_its_table_says() {
    for (python2, python3) in [
        ("print 'a', b,", "__spx_print__('a', b, trailing_comma=True)"),
        ("print", "__spx_print__()"),
        ("print >>f, a, (b)", "__spx_print__(a, b, file=f)"),
        ("print >>f", "__spx_print__(file=f)"),
        ("print (1, 2)", "__spx_print__((1, 2))"),
        ("print lambda x, y: x, 2", "__spx_print__(lambda x, y: x, 2)"),
        (
            "if x: print 1; print 2\nelse: print",
            "if x: __spx_print__(1); __spx_print__(2)\nelse: __spx_print__()",
        ),
        (
            "from __future__ import print_function\nprint(a, file=f)",
            "from __future__ import print_function\nprint(a, file=f)",
        ),
        ("exec code in ns, loc", "__spx_exec__(code, ns, loc)"),
        ("exec(code) in ns", "__spx_exec__((code), ns)"),
        ("exec(code, ns)", "__spx_exec__(code, ns)"),
        ("exec 'a'", "__spx_exec__('a')"),
        ("raise X, y, tb", "raise __spx_raise__(X, y, tb)"),
        ("try: pass\nexcept (A, B), e: pass", "try: pass\nexcept (A, B) as e: pass"),
        ("x = `a, b` + `f(`c`)`", "x = __spx_repr__((a, b)) + __spx_repr__(f(__spx_repr__(c)))"),
        ("x = a <> 0777 + 10L + 0xFFL", "x = a != 511 + 10 + 255"),
        ("x = -7L.__index__()", "x = -(7).__index__()"),
        ("[x for x in 1, 2 if x]", "[x for x in (1, 2) if x]"),
        ("x = ur'\\u0041\\n\\\\u'", "x = u'A\\\\n\\\\\\\\u'"),
        ("x = '\\u0041\\N{x}\\777'", "x = '\\\\u0041\\\\N{x}\\377'"),
        ("x = 'a' u'\\u0041' r'\\c'", "x = u'aA\\\\c'"),
        ("x = b'\\xff' 'a'", "x = '\\xffa'"),
        (
            "from __future__ import unicode_literals\nx = 'a', b'b'",
            "from __future__ import unicode_literals\nx = u'a', 'b'",
        ),
        ("f(async=1, nonlocal=x)", "f(a=1, b=x)"),
        ("if x:\n        a = 1\n\tb = 2", "if x:\n    a = 1\n    b = 2"),
    ] {
        if python2.contains("async") {
            // The names cannot be written in Python 3.
            assert_eq!(shape(&read_as(python2, Dialect::Python2).body).matches("async").count(), 1);
        } else {
            same(python2, python3);
        }
    }
}

#[test]
fn tuple_parameters_keep_their_names() {
    let renamed = |text: &str| {
        let body = read_as(text, Dialect::Python2).body;
        shape(&body)
            .replace("\".0\"", "\"p0\"")
            .replace("\".1\"", "\"p1\"")
            .replace("\".exception\"", "\"pe\"")
    };
    for (python2, python3) in [
        (
            "def f(a, (b, c)=(1, 2)):\n    'doc'\n    return b",
            "def f(a, p1=(1, 2)):\n    'doc'\n    (b, c) = p1\n    return b",
        ),
        ("def f((a, (b, c))): return a", "def f(p0): (a, (b, c)) = p0; return a"),
        ("x = lambda (a, b), c: a, 2", "x = lambda p0, c: [a for (a, b) in (p0,)][0], 2"),
        ("x = [lambda (a, b): a for c in d]", "x = [lambda p0: [a for (a, b) in (p0,)][0] for c in d]"),
        ("try: pass\nexcept X, (a, b):\n    pass", "try: pass\nexcept X as pe:\n    (a, b) = pe\n    pass"),
    ] {
        assert_eq!(renamed(python2), shape(&read_as(python3, Dialect::Python3).body), "{python2}");
    }
}

#[test]
fn names_and_strings_stand_where_the_tree_says() {
    let text = "def één(): pass\n".replace('é', "e")
        + "try:\n\tprint >>err, `name`, 'text' \\\n\t  'more', 0777L,\nexcept X, (left, right): exec code in space\n\
           f = lambda (first, second): first <> second\nclass A:\n        x = u'ü', tail\n\ty = ur'q'\n";
    let file = read_as(&text, Dialect::Python2);
    let tree = format!("{:?}", file.body);
    let mut seen = Vec::new();
    for (at, _) in tree.match_indices("ExprName { range: ") {
        let words: Vec<&str> = tree[at + 18..].splitn(2, ", id: Identifier(\"").collect();
        let (start, end) = words[0].split_once("..").unwrap();
        let id = words[1].split('"').next().unwrap();
        let source = &text[start.parse().unwrap()..end.parse().unwrap()];
        if !id.starts_with("__spx") && !id.starts_with('.') {
            assert_eq!(source, id);
            seen.push(id);
        }
    }
    for name in ["err", "name", "X", "left", "right", "code", "space", "first", "second", "tail", "x", "y"] {
        assert!(seen.contains(&name), "{name} in {seen:?}");
    }
    let (sources, id) = one(&text);
    let slice = |wanted: &str| {
        let note = file.notes.iter().find(|note| note.what == wanted).unwrap();
        sources.slice(Span { file: id, ..note.span }).to_owned()
    };
    assert_eq!(slice("a long integer `1L`"), "0777L");
    assert_eq!(slice("a `print` statement"), "print");
    assert_eq!(slice("a tuple parameter"), "(first, second)");
    assert_eq!(slice("`<>`"), "<>");
    assert_eq!(slice("a `ur''` string"), "ur'q'");
}

/// Each was given to Python 3.13, but for the first two, which are of 3.14.
#[test]
fn python3_beyond_the_parser() {
    for text in [
        "try: pass\nexcept A, B: pass",
        "x = t'{a!r:>{b}}'",
        "if x:\n    \ta = 1\n    \tb = 2",
        "x = f'{a['b']}' f\"{f\"{1}\"}\"",
        "x = f'{x:{y:{z}}}{x = }{y=!s:>3}'",
        "x = f'{\n  a # } comment\n}'",
        "class A[T = int, *U = (1, 2)](B): pass",
        "def f[T: int = str](a: T) -> T: pass",
        "type X[T = int] = list[T]",
        "x = f'{lambda_}{(lambda x: 1)(2):a}' 'b'",
        "def f(): return (i async for i in x if await i)",
    ] {
        read_as(text, Dialect::Python3);
    }
    same("x = 'Aa{1}\\n'", "x = 'Aa{1}\\n'");
    let values = |text: &str| shape(&read_as(text, Dialect::Python3).body);
    assert_eq!(values("f'a{x}{{\\N{DASH}'.b".replace("DASH", "EM DASH").as_str()), values("f'a{x}' '{—'.b"));
    assert_eq!(values("f'{1 = # no\n }'"), values("f'1 = \\n {1!r}'"));
    assert_eq!(values("ﬁ = 1"), values("fi = 1"));
}

#[test]
fn f_strings_over_crlf_point_into_the_text() {
    let text = "x = f'''{\r\na\r\n}\r\n{name}'''\r\n";
    let tree = format!("{:?}", read_as(text, Dialect::Python3).body);
    let at = text.find("name").unwrap();
    assert!(tree.contains(&format!("range: {at}..{}, id: Identifier(\"name\")", at + 4)), "{tree}");
}

#[test]
fn syntax_errors_say_what_and_where() {
    for (text, expected) in [
        ("x = (1,\ny = 2\ndef f(): pass", "`(` is never closed @ ("),
        ("x = 'abc\ny", "a string that its line does not end @ '"),
        ("x = '''abc\ny", "a triple-quoted string that never ends @ '''"),
        ("x = (1]", "`]` does not close `(` @ ]"),
        ("x = $a", "unexpected character `$` @ $"),
        ("x\u{a0}= 1", "a no-break space is not a blank of Python @ \u{a0}"),
        ("if 1:\n    x\n  y", "this indentation matches no block before it @   "),
        (
            "if 1:\n        x\n\ty",
            "this is Python 2 syntax: indentation where a tab counts for 8 spaces @ \t",
        ),
        ("if 1:\nx", "expected an indented block after `if` @ x"),
        ("if 1\n    x", "expected `:` @ 1"),
        ("try:\n    x", "`try` without `except` or `finally` @ try"),
        ("if x = 1: pass", "`=` assigns and cannot stand here @ ="),
        ("x = [1 2]", "unexpected `2` @ 2"),
        ("class = 1", "`class` is a keyword and cannot be a name @ class"),
        ("x = '\\u12'", "an escape in this string that Python does not read @ \\u12"),
        ("x = 08", "a decimal integer may not begin with `0` @ 08"),
        ("x = 0o8", "a number that Python does not read @ 0o8"),
        ("x = f'{x'", "`{` is never closed @ {"),
        ("x = f'{a b}'", "unexpected `b` @ b"),
        ("f() = 1", "cannot assign to a call @ f()"),
        ("True = 1", "cannot assign to `True` @ True"),
        ("return 1", "`return` outside a function @ return 1"),
        ("*a = 1", "`*` cannot stand here @ *a"),
        ("print 'a'", "this is Python 2 syntax: a `print` statement @ print"),
        ("try: pass\nexcept A, e: pass", "this is Python 2 syntax: `except X, e` @ except A,"),
        ("x = 0777", "this is Python 2 syntax: an octal integer `0777` @ 0777"),
        ("x = 1\nprint 'a'\ny = (", "this is Python 2 syntax: a `print` statement @ print"),
    ] {
        assert_eq!(refusal(text, Dialect::Python3), expected, "{text}");
    }
    for (text, expected) in [
        ("x = f'{y}'", "this is Python 3 syntax: an f-string @ f"),
        ("def f(a: int): pass", "this is Python 3 syntax: an annotation @ int"),
        ("raise A from B", "this is Python 3 syntax: `raise … from` @ B"),
        ("print(a, file=f)", "unexpected `=` @ ="),
        ("print *a", "`*` cannot stand here @ *"),
        ("f(*a, b)", "this is Python 3 syntax: an argument after `*` @ b"),
        ("é = 1", "this is Python 3 syntax: a name beyond ASCII @ é"),
        ("x = 1_0", "this is Python 3 syntax: an underscore in a number @ 1_0"),
    ] {
        assert_eq!(refusal(text, Dialect::Python2), expected, "{text}");
    }
}

#[test]
fn the_language_is_the_one_that_reads_it() {
    use Dialect::{Python2, Python3};
    let dialect = |text: &str, preferred| {
        let (sources, file) = one(text);
        parse_either(&sources, file, preferred).map(|file| file.dialect).map_err(|problem| problem.message)
    };
    assert_eq!(dialect("print 'a'", Python3), Ok(Python2));
    assert_eq!(dialect("print('a')", Python3), Ok(Python3));
    assert_eq!(dialect("print >>err, 'a'", Python3), Ok(Python2));
    assert_eq!(dialect("print >>err, f'a'", Python3), Ok(Python3));
    assert_eq!(dialect("f'a'", Python2), Ok(Python3));
    assert_eq!(dialect("print('a')", Python2), Ok(Python2));
    assert_eq!(dialect("print 'a'\nx = $", Python3), Err("unexpected character `$`".to_owned()));
}

#[test]
fn text_within_a_file_keeps_the_files_offsets() {
    let (sources, file) = one("exec('a = f\"{b}\"')");
    let inner = parse_text("a = f\"{b}\"", file, 6, Dialect::Python3).unwrap();
    let tree = format!("{:?}", inner.body);
    assert!(tree.contains("range: 13..14, id: Identifier(\"b\")"), "{tree}");
    let problem = parse_text("a = (", file, 6, Dialect::Python3).unwrap_err();
    assert_eq!(problem.primary.map(|label| label.span), Some(Span::new(file, 10, 11)));
    let expression = parse_expression("  (1 +\n 2)\n", file, 0, Dialect::Python2).unwrap();
    assert!(expression.is_bin_op_expr());
    assert!(parse_expression("a = 1", file, 0, Dialect::Python3).is_err());
    assert!(parse_expression("a\nb", file, 0, Dialect::Python3).is_err());
    assert!(parse_text("x", file, u32::MAX, Dialect::Python3).is_err());
    assert_eq!(sources.path(file), "setup.py");
}

#[test]
fn depth_has_a_limit() {
    let many = |unit: &str, times: usize| unit.repeat(times);
    let hostile = [
        many("(", 100_000) + "1",
        many("[", 100_000) + &many("]", 100_000),
        many("-", 200_000) + "1",
        many("not ", 100_000) + "1",
        "(1)".to_owned() + &many(".real", 200_000),
        many("1+", 200_000) + "1",
        "f".to_owned() + &many("()", 100_000),
        "if n: pass\n".to_owned() + &many("elif n: pass\n", 50_000),
        (0..2_000).map(|depth| " ".repeat(depth) + "if 1:\n").collect(),
        many("lambda:", 20_000) + "1",
        many("lambda a, b:", 20_000) + "1",
        many("f'{", 200) + "1" + &many("}'", 200),
        many("f'{", 100) + &many("-", 900) + "1" + &many("}'", 100),
        many(&("f'{".to_owned() + &many("-", 900)), 100) + "1" + &many("}'", 100),
        many("a if b else ", 100_000) + "c",
        many("2**", 100_000) + "2",
        "1".repeat(1_000_000),
        many("1,", 1_000_000),
        many(&("(".to_owned() + &many("-", 990)), 190) + "1" + &many(")", 190),
    ];
    for text in &hostile {
        for dialect in [Dialect::Python2, Dialect::Python3] {
            let (sources, file) = one(&("v = 1\n".to_owned() + text));
            let problem = parse(&sources, file, dialect).expect_err(&text[..20]);
            let f_string = dialect == Dialect::Python2 && text.starts_with("f'");
            assert!(problem.code.name == "too-complex" || f_string, "{}: {}", &text[..20], problem.message);
        }
    }
    let allowed = [
        many("(", 200) + "1" + &many(")", 200),
        many("1+", 900) + "1",
        "if n: pass\n".to_owned() + &many("elif n: pass\n", 900),
        "[1 ".to_owned() + &many("for a in b ", 1_000) + "]",
        many("-1,", 10_000),
        "x = '".to_owned() + &many("x", 1_000_000) + "'",
        many("'a' ", 10_000),
        many("a or ", 10_000) + "b",
    ];
    for text in &allowed {
        read_as(text, Dialect::Python3);
        read_as(text, Dialect::Python2);
    }
}

#[test]
fn no_prefix_panics() {
    let files = [
        "def f(a, (b, c)=(1, 2L)):\n\t'd\\u1'\n        print >>x, `y` <> 0777, lambda (q, r): ur'é',\n\
         try: exec a in b\nexcept X, (e, f): raise A, b, c\n[x for x in 1, 2]\n",
        "async def f[T = int](a: int = 1, *, b) -> x:\n    return f'{a['b']!r:>{w}}' f\"\"\"{{é\r\n{x = # c\n}\"\"\"\n\
         match x:\n    case [1, *y] if z: await q\ntry: pass\nexcept* (A, B) as e: x[1:2, ...] = 0x1f + 1e5 \\\n  - .5\n",
    ];
    for text in files {
        for end in (0..=text.len()).filter(|&end| text.is_char_boundary(end)) {
            for dialect in [Dialect::Python2, Dialect::Python3] {
                let (sources, file) = one(&text[..end]);
                if let Err(problem) = parse(&sources, file, dialect) {
                    let span = problem.primary.unwrap().span;
                    assert!(span.end as usize <= end && problem.message != "the parser failed on this file");
                }
            }
            if let Some(gone) = text[end..].chars().next() {
                let (sources, file) = one(&(text[..end].to_owned() + &text[end + gone.len_utf8()..]));
                let _ = parse_either(&sources, file, Dialect::Python3);
            }
        }
    }
}
