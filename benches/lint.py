#!/usr/bin/env python3
"""`spx lint` over a directory of unpacked projects, beside pyroma, check-manifest and ruff, in one run.

    benches/lint.py DIRECTORY [--spx target/release/spx] [--peers DIRECTORY_OF_PROGRAMS] [--sample 5]

spx and ruff look at all projects at once. pyroma and check-manifest build each project, so they get a sample of projects
and their time is given for one project.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import time


# What else each is told: nothing is to be downloaded, where it has a say in that.
PEERS = {"pyroma": [], "check-manifest": ["--no-build-isolation"]}
GIT = {**os.environ, "GIT_AUTHOR_NAME": "x", "GIT_AUTHOR_EMAIL": "x", "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x"}


def best(command, runs, directory=None):
    """Seconds of the fastest of several runs, whatever the exit status."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=directory, timeout=600)
        times.append(time.perf_counter() - start)
    return min(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--spx", default="target/release/spx")
    parser.add_argument("--peers", type=pathlib.Path)
    parser.add_argument("--sample", type=int, default=5)
    arguments = parser.parse_args()
    projects = sorted(path for path in arguments.directory.iterdir() if (path / "setup.py").exists())
    names = [str(path) for path in projects]

    def peer(name):
        found = arguments.peers / name if arguments.peers else None
        return str(found) if found and found.exists() else shutil.which(name)

    rows = [("spx lint", len(projects), best([arguments.spx, "lint", "--format", "json", *names], 3))]
    if ruff := peer("ruff"):
        scripts = [str(path / "setup.py") for path in projects]
        command = [ruff, "check", "--no-cache", "--isolated", "--exit-zero", *scripts]
        rows.append(("ruff check (setup.py only)", len(projects), best(command, 3)))
    for name in PEERS:
        program = peer(name)
        if not program:
            print(f"{name} is not installed: SKIPPED")
            continue
        sample = projects[:: max(1, len(projects) // arguments.sample)][: arguments.sample]
        spent = 0.0
        for project in sample:
            # They write into the tree.
            copy = pathlib.Path(os.environ.get("TMPDIR", "/tmp")) / f"spx-bench-{os.getpid()}"
            shutil.copytree(project, copy, symlinks=True)
            if name == "check-manifest":
                # It looks at what is under version control only.
                subprocess.run("git init -q && git add -Af && git commit -qm x", shell=True, cwd=copy, check=True, env=GIT, stderr=subprocess.DEVNULL)
            try:
                spent += best([program, *PEERS[name], "."], 1, copy)
            except subprocess.TimeoutExpired:
                spent += 600
            finally:
                shutil.rmtree(copy, ignore_errors=True)
        rows.append((name, len(sample), spent))
    for name, count, seconds in rows:
        print(f"{name:28} {count:3} projects  {seconds:8.3f} s  {seconds / count * 1000:9.1f} ms a project")


main()
