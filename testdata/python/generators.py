"""Generator functions and generator expressions."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def count(stop):
    n = 0
    while n < stop:
        yield n
        n += 1


assert list(count(3)) == [0, 1, 2]
assert sum(count(4)) == 6
assert [x for x in count(2)] == [0, 1]
assert tuple(count(0)) == ()
g = count(3)
assert next(g) == 0
assert list(g) == [1, 2]
assert list(g) == []
assert raises(StopIteration, next, g)
assert next(g, 'done') == 'done'
assert iter(g) is g
assert count(1) is not count(1)
g = count(5)
for x in g:
    if x == 2:
        break
assert list(g) == [3, 4]
assert 3 in count(5)
assert ','.join(map(str, count(3))) == '0,1,2'
assert list(zip(count(2), 'ab')) == [(0, 'a'), (1, 'b')]
a, b = count(2)
assert (a, b) == (0, 1)
assert dict((k, k) for k in count(2)) == {0: 0, 1: 1}
assert max(count(4)) == 3
assert raises(TypeError, len, count(1))
assert raises(TypeError, lambda: count(1)[0])
assert bool(count(0)) is True

log = []


def lazy():
    log.append('start')
    yield 1
    log.append('middle')
    yield 2
    log.append('end')


g = lazy()
assert log == []
assert next(g) == 1
assert log == ['start']
assert next(g) == 2
assert log == ['start', 'middle']
assert raises(StopIteration, next, g)
assert log == ['start', 'middle', 'end']


def early(flag):
    yield 1
    if flag:
        return
    yield 2


assert list(early(True)) == [1]
assert list(early(False)) == [1, 2]


def failing():
    yield 1
    raise ValueError('in generator')


g = failing()
assert next(g) == 1
assert raises(ValueError, next, g)
assert raises(StopIteration, next, g)


def cleanup():
    try:
        yield 1
        yield 2
    finally:
        log.append('cleanup')


del log[:]
g = cleanup()
next(g)
g.close()
assert log == ['cleanup']
assert raises(StopIteration, next, g)


def echo():
    received = []
    while True:
        value = yield len(received)
        if value is None:
            return
        received.append(value)


g = echo()
assert next(g) == 0
assert g.send('a') == 1
assert g.send('b') == 2
assert raises(StopIteration, next, g)
assert raises(TypeError, echo().send, 'too early')


def catcher():
    while True:
        try:
            yield 'ok'
        except KeyError:
            yield 'caught'


g = catcher()
assert next(g) == 'ok'
assert g.throw(KeyError('x')) == 'caught'
assert next(g) == 'ok'
assert raises(IndexError, g.throw, IndexError('y'))


def empty():
    return
    yield


assert list(empty()) == []


def walk(tree):
    for item in tree:
        if isinstance(item, list):
            for sub in walk(item):
                yield sub
        else:
            yield item


assert list(walk([1, [2, [3, []]], 4])) == [1, 2, 3, 4]


def infinite():
    n = 0
    while True:
        yield n
        n += 1


def take(n, source):
    return [value for _, value in zip(range(n), source)]


assert take(3, infinite()) == [0, 1, 2]
g = infinite()
assert next(g) + next(g) + next(g) == 3


class Tree(object):
    def __init__(self, *children):
        self.children = children

    def __iter__(self):
        for child in self.children:
            yield child


assert list(Tree(1, 2)) == [1, 2]
tree = Tree(1)
assert list(tree) == list(tree)

e = (x * 2 for x in [1, 2, 3])
assert next(e) == 2
assert list(e) == [4, 6]
assert list(e) == []
assert list(x for x in [1] if x > 1) == []
assert next((p for p in ['a', 'b'] if p == 'b'), None) == 'b'
assert next((p for p in ['a'] if p == 'z'), None) is None
assert raises(StopIteration, lambda: next(x for x in []))
assert type(e).__name__ == 'generator'
assert sorted(x for x in 'ba') == ['a', 'b']
nested = ((x, y) for x in range(2) for y in range(2))
assert list(nested) == [(0, 0), (0, 1), (1, 0), (1, 1)]


def assigned():
    x = yield
    yield x


g = assigned()
assert next(g) is None
assert g.send(5) == 5
lam = lambda: (yield 7)  # noqa: E731
assert list(lam()) == [7]

if sys.version_info < (3,):
    assert count(1).next() == 0
else:
    assert count(1).__next__() == 0
    assert not hasattr(count(1), 'next')
