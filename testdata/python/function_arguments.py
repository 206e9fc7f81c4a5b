"""Function parameters and calls: positions, keywords, *args, **kwargs, errors."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


def f(a, b=2, *args, **kwargs):
    return a, b, args, kwargs


assert f(1) == (1, 2, (), {})
assert f(1, 3) == (1, 3, (), {})
assert f(1, 3, 4, 5) == (1, 3, (4, 5), {})
assert f(1, b=4) == (1, 4, (), {})
assert f(b=4, a=1) == (1, 4, (), {})
assert f(1, c=5) == (1, 2, (), {'c': 5})
assert f(1, 2, 3, x=4) == (1, 2, (3,), {'x': 4})
assert f(*[1, 2, 3]) == (1, 2, (3,), {})
assert f(*(1,), **{'b': 2}) == (1, 2, (), {})
assert f(*'xyz') == ('x', 'y', ('z',), {})
assert f(**{'a': 1, 'z': 9}) == (1, 2, (), {'z': 9})
assert f(1, *[2, 3]) == (1, 2, (3,), {})
assert f(*(n for n in [1, 2])) == (1, 2, (), {})
assert f(*{'k': 1}) == ('k', 2, (), {})
assert f(1, *(), **{}) == (1, 2, (), {})
assert f(1, args=5, kwargs=6) == (1, 2, (), {'args': 5, 'kwargs': 6})
assert raises(TypeError, f)
assert raises(TypeError, f, b=1)
assert raises(TypeError, f, 1, a=2)
assert raises(TypeError, lambda: f(*5))
assert raises(TypeError, lambda: f(*None))
assert raises(TypeError, lambda: f(**None))
assert raises(TypeError, lambda: f(**[1]))
assert raises(TypeError, lambda: f(1, **{'a': 1}))
assert raises(TypeError, lambda: f(1, b=1, **{'b': 1}))
assert raises(TypeError, lambda: f(**{'a': 1, 2: 3}))


def g(a, b):
    return a - b


assert g(5, 3) == 2
assert g(b=5, a=3) == -2
assert g(5, b=3) == 2
assert raises(TypeError, g, 1)
assert raises(TypeError, g, 1, 2, 3)
assert raises(TypeError, g, 1, 2, c=3)
assert raises(TypeError, g, 1, c=3)
assert raises(TypeError, g, a=1)
assert raises(SyntaxError, eval, 'g(a=1, 2)')
assert raises(SyntaxError, eval, 'g(a=1, a=2)')
assert raises(SyntaxError, compile, 'def f(a, a): pass', '', 'exec')
assert raises(SyntaxError, compile, 'def f(a=1, b): pass', '', 'exec')
try:
    g(1, 2, c=3)
except TypeError as error:
    assert "unexpected keyword argument 'c'" in str(error)
try:
    g(1, 2, 3)
except TypeError as error:
    assert 'g() takes' in str(error)
    assert '3' in str(error)
try:
    f(1, a=2)
except TypeError as error:
    assert "multiple values for" in str(error)


def no_args():
    return 'none'


assert no_args() == 'none'
assert no_args(*[], **{}) == 'none'
assert raises(TypeError, no_args, 1)
assert raises(TypeError, no_args, x=1)


def only_star(*args):
    return args


def only_keywords(**kwargs):
    return kwargs


assert only_star() == ()
assert only_star(1, 2) == (1, 2)
assert raises(TypeError, only_star, a=1)
assert only_keywords() == {}
assert only_keywords(a=1) == {'a': 1}
assert raises(TypeError, only_keywords, 1)
assert type(only_star(1)) is tuple
assert type(only_keywords(a=1)) is dict
given = {'a': 1}
received = only_keywords(**given)
received['b'] = 2
assert given == {'a': 1}
assert only_keywords(**dict(given, b=2)) == {'a': 1, 'b': 2}


def default_late(x, items=None):
    if items is None:
        items = []
    items.append(x)
    return items


def default_shared(x, items=[]):
    items.append(x)
    return items


assert default_late(1) == [1]
assert default_late(2) == [2]
assert default_shared(1) == [1]
assert default_shared(2) == [1, 2]
assert default_shared(3, []) == [3]
assert default_shared(4) == [1, 2, 4]

level = 'early'


def bound(value=level):
    return value


level = 'late'
assert bound() == 'early'
calls = []


def once(value=calls.append('evaluated')):
    return value


once()
once()
assert calls == ['evaluated']


def forward(*args, **kwargs):
    return f(*args, **kwargs)


assert forward(1, 2, 3, k=4) == (1, 2, (3,), {'k': 4})


def setup(**attrs):
    return attrs


metadata = dict(name='spam', version='1')
assert setup(author='me', **metadata) == {'author': 'me', 'name': 'spam', 'version': '1'}
extra = {}
if sys.version_info > (2, 0):
    extra['zip_safe'] = False
assert setup(name='x', **extra) == {'name': 'x', 'zip_safe': False}
assert setup(
    name='x',
    version='1',
) == {'name': 'x', 'version': '1'}


def nothing():
    pass


def bare_return():
    return


assert nothing() is None
assert bare_return() is None


def several():
    return 1, 'a'


assert several() == (1, 'a')
assert several()[1] == 'a'


def recursive(n):
    return 1 if n == 0 else n * recursive(n - 1)


assert recursive(10) == 3628800
assert recursive(25) == 15511210043330985984000000


assert (lambda a, b=2, *c, **d: (a, b, c, d))(1, k=3) == (1, 2, (), {'k': 3})
assert raises(TypeError, lambda: (lambda a: a)())
assert raises(NameError, lambda: undefined_function())  # noqa: F821
if sys.version_info < (3,):
    assert eval('(lambda a, (b, c): a + b + c)(1, (2, 3))') == 6
    exec('def tupled(a, (b, c)=(1, 2)): return a, b, c')
    assert tupled(0) == (0, 1, 2)  # noqa: F821
