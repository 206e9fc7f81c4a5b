"""Modules of which setup.py files use little: `contextlib`, `warnings`, `logging`, `shlex`, `types`, `math`, `hashlib`, `glob`, `platform`."""
import contextlib
import glob
import hashlib
import base64
import logging
import math
import platform
import shlex
import sys
import types
import warnings

PY2 = sys.version_info[0] == 2

class Closed(object):
    closed = False
    def close(self):
        self.closed = True
thing = Closed()
with contextlib.closing(thing) as inside:
    assert inside is thing and not thing.closed
assert thing.closed
if not PY2:
    with contextlib.suppress(KeyError, ValueError):
        {}['a']
    try:
        with contextlib.suppress(KeyError):
            raise ValueError
    except ValueError:
        pass
    else:
        assert False

warnings.simplefilter('ignore')
with warnings.catch_warnings():
    warnings.warn('old', DeprecationWarning)
log = logging.getLogger(__name__)
log.addHandler(logging.NullHandler())
log.debug('x %s', 1)
assert logging.WARNING == 30 and logging.DEBUG < logging.INFO

assert shlex.split("a 'b c' d\\ e \"f\"") == ['a', 'b c', 'd e', 'f'] and shlex.split('-I/x -DY="1 2"') == ['-I/x', '-DY=1 2']
assert shlex.split('a # b', comments=True) == ['a'] and shlex.split('') == []
try:
    shlex.split("'a")
except ValueError:
    pass
else:
    assert False
if not PY2:
    assert shlex.quote("it's") == "'it'\"'\"'s'" and shlex.quote('ab') == 'ab'
    ns = types.SimpleNamespace(a=1)
    ns.b = 2
    assert ns.a + ns.b == 3
module = types.ModuleType('m')
exec('x = 1', module.__dict__)
assert module.x == 1 and module.__name__ == 'm'

assert math.floor(1.5) == 1 and math.ceil(1.2) == 2 and math.sqrt(4) == 2.0 and str(math.pi)[:6] == '3.1415'
assert hashlib.sha256(b'abc').hexdigest()[:16] == 'ba7816bf8f01cfea'
h = hashlib.sha512(b'a')
h.update(b'bc')
assert h.hexdigest() == hashlib.sha512(b'abc').hexdigest()
assert base64.b64encode(b'hello') == b'aGVsbG8=' and base64.b64decode('aGVsbG8=') == b'hello'
assert glob.glob('does-not-exist/*.py') == [] and glob.glob('nope*') == []
assert platform.python_implementation() == 'CPython' and platform.python_version_tuple()[0] == str(sys.version_info[0])
assert platform.python_version().split('.')[:2] == [str(n) for n in sys.version_info[:2]]
