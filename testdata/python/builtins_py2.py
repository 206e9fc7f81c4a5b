"""Python 2 builtins: long, xrange, reduce, raw_input, cmp, apply, intern, reload, file and the rest."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert callable(raw_input)
assert callable(input)
assert callable(execfile)
assert callable(reload)
assert callable(intern)
assert callable(buffer)
assert long(5) == 5
assert long('12') == 12
assert long('ff', 16) == 255
assert long(3.9) == 3
assert type(long(1)) is long
assert isinstance(1L, (int, long))
assert str(1L) == '1'
assert '%d' % 1L == '1'
assert 1L == 1
assert {1: 'a'}[1L] == 'a'
assert type(1 + 1L) is long
assert type(2 ** 62) is int
assert type(2 ** 64) is long
assert type(int(1L)) is int
assert list(xrange(3)) == [0, 1, 2]
assert list(xrange(1, 7, 3)) == [1, 4]
assert len(xrange(5)) == 5
assert xrange(5)[-1] == 4
assert type(xrange(1)) is xrange
assert raises(TypeError, lambda: xrange(3) + [1])
assert range(3) == [0, 1, 2]
assert range(1, 4) + range(2) == [1, 2, 3, 0, 1]
assert reduce(lambda a, b: a + b, [1, 2, 3]) == 6
assert reduce(lambda a, b: a + b, [1, 2], 10) == 13
assert reduce(max, [3, 9, 2]) == 9
assert reduce(lambda a, b: a, [], 'init') == 'init'
assert raises(TypeError, reduce, max, [])
assert cmp(1, 2) == -1
assert cmp('a', 'a') == 0
assert cmp([2], [1, 5]) == 1
assert apply(lambda a, b=2: a + b, (1,), {'b': 5}) == 6
assert intern('abc') == 'abc'
assert unichr(8364) == u'\u20ac'
assert raises(ValueError, unichr, -1)
assert isinstance('a', basestring)
assert isinstance(u'a', basestring)
assert not isinstance(1, basestring)
assert open is not file
assert map(None, 'ab', [1, 2]) == [('a', 1), ('b', 2)]
assert map(str, [1]) + ['x'] == ['1', 'x']
assert filter(lambda x: x, [0, 1]) == [1]
assert zip([1], [2])[0] == (1, 2)
assert {'a': 1}.keys() == ['a']
assert {'a': 1}.has_key('a') is True
assert {'a': 1}.iteritems().next() == ('a', 1)
assert dict.fromkeys(['a']).values() == [None]
assert sorted({'b': 1, 'a': 2}.iterkeys()) == ['a', 'b']
assert 7 / 2 == 3
assert -7 / 2 == -4
assert 7 / 2.0 == 3.5
assert 7 // 2 == 3
n = 7
n /= 2
assert n == 3
assert round(2.5) == 3.0
assert sum(x for x in [1L, 2]) == 3
assert max(1, 'a') == 'a'
assert None < -1
assert sorted(['a', 1, None]) == [None, 1, 'a']
assert 'abc' > 10 ** 9
assert () > []
assert sys.maxint == 2 ** 63 - 1
assert sys.getdefaultencoding() == 'ascii'
reload(sys)
assert hasattr(sys, 'setdefaultencoding')
assert isinstance(input, type(len))
assert oct(8) == '010'
assert '%x' % 10L == 'a'
assert 'a\xff'.isalpha() is False
assert bytes('a') == 'a'
assert bytes(5) == '5'
assert vars().has_key('n')
assert __builtins__.reduce is reduce
import __builtin__
assert __builtin__.unicode is unicode
assert str(type(1)) == "<type 'int'>"
assert str(type('')) == "<type 'str'>"
assert type(u'').__name__ == 'unicode'
