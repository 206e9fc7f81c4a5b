"""`long` of Python 2: literals, results, its type, its text."""

def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False

assert type(2 ** 70) is long
assert type(1L) is long
assert type(1) is int
assert type(long(5)) is long
assert type(int(5L)) is int
assert type(int(2 ** 70)) is long
assert isinstance(2 ** 70, long)
assert not isinstance(2 ** 70, int)
assert not isinstance(5, long)
assert isinstance(5L, (int, long))
assert isinstance(True, int) and not isinstance(True, long)
assert long.__name__ == 'long'
assert repr(long) == "<type 'long'>"
assert repr([1L, -3L, 0xFFL, 0777L]) == '[1L, -3L, 255L, 511L]'
assert repr(2 ** 70) == '1180591620717411303424L'
assert str(2 ** 70) == '1180591620717411303424'
assert str(5L) == '5'
assert '%d %s %r' % (5L, 5L, 5L) == '5 5 5L'
assert '{0} {0!r}'.format(5L) == '5 5L'
assert 5L == 5
assert {5L: 'a'}[5] == 'a'
assert 5L in (5, 6)
assert hash(5L) == hash(5)
assert repr(5L + 1) == '6L'
assert repr(5 + 1L) == '6L'
assert repr(7L / 2) == '3L'
assert repr(7L // 2) == '3L'
assert repr(7 % 4L) == '3L'
assert repr(2L ** 3) == '8L'
assert repr(-(3L)) == '-3L'
assert repr(~3L) == '-4L'
assert repr(+3L) == '3L'
assert repr(3L & 1) == '1L'
assert repr((2 ** 70) // (2 ** 68)) == '4L'
assert repr(9223372036854775807 + 1 - 1) == '9223372036854775807L'
assert repr(abs(-3L)) == '3L'
assert repr(pow(2L, 3, 5)) == '3L'
assert type(5L * 1.0) is float
assert 'ab' * 2L == 'abab'
assert [0] * 2L == [0, 0]
assert [1, 2, 3][1L] == 2
assert 'abc'[:2L] == 'ab'
assert range(3L) == [0, 1, 2]
assert not 0L
assert bool(1L)
assert hex(255L) == '0xffL'
assert oct(8L) == '010L'
assert long('12') == 12L
assert long('ff', 16) == 255
assert repr(long(3.7)) == '3L'
assert sorted([3L, 1, 2L]) == [1, 2, 3]
assert max(3L, 2) == 3
assert sum([1L, 2]) == 3
import sys
assert isinstance(sys.maxint + 1, long)
assert isinstance(sys.maxint, int)
assert raises(ValueError, long, 'x')
assert raises(ValueError, lambda: (-8) ** (1.0 / 3))
assert raises(ZeroDivisionError, lambda: 0.0 ** -1)
