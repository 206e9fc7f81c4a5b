"""Python 2: str, unicode and basestring side by side."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert str is not unicode
assert bytes is str
assert isinstance('a', basestring)
assert isinstance(u'a', basestring)
assert not isinstance(u'a', str)
assert not isinstance('a', unicode)
assert issubclass(unicode, basestring)
assert issubclass(str, basestring)
assert raises(TypeError, basestring)
assert 'a' == u'a'
assert {'a': 1}[u'a'] == 1
assert {u'a': 1}['a'] == 1
assert u'a' in ['a']
assert len(set(['a', u'a'])) == 1
assert type('a' + u'b') is unicode
assert type(u'a' + 'b') is unicode
assert type('%s' % u'a') is unicode
assert type(u'%s' % 'a') is unicode
assert type('%s %s' % ('a', u'b')) is unicode
assert type('%d' % 1) is str
assert type('{0}'.format(u'a')) is str
assert type(u'{0}'.format('a')) is unicode
assert raises(UnicodeEncodeError, '{0}'.format, u'\xe9')
assert type('a'.join([u'x', 'y'])) is unicode
assert type(u','.join(['x', 'y'])) is unicode
assert type(''.join(['x'])) is str
assert type('a,b'.split(u',')[0]) is unicode
assert type('abc'.replace(u'b', 'x')) is unicode
assert unicode('abc') == u'abc'
assert unicode(1) == u'1'
assert unicode() == u''
assert unicode(None) == u'None'
assert unicode('\xc3\xa9', 'utf-8') == u'\xe9'
assert unicode('\xe9', 'ascii', 'replace') == u'\ufffd'
assert unicode('\xe9', errors='ignore') == u''
assert raises(TypeError, unicode, u'a', 'ascii')
assert str(u'abc') == 'abc'
assert type(str(u'abc')) is str
assert repr([u'a']) == "[u'a']"
assert str([u'\xe9']) == "[u'\\xe9']"
assert '%r' % u'a' == "u'a'"
assert u'%s' % u'\xe9' == u'\xe9'
assert len('\xc3\xa9') == 2
assert len('\xc3\xa9'.decode('utf-8')) == 1
assert unichr(233) == u'\xe9'
assert ord(u'\u20ac') == 8364
assert chr(233) == '\xe9'
assert raises(ValueError, chr, 256)
assert u'\xe9'.upper() == u'\xc9'
assert '\xe9'.upper() == '\xe9'
assert u'\xe9'.isalpha()
assert not '\xe9'.isalpha()
assert u'Abc'.title() == u'Abc'
assert type(u'a'.encode('utf-8')) is str
assert type('a'.decode('utf-8')) is unicode
assert 'abc'.encode('utf-8') == 'abc'
assert u'abc'.decode('utf-8') == u'abc'
assert ['a', u'b'] == [u'a', 'b']
assert sorted([u'b', 'a']) == ['a', u'b']
assert u'a' < 'b'
assert isinstance(u'%s' % 1, unicode)
assert [type(c) for c in u'ab'] == [unicode, unicode]
assert 'a' 'b' u'c' == u'abc'
assert (lambda **kw: kw)(**{'a': 1}) == {'a': 1}
assert (lambda **kw: kw)(**{u'a': 1}) == {'a': 1}
assert getattr('a', u'upper')() == 'A'


class Both(object):
    def __str__(self):
        return 'bytes'

    def __unicode__(self):
        return u'text'


assert str(Both()) == 'bytes'
assert unicode(Both()) == u'text'
assert '%s' % Both() == 'bytes'
assert u'%s' % Both() == u'text'

namespace = {}
exec 'from __future__ import unicode_literals\nliteral = "a"\nbyte = b"a"' in namespace
assert type(namespace['literal']) is unicode
assert type(namespace['byte']) is str
