"""sys.version_info: comparisons, fields, formatting; how setup.py files ask for the version."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


v = sys.version_info
assert v >= (2, 7)
assert v > (2,)
assert not v < (2, 7)
assert (2, 6) < v
assert v[0] in (2, 3)
assert v.major == v[0]
assert v.minor == v[1]
assert v.micro == v[2]
assert v.releaselevel == v[3]
assert v.serial == v[4]
assert len(v) == 5
assert v[:2] == (v.major, v.minor)
assert v[:3] == (v.major, v.minor, v.micro)
assert v[:2] >= (2, 7)
assert isinstance(v, tuple) is (v[0] >= 3)
assert type(v) is not tuple
assert type(v[:2]) is tuple
assert v == tuple(v)
assert v != (v[0], v[1])
assert v > (v[0], v[1])
assert v >= v[:3]
assert not v == v[:2]
assert v[-1] == v.serial
assert isinstance(v.major, int)
assert isinstance(v.releaselevel, str)
assert v.releaselevel in ('alpha', 'beta', 'candidate', 'final')
major, minor = v[:2]
assert (major, minor) == v[:2]
major, minor, micro, level, serial = v
assert level == v.releaselevel
assert '%d.%d' % v[:2] == '%s.%s' % (v.major, v.minor)
assert '{0.major}.{0.minor}'.format(v) == '{0}.{1}'.format(*v)
assert sys.version.startswith('%d.%d' % v[:2])
assert sys.version[0] == str(v[0])
assert sys.version[:1] in '23'
assert float('%d.%d' % (2, v[1] % 10)) >= 2.0
assert sys.hexversion >= 0x02070000
assert sys.hexversion >> 24 == v.major
assert (sys.hexversion >> 16) & 0xff == v.minor
assert (v >= (3,)) == (v[0] == 3)
assert (v < (3, 0)) is (v.major == 2)
assert (v >= (3, 0)) != (v < (3,))
assert raises((AttributeError, TypeError), setattr, v, 'major', 5)
assert 'major=' in repr(v)
PY2 = sys.version_info[0] == 2
PY3 = sys.version_info[0] == 3
assert PY2 != PY3
assert PY3 == (str is not bytes)
extra = {}
if sys.version_info >= (3,):
    extra['use_2to3'] = True
assert bool(extra) is PY3
requires = ['a'] + (['futures'] if sys.version_info < (3, 2) else [])
assert requires == (['a', 'futures'] if PY2 else ['a'])
if sys.version_info[:2] == (2, 7) or sys.version_info[:2] >= (3, 6):
    supported = True
else:
    supported = False
assert supported is True
assert (2, 7) <= sys.version_info < (4,)
assert not (3, 0) <= sys.version_info < (3, 6)
assert sys.version_info not in [(2, 6), (3, 0)]
assert sys.version_info >= (2, 7, 0)
assert sys.version_info > (2, 7, 0, 'alpha', 0)
assert max(sys.version_info, (2, 6)) is sys.version_info
if PY2:
    assert not sys.version_info < (2, 7, 18) or sys.version_info[2] < 18
    assert raises(NameError, eval, 'ascii')
    assert sys.maxint == sys.maxsize
else:
    assert raises(TypeError, lambda: sys.version_info < 3)
    assert raises(TypeError, lambda: sys.version_info >= '3')
    assert raises(TypeError, lambda: sys.version_info > (3, 'x'))
    assert raises(TypeError, lambda: sys.version_info[0] > '2')
    assert raises(AttributeError, lambda: sys.maxint)
    assert sys.implementation.name == 'cpython'
assert sys.maxsize > 2 ** 31
assert sys.byteorder in ('little', 'big')
assert isinstance(sys.path, list)
assert isinstance(sys.argv, list)
assert isinstance(sys.argv[0], str)
assert isinstance(sys.platform, str)
assert isinstance(sys.modules, dict)
assert isinstance(sys.executable, str)
assert isinstance(sys.prefix, str)
assert 'sys' in sys.builtin_module_names
assert sys.getrecursionlimit() >= 100
assert callable(sys.stderr.write)
assert sys.api_version >= 1000
assert '__pypy__' not in sys.builtin_module_names
assert '_cffi_backend' not in sys.builtin_module_names
assert not hasattr(sys, 'gettotalrefcount')


def shown():
    return sys._getframe().f_code.co_name


assert shown() == 'shown'
assert (lambda: sys._getframe().f_code.co_name)() == '<lambda>'
assert sys._getframe().f_code.co_name == '<module>'
