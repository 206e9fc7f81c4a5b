"""Python 2 exceptions: old raise and except spellings, names that stay bound."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def three():
    raise ValueError, 'message', None


try:
    raise ValueError, 'text'
except ValueError, e:
    assert str(e) == 'text'
    assert e.args == ('text',)
    assert e.message == 'text'
    assert e[0] == 'text'
assert str(e) == 'text'
try:
    raise ValueError, ('a', 1)
except ValueError, e:
    assert e.args == ('a', 1)
try:
    raise ValueError
except (KeyError, ValueError), e:
    assert e.args == ()
try:
    three()
except ValueError as stays:
    pass
assert stays.args == ('message',)
try:
    raise IOError, (2, 'no file')
except IOError, (errno, text):
    assert errno == 2
    assert text == 'no file'
holder = {}
try:
    raise KeyError('k')
except KeyError, holder['error']:
    pass
assert holder['error'].args == ('k',)
try:
    raise KeyError('k')
except KeyError:
    kind, value, trace = sys.exc_info()
    assert kind is KeyError
    assert value.args == ('k',)
    assert trace is not None
try:
    try:
        raise ValueError('a')
    except ValueError:
        try:
            raise KeyError('b')
        except KeyError:
            pass
        raise
except KeyError, e:
    assert e.args == ('b',)
try:
    open('no_such_file')
except IOError, e:
    assert e.errno == 2
    assert e.filename == 'no_such_file'
    assert not isinstance(e, OSError)


def throw(x):
    raise x


assert raises(TypeError, throw, 'string exception')
try:
    raise KeyError, KeyError('already an instance')
except KeyError, e:
    assert e.args == ('already an instance',)
try:
    import no_such_module_at_all
except ImportError, e:
    assert str(e) == 'No module named no_such_module_at_all'
try:
    raise LookupError, 'y'
except LookupError, e:
    assert str(e) == 'y'
assert repr(ValueError('x')) == "ValueError('x',)"
