"""bool: truth of values, arithmetic, short circuits, ternaries."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert bool() is False
assert bool(0) is False
assert bool(0.0) is False
assert bool(-0.0) is False
assert bool('') is False
assert bool([]) is False
assert bool(()) is False
assert bool({}) is False
assert bool(set()) is False
assert bool(None) is False
assert bool(range(0)) is False
assert bool(frozenset()) is False
assert bool(1) is True
assert bool(-1) is True
assert bool(0.1) is True
assert bool(' ') is True
assert bool([0]) is True
assert bool((None,)) is True
assert bool({0: 0}) is True
assert bool(object()) is True
assert bool(int) is True
assert bool(lambda: 0) is True
assert bool(float('nan')) is True
assert bool(Ellipsis) is True

assert True + True == 2
assert type(True + True) is int
assert True == 1
assert False == 0
assert isinstance(True, int)
assert issubclass(bool, int)
assert type(True) is bool
assert not isinstance(1, bool)
assert True * 3 == 3
assert -True == -1
assert True & False is False
assert True | False is True
assert True ^ True is False
assert type(True & 1) is int
assert sum([True, False, True]) == 2
assert ['a', 'b'][True] == 'b'
assert {1: 'a'}[True] == 'a'
assert {True: 'a', 1: 'b'} == {True: 'b'}
assert len(set([True, 1, 1.0])) == 1
assert str(True) == 'True'
assert repr(False) == 'False'
assert int(True) == 1
assert float(True) == 1.0
assert 'ab' * True == 'ab'
assert True < 2
assert sorted([True, False]) == [False, True]
assert max(True, 0) is True
assert raises(TypeError, bool, 1, 2)
assert hash(True) == hash(1)

assert (1 and 2) == 2
assert (0 and 2) == 0
assert ('' and 1) == ''
assert (1 or 2) == 1
assert (0 or 2) == 2
assert (0 or '') == ''
assert ([] or None) is None
assert (None or []) == []
assert (None and 1) is None
assert (1 and 2 and 3) == 3
assert (1 and 0 and 3) == 0
assert (0 or [] or 'x') == 'x'
assert (1 and 0 or 2) == 2
assert (0 or 1 and 2) == 2
assert (not 1) is False
assert (not '') is True
assert (not not 'a') is True
assert (not 1 == 2) is True
assert (not True or True) is True
assert ('a' and 'b' or 'c') == 'b'
assert ('' and 'b' or 'c') == 'c'

calls = []


def note(value):
    calls.append(value)
    return value


note(0) and note(1)
assert calls == [0]
del calls[:]
note(1) or note(2)
assert calls == [1]
del calls[:]
assert (note(1) and note(2)) == 2
assert calls == [1, 2]
del calls[:]
assert (note(3) if note(0) else note(4)) == 4
assert calls == [0, 4]

assert ('a' if True else 'b') == 'a'
assert ('a' if [] else 'b') == 'b'
assert ('a' if 0 else 'b' if 0 else 'c') == 'c'
assert ('a' if 0 else 'b' if 1 else 'c') == 'b'
assert (1 if True else 0) + 1 == 2
assert [1] + ([2] if 1 > 2 else []) == [1]
assert (lambda x: 'y' if x else 'n')(0) == 'n'
assert (1, 2 if False else 3) == (1, 3)
result = 1 / 0 if False else 'safe'
assert result == 'safe'


class Empty(object):
    def __len__(self):
        return 0


class Sized(object):
    def __len__(self):
        return 2


class Truth(object):
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value
    __nonzero__ = __bool__

    def __len__(self):
        return 0


assert not Empty()
assert Sized()
assert Truth(True)
assert not Truth(False)
assert raises(TypeError, bool, Truth('x'))
assert (Empty() or 'other') == 'other'
if Empty():
    assert False
if not Sized():
    assert False
