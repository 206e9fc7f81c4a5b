//! Names that modules of the standard library have on some CPythons only, so that `try: from collections import Mapping` fails where it
//! does. Read off CPython 2.7 and 3.6 to 3.13 on Linux; modules that others merely import are left out.

use super::releases_with::ON;
use super::releases_with::On::{self, Between, Three, Two, Until};
use crate::packaging::Python;

/// Module, where, names. A name that is there always, or on no Python, is not among them.
const NAMES: &[(&str, On, &str)] = &[
    (
        "ast",
        Between(10, ON),
        "Match MatchAs MatchClass MatchMapping MatchOr MatchSequence MatchSingleton MatchStar MatchValue \
         match_case pattern",
    ),
    ("ast", Between(11, ON), "TryStar"),
    ("ast", Between(12, ON), "ParamSpec TypeAlias TypeVar TypeVarTuple type_param"),
    ("ast", Between(13, ON), "PyCF_OPTIMIZED_AST"),
    (
        "ast",
        Between(8, ON),
        "FunctionType NamedExpr PyCF_ALLOW_TOP_LEVEL_AWAIT PyCF_TYPE_COMMENTS TypeIgnore get_source_segment \
         type_ignore",
    ),
    ("ast", Between(9, ON), "IntEnum auto contextmanager main nullcontext unparse"),
    (
        "ast",
        Three,
        "AnnAssign AsyncFor AsyncFunctionDef AsyncWith Await Bytes Constant FormattedValue JoinedStr MatMult \
         NameConstant Nonlocal Starred Try YieldFrom arg withitem",
    ),
    ("ast", Two, "Exec Print Repr TryExcept TryFinally"),
    ("base64", Between(10, ON), "b32hexdecode b32hexencode"),
    ("base64", Between(13, ON), "z85decode z85encode"),
    ("base64", Three, "a85decode a85encode b85decode b85encode bytes_types decodebytes encodebytes main"),
    ("base64", Two, "EMPTYSTRING k test1 v"),
    ("base64", Until(11), "test"),
    ("base64", Until(8), "decodestring encodestring"),
    ("builtins", Between(10, ON), "EncodingWarning aiter anext"),
    ("builtins", Between(11, ON), "BaseExceptionGroup ExceptionGroup"),
    ("builtins", Between(13, ON), "PythonFinalizationError"),
    ("builtins", Between(7, ON), "breakpoint"),
    ("codecs", Between(10, ON), "unregister"),
    ("codecs", Three, "namereplace_errors"),
    ("codecs", Two, "charbuffer_encode"),
    ("codecs", Until(7), "unicode_internal_decode unicode_internal_encode"),
    (
        "collections",
        Between(0, 9),
        "AsyncGenerator AsyncIterable AsyncIterator Awaitable ByteString Collection Coroutine Generator \
         Reversible",
    ),
    ("collections", Three, "ChainMap UserDict UserList UserString"),
    (
        "collections",
        Until(9),
        "Callable Container Hashable ItemsView Iterable Iterator KeysView Mapping MappingView MutableMapping \
         MutableSequence MutableSet Sequence Set Sized ValuesView",
    ),
    ("collections.abc", Between(12, ON), "Buffer"),
    (
        "collections.abc",
        Between(13, ON),
        "ABCMeta EllipsisType FunctionType GenericAlias abstractmethod async_generator bytearray_iterator \
         bytes_iterator coroutine dict_itemiterator dict_items dict_keyiterator dict_keys dict_valueiterator \
         dict_values framelocalsproxy generator list_iterator list_reverseiterator longrange_iterator \
         mappingproxy range_iterator set_iterator str_iterator tuple_iterator zip_iterator",
    ),
    ("configparser", Between(0, 11), "SafeConfigParser"),
    ("configparser", Between(0, 12), "LegacyInterpolation"),
    ("configparser", Between(13, ON), "Iterable MultilineContinuationError UNNAMED_SECTION"),
    ("contextlib", Between(10, ON), "AsyncContextDecorator aclosing"),
    ("contextlib", Between(11, ON), "chdir"),
    (
        "contextlib",
        Between(7, ON),
        "AbstractAsyncContextManager AsyncExitStack asynccontextmanager nullcontext",
    ),
    ("contextlib", Between(8, ON), "MethodType"),
    ("contextlib", Between(9, ON), "GenericAlias"),
    (
        "contextlib",
        Three,
        "AbstractContextManager ContextDecorator ExitStack deque redirect_stderr redirect_stdout suppress",
    ),
    ("contextlib", Two, "GeneratorContextManager nested warn"),
    ("copy", Between(13, ON), "replace"),
    ("copy", Two, "PyStringMap name t"),
    ("csv", Between(0, 7), "OrderedDict"),
    ("csv", Between(12, ON), "QUOTE_NOTNULL QUOTE_STRINGS"),
    ("csv", Three, "unix_dialect"),
    ("csv", Two, "reduce"),
    ("datetime", Between(11, ON), "UTC"),
    ("datetime", Three, "timezone"),
    ("email.utils", Between(0, 12), "Charset"),
    ("email.utils", Between(13, ON), "supports_strict_parsing"),
    ("email.utils", Three, "format_datetime localtime parsedate_to_datetime"),
    ("email.utils", Two, "fix_eols"),
    ("email.utils", Until(6), "ecre"),
    ("enum", Between(0, 7), "OrderedDict"),
    (
        "enum",
        Between(11, ON),
        "CONFORM CONTINUOUS EJECT EnumCheck EnumType FlagBoundary KEEP NAMED_FLAGS ReprEnum STRICT StrEnum \
         UNIQUE bin global_enum global_enum_repr global_flag_repr global_str member nonmember \
         pickle_by_enum_name pickle_by_global_name property show_flag_values verify",
    ),
    ("enum", Between(13, ON), "EnumDict"),
    ("functools", Between(0, 6), "MappingProxyType WeakKeyDictionary"),
    ("functools", Between(8, ON), "cached_property singledispatchmethod"),
    ("functools", Between(9, ON), "GenericAlias cache"),
    (
        "functools",
        Three,
        "RLock get_cache_token lru_cache namedtuple partialmethod recursive_repr singledispatch",
    ),
    ("glob", Between(13, ON), "translate"),
    ("glob", Three, "escape magic_check_bytes"),
    ("hashlib", Between(11, ON), "file_digest"),
    ("hashlib", Between(7, ON), "scrypt"),
    ("hashlib", Three, "blake2b blake2s sha3_224 sha3_256 sha3_384 sha3_512 shake_128 shake_256"),
    ("hashlib", Two, "algorithms"),
    ("importlib", Between(0, 11), "find_loader"),
    ("importlib", Three, "invalidate_caches reload"),
    ("importlib.machinery", Between(11, ON), "NamespaceLoader"),
    ("importlib.machinery", Between(13, ON), "AppleFrameworkLoader"),
    ("importlib.metadata", Between(10, 11), "Deprecated DeprecatedList SelectableGroups Union"),
    (
        "importlib.metadata",
        Between(10, ON),
        "EntryPoints FreezableDefaultDict List Lookup Mapping Optional PackageMetadata Pair Sectioned \
         SimplePath method_cache packages_distributions pass_none unique_everseen",
    ),
    ("importlib.metadata", Between(11, 12), "DeprecatedTuple"),
    ("importlib.metadata", Between(11, ON), "always_iterable"),
    ("importlib.metadata", Between(12, ON), "DeprecatedNonAbstract cast"),
    ("importlib.metadata", Between(13, ON), "Any Iterable Match Set annotations"),
    ("importlib.metadata", Between(8, 9), "ConfigParser"),
    ("importlib.resources", Between(10, 10), "ModuleSpec Sequence singledispatch"),
    ("importlib.resources", Between(10, ON), "ResourceReader"),
    ("importlib.resources", Between(13, ON), "Anchor"),
    (
        "importlib.resources",
        Between(7, 10),
        "BinaryIO BytesIO Iterable ModuleType Path ResourceLoader TextIO TextIOWrapper Union cast suppress",
    ),
    ("importlib.resources", Between(7, 12), "Resource"),
    ("importlib.resources", Between(7, 8), "Iterator Set ZipImportError"),
    ("importlib.resources", Between(7, 9), "Optional contextmanager import_module"),
    ("importlib.resources", Between(9, 10), "ContextManager"),
    ("importlib.resources", Between(9, ON), "as_file files"),
    ("importlib.util", Between(0, 11), "contextmanager module_for_loader set_loader set_package"),
    ("importlib.util", Between(10, ON), "Loader"),
    ("importlib.util", Between(7, ON), "source_hash"),
    ("inspect", Between(0, 10), "k mod_dict v"),
    ("inspect", Between(10, ON), "get_annotations"),
    ("inspect", Between(11, ON), "getmembers_static iskeyword ismethodwrapper"),
    (
        "inspect",
        Between(12, ON),
        "AGEN_CLOSED AGEN_CREATED AGEN_RUNNING AGEN_SUSPENDED BufferFlags getasyncgenlocals getasyncgenstate \
         markcoroutinefunction",
    ),
    ("inspect", Between(13, ON), "make_weakref"),
    ("inspect", Between(9, ON), "ClassFoundException"),
    (
        "inspect",
        Three,
        "BoundArguments CORO_CLOSED CORO_CREATED CORO_RUNNING CORO_SUSPENDED CO_ASYNC_GENERATOR CO_COROUTINE \
         CO_ITERABLE_COROUTINE ClosureVars FrameInfo FullArgSpec GEN_CLOSED GEN_CREATED GEN_RUNNING \
         GEN_SUSPENDED OrderedDict Parameter Signature formatannotation formatannotationrelativeto \
         getattr_static getclosurevars getcoroutinelocals getcoroutinestate getfullargspec getgeneratorlocals \
         getgeneratorstate isasyncgen isasyncgenfunction isawaitable iscoroutine iscoroutinefunction \
         signature unwrap",
    ),
    ("inspect", Two, "ModuleInfo getmoduleinfo joinseq strseq"),
    ("inspect", Until(10), "ArgSpec formatargspec getargspec"),
    ("io", Between(10, ON), "text_encoding"),
    ("io", Between(8, ON), "open_code"),
    ("io", Until(11), "OpenWrapper"),
    ("itertools", Between(10, ON), "pairwise"),
    ("itertools", Between(12, ON), "batched"),
    ("itertools", Three, "accumulate filterfalse zip_longest"),
    ("itertools", Two, "ifilter ifilterfalse imap izip izip_longest"),
    ("json", Three, "JSONDecodeError detect_encoding"),
    ("locale", Between(0, 10), "k v"),
    ("locale", Between(10, ON), "localize"),
    ("locale", Between(11, ON), "getencoding"),
    ("locale", Three, "delocalize"),
    ("locale", Until(11), "format"),
    ("locale", Until(12), "resetlocale"),
    ("logging", Between(11, ON), "GenericAlias getLevelNamesMapping"),
    ("logging", Between(12, ON), "getHandlerByName getHandlerNames logAsyncioTasks"),
    (
        "logging",
        Three,
        "PercentStyle StrFormatStyle StringTemplateStyle Template getLogRecordFactory lastResort \
         setLogRecordFactory",
    ),
    ("math", Between(11, ON), "cbrt exp2"),
    ("math", Between(12, ON), "sumprod"),
    ("math", Between(13, ON), "fma"),
    ("math", Between(7, ON), "remainder"),
    ("math", Between(8, ON), "comb dist isqrt perm prod"),
    ("math", Between(9, ON), "lcm nextafter ulp"),
    ("math", Three, "gcd inf isclose isfinite log2 nan tau"),
    ("operator", Between(11, ON), "call"),
    ("operator", Three, "imatmul length_hint matmul"),
    (
        "operator",
        Two,
        "delslice div getslice idiv irepeat isCallable isMappingType isNumberType isSequenceType repeat \
         sequenceIncludes setslice",
    ),
    (
        "os",
        Between(10, ON),
        "EFD_CLOEXEC EFD_NONBLOCK EFD_SEMAPHORE O_FSYNC RWF_APPEND SPLICE_F_MORE SPLICE_F_MOVE \
         SPLICE_F_NONBLOCK eventfd eventfd_read eventfd_write splice",
    ),
    ("os", Between(11, ON), "login_tty"),
    (
        "os",
        Between(12, ON),
        "CLONE_FILES CLONE_FS CLONE_NEWCGROUP CLONE_NEWIPC CLONE_NEWNET CLONE_NEWNS CLONE_NEWPID \
         CLONE_NEWTIME CLONE_NEWUSER CLONE_NEWUTS CLONE_SIGHAND CLONE_SYSVSEM CLONE_THREAD CLONE_VM setns \
         unshare",
    ),
    (
        "os",
        Between(13, ON),
        "POSIX_SPAWN_CLOSEFROM TFD_CLOEXEC TFD_NONBLOCK TFD_TIMER_ABSTIME TFD_TIMER_CANCEL_ON_SET grantpt \
         posix_openpt process_cpu_count ptsname timerfd_create timerfd_gettime timerfd_gettime_ns \
         timerfd_settime timerfd_settime_ns unlockpt",
    ),
    ("os", Between(7, ON), "RWF_DSYNC RWF_HIPRI RWF_NOWAIT RWF_SYNC preadv pwritev register_at_fork"),
    (
        "os",
        Between(8, ON),
        "MFD_ALLOW_SEALING MFD_CLOEXEC MFD_HUGETLB MFD_HUGE_16GB MFD_HUGE_16MB MFD_HUGE_1GB MFD_HUGE_1MB \
         MFD_HUGE_256MB MFD_HUGE_2GB MFD_HUGE_2MB MFD_HUGE_32MB MFD_HUGE_512KB MFD_HUGE_512MB MFD_HUGE_64KB \
         MFD_HUGE_8MB MFD_HUGE_MASK MFD_HUGE_SHIFT POSIX_SPAWN_CLOSE POSIX_SPAWN_DUP2 POSIX_SPAWN_OPEN \
         copy_file_range memfd_create posix_spawn posix_spawnp",
    ),
    (
        "os",
        Between(9, ON),
        "CLD_KILLED CLD_STOPPED GenericAlias Mapping P_PIDFD pidfd_open waitstatus_to_exitcode",
    ),
    (
        "os",
        Three,
        "CLD_CONTINUED CLD_DUMPED CLD_EXITED CLD_TRAPPED DirEntry F_LOCK F_TEST F_TLOCK F_ULOCK GRND_NONBLOCK \
         GRND_RANDOM MutableMapping O_ACCMODE O_CLOEXEC O_PATH O_TMPFILE POSIX_FADV_DONTNEED \
         POSIX_FADV_NOREUSE POSIX_FADV_NORMAL POSIX_FADV_RANDOM POSIX_FADV_SEQUENTIAL POSIX_FADV_WILLNEED \
         PRIO_PGRP PRIO_PROCESS PRIO_USER P_ALL P_PGID P_PID PathLike RTLD_DEEPBIND RTLD_GLOBAL RTLD_LAZY \
         RTLD_LOCAL RTLD_NODELETE RTLD_NOLOAD RTLD_NOW SCHED_BATCH SCHED_FIFO SCHED_IDLE SCHED_OTHER \
         SCHED_RESET_ON_FORK SCHED_RR SEEK_DATA SEEK_HOLE ST_APPEND ST_MANDLOCK ST_NOATIME ST_NODEV \
         ST_NODIRATIME ST_NOEXEC ST_NOSUID ST_RDONLY ST_RELATIME ST_SYNCHRONOUS ST_WRITE WEXITED WNOWAIT \
         WSTOPPED XATTR_CREATE XATTR_REPLACE XATTR_SIZE_MAX cpu_count device_encoding environb fsdecode \
         fsencode fspath fwalk get_blocking get_exec_path get_inheritable get_terminal_size getcwdb getenvb \
         getgrouplist getpriority getrandom getxattr listxattr lockf pipe2 posix_fadvise posix_fallocate \
         pread pwrite readv removexattr replace scandir sched_get_priority_max sched_get_priority_min \
         sched_getaffinity sched_getparam sched_getscheduler sched_param sched_rr_get_interval \
         sched_setaffinity sched_setparam sched_setscheduler sched_yield sendfile set_blocking \
         set_inheritable setpriority setxattr supports_bytes_environ supports_dir_fd supports_effective_ids \
         supports_fd supports_follow_symlinks sync terminal_size times_result truncate uname_result waitid \
         waitid_result writev",
    ),
    ("os", Two, "getcwdu lchmod popen2 popen3 popen4 tempnam tmpfile tmpnam"),
    ("os", Until(6), "stat_float_times"),
    ("os.path", Between(12, ON), "isjunction splitroot"),
    ("os.path", Between(13, ON), "isdevdrive"),
    ("os.path", Three, "commonpath"),
    ("os.path", Two, "walk"),
    ("pathlib", Between(0, 10), "EINVAL"),
    ("pathlib", Between(0, 11), "attrgetter"),
    (
        "pathlib",
        Between(0, 12),
        "ENOENT ENOTDIR S_ISBLK S_ISCHR S_ISDIR S_ISFIFO S_ISLNK S_ISREG S_ISSOCK Sequence \
         urlquote_from_bytes",
    ),
    ("pathlib", Between(0, 6), "contextmanager"),
    ("pathlib", Between(0, 9), "nt supports_symlinks"),
    ("pathlib", Between(13, ON), "UnsupportedOperation"),
    ("pathlib", Between(7, 12), "EBADF ELOOP"),
    ("pkgutil", Between(9, ON), "resolve_name"),
    ("pkgutil", Three, "ModuleInfo namedtuple"),
    ("pkgutil", Until(11), "ImpImporter ImpLoader"),
    ("platform", Between(10, ON), "freedesktop_os_release"),
    ("platform", Between(13, ON), "AndroidVer IOSVersionInfo android_ver ios_ver"),
    ("platform", Between(8, ON), "win32_edition win32_is_iot"),
    ("platform", Three, "uname_result"),
    ("platform", Until(7), "DEV_NULL dist linux_distribution popen"),
    ("random", Between(12, ON), "binomialvariate"),
    ("random", Between(13, ON), "main"),
    ("random", Between(9, ON), "randbytes"),
    ("random", Three, "choices"),
    ("random", Two, "WichmannHill division jumpahead"),
    ("re", Between(11, ON), "NOFLAG"),
    ("re", Between(13, ON), "PatternError"),
    ("re", Between(7, ON), "Match Pattern"),
    ("re", Three, "A ASCII RegexFlag fullmatch"),
    ("re", Until(12), "T TEMPLATE template"),
    ("shlex", Between(8, ON), "join"),
    ("shlex", Three, "quote"),
    ("shutil", Between(8, ON), "COPY_BUFSIZE nt"),
    (
        "shutil",
        Three,
        "ReadError RegistryError SameFileError chown disk_usage get_terminal_size get_unpack_formats \
         register_unpack_format unpack_archive unregister_unpack_format which",
    ),
    ("shutil", Two, "WindowsError abspath"),
    ("shutil", Until(9), "getgrnam getpwnam"),
    ("site", Between(13, ON), "gethistoryfile register_readline"),
    ("site", Three, "abs_paths enablerlcompleter venv"),
    ("site", Two, "abs__file__ aliasmbcs setBEGINLIBPATH setencoding"),
    (
        "stat",
        Between(13, ON),
        "SF_DATALESS SF_FIRMLINK SF_RESTRICTED SF_SETTABLE UF_DATAVAULT UF_SETTABLE UF_TRACKED",
    ),
    (
        "stat",
        Three,
        "FILE_ATTRIBUTE_ARCHIVE FILE_ATTRIBUTE_COMPRESSED FILE_ATTRIBUTE_DEVICE FILE_ATTRIBUTE_DIRECTORY \
         FILE_ATTRIBUTE_ENCRYPTED FILE_ATTRIBUTE_HIDDEN FILE_ATTRIBUTE_INTEGRITY_STREAM FILE_ATTRIBUTE_NORMAL \
         FILE_ATTRIBUTE_NOT_CONTENT_INDEXED FILE_ATTRIBUTE_NO_SCRUB_DATA FILE_ATTRIBUTE_OFFLINE \
         FILE_ATTRIBUTE_READONLY FILE_ATTRIBUTE_REPARSE_POINT FILE_ATTRIBUTE_SPARSE_FILE \
         FILE_ATTRIBUTE_SYSTEM FILE_ATTRIBUTE_TEMPORARY FILE_ATTRIBUTE_VIRTUAL S_IFDOOR S_IFPORT S_IFWHT \
         S_ISDOOR S_ISPORT S_ISWHT filemode",
    ),
    (
        "string",
        Two,
        "atof atof_error atoi atoi_error atol atol_error capitalize center count expandtabs find index \
         index_error join joinfields letters ljust lower lowercase lstrip maketrans replace rfind rindex \
         rjust rsplit rstrip split splitfields strip swapcase translate upper uppercase zfill",
    ),
    (
        "subprocess",
        Three,
        "CompletedProcess DEVNULL SubprocessError TimeoutExpired getoutput getstatusoutput run",
    ),
    ("subprocess", Two, "MAXFD mswindows"),
    ("sys", Between(0, 7), "get_coroutine_wrapper set_coroutine_wrapper"),
    ("sys", Between(10, ON), "orig_argv stdlib_module_names"),
    ("sys", Between(11, ON), "exception"),
    (
        "sys",
        Between(12, ON),
        "activate_stack_trampoline deactivate_stack_trampoline getunicodeinternedsize \
         is_stack_trampoline_active",
    ),
    (
        "sys",
        Between(7, ON),
        "breakpointhook get_coroutine_origin_tracking_depth get_int_max_str_digits \
         set_coroutine_origin_tracking_depth set_int_max_str_digits",
    ),
    ("sys", Between(8, ON), "addaudithook audit pycache_prefix unraisablehook"),
    ("sys", Between(9, ON), "platlibdir"),
    (
        "sys",
        Three,
        "abiflags base_exec_prefix base_prefix get_asyncgen_hooks getallocatedblocks \
         getfilesystemencodeerrors getswitchinterval hash_info implementation int_info intern is_finalizing \
         set_asyncgen_hooks setswitchinterval thread_info",
    ),
    (
        "sys",
        Two,
        "exc_clear exc_traceback exc_type exc_value exitfunc long_info maxint py3kwarning subversion",
    ),
    ("sys", Until(8), "callstats getcheckinterval setcheckinterval"),
    ("sysconfig", Between(10, ON), "expand_makefile_vars get_default_scheme get_preferred_scheme"),
    ("sysconfig", Until(11), "pardir"),
    ("tempfile", Three, "TemporaryDirectory gettempdirb gettempprefixb"),
    ("textwrap", Three, "indent shorten"),
    ("threading", Between(10, ON), "getprofile gettrace"),
    ("threading", Between(12, ON), "setprofile_all_threads settrace_all_threads"),
    ("threading", Between(8, ON), "ExceptHookArgs excepthook get_native_id"),
    ("threading", Three, "Barrier BrokenBarrierError TIMEOUT_MAX WeakSet get_ident main_thread"),
    (
        "time",
        Between(7, ON),
        "CLOCK_BOOTTIME clock_gettime_ns clock_settime_ns monotonic_ns perf_counter_ns process_time_ns \
         pthread_getcpuclockid thread_time thread_time_ns time_ns",
    ),
    ("time", Between(9, ON), "CLOCK_TAI"),
    (
        "time",
        Three,
        "CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_REALTIME CLOCK_THREAD_CPUTIME_ID \
         clock_getres clock_gettime clock_settime get_clock_info monotonic perf_counter process_time",
    ),
    ("time", Two, "accept2dyear"),
    ("time", Until(7), "clock"),
    ("tokenize", Between(0, 10), "u"),
    ("tokenize", Between(10, ON), "SOFT_KEYWORD"),
    ("tokenize", Between(12, ON), "EXCLAMATION FSTRING_END FSTRING_MIDDLE FSTRING_START"),
    ("tokenize", Between(8, ON), "COLONEQUAL TYPE_COMMENT TYPE_IGNORE"),
    (
        "tokenize",
        Three,
        "ATEQUAL BOM_UTF8 ELLIPSIS ENCODING EXACT_TOKEN_TYPES RARROW StringPrefix TextIOWrapper TokenInfo \
         blank_re cookie_re detect_encoding endpats lookup open",
    ),
    (
        "tokenize",
        Two,
        "BACKQUOTE double3prog endprogs printtoken pseudoprog single3prog tokenize_loop tokenprog",
    ),
    ("tokenize", Until(10), "t"),
    ("tokenize", Until(12), "StopTokenizing"),
    ("tokenize", Until(7), "Bracket Operator chain"),
    ("types", Between(10, ON), "UnionType"),
    ("types", Between(12, ON), "get_original_bases"),
    (
        "types",
        Between(7, ON),
        "ClassMethodDescriptorType MethodDescriptorType MethodWrapperType WrapperDescriptorType resolve_bases",
    ),
    ("types", Between(8, ON), "CellType"),
    ("types", Between(9, ON), "GenericAlias"),
    (
        "types",
        Three,
        "AsyncGeneratorType CoroutineType DynamicClassAttribute MappingProxyType SimpleNamespace coroutine \
         new_class prepare_class",
    ),
    (
        "types",
        Two,
        "BooleanType BufferType ClassType ComplexType DictProxyType DictType DictionaryType FileType \
         FloatType InstanceType IntType ListType LongType ObjectType SliceType StringType StringTypes \
         TupleType TypeType UnboundMethodType UnicodeType XRangeType",
    ),
    ("typing", Between(0, 12), "io re"),
    ("typing", Between(0, 6), "CallableMeta GenericMeta TupleMeta TypingMeta"),
    ("typing", Between(0, 7), "abstractproperty"),
    (
        "typing",
        Between(10, ON),
        "Concatenate ParamSpec ParamSpecArgs ParamSpecKwargs TypeAlias TypeGuard is_typeddict",
    ),
    (
        "typing",
        Between(11, ON),
        "LiteralString Never NotRequired Required Self TypeVarTuple Unpack assert_never assert_type \
         clear_overloads dataclass_transform defaultdict get_overloads reveal_type",
    ),
    ("typing", Between(12, ON), "TypeAliasType override"),
    ("typing", Between(13, ON), "NoDefault ReadOnly TypeIs get_protocol_members is_protocol"),
    ("typing", Between(7, ON), "ForwardRef OrderedDict"),
    (
        "typing",
        Between(8, ON),
        "ABCMeta EXCLUDED_ATTRIBUTES Final Literal Protocol SupportsIndex TypedDict final get_args get_origin \
         runtime_checkable",
    ),
    ("typing", Between(9, ON), "Annotated GenericAlias"),
    ("unittest", Between(0, 11), "load_tests"),
    ("unittest", Between(11, ON), "doModuleCleanups enterModuleContext"),
    ("unittest", Between(8, ON), "IsolatedAsyncioTestCase addModuleCleanup"),
    ("unittest", Until(12), "findTestCases getTestCaseNames makeSuite"),
    (
        "urllib",
        Two,
        "ContentTooShortError FancyURLopener MAXFTPCACHE URLopener addbase addclosehook addinfo addinfourl \
         always_safe basejoin c ftpcache ftperrors ftpwrapper getproxies getproxies_environment i localhost \
         noheaders pathname2url proxy_bypass proxy_bypass_environment quote quote_plus reporthook splitattr \
         splithost splitnport splitpasswd splitport splitquery splittag splittype splituser splitvalue test1 \
         thishost toBytes unquote unquote_plus unwrap url2pathname urlcleanup urlencode urlopen urlretrieve",
    ),
    ("urllib.parse", Between(0, 10), "MAX_CACHE_SIZE"),
    (
        "urllib.request",
        Between(0, 7),
        "splitattr splithost splitpasswd splitport splitquery splittag splittype splituser splitvalue \
         to_bytes",
    ),
    ("warnings", Between(13, ON), "deprecated"),
    ("warnings", Two, "default_action once_registry warnpy3k"),
    ("zipfile", Between(8, 11), "FastLookup"),
    ("zipfile", Between(8, ON), "CompleteDirs Path"),
    (
        "zipfile",
        Three,
        "BZIP2_VERSION BadZipFile DEFAULT_VERSION LZMACompressor LZMADecompressor LZMA_VERSION \
         MAX_EXTRACT_VERSION ZIP64_VERSION ZIP_BZIP2 ZIP_LZMA",
    ),
];

/// Whether this Python is known to lack a name that others have in this module.
pub(super) fn lacks(module: &str, name: &str, python: Python) -> bool {
    let mut rows = NAMES.iter().filter(|row| row.0 == module);
    let row = rows.find(|row| row.2.split_ascii_whitespace().any(|known| known == name));
    row.is_some_and(|row| !row.1.holds(python))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_and_go() {
        let lacks = |name: &str, major: u8, minor: u8| lacks("collections", name, Python { major, minor });
        assert!(!lacks("Mapping", 2, 7) && !lacks("Mapping", 3, 9) && lacks("Mapping", 3, 10));
        assert!(lacks("ChainMap", 2, 7) && !lacks("ChainMap", 3, 6));
        assert!(!lacks("OrderedDict", 2, 7), "it is always there");
        assert!(!lacks("nothing", 3, 6), "nobody has it, and the table does not say so");
    }
}
