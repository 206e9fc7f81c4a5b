"""Python 3 functions: keyword-only parameters, annotations, nonlocal, async, print."""
import io
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


def keyword_only(a, *, b, c=3):
    return a, b, c


def after_star(*args, sep=',', **kwargs):
    return sep.join(args), kwargs


assert keyword_only(1, b=2) == (1, 2, 3)
assert keyword_only(1, c=5, b=4) == (1, 4, 5)
assert raises(TypeError, keyword_only, 1)
assert raises(TypeError, keyword_only, 1, 2)
assert raises(TypeError, keyword_only, 1, b=2, d=3)
assert after_star('a', 'b') == ('a,b', {})
assert after_star('a', 'b', sep='-', x=1) == ('a-b', {'x': 1})
assert (lambda *, k: k)(k=1) == 1
try:
    keyword_only(1)
except TypeError as error:
    assert "missing 1 required keyword-only argument: 'b'" in str(error)
assert raises(SyntaxError, compile, 'def f(*): pass', '', 'exec')
assert raises(SyntaxError, compile, 'def f(a, (b, c)): pass', '', 'exec')


def annotated(a: int, b: 'str' = 'x', *args: tuple, k: dict = None, **kw: 'anything') -> bool:
    local: int = 5
    unset: str
    return local


assert annotated('not checked') == 5
version: str = '1.0'
assert version == '1.0'
declared: int
assert 'declared' not in globals()


class Fields:
    x: int = 1
    y: str


assert Fields.x == 1
assert not hasattr(Fields, 'y')


def unset_local():
    value: int
    return value


assert raises(UnboundLocalError, unset_local)
box = {}
box['k']: int = 5
assert box == {'k': 5}


def counter():
    count = 0

    def increment(by=1):
        nonlocal count
        count += by
        return count
    return increment


tick = counter()
assert tick() == 1
assert tick(5) == 6
assert counter()() == 1


def two_levels():
    x = 'outer'

    def middle():
        def inner():
            nonlocal x
            x = 'inner'
        inner()
        return x
    return middle(), x


assert two_levels() == ('inner', 'inner')
assert raises(SyntaxError, compile, 'nonlocal x', '', 'exec')


async def coroutine(x):
    await something(x)  # noqa: F821
    async with manager() as m:  # noqa: F821
        pass
    async for i in stream():  # noqa: F821
        yield i


async def never_run():
    return 1




def printed(*args, **kwargs):
    out = io.StringIO()
    print(*args, file=out, **kwargs)
    return out.getvalue()


assert printed('a', 1) == 'a 1\n'
assert printed() == '\n'
assert printed('a', 'b', sep='') == 'ab\n'
assert printed('a', end='') == 'a'
assert printed('a', 'b', sep=None, end=None) == 'a b\n'
assert printed(*[1, 2], sep=', ') == '1, 2\n'
assert printed([1, 'a'], None) == "[1, 'a'] None\n"
assert printed('a', flush=True) == 'a\n'
assert raises(TypeError, printed, 'a', sep=1)
assert raises(TypeError, print, 'a', bad=1)
assert print(end='') is None
old, sys.stdout = sys.stdout, io.StringIO()
print('captured')
text, sys.stdout = sys.stdout.getvalue(), old
assert text == 'captured\n'
assert raises(SyntaxError, compile, "print 'a'", '', 'exec')
assert raises(SyntaxError, compile, "exec 'a'", '', 'exec')
assert raises(SyntaxError, compile, '`1`', '', 'eval')
assert raises(SyntaxError, compile, '1 <> 2', '', 'eval')
assert raises(SyntaxError, compile, '0777', '', 'eval')
assert raises(SyntaxError, compile, 'None = 1', '', 'exec')
assert raises(SyntaxError, compile, 'True = 1', '', 'exec')
assert raises((SyntaxError, TabError), compile, 'if 1:\n        a = 1\n\tb = 2\n', '', 'exec')
for removed in ['unicode', 'basestring', 'long', 'xrange', 'raw_input', 'reduce', 'execfile', 'file', 'cmp', 'unichr',
                'apply', 'buffer', 'coerce', 'intern', 'reload', 'StandardError']:
    assert raises(NameError, eval, removed)
try:
    unicode
except NameError:
    unicode = str
assert unicode is str
if sys.version_info[0] >= 3:
    basestring = (str, bytes)
assert isinstance('a', basestring)
assert [x for x in (1, 2)] == [1, 2]
assert raises(SyntaxError, compile, '[x for x in 1, 2]', '', 'eval')
assert round(2.5) == 2
assert ... is Ellipsis
def stub(): ...  # noqa: E704, E302


assert stub() is None
