# The cold start, run after spx_find.py found nothing that could be run: Python 2.7 and 3.5 to 3.14.


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


def cold(name, header, root, anew):
    """Starts what was prepared in the user's directory under the temp directory, unless `anew`; else prepares it."""
    own = private()
    if not anew and trusted(own):
        ready = os.path.join(own, "app", APP, name, "ready")
        run = load(ready)
        if run is not None and run(ready, sys.argv, ARCHIVE):
            return
    globals()["START"] = part("spx_start.py")
    isolate(ARCHIVE, sys.argv, "@INHERIT@")  # before the others import anything
    part("spx_cache.py")
    part("spx_install.py")
    start(ARCHIVE, APP, name, header, root, own, trusted, load)
