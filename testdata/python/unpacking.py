"""Unpacking assignments, swaps, for targets, chained assignment."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


a, b = 1, 2
assert (a, b) == (1, 2)
a, b = b, a
assert (a, b) == (2, 1)
[a, b] = 'xy'
assert a + b == 'xy'
(a, b), c = (1, 2), 3
assert (a, b, c) == (1, 2, 3)
a, (b, [c, d]) = 1, (2, (3, 4))
assert (a, b, c, d) == (1, 2, 3, 4)
a, = [5]
assert a == 5
(a,) = (6,)
assert a == 6
[a] = 'z'
assert a == 'z'
a, b = {'k1': 0, 'k2': 0} and ('p', 'q')
assert a == 'p'
a = b = c = []
assert a is b is c
a = b, c = 1, 2
assert a == (1, 2)
assert c == 2
x = y = 0
x += 1
assert (x, y) == (1, 0)
a, b = (x for x in (7, 8))
assert (a, b) == (7, 8)
a, b = map(int, '1.2'.split('.'))
assert (a, b) == (1, 2)
name, version = 'spam==1.0'.split('==')
assert (name, version) == ('spam', '1.0')
head, sep, tail = 'a=b'.partition('=')
assert tail == 'b'


def too_many():
    a, b = 1, 2, 3


def too_few():
    a, b = [1]


def not_iterable():
    a, b = 5


def none():
    a, b = None


assert raises(ValueError, too_many)
assert raises(ValueError, too_few)
assert raises(TypeError, not_iterable)
assert raises(TypeError, none)
try:
    a, b = 'abc'
except ValueError as error:
    assert 'too many values to unpack' in str(error)

data = [0, 0]
data[0], data[1] = 1, 2
assert data == [1, 2]
i, data[i] = 0, 'i'
assert data == ['i', 2]


class Box(object):
    pass


box = Box()
box.a, box.b = 1, [2]
assert (box.a, box.b) == (1, [2])
d = {}
d['x'], d['y'] = 'xy'
assert d == {'x': 'x', 'y': 'y'}
for d['k'] in [1, 2]:
    pass
assert d['k'] == 2
for box.a in 'pq':
    pass
assert box.a == 'q'

pairs = []
for k, v in [('a', 1), ('b', 2)]:
    pairs.append(k + str(v))
assert pairs == ['a1', 'b2']
for i, (k, v) in enumerate([('a', 1)]):
    assert (i, k, v) == (0, 'a', 1)
for (k), v in [(1, 2)]:
    assert k == 1
for k, in [(1,), (2,)]:
    pass
assert k == 2
assert [a + b for a, b in [(1, 2), (3, 4)]] == [3, 7]
assert dict((k, v) for k, v in [('a', 1)]) == {'a': 1}
assert {k: v for k, v in zip('ab', [1, 2])} == {'a': 1, 'b': 2}
assert [x for (x, (y, z)) in [(1, (2, 3))]] == [1]

order = []


def give(tag):
    order.append(tag)
    return {}


give('t1')['a'], give('t2')['b'] = give('v1'), give('v2')
assert order == ['v1', 'v2', 't1', 't2']
a, a = 1, 2
assert a == 2
a, b = b, a = 3, 4
assert (a, b) == (4, 3)
