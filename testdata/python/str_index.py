"""str: indexing, slicing, iteration, comparison, conversion."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


s = 'abcdef'
assert s[0] == 'a'
assert s[-1] == 'f'
assert s[5] == 'f'
assert s[-6] == 'a'
assert raises(IndexError, lambda: s[6])
assert raises(IndexError, lambda: s[-7])
assert raises(IndexError, lambda: ''[0])
assert raises(TypeError, lambda: s['a'])
assert raises(TypeError, lambda: s[1.0])
assert s[True] == 'b'
assert s[1:3] == 'bc'
assert s[:3] == 'abc'
assert s[3:] == 'def'
assert s[:] == 'abcdef'
assert s[-2:] == 'ef'
assert s[:-2] == 'abcd'
assert s[2:100] == 'cdef'
assert s[100:] == ''
assert s[-100:2] == 'ab'
assert s[4:2] == ''
assert s[::2] == 'ace'
assert s[1::2] == 'bdf'
assert s[::-1] == 'fedcba'
assert s[4:1:-1] == 'edc'
assert s[:2:-1] == 'fed'
assert s[-1:-4:-1] == 'fed'
assert s[::-2] == 'fdb'
assert s[None:None] == s
assert s[slice(1, 4, 2)] == 'bd'
assert raises(ValueError, lambda: s[::0])
assert len(s) == 6
assert len('') == 0
assert list('abc') == ['a', 'b', 'c']
assert tuple('ab') == ('a', 'b')
assert sorted('cab') == ['a', 'b', 'c']
assert ''.join(reversed('abc')) == 'cba'
assert [c for c in 'ab'] == ['a', 'b']
assert max('abc') == 'c'
assert min('abc') == 'a'
assert dict(enumerate('ab')) == {0: 'a', 1: 'b'}


def assign(text):
    text[0] = 'x'


def delete(text):
    del text[0]


assert raises(TypeError, assign, 'abc')
assert raises(TypeError, delete, 'abc')

assert 'a' < 'b'
assert 'a' < 'aa'
assert 'B' < 'a'
assert '' < 'a'
assert '10' < '9'
assert '1.10' < '1.9'
assert 'abc' == "abc"
assert 'abc' != 'ABC'
assert not ('a' == 1)
assert 'a' != None  # noqa
assert ('a' < 'b' < 'c') is True

assert str('a') == 'a'
assert str(1) == '1'
assert str(1.5) == '1.5'
assert str(None) == 'None'
assert str(True) == 'True'
assert str([1, 'a']) == "[1, 'a']"
assert str((1,)) == '(1,)'
assert str(()) == '()'
assert str({}) == '{}'
assert str({'a': 1}) == "{'a': 1}"
assert str() == ''
assert str(ValueError('x')) == 'x'
assert bool('') is False
assert bool(' ') is True
assert bool('0') is True
assert bool('False') is True
assert not ''
assert isinstance('a', str)
assert type('') is str
assert str is type('a')
assert 'abc'.__len__() == 3
assert 'abc'.__contains__('b')
assert 'a'.__add__('b') == 'ab'
assert 'abc'.__getitem__(1) == 'b'
assert '%s'.__mod__('x') == 'x'
assert 'abc'.__class__ is str
assert 'abc'.__class__.__name__ == 'str'

if sys.version_info >= (3,):
    assert str(b'a') == "b'a'"
    assert str(b'a', 'ascii') == 'a'
    assert str(object=1) == '1'
    assert 'a' != b'a'
    assert raises(TypeError, lambda: 'a' < 1)
    assert raises(TypeError, lambda: 'a' < None)
else:
    assert str(b'a') == 'a'
    assert str(u'a') == 'a'
    assert 'a' == u'a'
    assert 'a' > 1
    assert not ('a' < 1)
    assert 'a' > None
