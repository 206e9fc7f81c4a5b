"""What the target settles of names of the machine, names that scripts delete, and modules that hide others."""
import os
import platform
import sys

try:
    from distutils.util import get_platform
except ImportError:
    from sysconfig import get_platform


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


# The beginning of the platform's name.
assert get_platform()[:3] != 'win'
assert get_platform()[:5] == 'linux'
assert get_platform()[0] == 'l'
assert get_platform().startswith('linux')
assert get_platform().startswith(('win', 'linux-'))
assert not get_platform().startswith('win')
assert not get_platform().startswith(('win', 'macosx'))
assert get_platform() != 'win32'
assert not get_platform() == 'win-amd64'
assert get_platform() != 'linux-'
assert get_platform() != None  # noqa
assert get_platform() not in ('win32', 'win-amd64')
assert isinstance(get_platform(), str)

# The system's name.
assert os.uname()[0] == 'Linux'
assert os.uname()[:1] == ('Linux',)
assert len(os.uname()) == 5
assert platform.uname()[0] == 'Linux'
if sys.version_info[0] > 2:
    assert os.uname().sysname == 'Linux'
    assert platform.uname().system == 'Linux'

# Names of modules that a script takes away.
del os.link
try:
    import setuptools.command.sdist
    deleted = True
except ImportError:
    deleted = False
if deleted:
    del setuptools.command.sdist.sdist.make_distribution
try:
    del os.no_such_name
    missing = False
except AttributeError:
    missing = True
assert missing

# A submodule that only Python 3 has.
try:
    from unittest import mock
except ImportError:
    mock = None
assert (mock is None) == (sys.version_info[0] == 2)
try:
    import unittest.mock
    found = True
except ImportError:
    found = False
assert found == (sys.version_info[0] > 2)
try:
    import urllib.parse
    found = True
except ImportError:
    found = False
assert found == (sys.version_info[0] > 2)

# A module of the project by the name of one that only Python 2 has.
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), 'assert_path'))
import commands  # noqa
assert commands.WHOSE == 'own'
