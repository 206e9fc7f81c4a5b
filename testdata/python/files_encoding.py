"""Reading text in an encoding: io.open, codecs.open, decode after rb."""
import codecs
import io
import os
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


data = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'data')


def path(name):
    return os.path.join(data, name)


utf8 = u'caf\xe9 \u20ac\n\u4e16\u754c\n'
assert io.open(path('utf8.txt'), encoding='utf-8').read() == utf8
assert io.open(path('utf8.txt'), encoding='utf8').read() == utf8
assert io.open(path('utf8.txt'), 'r', encoding='UTF-8').read() == utf8
assert io.open(path('utf8.txt'), 'rt', -1, 'utf-8').read() == utf8
assert codecs.open(path('utf8.txt'), 'r', 'utf-8').read() == utf8
assert codecs.open(path('utf8.txt'), 'r', 'utf8').read() == utf8
assert codecs.open(path('utf8.txt'), encoding='utf-8').read() == utf8
assert codecs.open(path('utf8.txt'), 'rb', 'utf-8').read() == utf8
assert open(path('utf8.txt'), 'rb').read().decode('utf-8') == utf8
assert io.open(path('utf8.txt'), encoding='utf-8').readlines() == [u'caf\xe9 \u20ac\n', u'\u4e16\u754c\n']
assert codecs.open(path('utf8.txt'), 'r', 'utf-8').readlines()[1] == u'\u4e16\u754c\n'
assert [line for line in codecs.open(path('utf8.txt'), 'r', 'utf-8')][0] == u'caf\xe9 \u20ac\n'
assert io.open(path('utf8.txt'), encoding='utf-8').read(4) == u'caf\xe9'
assert io.open(path('utf8.txt'), encoding='latin-1').read().startswith(u'caf\xc3\xa9')
assert io.open(path('utf8.txt'), encoding='ascii', errors='ignore').read() == u'caf \n\n'
assert io.open(path('utf8.txt'), encoding='ascii', errors='replace').readline().startswith(u'caf\ufffd\ufffd ')
assert codecs.open(path('utf8.txt'), 'r', 'ascii', 'ignore').read() == u'caf \n\n'
assert raises(UnicodeDecodeError, io.open(path('utf8.txt'), encoding='ascii').read)
assert raises(UnicodeDecodeError, codecs.open(path('utf8.txt'), 'r', 'ascii').read)
assert io.open(path('latin1.txt'), encoding='latin-1').read() == u'caf\xe9\n'
assert io.open(path('latin1.txt'), encoding='iso-8859-1').read() == u'caf\xe9\n'
assert io.open(path('latin1.txt'), encoding='cp1252').read() == u'caf\xe9\n'
assert codecs.open(path('latin1.txt'), 'r', 'latin-1').read() == u'caf\xe9\n'
assert raises(UnicodeDecodeError, io.open(path('latin1.txt'), encoding='utf-8').read)
assert io.open(path('latin1.txt'), encoding='utf-8', errors='replace').read() == u'caf\ufffd\n'
assert io.open(path('latin1.txt'), encoding='utf-8', errors='ignore').read() == u'caf\n'
assert io.open(path('bom.txt'), encoding='utf-8').read() == u'\ufeffwith bom\n'
assert io.open(path('bom.txt'), encoding='utf-8-sig').read() == u'with bom\n'
assert codecs.open(path('bom.txt'), 'r', 'utf-8-sig').read() == u'with bom\n'
assert open(path('bom.txt'), 'rb').read().startswith(codecs.BOM_UTF8)
assert raises(LookupError, io.open, path('utf8.txt'), encoding='no-such-codec')
assert raises(LookupError, codecs.open, path('utf8.txt'), 'r', 'no-such-codec')
assert raises(IOError, codecs.open, path('absent.txt'), 'r', 'utf-8')
assert raises(IOError, io.open, path('absent.txt'), encoding='utf-8')
assert codecs.open(path('mixed_endings.txt'), 'r', 'utf-8').read() == u'one\r\ntwo\rthree\nfour'
assert io.open(path('mixed_endings.txt'), encoding='utf-8').read() == u'one\ntwo\nthree\nfour'
with io.open(path('utf8.txt'), encoding='utf-8') as f:
    assert f.readline() == u'caf\xe9 \u20ac\n'
    assert f.encoding == 'utf-8'
with codecs.open(path('utf8.txt'), 'r', encoding='utf-8') as f:
    assert f.read() == utf8
with codecs.open(path('lines.txt'), 'r') as f:
    assert f.readline() == 'first line\n'
assert codecs.decode(b'\xc3\xa9', 'utf-8') == u'\xe9'
assert codecs.encode(u'\xe9', 'utf-8') == b'\xc3\xa9'
assert io.StringIO(u'a\nb').readlines() == [u'a\n', u'b']
assert io.BytesIO(b'ab').read() == b'ab'


def read(name, **kwargs):
    with io.open(os.path.join(data, name), encoding=kwargs.get('encoding', 'utf8')) as fp:
        return fp.read()


assert read('utf8.txt') == utf8
assert read('latin1.txt', encoding='latin1') == u'caf\xe9\n'
assert u'\n\n'.join([read('utf8.txt').strip(), read('empty.txt')]).endswith(u'\u754c\n\n')

if sys.version_info >= (3,):
    assert open(path('utf8.txt'), encoding='utf-8').read() == utf8
    assert raises(UnicodeDecodeError, open(path('latin1.txt'), encoding='utf-8').read)
else:
    assert open(path('utf8.txt')).read() == utf8.encode('utf-8')
    assert open(path('utf8.txt')).read().decode('utf-8') == utf8
    assert unicode(open(path('utf8.txt')).read(), 'utf-8') == utf8
    assert raises(UnicodeDecodeError, unicode, open(path('utf8.txt')).read())
