# `shutil`: copies and removals are put on record as the script would make them. What the machine has is unknown.
import fnmatch as _fnmatch
import os as _os
import sys as _sys


class Error(OSError):
    pass


class SameFileError(Error):
    pass


class SpecialFileError(OSError):
    pass


class ExecError(OSError):
    pass


class ReadError(OSError):
    pass


class RegistryError(Exception):
    pass


def _given(path):
    """What a copy returns: since Python 3.3 the path that it made."""
    return None if _sys.version_info[0] == 2 else path


def _inside(src, dst):
    return _os.path.join(dst, _os.path.basename(str(src))) if _os.path.isdir(dst) else dst


def copyfileobj(fsrc, fdst, length=0):
    if not __spx_known__(fsrc, fdst):
        return __spx_unknown__(fsrc, fdst)
    fdst.write(fsrc.read())


def copyfile(src, dst, follow_symlinks=True):
    if not __spx_known__(src, dst):
        return __spx_unknown__(src, dst)
    if _os.path.abspath(src) == _os.path.abspath(dst):
        raise (Error if _sys.version_info[0] == 2 else SameFileError)('%r and %r are the same file' % (src, dst))
    with open(src, 'rb') as source:
        data = source.read()
    with open(dst, 'wb') as target:
        target.write(data)
    return _given(dst)


def copymode(src, dst, follow_symlinks=True):
    __spx_copy_mode__(src)


def copystat(src, dst, follow_symlinks=True):
    __spx_copy_mode__(src)


def copy(src, dst, follow_symlinks=True):
    if not __spx_known__(src, dst):
        return __spx_unknown__(src, dst)
    dst = _inside(src, dst)
    copyfile(src, dst)
    copymode(src, dst)
    return _given(dst)


copy2 = copy


def ignore_patterns(*patterns):
    def ignored(path, names):
        if not __spx_known__(path, names):
            return __spx_unknown__(path, names)
        return set(name for pattern in patterns for name in _fnmatch.filter(names, pattern))
    return ignored


def copytree(src, dst, symlinks=False, ignore=None, copy_function=copy2, ignore_dangling_symlinks=False,
             dirs_exist_ok=False):
    if not __spx_known__(src, dst, ignore):
        return __spx_unknown__(src, dst, ignore)
    names = _os.listdir(src)
    left = ignore(src, names) if ignore is not None else ()
    _os.makedirs(dst)
    for name in names:
        if name in left:
            continue
        source, target = _os.path.join(src, name), _os.path.join(dst, name)
        if _os.path.isdir(source):
            copytree(source, target, symlinks, ignore, copy_function, ignore_dangling_symlinks, dirs_exist_ok)
        else:
            copy_function(source, target)
    return _given(dst)


def rmtree(path, ignore_errors=False, onerror=None, onexc=None, dir_fd=None):
    if not __spx_known__(path):
        return __spx_unknown__(path)
    if not _os.path.isdir(path):
        if ignore_errors or onerror is not None or onexc is not None:
            return None
        _os.listdir(path)
    for name in _os.listdir(path):
        inner = _os.path.join(path, name)
        if _os.path.isdir(inner) and not _os.path.islink(inner):
            rmtree(inner, ignore_errors)
        else:
            _os.remove(inner)


def move(src, dst, copy_function=copy2):
    if not __spx_known__(src, dst):
        return __spx_unknown__(src, dst)
    target = _inside(src, dst)
    if _os.path.isdir(src):
        copytree(src, target)
        rmtree(src)
    else:
        copyfile(src, target)
        _os.remove(src)
    return _given(target)
