# The cold start, run after spx_start.py and spx_cache.py in one namespace: Python 2.7 and 3.5 to 3.14. It takes the
# wheels that this Python gets, prepares `ready` for the warm start, and runs the application.
import io
import marshal

# The directory of an application's modules; programs tell others' code from the standard library by this name.
PACKAGES = "site-packages"


def rare(name):
    """What spx_rare.py calls by this name: most first runs can do without it."""
    if name not in globals():
        part("spx_rare.py")
    return globals()[name]


def parse(text):
    """JSON. The module `json` takes longer to load than all that a small application's first run does."""
    try:
        import _json

        class Context(object):
            strict = True
            encoding = "utf-8"
            object_hook = object_pairs_hook = None
            parse_int, parse_float, parse_constant = int, float, float
            memo = {}

        return native(_json.make_scanner(Context)(text, 0)[0])
    except (ImportError, AttributeError, TypeError, StopIteration):
        import json

        return native(json.loads(text))


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


def gather(wheels, root, namespaces, link):
    """One directory that looks as site-packages would, of links into the wheels; the first wheel wins.

    What one wheel has alone is one link. A directory that several share is made, with links to what is in it: a package
    with an `__init__` in one wheel and modules in another, a namespace package. Returns the links, as (path, goal).
    """
    owners = {}  # directory -> the wheels that have something in it
    for index, wheel in enumerate(wheels):
        for name in wheel.names:
            if name.startswith("lib/"):
                at = name.find("/", 4)
                while at > 0:
                    owners.setdefault(name[4:at], set()).add(index)
                    at = name.find("/", at + 1)
    opened = set(path for path, found in owners.items() if len(found) > 1 or link is not os.symlink)
    for path in namespaces:
        parts = path.split("/")
        opened.update("/".join(parts[: depth + 1]) for depth in range(len(parts)))
    links = []
    made = set()
    for wheel in wheels:
        for name in wheel.names:
            if not name.startswith("lib/"):
                continue
            path = name[4:]
            at = path.find("/")
            while at > 0 and path[:at] in opened:
                at = path.find("/", at + 1)
            path = path if at < 0 else path[:at]
            if path not in made:
                made.add(path)
                target = os.path.join(root, *path.split("/"))
                source = os.path.join(wheel.path, "lib", *path.split("/"))
                make(os.path.dirname(target))
                link(source, target)
                links.append((path.replace("/", os.sep), source))
    for path in namespaces:
        path = os.path.join(root, *(path.split("/") + ["__init__.py"]))
        if os.path.isdir(os.path.dirname(path)) and not os.path.lexists(path):
            write(path, [], 0o644)
    return links


# The application


class Application(object):
    """The application file, what it carries for this Python, and how it starts."""

    def __init__(self, archive, identity, tag):
        self.archive, self.identity, self.tag = archive, identity, tag
        self.members = None  # of a directory, by `--layout loose`
        if not os.path.isdir(archive):
            self.file = io.open(archive, "rb", 0)
            self.whole = Section(self.file, 0, os.fstat(self.file.fileno()).st_size)
            self.members = dict((member.name, member) for member in members(self.whole))
        self.manifest = parse(self.read("spx.json").decode("ascii"))
        # Python 2 has no such thing, Windows no links: there PYTHONPATH tells the children.
        self.venv = self.manifest["venv"] and implementation() == "cpython" and not PYTHON_2 and os.name != "nt"
        self.packages = os.path.join("lib", "python%d.%d" % sys.version_info[:2], PACKAGES) if self.venv else PACKAGES

    def content(self, name):
        """What stands under a name: bytes, or a section of a file."""
        if self.members is None:
            try:
                file = io.open(os.path.join(self.archive, *name.split("/")), "rb", 0)
            except (IOError, OSError) as error:
                raise Damaged("%s: %s" % (name, error.strerror))
            return Section(file, 0, os.fstat(file.fileno()).st_size)
        if name not in self.members:
            raise Damaged("%s is missing" % name)
        member = self.members[name]
        if member.method:
            return b"".join(rare("chunks")(self.whole, member))
        return Section(self.file, content_offset(self.whole, member), member.packed)

    def read(self, name):
        """A small file, checked where it has a checksum."""
        if self.members is None or name not in self.members:
            return self.content(name)[:]
        data = self.content(name)[:]
        if zlib.crc32(data) & 0xFFFFFFFF != self.members[name].crc:
            raise Damaged("%s is damaged" % name)
        return data

    def selection(self):
        """The wheels for this Python, the first selection that fits; exits with one line when none does."""
        python = list(sys.version_info[:2])
        near = []
        for selection in self.manifest["selections"]:
            if selection["python"] == python:
                near.append(selection)
                if fits(selection):
                    return [self.manifest["wheels"][index] for index in selection["wheels"]]
        rare("misfit")(self, near)

    def wheels(self, selected, store):
        return [
            Wheel(wheel["file"], self.content("whl/" + wheel["file"]), wheel["sha256"], store) for wheel in selected
        ]

    def prepare(self, cache, selected, full):
        """Unpacks, publishes the application's directory and returns the path of its `ready`."""
        wheels = self.wheels(selected, os.path.join(cache.root, "whl"))
        for wheel in wheels:
            wheel.install(cache, full)
        home = os.path.join(cache.root, "app", self.identity, self.tag)
        make(os.path.dirname(home))
        temporary = cache.temporary()
        try:
            links = self.gather(cache, wheels, os.path.join(temporary, self.packages))
            if self.venv:
                links += rare("virtual")(wheels, home, temporary, self.packages)
            entry = self.entry(self.manifest["entry"], wheels, home, temporary)
            digests = "".join(wheel.digest[:24] + "\n" for wheel in wheels)
            write(os.path.join(temporary, "wheels"), [digests.encode("ascii")], 0o600)
            data = self.data(cache.root, wheels, links, temporary, home, entry)
            write(os.path.join(temporary, "used"), [], 0o600)
            head = ("%x\n" % sys.hexversion).encode()
            write(os.path.join(temporary, "ready"), [head, marshal.dumps((START, data))], 0o600)
            if os.path.isdir(home):
                rare("refresh")(temporary, home)
            else:
                cache.publish(temporary, home)
        finally:
            remove(temporary)
        return os.path.join(home, "ready")

    def gather(self, cache, wheels, root):
        """The application's own site-packages; its links, none where it is made of files."""
        spaced = PYTHON_2 and any(name.endswith("-nspkg.pth") for wheel in wheels for name in wheel.names)
        namespaces = rare("declared")(wheels) if spaced else ()
        make(root)
        try:
            return gather(wheels, root, namespaces, os.symlink)
        except (AttributeError, NotImplementedError, OSError):
            if os.name != "nt":
                raise
        os.rename(root, cache.temporary())
        make(root)
        gather(wheels, root, namespaces, rare("copy"))
        return []

    def data(self, root, wheels, links, temporary, home, entry):
        """What the warm start knows: see spx_start."""
        names = []
        facts = []
        for directory, _, files in os.walk(temporary):
            for file in sorted(files):
                path = os.path.join(directory, file)
                if not os.path.islink(path):
                    names.append(home[len(root) :] + path[len(temporary) :])
                    facts.append((os.lstat(path).st_size, STAMP))
        paths = [os.path.join(home, self.packages)]
        for wheel in wheels:
            if any(name.startswith("bin/") for name in wheel.names):
                paths.append(os.path.join(wheel.path, "bin"))
            for member, name in zip(wheel.members, wheel.names):
                names.append(wheel.path[len(root) :] + os.sep + name.replace("/", os.sep))
                facts.append((member.size, STAMP))
        return {
            "root": root,
            "paths": [path[len(root) :] for path in paths],
            "links": [paths[0][len(root) :] + os.sep + path for path, _ in links],
            "goals": [goal for _, goal in links],
            "names": names,
            "facts": facts,
            "stamp": STAMP,
            "entry": entry,
            "args": self.manifest["args"],
            "env": [tuple(pair) for pair in self.manifest["env"]],
            "inherit": self.manifest["inherit_path"],
            "extend": self.manifest["extend_pythonpath"] or self.manifest["venv"] and not self.venv,
            "compile": self.manifest["compile"],
            "pth": rare("startup")(wheels) if self.manifest["pth"] else [],
            "venv": home[len(root) :] if self.venv else None,
            "settle": part("spx_settle.py") if PYTHON_2 and self.manifest["compile"] else None,
        }

    def entry(self, entry, wheels, home, temporary):
        """(kind, file, code): a script's code is compiled once; functions are called from a script of our own.

        A `program` is none of Python's and runs as it is.
        """
        kind = entry["kind"]
        if kind == "module":
            return ("module", entry["module"], None)
        if kind == "interpreter":
            source = rare("INTERACT")
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
                name = entry["name"]
                if os.name == "nt" and "bin/" + name not in wheel.names:
                    name += ".exe"
                if "bin/" + name in wheel.names:
                    path = os.path.join(wheel.path, "bin", name)
                    with open(path, "rb") as file:
                        source = file.read()
                    if program(source):
                        return ("program", path, None)
                    return ("script", path, compile(source, path, "exec", 0, True))
            rare("no_script")(self, wheels, entry["name"])
        if temporary is None:
            path = None
        else:
            write(os.path.join(temporary, os.path.basename(path)), [source.encode("utf-8")], 0o644)
        return ("script", path, compile(source, path or "<spx>", "exec", 0, True))


def program(source):
    """Whether a script is none of Python's: a binary, as some wheels bring it, or another interpreter's."""
    first = source[:256].split(b"\n")[0]
    return b"\0" in source[:1024] or first.startswith(b"#!") and b"python" not in first and b"pypy" not in first


def implementation():
    found = getattr(sys, "implementation", None)
    return found.name if found else "pypy" if hasattr(sys, "pypy_version_info") else "cpython"


def platform():
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
        and selection.get("platform") in (None, platform())
        and selection.get("machine") in (None, machine())
        and (wanted is None or here is not None and wanted[0] == here[0] and wanted[1:] <= here[1:])
    )


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
        if os.environ.pop("SPX_TOOLS", ""):
            part("spx_rare.py")
            part("spx_tools.py")
            sys.exit(globals()["tools"](application, sys.argv[1:]))
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
        special = any(os.environ.get("SPX_" + name) for name in ("INTERPRETER", "MODULE", "SCRIPT"))
        entry = rare("asked")(application, store, selected) if special else None
        say("starting %s" % ready)
        if application.members is not None:
            application.file.close()
        run(ready, sys.argv, archive, entry, True)
    finally:
        if passing:
            remove(root)


def words(error):
    return "%s: %s" % (error.filename, error.strerror) if error.filename else str(error.strerror or error)
