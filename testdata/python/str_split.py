"""str: split, rsplit, partition, rpartition, splitlines."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert 'a b c'.split() == ['a', 'b', 'c']
assert '  a \t b\n\nc  '.split() == ['a', 'b', 'c']
assert ''.split() == []
assert '   '.split() == []
assert ' a b '.split(' ') == ['', 'a', 'b', '']
assert 'a  b'.split(' ') == ['a', '', 'b']
assert ''.split(',') == ['']
assert ','.split(',') == ['', '']
assert 'a,b,c'.split(',') == ['a', 'b', 'c']
assert 'a,b,c'.split(',', 1) == ['a', 'b,c']
assert 'a,b,c'.split(',', 0) == ['a,b,c']
assert 'a,b,c'.split(',', -1) == ['a', 'b', 'c']
assert 'a,b,c'.split(',', 10) == ['a', 'b', 'c']
assert 'a b  c d'.split(None) == ['a', 'b', 'c', 'd']
assert 'a b  c d'.split(None, 1) == ['a', 'b  c d']
assert '  a b  '.split(None, 1) == ['a', 'b  ']
assert '  a  '.split(None, 0) == ['a  ']
assert 'a--b--c'.split('--') == ['a', 'b', 'c']
assert 'a---b'.split('--') == ['a', '-b']
assert 'aaa'.split('aa') == ['', 'a']
assert 'abc'.split('x') == ['abc']
assert raises(ValueError, 'abc'.split, '')
assert raises(TypeError, 'abc'.split, 1)
assert '1.2.3'.split('.')[:2] == ['1', '2']
assert tuple(map(int, '1.2.3'.split('.'))) == (1, 2, 3)

assert 'a b c'.rsplit() == ['a', 'b', 'c']
assert 'a,b,c'.rsplit(',') == ['a', 'b', 'c']
assert 'a,b,c'.rsplit(',', 1) == ['a,b', 'c']
assert 'a,b,c'.rsplit(',', 0) == ['a,b,c']
assert '  a b c  '.rsplit(None, 1) == ['  a b', 'c']
assert 'aaa'.rsplit('aa') == ['a', '']
assert ''.rsplit('.') == ['']
assert 'pkg.sub.mod'.rsplit('.', 1)[0] == 'pkg.sub'
assert raises(ValueError, 'abc'.rsplit, '')

assert 'key=value'.partition('=') == ('key', '=', 'value')
assert 'a=b=c'.partition('=') == ('a', '=', 'b=c')
assert 'abc'.partition('=') == ('abc', '', '')
assert '=a'.partition('=') == ('', '=', 'a')
assert ''.partition('=') == ('', '', '')
assert 'a==b'.partition('==') == ('a', '==', 'b')
assert raises(ValueError, 'a'.partition, '')
assert 'a=b=c'.rpartition('=') == ('a=b', '=', 'c')
assert 'abc'.rpartition('=') == ('', '', 'abc')
assert 'a='.rpartition('=') == ('a', '=', '')
assert raises(ValueError, 'a'.rpartition, '')
assert 'foo>=1.0 # why'.partition('#')[0].strip() == 'foo>=1.0'

assert 'a\nb\nc'.splitlines() == ['a', 'b', 'c']
assert 'a\nb\n'.splitlines() == ['a', 'b']
assert '\n'.splitlines() == ['']
assert ''.splitlines() == []
assert 'a\n\nb'.splitlines() == ['a', '', 'b']
assert 'a\r\nb\rc\n'.splitlines() == ['a', 'b', 'c']
assert 'a\n\rb'.splitlines() == ['a', '', 'b']
assert 'a\r\nb'.splitlines(True) == ['a\r\n', 'b']
assert 'a\nb\n'.splitlines(True) == ['a\n', 'b\n']
assert 'a\nb\n'.split('\n') == ['a', 'b', '']
assert 'one'.splitlines() == ['one']

# What counts as white space and as a line end in text (not in Python 2's byte strings).
assert u'a\x0bb\x0cc'.splitlines() == [u'a', u'b', u'c']
assert u'a\x1cb\x1dc\x1ed'.splitlines() == [u'a', u'b', u'c', u'd']
assert u'a\x85b'.splitlines() == [u'a', u'b']
assert u'a\u2028b\u2029c'.splitlines() == [u'a', u'b', u'c']
assert u'a\x1fb'.splitlines() == [u'a\x1fb']
assert u'a\xa0b'.split() == [u'a', u'b']
assert u'a\u2003b\u3000c'.split() == [u'a', u'b', u'c']
assert u'a\x1cb\x1fc'.split() == [u'a', u'b', u'c']
assert u'a\u200bb'.split() == [u'a\u200bb']

if sys.version_info >= (3,):
    assert 'a,b'.split(sep=',') == ['a', 'b']
    assert 'a,b,c'.split(',', maxsplit=1) == ['a', 'b,c']
    assert 'a b c'.rsplit(maxsplit=1) == ['a b', 'c']
    assert 'a\nb'.splitlines(keepends=True) == ['a\n', 'b']
    assert 'a\x0bb\x0cc'.splitlines() == ['a', 'b', 'c']
    assert b'a\x0bb\x0cc'.splitlines() == [b'a\x0bb\x0cc']
else:
    assert 'a\x0bb\x0cc'.splitlines() == ['a\x0bb\x0cc']
    assert 'a\xa0b'.split() == ['a\xa0b']
    assert 'a\x0bb\x0cc'.split() == ['a', 'b', 'c']
