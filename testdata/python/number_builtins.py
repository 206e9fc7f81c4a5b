"""chr, ord, hex, oct, bin, abs, pow, divmod, round, sum, min, max on numbers."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert chr(65) == 'A'
assert chr(10) == '\n'
assert ord('a') == 97
assert ord(u'\u20ac') == 8364
assert ord(b'a') == 97
assert chr(ord('a') + 1) == 'b'
assert [chr(c) for c in range(97, 100)] == ['a', 'b', 'c']
assert raises(TypeError, ord, 'ab')
assert raises(TypeError, ord, '')
assert raises(TypeError, ord, 1)
assert raises(TypeError, chr, 'a')
assert raises(ValueError, chr, -1)
assert hex(255) == '0xff'
assert hex(0) == '0x0'
assert hex(-255) == '-0xff'
assert bin(5) == '0b101'
assert bin(-5) == '-0b101'
assert bin(0) == '0b0'
assert raises(TypeError, hex, 1.5)
assert raises(TypeError, hex, '1')
assert hex(True) == '0x1'
assert hex(16)[2:] == '10'
assert abs(-3) == 3
assert abs(3) == 3
assert abs(-2.5) == 2.5
assert abs(True) == 1
assert raises(TypeError, abs, 'a')
assert pow(2, 3) == 8
assert pow(2, -1) == 0.5
assert pow(3, 2, 5) == 4
assert pow(2.0, 3) == 8.0
assert raises(ValueError, pow, 2, 3, 0)
assert divmod(17, 5) == (3, 2)
assert divmod(17.5, 5) == (3.0, 2.5)
assert raises(TypeError, divmod, 1)
assert sum([]) == 0
assert sum([1, 2, 3]) == 6
assert sum((1, 2), 10) == 13
assert sum(x * x for x in range(4)) == 14
assert sum([[1], [2]], []) == [1, 2]
assert sum([(1,), (2, 3)], ()) == (1, 2, 3)
assert sum({'a': 1, 'b': 2}.values()) == 3
assert raises(TypeError, sum, ['a', 'b'])
assert raises(TypeError, sum, ['a'], '')
assert raises(TypeError, sum, 5)
assert raises(TypeError, sum, [[1], [2]])
assert min(3, 1, 2) == 1
assert max(3, 1, 2) == 3
assert min([3, 1, 2]) == 1
assert max((3, 1)) == 3
assert max('abc') == 'c'
assert max(['bb', 'a'], key=len) == 'bb'
assert min('bb', 'a', key=len) == 'a'
assert max({'a': 2, 'b': 1}) == 'b'
assert max([(1, 'b'), (1, 'a')]) == (1, 'b')
assert max(['aa', 'bb'], key=len) == 'aa'
assert min(['bb', 'aa'], key=len) == 'bb'
assert max(x for x in [1, 5, 3]) == 5
assert max('10', '9') == '9'
assert max('1.10', '1.9', key=lambda v: tuple(map(int, v.split('.')))) == '1.10'
assert raises(ValueError, max, [])
assert raises(ValueError, min, ())
assert raises(TypeError, max)
assert raises(TypeError, max, 1)
assert raises(TypeError, max, 1, 2, bad=3)
assert round(3.7) == 4
assert raises(TypeError, hash, [])
assert raises(TypeError, hash, {})
assert raises(TypeError, hash, (1, []))


class Index(object):
    def __index__(self):
        return 2


assert [10, 20, 30][Index()] == 30
assert 'abcd'[:Index()] == 'ab'

if sys.version_info >= (3,):
    assert oct(8) == '0o10'
    assert oct(0) == '0o0'
    assert chr(8364) == '\u20ac'
    assert chr(233) == '\xe9'
    assert raises(TypeError, max, 1, 'a')
    assert raises(TypeError, min, [None, 1])
    assert max([], default=0) == 0
    assert min((), default=None) is None
    assert max([1, 2], default=9) == 2
    assert raises(TypeError, max, 1, 2, default=3)
    assert raises(NameError, eval, 'unichr(1)')
    assert raises(NameError, eval, 'long(1)')
    assert raises(NameError, eval, 'cmp(1, 2)')
else:
    assert oct(8) == '010'
    assert oct(0) == '0'
    assert unichr(8364) == u'\u20ac'
    assert chr(255) == '\xff'
    assert raises(ValueError, chr, 256)
    assert max(1, 'a') == 'a'
    assert min([None, 1]) is None
    assert raises(TypeError, max, [], default=0)
    assert hex(2 ** 64) == '0x10000000000000000L'
    assert cmp(1, 2) == -1
    assert cmp('b', 'a') == 1
    assert cmp((1, 2), (1, 2)) == 0
