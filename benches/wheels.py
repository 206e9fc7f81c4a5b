#!/usr/bin/env python3
"""Builds the wheels of five projects with spx, pip, build and uv in one run and prints the ratios.

usage: python3 benches/wheels.py [--runs N] [--python PYTHON] [--projects DIR...]

The projects are made up in target/bench: from one module to a package of 2,000 modules with data files. `--projects` takes
directories of real ones instead. pip, build and uv are installed into target/bench/venv-wheels and called without build
isolation, so that nobody waits for the network: the time is that of the build alone, which favours them.
`copy and deflate` is what no builder can go below: reading the files and compressing them, by Python's zlib.
Medians of whole processes, the tools in turn (A B C A B C ...), so that a noisy machine is noisy for all of them.
"""
import argparse
import os
import pathlib
import random
import shutil
import subprocess
import sys
import time
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from peers import ROOT, WORK, environment, fresh, run, table  # noqa: E402

SETUP = """\
import io
from setuptools import find_packages, setup

with io.open("README.rst", encoding="utf-8") as file:
    text = file.read()

setup(
    name=%(name)r, version="1.0", long_description=text, include_package_data=True,
    %(what)s,
    install_requires=["six", "requests >= 2"], entry_points={"console_scripts": ["%(name)s = %(name)s:main"]},
)
"""
# Name, modules, data files of 16 kB.
SIZES = [("tiny", 0, 0), ("small", 12, 0), ("middle", 120, 20), ("large", 600, 100), ("huge", 2000, 400)]


def module(numbers):
    lines = ["def function_%d(argument):\n    return argument * %d + %d\n" % (n, numbers.random() * 1e6, n) for n in range(40)]
    return "\n\n".join(lines)


def made_up(directory):
    """A project of each size, the same every time."""
    numbers = random.Random(1)
    projects = []
    for name, modules, data in SIZES:
        tree = fresh(directory / name)
        (tree / "README.rst").write_text("A project\n=========\n" * 20)
        what = "packages=find_packages()" if modules else "py_modules=[%r]" % name
        (tree / "setup.py").write_text(SETUP % {"name": name, "what": what})
        (tree / "setup.cfg").write_text("[bdist_wheel]\nuniversal = 1\n")
        if not modules:
            (tree / (name + ".py")).write_text(module(numbers))
        for number in range(modules):
            package = tree / name / ("part%d" % (number // 20))
            package.mkdir(parents=True, exist_ok=True)
            for init in (tree / name / "__init__.py", package / "__init__.py"):
                init.touch()
            (package / ("m%d.py" % number)).write_text(module(numbers))
        for number in range(data):
            path = tree / name / "data" / ("d%d.txt" % number)
            path.parent.mkdir(exist_ok=True)
            path.write_text("".join("%x\n" % numbers.getrandbits(60) for _ in range(1000)))
        (tree / "MANIFEST.in").write_text("recursive-include %s *.txt\n" % name if modules else "")
        projects.append(tree)
    return projects


def copy_and_deflate(wheel):
    """In a process of its own, as the others are: the wheel's files read, compressed and written."""
    code = "import sys, zipfile; a = zipfile.ZipFile(sys.argv[1]); b = zipfile.ZipFile(sys.argv[2], 'w', zipfile.ZIP_DEFLATED); "
    code += "[b.writestr(name, a.read(name)) for name in a.namelist()]; b.close()"
    return [sys.executable, "-I", "-c", code, wheel, WORK / "copy.zip"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--python", default=sys.executable, help="the Python that everything runs on")
    parser.add_argument("--projects", nargs="*", type=pathlib.Path, help="trees to build instead of the made-up ones")
    parser.add_argument("--spx", type=pathlib.Path, help="the program to measure, instead of a release build")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    spx = options.spx and options.spx.resolve()
    if spx is None:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        spx = ROOT / "target" / "release" / "spx"
    venv = WORK / "venv-wheels"
    if not (venv / "bin" / "uv").exists():
        subprocess.run([options.python, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "install", "-q", "build", "uv", "setuptools==84.2.1", "wheel==0.48.0"], check=True)
    python = venv / "bin" / "python"
    trees = [path.resolve() for path in options.projects or []] or made_up(WORK / "projects")
    env = environment(venv, PIP_DISABLE_PIP_VERSION_CHECK=1, UV_OFFLINE=1)
    shown = []
    for tree in trees:
        # setuptools leaves build/ and egg-info behind, which the next build would take files from.
        out, copy = WORK / "wheels", WORK / "tree"
        commands = {
            "spx wheel": [spx, "wheel", copy, "-q", "-o", out, "--python", "%d.%d" % sys.version_info[:2]],
            "pip wheel": [python, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", out, copy],
            "python -m build -w": [python, "-m", "build", "-w", "-n", "-x", "-o", out, copy],
            "uv build --wheel": [venv / "bin" / "uv", "build", "-q", "--wheel", "--no-build-isolation", "--python", python, "-o", out, copy],
        }

        def once(command):
            def prepared():
                fresh(out)
                shutil.rmtree(copy, ignore_errors=True)
                shutil.copytree(tree, copy)
                return run(command, env)
            return prepared

        once(commands["spx wheel"])()
        wheel = WORK / next(out.glob("*.whl")).name
        shutil.copy(next(out.glob("*.whl")), wheel)
        size = sum(info.file_size for info in zipfile.ZipFile(wheel).infolist())
        title = "wheel of %s: %d files, %.1f MB" % (tree.name, len(zipfile.ZipFile(wheel).infolist()), size / 1e6)
        rows = {name: once(command) for name, command in commands.items()}
        rows["copy and deflate"] = lambda: run(copy_and_deflate(wheel), env)
        medians = {name: wall for name, (wall, _) in table(title, rows, options.runs, "spx wheel").items()}
        peers = [medians[name] for name in commands if name != "spx wheel"]
        shown.append((tree.name, min(peers) / medians["spx wheel"], medians["spx wheel"] / medians["copy and deflate"]))
        wheel.unlink()
    print("\n%-24s %22s %28s" % ("", "fastest peer / spx", "spx / copy and deflate"))
    for name, faster, floor in shown:
        print("%-24s %20.1f x %26.2f x" % (name, faster, floor))


if __name__ == "__main__":
    main()
