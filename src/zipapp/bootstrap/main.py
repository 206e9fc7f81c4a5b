# The start of an application file, in the zip: Python 2.7 and 3.5 to 3.14. Python's zipimport compiles this at every
# start, twice, and keeps nothing; so it is short, and what it runs is compiled once.
import os

ARCHIVE = os.path.dirname(os.path.abspath(__file__))


def part(name):
    """Runs a file of the application in the one namespace that they share; returns its code."""
    if hasattr(LOADER, "archive"):
        data = LOADER.get_data(os.path.join(LOADER.archive, name))
    else:  # a directory, by `--layout loose`
        with open(os.path.join(ARCHIVE, name), "rb") as file:
            data = file.read()
    code = compile(data, name, "exec", 0, True)
    exec(code, SPACE)
    return code


LOADER = globals().get("__loader__")
SPACE = {"ARCHIVE": ARCHIVE, "part": part}
part("spx_find.py")
SPACE["find"]()
