"""str: find, index, count, startswith, endswith, in."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


s = 'hello world'
assert s.find('o') == 4
assert s.find('o', 5) == 7
assert s.find('o', 5, 7) == -1
assert s.find('o', 5, 8) == 7
assert s.find('z') == -1
assert s.find('') == 0
assert s.find('', 3) == 3
assert s.find('', 11) == 11
assert s.find('', 12) == -1
assert s.find('d', -1) == 10
assert s.find('h', -100) == 0
assert s.find('l', None, 3) == 2
assert s.find('l', 4, None) == 9
assert s.rfind('o') == 7
assert s.rfind('o', 0, 7) == 4
assert s.rfind('z') == -1
assert s.rfind('') == 11
assert s.rfind('', 0, 3) == 3
assert s.index('w') == 6
assert s.rindex('l') == 9
assert raises(ValueError, s.index, 'z')
assert raises(ValueError, s.rindex, 'z')
assert raises(ValueError, s.index, 'h', 1)
assert raises(TypeError, s.find, 1)

assert s.count('l') == 3
assert s.count('l', 4) == 1
assert s.count('l', 0, 3) == 1
assert s.count('ll') == 1
assert s.count('z') == 0
assert 'aaaa'.count('aa') == 2
assert 'abc'.count('') == 4
assert ''.count('') == 1
assert 'abc'.count('', 1) == 3
assert 'abc'.count('', 4) == 0

assert s.startswith('hello')
assert not s.startswith('Hello')
assert s.startswith('')
assert s.startswith('world', 6)
assert not s.startswith('world', 6, 8)
assert s.startswith(('x', 'he'))
assert not s.startswith(('x', 'y'))
assert not s.startswith(())
assert s.startswith('hello world')
assert not s.startswith('hello world!')
assert not ''.startswith('a')
assert ''.startswith('')
assert not 'abc'.startswith('', 4)
assert s.endswith('world')
assert s.endswith('')
assert s.endswith(('.py', 'ld'))
assert not s.endswith(())
assert s.endswith('hello', 0, 5)
assert s.endswith('o', 0, 5)
assert not s.endswith('d', 0, 5)
assert 'a.tar.gz'.endswith(('.zip', '.tar.gz'))
assert raises(TypeError, s.startswith, ['he'])
assert raises(TypeError, s.startswith, 1)
assert raises(TypeError, s.endswith, ('a', 1))
assert s.startswith('h') is True

assert 'ell' in s
assert 'z' not in s
assert '' in s
assert '' in ''
assert s in s
assert not ('hello ' * 2 in s)
assert raises(TypeError, lambda: 1 in 'abc')
assert raises(TypeError, lambda: None in 'abc')
assert 'bdist' in 'bdist_wheel'
assert 'bdist' not in ['bdist_wheel']

if sys.version_info >= (3,):
    assert raises(TypeError, lambda: b'a' in 'abc')
    assert raises(TypeError, 'abc'.startswith, b'a')
    assert 97 in b'abc'
    assert b'bc' in b'abc'
else:
    assert u'a' in 'abc'
    assert 'a' in u'abc'
    assert 'abc'.startswith(u'a')
    assert 'abc'.startswith((u'x', u'a'))
