"""Comparisons: chains, identity, membership, tuples and lists, mixed types."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 1 < 2 < 3
assert not 1 < 3 < 2
assert 1 < 3 > 2
assert 1 == 1 == 1
assert not 1 == 1 == 2
assert (1 == 1 != 2) is True
assert 1 <= 1 < 2 >= 2
assert (3 > 2 > 1) is True
assert (3 > 2) > 0
assert ((1 < 2) == True) is True  # noqa
assert (1 < 2 == True) is False  # noqa
assert (1 in [1] == True) is False  # noqa
assert 'a' in 'abc' in ['abc']
assert not (0 == False == None)  # noqa
x = 5
assert 0 < x <= 5
assert (2, 6) <= (2, 7) < (3, 0)

calls = []


def value(number):
    calls.append(number)
    return number


assert value(1) < value(2) < value(3)
assert calls == [1, 2, 3]
del calls[:]
assert not value(2) < value(1) < value(3)
assert calls == [2, 1]

a = []
b = []
c = a
assert a is c
assert a is not b
assert a == b
assert not a is b  # noqa
assert None is None
assert (None == None) is True  # noqa
assert not (None == 0)
assert not (None == '')
assert not (None == False)  # noqa
assert () == ()
assert [] != ()
assert [1, 2] == [1, 2]
assert [1, 2] != [2, 1]
assert (1, 2) != [1, 2]
assert {1, 2} == {2, 1}
assert {'a': 1, 'b': 2} == {'b': 2, 'a': 1}
assert {'a': 1} != {'a': 2}
assert {'a': 1} != {'a': 1, 'b': 2}
assert 1 == 1.0 == True  # noqa
assert not ('1' == 1)
assert '1' != 1
assert [1, [2]] == [1, [2]]
assert (1, 'a') == (1, 'a')

assert (1, 2) < (1, 3)
assert (1, 2) < (1, 2, 0)
assert (1, 2) < (2,)
assert () < (0,)
assert [1, 2] < [1, 3]
assert [2] > [1, 9, 9]
assert ('a', 2) < ('b', 1)
assert not (1, 2) < (1, 2)
assert (1, 2) <= (1, 2)
assert (3,) > (2, 7, 18)
assert (3, 0) > (2, 99)
assert not (3,) >= (3, 0)
assert (3, 6) >= (3,)
assert (1, 'x') > (0, 5)
assert ((1, 2), 3) < ((1, 3), 0)

assert 1 in [1, 2]
assert 3 not in [1, 2]
assert 1.0 in [1]
assert 'a' in ('a', 'b')
assert 'k' in {'k': 1}
assert 1 not in {'k': 1}
assert None in [None]
assert 2 in (x for x in [1, 2])
assert [] in [[]]
assert not 'a' in ['ab']  # noqa
assert ('a' in ['a']) is True
assert raises(TypeError, lambda: 1 in 5)
assert raises(TypeError, lambda: [] in {})
assert raises(TypeError, lambda: [] in set())


class Always(object):
    def __eq__(self, other):
        return True

    __hash__ = None


class Never(object):
    def __eq__(self, other):
        return False


class Ordered(object):
    def __init__(self, rank):
        self.rank = rank

    def __lt__(self, other):
        return self.rank < other.rank


assert Always() == 1
assert 1 == Always()
assert Always() in [1]
assert 5 in [Always()]
never = Never()
assert not never == never
assert never in [never]
assert [never] == [never]
assert Ordered(1) < Ordered(2)
assert Ordered(2) > Ordered(1)
assert not Ordered(2) < Ordered(1)
assert [o.rank for o in sorted([Ordered(2), Ordered(1)])] == [1, 2]
assert max(Ordered(1), Ordered(3)).rank == 3
assert raises(TypeError, hash, Always())
assert object() != object()
plain = object()
assert plain == plain

if sys.version_info >= (3,):
    assert not (Always() != 1)
    assert raises(TypeError, lambda: 1 < 'a')
    assert raises(TypeError, lambda: None < 1)
    assert raises(TypeError, lambda: [1] < (1,))
    assert raises(TypeError, lambda: {} < {})
    assert raises(TypeError, lambda: (1, 'a') < (1, 2))
    assert raises(TypeError, sorted, [1, 'a'])
    assert raises(TypeError, sorted, [None, 1])
    assert raises(TypeError, lambda: object() < object())
    assert raises(TypeError, lambda: '2.7' > 2.6)
    assert (1, 'a') < (2, 3)
    assert not (1 == 'a')
    assert raises(TypeError, lambda: max('a', 1))
else:
    assert 1 < 'a'
    assert None < 0
    assert None < ''
    assert [1] < (1,)
    assert {} < []
    assert [] < 'a'
    assert 'a' < ()
    assert 10 ** 100 < 'a'
    assert sorted([1, 'a', None, 2.5]) == [None, 1, 2.5, 'a']
    assert (1, 'a') > (1, 2)
    assert Always() != 1
    assert '2.7' > 2.6
    assert eval('1 <> 2')
    assert not eval('1 <> 1')
    assert cmp(1, 'a') == -1
