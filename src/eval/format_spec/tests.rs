//! Every row was printed by `format(value, spec)` of CPython 3.13; where 3.8 and 2.7 differ, by those.

use super::*;

enum V {
    T(&'static str),
    I(i64),
    B(bool),
    F(f64),
}
use V::{B, F, I, T};

fn show(value: &V, spec: &str, python: Python) -> String {
    let limit = 1 << 12;
    match value {
        T(s) => text(s, spec, python, limit),
        I(n) => integer(&BigInt::from(*n), "int", spec, python, limit),
        B(b) => integer(&BigInt::from(u8::from(*b)), "bool", spec, python, limit),
        F(n) => float(*n, spec, python, limit),
    }
    .unwrap_or_else(|error| error.to_string())
}

fn check(rows: &[(V, &str, &str)], python: Python) {
    for (row, (value, spec, expected)) in rows.iter().enumerate() {
        assert_eq!(show(value, spec, python), *expected, "row {row}, spec {spec:?}");
    }
}

#[rustfmt::skip]
const PYTHON_3_13: &[(V, &str, &str)] = &[
    (T("abc"), ">10", "       abc"),
    (T("abc"), "*^9", "***abc***"),
    (T("abc"), ".2", "ab"),
    (T("abc"), "s", "abc"),
    (T("abc"), "d", "ValueError: Unknown format code 'd' for object of type 'str'"),
    (T("abc"), "=5", "ValueError: '=' alignment not allowed in string format specifier"),
    (T("abc"), "+", "ValueError: Sign not allowed in string format specifier"),
    (T("abc"), ",", "ValueError: Cannot specify ',' with 's'."),
    (T("abc"), "05", "abc00"),
    (T("abc"), "<05", "abc00"),
    (T("abc"), "#", "ValueError: Alternate form (#) not allowed in string format specifier"),
    (T("abc"), " ", "ValueError: Space not allowed in string format specifier"),
    (T("abc"), "z", "ValueError: Negative zero coercion (z) not allowed in string format specifier"),
    (I(1_234_567), ",", "1,234,567"),
    (I(1_234_567), "_", "1_234_567"),
    (I(1_234), "08,", "0,001,234"),
    (I(1_234), "09,", "0,001,234"),
    (I(1_234_567), "_x", "12_d687"),
    (I(255), "#x", "0xff"),
    (I(255), "#010x", "0x000000ff"),
    (I(255), "#X", "0XFF"),
    (I(255), "#o", "0o377"),
    (I(255), "#b", "0b11111111"),
    (I(255), "_b", "1111_1111"),
    (I(5), "c", "\x05"),
    (I(65), "c", "A"),
    (I(-5), "=+8", "-      5"),
    (I(5), "+", "+5"),
    (I(5), " ", " 5"),
    (I(-5), "05", "-0005"),
    (I(5), "^7", "   5   "),
    (I(5), "*<7", "5******"),
    (I(5), ".2", "ValueError: Precision not allowed in integer format specifier"),
    (I(5), "s", "ValueError: Unknown format code 's' for object of type 'int'"),
    (I(5), "e", "5.000000e+00"),
    (I(5), ".2f", "5.00"),
    (I(5), "%", "500.000000%"),
    (I(5), "n", "5"),
    (I(5), "x,", "ValueError: Invalid format specifier 'x,' for object of type 'int'"),
    (I(5), "y", "ValueError: Unknown format code 'y' for object of type 'int'"),
    (I(5), "5.", "ValueError: Format specifier missing precision"),
    (B(true), "d", "1"),
    (B(true), "5", "    1"),
    (B(true), "s", "ValueError: Unknown format code 's' for object of type 'bool'"),
    (F(1.5), ".3", "1.5"),
    (F(12_345_678.9), ",", "12,345,678.9"),
    (F(12_345_678.9), ",.2f", "12,345,678.90"),
    (F(1.5), "010", "00000001.5"),
    (F(-1.5), "010.3f", "-00001.500"),
    (F(0.25), "%", "25.000000%"),
    (F(0.25), ".1%", "25.0%"),
    (F(f64::INFINITY), "010", "0000000inf"),
    (F(f64::NAN), "F", "NAN"),
    (F(1e22), ".3", "1e+22"),
    (F(100.0), ".3", "1e+02"),
    (F(10.0), ".3", "10.0"),
    (F(1.0), "#g", "1.00000"),
    (F(1.0), "#.0f", "1."),
    (F(1.0), ".0", "1e+00"),
    (F(1_234.5), "e", "1.234500e+03"),
    (F(1_234.5), "G", "1234.5"),
    (F(1.5), "d", "ValueError: Unknown format code 'd' for object of type 'float'"),
    (F(1.5), "s", "ValueError: Unknown format code 's' for object of type 'float'"),
    (F(1.5), "_", "1.5"),
    (F(1.5), "z.1f", "1.5"),
    (F(-0.01), "z.1f", "0.0"),
    (F(1.5), "x", "ValueError: Unknown format code 'x' for object of type 'float'"),
    (F(1.5), "n", "1.5"),
    (F(1.0), ",g", "1"),
    (F(123_456.0), ",g", "123,456"),
    (F(1_234_567.0), ",e", "1.234567e+06"),
    (I(5), ">>5", ">>>>5"),
    (I(5), "5>5", "55555"),
    (I(5), "é^5", "éé5éé"),
    (I(5), "{<5", "5{{{{"),
    (I(5), "99999999999999999999", "ValueError: Too many decimal digits in format string"),
    (F(1.5), ".99999999999999999999", "ValueError: Too many decimal digits in format string"),
    (I(5), ",_", "ValueError: Cannot specify both ',' and '_'."),
    (I(5), "__", "ValueError: Cannot specify '_' with '_'."),
    (F(1_234_567.5), "020,.1f", "00,000,001,234,567.5"),
    (I(123), "06,", "00,123"),
    (I(123), "05,", "0,123"),
    (I(-1_234), "010,", "-0,001,234"),
    (I(1_234), "_d", "1_234"),
    (I(1), "+#x", "+0x1"),
    (I(0), "#b", "0b0"),
    (F(1e100), ".0f", "10000000000000000159028911097599180468360808563945281389781327557747838772170381060813469985856815104"),
    (F(3.0), "g", "3"),
    (T("abc"), "10s", "abc       "),
    (T("é"), "5", "é    "),
    (I(5), "ab", "ValueError: Invalid format specifier 'ab' for object of type 'int'"),
    (I(5), "<<<", "ValueError: Unknown format code '<' for object of type 'int'"),
    (T(""), "", ""),
    (F(f64::INFINITY), ",", "inf"),
    (F(f64::NEG_INFINITY), "+", "-inf"),
    (F(f64::NAN), "+", "+nan"),
    (I(12), "+c", "ValueError: Sign not allowed with integer format specifier 'c'"),
    (I(12), "#c", "ValueError: Alternate form (#) not allowed with integer format specifier 'c'"),
    (I(12), ",c", "ValueError: Cannot specify ',' with 'c'."),
    (I(12), ".1c", "ValueError: Precision not allowed in integer format specifier"),
    (I(1_114_112), "c", "OverflowError: %c arg not in range(0x110000)"),
    (F(1.5), "#", "1.5"),
    (F(1.0), "#.3", "1.00"),
    (F(1e20), "#.3", "1.00e+20"),
    (F(1_234_567.0), ",", "1,234,567.0"),
    (F(1e16), ",", "1e+16"),
    (F(2.5), ".0f", "2"),
    (B(true), ">6", "     1"),
    (B(false), "c", "\0"),
    (I(7), " =5", "    7"),
    (F(1.5), ",n", "ValueError: Cannot specify ',' with 'n'."),
    (I(5), ",n", "ValueError: Cannot specify ',' with 'n'."),
    (I(123_456_789), "x^20,", "xxxx123,456,789xxxxx"),
    (I(123_456_789), "0=20,", "0,000,000,123,456,789"),
    (I(123_456_789), "*=20,", "*********123,456,789"),
    (T("ab"), "*=5", "ValueError: '=' alignment not allowed in string format specifier"),
    (T("ab"), ".0", ""),
    (I(-1), "x", "-1"),
    (I(-255), "#010X", "-0X00000FF"),
    (F(1.5), ".", "ValueError: Format specifier missing precision"),
    (T("a"), ".", "ValueError: Format specifier missing precision"),
    (I(10), "_o", "12"),
    (F(10_000_000_000.0), "_", "10_000_000_000.0"),
    (F(10_000_000_000.0), "010_.1f", "10_000_000_000.0"),
];

#[rustfmt::skip]
const PYTHON_3_8: &[(V, &str, &str)] = &[
    (T("abc"), "05", "ValueError: '=' alignment not allowed in string format specifier"),
    (T("abc"), " ", "ValueError: Sign not allowed in string format specifier"),
    (T("abc"), "z", "ValueError: Unknown format code 'z' for object of type 'str'"),
    (I(5), "x,", "ValueError: Invalid format specifier"),
    (F(1.5), "z.1f", "ValueError: Invalid format specifier"),
    (F(-0.01), "z.1f", "ValueError: Invalid format specifier"),
    (I(5), "ab", "ValueError: Invalid format specifier"),
];

#[rustfmt::skip]
const PYTHON_2_7: &[(V, &str, &str)] = &[
    (T("abc"), "05", "ValueError: '=' alignment not allowed in string format specifier"),
    (I(1_234_567), "_", "ValueError: Unknown format code '_' for object of type 'int'"),
    (I(1_234_567), "_x", "ValueError: Invalid conversion specification"),
    (I(255), "_b", "ValueError: Invalid conversion specification"),
    (F(1.0), "#g", "ValueError: Alternate form (#) not allowed in float format specifier"),
    (F(1.0), "#.0f", "ValueError: Alternate form (#) not allowed in float format specifier"),
    (F(1.5), "_", "ValueError: Unknown format code '_' for object of type 'float'"),
    (F(1.5), "z.1f", "ValueError: Invalid conversion specification"),
    (F(-0.01), "z.1f", "ValueError: Invalid conversion specification"),
    (I(1_234), "_d", "ValueError: Invalid conversion specification"),
    (I(12), "#c", "\x0c"),
    (F(1.5), "#", "ValueError: Alternate form (#) not allowed in float format specifier"),
    (F(1.0), "#.3", "ValueError: Alternate form (#) not allowed in float format specifier"),
    (F(1e20), "#.3", "ValueError: Alternate form (#) not allowed in float format specifier"),
    (I(10), "_o", "ValueError: Invalid conversion specification"),
    (F(10_000_000_000.0), "_", "ValueError: Unknown format code '_' for object of type 'float'"),
    (F(10_000_000_000.0), "010_.1f", "ValueError: Invalid conversion specification"),
];

#[test]
fn python_3_13() {
    check(PYTHON_3_13, Python::new(3, 13));
}

#[test]
fn python_3_8() {
    check(PYTHON_3_8, Python::new(3, 8));
}

#[test]
fn python_2_7() {
    check(PYTHON_2_7, Python::new(2, 7));
}

#[test]
fn a_large_result_is_refused_before_it_is_made() {
    let refused = "the text would have more than 4096 bytes";
    let python = Python::new(3, 12);
    assert_eq!(show(&I(1), "1000000000", python), refused);
    assert_eq!(show(&I(1), "01000000000,", python), refused);
    assert_eq!(show(&F(1.0), ".1000000000f", python), refused);
    assert_eq!(show(&F(1.0), ".1000000000", python), refused);
    assert_eq!(show(&T("a"), "*^1000000000", python), refused);
    assert_eq!(show(&I(65), "1000000000c", python), refused);
}
