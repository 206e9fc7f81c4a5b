# `SPX_TOOLS=1 app.pyz …`: what can be asked of an application without spx; run after spx_install.py in its namespace.
USAGE = """\
usage: SPX_TOOLS=1 %s COMMAND

  info [--json]      what the file is made of
  verify             compare every wheel with its sha256 and every file in it with its checksum
  extract DIRECTORY  write the wheels into a directory
  sbom               print the bill of materials (CycloneDX 1.6, JSON)
"""


def tools(application, arguments):
    """Does what the command says and returns the exit status."""
    command = arguments[0] if arguments else ""
    if command == "info":
        info(application, arguments[1:] == ["--json"])
    elif command == "verify":
        return verify(application)
    elif command == "extract" and len(arguments) == 2:
        return extract(application, arguments[1])
    elif command == "sbom":
        put(application.read("spx_sbom.json"))
    else:
        sys.stderr.write(USAGE % os.path.basename(application.archive))
        return 0 if command in ("help", "--help", "-h") else 2
    return 0


def put(data):
    """Bytes on standard output, whatever the locale."""
    getattr(sys.stdout, "buffer", sys.stdout).write(data)
    sys.stdout.flush()


def info(application, raw):
    if raw:
        return put(application.read("spx.json"))
    manifest = application.manifest
    entry = manifest["entry"]
    runs = ":".join([entry[key] for key in ("module", "attr", "name") if entry.get(key)]) or entry["kind"]
    lines = [
        " ".join([manifest["name"]] + [manifest["version"]] * bool(manifest["version"])),
        "runs %s" % runs,
        "under Python %s" % versions(manifest["selections"]),
        "id %s" % application.identity,
    ]
    if manifest["requirements"]:
        lines.append("from the requirements %s" % ", ".join(manifest["requirements"]))
    for wheel in manifest["wheels"]:
        size = len(application.content("whl/" + wheel["file"]))
        lines.append("%10d  %s  sha256:%s" % (size, wheel["file"], wheel["sha256"]))
    text = "\n".join(lines) + "\n"
    put(text if PYTHON_2 else text.encode("utf-8"))


def verify(application):
    try:
        for wheel in application.wheels(application.manifest["wheels"], ""):
            wheel.verify()
            for member in wheel.members:
                for _ in chunks(wheel.content, member):
                    pass
    except (Damaged, struct.error, zlib.error) as error:
        warn(application.archive, "is damaged: %s" % error)
        return 1
    put(("good: %d wheels\n" % len(application.manifest["wheels"])).encode("ascii"))
    return 0


def extract(application, directory):
    try:
        make(os.path.abspath(directory))
        for wheel in application.manifest["wheels"]:
            content = application.content("whl/" + wheel["file"])
            if sha256(content) != wheel["sha256"]:
                warn(application.archive, "is damaged: %s" % wheel["file"])
                return 1
            path = os.path.join(directory, wheel["file"])
            remove(path)
            write(path, (content[at : at + CHUNK] for at in range(0, len(content), CHUNK)), 0o644)
    except (IOError, OSError) as error:
        warn(application.archive, "cannot extract: %s" % words(error))
        return 73
    return 0
