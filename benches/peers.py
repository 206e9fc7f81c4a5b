#!/usr/bin/env python3
"""Builds testdata/demo with spx, pex and shiv in one run and prints the ratios of build time and of start-up time.

usage: python3 benches/peers.py [--runs N] [--python PYTHON]

Needs the package index for the first builds. pex and shiv are installed into target/bench/venv.
Medians of whole processes, the tools in turn (A B C A B C …), so that a noisy machine is noisy for all of them.
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
DEMO = ROOT / "testdata" / "demo"


def run(command, env, cwd=WORK):
    start = time.perf_counter()
    done = subprocess.run([str(part) for part in command], env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit("%s\nfailed with %d:\n%s" % (command, done.returncode, done.stdout.decode(errors="replace")))
    return took


def environment(**extra):
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PEX_", "SHIV_", "SPX_"))}
    # Set in many containers; it would make the peers compile at every start.
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    env.update({name: str(value) for name, value in extra.items()})
    return env


def fresh(path):
    shutil.rmtree(path, ignore_errors=True)
    path.mkdir(parents=True)
    return path


def table(title, rows, runs, base):
    """rows: name -> function that prepares and returns seconds; prints medians and ratios to `base`."""
    times = {name: [] for name in rows}
    for _ in range(runs):
        for name, once in rows.items():
            times[name].append(once())
    medians = {name: statistics.median(seconds) for name, seconds in times.items()}
    print("\n%s (median of %d)" % (title, runs))
    for name, median in medians.items():
        print("  %-28s %9.1f ms   %6.2f x" % (name, median * 1000, median / medians[base]))
    return medians


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--python", default=sys.executable, help="the Python that everything runs on")
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    spx = ROOT / "target" / "release" / "spx"
    venv = WORK / "venv"
    if not (venv / "bin" / "shiv").exists():
        subprocess.run([options.python, "-m", "venv", venv], check=True)
        subprocess.run([venv / "bin" / "pip", "install", "-q", "pex", "shiv"], check=True)
    python = venv / "bin" / "python"
    requirements = DEMO / "requirements.txt"
    # pip leaves build/ and egg-info in the tree it builds, and pex cannot run a script without a shebang.
    copy = WORK / "demo"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(DEMO, copy)
    script = copy / "demo.py"
    script.write_text("#!/usr/bin/env python\n" + script.read_text())

    caches = {name: WORK / ("cache-" + name) for name in ("spx", "pex", "shiv")}
    builds = {
        "spx": lambda: [spx, DEMO, "-q", "-o", WORK / "spx.pyz"],
        "pex": lambda: [venv / "bin" / "pex", copy, "-r", requirements, "-c", "demo.py", "-o", WORK / "app.pex"],
        "shiv": lambda: [venv / "bin" / "shiv", copy, "-r", requirements, "-c", "demo.py", "-o", WORK / "shiv.pyz"],
    }

    def build(name, cold):
        def once():
            if cold:
                fresh(caches[name])
            env = environment(SPX_CACHE=caches[name], PEX_ROOT=caches[name], PIP_CACHE_DIR=caches[name])
            return run(builds[name](), env)
        return once

    cold = table("build, cold cache", {name: build(name, True) for name in builds}, 3, "spx")
    warm = table("build, warm cache", {name: build(name, False) for name in builds}, max(3, options.runs // 2), "spx")
    print("\n  pex / spx: cold %.1f, warm %.1f" % (cold["pex"] / cold["spx"], warm["pex"] / warm["spx"]))

    run([venv / "bin" / "pip", "install", "-q", "-r", requirements], environment())
    artifacts = {"spx.pyz": "SPX_CACHE", "app.pex": "PEX_ROOT", "shiv.pyz": "SHIV_ROOT"}

    def start(name, variable, first, direct=False):
        root = WORK / ("run-" + name)

        def once():
            if first:
                fresh(root)
            env = environment(**{variable: root})
            env["PATH"] = "%s:%s" % (venv / "bin", env["PATH"])
            return run([WORK / name] if direct else [python, WORK / name], env)
        return once

    later = {"virtual environment": lambda: run([python, DEMO / "demo.py"], environment())}
    later.update({"python " + name: start(name, variable, False) for name, variable in artifacts.items()})
    later["./spx.pyz"] = start("spx.pyz", "SPX_CACHE", False, direct=True)
    firsts = {"python " + name: start(name, variable, True) for name, variable in artifacts.items()}
    if shutil.which("uname") is None:
        sys.exit("the demo calls uname, which is not here")
    first = table("start-up, first run", firsts, max(3, options.runs // 2), "python spx.pyz")
    table("start-up, later runs", later, options.runs, "virtual environment")
    print("\n  first run: spx / pex %.2f, spx / shiv %.2f" % (
        first["python spx.pyz"] / first["python app.pex"], first["python spx.pyz"] / first["python shiv.pyz"]))


if __name__ == "__main__":
    main()
