# coding: latin-1
"""Non-ASCII text in a latin-1 source file."""
import sys

assert u'café'[3] == u'\xe9'
assert len(u'ü') == 1
assert u'Jürgen'.encode('utf-8') == b'J\xc3\xbcrgen'
assert u'© 2010' == u'\xa9 2010'
assert u'Ã©' == u'\xc3\xa9'
if sys.version_info >= (3,):
    assert 'é' == '\xe9'
    assert len('Jörg') == 4
else:
    assert 'é' == '\xe9'
    assert 'é'.decode('latin-1') == u'\xe9'
    assert len('Jörg') == 4
    assert isinstance('é', bytes)
