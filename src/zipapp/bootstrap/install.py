# The cold start, run after spx_start.py and spx_cache.py in one namespace: Python 2.7 and 3.5 to 3.14. It takes the
# wheels that this Python gets, prepares `ready` for the warm start, and runs the application.
import json
import marshal

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


def native(value):
    """JSON's text as `str`, which in Python 2 is bytes."""
    if PYTHON_2:
        if isinstance(value, dict):
            return dict((native(key), native(item)) for key, item in value.items())
        if isinstance(value, list):
            return [native(item) for item in value]
        if not isinstance(value, (int, str, type(None))):
            return value.encode("utf-8")
    return value


# Packages that several wheels share


def shared(wheels):
    """Top-level names that one `sys.path` entry for each wheel cannot serve.

    A package with an `__init__` in one wheel and modules in another works in site-packages, where both land in one
    directory; so does a namespace of `-nspkg.pth` in Python 2. PEP 420 needs nothing.
    """
    owners = {}
    packages = set()
    declared = set()
    for index, wheel in enumerate(wheels):
        for name in wheel.names:
            parts = name.split("/")[1:]
            if not name.startswith("lib/"):
                continue
            for depth in range(1, len(parts)):
                owners.setdefault("/".join(parts[:depth]), set()).add(index)
            if len(parts) > 1 and parts[-1].split(".")[0] == "__init__":
                packages.add("/".join(parts[:-1]))
            if PYTHON_2 and len(parts) == 1 and name.endswith("-nspkg.pth"):
                for match in re.findall(r"\*\(([^)]*)\)", wheel.text(name)):
                    declared.add("/".join(re.findall(r"['\"]([A-Za-z0-9_]+)['\"]", match)))
    tops = set(path.split("/")[0] for path in packages if len(owners[path]) > 1)
    return tops | set(path.split("/")[0] for path in declared if path), declared


def merge(wheels, root, tops, declared):
    """One directory with those packages of all wheels, as site-packages would have it; the first wheel wins."""
    made = set()
    for wheel in wheels:
        for name in wheel.names:
            parts = name.split("/")
            if parts[0] != "lib" or len(parts) < 3 or parts[1] not in tops:
                continue
            target = os.path.join(root, *parts[1:])
            make(os.path.dirname(target))
            if target in made:
                continue
            made.add(target)
            source = os.path.join(wheel.path, *parts)
            try:
                os.link(source, target)
            except (AttributeError, OSError):
                with open(source, "rb") as file:
                    write(target, [file.read()], os.stat(source).st_mode & 0o755)
    for path in declared:
        path = os.path.join(root, *(path.split("/") + ["__init__.py"]))
        if os.path.isdir(os.path.dirname(path)) and not os.path.exists(path):
            write(path, [], 0o644)


def refresh(source, target):
    """Moves each file of a new directory over an old one, `ready` last: programs may be running from it."""
    for directory, _, files in os.walk(source):
        goal = target + directory[len(source) :]
        make(goal)
        for file in files:
            if file != "ready":
                replace(os.path.join(directory, file), os.path.join(goal, file))
    replace(os.path.join(source, "ready"), os.path.join(target, "ready"))


# The application


class Application(object):
    """The application file, what it carries for this Python, and how it starts."""

    def __init__(self, archive, identity, tag):
        self.archive, self.identity, self.tag = archive, identity, tag
        self.file = open(archive, "rb")
        length = os.fstat(self.file.fileno()).st_size
        outer = {}
        for member in members(self.file, 0, length):
            outer[member.name] = member
        self.members = outer
        self.manifest = native(json.loads(self.read("spx.json").decode("ascii")))

    def read(self, name):
        if name not in self.members:
            raise Damaged("%s is missing" % name)
        return b"".join(chunks(self.file, self.members[name]))

    def selection(self):
        """The wheels for this Python, the first selection that fits; exits with one line when none does."""
        python = list(sys.version_info[:2])
        near = []
        for selection in self.manifest["selections"]:
            if selection["python"] == python:
                near.append(selection)
                if fits(selection):
                    return [self.manifest["wheels"][index] for index in selection["wheels"]]
        if near:
            here = {"implementation": implementation(), "platform": system(), "machine": machine(), "libc": libc()}
            carried = " or ".join(sorted(set(platform_words(selection) for selection in near)))
            text = "has no wheels for %s with Python %d.%d: for that Python the file is for %s"
            stop(self.archive, text % (platform_words(here), python[0], python[1], carried), 1)
        carried = versions(self.manifest["selections"])
        text = "needs Python %s, and this is %d.%d (%s)"
        stop(self.archive, text % (carried, python[0], python[1], sys.executable), 1)

    def wheels(self, selected, store):
        found = []
        for wheel in selected:
            name = "whl/" + wheel["file"]
            if name not in self.members or self.members[name].method:
                raise Damaged("%s is missing" % name)
            found.append(Wheel(self.file, self.members[name], wheel["sha256"], store))
        return found

    def prepare(self, cache, selected, full):
        """Unpacks, publishes the application's directory and returns the path of its `ready`."""
        wheels = self.wheels(selected, os.path.join(cache.root, "whl"))
        for wheel in wheels:
            wheel.install(cache, full)
        home = os.path.join(cache.root, "app", self.identity, self.tag)
        make(os.path.dirname(home))
        tops, declared = shared(wheels)
        temporary = cache.temporary()
        try:
            make(temporary)
            merge(wheels, os.path.join(temporary, "lib"), tops, declared)
            entry = self.entry(self.manifest["entry"], wheels, home, temporary)
            digests = "".join(wheel.digest[:24] + "\n" for wheel in wheels)
            write(os.path.join(temporary, "wheels"), [digests.encode("ascii")], 0o600)
            data = self.data(cache.root, wheels, temporary, home, entry)
            code = compile(self.read("spx_start.py"), "spx_start.py", "exec", 0, True)
            head = ("%x\n" % sys.hexversion).encode()
            write(os.path.join(temporary, "ready"), [head, marshal.dumps((code, data))], 0o600)
            if os.path.isdir(home):
                refresh(temporary, home)
            else:
                cache.publish(temporary, home)
        finally:
            remove(temporary)
        return os.path.join(home, "ready")

    def data(self, root, wheels, temporary, home, entry):
        """What the warm start knows: see spx_start."""
        paths = []
        names = []
        facts = []
        if os.path.isdir(os.path.join(temporary, "lib")):
            paths.append(os.path.join(home, "lib"))
        for directory, _, files in os.walk(temporary):
            for file in sorted(files):
                path = os.path.join(directory, file)
                names.append(home[len(root) :] + path[len(temporary) :])
                facts.append((os.lstat(path).st_size, STAMP))
        scripts = []
        for wheel in wheels:
            if any(name.startswith("lib/") for name in wheel.names):
                paths.append(os.path.join(wheel.path, "lib"))
            if any(name.startswith("bin/") for name in wheel.names):
                scripts.append(os.path.join(wheel.path, "bin"))
            for member, name in zip(wheel.members, wheel.names):
                names.append(wheel.path[len(root) :] + os.sep + name.replace("/", os.sep))
                facts.append((member.size, STAMP))
        return {
            "root": root,
            "paths": [path[len(root) :] for path in paths + scripts],
            "names": names,
            "facts": facts,
            "stamp": STAMP,
            "entry": entry,
            "args": self.manifest["args"],
            "env": [tuple(pair) for pair in self.manifest["env"]],
        }

    def entry(self, entry, wheels, home, temporary):
        """(kind, file, code): a script's code is compiled once; functions are called from a script of our own."""
        kind = entry["kind"]
        if kind == "module":
            return ("module", entry["module"], None)
        if kind == "interpreter":
            source = INTERACT
            path = os.path.join(home, "interpreter.py")
        elif kind == "function":
            source = (
                "import sys\nfrom %s import %s as entry\n\nif __name__ == '__main__':\n    sys.exit(entry%s())\n"
                % (
                    entry["module"],
                    entry["attr"].split(".")[0],
                    "".join("." + name for name in entry["attr"].split(".")[1:]),
                )
            )
            path = os.path.join(home, "entry.py")
        else:
            for wheel in wheels:
                if "bin/" + entry["name"] in wheel.names:
                    path = os.path.join(wheel.path, "bin", entry["name"])
                    with open(path, "rb") as file:
                        return ("script", path, compile(file.read(), path, "exec", 0, True))
            names = sorted(name[4:] for wheel in wheels for name in wheel.names if name.startswith("bin/"))
            stop(self.archive, "no script is called `%s`%s" % (
                entry["name"], "; there are: " + ", ".join(names) if names else ""), 1)
        if temporary is None:
            path = None
        else:
            write(os.path.join(temporary, os.path.basename(path)), [source.encode("utf-8")], 0o644)
        return ("script", path, compile(source, path or "<spx>", "exec", 0, True))

    def asked(self, cache, selected):
        """The entry that the user's environment asks for in place of the application's own, or None."""
        if not any(os.environ.get("SPX_" + name) for name in ("INTERPRETER", "MODULE", "SCRIPT")):
            return None
        wheels = self.wheels(selected, os.path.join(cache.root, "whl"))
        if os.environ.pop("SPX_INTERPRETER", ""):
            return self.entry({"kind": "interpreter"}, wheels, cache.root, None)
        module = os.environ.pop("SPX_MODULE", "")
        if module:
            module, _, attr = module.partition(":")
            kind = "function" if attr else "module"
            return self.entry({"kind": kind, "module": module, "attr": attr}, wheels, cache.root, None)
        script = os.environ.pop("SPX_SCRIPT", "")
        if not script:
            return None
        for wheel in wheels:
            for name in wheel.names:
                if name.endswith(".dist-info/entry_points.txt"):
                    section = ""
                    for line in wheel.text(name).splitlines():
                        if line.startswith("["):
                            section = line.strip()
                        key, _, value = line.partition("=")
                        if section in ("[console_scripts]", "[gui_scripts]") and key.strip() == script:
                            module, _, attr = value.split("[")[0].strip().partition(":")
                            named = {"kind": "function", "module": module.strip(), "attr": attr.strip()}
                            return self.entry(named, wheels, cache.root, None)
        return self.entry({"kind": "script", "name": script}, wheels, cache.root, None)


def implementation():
    found = getattr(sys, "implementation", None)
    return found.name if found else "pypy" if hasattr(sys, "pypy_version_info") else "cpython"


def system():
    for start, name in (("linux", "linux"), ("darwin", "macos"), ("win32", "windows")):
        if sys.platform.startswith(start):
            return name
    return sys.platform


def machine():
    """What `platform.machine()` says, corrected for an interpreter of 32 bits."""
    name = os.uname()[4] if hasattr(os, "uname") else os.environ.get("PROCESSOR_ARCHITECTURE", "")
    if sys.maxsize < 1 << 32:
        name = {"x86_64": "i686", "AMD64": "x86", "aarch64": "armv7l"}.get(name, name)
    return name


def libc():
    if not sys.platform.startswith("linux"):
        return None
    try:
        name, version = os.confstr(2).split()  # glibc's number of CS_GNU_LIBC_VERSION, unnamed in 2.7
        major, minor = version.split(".")[:2]
        return [name, int(major), int(minor)]
    except (AttributeError, OSError, ValueError):
        return ["musl", 1, 99]  # which does not tell its version; wheels have been built for 1.1 and 1.2


def fits(selection):
    wanted = selection.get("libc")
    here = libc()
    return (
        selection.get("implementation") in (None, implementation())
        and selection.get("platform") in (None, system())
        and selection.get("machine") in (None, machine())
        and (wanted is None or here is not None and wanted[0] == here[0] and wanted[1:] <= here[1:])
    )


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


def warn(archive, text):
    sys.stderr.write("%s: %s\n" % (os.path.basename(archive), text))


def stop(archive, text, status):
    warn(archive, text)
    sys.exit(status)


def record(cache, application, ready):
    """Notes for the sh header how this application starts under this PATH; the newest of eight PATHs first."""
    path = os.path.join(cache.root, "app", application.identity, "start")
    flags = "-sS" if sys.flags.no_site else "-s"
    new = [os.environ.get("PATH", ""), os.environ.get("PYENV_VERSION", ""), sys.executable, flags, ready]
    try:
        with open(path, "rb") as file:
            text = file.read()
            lines = (text if PYTHON_2 else os.fsdecode(text)).split("\n")[:-1]
    except (IOError, OSError):
        lines = []
    records = [lines[at : at + 5] for at in range(0, len(lines) - 4, 5)]
    records = [new] + [old for old in records if old[:2] != new[:2]][:7]
    text = "".join(line + "\n" for old in records for line in old)
    if text.count("\n") == 5 * len(records):
        cache.put(path, text if PYTHON_2 else os.fsencode(text))


def caches(cache, private, trusted):
    """The places to unpack, the best first: (directory, whether it goes when the program ends)."""
    if cache is not None:
        yield cache, False
    try:
        os.mkdir(private, 0o700)
    except OSError:
        pass
    if trusted(private):
        yield private, False
    import tempfile

    try:
        yield tempfile.mkdtemp("", "spx-"), True
    except (IOError, OSError):
        pass


def start(archive, identity, tag, header, cache, private, trusted, load):
    """Prepares and runs the application."""
    try:
        application = Application(archive, identity, tag)
        selected = application.selection()
    except (Damaged, struct.error, zlib.error, KeyError, ValueError) as error:
        stop(archive, "is damaged: %s" % error, 1)
    except SystemExit:
        note = os.path.join(cache or "", "app", identity, "start")
        if header == "again" and os.path.exists(note):  # another Python stands now where the header remembers one
            remove(note)
            if not os.path.exists(note):
                os.execv("/bin/sh", ["sh"] + sys.argv)
        raise
    full = os.environ.pop("SPX_VERIFY", "") == "full"
    reason = store = run = None
    for root, passing in caches(cache, private, trusted):
        try:
            store = Cache(root)
            store.open()
            ready = os.path.join(root, "app", identity, tag, "ready")
            run = None if full else load(ready)
            if run is None or not run.__globals__["intact"](root):
                say("preparing %s" % ready)
                ready = application.prepare(store, selected, full)
                run = load(ready)
                if run is None:
                    raise OSError(errno.EIO, "cannot be read back", ready)
                if reason is not None:
                    where = root + " for this run only" if passing else root
                    warn(archive, "unpacked to %s: %s" % (where, words(reason)))
            break
        except (IOError, OSError) as error:
            run = None
            reason = error
            say("%s cannot be used: %s" % (root, words(error)))
            if passing:
                remove(root)
        except (Damaged, struct.error, zlib.error) as error:
            stop(archive, "is damaged: %s" % error, 1)
    if run is None:
        stop(archive, "cannot unpack: %s" % (words(reason) if reason else "no directory can be written"), 73)
    try:
        if header and not passing:
            try:
                record(store, application, ready)
            except (IOError, OSError, UnicodeError) as error:
                say("no start was prepared for the header: %s" % error)
        entry = application.asked(store, selected)
        say("starting %s" % ready)
        application.file.close()
        run(ready, sys.argv, archive, entry)
    finally:
        if passing:
            remove(root)


def words(error):
    return "%s: %s" % (error.filename, error.strerror) if error.filename else str(error.strerror or error)
