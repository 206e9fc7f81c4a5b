# The start of an application file, in the zip: Python 2.7 and 3.5 to 3.14. It finds what an earlier run prepared in
# the cache and hands over to it; else spx_cache.py and spx_install.py, beside this file, prepare it. Nothing here may
# need a new Python: one that the file was not built for has to get as far as to be told so.
import os
import sys

APP = "@ID@"
# Whatever an application's run prepared has this time; see spx_cache.py.
STAMP = 1580601600


def tag():
    """Which interpreters can share what was prepared: implementation, version, platform, machine, C library."""
    name = getattr(sys, "implementation", None)
    if name is not None:
        name = name.name
    else:
        name = "pypy" if hasattr(sys, "pypy_version_info") else "cpython"
    if "t" in getattr(sys, "abiflags", ""):
        name += "t"
    machine = os.uname()[4] if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    if sys.maxsize < 1 << 32:
        machine += "-32"
    libc = ""
    if sys.platform.startswith("linux"):
        try:
            libc = "-" + os.confstr(2).replace(" ", "")  # glibc's number of CS_GNU_LIBC_VERSION, unnamed in 2.7
        except (AttributeError, OSError, ValueError):
            libc = "-musl"
    return "%s-%d.%d.%d-%s-%s%s" % ((name,) + tuple(sys.version_info[:3]) + (sys.platform, machine, libc))


def cache():
    """The cache directory, or None when the environment tells of none."""
    named = os.environ.get("SPX_CACHE")
    if named:
        return os.path.abspath(named)
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME")
        if not base or not os.path.isabs(base):
            base = os.path.expanduser("~/.cache")
    if base and os.path.isabs(base):
        return os.path.join(base, "spx")
    return None


def private():
    """The user's own directory under the temp directory; `trusted` has to say yes before anything in it is used."""
    base = os.environ.get("TMPDIR") or os.environ.get("TEMP") or os.environ.get("TMP") or "/tmp"
    return os.path.join(os.path.abspath(base), "spx-%d" % os.getuid() if hasattr(os, "getuid") else "spx")


def trusted(path):
    """Whether a directory is the user's and closed to everybody else: others can make names under /tmp."""
    try:
        facts = os.lstat(path)
    except (OSError, ValueError):
        return False
    if not hasattr(os, "getuid"):
        return True
    return facts.st_mode & 0o170077 == 0o040000 and facts.st_uid == os.getuid()


def load(path):
    """The `run` that was prepared, or None: not there, of another Python, or damaged."""
    try:
        with open(path, "rb") as file:
            if os.fstat(file.fileno())[8] != STAMP or file.readline() != ("%x\n" % sys.hexversion).encode():
                return None
            import marshal

            space = {}
            space["CODE"], space["DATA"] = marshal.loads(file.read())
            exec(space["CODE"], space)
            return space["run"]
    except Exception:  # marshal raises several kinds for bytes that are not its own
        return None


def main():
    archive = os.path.dirname(os.path.abspath(__file__))
    name = tag()
    header = os.environ.pop("SPX_HEADER", "")
    environ = os.environ.get
    special = environ("SPX_VERIFY") or environ("SPX_VERBOSE")
    special = special or environ("SPX_INTERPRETER") or environ("SPX_MODULE") or environ("SPX_SCRIPT")
    special = special or environ("SPX_TOOLS")
    if not special:
        root = cache()
        for attempt in (0, 1):
            if root is not None:
                ready = os.path.join(root, "app", APP, name, "ready")
                run = load(ready)
                if header == "first" and attempt == 0 and run is not None:
                    break  # the header wants to know how to get here at once
                if run is not None and run(ready, sys.argv, archive):
                    return
            root = private()
            if not trusted(root):
                break
    cold = {}
    loader = globals().get("__loader__")

    def part(name):
        path = os.path.join(archive, name)
        if hasattr(loader, "archive"):
            data = loader.get_data(os.path.join(loader.archive, name))
        else:  # a directory, by `--layout loose`
            with open(path, "rb") as file:
                data = file.read()
        code = compile(data, name if name == "spx_start.py" else path, "exec", 0, True)
        exec(code, cold)
        return code

    cold["part"] = part
    cold["START"] = part("spx_start.py")
    cold["isolate"](archive, sys.argv, "@INHERIT@")  # before the others import anything
    part("spx_cache.py")
    part("spx_install.py")
    cold["start"](archive, APP, name, header, cache(), private(), trusted, load)


main()
