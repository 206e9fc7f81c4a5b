# The warm start, compiled into `ready` at install: Python 2.7 and 3.5 to 3.14. CODE and DATA are put in by its loader.
#
# `os` costs an interpreter without `site` 1.4 ms, so that it is imported only where something is out of the ordinary.
import sys

try:
    import posix as system
except ImportError:
    import nt as system

SEPARATOR = "\\" if system.__name__ == "nt" else "/"


def intact(root):
    """Whether every unpacked file has the size and time it was given, and every link its goal: one call each, no more."""
    stat = system.stat
    try:
        if DATA["venv"]:
            stat(root + DATA["venv"] + "/bin/python")  # which may have been uninstalled
        if DATA["links"] and [system.readlink(root + name) for name in DATA["links"]] != DATA["goals"]:
            return False
        return [stat(root + name)[6:9:2] for name in DATA["names"]] == DATA["facts"]
    except (OSError, ValueError):
        return False


def isolate(archive, argv, inherit=""):
    """Takes out of sys.path and sys.modules what PYTHONPATH and the site directories put there.

    Only when a module that came by PYTHONPATH or the user's site is already running does a clean interpreter start.
    With `inherit` (`--inherit-path`) modules stay; what has to come after the application's own directories is returned.
    """
    import os

    if archive and sys.path and absolute(sys.path[0]) == archive:
        del sys.path[0]
    if inherit == "prefer":
        return []
    home = os.path.dirname(os.__file__)
    named = []
    if os.environ.get("PYTHONPATH") and not sys.flags.ignore_environment:
        for path in os.environ["PYTHONPATH"].split(os.pathsep):
            named += [path, absolute(path)]
    keep = []
    dropped = []
    site = False
    for path in sys.path:
        site = site or (path.endswith(("site-packages", "dist-packages")) and path not in named)
        if site or (path in named and path != home and not path.startswith(home + os.sep)):
            dropped.append(path)
        elif path:
            keep.append(path)
    sys.path[:] = keep
    if inherit or not dropped:
        return dropped
    foreign = []
    tainted = False
    prefixes = tuple([path.rstrip(os.sep) + os.sep for path in dropped])
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None) or ""
        outside = not file.startswith(home + os.sep) or "-packages" in file[len(home) :]
        # Distributions of Linux keep a `sitecustomize` of their own beside the standard library.
        if name in ("sitecustomize", "usercustomize") or file.startswith(prefixes) and outside:
            foreign.append(name)
            if name == "usercustomize" or file.startswith(tuple([path + os.sep for path in named if path])):
                tainted = True
    for name in foreign:
        del sys.modules[name]
    for hooks in (sys.meta_path, sys.path_hooks):
        for hook in list(hooks):
            if (getattr(hook, "__module__", None) or type(hook).__module__) in foreign:
                hooks.remove(hook)
    for path in dropped:
        sys.path_importer_cache.pop(path, None)
    if tainted:
        again(argv)
    return []


def absolute(path):
    """`path` from the root; as it is when the current directory is gone."""
    import os

    try:
        return os.path.abspath(path)
    except OSError:
        return path


def again(argv):
    """Starts over in an interpreter that has not seen PYTHONPATH; does nothing when this one already is it."""
    import os
    import subprocess

    if not sys.executable or "SPX_PYTHONPATH" in os.environ:
        return

    os.environ["SPX_PYTHONPATH"] = os.environ.pop("PYTHONPATH", "")
    flags = subprocess._args_from_interpreter_flags()
    flags.append("-sS" if sys.version_info[0] > 2 else "-s")
    become([sys.executable] + flags + argv)


def become(command):
    """Goes on as another program."""
    import os

    if os.name == "nt":  # exec there ends the parent at once, and with it what waits for the exit status
        import subprocess

        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def environment():
    """Gives children of the application what the header kept from the interpreter, and sets what was injected."""
    if DATA["env"] or b"SPX_PYTHONPATH" in system.environ or "SPX_PYTHONPATH" in system.environ:  # bytes under POSIX
        import os

        for name in ("PYTHONPATH", "PYTHONHOME"):
            value = os.environ.pop("SPX_" + name, None)
            if value:
                os.environ[name] = value
        for name, value in DATA["env"]:
            os.environ.setdefault(name, value)
    if DATA["extend"]:
        import os

        own = [DATA["root"] + path for path in DATA["paths"]]
        os.environ["PYTHONPATH"] = os.pathsep.join(own + [p for p in [os.environ.get("PYTHONPATH")] if p])
    if sys.flags.no_site and sys.version_info[0] > 2:
        undo_no_site()


def undo_no_site():
    """The part of `site` that programs expect: `exit` and its like, and the prefix of a virtual environment."""
    import _sitebuiltins
    import builtins

    ending = "Ctrl-Z plus Return" if SEPARATOR == "\\" else "Ctrl-D (i.e. EOF)"
    builtins.quit = _sitebuiltins.Quitter("quit", ending)
    builtins.exit = _sitebuiltins.Quitter("exit", ending)
    builtins.help = _sitebuiltins._Helper()
    prefix = sys.executable.rpartition(SEPARATOR)[0].rpartition(SEPARATOR)[0]
    if sys.prefix == sys.base_prefix != prefix:
        try:
            system.stat(prefix + SEPARATOR + "pyvenv.cfg")
        except (OSError, ValueError):
            return
        sys.prefix = sys.exec_prefix = prefix


def temporary(root):
    """A name in the cache for what will be renamed; it tells whose it is, so that a later run can sweep it."""
    import os

    unique = "".join(["%02x" % byte for byte in bytearray(os.urandom(8))])
    return os.path.join(root, "tmp", "%s-%d-%s" % (host(), os.getpid(), unique))


def host():
    name = system.uname()[1] if hasattr(system, "uname") else "windows"
    return "".join([c if "0" <= c <= "9" or "a" <= c.lower() <= "z" else "_" for c in name])


def discard(path):
    """Removes a file; False when there is none."""
    try:
        system.unlink(path)
        return True
    except OSError:
        return False


def cached(root):
    """From here on imports from the cache write bytecode, whatever PYTHONDONTWRITEBYTECODE says, and get over bytecode
    that ends early. Returns Python's own loader.

    The variable keeps containers and source trees clean; here it would mean to compile everything at every start.
    """
    external = sys.modules.get("_frozen_importlib_external")
    if external is None:  # Python 2: see spx_settle.py
        return None
    plain = external.SourceFileLoader
    if not DATA["compile"]:
        sys.dont_write_bytecode = True
        return plain

    made = set()

    class Loader(plain):
        def get_code(self, fullname):
            quiet = sys.dont_write_bytecode
            sys.dont_write_bytecode = False
            try:
                return plain.get_code(self, fullname)
            except (EOFError, ValueError, TypeError):
                if not discard(external.cache_from_source(self.path)):
                    raise  # the source is to blame
                return plain.get_code(self, fullname)
            finally:
                sys.dont_write_bytecode = quiet

        def get_data(self, path):
            # Bytecode that was written by `set_data` has the time of everything in the cache; what was changed has not.
            if path.endswith(".pyc") and system.stat(path)[8] != DATA["stamp"]:
                raise OSError("bytecode of another time")
            return plain.get_data(self, path)

        def set_data(self, path, data, **keywords):
            directory = path.rpartition(SEPARATOR)[0]
            if directory not in made:
                made.add(directory)
                try:
                    system.mkdir(directory, 0o700)  # else it would be as open as the umask says
                except OSError:
                    pass
            plain.set_data(self, path, data, **keywords)
            try:
                system.utime(path, (DATA["stamp"], DATA["stamp"]))
            except OSError:
                pass

    Loader.__name__ = Loader.__qualname__ = "SourceFileLoader"
    loaders = [(Loader if loader is plain else loader, ends) for loader, ends in external._get_supported_file_loaders()]
    finder = external.FileFinder.path_hook(*loaders)

    def hook(path):
        if path.startswith(root):
            return finder(path)
        raise ImportError(path)

    sys.path_hooks.insert(0, hook)
    return plain


def used(path):
    """Notes for pruning that the application was started; `ready` itself keeps its time, by which damage is seen."""
    try:
        system.utime(path, None)
    except OSError:
        try:
            system.close(system.open(path, system.O_WRONLY | system.O_CREAT, 0o600))
        except OSError:
            pass


def run(ready, argv, archive="", entry=None, sure=False):
    """Runs the application in `__main__` and returns True; False, with nothing changed, when the cache is damaged.

    Who is `sure` has looked: another run that repairs or prunes bytecode meanwhile takes nothing away that has to be there.
    """
    root = DATA["root"]
    if not sure and not intact(root):
        return False
    inherited = []
    if archive or not sys.flags.no_site:
        inherited = isolate(archive, argv, DATA["inherit"])
    environment()
    used(ready[:-5] + "used")
    sys.path += [root + path for path in DATA["paths"]] + inherited
    if DATA["venv"]:
        sys.prefix = sys.exec_prefix = root + DATA["venv"]
        sys.executable = sys.prefix + "/bin/python"
    if DATA["pth"]:
        import site

        for name in DATA["pth"]:
            site.addpackage(root + DATA["paths"][0], name, None)
    sys.argv[:] = argv[:1] + ([] if entry else DATA["args"]) + argv[1:]
    kind, file, code = entry or DATA["entry"]
    if kind == "program":
        become([file] + sys.argv[1:])
    loader = cached(root + SEPARATOR)
    space = sys.modules["__main__"].__dict__
    builtins = space["__builtins__"]
    space.clear()
    space.update({"__name__": "__main__", "__doc__": None, "__package__": None, "__builtins__": builtins})
    if loader is not None:
        space["__spec__"] = None
        space["__loader__"] = loader("__main__", file) if file else None
    try:
        if kind == "module":
            import runpy

            runpy._run_module_as_main(file, False)
        else:
            if file:
                space["__file__"] = file
            exec(code, space)
    finally:
        if DATA["settle"]:
            exec(DATA["settle"], globals())
            settle(ready)
    return True
