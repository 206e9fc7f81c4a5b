"""list: slicing, slice assignment, deletion, extended slices, slice objects."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


n = list(range(10))
assert n[2:5] == [2, 3, 4]
assert n[:3] == [0, 1, 2]
assert n[7:] == [7, 8, 9]
assert n[:] == n
assert n[:] is not n
assert n[-3:] == [7, 8, 9]
assert n[:-7] == [0, 1, 2]
assert n[-3:-1] == [7, 8]
assert n[5:2] == []
assert n[100:] == []
assert n[-100:2] == [0, 1]
assert n[:100] == n
assert n[::3] == [0, 3, 6, 9]
assert n[1::3] == [1, 4, 7]
assert n[::-1] == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
assert n[5:2:-1] == [5, 4, 3]
assert n[::-4] == [9, 5, 1]
assert n[2:5:-1] == []
assert n[-1:-4:-1] == [9, 8, 7]
assert n[100::-5] == [9, 4]
assert n[:4:-2] == [9, 7, 5]
assert n[None:3] == [0, 1, 2]
assert n[True:3] == [1, 2]
assert raises(ValueError, lambda: n[::0])
assert raises(TypeError, lambda: n['a':])
assert raises(TypeError, lambda: n[1.0:])

a = [0, 1, 2, 3]
a[1:3] = ['x']
assert a == [0, 'x', 3]
a[1:1] = [7, 8]
assert a == [0, 7, 8, 'x', 3]
a[:0] = ['first']
assert a[0] == 'first'
a[len(a):] = ['last']
assert a[-1] == 'last'
a[:] = []
assert a == []
a[:] = 'abc'
assert a == ['a', 'b', 'c']
a[1:] = (1, 2, 3)
assert a == ['a', 1, 2, 3]
a[5:9] = ['z']
assert a == ['a', 1, 2, 3, 'z']
a[2:0] = ['in']
assert a == ['a', 1, 'in', 2, 3, 'z']
a = [0, 1, 2, 3, 4, 5]
a[::2] = ['a', 'b', 'c']
assert a == ['a', 1, 'b', 3, 'c', 5]
a[::-3] = ['x', 'y']
assert a == ['a', 1, 'y', 3, 'c', 'x']
assert raises(ValueError, a.__setitem__, slice(None, None, 2), [1])
assert raises(TypeError, a.__setitem__, slice(0, 1), 5)
alias = a
a[:] = [1, 2]
assert alias == [1, 2]
a[:] = a + a
assert a == [1, 2, 1, 2]
a[1:3] = a
assert a == [1, 1, 2, 1, 2, 2]
a = [1, 2, 3]
a[1:2] = [x * 2 for x in a]
assert a == [1, 2, 4, 6, 3]
a = [1, 2, 3]
a[0:2] += [9]
assert a == [1, 2, 9, 3]

d = [0, 1, 2, 3, 4, 5]
del d[0]
assert d == [1, 2, 3, 4, 5]
del d[-1]
assert d == [1, 2, 3, 4]
del d[1:3]
assert d == [1, 4]
del d[:]
assert d == []
d = list(range(6))
del d[::2]
assert d == [1, 3, 5]
d = list(range(6))
del d[::-2]
assert d == [0, 2, 4]
d = list(range(6))
del d[4:1:-1]
assert d == [0, 1, 5]
d = [1, 2, 3]
del d[0], d[0]
assert d == [3]
del d[5:]
assert d == [3]
assert raises(IndexError, d.__delitem__, 4)

s = slice(1, 5, 2)
assert (s.start, s.stop, s.step) == (1, 5, 2)
assert n[s] == [1, 3]
assert slice(3).start is None
assert slice(3).stop == 3
assert slice(None, None, -1).step == -1
assert slice(1, 2) == slice(1, 2)
assert slice(None, -1).indices(5) == (0, 4, 1)
assert slice(-3, None).indices(10) == (7, 10, 1)
assert (1, 2, 3)[slice(1, None)] == (2, 3)


class Recorder(object):
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        self.last = key, value

    def __delitem__(self, key):
        self.deleted = key


r = Recorder()
assert r[1] == 1
assert r['a', 2] == ('a', 2)
assert r[1:2:3] == slice(1, 2, 3)
assert r[::2] == slice(None, None, 2)
assert r[...] is Ellipsis
assert r[1:2, 3] == (slice(1, 2), 3)
assert r[()] == ()
assert r[1,] == (1,)
r['k'] = 5
assert r.last == ('k', 5)
r[1:2:3] = 'v'
assert r.last == (slice(1, 2, 3), 'v')
del r['x']
assert r.deleted == 'x'

argv = ['setup.py', '--flag', 'install']
argv[1:] = [x for x in argv[1:] if x != '--flag']
assert argv == ['setup.py', 'install']
version = (1, 2, 3, 'final', 0)
assert '.'.join(str(x) for x in version[:3]) == '1.2.3'
assert version[3:] == ('final', 0)
assert version[-2] == 'final'
