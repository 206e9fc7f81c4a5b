"""zip, enumerate, map, filter, any, all, iter, next, range: lists in 2, iterators in 3."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert list(zip([1, 2], 'ab')) == [(1, 'a'), (2, 'b')]
assert list(zip([1, 2, 3], 'ab')) == [(1, 'a'), (2, 'b')]
assert list(zip([1])) == [(1,)]
assert list(zip()) == []
assert list(zip([], [1])) == []
assert list(zip(*[(1, 'a'), (2, 'b')])) == [(1, 2), ('a', 'b')]
assert list(zip('ab', 'cd', 'ef')) == [('a', 'c', 'e'), ('b', 'd', 'f')]
assert dict(zip(['k'], ['v'])) == {'k': 'v'}
assert raises(TypeError, zip, 1)
assert list(enumerate('ab')) == [(0, 'a'), (1, 'b')]
assert list(enumerate('ab', 1)) == [(1, 'a'), (2, 'b')]
assert list(enumerate('a', start=5)) == [(5, 'a')]
assert list(enumerate([])) == []
assert next(enumerate('x')) == (0, 'x')
assert list(map(str, [1, 2])) == ['1', '2']
assert list(map(lambda x: x * 2, (1, 2))) == [2, 4]
assert list(map(lambda a, b: a + b, [1, 2], [10, 20])) == [11, 22]
assert list(map(int, '123')) == [1, 2, 3]
assert list(map(str.strip, [' a ', 'b '])) == ['a', 'b']
assert list(map(len, [])) == []
assert tuple(map(int, '1.2'.split('.'))) == (1, 2)
assert list(filter(None, [0, 1, '', 'a', None])) == [1, 'a']
assert list(filter(lambda x: x > 1, [1, 2, 3])) == [2, 3]
assert list(filter(str.strip, ['a', ' ', ''])) == ['a']
assert list(filter(bool, [0, 1])) == [1]
assert any([0, 1]) is True
assert any([0, '']) is False
assert any([]) is False
assert all([1, 'a']) is True
assert all([1, 0]) is False
assert all([]) is True
assert any(x > 2 for x in [1, 3])
assert not all(x > 2 for x in [1, 3])
assert raises(TypeError, any, 1)
assert raises(TypeError, all)

seen = []


def check(x):
    seen.append(x)
    return x


assert any(check(x) for x in [0, 1, 2])
assert seen == [0, 1]
del seen[:]
assert not all(check(x) for x in [1, 0, 2])
assert seen == [1, 0]

it = iter([1, 2])
assert next(it) == 1
assert next(it) == 2
assert raises(StopIteration, next, it)
assert next(it, 'end') == 'end'
assert next(iter([]), None) is None
assert iter(it) is it
assert raises(TypeError, iter, 5)
assert raises(TypeError, next, [1])
values = iter([1, 2, 0, 3])
assert list(iter(lambda: next(values), 0)) == [1, 2]
assert next(values) == 3
assert list(iter('ab')) == ['a', 'b']
it = iter('abc')
assert next(it) == 'a'
assert list(it) == ['b', 'c']
assert list(it) == []
it = iter([1, 2, 3, 4])
assert list(zip(it, it)) == [(1, 2), (3, 4)]
it = iter([1, 2, 3])
assert 2 in it
assert list(it) == [3]
source = [1]
it = iter(source)
source.append(2)
assert list(it) == [1, 2]

assert list(range(3)) == [0, 1, 2]
assert list(range(1, 3)) == [1, 2]
assert list(range(0, 10, 4)) == [0, 4, 8]
assert list(range(3, 0, -1)) == [3, 2, 1]
assert list(range(0)) == []
assert list(range(3, 1)) == []
assert list(range(-2, 1)) == [-2, -1, 0]
assert len(range(10)) == 10
assert 3 in range(5)
assert 5 not in range(5)
assert range(5)[2] == 2
assert range(5)[-1] == 4
assert sum(range(101)) == 5050
assert raises(ValueError, range, 1, 2, 0)
assert raises(TypeError, range, 1.5)
assert raises(TypeError, range, 'a')
assert raises(TypeError, range)


class Counter(object):
    def __init__(self, stop):
        self.value, self.stop = 0, stop

    def __iter__(self):
        return self

    def __next__(self):
        if self.value >= self.stop:
            raise StopIteration
        self.value += 1
        return self.value
    next = __next__


assert list(Counter(3)) == [1, 2, 3]
assert sum(Counter(3)) == 6
assert [x for x in Counter(2)] == [1, 2]
a, b = Counter(2)
assert (a, b) == (1, 2)
assert max(Counter(4)) == 4
assert 2 in Counter(3)
assert ','.join(map(str, Counter(2))) == '1,2'


class Old(object):
    def __getitem__(self, index):
        if index > 2:
            raise IndexError
        return index


assert list(Old()) == [0, 1, 2]
assert 2 in Old()

if sys.version_info >= (3,):
    assert not isinstance(map(str, []), list)
    assert not isinstance(zip([]), list)
    assert not isinstance(filter(None, []), list)
    assert not isinstance(range(3), list)
    assert raises(TypeError, lambda: map(str, [1])[0])
    assert raises(TypeError, lambda: len(map(str, [1])))
    assert raises(TypeError, lambda: map(str, [1]) + ['a'])
    assert raises(TypeError, lambda: range(2) + [3])
    assert raises(AttributeError, lambda: range(3).append)
    m = map(str, [1, 2])
    assert list(m) == ['1', '2']
    assert list(m) == []
    assert next(map(str, [7])) == '7'
    z = zip('ab', 'cd')
    assert next(z) == ('a', 'c')
    assert list(z) == [('b', 'd')]
    f = filter(None, [0, 1])
    assert list(f) == [1] and list(f) == []
    assert bool(filter(None, [])) is True
    assert list(map(lambda a, b: (a, b), [1, 2], [3])) == [(1, 3)]
    lazy = []
    pending = map(lazy.append, [1, 2])
    assert lazy == []
    assert list(pending) == [None, None]
    assert lazy == [1, 2]
    assert range(3) == range(0, 3)
    assert range(3) != [0, 1, 2]
    assert range(10)[2:5] == range(2, 5)
    assert range(10)[::-1] == range(9, -1, -1)
    assert range(0, 10, 3).index(6) == 2
    assert range(5).count(2) == 1
    assert range(1, 9, 2).step == 2
    assert list(reversed(range(3))) == [2, 1, 0]
    assert list(filter(None, 'ab')) == ['a', 'b']
else:
    assert map(str, [1]) == ['1']
    assert map(None, [1, 2]) == [1, 2]
    assert map(None, [1, 2], [3]) == [(1, 3), (2, None)]
    assert map(lambda a, b: (a, b), [1, 2], [3]) == [(1, 3), (2, None)]
    assert zip('a', 'b') == [('a', 'b')]
    assert filter(None, [0, 1]) == [1]
    assert filter(None, (0, 1)) == (1,)
    assert filter(lambda c: c != 'a', 'abc') == 'bc'
    assert filter(str.isdigit, '1a2') == '12'
    assert range(3) == [0, 1, 2]
    assert range(2) + [9] == [0, 1, 9]
    assert len(xrange(3)) == 3
    assert list(xrange(1, 4)) == [1, 2, 3]
    assert xrange(5)[2] == 2
    assert not isinstance(xrange(1), list)
    assert reduce(lambda a, b: a + b, [1, 2, 3]) == 6
    assert iter([5]).next() == 5
    assert apply(max, (1, 2)) == 2
