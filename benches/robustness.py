#!/usr/bin/env python3
"""Torments the first runs of an application and its cache, and says how often it failed.

usage: python3 benches/robustness.py APP.pyz [--python PYTHON] [--scale N] [--only NAMES] [-- ARGS]

ARGS must make the application exit with 0 and print the same every time, such as --version. At --scale 1 it is: 64 first
runs at once, 20 times; 500 kills during first runs; 200 random damages; 12 sizes of a disk (needs root, for a tmpfs);
four umasks; injections by PYTHONPATH of `sitecustomize`, a dependency's name and twenty standard modules' names.
Exit status 1 when any run was wrong. Linux only.
"""
import argparse
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

STANDARD = """abc argparse collections copy datetime enum errno functools hashlib importlib inspect io json logging
    marshal random re shutil struct subprocess tempfile threading types warnings weakref zipfile zlib""".split()


class World:
    def __init__(self, options):
        self.python, self.app, self.arguments = options.python, options.app.resolve(), options.arguments
        self.scale = options.scale
        self.work = pathlib.Path(tempfile.mkdtemp(prefix="spx-robustness-"))
        self.cache = self.work / "cache"
        # The header is to find the same Python.
        self.bin = self.work / "bin"
        self.bin.mkdir()
        for name in ("python3", "python", "python2"):
            (self.bin / name).symlink_to(shutil.which(self.python))
        self.expected = self.run()
        if self.expected[0] != 0 or self.expected[2]:
            sys.exit("the application does not run: %s" % (self.expected,))

    def count(self, full):
        return max(1, int(full * self.scale))

    def environment(self, **extra):
        env = {"PATH": "%s:/usr/bin:/bin" % self.bin, "HOME": str(self.work / "home"), "SPX_CACHE": str(self.cache), "LC_ALL": "C.UTF-8"}
        env["TMPDIR"] = str(self.work / "tmp")
        (self.work / "tmp").mkdir(exist_ok=True)
        env.update(extra)
        return env

    def command(self, direct=False):
        return ([] if direct else [self.python]) + [str(self.app)] + self.arguments

    def start(self, direct=False, **extra):
        return subprocess.Popen(
            self.command(direct), env=self.environment(**extra), stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=self.work
        )

    @staticmethod
    def end(child):
        out, err = child.communicate(timeout=300)
        return child.returncode, out, err.decode(errors="replace")

    def run(self, direct=False, **extra):
        return self.end(self.start(direct, **extra))

    def fresh(self):
        shutil.rmtree(self.cache, ignore_errors=True)

    def leftovers(self):
        tmp = self.cache / "tmp"
        return len(list(tmp.iterdir())) if tmp.exists() else 0

    def files(self):
        return [path for path in self.cache.rglob("*") if path.is_file() and not path.is_symlink()]


def concurrent(world):
    """64 first runs at once."""
    wrong = total = left = 0
    for _ in range(world.count(20)):
        world.fresh()
        for child in [world.start() for _ in range(64)]:
            total += 1
            wrong += world.end(child) != world.expected
        left += world.leftovers()
    return wrong, total, "%d leftovers" % left


def kills(world):
    """kill -9 at a random moment of a first run; then the next run, which must be right and silent."""
    world.fresh()
    start = time.monotonic()
    world.run()
    length = time.monotonic() - start
    wrong = mid = left = 0
    total = world.count(500)
    for _ in range(total):
        world.fresh()
        child = world.start()
        time.sleep(random.random() * length)
        if child.poll() is None:
            child.send_signal(signal.SIGKILL)
            mid += 1
        child.communicate()
        wrong += world.run() != world.expected
        left += world.leftovers()
    return wrong, total, "%d killed while running, %d leftovers after the next run" % (mid, left)


def damages(world):
    """One file of the cache truncated, removed, grown or overwritten; every next run must be right."""
    world.fresh()
    world.run()
    world.run(direct=True)
    wrong = 0
    total = world.count(200)
    for _ in range(total):
        path = random.choice(world.files())
        data = path.read_bytes()
        how = random.choice(["truncate", "remove", "grow", "overwrite"])
        if how == "remove":
            path.unlink()
        elif how == "truncate":
            path.write_bytes(data[: random.randrange(len(data) + 1)])
        elif how == "grow":
            path.write_bytes(data + os.urandom(20))
        else:
            at = random.randrange(len(data) + 1)
            path.write_bytes(data[:at] + os.urandom(20) + data[at + 20 :])
        for direct in (False, True):
            got = world.run(direct)
            if got != world.expected:
                wrong += 1
                print("    %s of %s: %s" % (how, path.relative_to(world.cache), got))
    return wrong, 2 * total, ""


def disks(world):
    """A disk of 12 sizes, from nothing to just not enough: it runs from elsewhere, or says one line; then it heals."""
    world.fresh()
    world.run()
    need = sum(path.stat().st_size + 4096 for path in world.files())
    world.fresh()
    wrong = total = fallback = refused = 0
    for step in range(12):
        size = max(4096, need * step // 12)
        for room in (True, False):  # whether the temp directory has room
            total += 1
            mount = world.work / "disk"
            mount.mkdir(exist_ok=True)
            subprocess.run(["mount", "-t", "tmpfs", "-o", "size=%d" % size, "none", mount], check=True)
            try:
                elsewhere = world.work / "elsewhere"
                elsewhere.mkdir(exist_ok=True)
                extra = {"SPX_CACHE": str(mount / "cache"), "TMPDIR": str(elsewhere if room else mount)}
                code, out, err = world.run(**extra)
                lines = err.splitlines()
                good = (code == 0 and out == world.expected[1]) or (code == 73 and not out)
                fallback += code == 0 and len(lines) == 1
                refused += code == 73
                if not good or len(lines) > 1 or "Traceback" in err or (room and code != 0):
                    wrong += 1
                    print("    %d bytes, room elsewhere %s: %s" % (size, room, (code, out[:80], err[:300])))
                subprocess.run(["mount", "-o", "remount,size=%d" % (4 * need + (1 << 20)), mount], check=True)
                if world.run(**extra) != world.expected:
                    wrong += 1
                    print("    %d bytes, then enough: still wrong" % size)
                shutil.rmtree(elsewhere)
            finally:
                subprocess.run(["umount", mount], check=True)
    return wrong, total, "%d ran from elsewhere, %d said one line" % (fallback, refused)


def umasks(world):
    """Nothing that others can write, whatever the umask."""
    wrong = 0
    for umask in (0o000, 0o002, 0o022, 0o077):
        world.fresh()
        old = os.umask(umask)
        try:
            wrong += world.run() != world.expected
        finally:
            os.umask(old)
        for path in world.cache.rglob("*"):
            if not path.is_symlink() and path.stat().st_mode & 0o022 and path != world.cache:
                wrong += 1
    return wrong, 4, ""


def injections(world):
    """Modules on PYTHONPATH, in the current directory and in PYTHONSTARTUP, under names that something will import."""
    wrong = total = 0
    planted = world.work / "planted"
    packages = {path.name.split(".")[0] for path in world.cache.glob("app/*/*/site-packages/*") if "-" not in path.name}
    python = []
    for name in ["sitecustomize", "usercustomize"] + sorted(packages)[:20] + STANDARD[:20]:
        for first in (True, False):
            for direct in (False, True):
                shutil.rmtree(planted, ignore_errors=True)
                planted.mkdir()
                mark = world.work / "mark"
                mark.unlink(missing_ok=True)
                body = "open(%r, 'a').write(__name__)\nraise RuntimeError('planted')\n" % str(mark)
                (planted / (name + ".py")).write_text(body)
                (world.work / (name + ".py")).write_text(body)
                if first:
                    world.fresh()
                bad = world.run(direct, PYTHONPATH=str(planted), PYTHONSTARTUP=str(planted / (name + ".py")))
                (world.work / (name + ".py")).unlink()
                total += 1
                # Python itself imports these before any program has a say: under `python app.pyz` they run.
                if bad != world.expected or mark.exists():
                    if direct:
                        wrong += 1
                        print("    ./app with %s: %s" % (name, bad))
                    elif name not in python:
                        python.append(name)
    if python:
        print("    `python app.pyz` ran or stumbled over: %s" % " ".join(python))
    return wrong, total, "%d names reach `python app.pyz`" % len(python)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("app", type=pathlib.Path)
    parser.add_argument("arguments", nargs="*")
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--only", default="concurrent,kills,damages,disks,umasks,injections")
    options = parser.parse_args()
    world = World(options)
    failed = 0
    try:
        for name in options.only.split(","):
            start = time.monotonic()
            wrong, total, more = globals()[name](world)
            failed += wrong
            print("%-12s %d of %d wrong%s (%.0f s)" % (name, wrong, total, ", " + more if more else "", time.monotonic() - start), flush=True)
    finally:
        shutil.rmtree(world.work, ignore_errors=True)
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
