"""Python 3 exceptions: chaining, deletion of the name, with_traceback, raise from."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


try:
    try:
        raise KeyError('first')
    except KeyError as error:
        raise ValueError('second') from error
except ValueError as error:
    assert isinstance(error.__cause__, KeyError)
    assert error.__cause__ is error.__context__
    assert error.__suppress_context__ is True
try:
    try:
        raise KeyError('first')
    except KeyError:
        raise ValueError('second')
except ValueError as error:
    assert error.__cause__ is None
    assert isinstance(error.__context__, KeyError)
try:
    try:
        raise KeyError('first')
    except KeyError:
        raise ValueError('second') from None
except ValueError as error:
    assert error.__cause__ is None
    assert error.__suppress_context__ is True

# The name of the handler is unbound at its end.
try:
    raise ValueError('x')
except ValueError as gone:
    assert gone.args == ('x',)
assert 'gone' not in globals()
assert raises(NameError, lambda: gone)  # noqa: F821
kept = 'before'
try:
    raise ValueError
except ValueError as kept:
    pass
assert 'kept' not in globals()
untouched = 'same'
try:
    pass
except ValueError as untouched:
    pass
assert untouched == 'same'


def local_name():
    try:
        raise ValueError
    except ValueError as error:
        error = 'rebound'
    return error


assert raises(UnboundLocalError, local_name)


def bare_raise():
    raise


assert raises(RuntimeError, bare_raise)
error = ValueError('x')
assert error.with_traceback(None) is error
assert raises(TypeError, lambda: exec('raise ValueError from 5'))
assert raises(SyntaxError, compile, 'try: pass\nexcept E, e: pass', '', 'exec')
assert raises(SyntaxError, compile, 'raise E, "x"', '', 'exec')
try:
    raise ValueError('x') from KeyError('y')
except ValueError as chained:
    assert str(chained.__cause__) == "'y'"
try:
    import no_such_module_at_all
except ModuleNotFoundError as absent:
    assert absent.name == 'no_such_module_at_all'
    assert str(absent) == "No module named 'no_such_module_at_all'"
try:
    from sys import no_such_name
except ImportError as absent:
    assert 'cannot import name' in str(absent)
    assert not isinstance(absent, ModuleNotFoundError)
try:
    raise KeyError('k')
except KeyError:
    assert sys.exc_info()[0] is KeyError
    assert sys.exc_info()[1].args == ('k',)
assert sys.exc_info() == (None, None, None)
if sys.version_info >= (3, 7):
    assert repr(KeyError('k')) == "KeyError('k')"
if sys.version_info >= (3, 11):
    noted = ValueError('x')
    noted.add_note('n')
    assert noted.__notes__ == ['n']
