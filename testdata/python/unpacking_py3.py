"""Python 3: starred targets, star-unpacking in calls and literals."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


a, *b = 1, 2, 3
assert (a, b) == (1, [2, 3])
*a, b = 'abc'
assert (a, b) == (['a', 'b'], 'c')
a, *b, c = range(5)
assert (a, b, c) == (0, [1, 2, 3], 4)
a, *b = [1]
assert b == []
*a, = (1, 2)
assert a == [1, 2]
[a, *b] = 'xyz'
assert b == ['y', 'z']
a, (b, *c) = 1, (2, 3, 4)
assert c == [3, 4]
major, minor, *rest = '1.2.3.4'.split('.')
assert rest == ['3', '4']
assert type(rest) is list
for x, *y in [(1, 2, 3), (4,)]:
    pass
assert (x, y) == (4, [])


def missing():
    a, b, *c = [1]


assert raises(ValueError, missing)
assert raises(SyntaxError, compile, '*a, *b = 1, 2', '', 'exec')
assert raises(SyntaxError, compile, '*a = 1, 2', '', 'exec')

assert [*range(3)] == [0, 1, 2]
assert [*'ab', 'c', *[1]] == ['a', 'b', 'c', 1]
assert (*[1], 2) == (1, 2)
assert (*'ab',) == ('a', 'b')
assert {*[1, 2], *[2, 3]} == {1, 2, 3}
assert {**{'a': 1}, 'b': 2} == {'a': 1, 'b': 2}
assert {'a': 1, **{'a': 2}} == {'a': 2}
assert {**{'a': 1}, 'a': 3} == {'a': 3}
assert {**{'a': 1}, **{'b': 2}} == dict(a=1, b=2)
assert {**{1: 2}} == {1: 2}
assert [*{}, *()] == []
t = *[1, 2], 3
assert t == (1, 2, 3)
assert raises(TypeError, lambda: [*1])
assert raises(TypeError, lambda: {**1})
assert raises(TypeError, lambda: {**[('a', 1)]})


def f(*args, **kwargs):
    return args, kwargs


assert f(*[1], *[2]) == ((1, 2), {})
assert f(*[1], 2, *'ab') == ((1, 2, 'a', 'b'), {})
assert f(**{'a': 1}, **{'b': 2}) == ((), {'a': 1, 'b': 2})
assert f(1, *[2], k=3, **{'z': 4}) == ((1, 2), {'k': 3, 'z': 4})
assert f(*[1], k=2, *[3]) == ((1, 3), {'k': 2})
assert raises(TypeError, lambda: f(**{'a': 1}, **{'a': 2}))
assert raises(TypeError, lambda: f(a=1, **{'a': 2}))
assert raises(TypeError, lambda: f(*1))
assert raises(TypeError, lambda: f(**{1: 2}))
extras = {'a': ['x'], 'b': ['y']}
extras['all'] = [d for group in extras.values() for d in group]
assert sorted([*extras['a'], *extras['b'], 'z']) == ['x', 'y', 'z']
assert {**extras, 'dev': ['pytest']}['dev'] == ['pytest']
