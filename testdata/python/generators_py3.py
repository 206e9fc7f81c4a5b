"""Python 3 generators: yield from, return values, StopIteration inside."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def inner():
    got = yield 1
    yield got
    return 'result'


def outer():
    value = yield from inner()
    yield value


assert list(outer()) == [1, None, 'result']
g = outer()
assert next(g) == 1
assert g.send('sent') == 'sent'
assert next(g) == 'result'


def chain(*sources):
    for source in sources:
        yield from source


assert list(chain([1], 'ab', (2,), range(2))) == [1, 'a', 'b', 2, 0, 1]


def returning():
    return 5
    yield


try:
    next(returning())
except StopIteration as stop:
    assert stop.value == 5
    assert stop.args == (5,)
else:
    assert False


def nested():
    x = yield from returning()
    return x + 1


def collect(generator, out):
    out.append((yield from generator))


out = []
assert list(collect(nested(), out)) == []
assert out == [6]


def flatten(tree):
    for item in tree:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


assert list(flatten([1, (2, [3]), []])) == [1, 2, 3]


def guarded():
    try:
        yield from inner()
    except KeyError:
        yield 'caught'


g = guarded()
next(g)
assert g.throw(KeyError()) == 'caught'
assert raises(TypeError, list, collect(5, []))


def defaults():
    x = yield from ()
    yield x


assert list(defaults()) == [None]
assert list((lambda: (yield from [1, 2]))()) == [1, 2]


def stops():
    yield 1
    next(iter([]))


import sys
if sys.version_info >= (3, 7):
    assert raises(RuntimeError, list, stops())
    assert raises(RuntimeError, lambda: list(next(iter([])) for _ in range(1)))
