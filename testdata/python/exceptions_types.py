"""Built-in exceptions: hierarchy, args, str, repr; own exception classes; assert."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def throw(error):
    raise error


assert issubclass(KeyError, LookupError)
assert issubclass(IndexError, LookupError)
assert issubclass(ZeroDivisionError, ArithmeticError)
assert issubclass(OverflowError, ArithmeticError)
assert issubclass(UnicodeDecodeError, ValueError)
assert issubclass(NotImplementedError, RuntimeError)
assert issubclass(UnboundLocalError, NameError)
assert issubclass(IndentationError, SyntaxError)
assert issubclass(ImportError, Exception)
assert issubclass(IOError, Exception)
assert issubclass(StopIteration, Exception)
assert issubclass(Exception, BaseException)
assert not issubclass(SystemExit, Exception)
assert not issubclass(KeyboardInterrupt, Exception)
assert not issubclass(GeneratorExit, Exception)
assert issubclass(UserWarning, Warning)
assert issubclass(DeprecationWarning, Exception)

assert str(ValueError()) == ''
assert str(ValueError('a')) == 'a'
assert str(ValueError('a', 1)) == "('a', 1)"
assert str(ValueError(5)) == '5'
assert str(ValueError(None)) == 'None'
assert str(KeyError('a')) == "'a'"
assert str(KeyError('a', 'b')) == "('a', 'b')"
assert str(KeyError()) == ''
assert ValueError('a').args == ('a',)
assert ValueError().args == ()
assert ValueError('a', 1).args == ('a', 1)
assert repr(ValueError()) == 'ValueError()'
assert repr(ValueError('a', 1)) == "ValueError('a', 1)"
assert '%s' % ValueError('x') == 'x'
assert '{0}'.format(ValueError('x')) == 'x'
assert SystemExit(3).code == 3
assert SystemExit().code is None
assert SystemExit('msg').code == 'msg'
assert IOError(2, 'no file', 'name').errno == 2
assert IOError(2, 'no file').strerror == 'no file'
assert IOError(2, 'no file', 'name').filename == 'name'
assert str(IOError(2, 'no file')) == '[Errno 2] no file'
assert str(IOError(2, 'no file', 'f')) == "[Errno 2] no file: 'f'"
assert str(IOError('plain')) == 'plain'
assert ValueError('a') != ValueError('a')
assert isinstance(ValueError(), Exception)
assert type(ValueError('x')).__name__ == 'ValueError'
e = ValueError('x')
e.note_attribute = 1
assert e.note_attribute == 1
assert e.args[0] == 'x'
assert UnicodeDecodeError('ascii', b'\xff', 0, 1, 'why').reason == 'why'
stop = StopIteration('v')
assert stop.args == ('v',)


class AppError(Exception):
    pass


class DetailError(AppError):
    def __init__(self, code, detail='none'):
        super(DetailError, self).__init__('code %s' % code)
        self.code = code
        self.detail = detail


class StrError(AppError):
    def __str__(self):
        return 'custom str'


class NoSuper(Exception):
    def __init__(self, value):
        self.value = value


class Mixed(KeyError, AttributeError):
    pass


try:
    raise DetailError(5, detail='d')
except AppError as error:
    assert error.code == 5
    assert error.detail == 'd'
    assert str(error) == 'code 5'
    assert error.args == ('code 5',)
    assert isinstance(error, DetailError)
else:
    assert False
assert str(StrError('x')) == 'custom str'
assert str(AppError('a')) == 'a'
assert NoSuper('v').args == (('v',) if sys.version_info >= (3,) else ())
assert str(NoSuper('v')) == ('v' if sys.version_info >= (3,) else '')
assert raises(KeyError, throw, Mixed('m'))
assert raises(AttributeError, throw, Mixed('m'))
assert raises(AppError, throw, StrError)
assert raises(TypeError, throw, DetailError)
assert raises(TypeError, throw, object())
assert raises(TypeError, throw, 5)
assert raises(TypeError, throw, None)
assert raises(TypeError, throw, int)

assert raises(ZeroDivisionError, lambda: 1 / 0)
assert raises(IndexError, lambda: [][0])
assert raises(KeyError, lambda: {}[0])
assert raises(AttributeError, lambda: None.x)
assert raises(NameError, lambda: no_such_name)  # noqa: F821
assert raises(TypeError, lambda: len(5))
assert raises(ValueError, lambda: int('x'))
assert raises(ImportError, __import__, 'no_such_module_at_all')
assert raises(SyntaxError, compile, '1 +', 'f', 'eval')
assert raises(IndentationError, compile, 'if 1:\npass', 'f', 'exec')
assert raises(SystemExit, sys.exit)
assert raises(NotImplementedError, throw, NotImplementedError('x'))
try:
    sys.exit('bye')
except SystemExit as error:
    assert error.code == 'bye'
    assert str(error) == 'bye'
try:
    sys.exit(3)
except SystemExit as error:
    assert error.code == 3
try:
    {}['missing']
except KeyError as error:
    assert error.args == ('missing',)
try:
    None.attribute
except AttributeError as error:
    assert "'NoneType' object has no attribute 'attribute'" in str(error)
try:
    no_such_name  # noqa: F821
except NameError as error:
    assert "name 'no_such_name' is not defined" in str(error)
try:
    __import__('no_such_module_at_all')
except ImportError as error:
    assert 'no_such_module_at_all' in str(error)
try:
    [][5]
except IndexError as error:
    assert 'list index out of range' in str(error)
try:
    1 // 0
except ZeroDivisionError as error:
    assert 'by zero' in str(error)

try:
    assert False, 'reason'
except AssertionError as error:
    assert str(error) == 'reason'
try:
    assert 0
except AssertionError as error:
    assert error.args == ()
try:
    assert [], {'k': 1}
except AssertionError as error:
    assert error.args == ({'k': 1},)
evaluated = []
assert True, evaluated.append('message is not evaluated')
assert evaluated == []

if sys.version_info >= (3,):
    assert IOError is OSError
    assert EnvironmentError is OSError
    assert issubclass(FileNotFoundError, OSError)
    assert issubclass(PermissionError, IOError)
    assert issubclass(ModuleNotFoundError, ImportError)
    assert issubclass(RecursionError, RuntimeError)
    assert type(OSError(2, 'x')) is FileNotFoundError
    assert type(IOError(13, 'x')) is PermissionError
    assert type(OSError(9999, 'x')) is OSError
    assert ImportError('m', name='n').name == 'n'
    assert raises(ModuleNotFoundError, __import__, 'no_such_module_at_all')
    assert raises(NameError, eval, 'StandardError')
    assert raises(TypeError, lambda: ValueError('abc')[0])
    assert not hasattr(ValueError('x'), 'message')
else:
    assert IOError is not OSError
    assert issubclass(IOError, EnvironmentError)
    assert issubclass(OSError, EnvironmentError)
    assert issubclass(ValueError, StandardError)
    assert not issubclass(StopIteration, StandardError)
    assert raises(NameError, eval, 'FileNotFoundError')
    assert raises(NameError, eval, 'ModuleNotFoundError')
    assert ValueError('x').message == 'x'
    assert ValueError('abc', 2)[0] == 'abc'
    assert str(ValueError(u'a')) == 'a'
