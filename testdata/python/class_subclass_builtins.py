"""Subclasses of str, int, dict, list, tuple, set, and of builtin-like types."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Version(str):
    def bump(self):
        major, minor = self.split('.')
        return Version('%s.%d' % (major, int(minor) + 1))

    @property
    def major(self):
        return self.split('.')[0]


v = Version('1.2')
assert v == '1.2'
assert v.bump() == '1.3'
assert isinstance(v.bump(), Version)
assert v.major == '1'
assert isinstance(v, str)
assert type(v) is Version
assert type(v + '') is str
assert type(v.upper()) is str
assert type(v[:]) is str
assert len(v) == 3
assert 'v' + v == 'v1.2'
assert '%s' % v == '1.2'
assert {v: 1}['1.2'] == 1
assert v.startswith('1')
assert ','.join([v, v]) == '1.2,1.2'
v.attribute = 'x'
assert v.attribute == 'x'
assert type(str(v)) is str
assert repr(v) == "'1.2'"
assert v in ['1.2']


class Quoted(str):
    def __new__(cls, text):
        self = str.__new__(cls, '"' + text + '"')
        self.raw = text
        return self

    def __str__(self):
        return 'str:' + self.raw


q = Quoted('a')
assert q == '"a"'
assert q.raw == 'a'
assert str(q) == 'str:a'
assert '%s' % q == 'str:a'
assert q + '' == '"a"'


class Count(int):
    def next(self):
        return Count(self + 1)


assert Count(3) + 1 == 4
assert type(Count(3) + 1) is int
assert Count(3).next() == 4
assert isinstance(Count('7'), int)
assert Count('7') == 7
assert [10, 20][Count(1)] == 20
assert '%d' % Count(5) == '5'


class Defaults(dict):
    def __missing__(self, key):
        return 'missing ' + key


d = Defaults(a=1)
assert d['a'] == 1
assert d['b'] == 'missing b'
assert 'b' not in d
assert d.get('b') is None
assert len(d) == 1
assert d == {'a': 1}
assert isinstance(d, dict)
assert dict(d) == {'a': 1}


class AttrDict(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def __setattr__(self, name, value):
        self[name] = value


a = AttrDict(x=1)
assert a.x == 1
a.y = 2
assert a['y'] == 2
assert a == {'x': 1, 'y': 2}
assert raises(AttributeError, lambda: a.zzz)
assert (lambda **kw: sorted(kw))(**a) == ['x', 'y']


class Upper(dict):
    def __setitem__(self, key, value):
        super(Upper, self).__setitem__(key.upper(), value)

    def __getitem__(self, key):
        return super(Upper, self).__getitem__(key.upper())


u = Upper()
u['k'] = 1
assert u['k'] == 1
assert u == {'K': 1}
assert list(u) == ['K']
u.update(z=2)
assert 'z' in u
assert Upper(q=1) == {'q': 1}
assert u.get('k') is None


class Items(list):
    def __init__(self, *args):
        list.__init__(self, args)
        self.note = 'n'

    def first(self):
        return self[0]

    def append(self, item):
        list.append(self, item * 2)


i = Items(1, 2)
assert i == [1, 2]
assert i.first() == 1
i.append(3)
assert i == [1, 2, 6]
assert i.note == 'n'
i.extend([5])
assert i[-1] == 5
assert type(i + []) is list
assert type(i[:]) is list
assert isinstance(i, list)
assert sorted(i) == [1, 2, 5, 6]
assert len(i) == 4
assert [0] + i == [0, 1, 2, 6, 5]
assert i is not None and i != Items()
assert bool(Items()) is False


class Pair(tuple):
    def __new__(cls, a, b):
        return tuple.__new__(cls, (a, b))

    @property
    def left(self):
        return self[0]


p = Pair(1, 2)
assert p == (1, 2)
assert p.left == 1
x, y = p
assert (x, y) == (1, 2)
assert '%s-%s' % p == '1-2'
assert type(p + ()) is tuple


class Names(set):
    pass


names = Names(['a', 'a'])
assert names == {'a'}
assert len(names) == 1
assert isinstance(names | {'b'}, set)
assert raises(TypeError, lambda: type('B', (bool,), {}))


class FloatSub(float):
    def __repr__(self):
        return 'F'


assert FloatSub('1.5') == 1.5
assert repr(FloatSub(2)) == 'F'
assert repr([FloatSub(2)]) == '[F]'
assert FloatSub(2) * 2 == 4.0


class Lazy(object):
    """The shape of a list that is filled when first read."""

    def __init__(self, function):
        self.function = function
        self._items = None

    def items(self):
        if self._items is None:
            self._items = self.function()
        return self._items

    def __iter__(self):
        return iter(self.items())

    def __len__(self):
        return len(self.items())


calls = []
lazy = Lazy(lambda: calls.append(1) or ['a'])
assert calls == []
assert list(lazy) == ['a']
assert len(lazy) == 1
assert calls == [1]
