# What a first run needs only where something is out of the ordinary, run in the namespace of spx_install.py when one of
# these is asked for: what is there already, damage, what the environment asks for, errors in words.
INTERACT = """\
def run(arguments):
    import sys

    if arguments[:1] == ["-c"] and len(arguments) > 1:
        sys.argv[:] = ["-c"] + arguments[2:]
        exec(arguments[1], {"__name__": "__main__", "__builtins__": __builtins__})
    elif arguments[:1] == ["-m"] and len(arguments) > 1:
        import runpy

        sys.argv[:] = arguments[1:]
        runpy.run_module(arguments[1], None, "__main__", True)
    elif arguments and not arguments[0].startswith("-"):
        import runpy

        sys.argv[:] = arguments
        runpy.run_path(arguments[0], None, "__main__")
    else:
        import code

        try:
            import readline
        except ImportError:
            pass
        code.interact("Python %s on %s" % (sys.version, sys.platform), local={"__name__": "__main__"})


import sys

run(sys.argv[1:])
"""


# Damage


def sweep(tmp, names):
    """Removes what killed runs left: of this host when the process is gone, of another one after a day."""
    import time

    for name in names:
        path = os.path.join(tmp, name)
        parts = name.split("-")
        try:
            old = time.time() - os.lstat(path).st_mtime > 86400
            if parts[0] == host() and len(parts) == 3 and not alive(int(parts[1])) or old:
                remove(path)
        except (OSError, ValueError):
            pass


def alive(pid):
    if pid == os.getpid() or os.name == "nt":  # os.kill ends a process there
        return True
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno != errno.ESRCH
    return True


def persist(path, final):
    """Renames under Windows, where a virus scanner holds a new file open for a moment."""
    import time

    for attempt in range(20):
        time.sleep(0.05)
        try:
            os.rename(path, final)
            return
        except OSError:
            if os.path.isdir(final):
                remove(path)
                return
            if attempt == 19:
                raise


def mend(wheel, cache, full):
    """Repairs what is there of a wheel, file by file."""
    if PYTHON_2:
        unsound(wheel.path)
    wrong = [index for index in range(len(wheel.names)) if differs(wheel, index, full)]
    if full:
        prune(wheel)
    if wrong:
        wheel.verify()
        say("repairing %d files of %s" % (len(wrong), wheel.name))
        for index in wrong:
            repair(wheel, cache, index)


def unsound(directory):
    """Removes bytecode that ends early or that others wrote, which Python 2 would not notice; the run's end writes it again."""
    for directory, _, files in os.walk(directory):
        for file in files:
            path = os.path.join(directory, file)
            if file.endswith(".pyc"):
                try:
                    with open(path, "rb") as opened:
                        marshal.loads(opened.read()[8:])
                    if os.stat(path)[8] == STAMP:
                        continue
                except Exception:  # marshal raises several kinds for bytes that are not its own
                    pass
                remove(path)


def differs(wheel, index, full):
    member = wheel.members[index]
    path = os.path.join(wheel.path, *wheel.names[index].split("/"))
    try:
        facts = os.lstat(path)
        if facts.st_mode & 0o170000 != 0o100000 or (facts[6], facts[8]) != (member.size, STAMP):
            return True
        if full:
            with open(path, "rb") as file:
                return any(file.read(len(chunk)) != chunk for chunk in chunks(wheel.content, member))
    except (IOError, OSError):
        return True
    return False


def repair(wheel, cache, index):
    """Puts one file back by a rename, so that programs that are running lose nothing."""
    member = wheel.members[index]
    name = wheel.names[index]
    path = os.path.join(wheel.path, *name.split("/"))
    temporary = cache.temporary()
    try:
        write(temporary, chunks(wheel.content, member), mode(member, name))
        if os.path.isdir(path) and not os.path.islink(path):
            os.rename(path, cache.temporary())
        parent = os.path.dirname(path)
        while not os.path.isdir(parent):
            if os.path.lexists(parent):
                os.unlink(parent)
            try:
                make(parent)
            except OSError as error:
                if error.errno not in (errno.ENOTDIR, errno.EEXIST):
                    raise
                os.unlink(os.path.dirname(parent))
        replace(temporary, path)
    except BaseException:
        remove(temporary)
        raise


def prune(wheel):
    """Removes what the wheel does not have: bytecode, which cannot be compared, and anything planted."""
    known = set(wheel.names)
    for directory, _, files in os.walk(wheel.path):
        for file in files:
            path = os.path.join(directory, file)
            if path[len(wheel.path) + 1 :].replace(os.sep, "/") not in known:
                remove(path)


def refresh(source, target):
    """Moves what is in a new directory over an old one, `ready` last: programs may be running from it."""
    make(target)
    if PYTHON_2:
        unsound(target)
    names = sorted(os.listdir(source), key=lambda name: name == "ready")
    for name in names:
        old, new = os.path.join(target, name), os.path.join(source, name)
        if os.path.isdir(new) and not os.path.islink(new):
            if os.path.islink(old) or os.path.isfile(old):
                remove(old)
            refresh(new, old)
            continue
        if os.path.isdir(old) and not os.path.islink(old):
            remove(old)
        replace(new, old)


# Unusual wheels and places


def chunks(content, member):
    """What a member holds, checked; never more than its size says."""
    at = content_offset(content, member)
    left = member.packed
    inflate = zlib.decompressobj(-15) if member.method == 8 else None
    if member.method not in (0, 8) or member.flags & 1:
        raise Damaged("%s is stored in a way that wheels do not use" % member.name)
    crc = size = 0
    while left or inflate is not None:
        data = content[at : at + min(left, CHUNK)]
        if not data and left:
            raise Damaged("%s ends early" % member.name)
        at += len(data)
        left -= len(data)
        if inflate is not None:
            data = inflate.decompress(data, member.size - size + 1)
            if inflate.unconsumed_tail or not left:
                inflate = None
                left = 0
        crc = zlib.crc32(data, crc)
        size += len(data)
        yield data
    if size != member.size or crc & 0xFFFFFFFF != member.crc:
        raise Damaged("%s is damaged" % member.name)


def zip64(extra, member):
    """Sizes and offset of 4 GiB and more stand in an extra field, in the order size, packed size, offset."""
    names = [name for name in ("size", "packed", "offset") if getattr(member, name) == 0xFFFFFFFF]
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        body = extra[4 : 4 + length]
        while kind == 1 and names and len(body) >= 8:
            setattr(member, names.pop(0), struct.unpack("<Q", body[:8])[0])
            body = body[8:]
        extra = extra[4 + length :]


def content(wheel, name):
    """A small file of the wheel, as `str`."""
    data = b"".join(chunks(wheel.content, wheel.members[wheel.names.index(name)]))
    return data if PYTHON_2 else data.decode("utf-8")


def declared(wheels):
    """The namespaces of `-nspkg.pth`, as paths; Python 3 has them without (PEP 420)."""
    import re

    found = set()
    for wheel in wheels:
        for name in wheel.names:
            if name.endswith("-nspkg.pth") and name.count("/") == 1:
                for match in re.findall(r"\*\(([^)]*)\)", content(wheel, name)):
                    found.add("/".join(re.findall(r"['\"]([A-Za-z0-9_]+)['\"]", match)))
    return found - set([""])


def copy(source, target):
    """Stands in for a symbolic link where the user may not make any, as under Windows; for files only."""
    try:
        os.link(source, target)
    except (AttributeError, OSError):
        with open(source, "rb") as file:
            write(target, [file.read()], os.stat(source).st_mode & 0o755)


def startup(wheels):
    """The `.pth` files to run (`--pth`); those of namespaces have been seen to."""
    found = [name[4:] for wheel in wheels for name in wheel.names if name.startswith("lib/") and name.endswith(".pth")]
    return sorted(set(name for name in found if "/" not in name and not name.endswith("-nspkg.pth")))


def virtual(wheels, home, temporary, packages):
    """Makes the application's directory a virtual environment (`--venv`). Returns its links, as `gather` does."""
    python = getattr(sys, "_base_executable", None) or os.path.realpath(sys.executable)
    version = ".".join([str(part) for part in sys.version_info[:3]])
    text = "home = %s\ninclude-system-site-packages = false\nversion = %s\n" % (os.path.dirname(python), version)
    write(os.path.join(temporary, "pyvenv.cfg"), [os.fsencode(text)], 0o644)
    scripts = os.path.join(temporary, "bin")
    os.mkdir(scripts, 0o700)
    up = os.path.relpath(os.path.join(home, "bin"), os.path.join(home, packages))
    links = []
    for name, goal in (("python", python), ("python3", "python"), ("python%d.%d" % sys.version_info[:2], "python")):
        os.symlink(goal, os.path.join(scripts, name))
        links.append((os.path.join(up, name), goal))
    first = "#!%s/bin/python\n" % home
    if len(first) > 127 or " " in home:  # more than a kernel takes; the shell's line is a string to Python
        first = "#!/bin/sh\n'''exec' '%s/bin/python' \"$0\" \"$@\"\n' '''\n" % home.replace("'", "'\"'\"'")
    done = set([name for name in os.listdir(scripts)])
    for wheel in wheels:
        for name, body in programs(wheel):
            if name not in done:
                done.add(name)
                write(os.path.join(scripts, name), [os.fsencode(first), body], 0o755)
    return links


def programs(wheel):
    """The scripts of a wheel without their first lines, and its console scripts: (name, content)."""
    for name in wheel.names:
        if name.startswith("bin/") and name.count("/") == 1:
            body = b"".join(chunks(wheel.content, wheel.members[wheel.names.index(name)]))
            if not program(body) and body.startswith(b"#!"):
                yield name[4:], body.partition(b"\n")[2]
    for name, call in calls(wheel):
        text = "import sys\nfrom %s import %s as entry\n\nif __name__ == '__main__':\n    sys.exit(entry%s())\n" % call
        yield name, text.encode("utf-8")


def calls(wheel):
    """The console scripts of a wheel: (name, (module, attribute, what is to be taken of that))."""
    for name in wheel.names:
        if name.endswith(".dist-info/entry_points.txt"):
            section = ""
            for line in content(wheel, name).splitlines():
                if line.startswith("["):
                    section = line.strip()
                    continue
                key, _, value = line.partition("=")
                module, _, attr = value.split("[")[0].strip().partition(":")
                if section in ("[console_scripts]", "[gui_scripts]") and value and "/" not in key:
                    first, dot, rest = attr.strip().partition(".")
                    yield key.strip(), (module.strip(), first, dot + rest)


# Other entries, and words


def asked(application, cache, selected):
    """The entry that the user's environment asks for in place of the application's own, or None."""
    wheels = application.wheels(selected, os.path.join(cache.root, "whl"))
    if os.environ.pop("SPX_INTERPRETER", ""):
        return application.entry({"kind": "interpreter"}, wheels, cache.root, None)
    module = os.environ.pop("SPX_MODULE", "")
    if module:
        module, _, attr = module.partition(":")
        kind = "function" if attr else "module"
        return application.entry({"kind": kind, "module": module, "attr": attr}, wheels, cache.root, None)
    script = os.environ.pop("SPX_SCRIPT", "")
    if not script:
        return None
    for wheel in wheels:
        for name, (module, first, rest) in calls(wheel):
            if name == script:
                named = {"kind": "function", "module": module, "attr": first + rest}
                return application.entry(named, wheels, cache.root, None)
    return application.entry({"kind": "script", "name": script}, wheels, cache.root, None)


def no_script(application, wheels, name):
    names = sorted(name[4:] for wheel in wheels for name in wheel.names if name.startswith("bin/"))
    there = "; there are: " + ", ".join(names) if names else ""
    stop(application.archive, "no script is called `%s`%s" % (name, there), 1)


def misfit(application, near):
    """Ends the run in one line: nothing in the file is for this Python, or for this machine with this Python."""
    python = sys.version_info[:2]
    if near:
        here = {"implementation": implementation(), "platform": platform(), "machine": machine(), "libc": libc()}
        carried = " or ".join(sorted(set(platform_words(selection) for selection in near)))
        text = "has no wheels for %s with Python %d.%d: for that Python the file is for %s"
        stop(application.archive, text % (platform_words(here), python[0], python[1], carried), 1)
    carried = versions(application.manifest["selections"])
    text = "needs Python %s, and this is %d.%d (%s)"
    stop(application.archive, text % (carried, python[0], python[1], sys.executable), 1)


def platform_words(selection):
    words = [selection.get(key) for key in ("implementation", "platform", "machine")]
    if selection.get("libc"):
        words.append("%s %d.%d" % tuple(selection["libc"]))
    return " ".join(word for word in words if word)


def versions(selections):
    """`2.7 and 3.6 to 3.13`."""
    runs = []
    for major, minor in sorted(set(tuple(selection["python"]) for selection in selections)):
        if runs and runs[-1][1] == (major, minor - 1):
            runs[-1][1] = (major, minor)
        else:
            runs.append([(major, minor), (major, minor)])
    return " and ".join("%d.%d" % first if first == last else "%d.%d to %d.%d" % (first + last) for first, last in runs)
