"""tuple: construction, indexing, methods, immutability."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert tuple() == ()
assert tuple('ab') == ('a', 'b')
assert tuple([1, 2]) == (1, 2)
assert tuple({'k': 1}) == ('k',)
assert (1,) == tuple([1])
assert (1) == 1
assert type((1)) is int
assert type((1,)) is tuple
assert type(()) is tuple
t = 1, 2, 3
assert t == (1, 2, 3)
t = 1,
assert t == (1,)
t = (1, 2, 3)
assert t[0] == 1
assert t[-1] == 3
assert t[1:] == (2, 3)
assert t[::-1] == (3, 2, 1)
assert t[5:] == ()
assert len(t) == 3
assert 2 in t
assert t.index(3) == 2
assert t.count(1) == 1
assert raises(ValueError, t.index, 9)
assert raises(IndexError, lambda: t[3])
assert raises(TypeError, lambda: t['a'])
assert t + (4,) == (1, 2, 3, 4)
assert t * 2 == (1, 2, 3, 1, 2, 3)
assert () + () == ()
assert raises(TypeError, lambda: t + [4])
assert raises(TypeError, lambda: t + 4)


def assign():
    t[0] = 9


def delete():
    del t[0]


assert raises(TypeError, assign)
assert raises(TypeError, delete)
assert raises(AttributeError, lambda: t.append)
assert {(1, 2): 'a'}[1, 2] == 'a'
assert raises(TypeError, hash, ([],))
nested = ([],)
nested[0].append(1)
assert nested == ([1],)
assert tuple(t) is t
assert tuple(sorted((3, 1))) == (1, 3)
assert list(t) == [1, 2, 3]
assert str((1, 'a')) == "(1, 'a')"
assert str(('a',)) == "('a',)"
assert (1, 2) == (1.0, 2.0)
assert () < (1,) < (1, 0) < (2,)
assert max((1, 2), (1, 1)) == (1, 2)
assert bool(()) is False
assert bool((0,)) is True
assert isinstance((), tuple)
assert tuple(x for x in range(2)) == (0, 1)
assert sum((1, 2)) == 3
assert '.'.join(map(str, (1, 2))) == '1.2'
assert '%d.%d' % (1, 2) == '1.2'
assert '%s' % (t,) == '(1, 2, 3)'
a, b = (1, 2)
assert (b, a) == (2, 1)
assert (lambda: (1, 2))() == (1, 2)
assert [(1, 2), (3, 4)][1][0] == 3
assert dict(((1, 2), (3, 4))) == {1: 2, 3: 4}
assert tuple(zip((1, 2), 'ab')) == ((1, 'a'), (2, 'b'))
assert tuple(map(str, (1,))) == ('1',)
assert ((1, 2), (3,)) == ((1, 2), (3,))
u = t
u += (4,)
assert t == (1, 2, 3)
assert u == (1, 2, 3, 4)
u *= 0
assert u == ()
