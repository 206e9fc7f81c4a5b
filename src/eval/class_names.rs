//! Names that built-in and modelled classes have on CPython and that are not modelled: unknown, where a name that no CPython
//! has is an AttributeError. Read off CPython 2.7 and 3.6 to 3.13.

use super::releases_with::ON;
use super::releases_with::On::{self, All, Between, Three, Two};
use crate::packaging::Python;

/// Class, where, names.
const NAMES: &[(&str, On, &str)] = &[
    ("BytesIO", All, "closed detach read1 readinto seekable writable"),
    ("BytesIO", Three, "getbuffer readinto1"),
    ("Counter", Between(10, ON), "total"),
    (
        "Logger",
        All,
        "callHandlers disabled fatal filter filters findCaller handle makeRecord manager name removeFilter root",
    ),
    ("Logger", Between(12, ON), "getChildren"),
    ("Logger", Three, "hasHandlers"),
    ("LooseVersion", All, "component_re"),
    ("Match", All, "endpos pos regs"),
    ("Path", Between(8, 11), "link_to"),
    ("Path", Between(10, ON), "hardlink_to"),
    ("Path", Between(12, ON), "is_junction walk"),
    ("Path", Between(13, ON), "from_uri"),
    ("Path", Between(7, ON), "is_mount"),
    ("Path", Between(9, ON), "readlink"),
    (
        "Path",
        Three,
        "group is_block_device is_char_device is_fifo is_socket lchmod lstat owner rename replace rmdir samefile \
         symlink_to unlink",
    ),
    ("Pattern", All, "scanner"),
    ("PurePath", Between(12, ON), "with_segments"),
    ("PurePath", Between(13, ON), "full_match parser"),
    ("PurePath", Between(9, ON), "is_relative_to with_stem"),
    ("PurePath", Three, "anchor as_uri drive is_reserved match root"),
    ("RawConfigParser", All, "OPTCRE OPTCRE_NV SECTCRE"),
    (
        "RawConfigParser",
        Three,
        "BOOLEAN_STATES NONSPACECRE clear converters pop popitem setdefault update values",
    ),
    ("StringIO", All, "closed detach encoding errors line_buffering newlines seekable writable"),
    ("Template", All, "idpattern pattern"),
    ("Template", Between(11, ON), "get_identifiers is_valid"),
    ("Template", Between(7, ON), "braceidpattern"),
    ("Template", Three, "flags"),
    (
        "TextIOWrapper",
        All,
        "buffer closed detach errors line_buffering mode name newlines read readinto readline readlines seek \
         seekable tell truncate writable",
    ),
    ("TextIOWrapper", Between(7, ON), "reconfigure write_through"),
    ("TextIOWrapper", Three, "peek raw read1 readable readinto1"),
    ("TextIOWrapper", Two, "encoding next softspace xreadlines"),
    ("_Environ", Three, "decodekey decodevalue encodekey encodevalue"),
    ("_Environ", Two, "data"),
    ("_Environ", Between(0, 8), "putenv unsetenv"),
    (
        "bytearray",
        All,
        "append capitalize center count decode endswith expandtabs extend find fromhex index insert isalnum isalpha \
         isdigit islower isspace istitle isupper join ljust lower lstrip partition pop remove replace reverse rfind \
         rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill",
    ),
    ("bytearray", Between(7, ON), "isascii"),
    ("bytearray", Between(9, ON), "removeprefix removesuffix"),
    ("bytearray", Three, "clear copy hex maketrans"),
    ("chain", All, "from_iterable"),
    ("complex", All, "conjugate imag real"),
    ("dict_items", Between(10, ON), "mapping"),
    ("dict_keys", Between(10, ON), "mapping"),
    (
        "file",
        Two,
        "close closed encoding errors fileno flush isatty mode name newlines next read readinto readline readlines \
         seek softspace tell truncate write writelines xreadlines",
    ),
    ("function", Two, "func_dict"),
    ("generator", All, "gi_code gi_frame gi_running"),
    ("generator", Between(11, ON), "gi_suspended"),
    ("generator", Three, "gi_yieldfrom"),
    ("memoryview", All, "format itemsize ndim readonly shape strides suboffsets tobytes tolist"),
    ("memoryview", Between(8, ON), "toreadonly"),
    ("memoryview", Three, "c_contiguous cast contiguous f_contiguous hex nbytes obj release"),
    ("range", Three, "count index"),
    ("version_info", All, "n_fields n_sequence_fields n_unnamed_fields"),
];

/// Whether instances of a class have a name that is not modelled on this Python.
pub(super) fn has(class: &str, name: &str, python: Python) -> bool {
    let mut rows = NAMES.iter().filter(|row| row.0 == class && row.1.holds(python));
    rows.any(|row| row.2.split_ascii_whitespace().any(|known| known == name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_and_go() {
        assert!(has("Path", "link_to", Python::new(3, 8)));
        assert!(!has("Path", "link_to", Python::new(3, 12)));
        assert!(has("PurePath", "match", Python::new(3, 6)));
        assert!(!has("PurePath", "nothing", Python::new(3, 6)));
        assert!(!has("TextIOWrapper", "xreadlines", Python::new(3, 6)));
    }
}
