//! Modules whose work a static reader does not do: processes, the network, temporary files, the clock. What they give is
//! unknown, what they do matters to no field of the metadata.

use crate::eval::exceptions::{EXCEPTION, OS_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, when};
use crate::eval::Value;

/// Every module of this file.
pub(super) static MODULES: &[&Module] = &[
    &SUBPROCESS, &COMMANDS, &TEMPFILE, &SOCKET, &GETPASS, &URLLIB, &URLLIB2, &URLLIB_REQUEST, &URLLIB_ERROR, &URLPARSE,
    &RANDOM, &UUID, &THREADING, &MULTIPROCESSING, &SIGNAL, &ATEXIT, &GC, &CTYPES, &CTYPES_UTIL, &WEBBROWSER, &UNITTEST,
    &DOCTEST, &PDB, &ZIPFILE, &TARFILE, &GZIP, &PWD, &GRP, &SSL, &HTTP_CLIENT, &HTTPLIB, &RESOURCE, &SELECT, &FCNTL,
    &TRACEBACK, &PROFILE, &PICKLE, &PPRINT,
];

const PROCESS: &str = "what a process prints depends on the machine that builds";
const NETWORK: &str = "the network is not asked";
const FILES: &str = "temporary files are not made";
const CHANCE: &str = "a random value differs from build to build";
const ARCHIVE: &str = "archives are not opened";

macro_rules! module {
    ($ident:ident $name:literal [$($member:expr),* $(,)?]) => {
        static $ident: Module = Module { name: $name, members: { const MEMBERS: &[Entry] = &[$($member),*]; MEMBERS }, available: None };
    };
    ($ident:ident $name:literal if $available:path [$($member:expr),* $(,)?]) => {
        static $ident: Module = Module { name: $name, members: { const MEMBERS: &[Entry] = &[$($member),*]; MEMBERS }, available: Some($available) };
    };
}

macro_rules! exception {
    ($ident:ident $name:literal $module:literal $base:expr) => {
        static $ident: Class = Class { name: $name, module: $module, bases: &[$base], members: &[], new: None };
    };
}

exception!(SUBPROCESS_ERROR "SubprocessError" "subprocess" &EXCEPTION);
exception!(CALLED_PROCESS_ERROR "CalledProcessError" "subprocess" &SUBPROCESS_ERROR);
exception!(TIMEOUT_EXPIRED "TimeoutExpired" "subprocess" &SUBPROCESS_ERROR);

module!(SUBPROCESS "subprocess" [
    ("PIPE", Member::Constant(|_| Ok(Value::int(-1)))),
    ("STDOUT", Member::Constant(|_| Ok(Value::int(-2)))),
    ("DEVNULL", Member::Only(when::python3, &Member::Constant(|_| Ok(Value::int(-3))))),
    ("call", Member::Opaque(PROCESS)),
    ("check_call", Member::Opaque(PROCESS)),
    ("check_output", Member::Opaque(PROCESS)),
    ("run", Member::Only(when::python3, &Member::Opaque(PROCESS))),
    ("getoutput", Member::Only(when::python3, &Member::Opaque(PROCESS))),
    ("getstatusoutput", Member::Only(when::python3, &Member::Opaque(PROCESS))),
    ("Popen", Member::Opaque(PROCESS)),
    ("list2cmdline", Member::Opaque("`subprocess.list2cmdline` is not modelled")),
    ("SubprocessError", Member::Only(when::python3, &Member::Class(&SUBPROCESS_ERROR))),
    ("CalledProcessError", Member::Class(&CALLED_PROCESS_ERROR)),
    ("TimeoutExpired", Member::Only(when::python3, &Member::Class(&TIMEOUT_EXPIRED))),
]);
module!(COMMANDS "commands" if when::python2 [
    ("getoutput", Member::Opaque(PROCESS)),
    ("getstatusoutput", Member::Opaque(PROCESS)),
]);
module!(TEMPFILE "tempfile" [
    ("mkdtemp", Member::Opaque(FILES)),
    ("mkstemp", Member::Opaque(FILES)),
    ("mktemp", Member::Opaque(FILES)),
    ("gettempdir", Member::Opaque(FILES)),
    ("NamedTemporaryFile", Member::Opaque(FILES)),
    ("TemporaryFile", Member::Opaque(FILES)),
    ("SpooledTemporaryFile", Member::Opaque(FILES)),
    ("TemporaryDirectory", Member::Only(when::python3, &Member::Opaque(FILES))),
]);

exception!(SOCKET_ERROR "error" "socket" &OS_ERROR);
module!(SOCKET "socket" [
    ("gethostname", Member::Opaque("the host's name depends on the machine that builds")),
    ("getfqdn", Member::Opaque("the host's name depends on the machine that builds")),
    ("gethostbyname", Member::Opaque(NETWORK)),
    ("socket", Member::Opaque(NETWORK)),
    ("create_connection", Member::Opaque(NETWORK)),
    ("setdefaulttimeout", Member::Ignored),
    ("error", Member::Class(&SOCKET_ERROR)),
]);
module!(GETPASS "getpass" [
    ("getuser", Member::Opaque("the user's name depends on the machine that builds")),
    ("getpass", Member::Opaque("nobody is there to type")),
]);

exception!(URL_ERROR "URLError" "urllib.error" &OS_ERROR);
exception!(HTTP_ERROR "HTTPError" "urllib.error" &URL_ERROR);
module!(URLLIB "urllib" [
    ("urlopen", Member::Only(when::python2, &Member::Opaque(NETWORK))),
    ("urlretrieve", Member::Only(when::python2, &Member::Opaque(NETWORK))),
    ("request", Member::Only(when::python3, &Member::Module("urllib.request"))),
    ("error", Member::Only(when::python3, &Member::Module("urllib.error"))),
]);
module!(URLLIB2 "urllib2" if when::python2 [
    ("urlopen", Member::Opaque(NETWORK)),
    ("Request", Member::Opaque(NETWORK)),
    ("build_opener", Member::Opaque(NETWORK)),
    ("URLError", Member::Class(&URL_ERROR)),
    ("HTTPError", Member::Class(&HTTP_ERROR)),
]);
module!(URLLIB_REQUEST "urllib.request" if when::python3 [
    ("urlopen", Member::Opaque(NETWORK)),
    ("urlretrieve", Member::Opaque(NETWORK)),
    ("Request", Member::Opaque(NETWORK)),
    ("build_opener", Member::Opaque(NETWORK)),
]);
module!(URLLIB_ERROR "urllib.error" if when::python3 [
    ("URLError", Member::Class(&URL_ERROR)),
    ("HTTPError", Member::Class(&HTTP_ERROR)),
]);
module!(URLPARSE "urlparse" if when::python2 []);
module!(RANDOM "random" [
    ("random", Member::Opaque(CHANCE)),
    ("randint", Member::Opaque(CHANCE)),
    ("randrange", Member::Opaque(CHANCE)),
    ("choice", Member::Opaque(CHANCE)),
    ("sample", Member::Opaque(CHANCE)),
    ("uniform", Member::Opaque(CHANCE)),
    ("seed", Member::Ignored),
]);
module!(UUID "uuid" [("uuid1", Member::Opaque(CHANCE)), ("uuid4", Member::Opaque(CHANCE))]);
module!(THREADING "threading" []);
module!(MULTIPROCESSING "multiprocessing" [
    ("cpu_count", Member::Opaque("the number of processors depends on the machine that builds")),
    ("freeze_support", Member::Ignored),
    ("set_start_method", Member::Only(when::python3, &Member::Ignored)),
]);
module!(SIGNAL "signal" [("signal", Member::Ignored)]);
module!(ATEXIT "atexit" [("register", Member::Opaque("what runs at the end is not followed"))]);
module!(GC "gc" [("collect", Member::Opaque("memory is not counted")), ("disable", Member::Ignored), ("enable", Member::Ignored)]);
module!(CTYPES "ctypes" [("util", Member::Module("ctypes.util"))]);
module!(CTYPES_UTIL "ctypes.util" [
    ("find_library", Member::Opaque("which libraries there are depends on the machine that builds")),
]);
module!(WEBBROWSER "webbrowser" [("open", Member::Ignored)]);
module!(UNITTEST "unittest" []);
module!(DOCTEST "doctest" []);
module!(PDB "pdb" [("set_trace", Member::Ignored)]);
module!(ZIPFILE "zipfile" [("ZipFile", Member::Opaque(ARCHIVE)), ("is_zipfile", Member::Opaque(ARCHIVE))]);
module!(TARFILE "tarfile" [("open", Member::Opaque(ARCHIVE)), ("is_tarfile", Member::Opaque(ARCHIVE))]);
module!(GZIP "gzip" [("open", Member::Opaque(ARCHIVE))]);
module!(PWD "pwd" if when::posix []);
module!(GRP "grp" if when::posix []);
module!(SSL "ssl" []);
module!(HTTP_CLIENT "http.client" if when::python3 []);
module!(HTTPLIB "httplib" if when::python2 []);
module!(RESOURCE "resource" if when::posix []);
module!(SELECT "select" []);
module!(FCNTL "fcntl" if when::posix []);
module!(TRACEBACK "traceback" [
    ("print_exc", Member::Ignored),
    ("print_stack", Member::Ignored),
    ("format_exc", Member::Opaque("a traceback is not followed")),
]);
module!(PROFILE "cProfile" []);
module!(PICKLE "pickle" []);
module!(PPRINT "pprint" [("pprint", Member::Ignored)]);
