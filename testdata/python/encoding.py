"""Encoding text and decoding bytes: codecs, error handlers, mixing errors."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert u'abc'.encode('ascii') == b'abc'
assert u'\xe9'.encode('utf-8') == b'\xc3\xa9'
assert u'\u20ac'.encode('utf-8') == b'\xe2\x82\xac'
assert u'\U0001f600'.encode('utf-8') == b'\xf0\x9f\x98\x80'
assert u'\xe9'.encode('latin-1') == b'\xe9'
assert u'\xe9'.encode('iso-8859-1') == b'\xe9'
assert u'\xe9'.encode('utf8') == b'\xc3\xa9'
assert u'\xe9'.encode('UTF-8') == b'\xc3\xa9'
assert u'\xe9'.encode('UTF_8') == b'\xc3\xa9'
assert u'\u20ac'.encode('cp1252') == b'\x80'
assert u'ab'.encode('utf-16-le') == b'a\x00b\x00'
assert u'ab'.encode('utf-16-be') == b'\x00a\x00b'
assert u'a'.encode('utf-8-sig') == b'\xef\xbb\xbfa'
assert u'\u20ac'.encode('ascii', 'ignore') == b''
assert u'a\u20acb'.encode('ascii', 'replace') == b'a?b'
assert u'a\u20ac'.encode('ascii', 'xmlcharrefreplace') == b'a&#8364;'
assert u'a\u20ac\xe9'.encode('ascii', 'backslashreplace') == b'a\\u20ac\\xe9'
assert raises(UnicodeEncodeError, u'\u20ac'.encode, 'ascii')
assert raises(UnicodeEncodeError, u'\u20ac'.encode, 'latin-1')
assert raises(LookupError, u'a'.encode, 'no-such-codec')
assert b'plain'.decode('koi8-r') == u'plain'
assert u'plain'.encode('gbk') == b'plain'

assert b'abc'.decode('ascii') == u'abc'
assert b'\xc3\xa9'.decode('utf-8') == u'\xe9'
assert b'\xe9'.decode('latin-1') == u'\xe9'
assert b'\xef\xbb\xbfa'.decode('utf-8') == u'\ufeffa'
assert b'\xef\xbb\xbfa'.decode('utf-8-sig') == u'a'
assert b'a'.decode('utf-8-sig') == u'a'
assert b'\xff\xfea\x00'.decode('utf-16') == u'a'
assert b'a\xff'.decode('utf-8', 'ignore') == u'a'
assert b'a\xffb'.decode('utf-8', 'replace') == u'a\ufffdb'
assert b'\xe9a'.decode('ascii', 'ignore') == u'a'
assert b'\xe9'.decode('ascii', 'replace') == u'\ufffd'
assert b'\x80\x93'.decode('cp1252') == u'\u20ac\u201c'
assert raises(UnicodeDecodeError, b'\xff'.decode, 'utf-8')
assert raises(UnicodeDecodeError, b'\xe9'.decode, 'ascii')
assert raises(UnicodeDecodeError, b'\xc3'.decode, 'utf-8')
assert raises(UnicodeDecodeError, b'\x81'.decode, 'cp1252')
assert raises(LookupError, b'a'.decode, 'no-such-codec')
assert issubclass(UnicodeDecodeError, UnicodeError)
assert issubclass(UnicodeError, ValueError)
assert issubclass(LookupError, Exception)
assert u'\xe9\u20ac'.encode('utf-8').decode('utf-8') == u'\xe9\u20ac'
assert b'a\\nb'.decode('unicode_escape') == u'a\nb'
assert b'\\u20ac'.decode('unicode_escape') == u'\u20ac'
assert u'\u20ac\n'.encode('unicode_escape') == b'\\u20ac\\n'
assert u'a'.encode(encoding='ascii', errors='strict') == b'a'
assert b'a'.decode(encoding='ascii') == u'a'

try:
    b'ab\xff'.decode('utf-8')
except UnicodeDecodeError as error:
    assert error.start == 2
    assert error.end == 3
    assert error.object == b'ab\xff'
    assert 'utf' in error.encoding
    assert 'decode byte 0xff in position 2' in str(error)

if sys.version_info >= (3,):
    assert '\xe9'.encode() == b'\xc3\xa9'
    assert b'\xc3\xa9'.decode() == '\xe9'
    assert not hasattr('a', 'decode')
    assert not hasattr(b'a', 'encode')
    assert raises(TypeError, lambda: 'a' + b'b')
    assert raises(TypeError, lambda: b'a' + 'b')
    assert raises(TypeError, lambda: ''.join([b'a']))
    assert raises(TypeError, b'a b'.split, ' ')
    assert raises(TypeError, b'a'.replace, 'a', 'b')
    assert ('a' == b'a') is False
    assert '%s' % b'a' == "b'a'"
    assert '{}'.format(b'a') == "b'a'"
    assert bytes('\xe9', 'utf-8') == b'\xc3\xa9'
    assert str(b'\xc3\xa9', 'utf-8') == '\xe9'
    assert str(b'\xff', 'ascii', 'replace') == '\ufffd'
    assert raises(TypeError, bytes, 'a')
    assert raises(TypeError, str, 'a', 'ascii')
    assert b'\xff'.decode('utf-8', 'backslashreplace') == '\\xff'
    assert raises(UnicodeDecodeError, b'\xed\xa0\x80'.decode, 'utf-8')
    assert raises(LookupError, 'a'.encode, 'rot13')
    assert sys.getdefaultencoding() == 'utf-8'
else:
    assert 'abc'.decode('ascii') == u'abc'
    assert 'abc'.encode('ascii') == 'abc'
    assert raises(UnicodeDecodeError, '\xe9'.encode, 'utf-8')
    assert raises(UnicodeEncodeError, u'\xe9'.decode, 'utf-8')
    assert raises(UnicodeDecodeError, lambda: '\xe9' + u'a')
    assert raises(UnicodeDecodeError, lambda: u'%s' % '\xe9')
    assert raises(UnicodeEncodeError, str, u'\xe9')
    assert raises(UnicodeDecodeError, unicode, '\xe9')
    assert 'abc'.encode('hex') == '616263'
    assert '616263'.decode('hex') == 'abc'
    assert 'abc'.encode('rot13') == 'nop'
    assert u'a'.encode() == 'a'
    assert raises(UnicodeEncodeError, u'\xe9'.encode)
    assert sys.getdefaultencoding() == 'ascii'
    assert 'a\\nb'.decode('string_escape') == 'a\nb'
