#!/usr/bin/env python3
"""Builds four programs with spx, pex and shiv in one run, and compares build time, size and start-up with a virtual environment.

usage: python3 benches/peers.py [--runs N] [--python PYTHON] [--programs NAMES] [--spx SPX] [--no-build-times]

The programs: an empty one, testdata/demo, httpie, and one that imports flask, requests and numpy. pex is there three
times: as it is by default, with --venv, and with --venv --sh-boot.
Needs the package index for the first builds. pex and shiv are installed into target/bench/tools.
Medians of whole processes, the tools in turn (A B C A B C …), so that a noisy machine is noisy for all of them; beside
the wall clock stands the processor time of the process and its children, which noise touches less.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / "target" / "bench"
PROGRAMS = {
    "empty": ([], "pass\n"),
    "demo": (["sh", "click"], None),
    "httpie": (["httpie"], None),
    "flask": (["flask", "requests", "numpy"], "import flask, requests, numpy\nprint(numpy.arange(3).sum())\n"),
}
BUILDERS = ("spx", "pex", "pex --venv", "pex --venv --sh-boot", "shiv")


def run(command, env, check=True):
    """Wall and processor time of a process, in seconds."""
    command = [str(part) for part in command]
    with open(WORK / "output", "w+b") as output:
        start = time.perf_counter()
        child = subprocess.Popen(command, env=env, cwd=WORK, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if check and child.returncode:
            output.seek(0)
            sys.exit("%s\nfailed with %d:\n%s" % (command, child.returncode, output.read().decode(errors="replace")))
    return wall, usage.ru_utime + usage.ru_stime


def environment(tools, **extra):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PEX_", "SHIV_", "SPX_"))}
    # Set in many containers; it would make the peers compile at every start.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env["PATH"] = "%s:%s" % (tools / "bin", env["PATH"])
    env.update({name: str(value) for name, value in extra.items()})
    return env


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def table(title, rows, runs, base):
    """rows: name -> function that prepares and returns (wall, cpu); prints medians and ratios to `base`."""
    times = {name: [] for name in rows}
    for _ in range(runs):
        for name, once in rows.items():
            times[name].append(once())
    medians = {name: [statistics.median(column) for column in zip(*taken)] for name, taken in times.items()}
    print("\n%s (median of %d)%swall%25s" % (title, runs, " " * max(1, 38 - len(title)), "processor"))
    for name, (wall, cpu) in medians.items():
        print("  %-34s %8.1f ms %6.2f x    %8.1f ms %6.2f x" % (
            name, wall * 1000, wall / medians[base][0], cpu * 1000, cpu / medians[base][1]), flush=True)
    return medians


def project(name):
    """The program's project (None: a distribution of the index), its script and its arguments."""
    requirements, text = PROGRAMS[name]
    if name == "httpie":
        return None, "http", ["--version"]
    directory = fresh(WORK / ("project-" + name))
    script = name + ".py"
    if name == "demo":
        shutil.copytree(ROOT / "testdata" / "demo", directory, dirs_exist_ok=True)
        # pex --venv puts code of its own before it.
        text = (directory / script).read_text().replace("from __future__ import print_function\n", "")
    else:
        (directory / "setup.py").write_text("from setuptools import setup\nsetup(name=%r, version='1', scripts=[%r])\n" % (name, script))
    # pex cannot run a script without a shebang, and reads no requirements.txt by itself.
    (directory / script).write_text("#!/usr/bin/env python\n" + text)
    (directory / "requirements.txt").write_text("".join(line + "\n" for line in requirements))
    return directory, script, []


def build_command(builder, name, directory, script, spx, tools, python):
    output = WORK / ("%s.%s" % (name, builder.replace(" ", "")))
    needs = ["-r", directory / "requirements.txt"] if directory else []
    what = [directory or name] + needs + ["-c", script, "-o", output]
    if builder == "spx":
        return [spx, "-q", "--python", python] + what
    if builder == "shiv":
        return [tools / "bin" / "shiv", "-q"] + what
    return [tools / "bin" / "pex"] + what + builder.split()[1:]


def measure(name, options, spx, tools):
    directory, script, arguments = project(name)
    caches = {builder: WORK / ("cache-" + builder.split()[0]) for builder in BUILDERS}
    builds = {b: build_command(b, name, directory, script, spx, tools, options.minor) for b in BUILDERS}

    def build(builder, cold):
        def once():
            if cold:
                fresh(caches[builder])
            for left in ("build", *([p.name for p in directory.glob("*.egg-info")] if directory else ())):
                shutil.rmtree(directory / left, ignore_errors=True) if directory else None
            root = caches[builder]
            return run(builds[builder], environment(tools, SPX_CACHE=root, PEX_ROOT=root, PIP_CACHE_DIR=root))
        return once

    print("\n## %s" % name)
    if options.build_times:
        timed = [builder for builder in ("spx", "pex", "shiv")]
        table("build, cold cache", {b: build(b, True) for b in timed}, 3, "spx")
        table("build, warm cache", {b: build(b, False) for b in timed}, max(3, options.runs // 4), "spx")
    for builder in BUILDERS:
        build(builder, False)()
    for builder in BUILDERS:
        print("  %-34s %8.0f kB" % (builder, builds[builder][builds[builder].index("-o") + 1].stat().st_size / 1000))

    venv = WORK / ("venv-" + name)
    if not venv.exists():
        subprocess.run([options.python, "-m", "venv", venv], check=True)
        needs = PROGRAMS[name][0]
        if needs:
            subprocess.run([venv / "bin" / "python", "-m", "pip", "install", "-q"] + needs, check=True)
    python = tools / "bin" / "python"

    def start(builder, direct, first):
        file = builds[builder][builds[builder].index("-o") + 1]
        root = WORK / ("run-%s-%s-%s" % (name, builder.replace(" ", ""), direct))

        def once():
            if first:
                fresh(root)
            env = environment(tools, SPX_CACHE=root, PEX_ROOT=root, SHIV_ROOT=root)
            # shiv ends with 1 after a script that does not call sys.exit.
            return run(([] if direct else [python]) + [file] + arguments, env, check=builder != "shiv")
        return once

    def in_venv():
        program = [venv / "bin" / script] if directory is None else [venv / "bin" / "python", directory / script]
        return run(program + arguments, environment(tools))

    def starts(first):
        rows = {} if first else {"virtual environment": in_venv}
        for builder in BUILDERS:
            rows["python, " + builder] = start(builder, False, first)
        for builder in ("spx", "pex --venv --sh-boot"):
            rows["directly, " + builder] = start(builder, True, first)
        return rows

    table("start-up, first run", starts(True), max(3, options.runs // 4), "python, spx")
    for once in starts(False).values():
        once(), once()
    table("start-up, later runs", starts(False), options.runs, "virtual environment")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--python", default=sys.executable, help="the Python that everything runs on")
    parser.add_argument("--programs", default=",".join(PROGRAMS))
    parser.add_argument("--spx", type=pathlib.Path, help="this spx, instead of a release build of this tree")
    parser.add_argument("--no-build-times", dest="build_times", action="store_false")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    if options.spx is None:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        options.spx = ROOT / "target" / "release" / "spx"
    tools = WORK / "tools"
    if not (tools / "bin" / "shiv").exists():
        subprocess.run([options.python, "-m", "venv", tools], check=True)
        subprocess.run([tools / "bin" / "pip", "install", "-q", "pex", "shiv"], check=True)
    asked = [options.python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    options.minor = subprocess.check_output(asked, text=True).strip()
    for name in options.programs.split(","):
        measure(name, options, options.spx.resolve(), tools)


if __name__ == "__main__":
    main()
