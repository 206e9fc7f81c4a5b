#!/usr/bin/env python3
"""Times `spx metadata` over real projects beside `python setup.py --name --version`, and shows how its cost grows with a file.

usage: python3 benches/metadata.py DIRECTORY [--runs N] [--python PYTHON] [--execute]

DIRECTORY holds unpacked projects, one a folder. `--execute` also runs each setup.py with PYTHON (which needs setuptools): that executes
their code. Medians of whole processes, the two in turn.
"""
import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(command, cwd=None):
    """Seconds, or None when the command fails."""
    start = time.perf_counter()
    done = subprocess.run([str(part) for part in command], cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    took = time.perf_counter() - start
    return took if done.returncode == 0 else None


# What the lines of a file are made of, by what they show: statement number -> text.
SHAPES = {
    "mixed statements": lambda n: "x%d = [y * 2 for y in range(3)] + ['%d'.strip()]\n" % (n % 50, n),
    "list appends": lambda n: "items.append('package-%d')\n" % n,
    "string building": lambda n: "text = 'v%d.' + str(%d) + '%%s' %% (name,)\n" % (n, n),
    "call chains": lambda n: "def f%d(a):\n    return a if a < 1 else f%d(a - 1)\nf%d(3)\n" % (n, n - n % 10 if n % 10 else n, n),
    "dict entries": lambda n: "    'key-%d': ['value', %d, ('a', 'b')],\n" % (n, n),
}


def growth(spx, runs):
    """Cost by the number of lines: each doubling of the file should double what it adds."""
    with tempfile.TemporaryDirectory() as directory:
        script = pathlib.Path(directory) / "setup.py"
        command = [spx, "metadata", directory, "--format", "json", "--python", "3.12"]
        for shape, line in SHAPES.items():
            print("\n%s, by lines of the file (empty process taken off)" % shape)
            base = None
            for count in (0, 1_000, 2_000, 4_000, 8_000, 16_000):
                body = "".join(line(n) for n in range(count))
                if shape == "dict entries":
                    body = "table = {\n" + body + "}\n"
                head = "from setuptools import setup\nitems = []\nname = 'n'\n"
                script.write_text(head + body + "setup(name='grown', version='1')\n")
                median = statistics.median(run(command) for _ in range(runs))
                base = median if base is None else base
                lines = body.count("\n")
                per_line = "" if not count else "%8.0f ns a line" % ((median - base) / lines * 1e9)
                print("  %6d lines %9.2f ms %s" % (lines, median * 1000, per_line))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--execute", action="store_true")
    options = parser.parse_args()
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    spx = ROOT / "target" / "release" / "spx"
    projects = [path for path in sorted(options.directory.iterdir()) if (path / "setup.py").exists()]
    times = []
    ratios = []
    for project in projects:
        mine = []
        theirs = []
        for _ in range(options.runs):
            mine.append(run([spx, "metadata", project, "--format", "json", "--python", "3.11"]))
            if options.execute:
                theirs.append(run([options.python, "setup.py", "--name", "--version"], cwd=project))
        if None in mine:
            print("  %s: spx failed" % project.name)
            continue
        times.append((statistics.median(mine), project.name))
        if theirs and None not in theirs:
            ratios.append(statistics.median(theirs) / times[-1][0])
    empty = statistics.median(run([spx, "--version"]) for _ in range(20))
    print("spx metadata, whole process, %d projects: median %.1f ms, slowest %.1f ms (%s); spx --version %.1f ms" % (
        len(times), statistics.median(t for t, _ in times) * 1000, max(times)[0] * 1000, max(times)[1], empty * 1000))
    if ratios:
        print("python setup.py --name --version / spx metadata: median %.0f over the %d that run" % (statistics.median(ratios), len(ratios)))
    growth(spx, options.runs)


if __name__ == "__main__":
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    main()
