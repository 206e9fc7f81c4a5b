#!/usr/bin/env python3
"""`spx lint --fix` on copies of unpacked projects: what it changes reads, changes nothing the second time, and means the same.

    benches/lint_fixes.py DIRECTORY [--spx target/release/spx] [--unsafe]

Prints each project whose metadata changed, with the fields; without --unsafe the exit status is 1 when there is one whose
fields changed in another way than the mended rules say.
"""

import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile

# What a rule's fix takes away or writes in another way; every other field stays.
MEANT = {
    "classifiers-is-string": {"classifiers"},
    "content-type-mismatch": {"long_description_content_type"},
    "dead-marker": {"install_requires", "extras_require"},
    "dependency-links": {"dependency_links"},
    "deprecated-classifier": {"classifiers"},
    "duplicate-requirement": {"install_requires"},
    "license-classifier": {"classifiers"},
    "license-file-key": {"license_file", "license_files"},
    "missing-content-type": {"long_description_content_type"},
    "missing-python-requires": {"python_requires"},
    "non-normal-version": {"version"},
    "obsolete-egg-option": {"zip_safe"},
    "stdlib-backport": {"install_requires"},
    "tests-require": {"test_suite", "tests_require"},
    "universal-deprecated": {"universal"},
    "universal-wheel": {"universal"},
    "unknown-classifier": {"classifiers"},
    "version-not-string": {"version"},
}


def metadata(spx, directory):
    ran = subprocess.run([spx, "metadata", directory, "--format", "json"], capture_output=True, timeout=300)
    document = json.loads(ran.stdout)
    return {**document.get("metadata", {}), **{name: "unknown" for name in document.get("unknown", {})}}


def rules(spx, directory):
    ran = subprocess.run([spx, "lint", "--pedantic", directory, "--format", "json"], capture_output=True, timeout=300)
    return {found["code"] for found in json.loads(ran.stdout)["diagnostics"]}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=pathlib.Path)
    parser.add_argument("--spx", default="target/release/spx")
    parser.add_argument("--unsafe", action="store_true", help="fixes too that somebody should look at")
    arguments = parser.parse_args()
    fix = [arguments.spx, "lint", "--fix", "--pedantic", "--quiet"] + (["--unsafe-fixes"] if arguments.unsafe else [])
    changed = wrong = count = 0
    for project in sorted(path for path in arguments.directory.iterdir() if (path / "setup.py").exists()):
        count += 1
        with tempfile.TemporaryDirectory() as scratch:
            copy = pathlib.Path(scratch) / "project"
            shutil.copytree(project, copy, symlinks=True)
            before = metadata(arguments.spx, copy)
            may = set().union(*(MEANT.get(rule, set()) for rule in rules(arguments.spx, copy)))
            texts = {path: path.read_bytes() for path in copy.glob("*.*") if path.is_file()}
            subprocess.run([*fix, copy], capture_output=True, timeout=300)
            once = {path: path.read_bytes() for path in copy.glob("*.*") if path.is_file()}
            if once == texts:
                continue
            changed += 1
            subprocess.run([*fix, copy], capture_output=True, timeout=300)
            twice = {path: path.read_bytes() for path in copy.glob("*.*") if path.is_file()}
            after = metadata(arguments.spx, copy)
            differs = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
            if once != twice:
                wrong += 1
                print(f"{project.name}: a second time changes more")
            if differs:
                unmeant = differs - may
                wrong += bool(unmeant)
                print(f"{project.name}: {', '.join(sorted(differs))}{' NOT MEANT' if unmeant else ''}")
    print(f"{count} projects, {changed} changed, {wrong} wrong")
    sys.exit(1 if wrong else 0)


main()
