# -*- coding: utf-8 -*-
"""Non-ASCII text in a source file with an encoding cookie."""
import sys

text = u'Grüße, 世界 ☃ 😀'
assert text[:5] == u'Gr\xfc\xdfe'
assert text[7:9] == u'\u4e16\u754c'
assert text[10] == u'\u2603'
assert text.endswith(u'\U0001f600')
assert u'é' == u'\xe9'
assert len(u'é') == 1
assert u'É'.lower() == u'é'
assert u'straße'.upper() == (u'STRASSE' if sys.version_info >= (3,) else u'STRA\xdfE')
assert u'Łukasz Langa'.split()[0] == u'\u0141ukasz'
assert u'Łukasz'.encode('utf-8') == b'\xc5\x81ukasz'
assert u'é'.encode('latin-1') == b'\xe9'
assert u"Müller"[1] == u'\xfc'
assert u'%s <%s>' % (u'Jürgen', 'j@example.org') == u'J\xfcrgen <j@example.org>'
assert u'«{0}»'.format(u'ñ') == u'\xab\xf1\xbb'
assert u'ÀÉ'.isupper()
assert u'àé'.isalpha()
assert u'é' in u'café'
assert u'Ünal'.startswith(u'Ü')
assert u'é' > u'z'
assert u'naïve café'.title() == u'Na\xefve Caf\xe9'
assert u'e\u0301' != u'é'
assert len(u'e\u0301') == 2
# ünïcode in a comment is harmless

if sys.version_info >= (3,):
    assert 'é' == '\xe9'
    assert len('é') == 1
    assert '世界'.isidentifier()
    assert len('😀') == 1
    exec('größe = 3')
    assert eval('größe') == 3
    assert 'größe' in globals()
    assert repr('é') == "'é'"
    assert 'ﬁ'.upper() == 'FI'
    assert 'ß'.casefold() == 'ss'
    assert 'ǆ'.title() == 'ǅ'
    assert '²'.isdigit() and not '²'.isdecimal()
    assert '½'.isnumeric() and not '½'.isdigit()
    assert '٣'.isdecimal()
else:
    assert 'é' == '\xc3\xa9'
    assert len('é') == 2
    assert 'é'.decode('utf-8') == u'é'
    assert 'É'.lower() == 'É'
    assert repr('é') == "'\\xc3\\xa9'"
    assert repr(u'é') == "u'\\xe9'"
    assert unicode('é', 'utf-8') == u'\xe9'
