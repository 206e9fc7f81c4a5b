"""Special methods: containers, comparisons, conversion."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Bag(object):
    def __init__(self, *items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, key):
        return self.items[key]

    def __setitem__(self, key, value):
        self.items[key] = value

    def __delitem__(self, key):
        del self.items[key]

    def __contains__(self, item):
        return item in self.items or item == 'always'

    def __iter__(self):
        return iter(self.items)

    def __repr__(self):
        return 'Bag(%s)' % ', '.join(map(repr, self.items))

    def __str__(self):
        return '|'.join(map(str, self.items))

    def __eq__(self, other):
        return isinstance(other, Bag) and self.items == other.items

    def __ne__(self, other):
        return not self == other

    def __hash__(self):
        return hash(tuple(self.items))

    def __add__(self, other):
        return Bag(*(self.items + list(other)))

    def __radd__(self, other):
        return Bag(*(list(other) + self.items))

    def __mul__(self, n):
        return Bag(*(self.items * n))


b = Bag(1, 2, 3)
assert len(b) == 3
assert b[0] == 1
assert b[-1] == 3
assert b[1:] == [2, 3]
b[0] = 9
assert b.items == [9, 2, 3]
del b[0]
assert b.items == [2, 3]
assert raises(IndexError, lambda: b[10])
assert 2 in b
assert 7 not in b
assert 'always' in b
assert list(b) == [2, 3]
assert [x for x in b] == [2, 3]
assert sorted(b, reverse=True) == [3, 2]
assert repr(b) == 'Bag(2, 3)'
assert str(b) == '2|3'
assert '%s' % b == '2|3'
assert '%r' % b == 'Bag(2, 3)'
assert '{0} {0!r}'.format(b) == '2|3 Bag(2, 3)'
assert str([b]) == '[Bag(2, 3)]'
assert b == Bag(2, 3)
assert b != Bag(2)
assert not b != Bag(2, 3)
assert b != [2, 3]
assert (b + [4]).items == [2, 3, 4]
assert ((0, 1) + b).items == [0, 1, 2, 3]
assert (b * 2).items == [2, 3, 2, 3]
assert raises(TypeError, lambda: 2 * b)
b += [5]
assert b.items == [2, 3, 5]
assert bool(Bag()) is False
assert bool(Bag(0)) is True
x, y, z = b
assert (x, y, z) == (2, 3, 5)
assert max(b) == 5
assert tuple(b) == (2, 3, 5)
assert (lambda *a: a)(*b) == (2, 3, 5)
assert list(enumerate(Bag('q'))) == [(0, 'q')]
assert list(reversed(Bag(1, 2))) == [2, 1]


class Version(object):
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split('.'))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __le__(self, other):
        return self.parts <= other.parts

    def __gt__(self, other):
        return self.parts > other.parts

    def __ge__(self, other):
        return self.parts >= other.parts

    def __str__(self):
        return '.'.join(map(str, self.parts))


assert Version('1.10') > Version('1.9')
assert Version('1.0') <= Version('1.0')
assert Version('1.0') == Version('1.0')
assert max([Version('1.2'), Version('1.10')]).parts == (1, 10)
assert [str(v) for v in sorted([Version('2.0'), Version('1.5')])] == ['1.5', '2.0']


class NoLength(object):
    pass


assert raises(TypeError, len, NoLength())
assert raises(TypeError, iter, NoLength())
assert raises(TypeError, lambda: NoLength()[0])
assert raises(TypeError, lambda: NoLength() + 1)
assert raises(TypeError, lambda: 1 in NoLength())
assert raises(TypeError, int, NoLength())


class BadLength(object):
    def __len__(self):
        return -1


assert raises(ValueError, len, BadLength())


class OnInstance(object):
    pass


odd = OnInstance()
odd.__len__ = lambda: 5
assert raises(TypeError, len, odd)
assert odd.__len__() == 5


class BadStr(object):
    def __str__(self):
        return 5


assert raises(TypeError, str, BadStr())


# Making an instance asks the class for `__init__`, not the instance's `__getattribute__`.
class Proxied(object):
    def __init__(self, target):
        object.__setattr__(self, 'target', target)

    def __getattribute__(self, name):
        return getattr(object.__getattribute__(self, 'target'), name)


assert Proxied('abc').upper() == 'ABC'
assert hasattr(int, '__add__') and hasattr(list, '__getitem__')
