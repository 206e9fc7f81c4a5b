#!/usr/bin/env python3
"""Resolving beside `uv pip compile` and building beside `pex`, cold and warm in one run; and how cost grows with the number
of packages, on an index of our own.

usage: python3 benches/dependencies.py [--spx PROGRAM] [--runs N] [--python 3.12] [--requirements FILE] [--peers BIN] [--growth-only]

Without --spx the release build is made first. --peers is a directory with uv and pex in it; a peer that is not there is left
out. Medians of whole processes, the tools in turn. Warm is twice: as it is (what is asked for again differs by tool where the
index says nothing of it), and offline, where both have only their caches.
"""
import argparse
import base64
import hashlib
import http.server
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIREMENTS = "flask\nrequests\nnumpy\n"


def run(command, env, cwd):
    start = time.perf_counter()
    done = subprocess.run([str(part) for part in command], env=env, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    took = time.perf_counter() - start
    if done.returncode:
        sys.exit("%s\nfailed with %d:\n%s" % (command, done.returncode, done.stdout.decode(errors="replace")[-2000:]))
    return took


def table(title, rows, runs):
    """rows: name -> function that returns seconds; the first is the base of the ratios."""
    times = {name: [] for name in rows}
    for _ in range(runs):
        for name, once in rows.items():
            times[name].append(once())
    print("\n%s (median of %d)" % (title, runs))
    base = None
    for name, seconds in times.items():
        median = statistics.median(seconds)
        base = base or median
        print("  %-34s %9.0f ms   %6.2f x" % (name, median * 1000, median / base), flush=True)


def beside_peers(spx, options, work):
    requirements = work / "requirements.txt"
    requirements.write_text(pathlib.Path(options.requirements).read_text() if options.requirements else REQUIREMENTS)
    python, uv, pex = options.python, options.peers / "uv", options.peers / "pex"
    caches = {name: work / ("cache-" + name) for name in ("spx", "uv", "pex")}

    def environment():
        env = dict(os.environ, SPX_CACHE=str(caches["spx"]), UV_CACHE_DIR=str(caches["uv"]), PEX_ROOT=str(caches["pex"]))
        if "PIP_CERT" in env:
            env.setdefault("SSL_CERT_FILE", env["PIP_CERT"])
        return env

    target = ["--python", python, "--platform", "linux"]
    resolve = {"spx tree": [spx, "tree", "-q", "-r", requirements] + target}
    build = {"spx": [spx, "-q", "-r", requirements, "-m", "json", "-o", work / "a.pyz"] + target}
    if uv.exists():
        resolve["uv pip compile"] = uv_compile(options) + [requirements]
    if pex.exists():
        build["pex"] = [pex, "-r", requirements, "-m", "json", "-o", work / "a.pex"]

    def once(command, cold):
        def do():
            for cache in caches.values() if cold else ():
                shutil.rmtree(cache, ignore_errors=True)
            return run(command, environment(), work)
        return do

    for title, commands in (("resolve", resolve), ("resolve and build", build)):
        table(title + ", cold cache", {name: once(command, True) for name, command in commands.items()}, options.runs)
        # Each cold run emptied all caches.
        for command in commands.values():
            run(command, environment(), work)
        table(title + ", warm cache", {name: once(command, False) for name, command in commands.items()}, options.runs)
    for command in resolve.values():
        run(command, environment(), work)
    offline = {name: once(command + ["--offline"], False) for name, command in resolve.items()}
    table("resolve, warm cache, offline", offline, options.runs)


def wheel(name, version, needs):
    info = "%s-%s.dist-info" % (name, version)
    metadata = "Metadata-Version: 2.1\nName: %s\nVersion: %s\n%s\n" % (name, version, "".join("Requires-Dist: %s\n" % need for need in needs))
    files = {name + ".py": "", info + "/METADATA": metadata,
             info + "/WHEEL": "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py2-none-any\nTag: py3-none-any\n"}
    record = "".join("%s,sha256=%s,%d\n" % (path, base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode(), len(text))
                     for path, text in files.items())
    files[info + "/RECORD"] = record + info + "/RECORD,,\n"
    with tempfile.SpooledTemporaryFile() as out:
        with zipfile.ZipFile(out, "w") as archive:
            for path, text in files.items():
                archive.writestr(zipfile.ZipInfo(path, (2020, 1, 1, 0, 0, 0)), text)
        out.seek(0)
        return out.read(), metadata.encode()


class Index(http.server.ThreadingHTTPServer):
    """Projects p0 … pN-1 of five versions; each needs the next ones in a tree, and shares one with its neighbour."""
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, count):
        self.pages, self.files = {}, {}
        for at in range(count):
            name, listed = "p%d" % at, []
            for version in range(1, 6):
                needs = ["p%d>=%d" % (child, version) for child in (2 * at + 1, 2 * at + 2) if child < count]
                content, metadata = wheel(name, "%d.0" % version, needs)
                file = "%s-%d.0-py2.py3-none-any.whl" % (name, version)
                self.files["/files/" + file] = content
                self.files["/files/" + file + ".metadata"] = metadata
                listed.append({"filename": file, "url": "/files/" + file, "size": len(content),
                               "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
                               "core-metadata": {"sha256": hashlib.sha256(metadata).hexdigest()}})
            page = {"meta": {"api-version": "1.1"}, "name": name, "versions": [], "files": listed}
            self.pages["/simple/%s/" % name] = json.dumps(page).encode()
        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Head and body in one piece: two wait for each other on loopback.
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def do_GET(self):
        body = self.server.pages.get(self.path) or self.server.files.get(self.path)
        self.send_response(200 if body else 404)
        kind = "application/vnd.pypi.simple.v1+json" if self.path in self.server.pages else "application/octet-stream"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body or b"")))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        self.wfile.write(body or b"")


def growth(spx, options, work):
    """Everything from one name, on a server whose pages may be kept for ten minutes; uv beside for one Python."""
    print("\ngrowth on an index of our own (medians of %d, ms: cold, warm)" % options.runs)
    for count in (10, 100, 1000):
        index = Index(count)
        url = "http://127.0.0.1:%d/simple/" % index.server_address[1]
        caches = {name: work / ("growth-%s-%d" % (name, count)) for name in ("spx", "every", "uv")}
        env = {name: value for name, value in os.environ.items() if not (name.startswith(("PIP_", "UV_")) or name.lower().endswith("_proxy"))}
        requirements = work / "growth.txt"
        requirements.write_text("p0\n")
        one = [spx, "tree", "-q", "-r", requirements, "-i", url]
        commands = {"spx": one + ["--python", options.python, "--platform", "linux"]}
        if (options.peers / "uv").exists():
            commands["uv"] = uv_compile(options) + ["--index-url", url, requirements]
        commands["every"] = one
        cold, warm = ({name: [] for name in commands} for _ in range(2))
        for _ in range(options.runs):
            for name, command in commands.items():
                shutil.rmtree(caches[name], ignore_errors=True)
                own = dict(env, SPX_CACHE=str(caches[name]), UV_CACHE_DIR=str(caches[name]))
                cold[name].append(run(command, own, work))
                warm[name].append(run(command, own, work))
        named = {"spx": "spx", "uv": "uv pip compile", "every": "spx, every Python and platform"}
        cells = ["%s %.0f, %.0f" % (named[name], statistics.median(cold[name]) * 1000, statistics.median(warm[name]) * 1000) for name in commands]
        print("  %5d packages   %s" % (count, "   ".join(cells)), flush=True)
        index.shutdown()


def uv_compile(options):
    """For the Python asked for, whichever one is here: uv downloads none for it."""
    return [options.peers / "uv", "pip", "compile", "-q", "--python", sys.executable, "--no-python-downloads", "--python-version", options.python,
            "--python-platform", "x86_64-manylinux_2_28", "--system-certs"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--spx", type=pathlib.Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--python", default="3.12")
    parser.add_argument("--requirements")
    parser.add_argument("--peers", type=pathlib.Path, default=ROOT / "target" / "bench" / "venv" / "bin")
    parser.add_argument("--growth-only", action="store_true")
    options = parser.parse_args()
    if options.spx is None:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
        options.spx = ROOT / "target" / "release" / "spx"
    with tempfile.TemporaryDirectory(prefix="spx-bench-") as work:
        work = pathlib.Path(work)
        if not options.growth_only:
            beside_peers(options.spx.resolve(), options, work)
        growth(options.spx.resolve(), options, work)


if __name__ == "__main__":
    main()
