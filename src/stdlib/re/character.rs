//! What `\w`, `\d` and `\s` mean in Python, and which letters differ only by case.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};
use std::sync::{Arc, LazyLock};

/// A set by its notation in `regex-syntax`.
fn class(notation: &str) -> ClassUnicode {
    let hir = regex_syntax::parse(notation).expect("internal error: the notation is a constant");
    match hir.into_kind() {
        HirKind::Class(Class::Unicode(class)) => class,
        _ => unreachable!("internal error: every notation here is a class of more than one character"),
    }
}

/// A category and its complement.
type Category = LazyLock<[Arc<ClassUnicode>; 2]>;

fn both(notation: &str) -> [Arc<ClassUnicode>; 2] {
    let class = class(notation);
    let mut complement = class.clone();
    complement.negate();
    [Arc::new(class), Arc::new(complement)]
}

/// `str.isalnum()` or an underscore: unlike the engine's own `\w` without marks, with every number.
static WORD: Category = LazyLock::new(|| both(r"[\p{L}\p{N}_]"));
static DIGIT: Category = LazyLock::new(|| both(r"\p{Nd}"));
/// `str.isspace()`.
static SPACE: Category = LazyLock::new(|| both(r"[\t-\r\x1c-\x20\x85\p{Z}]"));
static ASCII_WORD: Category = LazyLock::new(|| both("[0-9A-Za-z_]"));
static ASCII_DIGIT: Category = LazyLock::new(|| both("[0-9]"));
static ASCII_SPACE: Category = LazyLock::new(|| both(r"[\t-\r\x20]"));

/// What has another case; folding looks at each character, so it must not see whole planes of others.
static CASED: LazyLock<ClassUnicode> = LazyLock::new(|| class(r"[\p{CWCM}\p{CWCF}]"));
static ASCII_CASED: LazyLock<ClassUnicode> = LazyLock::new(|| class("[A-Za-z]"));

/// Characters that are a word character to Python or to the linear engine but not to both.
static WORD_DIFFERS: LazyLock<ClassUnicode> = LazyLock::new(|| {
    let mut difference = (*WORD[0]).clone();
    difference.symmetric_difference(&class(r"\w"));
    difference
});

/// Characters whose case pairs are not those of simple case folding in some Python from 2.7 on, found by matching every
/// pair in 2.7, 3.6, 3.8 and 3.13: dotted and dotless I, a few second forms, and letters that came after Unicode 5.2.
static CASE_DIFFERS: LazyLock<ClassUnicode> = LazyLock::new(|| {
    let mut odd = class(CASE_ODDITIES);
    // A letter that the oldest Python did not know has no case there.
    let mut newer = class(r"[\p{Lu}\p{Ll}\p{Lt}]");
    newer.difference(&class(r"\p{age:5.2}"));
    odd.union(&newer);
    odd
});

const CASE_ODDITIES: &str = r"[\u{130}\u{131}\u{345}\u{1fd3}\u{1fe3}\u{fb05}\u{fb06}]";

/// `\d`, `\s` or `\w`; in capitals their complements. `None` for any other letter.
pub fn category(letter: char, ascii: bool) -> Option<Arc<ClassUnicode>> {
    let category = match (letter.to_ascii_lowercase(), ascii) {
        ('d', false) => &DIGIT,
        ('d', true) => &ASCII_DIGIT,
        ('s', false) => &SPACE,
        ('s', true) => &ASCII_SPACE,
        ('w', false) => &WORD,
        ('w', true) => &ASCII_WORD,
        _ => return None,
    };
    Some(Arc::clone(&category[usize::from(letter.is_ascii_uppercase())]))
}

/// Every character, or every one but a newline.
pub fn any(with_newline: bool) -> ClassUnicode {
    let mut class = ClassUnicode::empty();
    if !with_newline {
        class.push(ClassUnicodeRange::new('\n', '\n'));
    }
    class.negate();
    class
}

/// Adds the other case of every letter.
pub fn fold(class: &mut ClassUnicode, ascii: bool) {
    let mut letters = class.clone();
    letters.intersect(if ascii { &ASCII_CASED } else { &CASED });
    if !ascii {
        letters.case_fold_simple();
        class.union(&letters);
        return;
    }
    for range in letters.ranges() {
        for (start, end, shift) in [('A', 'Z', 32), ('a', 'z', -32)] {
            let (low, high) = (range.start().max(start), range.end().min(end));
            if low <= high {
                let other = |c: char| char::from((c as u8).wrapping_add_signed(shift));
                class.push(ClassUnicodeRange::new(other(low), other(high)));
            }
        }
    }
}

/// Whether the set has the character.
pub fn contains(class: &ClassUnicode, character: char) -> bool {
    let ranges = class.ranges();
    let at = ranges.partition_point(|range| range.end() < character);
    ranges.get(at).is_some_and(|range| range.start() <= character)
}

/// Whether the character belongs to a word, by Python.
pub fn is_word(character: char, ascii: bool) -> bool {
    if character.is_ascii() || ascii {
        character.is_ascii_alphanumeric() || character == '_'
    } else {
        contains(&WORD[0], character)
    }
}

/// Whether the linear engine sees other word boundaries in this text than Python does.
pub fn words_differ(text: &str, ascii: bool) -> bool {
    text.chars().any(|c| !c.is_ascii() && (ascii || contains(&WORD_DIFFERS, c)))
}

/// Whether the text has a letter whose case pairs depend on the Python.
pub fn case_differs(text: &str) -> bool {
    text.chars().any(|c| !c.is_ascii() && contains(&CASE_DIFFERS, c))
}
