//! Modules whose work a static reader does not do: processes, the network, temporary files, the clock. What they give is
//! unknown, what they do matters to no field of the metadata.

use crate::eval::Value;
use crate::eval::exceptions::{EXCEPTION, OS_ERROR};
use crate::eval::module::{Class, Entry, Member, Module, when};

const PROCESS: &str = "what a process prints depends on the machine that builds";
const NETWORK: &str = "the network is not asked";
const FILES: &str = "temporary files are not made";
const CHANCE: &str = "a random value differs from build to build";
const ARCHIVE: &str = "archives are not opened";

macro_rules! module {
    ($ident:ident $name:literal [$($member:expr),* $(,)?]) => {
        pub(super) static $ident: Module = Module { name: $name, members: { const MEMBERS: &[Entry] = &[$($member),*]; MEMBERS }, available: None };
    };
    ($ident:ident $name:literal if $available:path [$($member:expr),* $(,)?]) => {
        pub(super) static $ident: Module = Module { name: $name, members: { const MEMBERS: &[Entry] = &[$($member),*]; MEMBERS }, available: Some($available) };
    };
}

macro_rules! exception {
    ($ident:ident $name:literal $module:literal $base:expr) => {
        static $ident: Class =
            Class { name: $name, module: $module, bases: &[$base], members: &[], new: None };
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
module!(PDB "pdb" [("set_trace", Member::Ignored)]);
module!(ZIPFILE "zipfile" [("ZipFile", Member::Opaque(ARCHIVE)), ("is_zipfile", Member::Opaque(ARCHIVE))]);
module!(TARFILE "tarfile" [("open", Member::Opaque(ARCHIVE)), ("is_tarfile", Member::Opaque(ARCHIVE))]);
module!(GZIP "gzip" [("open", Member::Opaque(ARCHIVE))]);
module!(TRACEBACK "traceback" [
    ("print_exc", Member::Ignored),
    ("print_stack", Member::Ignored),
    ("format_exc", Member::Opaque("a traceback is not followed")),
]);
module!(PPRINT "pprint" [("pprint", Member::Ignored)]);
