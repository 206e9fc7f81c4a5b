"""Makes the wheel of an editable installation (PEP 660): the wheel's own metadata, and what leads to the project's files."""

import base64
import csv
import hashlib
import io
import locale
import os
import shutil
import sys
import zipfile

FINDER = '''"""Finds the modules of an editable installation where they stand."""
import sys
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from os.path import isdir, join

PLACES = %s
NAMESPACES = %s


class Modules:
    """Packages and modules by their names."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        place = PLACES.get(name)
        if place is None:
            return None
        if isdir(place):
            return spec_from_file_location(name, join(place, "__init__.py"), submodule_search_locations=[place])
        return spec_from_file_location(name, place)


class Namespaces:
    """Namespace packages (PEP 420), which other distributions may have a part in."""

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name not in NAMESPACES:
            return None
        found = PathFinder.find_spec(name, path, target)
        if found is not None and found.loader is not None and found.origin is not None:
            return found
        others = list(found.submodule_search_locations or ()) if found is not None else []
        spec = ModuleSpec(name, None, is_package=True)
        spec.submodule_search_locations = others + [place for place in NAMESPACES[name] if place not in others]
        return spec


def install():
    if Modules not in sys.meta_path:
        sys.meta_path.append(Modules)
    if NAMESPACES and Namespaces not in sys.meta_path:
        sys.meta_path.insert(0, Namespaces)
'''


def make(built, files, directory, root, mode):
    """Writes the editable wheel that belongs to the wheel `built` into `directory`, and gives its name.

    `files` says where each file of the wheel comes from, `root` is the project's directory. In the mode `lenient` modules
    are found where they stand, so new ones are seen at once; in the mode `strict` only those that the wheel has are seen,
    by links below `build`.
    """
    stem, tag = _parts(os.path.basename(built))
    name = "%s-0.editable-%s.whl" % (stem, tag)
    with zipfile.ZipFile(built) as wheel:
        content = {member: wheel.read(member) for member in wheel.namelist()}
        modes = {member.filename: member.external_attr >> 16 for member in wheel.infolist()}
    kept = {}
    library = {}
    for file in files:
        path = file["path"]
        top = path.split("/")[0]
        if top.endswith((".dist-info", ".data")) or file["rule"] == "data file":
            kept[path] = content[path]
        elif path.endswith("-nspkg.pth"):
            kept[path] = content[path]
        else:
            source = file["source"]
            library[path] = os.path.join(root, *source.split("/")) if source else None
    made = [path for path, source in library.items() if source is None]
    if made and mode != "strict":
        sys.stderr.write("spx: %s is made by the build, so the installation is strict\n" % ", ".join(made[:3]))
        mode = "strict"
    if mode == "strict":
        place = os.path.join(root, "build", "__editable__.%s-%s" % (stem, tag))
        _link(place, library, content)
        kept["__editable__.%s.pth" % stem] = _encoded(place + "\n")
    else:
        modules = {path: source for path, source in library.items() if path.endswith(".py")}
        place = _one_directory(modules) or root
        kept.update(_lenient(stem, modules, place, root))
    for path in [path for path in kept if path.endswith("-nspkg.pth")]:
        # It looks beside itself for packages, which stand elsewhere.
        kept[path] = kept[path].replace(b"sys._getframe(1).f_locals['sitedir']", _encoded(repr(place)))
    _write(os.path.join(directory, name), stem, kept, modes)
    return name


def _parts(name):
    parts = name[: -len(".whl")].split("-")
    return "-".join(parts[:2]), "-".join(parts[-3:])


def _lenient(stem, modules, place, root):
    if place != root:
        return {"__editable__.%s.pth" % stem: _encoded(place + "\n")}
    places, namespaces = _places(modules)
    finder = "__editable___%s_finder" % "".join(c if c.isalnum() else "_" for c in stem)
    return {
        "%s.py" % finder: (FINDER % (_shown(places), _shown(namespaces))).encode("utf-8"),
        "__editable__.%s.pth" % stem: _encoded("import %s; %s.install()\n" % (finder, finder)),
    }


def _one_directory(modules):
    """The directory below which every module stands as in the wheel, if there is one."""
    found = set()
    for path, source in modules.items():
        end = os.sep + path.replace("/", os.sep)
        found.add(source[: -len(end)] if source.endswith(end) else None)
    return found.pop() if len(found) == 1 else None


def _places(modules):
    """Where packages and modules are that their parents do not lead to, and the directories of namespace packages."""
    packages = {}
    single = {}
    for path, source in sorted(modules.items()):
        parent, _, module = path.rpartition("/")
        if parent:
            packages.setdefault(parent.replace("/", "."), os.path.dirname(source))
        else:
            single[module[: -len(".py")]] = source
    namespaces = {}
    for package in list(packages):
        parts = package.split(".")
        for count in range(1, len(parts)):
            # A package of which only what stands below is in the wheel.
            namespaces.setdefault(".".join(parts[:count]), [])
    for package, directory in packages.items():
        if (package.replace(".", "/") + "/__init__.py") in modules:
            namespaces.pop(package, None)
        else:
            namespaces[package] = [directory]
    places = dict(single)
    for package, directory in packages.items():
        parent, _, last = package.rpartition(".")
        led_to = packages.get(parent)
        if package not in namespaces and (led_to is None or os.path.join(led_to, last) != directory):
            places[package] = directory
    return places, namespaces


def _shown(mapping):
    lines = "".join("    %r: %r,\n" % item for item in sorted(mapping.items()))
    return "{\n%s}" % lines if lines else "{}"


def _link(place, library, content):
    """A tree of links to the files of the wheel. Files that the build makes stand there themselves."""
    shutil.rmtree(place, ignore_errors=True)
    for path, source in library.items():
        target = os.path.join(place, *path.split("/"))
        os.makedirs(os.path.dirname(target), exist_ok=True)
        if source is None:
            with open(target, "wb") as file:
                file.write(content[path])
            continue
        try:
            os.symlink(source, target)
        except (OSError, NotImplementedError):
            os.link(source, target)


def _encoded(text):
    """Before Python 3.13, `.pth` files are read in the locale's encoding."""
    return text.encode("utf-8" if sys.version_info >= (3, 13) else locale.getpreferredencoding(False))


def _write(path, stem, files, modes):
    record = "%s.dist-info/RECORD" % stem
    rows = io.StringIO()
    table = csv.writer(rows, lineterminator="\n")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            if name != record:
                digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=")
                table.writerow([name, "sha256=" + digest.decode("ascii"), len(data)])
                _put(wheel, name, data, modes.get(name, 0o100644))
        table.writerow([record, "", ""])
        _put(wheel, record, rows.getvalue().encode("utf-8"), 0o100664)


def _put(wheel, name, data, mode):
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = mode << 16
    wheel.writestr(entry, data)
