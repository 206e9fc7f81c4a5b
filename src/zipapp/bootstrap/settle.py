# The end of a run under Python 2, in the namespace of spx_start.py, whose `ready` has its code.


def settle(ready):
    """Python 2: compiles what this run imported from source, and notes the bytecode among the files to check."""
    import os

    inside = DATA["root"] + os.sep
    known = set(DATA["names"])
    found = []
    for name, module in list(sys.modules.items()):
        file = getattr(module, "__file__", None)
        if file and file.startswith(inside) and file.endswith((".py", ".pyc")) and name != "__main__":
            if (file if file.endswith("c") else file + "c")[len(inside) - 1 :] not in known:
                found.append(file)
    if not found:
        return
    try:
        import errno
        import marshal
        import py_compile

        for name in os.listdir(inside + "tmp"):  # what a run left that was killed here: no first run may come to sweep
            try:
                if name.startswith(host() + "-"):
                    os.kill(int(name.split("-")[1]), 0)
            except OSError as error:
                if error.errno == errno.ESRCH:
                    discard(inside + "tmp" + os.sep + name)
        for file in found:
            if file.endswith(".py"):
                # Whole or not at all, and never in place of one that is there: another application may have noted its size.
                new = temporary(DATA["root"])
                py_compile.compile(file, new, file, True)
                os.chmod(new, 0o644)
                os.utime(new, (DATA["stamp"], DATA["stamp"]))
                file += "c"
                if not os.path.exists(file) or os.stat(file)[8] != DATA["stamp"]:
                    os.rename(new, file)
                discard(new)
            facts = os.stat(file)[6:9:2]
            if facts[1] == DATA["stamp"]:
                DATA["names"].append(file[len(inside) - 1 :])
                DATA["facts"].append(facts)
            else:
                discard(file)
        with open(ready, "rb") as old:
            head = old.readline()
        path = temporary(DATA["root"])
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as new:
            new.write(head + marshal.dumps((CODE, DATA)))
        os.utime(path, (DATA["stamp"], DATA["stamp"]))
        os.rename(path, ready)
    except Exception:  # a cache that cannot be written costs time at the next start, nothing else
        pass
