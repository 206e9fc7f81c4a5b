# The cache and how wheels get into it; part of the cold start. Python 2.7 and 3.5 to 3.14.
#
# No locks: whatever is published is written beside its place and renamed into it, so that a name that exists is whole.
# Two runs that race write the same bytes and times, and either may win.
import binascii
import errno
import os
import re
import struct
import sys
import time
import zlib

# Every unpacked file has this time (2020-02-02), so that what one run unpacked another can check.
STAMP = 1580601600
CHUNK = 1 << 20
PYTHON_2 = sys.version_info[0] == 2
UTIME_BY_FILE = os.utime in getattr(os, "supports_fd", ())
# A wheel of at most so many bytes is read at once.
AT_ONCE = 64 * CHUNK


class Damaged(Exception):
    """The application file itself, or a wheel in it, is not what was built."""


def say(text):
    if os.environ.get("SPX_VERBOSE"):
        sys.stderr.write("spx: %s\n" % text)


# Zip


class Member(object):
    """A file of a zip: its name, how and where it is stored, its size and checksum."""

    def __init__(self, name, flags, method, crc, packed, size, mode, offset):
        self.name, self.flags, self.method, self.crc = name, flags, method, crc
        self.packed, self.size, self.mode, self.offset = packed, size, mode, offset


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
    entry = struct.Struct("<HHHH4xLLLHHH4xLL")
    for _ in range(count):
        if data[at : at + 4] != b"PK\1\2":
            raise Damaged("the central directory ends early")
        made, _, flags, method, crc, packed, plain, name, extra, comment, mode, offset = entry.unpack(
            data[at + 4 : at + 46]
        )
        raw = data[at + 46 : at + 46 + name]
        if 0xFFFFFFFF in (packed, plain, offset):
            packed, plain, offset = zip64(data[at + 46 + name : at + 46 + name + extra], packed, plain, offset)
        found.append(Member(decode(raw, flags), flags, method, crc, packed, plain, mode >> 16, offset))
        at += 46 + name + extra + comment
    return found


def zip64(extra, packed, size, offset):
    """Sizes and offset of 4 GiB and more stand in an extra field, in the order size, packed size, offset."""
    values = [size, packed, offset]
    while len(extra) >= 4:
        kind, length = struct.unpack("<HH", extra[:4])
        if kind == 1:
            body = extra[4 : 4 + length]
            for index, value in enumerate(values):
                if value == 0xFFFFFFFF and len(body) >= 8:
                    values[index] = struct.unpack("<Q", body[:8])[0]
                    body = body[8:]
        extra = extra[4 + length :]
    return values[1], values[0], values[2]


def decode(raw, flags):
    """A name as this Python's file functions want it; the bytes on disk are UTF-8 whatever the locale."""
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


def chunks(content, member):
    """What a member holds, checked; never more than its size says."""
    at = content_offset(content, member)
    left = member.packed
    inflate = zlib.decompressobj(-15) if member.method == 8 else None
    if member.method not in (0, 8) or member.flags & 1:
        raise Damaged("%s is stored in a way that wheels do not use" % member.name)
    crc = size = 0
    while left or inflate is not None:
        data = content[at : at + min(left, CHUNK)]
        if not data and left:
            raise Damaged("%s ends early" % member.name)
        at += len(data)
        left -= len(data)
        if inflate is not None:
            data = inflate.decompress(data, member.size - size + 1)
            if inflate.unconsumed_tail or not left:
                inflate = None
                left = 0
        crc = binascii.crc32(data, crc)
        size += len(data)
        yield data
    if size != member.size or crc & 0xFFFFFFFF != member.crc:
        raise Damaged("%s is damaged" % member.name)


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
        self.host = re.sub("[^A-Za-z0-9]", "_", os.uname()[1] if hasattr(os, "uname") else "windows")
        self.count = 0

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
        self.sweep()

    def temporary(self):
        self.count += 1
        unique = struct.unpack("=L", os.urandom(4))[0]
        return os.path.join(self.root, "tmp", "%s-%d-%08x-%d" % (self.host, os.getpid(), unique, self.count))

    def sweep(self):
        """Removes what killed runs left: of this host when the process is gone, of another one after a day."""
        tmp = os.path.join(self.root, "tmp")
        for name in os.listdir(tmp):
            path = os.path.join(tmp, name)
            parts = name.split("-")
            try:
                old = time.time() - os.lstat(path).st_mtime > 86400
                if parts[0] == self.host and len(parts) == 4 and not alive(int(parts[1])) or old:
                    remove(path)
            except (OSError, ValueError):
                pass

    def publish(self, path, final):
        """Renames a finished directory into place; one that got there first is as good."""
        for attempt in range(20):
            try:
                os.rename(path, final)
                return
            except OSError:
                if os.path.isdir(final):
                    remove(path)
                    return
                if os.name != "nt" or attempt == 19:
                    raise
                time.sleep(0.05)  # a virus scanner holds a new file open for a moment

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


def alive(pid):
    if pid == os.getpid() or os.name == "nt":  # os.kill ends a process there
        return True
    try:
        os.kill(pid, 0)
    except OSError as error:
        return error.errno != errno.ESRCH
    return True


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
            if inner.name.endswith("/") or "__pycache__" in inner.name.split("/"):
                continue  # bytecode of other times than ours, which Python would write anew
            name = place(inner.name)
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
        if not os.path.isdir(self.path):
            self.verify()
            say("unpacking %s" % self.name)
            temporary = cache.temporary()
            try:
                self.unpack(temporary)
                cache.publish(temporary, self.path)
            except BaseException:
                remove(temporary)
                raise
            return
        if PYTHON_2:  # which has no way to notice bytecode that ends early; the run's end writes it again
            for name in self.names:
                if name.endswith(".py"):
                    remove(os.path.join(self.path, *name.split("/")) + "c")
        wrong = [index for index in range(len(self.names)) if self.differs(index, full)]
        if full:
            self.prune()
        if wrong:
            self.verify()
            say("repairing %d files of %s" % (len(wrong), self.name))
            for index in wrong:
                self.repair(cache, index)

    def unpack(self, root):
        made = set()
        jobs = []
        for member, name in zip(self.members, self.names):
            path = os.path.join(root, *name.split("/"))
            parent = os.path.dirname(path)
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
                write(path, chunks(self.content, member), bits)

        # Files are made and inflated without Python's lock. A section is one file with one place to read from.
        in_parallel(work, 1 if len(jobs) < 100 or isinstance(self.content, Section) else 2)

    def differs(self, index, full):
        member = self.members[index]
        path = os.path.join(self.path, *self.names[index].split("/"))
        try:
            facts = os.lstat(path)
            if facts.st_mode & 0o170000 != 0o100000 or (facts[6], facts[8]) != (member.size, STAMP):
                return True
            if full:
                with open(path, "rb") as file:
                    return any(file.read(len(chunk)) != chunk for chunk in chunks(self.content, member))
        except (IOError, OSError):
            return True
        return False

    def repair(self, cache, index):
        """Puts one file back by a rename, so that programs that are running lose nothing."""
        member = self.members[index]
        name = self.names[index]
        path = os.path.join(self.path, *name.split("/"))
        temporary = cache.temporary()
        try:
            write(temporary, chunks(self.content, member), mode(member, name))
            if os.path.isdir(path) and not os.path.islink(path):
                os.rename(path, cache.temporary())
            parent = os.path.dirname(path)
            while not os.path.isdir(parent):
                if os.path.lexists(parent):
                    os.unlink(parent)
                try:
                    make(parent)
                except OSError as error:
                    if error.errno not in (errno.ENOTDIR, errno.EEXIST):
                        raise
                    os.unlink(os.path.dirname(parent))
            replace(temporary, path)
        except BaseException:
            remove(temporary)
            raise

    def prune(self):
        """Removes what the wheel does not have: bytecode, which cannot be compared, and anything planted."""
        known = set(self.names)
        for directory, _, files in os.walk(self.path):
            for file in files:
                path = os.path.join(directory, file)
                if path[len(self.path) + 1 :].replace(os.sep, "/") not in known:
                    remove(path)

    def text(self, name):
        """A small file of the wheel, as `str`."""
        data = b"".join(chunks(self.content, self.members[self.names.index(name)]))
        return data if PYTHON_2 else data.decode("utf-8")


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
