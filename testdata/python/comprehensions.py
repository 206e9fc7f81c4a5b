"""List, set, dict comprehensions and generator expressions; their scopes."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert [x for x in range(3)] == [0, 1, 2]
assert [x * 2 for x in range(3) if x] == [2, 4]
assert [x for x in range(10) if x % 2 if x > 4] == [5, 7, 9]
assert [(x, y) for x in range(2) for y in 'ab'] == [(0, 'a'), (0, 'b'), (1, 'a'), (1, 'b')]
assert [y for x in [[1, 2], [3]] for y in x] == [1, 2, 3]
assert [[y * 2 for y in x] for x in [[1, 2], [3]]] == [[2, 4], [6]]
assert [x for x in [1, 2, 3] if x != 2 for _ in range(x)] == [1, 3, 3, 3]
assert [(x, y) for x in range(3) for y in range(x)] == [(1, 0), (2, 0), (2, 1)]
assert [i for i in 'abc' if i in 'ac'] == ['a', 'c']
assert [x if x else 'none' for x in [0, 1]] == ['none', 1]
assert [lambda: x for x in [1]][0]() == 1
assert [f() for f in [lambda: x for x in range(3)]] == [2, 2, 2]
assert [f() for f in [lambda x=x: x for x in range(3)]] == [0, 1, 2]
assert {x % 2 for x in range(4)} == {0, 1}
assert {x: x * x for x in range(3)} == {0: 0, 1: 1, 2: 4}
assert {k: v for k, v in [('a', 1), ('a', 2)]} == {'a': 2}
assert dict((k, len(k)) for k in ['aa', 'b']) == {'aa': 2, 'b': 1}
assert set(c.lower() for c in 'AaB') == {'a', 'b'}
assert sum(x for x in range(4)) == 6
assert list(x for x in 'ab') == ['a', 'b']
assert ''.join(x for x in 'abc' if x != 'b') == 'ac'
assert [x for x in (y + 1 for y in range(2))] == [1, 2]
assert [d for d in {'a': 1}] == ['a']
assert [[0] * 2 for _ in range(2)] == [[0, 0], [0, 0]]
assert [str(p) for p in (1, 2, 'rc')] == ['1', '2', 'rc']
assert [line.split('#')[0].strip() for line in ['a # b', 'c']] == ['a', 'c']
assert sorted({w for line in ['b a', 'a'] for w in line.split()}) == ['a', 'b']
assert [x for x, in [(1,), (2,)]] == [1, 2]
assert [x
        for x in range(2)
        # a comment
        if x] == [1]
grid = [[1, 2], [3, 4]]
assert [[row[i] for row in grid] for i in range(2)] == [[1, 3], [2, 4]]


# Names of the enclosing function are visible; the outermost iterable is evaluated outside.
def outer(items):
    factor = 3
    return [x * factor for x in items]


assert outer([1, 2]) == [3, 6]


def shadow(x):
    result = list(x for x in x)
    return result


assert shadow([1, 2]) == [1, 2]


class Body(object):
    names = ['a', 'b']
    copied = [n for n in names]
    total = sum(len(n) for n in names)


assert Body.copied == ['a', 'b']
assert Body.total == 2


def generator_leak():
    hidden_name = None
    del hidden_name
    list(hidden_name for hidden_name in [1])
    return hidden_name


assert raises(NameError, generator_leak)
leak_dict = {leaked_k: 1 for leaked_k in 'a'}
assert raises(NameError, lambda: leaked_k)  # noqa: F821
leak_set = {leaked_s for leaked_s in 'a'}
assert raises(NameError, lambda: leaked_s)  # noqa: F821
values = list(leaked_g for leaked_g in 'a')
assert raises(NameError, lambda: leaked_g)  # noqa: F821

x = 'before'
squares = [x for x in range(3)]
if sys.version_info >= (3,):
    assert x == 'before'
    assert raises(NameError, lambda: [leaked for leaked in 'ab'] and leaked)  # noqa: F821

    def class_scope():
        class Inner(object):
            factor = 2
            bad = [n * factor for n in range(2)]  # noqa: F821

    assert raises(NameError, class_scope)
else:
    assert x == 2
    [leaked for leaked in 'ab']
    assert leaked == 'b'
    x = 'again'
    list(x for x in range(3))
    assert x == 'again'
    {x: 1 for x in range(3)}
    assert x == 'again'
    [x for x in []]
    assert x == 'again'
    assert eval('[v for v in 1, 2]') == [1, 2]

    class Inner(object):
        factor = 2
        good = [n * factor for n in range(2)]

    assert Inner.good == [0, 2]
    assert Inner.n == 1

assert raises(TypeError, lambda: [y for y in 5])
assert raises(ZeroDivisionError, lambda: [1 // y for y in [1, 0]])
lazy = (1 // y for y in [1, 0])
assert next(lazy) == 1
assert raises(ZeroDivisionError, next, lazy)
assert raises(StopIteration, next, lazy)
assert raises(TypeError, lambda: (y for y in 5))
late = 1
pending = (late for _ in range(1))
late = 2
assert list(pending) == [2]
items = [1]
pending = (i for i in items)
items.append(2)
assert list(pending) == [1, 2]
items = [1]
pending = (i for i in items)
items = [9]
assert list(pending) == [1]
