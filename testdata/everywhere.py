# A program that checks from inside an application what programs expect of their surroundings: Python 2.7 and 3.5 to 3.14.
from __future__ import print_function

import os
import subprocess
import sys

import nsdeclared.one
import nsdeclared.two
import nspkgutil.one
import nspkgutil.two
import resources

PROBLEMS = []


def check(what, holds):
    if not holds:
        PROBLEMS.append(what)


def identity():
    main = sys.modules["__main__"]
    check("__name__ of the program", __name__ == "__main__" and main.__dict__ is globals())
    check("__file__ of the program", os.path.isfile(__file__) and os.path.basename(__file__) == "everywhere.py")
    check("__spec__ of the program", globals().get("__spec__") is None)
    check("its own class is picklable", __import__("pickle").loads(__import__("pickle").dumps(Thing(3))).value == 3)
    check("sys.argv", sys.argv[1:] == ["a b", "*", "--", "-x"] or sys.argv[1:] == ["child"])
    check("sys.argv[0]", os.path.basename(sys.argv[0]) == os.environ["TYPED"])
    check("sys.flags.optimize", sys.flags.optimize == 0)
    check("exit is a builtin", callable(exit) and callable(quit))


class Thing(object):
    def __init__(self, value):
        self.value = value


def data():
    here = os.path.dirname(resources.__file__)
    with open(os.path.join(here, "data.txt")) as file:
        check("data beside __file__", file.read() == "text")
    import pkgutil

    check("pkgutil.get_data", pkgutil.get_data("resources", "data.txt") == b"text")
    check("pkgutil.iter_modules", [m[1] for m in pkgutil.iter_modules(resources.__path__)] == ["inner"])
    try:
        from importlib.resources import files
    except ImportError:
        pass
    else:
        check("importlib.resources.files", (files("resources") / "data.txt").read_text() == "text")
    try:
        from importlib.resources import path
    except ImportError:
        pass
    else:
        if sys.version_info < (3, 11):  # deprecated from there on
            with path("resources", "data.txt") as found:
                check("importlib.resources.path", os.path.isfile(str(found)))
    try:
        import pkg_resources
    except ImportError:
        check("pkg_resources", os.environ.get("PKG_RESOURCES") != "1")
    else:
        check("pkg_resources.resource_string", pkg_resources.resource_string("resources", "data.txt") == b"text")
        check("pkg_resources.require", pkg_resources.require("resources")[0].version == "1.0")
        points = [point.name for point in pkg_resources.iter_entry_points("plugins")]
        check("pkg_resources.iter_entry_points", points == ["first"])


def namespaces():
    check("pkgutil-style namespace", (nspkgutil.one.X, nspkgutil.two.X) == (1, 2))
    check("declared namespace", (nsdeclared.one.X, nsdeclared.two.X) == (1, 2))
    if sys.version_info[0] > 2:
        import nsimplicit.one
        import nsimplicit.two

        check("implicit namespace", (nsimplicit.one.X, nsimplicit.two.X) == (1, 2))


def metadata():
    try:
        from importlib.metadata import distribution, entry_points, version
    except ImportError:
        return
    check("importlib.metadata.version", version("resources") == "1.0")
    names = [file.name for file in distribution("resources").files or []]
    check("importlib.metadata files", "data.txt" in names)
    place = distribution("resources").locate_file("resources/data.txt")
    check("importlib.metadata locate_file", os.path.isfile(str(place)))
    found = entry_points()
    group = found.select(group="plugins") if hasattr(found, "select") else found.get("plugins", ())
    check("importlib.metadata entry points", [point.load().__name__ for point in group] == ["plugin"])


def double(value):
    return 2 * value


def processes():
    import multiprocessing

    methods = multiprocessing.get_all_start_methods() if sys.version_info[0] > 2 else [None]
    for method in methods:
        context = multiprocessing.get_context(method) if method else multiprocessing
        pool = context.Pool(1)
        check("multiprocessing %s" % method, pool.map(double, [1, 2]) == [2, 4])
        check("multiprocessing %s, a module's" % method, pool.map(resources.triple, [1]) == [3])
        pool.close()
        pool.join()


def surroundings():
    check("no current directory in sys.path", "" not in sys.path and os.getcwd() not in sys.path)
    outside = [path for path in sys.path if path.endswith("-packages") and not path.startswith(os.environ["SPX_CACHE"])]
    check("no site-packages: %s" % outside, not outside)
    check("nothing planted", not [name for name in sys.modules if name in ("planted", "sitecustomize", "usercustomize")])
    check("PYTHONPATH is kept for children", os.environ.get("PYTHONPATH") == os.environ.get("GIVEN_PYTHONPATH"))
    check("no variable of spx's own", not [n for n in os.environ if n.startswith("SPX_") and n != "SPX_CACHE"])
    if os.environ.get("PYTHONUNBUFFERED") and sys.version_info[:2] > (3, 6):
        check("PYTHONUNBUFFERED keeps its meaning", sys.stdout.write_through)
    import traceback

    try:
        resources.fail()
    except ValueError:
        text = traceback.format_exc()
        check("tracebacks name the file and show the line", "raise ValueError('on purpose')" in text)
    import inspect

    check("inspect.getsource", "on purpose" in inspect.getsource(resources.fail))
    check("inspect.getsource of the program", "Thing" in inspect.getsource(Thing))
    check("compiled once", sys.version_info[0] == 2 or resources.__cached__.endswith(".pyc"))


if __name__ == "__main__":
    for part in (identity, data, namespaces, metadata, processes, surroundings):
        part()
    for problem in PROBLEMS:
        print(problem)
    sys.exit(7 if not PROBLEMS else 1)
