//! Which modules Python itself has, by version: top-level names, read off CPython 2.7 and 3.6 to 3.13.

use crate::packaging::{Platform, Target};

/// On 2.7 and on every 3.
const ALWAYS: &str = "\
    __future__ abc antigravity argparse array ast atexit base64 bdb binascii bisect bz2 cProfile \
    calendar cmath cmd code codecs codeop collections colorsys compileall contextlib copy csv ctypes \
    datetime decimal difflib dis doctest email encodings ensurepip errno filecmp fileinput \
    fnmatch fractions ftplib functools gc genericpath getopt getpass gettext glob gzip hashlib heapq \
    hmac imaplib importlib inspect io itertools json keyword linecache locale logging mailbox marshal \
    math mimetypes mmap modulefinder multiprocessing netrc ntpath nturl2path numbers opcode \
    operator optparse os pdb pickle pickletools pkgutil platform plistlib poplib posixpath pprint \
    profile pstats py_compile pyclbr pydoc pydoc_data pyexpat quopri random re \
    rlcompleter runpy sched select shelve shlex shutil signal site smtplib socket sqlite3 sre_compile \
    sre_constants sre_parse ssl stat string stringprep struct subprocess symtable sys sysconfig \
    tabnanny tarfile tempfile textwrap this threading time timeit token tokenize trace traceback \
    types unicodedata unittest urllib uuid warnings wave weakref webbrowser wsgiref \
    xml zipfile zipimport zlib";

const PYTHON2: &str = "\
    BaseHTTPServer Bastion CGIHTTPServer ConfigParser Cookie DocXMLRPCServer HTMLParser MimeWriter Queue \
    SimpleHTTPServer SimpleXMLRPCServer SocketServer StringIO UserDict UserList UserString __main__ \
    anydbm audiodev bsddb cPickle cStringIO commands compiler cookielib copy_reg dbhash dircache dumbdbm \
    dummy_thread exceptions fpformat future_builtins hotshot htmlentitydefs htmllib httplib ihooks \
    imputil linuxaudiodev markupbase md5 mhlib mimetools mimify multifile mutex new os2emxpath popen2 \
    posixfile repr rexec rfc822 robotparser sets sgmllib sha sre statvfs stringold strop sunaudio thread \
    toaiff urllib2 urlparse user whichdb xmllib xmlrpclib";

const PYTHON3: &str = "\
    asyncio builtins concurrent configparser copyreg dbm enum faulthandler html http ipaddress lzma \
    pathlib queue reprlib secrets selectors socketserver statistics tkinter tracemalloc turtle \
    turtledemo typing venv xmlrpc xxlimited zipapp";

/// Name, whether 2.7 has it, the first and the last minor of 3 that do.
const SOME: &[(&str, bool, u8, u8)] = &[
    ("aifc", true, 5, 12),
    ("asynchat", true, 5, 11),
    ("asyncore", true, 5, 11),
    ("audioop", true, 5, 12),
    ("binhex", true, 5, 10),
    ("cgi", true, 5, 12),
    ("cgitb", true, 5, 12),
    ("chunk", true, 5, 12),
    ("contextvars", false, 7, 255),
    ("dataclasses", false, 7, 255),
    ("dummy_threading", true, 5, 8),
    ("formatter", true, 5, 9),
    ("graphlib", false, 9, 255),
    ("imghdr", true, 5, 12),
    ("imp", true, 5, 11),
    ("lib2to3", true, 5, 12),
    ("macpath", true, 5, 7),
    ("macurl2path", true, 5, 6),
    ("mailcap", true, 5, 12),
    ("nntplib", true, 5, 12),
    ("parser", true, 5, 9),
    ("pipes", true, 5, 12),
    ("smtpd", true, 5, 11),
    ("sndhdr", true, 5, 12),
    ("sunau", true, 5, 12),
    ("symbol", true, 5, 9),
    ("telnetlib", true, 5, 12),
    ("tomllib", false, 11, 255),
    ("uu", true, 5, 12),
    ("xdrlib", true, 5, 12),
    ("xxsubtype", true, 5, 11),
    ("zoneinfo", false, 9, 255),
];

const WINDOWS: &str = "_winreg winreg msvcrt winsound nt msilib";

const POSIX: &str = "curses fcntl grp posix pty pwd readline resource syslog termios tty crypt nis spwd";

/// Submodules that Python 3 has and Python 2 has not, of packages and modules that both have.
const SUBMODULES_OF_3: &[&str] = &[
    "email.contentmanager",
    "email.headerregistry",
    "email.policy",
    "unittest.mock",
    "urllib.parse",
    "urllib.response",
    "urllib.robotparser",
];

/// Whether a submodule is there, if that is in the table.
pub fn has_submodule(name: &str, target: Target) -> Option<bool> {
    SUBMODULES_OF_3.contains(&name).then_some(target.python.major > 2)
}

/// Whether a name is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// On every Python of the target's major version.
    Always,
    /// On none.
    Never,
    /// On this one, and not on all of its major version.
    Here,
    NotHere,
    /// On this platform, and not on all.
    OnPlatform,
    NotOnPlatform,
}

/// Whether a target's standard library surely has a top-level module.
pub fn is_standard(name: &str, target: Target) -> bool {
    matches!(exists(name, target), Answer::Always | Answer::Here | Answer::OnPlatform)
}

/// Whether the standard library of a Python has a top-level module.
pub fn exists(name: &str, target: Target) -> Answer {
    let python = target.python;
    let has = |names: &str| names.split_ascii_whitespace().any(|known| known == name);
    if has(ALWAYS) || has(if python.major == 2 { PYTHON2 } else { PYTHON3 }) {
        return Answer::Always;
    }
    let windows = target.platform == Platform::Windows;
    if has(WINDOWS) || has(POSIX) {
        let renamed = (name == "_winreg" && python.major > 2) || (name == "winreg" && python.major == 2);
        return if has(WINDOWS) == windows && !renamed { Answer::OnPlatform } else { Answer::NotOnPlatform };
    }
    match SOME.iter().find(|row| row.0 == name) {
        Some((_, true, _, _)) if python.major == 2 => Answer::Always,
        Some((_, _, from, to)) if python.major > 2 => {
            if (*from..=*to).contains(&python.minor) {
                Answer::Here
            } else {
                Answer::NotHere
            }
        }
        _ => Answer::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::{Answer, exists};
    use crate::packaging::{Platform, Python, Target};

    #[test]
    fn names_by_version() {
        let on = |major, minor| Target { python: Python::new(major, minor), platform: Platform::Linux };
        assert_eq!(exists("os", on(2, 7)), Answer::Always);
        assert_eq!(exists("ConfigParser", on(2, 7)), Answer::Always);
        assert_eq!(exists("ConfigParser", on(3, 13)), Answer::Never);
        assert_eq!(exists("imp", on(3, 6)), Answer::Here);
        assert_eq!(exists("imp", on(3, 13)), Answer::NotHere);
        assert_eq!(exists("tomllib", on(3, 6)), Answer::NotHere);
        assert_eq!(exists("winreg", on(3, 6)), Answer::NotOnPlatform);
        assert_eq!(exists("numpy", on(3, 13)), Answer::Never);
    }
}
