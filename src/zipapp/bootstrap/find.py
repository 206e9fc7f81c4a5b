# Finds what an earlier run prepared in the cache and hands over to it; else spx_cold.py goes on. Nothing here may need a
# new Python: one that the file was not built for has to get as far as to be told so.
import os
import sys

APP = "@ID@"
# Whatever an application's run prepared has this time; see spx_cache.py.
STAMP = 1580601600
# Variables of the user, whose runs begin without what was prepared.
SPECIAL = "SPX_INTERPRETER", "SPX_MODULE", "SPX_SCRIPT", "SPX_TOOLS", "SPX_VERBOSE", "SPX_VERIFY"


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
    return os.path.join(base, "spx") if base and os.path.isabs(base) else None


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


def find():
    """Runs the application as it was prepared, or goes on with the cold start."""
    name = tag()
    header = os.environ.pop("SPX_HEADER", "")
    root = cache()
    special = any(map(os.environ.get, SPECIAL))
    run = None
    if root is not None and not special:
        ready = os.path.join(root, "app", APP, name, "ready")
        run = load(ready)
        if run is not None and header != "first" and run(ready, sys.argv, ARCHIVE):
            return
    part("spx_cold.py")
    cold(name, header, root, special or header == "first" and run is not None)

