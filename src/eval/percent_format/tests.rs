//! Every expected text was printed by CPython 2.7, 3.6 and 3.13.

use super::*;

#[derive(Clone, PartialEq, Debug)]
enum V {
    I(i64),
    F(f64),
    S(&'static str),
    None,
    Unknown,
}
use V::{F, I, S};

enum Right {
    One(V),
    Tuple(Vec<V>),
    Dict(Vec<(&'static str, V)>),
}

impl Operands for Right {
    type Value = V;
    type Failure = FormatError;

    fn shape(&self) -> Shape {
        match self {
            Self::One(_) => Shape::Single,
            Self::Tuple(items) => Shape::Tuple(items.len()),
            Self::Dict(_) => Shape::Mapping,
        }
    }

    fn whole(&mut self) -> V {
        match self {
            Self::One(value) => value.clone(),
            _ => S("{'a': 1}"),
        }
    }

    fn item(&mut self, index: usize) -> V {
        match self {
            Self::Tuple(items) => items[index].clone(),
            _ => V::None,
        }
    }

    fn lookup(&mut self, key: &str) -> Result<V, FormatError> {
        let Self::Dict(items) = self else { return Err(FormatError::type_error("no mapping")) };
        items
            .iter()
            .find(|(k, _)| *k == key)
            .map(|(_, v)| v.clone())
            .ok_or_else(|| FormatError::Python { class: "KeyError", message: format!("'{key}'") })
    }

    fn text(&mut self, value: &V, how: Conversion) -> Result<Option<String>, FormatError> {
        Ok(Some(match (value, how) {
            (V::Unknown, _) => return Ok(None),
            (I(n), _) => n.to_string(),
            (F(n), _) => float_text::repr(*n),
            (S(s), Conversion::Str) => (*s).to_owned(),
            (S(s), _) => format!("'{s}'"),
            (V::None, _) => "None".to_owned(),
        }))
    }

    fn operand(&mut self, value: &V) -> Operand {
        match value {
            I(n) => Operand::Integer(BigInt::from(*n)),
            F(n) => Operand::Float(*n),
            S(s) => Operand::Text((*s).to_owned()),
            V::None => Operand::Other("NoneType".into()),
            V::Unknown => Operand::Unknown,
        }
    }
}

const PYTHON2: Flavour = Flavour { python: Python::new(2, 7), bytes: true };
const PYTHON36: Flavour = Flavour { python: Python::new(3, 6), bytes: false };
const PYTHON3: Flavour = Flavour { python: Python::new(3, 13), bytes: false };

fn show(template: &str, mut right: Right, flavour: Flavour) -> String {
    match format(template, &mut right, flavour, 1 << 16) {
        Ok(Formatted::Known(text)) => text,
        Ok(Formatted::Unknown(value)) => format!("unknown {value:?}"),
        Err(error) => error.to_string(),
    }
}

fn one(template: &str, value: V) -> String {
    show(template, Right::One(value), PYTHON3)
}

fn tuple(template: &str, values: &[V]) -> String {
    show(template, Right::Tuple(values.to_vec()), PYTHON3)
}

fn dict(template: &str, values: &[(&'static str, V)]) -> String {
    show(template, Right::Dict(values.to_vec()), PYTHON3)
}

#[test]
fn integers() {
    assert_eq!(tuple("%d.%d", &[I(1), I(4)]), "1.4");
    assert_eq!(tuple("%#o %#x %#X", &[I(8), I(255), I(255)]), "0o10 0xff 0XFF");
    assert_eq!(tuple("%05.3d %+d % d %-5d|", &[I(5), I(5), I(5), I(5)]), "00005 +5  5 5    |");
    assert_eq!(tuple("%0x %#010x %+#x", &[I(255), I(255), I(255)]), "ff 0x000000ff +0xff");
    assert_eq!(one("%x", I(-255)), "-ff");
    assert_eq!(tuple("%ld %hd %i %u", &[I(1), I(2), I(-1), I(-2)]), "1 2 -1 -2");
    assert_eq!(one("%-+0# 7d|", I(5)), "+5     |");
    assert_eq!(tuple("%.5x %#.5x", &[I(1), I(1)]), "00001 0x00001");
    assert_eq!(one("%d", F(1e3)), "1000");
    assert_eq!(one("%d", F(-1.9)), "-1");
    assert_eq!(tuple("%*d|%*d", &[I(-5), I(3), I(4), I(3)]), "3    |   3");
    assert_eq!(tuple("%.*d", &[I(-1), I(3)]), "3");
    assert_eq!(show("%#o", Right::One(I(8)), PYTHON2), "010");
    assert_eq!(show("%x", Right::One(F(1.5)), PYTHON2), "1");
}

#[test]
fn floats() {
    assert_eq!(tuple("%#g %#.0f %#.0e", &[F(1.0), F(1.0), F(1.0)]), "1.00000 1. 1.e+00");
    assert_eq!(
        tuple("%e %E %g %G", &[F(12345.678), F(12345.678), F(1e-5), F(1e-5)]),
        "1.234568e+04 1.234568E+04 1e-05 1E-05"
    );
    assert_eq!(tuple("%010.2f|%+.1f|% f", &[F(3.25), F(2.25), F(1.0)]), "0000003.25|+2.2| 1.000000");
    assert_eq!(
        tuple("%f %F %05f %e", &[F(f64::INFINITY), F(f64::NAN), F(f64::NEG_INFINITY), F(f64::INFINITY)]),
        "inf NAN -0inf inf"
    );
    assert_eq!(tuple("%*.*f", &[I(8), I(2), I(1)]), "    1.00");
    assert_eq!(tuple("%.*f", &[I(-1), F(3.25)]), "3");
    assert_eq!(tuple("%.3g|%.0g|%.10g", &[F(1234.5), F(1234.5), F(0.1)]), "1.23e+03|1e+03|0.1");
    assert_eq!(one("%f", F(1e22)), "10000000000000000000000.000000");
}

#[test]
fn text_and_characters() {
    assert_eq!(tuple("%05s|%-5s|%.2s", &[S("a"), S("b"), S("cde")]), "    a|b    |cd");
    assert_eq!(tuple("%r %5r", &[S("a"), S("b")]), "'a'   'b'");
    assert_eq!(one("%a", S("x")), "'x'");
    assert_eq!(tuple("%c%c", &[I(300), S("x")]), "\u{12c}x");
    assert_eq!(tuple("%+c%05c%.0c|", &[I(65), I(65), I(65)]), "A    AA|");
    assert_eq!(one("é%sü", S("ö")), "éöü");
    assert_eq!(one("%%%s%%", I(1)), "%1%");
    assert_eq!(one("%+s%%", I(1)), "1%");
}

#[test]
fn mappings() {
    assert_eq!(dict("%(a)s-%(b)03d", &[("a", S("x")), ("b", I(7))]), "x-007");
    assert_eq!(dict("%(a(b)c)s", &[("a(b)c", I(1))]), "1");
    assert_eq!(dict("abc", &[]), "abc");
    assert_eq!(dict("%s %(a)s", &[("a", I(1))]), "{'a': 1} 1");
    assert_eq!(dict("%(a)s %s", &[("a", I(1))]), "TypeError: not enough arguments for format string");
    assert_eq!(dict("%(b)s", &[("a", I(1))]), "KeyError: 'b'");
    assert_eq!(one("%(a)s", I(1)), "TypeError: format requires a mapping");
    assert_eq!(dict("%(a", &[]), "ValueError: incomplete format key");
    assert_eq!(dict("%(a)", &[("a", I(1))]), "ValueError: incomplete format");
}

#[test]
fn exceptions() {
    assert_eq!(one("%s %s", I(1)), "TypeError: not enough arguments for format string");
    assert_eq!(tuple("%s", &[I(1), I(2)]), "TypeError: not all arguments converted during string formatting");
    assert_eq!(one("abc", I(1)), "TypeError: not all arguments converted during string formatting");
    assert_eq!(one("%y", I(1)), "ValueError: unsupported format character 'y' (0x79) at index 1");
    assert_eq!(one("%", I(1)), "ValueError: incomplete format");
    assert_eq!(one("%5", I(1)), "ValueError: incomplete format");
    assert_eq!(tuple("%*s", &[S("a"), S("b")]), "TypeError: * wants int");
    assert_eq!(one("%d", S("a")), "TypeError: %d format: a real number is required, not str");
    assert_eq!(one("%d", V::None), "TypeError: %d format: a real number is required, not NoneType");
    assert_eq!(one("%x", F(1.5)), "TypeError: %x format: an integer is required, not float");
    assert_eq!(one("%f", S("a")), "TypeError: must be real number, not str");
    assert_eq!(one("%d", F(f64::INFINITY)), "OverflowError: cannot convert float infinity to integer");
    assert_eq!(one("%d", F(f64::NAN)), "ValueError: cannot convert float NaN to integer");
    assert_eq!(one("%c", S("ab")), "TypeError: %c requires int or char");
    assert_eq!(one("%c", I(-1)), "OverflowError: %c arg not in range(0x110000)");
    assert_eq!(one("%b", I(1)), "ValueError: unsupported format character 'b' (0x62) at index 1");
}

#[test]
fn versions_differ() {
    let number = "a number is required, not str";
    assert_eq!(show("%d", Right::One(S("a")), PYTHON2), format!("TypeError: %d format: {number}"));
    assert_eq!(show("%d", Right::One(S("a")), PYTHON36), format!("TypeError: %d format: {number}"));
    assert_eq!(show("%x", Right::One(S("a")), PYTHON2), format!("TypeError: %x format: {number}"));
    assert_eq!(show("%f", Right::One(S("a")), PYTHON2), "TypeError: float argument required, not str");
    assert_eq!(
        show("%d", Right::One(F(f64::NAN)), PYTHON2),
        "TypeError: %d format: a number is required, not float"
    );
    assert_eq!(
        show("%c", Right::One(I(300)), PYTHON2),
        "OverflowError: unsigned byte integer is greater than maximum"
    );
    assert_eq!(show("%5%|", Right::Tuple(vec![]), PYTHON2), "    %|");
    assert_eq!(show("%5%|", Right::Tuple(vec![]), PYTHON36), "%|");
    assert_eq!(tuple("%5%|", &[]), "TypeError: not enough arguments for format string");
    assert_eq!(
        dict("%(a)%", &[("a", I(1))]),
        "ValueError: unsupported format character '%' (0x25) at index 4"
    );
    assert_eq!(
        show("%a", Right::One(S("x")), PYTHON2),
        "ValueError: unsupported format character 'a' (0x61) at index 1"
    );
}

#[test]
fn unknown_operands_are_named() {
    assert_eq!(tuple("%s %s", &[I(1), V::Unknown]), "unknown Unknown");
    assert_eq!(tuple("%*d", &[V::Unknown, I(1)]), "unknown Unknown");
    assert_eq!(one("%d", V::Unknown), "unknown Unknown");
}

#[test]
fn a_large_result_is_refused_before_it_is_made() {
    let refused = "the text would have more than 65536 bytes";
    assert_eq!(one("%1000000000d", I(1)), refused);
    assert_eq!(one("%-1000000000s", I(1)), refused);
    assert_eq!(one("%.1000000000f", F(1.0)), refused);
    assert_eq!(one("%.1000000000d", I(1)), refused);
    assert_eq!(one("%#.1000000000g", F(1.0)), refused);
    assert_eq!(tuple("%*d", &[I(1_000_000_000), I(1)]), refused);
    assert_eq!(one("%99999999999999999999d", I(1)), "ValueError: width too big");
    assert_eq!(one("%.99999999999999999999d", I(1)), "ValueError: precision too big");
}
