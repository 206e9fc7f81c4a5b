"""str: strip, lstrip, rstrip."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert '  a b  '.strip() == 'a b'
assert '\t\n\r\x0b\x0c a'.strip() == 'a'
assert ''.strip() == ''
assert '   '.strip() == ''
assert '  a  '.lstrip() == 'a  '
assert '  a  '.rstrip() == '  a'
assert 'a\n'.rstrip('\n') == 'a'
assert 'a\r\n'.rstrip('\n') == 'a\r'
assert 'a\n\n'.rstrip('\n') == 'a'
assert 'xxabcxx'.strip('x') == 'abc'
assert 'xyabcyx'.strip('xy') == 'abc'
assert 'abc'.strip('xyz') == 'abc'
assert 'aaa'.strip('a') == ''
assert 'mississippi'.rstrip('ipz') == 'mississ'
assert 'www.example.com'.strip('cmowz.') == 'example'
assert 'abc'.strip('') == 'abc'
assert '  a  '.strip(None) == 'a'
assert '"1.0"'.strip('"') == '1.0'
assert "'1.0'\n".strip().strip("'\"") == '1.0'
assert ' a '.strip('\n') == ' a '
assert '[abc]'.strip('[]') == 'abc'
assert 'v1.2'.lstrip('v') == '1.2'
assert 'version 1.2'.lstrip('version ') == '1.2'
# A set of characters, not a prefix: the classic mistake.
assert 'pytest-cov'.lstrip('pytest-') == 'cov'
assert 'test_spam'.lstrip('test_') == 'pam'
assert 'data.tar'.rstrip('.tar') == 'd'
assert 'a/b/'.rstrip('/') == 'a/b'
assert '///'.rstrip('/') == ''
assert './a'.lstrip('./') == 'a'
assert '../.hidden'.lstrip('./') == 'hidden'
assert 'abcba'.lstrip('ab') == 'cba'
assert 'abcba'.rstrip('ab') == 'abc'
assert raises(TypeError, 'a'.strip, 1)
assert u'\xa0a\u3000'.strip() == u'a'
assert u'\u200ba'.strip() == u'\u200ba'
assert u'\ufeffa'.strip() == u'\ufeffa'
assert u'\ufeffa'.lstrip(u'\ufeff') == u'a'
assert u'\x1c\x1d\x1e\x1f\x85a'.strip() == u'a'
assert [l.strip() for l in ' a \n\n b \n'.split('\n')] == ['a', '', 'b', '']
assert [l.strip() for l in ' a \n\n b \n'.split('\n') if l.strip()] == ['a', 'b']

if sys.version_info < (3,):
    assert '\xa0a'.strip() == '\xa0a'
    assert '\x1ca'.strip() == '\x1ca'
    assert 'a '.strip(u' ') == u'a'
    assert isinstance('a '.strip(u' '), unicode)
else:
    assert '\xa0a'.strip() == 'a'
    assert raises(TypeError, 'a'.strip, b'a')
    assert b'\xa0a '.strip() == b'\xa0a'
    assert b'xax'.strip(b'x') == b'a'
