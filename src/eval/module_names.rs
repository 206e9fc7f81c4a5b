//! Every name that some modules of the standard library have on any CPython from 2.7 to 3.13, whatever the platform: what is
//! not among them is an AttributeError (`hasattr(sys, 'pypy_version_info')`), what is and is not modelled is unknown.

const NAMES: &[(&str, &str)] = &[
    (
        "sys",
        "\
    _base_executable _baserepl _clear_internal_caches _clear_type_cache _current_exceptions \
    _current_frames _deactivate_opcache _debugmallocstats _emscripten_info \
    _enablelegacywindowsfsencoding _framework _get_cpu_count_config _getframe _getframemodulename \
    _getquickenedcount _git _home _is_gil_enabled _is_interned _setprofileallthreads \
    _settraceallthreads _stdlib_dir _xoptions abiflags activate_stack_trampoline addaudithook \
    api_version argv audit base_exec_prefix base_prefix breakpointhook builtin_module_names byteorder \
    call_tracing callstats copyright deactivate_stack_trampoline displayhook dllhandle \
    dont_write_bytecode exc_clear exc_info exc_traceback exc_type exc_value excepthook exception \
    exec_prefix executable exit exitfunc flags float_info float_repr_style frozen get_asyncgen_hooks \
    get_coroutine_origin_tracking_depth get_coroutine_wrapper get_int_max_str_digits getallocatedblocks \
    getcheckinterval getdefaultencoding getdlopenflags getfilesystemencodeerrors getfilesystemencoding \
    getprofile getrecursionlimit getrefcount getsizeof getswitchinterval gettrace \
    getunicodeinternedsize getwindowsversion hash_info hexversion implementation int_info intern \
    is_finalizing is_stack_trampoline_active last_exc last_traceback last_type last_value long_info \
    maxint maxsize maxunicode meta_path modules monitoring orig_argv path path_hooks \
    path_importer_cache platform platlibdir prefix ps1 ps2 py3kwarning pycache_prefix \
    set_asyncgen_hooks set_coroutine_origin_tracking_depth set_coroutine_wrapper set_int_max_str_digits \
    setcheckinterval setdlopenflags setprofile setrecursionlimit setswitchinterval settrace stderr \
    stdin stdlib_module_names stdout subversion thread_info tracebacklimit unraisablehook version \
    version_info warnoptions winver",
    ),
    (
        "os",
        "\
    CLD_CONTINUED CLD_DUMPED CLD_EXITED CLD_KILLED CLD_STOPPED CLD_TRAPPED CLONE_FILES CLONE_FS \
    CLONE_NEWCGROUP CLONE_NEWIPC CLONE_NEWNET CLONE_NEWNS CLONE_NEWPID CLONE_NEWTIME CLONE_NEWUSER \
    CLONE_NEWUTS CLONE_SIGHAND CLONE_SYSVSEM CLONE_THREAD CLONE_VM DirEntry EFD_CLOEXEC EFD_NONBLOCK \
    EFD_SEMAPHORE EX_CANTCREAT EX_CONFIG EX_DATAERR EX_IOERR EX_NOHOST EX_NOINPUT EX_NOPERM EX_NOUSER \
    EX_OK EX_OSERR EX_OSFILE EX_PROTOCOL EX_SOFTWARE EX_TEMPFAIL EX_UNAVAILABLE EX_USAGE F_LOCK F_OK \
    F_TEST F_TLOCK F_ULOCK GRND_NONBLOCK GRND_RANDOM GenericAlias MFD_ALLOW_SEALING MFD_CLOEXEC \
    MFD_HUGETLB MFD_HUGE_16GB MFD_HUGE_16MB MFD_HUGE_1GB MFD_HUGE_1MB MFD_HUGE_256MB MFD_HUGE_2GB \
    MFD_HUGE_2MB MFD_HUGE_32MB MFD_HUGE_512KB MFD_HUGE_512MB MFD_HUGE_64KB MFD_HUGE_8MB MFD_HUGE_MASK \
    MFD_HUGE_SHIFT Mapping MutableMapping NGROUPS_MAX O_ACCMODE O_APPEND O_ASYNC O_BINARY O_CLOEXEC \
    O_CREAT O_DIRECT O_DIRECTORY O_DSYNC O_EXCL O_EXLOCK O_FSYNC O_LARGEFILE O_NDELAY O_NOATIME \
    O_NOCTTY O_NOFOLLOW O_NOINHERIT O_NONBLOCK O_PATH O_RANDOM O_RDONLY O_RDWR O_RSYNC O_SEQUENTIAL \
    O_SHLOCK O_SHORT_LIVED O_SYNC O_TEMPORARY O_TEXT O_TMPFILE O_TRUNC O_WRONLY POSIX_FADV_DONTNEED \
    POSIX_FADV_NOREUSE POSIX_FADV_NORMAL POSIX_FADV_RANDOM POSIX_FADV_SEQUENTIAL POSIX_FADV_WILLNEED \
    POSIX_SPAWN_CLOSE POSIX_SPAWN_CLOSEFROM POSIX_SPAWN_DUP2 POSIX_SPAWN_OPEN PRIO_PGRP PRIO_PROCESS \
    PRIO_USER P_ALL P_DETACH P_NOWAIT P_NOWAITO P_OVERLAY P_PGID P_PID P_PIDFD P_WAIT PathLike \
    RTLD_DEEPBIND RTLD_GLOBAL RTLD_LAZY RTLD_LOCAL RTLD_NODELETE RTLD_NOLOAD RTLD_NOW RWF_APPEND \
    RWF_DSYNC RWF_HIPRI RWF_NOWAIT RWF_SYNC R_OK SCHED_BATCH SCHED_FIFO SCHED_IDLE SCHED_OTHER \
    SCHED_RESET_ON_FORK SCHED_RR SEEK_CUR SEEK_DATA SEEK_END SEEK_HOLE SEEK_SET SPLICE_F_MORE \
    SPLICE_F_MOVE SPLICE_F_NONBLOCK ST_APPEND ST_MANDLOCK ST_NOATIME ST_NODEV ST_NODIRATIME ST_NOEXEC \
    ST_NOSUID ST_RDONLY ST_RELATIME ST_SYNCHRONOUS ST_WRITE TFD_CLOEXEC TFD_NONBLOCK TFD_TIMER_ABSTIME \
    TFD_TIMER_CANCEL_ON_SET TMP_MAX UserDict WCONTINUED WCOREDUMP WEXITED WEXITSTATUS WIFCONTINUED \
    WIFEXITED WIFSIGNALED WIFSTOPPED WNOHANG WNOWAIT WSTOPPED WSTOPSIG WTERMSIG WUNTRACED W_OK \
    XATTR_CREATE XATTR_REPLACE XATTR_SIZE_MAX X_OK _Environ _check_methods _copy_reg _execvpe _exists \
    _exit _fspath _fwalk _fwalk_close _fwalk_walk _fwalk_yield _get_exports_list _make_stat_result \
    _make_statvfs_result _pickle_stat_result _pickle_statvfs_result _putenv _spawnvef _unsetenv _walk \
    _walk_symlinks_as_files _wrap_close abc abort access add_dll_directory altsep chdir chflags chmod \
    chown chroot close closerange confstr confstr_names copy_file_range cpu_count ctermid curdir \
    defpath device_encoding devnull dup dup2 environ environb errno error eventfd eventfd_read \
    eventfd_write execl execle execlp execlpe execv execve execvp execvpe extsep fchdir fchmod fchown \
    fdatasync fdopen fork forkpty fpathconf fsdecode fsencode fspath fstat fstatvfs fsync ftruncate \
    fwalk get_blocking get_exec_path get_handle_inheritable get_inheritable get_terminal_size getcwd \
    getcwdb getcwdu getegid getenv getenvb geteuid getgid getgrouplist getgroups getloadavg getlogin \
    getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getsid getuid getxattr \
    grantpt initgroups isatty kill killpg lchflags lchmod lchown linesep link listdir listdrives \
    listmounts listvolumes listxattr lockf login_tty lseek lstat major makedev makedirs memfd_create \
    minor mkdir mkfifo mknod name nice open openpty pardir path pathconf pathconf_names pathsep \
    pidfd_open pipe pipe2 plock popen popen2 popen3 popen4 posix_fadvise posix_fallocate posix_openpt \
    posix_spawn posix_spawnp pread preadv process_cpu_count ptsname putenv pwrite pwritev read readlink \
    readv register_at_fork remove removedirs removexattr rename renames replace rmdir scandir \
    sched_get_priority_max sched_get_priority_min sched_getaffinity sched_getparam sched_getscheduler \
    sched_param sched_rr_get_interval sched_setaffinity sched_setparam sched_setscheduler sched_yield \
    sendfile sep set_blocking set_handle_inheritable set_inheritable setegid seteuid setgid setgroups \
    setns setpgid setpgrp setpriority setregid setresgid setresuid setreuid setsid setuid setxattr \
    spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe splice st startfile stat \
    stat_float_times stat_result statvfs statvfs_result strerror supports_bytes_environ supports_dir_fd \
    supports_effective_ids supports_fd supports_follow_symlinks symlink sync sys sysconf sysconf_names \
    system tcgetpgrp tcsetpgrp tempnam terminal_size timerfd_create timerfd_gettime timerfd_gettime_ns \
    timerfd_settime timerfd_settime_ns times times_result tmpfile tmpnam truncate ttyname umask uname \
    uname_result unlink unlockpt unsetenv unshare urandom utime wait wait3 wait4 waitid waitid_result \
    waitpid waitstatus_to_exitcode walk write writev",
    ),
    (
        "os.path",
        "\
    _get_sep _joinrealpath _path_normpath _unicode _uvarprog _varprog _varprogb abspath altsep basename \
    commonpath commonprefix curdir defpath devnull dirname exists expanduser expandvars extsep \
    genericpath getatime getctime getmtime getsize isabs isdevdrive isdir isfile isjunction islink \
    ismount isreserved join lexists normcase normpath os pardir pathsep realpath relpath samefile \
    sameopenfile samestat sep split splitdrive splitext splitroot splitunc stat \
    supports_unicode_filenames sys walk warnings",
    ),
    (
        "platform",
        "\
    AndroidVer DEV_NULL IOSVersionInfo _Processor _UNIXCONFDIR _WIN32_CLIENT_RELEASES \
    _WIN32_SERVER_RELEASES _abspath _architecture_split _bcd2str _comparable_version _component_re \
    _default_architecture _dist_try_harder _follow_symlinks _get_machine_win32 _get_real_winver \
    _ironpython26_sys_version_parser _ironpython_sys_version_parser _java_getprop _libc_search \
    _linux_distribution _lsb_release_version _mac_ver_gestalt _mac_ver_lookup _mac_ver_xml _node \
    _norm_version _os_release_cache _os_release_candidates _os_release_line _os_release_unescape \
    _parse_os_release _parse_release_file _platform _platform_cache _popen _pypy_sys_version_parser \
    _release_filename _release_version _supported_dists _sys_version _sys_version_cache \
    _sys_version_parser _syscmd_file _syscmd_uname _syscmd_ver _uname_cache _unknown_as_blank \
    _ver_output _ver_stages _win32_ver _wmi _wmi_query android_ver architecture collections dist \
    freedesktop_os_release functools ios_ver itertools java_ver libc_ver linux_distribution mac_ver \
    machine node os platform popen processor python_branch python_build python_compiler \
    python_implementation python_revision python_version python_version_tuple re release string \
    subprocess sys system system_alias uname uname_result version warnings win32_edition win32_is_iot \
    win32_ver",
    ),
    (
        "string",
        "\
    Formatter Template _ChainMap _TemplateMetaclass _float _idmap _idmapL _int _long _multimap _re \
    _sentinel_dict _string ascii_letters ascii_lowercase ascii_uppercase atof atof_error atoi \
    atoi_error atol atol_error capitalize capwords center count digits expandtabs find hexdigits index \
    index_error join joinfields letters ljust lower lowercase lstrip maketrans octdigits printable \
    punctuation replace rfind rindex rjust rsplit rstrip split splitfields strip swapcase translate \
    upper uppercase whitespace zfill",
    ),
    (
        "time",
        "\
    CLOCK_BOOTTIME CLOCK_MONOTONIC CLOCK_MONOTONIC_RAW CLOCK_PROCESS_CPUTIME_ID CLOCK_REALTIME \
    CLOCK_TAI CLOCK_THREAD_CPUTIME_ID CLOCK_UPTIME_RAW _STRUCT_TM_ITEMS accept2dyear altzone asctime \
    clock clock_getres clock_gettime clock_gettime_ns clock_settime clock_settime_ns ctime daylight \
    get_clock_info gmtime localtime mktime monotonic monotonic_ns perf_counter perf_counter_ns \
    process_time process_time_ns pthread_getcpuclockid sleep strftime strptime struct_time thread_time \
    thread_time_ns time time_ns timezone tzname tzset",
    ),
    (
        "types",
        "\
    AsyncGeneratorType BooleanType BufferType BuiltinFunctionType BuiltinMethodType CellType \
    ClassMethodDescriptorType ClassType CodeType ComplexType CoroutineType DictProxyType DictType \
    DictionaryType DynamicClassAttribute EllipsisType FileType FloatType FrameType FunctionType \
    GeneratorType GenericAlias GetSetDescriptorType InstanceType IntType LambdaType ListType LongType \
    MappingProxyType MemberDescriptorType MethodDescriptorType MethodType MethodWrapperType ModuleType \
    NoneType NotImplementedType ObjectType SimpleNamespace SliceType StringType StringTypes \
    TracebackType TupleType TypeType UnboundMethodType UnicodeType UnionType WrapperDescriptorType \
    XRangeType _GeneratorWrapper _ag _calculate_meta _cell_factory _collections_abc _functools \
    coroutine get_original_bases new_class prepare_class resolve_bases",
    ),
    (
        "subprocess",
        "\
    ABOVE_NORMAL_PRIORITY_CLASS BELOW_NORMAL_PRIORITY_CLASS CREATE_BREAKAWAY_FROM_JOB \
    CREATE_DEFAULT_ERROR_MODE CREATE_NEW_CONSOLE CREATE_NEW_PROCESS_GROUP CREATE_NO_WINDOW \
    CalledProcessError CompletedProcess DETACHED_PROCESS DEVNULL HIGH_PRIORITY_CLASS Handle \
    IDLE_PRIORITY_CLASS MAXFD NORMAL_PRIORITY_CLASS PIPE Popen REALTIME_PRIORITY_CLASS \
    STARTF_USESHOWWINDOW STARTF_USESTDHANDLES STARTUPINFO STDOUT STD_ERROR_HANDLE STD_INPUT_HANDLE \
    STD_OUTPUT_HANDLE SW_HIDE SubprocessError TimeoutExpired _HAVE_POSIX_SPAWN_CLOSEFROM _PIPE_BUF \
    _PLATFORM_DEFAULT_CLOSE_FDS _PopenSelector _USE_POSIX_SPAWN _USE_VFORK _WIFSTOPPED _WNOHANG \
    _WSTOPSIG _active _args_from_interpreter_flags _can_fork_exec _cleanup _del_safe _demo_posix \
    _demo_windows _eintr_retry_call _fork_exec _has_poll _mswindows _optim_args_from_interpreter_flags \
    _posixsubprocess _text_encoding _time _use_posix_spawn _waitpid _waitstatus_to_exitcode builtins \
    call check_call check_output contextlib errno fcntl gc getoutput getstatusoutput grp io \
    list2cmdline locale mswindows os pickle pwd run select selectors signal sys threading time \
    traceback types warnings",
    ),
];

/// Whether a module is known to have no such name.
pub fn lacks(module: &str, name: &str) -> bool {
    let found = NAMES.iter().find(|row| row.0 == module);
    found.is_some_and(|row| !row.1.split_ascii_whitespace().any(|known| known == name))
}

#[cfg(test)]
mod tests {
    use super::lacks;

    #[test]
    fn only_listed_modules_lack_names() {
        assert!(lacks("sys", "pypy_version_info"));
        assert!(!lacks("sys", "getrefcount"));
        assert!(!lacks("setuptools", "anything"));
    }
}
