"""PEP 517 and PEP 660 hooks that let the `spx` program build wheels and source distributions, without running setup.py.

The program is found by the variable SPX, beside this file, or on PATH.
"""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]


def get_requires_for_build_wheel(config_settings=None):
    return []


get_requires_for_build_sdist = get_requires_for_build_editable = get_requires_for_build_wheel


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    return _file_name(_spx("wheel", *_target(), "--out-dir", wheel_directory))


def build_sdist(sdist_directory, config_settings=None):
    return _file_name(_spx("sdist", "--out-dir", sdist_directory))


def build_editable(wheel_directory, config_settings=None, metadata_directory=None):
    from . import _editable

    mode = _editable_mode(config_settings or {})
    target = _target()
    with tempfile.TemporaryDirectory() as scratch:
        name = _file_name(_spx("wheel", *target, "--out-dir", scratch))
        files = _spx("wheel", *target, "--list")["artifacts"][0]["files"]
        return _editable.make(os.path.join(scratch, name), files, wheel_directory, os.getcwd(), mode)


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    with tempfile.TemporaryDirectory() as scratch:
        name = build_wheel(scratch)
        directory = "-".join(name.split("-")[:2]) + ".dist-info"
        with zipfile.ZipFile(os.path.join(scratch, name)) as wheel:
            members = [member for member in wheel.namelist() if member.startswith(directory + "/")]
            wheel.extractall(metadata_directory, [member for member in members if not member.endswith("/RECORD")])
    return directory


prepare_metadata_for_build_editable = prepare_metadata_for_build_wheel


def _editable_mode(settings):
    """`--config-settings editable_mode=strict`, as with setuptools."""
    mode = settings.get("editable_mode") or settings.get("editable-mode") or "lenient"
    if mode not in ("lenient", "strict"):
        raise SystemExit("editable_mode is `%s`; spx knows `lenient` and `strict`" % mode)
    return mode


def _target():
    """No option when one wheel serves every Python, else the options for the one that runs this."""
    preview = _run("wheel", "--list", "--format", "json")
    if preview.returncode == 0 and len(json.loads(preview.stdout.decode("utf-8"))["artifacts"]) == 1:
        return []
    platform = {"darwin": "macos", "win32": "windows"}.get(sys.platform, "linux")
    return ["--python", "%d.%d" % sys.version_info[:2], "--platform", platform]


def _spx(*arguments):
    done = _run(*arguments, "--format", "json")
    document = json.loads(done.stdout.decode("utf-8")) if done.stdout else {}
    if done.returncode:
        # Once more for people: what JSON says is drawn with the source.
        said = _run(*arguments).stderr.decode("utf-8", "replace")
        raise SystemExit("spx %s:\n%s" % (arguments[0], said))
    return document


def _run(*arguments):
    try:
        return subprocess.run([_program(), *arguments, "--color", "never"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    except OSError as error:
        raise SystemExit("spx cannot be started: %s" % error)


def _program():
    named = os.environ.get("SPX")
    if named:
        return named
    beside = os.path.join(os.path.dirname(os.path.abspath(__file__)), "spx.exe" if os.name == "nt" else "spx")
    found = beside if os.path.isfile(beside) else shutil.which("spx")
    if not found:
        raise SystemExit("the program `spx` is not on PATH; set the variable SPX to where it is")
    return found


def _file_name(document):
    return os.path.basename(document["artifacts"][0]["file"])
