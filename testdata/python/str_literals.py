"""String literals: escapes, raw, triple-quoted, implicit concatenation, prefixes."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert len('\n\t\\\'\"') == 5
assert '\x41' == 'A'
assert '\101' == 'A'
assert '\7' == '\x07'
assert '\1011' == 'A1'
assert '\0' == chr(0)
assert '\08' == chr(0) + '8'
assert '\a\b\f\v\r' == '\x07\x08\x0c\x0b\x0d'
assert u'\u0041' == u'A'
assert u'\N{LATIN SMALL LETTER E WITH ACUTE}' == u'\xe9'
assert u'\N{EURO SIGN}' == u'\u20ac'
assert u'\U00000041' == u'A'
assert b'\x41\n' == b'A\n'
assert r'\n' == '\\n'
assert len(r'\n') == 2
assert r'a\'b' == "a\\'b"
assert r"\d+\.\d+" == '\\d+\\.\\d+'
assert R'\t' == '\\t'
assert br'\n' == b'\\n'
assert bR'\n' == b'\\n'
assert Br'\n' == b'\\n'
assert """a
b""" == 'a\nb'
assert '''it's "x"''' == 'it\'s "x"'
assert """a\
b""" == 'ab'
assert 'a\
b' == 'ab'
assert """
""" == '\n'
assert """say "hi" """ == 'say "hi" '
assert r"""\
""" == '\\\n'
assert 'a' 'b' == 'ab'
assert 'a' "b" '''c''' == 'abc'
assert 'a' r'\n' == 'a\\n'
assert ('a'
        # a comment between
        'b') == 'ab'
assert ['a' 'b', 'c'] == ['ab', 'c']
assert 'a' 'b' * 2 == 'abab'
assert 'a' 'b'.upper() == 'AB'
assert '%s' '%s' % (1, 2) == '12'
assert len("""
x
""".splitlines()) == 2
assert """
    indented
""".strip() == 'indented'
assert '# not a comment' == '#' + ' not a comment'
assert "'" == '\''
assert '"' == "\""
assert u'abc' == 'abc'
assert U'abc' == 'abc'
assert type(u'') is type(u'a' + u'b')
assert b'' b'a' == b'a'
assert '\\' == chr(92)
assert len('\\\\') == 2
assert '\\n' == r'\n'
assert 'C:\\dir'.split('\\') == ['C:', 'dir']

import warnings
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    # An unknown escape keeps its backslash: version patterns are often written so.
    assert eval(r"'\d+'") == '\\d+'
    assert eval(r"'\s\w\.\*'") == '\\s\\w\\.\\*'
    assert eval(r"'\('") == '\\('
    assert eval(r"b'\d'") == b'\\d'
    assert eval(r"'\%'") == '\\%'

assert raises(SyntaxError, eval, "'abc")
assert raises(SyntaxError, eval, "'a\nb'")
assert raises((SyntaxError, ValueError), eval, r"u'\x4'")
assert raises((SyntaxError, ValueError), eval, r"u'\N{no such name at all}'")
assert raises(SyntaxError, eval, "r'\\'")

if sys.version_info >= (3,):
    assert '\u0041' == 'A'
    assert len('\u20ac') == 1
    assert '\N{BULLET}' == '\u2022'
    assert '\xe9' == chr(233)
    assert eval(r"rb'\n'") == b'\\n'
    assert raises(SyntaxError, eval, "ur'a'")
    assert raises(SyntaxError, eval, "b'\xe9'")
    assert raises(SyntaxError, eval, "b'a' 'b'")
    assert eval(r"r'\u0041'") == '\\u0041'
else:
    assert '\u0041' == '\\u0041'
    assert len('\u0041') == 6
    assert '\N{BULLET}' == '\\N{BULLET}'
    assert eval(r"ur'\n'") == u'\\n'
    assert eval(r"ur'\u0041'") == u'A'
    assert eval("b'a' 'b'") == 'ab'
    assert eval("'a' u'b'") == u'ab'
    assert isinstance(eval("'a' u'b'"), unicode)
    assert isinstance(u'a', unicode)
    assert type(b'a') is str
