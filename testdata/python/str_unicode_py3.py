"""Python 3: str as Unicode text: case, classes, code points."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 'É'.encode('utf-8').decode('utf-8').lower() == '\xe9'
assert '\xdf'.upper() == 'SS'
assert '\xdf'.lower() == '\xdf'
assert '\xdf'.title() == 'Ss'
assert '\u0130'.lower() == 'i\u0307'
assert len('\u0130'.lower()) == 2
assert '\u03a3'.lower() == '\u03c3'
assert 'A\u03a3'.lower() == 'a\u03c2'
assert 'A\u03a3B'.lower() == 'a\u03c3b'
assert '\u03c2'.upper() == '\u03a3'
assert '\ufb01'.upper() == 'FI'
assert '\xb5'.upper() == '\u039c'
assert '\xff'.upper() == '\u0178'
assert '\u01c6'.title() == '\u01c5'
assert 'Stra\xdfe'.casefold() == 'strasse'
assert '\u0131'.upper() == 'I'
assert '\xe9'.isalpha()
assert '\u4e16'.isalpha()
assert '\u0663'.isdecimal()
assert '\u0663'.isdigit()
assert '\xb2'.isdigit()
assert not '\xb2'.isdecimal()
assert '\xbd'.isnumeric()
assert not '\xbd'.isdigit()
assert '\xa0'.isspace()
assert '\u2003'.isspace()
assert '\x1f'.isspace()
assert '\x85'.isspace()
assert not '\u200b'.isspace()
assert not '\ufeff'.isspace()
assert '\xe9a'.isidentifier()
assert '_'.isidentifier()
assert not '\u20ac'.isidentifier()
assert not '\xa0'.isprintable()
assert '\xe9'.isprintable()
assert not '\u200b'.isprintable()
assert not '\u2028'.isprintable()
assert ' '.isprintable()
assert len('\U0001f600') == 1
assert '\U0001f600'[0] == '\U0001f600'
assert 'a\U0001f600b'[::-1] == 'b\U0001f600a'
assert 'a\U0001f600b'.find('b') == 2
assert ord('\U0001f600') == 0x1f600
assert chr(0x10ffff) == '\U0010ffff'
assert raises(ValueError, chr, 0x110000)
assert raises(ValueError, chr, -1)
assert '\xe9' != 'e\u0301'
assert '\xe9' < '\u20ac' < '\U0001f600'
assert 'z' < '\xe9'
assert sorted(['\xe9', 'z', 'e']) == ['e', 'z', '\xe9']
assert '\xe9\u20ac'.center(6, '\xb7') == '\xb7\xb7\xe9\u20ac\xb7\xb7'
assert '{:\xb7>4}'.format('\u20ac') == '\xb7\xb7\xb7\u20ac'
assert '%5s' % '\u4e16' == '    \u4e16'
assert 'a\u3000b'.split() == ['a', 'b']
assert '\u3000a'.strip() == 'a'
assert 'a\u2028b'.splitlines() == ['a', 'b']
assert 'a\u2028b'.split('\n') == ['a\u2028b']
assert '\xe9'.translate({0xe9: 'e'}) == 'e'
assert '\xe9' * 2 == '\xe9\xe9'
assert '\xc9\xe9'.swapcase() == '\xe9\xc9'
assert '\u01c5'.istitle()
assert 'x' * 3 + '\u20ac' == 'xxx\u20ac'
