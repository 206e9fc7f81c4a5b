# The cache and how wheels get into it; part of the cold start. Python 2.7 and 3.5 to 3.14.
#
# No locks: whatever is published is written beside its place and renamed into it, so that a name that exists is whole.
# Two runs that race write the same bytes and times, and either may win.
#
# Nothing here imports what the interpreter has not at hand: on a first run this takes longer to load than to run.
import errno
import os
import struct
import sys
import zlib

# Every unpacked file has this time (2020-02-02), so that what one run unpacked another can check.
STAMP = 1580601600
CHUNK = 1 << 20
PYTHON_2 = sys.version_info[0] == 2
UTIME_BY_FILE = os.utime in getattr(os, "supports_fd", ())
# A wheel of at most so many bytes is read at once, and so is a file in it.
AT_ONCE = 64 * CHUNK


class Damaged(Exception):
    """The application file itself, or a wheel in it, is not what was built."""


def say(text):
    if os.environ.get("SPX_VERBOSE"):
        sys.stderr.write("spx: %s\n" % text)


# Zip


class Member(object):
    """A file of a zip: its name, how and where it is stored, its size and checksum."""

    __slots__ = ("name", "flags", "method", "crc", "packed", "size", "mode", "offset")


class Section(object):
    """Bytes of a file, read when a slice of them is asked for. Not mapped: a file cut short would kill the process."""

    def __init__(self, file, start, length):
        self.file, self.start, self.length = file, start, length

    def __len__(self):
        return self.length

    def __getitem__(self, part):
        start, end, _ = part.indices(self.length)
        self.file.seek(self.start + start)
        data = self.file.read(max(0, end - start))
        while data and len(data) < end - start:
            more = self.file.read(end - start - len(data))
            if not more:
                break
            data += more
        return data


def members(content):
    """The files of a zip, by its central directory. `content` is bytes, or a section of a file."""
    length = len(content)
    tail = min(length, 65557)
    data = content[length - tail : length]
    end = data.rfind(b"PK\5\6")
    if end < 0 or end + 22 > len(data):
        raise Damaged("no end of the central directory")
    count, size, offset = struct.unpack("<HLL", data[end + 10 : end + 20])
    here = length - tail + end
    if end >= 20 and data[end - 20 : end - 16] == b"PK\6\7":  # more than 4 GiB or 65 535 files
        at = struct.unpack("<Q", data[end - 12 : end - 4])[0]
        record = content[at : at + 56]
        if record[:4] != b"PK\6\6":
            raise Damaged("no zip64 end of the central directory")
        count, size, offset = struct.unpack("<QQQ", record[32:56])
        here -= 76
    if here - size != offset:
        raise Damaged("the central directory is not where it should be")
    data = content[offset:here]
    found = []
    at = 0
    entry = struct.Struct("<4s4xHH4xLLLHHH4xLL").unpack_from
    for _ in range(count):
        one = Member()
        if data[at : at + 4] != b"PK\1\2" or at + 46 > len(data):
            raise Damaged("the central directory ends early")
        (
            _,
            one.flags,
            one.method,
            one.crc,
            one.packed,
            one.size,
            name,
            extra,
            comment,
            mode,
            one.offset,
        ) = entry(data, at)
        one.mode = mode >> 16
        at += 46
        one.name = decode(data[at : at + name], one.flags)
        if 0xFFFFFFFF in (one.packed, one.size, one.offset):
            rare("zip64")(data[at + name : at + name + extra], one)
        found.append(one)
        at += name + extra + comment
    return found


def decode(raw, flags):
    """A name as this Python's file functions want it; the bytes on disk are UTF-8 whatever the locale."""
    try:
        name = raw.decode("ascii")
        return raw if PYTHON_2 else name
    except UnicodeError:
        pass
    if not flags & 0x800:
        raw = raw.decode("cp437").encode("utf-8")
    if PYTHON_2 and os.name != "nt":
        return raw
    return raw.decode("utf-8") if os.name == "nt" else os.fsdecode(raw)


def content_offset(content, member):
    head = content[member.offset : member.offset + 30]
    if head[:4] != b"PK\3\4":
        raise Damaged("%s is not where it should be" % member.name)
    name, extra = struct.unpack("<HH", head[26:30])
    return member.offset + 30 + name + extra


def sha256(content):
    """Hexadecimal digits. OpenSSL's is the faster one; it takes longer to load than a small wheel takes without it."""
    new = None
    if len(content) < 4 * CHUNK:
        for name in ("_sha2", "_sha256"):
            try:
                new = __import__(name).sha256
                break
            except ImportError:
                pass
    if new is None:
        import hashlib

        new = hashlib.sha256
    digest = new()
    for at in range(0, len(content), CHUNK):
        digest.update(content[at : at + CHUNK])
    return digest.hexdigest()


# The cache


class Cache(object):
    """A directory that is the user's, and what is in it."""

    def __init__(self, root):
        self.root = root

    def open(self):
        """Makes the directory; an error when it cannot be used."""
        make(self.root)
        facts = os.stat(self.root)
        if hasattr(os, "getuid") and facts.st_uid not in (0, os.getuid()):
            raise OSError(errno.EACCES, "belongs to another user", self.root)
        if hasattr(os, "getuid") and facts.st_mode & 0o022:
            if facts.st_uid != os.getuid():
                raise OSError(errno.EACCES, "can be written by others", self.root)
            os.chmod(self.root, 0o700)
        for name in ("whl", "app", "tmp"):
            make(os.path.join(self.root, name))
        left = os.listdir(os.path.join(self.root, "tmp"))
        if left:
            rare("sweep")(os.path.join(self.root, "tmp"), left)

    def temporary(self):
        return temporary(self.root)

    def publish(self, path, final):
        """Renames a finished directory into place; one that got there first is as good."""
        try:
            os.rename(path, final)
        except OSError:
            if os.path.isdir(final):
                remove(path)
            elif os.name != "nt":
                raise
            else:
                rare("persist")(path, final)

    def put(self, path, data):
        """Writes a file whole or not at all."""
        temporary = self.temporary()
        try:
            write(temporary, [data], 0o600)
            replace(temporary, path)
        except BaseException:
            remove(temporary)
            raise


def make(path):
    if os.path.isdir(path):
        return
    parent = os.path.dirname(path)
    if parent != path:
        make(parent)
    try:
        os.mkdir(path, 0o700)
    except OSError as error:
        if error.errno != errno.EEXIST or not os.path.isdir(path):
            raise


def remove(path):
    """Removes a file or a directory with all that is in it; what cannot be removed stays."""
    if os.path.isdir(path) and not os.path.islink(path):
        try:
            names = os.listdir(path)
        except OSError:
            names = []
        for name in names:
            remove(os.path.join(path, name))
        try:
            os.rmdir(path)
        except OSError:
            pass
    else:
        try:
            os.unlink(path)
        except OSError:
            pass


def replace(source, target):
    try:
        os.rename(source, target)
    except OSError:
        if os.name != "nt":
            raise
        os.unlink(target)
        os.rename(source, target)


def write(path, data, mode):
    """A new file: `O_EXCL`, so that neither a link that someone left nor a second file of that name is written to."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    file = os.open(path, flags, mode)
    try:
        for chunk in data:
            written = os.write(file, chunk)
            while written < len(chunk):
                written += os.write(file, chunk[written:])
        if UTIME_BY_FILE:
            os.utime(file, (STAMP, STAMP))
    finally:
        os.close(file)
    if not UTIME_BY_FILE:
        os.utime(path, (STAMP, STAMP))


# Wheels


class Wheel(object):
    """A wheel inside the application file and its unpacked directory."""

    def __init__(self, name, content, digest, store):
        self.name, self.content, self.digest = name, content, digest
        self.path = os.path.join(store, digest[:24])
        if len(content) <= AT_ONCE:
            self.content = content[:]
        self.members = []
        self.names = []
        seen = set()
        for inner in members(self.content):
            name = inner.name
            if name.endswith("/") or "__pycache__" in name and "__pycache__" in name.split("/"):
                continue  # bytecode of other times than ours, which Python would write anew
            name = place(name)
            if name is None or inner.mode & 0o170000 not in (0, 0o100000) or name in seen:
                raise Damaged("%s has a file that does not belong in a wheel: %r" % (self.name, inner.name))
            seen.add(name)
            self.members.append(inner)
            self.names.append(name)

    def verify(self):
        """The sha256 of the stored wheel is the one it was built with."""
        if sha256(self.content) != self.digest:
            raise Damaged("%s does not have the sha256 it was built with" % self.name)

    def install(self, cache, full):
        """Unpacks the wheel, or repairs what is there file by file."""
        if os.path.isdir(self.path):
            return rare("mend")(self, cache, full)
        self.verify()
        say("unpacking %s" % self.name)
        temporary = cache.temporary()
        try:
            self.unpack(temporary)
            cache.publish(temporary, self.path)
        except BaseException:
            remove(temporary)
            raise

    def unpack(self, root):
        made = set()
        jobs = []
        for member, name in zip(self.members, self.names):
            path = root + os.sep + (name if os.sep == "/" else name.replace("/", os.sep))
            parent = path.rpartition(os.sep)[0]
            if parent not in made:
                made.add(parent)
                make(parent)
            jobs.append((path, member, mode(member, name)))

        def work():
            while jobs:
                try:
                    path, member, bits = jobs.pop()
                except IndexError:  # another thread took the last one
                    break
                write(path, self.data(member), bits)

        # Files are made and inflated without Python's lock. A section is one file with one place to read from.
        in_parallel(work, 1 if len(jobs) < 100 or isinstance(self.content, Section) else 2)

    def data(self, member):
        """What a member holds, in pieces. At once where it fits: the sha256 of the whole wheel has vouched for it."""
        if isinstance(self.content, Section) or member.size > AT_ONCE or member.method != 8:
            return rare("chunks")(self.content, member)
        at = content_offset(self.content, member)
        data = zlib.decompress(self.content[at : at + member.packed], -15, member.size or 1)
        if len(data) != member.size:
            raise Damaged("%s is damaged" % member.name)
        return [data]

def in_parallel(work, count):
    """Runs `work` in this thread and `count - 1` others, and raises what one of them raised."""
    errors = []
    others = []
    if count > 1:
        import threading

        def guarded():
            try:
                work()
            except BaseException as error:
                errors.append(error)

        others = [threading.Thread(target=guarded) for _ in range(count - 1)]
        for thread in others:
            thread.start()
    try:
        work()
    finally:
        for thread in others:
            thread.join()
    if errors:
        raise errors[0]


def place(name):
    """Where a wheel's file goes in its directory, by PEP 427's `.data` schemes; None for a name that would escape."""
    parts = name.split("/")
    if "" in parts or "." in parts or ".." in parts or "\\" in name or ":" in name or "\0" in name:
        return None
    if len(parts) > 2 and parts[0].endswith(".data"):
        schemes = {"purelib": "lib", "platlib": "lib", "scripts": "bin", "headers": "include", "data": "data"}
        home = schemes.get(parts[1])
        return "/".join([home] + parts[2:]) if home else None
    return "lib/" + name


def mode(member, name):
    return 0o755 if member.mode & 0o111 or name.startswith("bin/") else 0o644
