"""list: methods, construction, aliasing and copies."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert list() == []
assert list('ab') == ['a', 'b']
assert list((1, 2)) == [1, 2]
assert list({'k': 1}) == ['k']
assert list(range(3)) == [0, 1, 2]
assert list(x for x in [1]) == [1]
assert raises(TypeError, list, 1)
assert raises(TypeError, list, None)

items = [3, 1]
assert items.append(2) is None
assert items == [3, 1, 2]
assert items.extend([5, 4]) is None
assert items == [3, 1, 2, 5, 4]
items.extend('ab')
assert items[-2:] == ['a', 'b']
items.extend(())
assert len(items) == 7
items.extend(x for x in [9])
assert items[-1] == 9
assert raises(TypeError, items.extend, 1)
assert raises(TypeError, items.extend, None)
assert raises(TypeError, items.append)
assert raises(TypeError, items.append, 1, 2)

items = ['a', 'b', 'c']
items.insert(0, 'z')
assert items == ['z', 'a', 'b', 'c']
items.insert(-1, 'y')
assert items == ['z', 'a', 'b', 'y', 'c']
items.insert(100, 'end')
assert items[-1] == 'end'
items.insert(-100, 'start')
assert items[0] == 'start'
assert items.insert(1, 'q') is None

items = [1, 2, 3, 2]
assert items.remove(2) is None
assert items == [1, 3, 2]
assert raises(ValueError, items.remove, 9)
assert items.pop() == 2
assert items == [1, 3]
assert items.pop(0) == 1
assert items.pop(-1) == 3
assert items == []
assert raises(IndexError, items.pop)
assert raises(IndexError, [1].pop, 5)
assert [1, 2, 3].index(2) == 1
assert [1, 2, 1].index(1, 1) == 2
assert raises(ValueError, [1, 2, 1].index, 1, 1, 2)
assert raises(ValueError, [].index, 1)
assert [1, 2, 1].count(1) == 2
assert [].count(1) == 0
assert [1, 1.0, True].count(1) == 3
items = [1, 2, 3]
assert items.reverse() is None
assert items == [3, 2, 1]
assert items.sort() is None
assert items == [1, 2, 3]

assert [1] + [2] == [1, 2]
assert [1] * 3 == [1, 1, 1]
assert 2 * [0, 1] == [0, 1, 0, 1]
assert [1] * 0 == []
assert [1] * -1 == []
assert len([[]] * 3) == 3
assert raises(TypeError, lambda: [1] * 1.5)
assert raises(TypeError, lambda: [1] + None)
assert [1, 2] == [1, 2]
assert not [] == None  # noqa
assert isinstance([], list)
assert type([]) is list

# Aliasing.
a = [1]
b = a
b.append(2)
assert a == [1, 2]
c = a[:]
c.append(3)
assert a == [1, 2]
d = list(a)
d.append(4)
assert a == [1, 2]
e = a + []
assert e is not a
rows = [[]] * 3
rows[0].append(1)
assert rows == [[1], [1], [1]]
rows = [[] for _ in range(3)]
rows[0].append(1)
assert rows == [[1], [], []]
inner = [0]
outer = [inner, inner]
inner[0] = 9
assert outer == [[9], [9]]
shallow = outer[:]
shallow[0][0] = 8
assert outer[0] == [8]
shallow[0] = 'new'
assert outer[0] == [8]
base = ['six']
extras = {'a': base, 'b': base + ['x']}
base.append('y')
assert extras['a'] == ['six', 'y']
assert extras['b'] == ['six', 'x']


def change(values):
    values.append('changed')
    values = ['rebound']
    return values


given = []
assert change(given) == ['rebound']
assert given == ['changed']

a = [1, 2, 3]
a[0], a[2] = a[2], a[0]
assert a == [3, 2, 1]
a[1] = 'x'
assert a == [3, 'x', 1]
a[-1] = 'y'
assert a == [3, 'x', 'y']
assert raises(IndexError, lambda: [][0])
assert raises(IndexError, [1].__setitem__, 1, 0)
assert raises(TypeError, lambda: given['a'])
assert raises(TypeError, lambda: given[None])
assert raises(AttributeError, lambda: [].push)
push = given.append
push(1)
assert given == ['changed', 1]
assert [].__len__() == 0
assert [1].__contains__(1)
assert [1, 2].__getitem__(1) == 2
loop = []
loop.append(loop)
assert loop[0] is loop
assert len(loop) == 1

# Changing a list while a for statement walks it.
walked = [1, 2, 3, 4]
for item in walked:
    if item == 2:
        walked.remove(item)
assert walked == [1, 3, 4]
seen = []
walked = [1, 2]
for item in walked:
    seen.append(item)
    if len(walked) < 5:
        walked.append(item * 10)
assert seen == [1, 2, 10, 20, 100]
for item in walked[:]:
    walked.remove(item)
assert walked == []

if sys.version_info >= (3,):
    items = [1, 2]
    copied = items.copy()
    assert copied == items and copied is not items
    items.clear()
    assert items == []
    assert raises(TypeError, items.sort, lambda x: x)
else:
    assert not hasattr([], 'copy')
    assert not hasattr([], 'clear')
    assert range(3) == [0, 1, 2]
