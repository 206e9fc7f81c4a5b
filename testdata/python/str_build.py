"""str: replace, join, justification, expandtabs, repetition, concatenation."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 'aXbXc'.replace('X', '-') == 'a-b-c'
assert 'aXbXc'.replace('X', '-', 1) == 'a-bXc'
assert 'aXbXc'.replace('X', '-', 0) == 'aXbXc'
assert 'aXbXc'.replace('X', '-', -1) == 'a-b-c'
assert 'aaa'.replace('aa', 'b') == 'ba'
assert 'abc'.replace('', '-') == '-a-b-c-'
assert 'abc'.replace('', '-', 2) == '-a-bc'
assert ''.replace('', 'x') == 'x'
assert ''.replace('a', 'x') == ''
assert 'abc'.replace('b', '') == 'ac'
assert 'a/b/c'.replace('/', '.') == 'a.b.c'
assert 'a\r\nb'.replace('\r\n', '\n') == 'a\nb'
assert 'a.b'.replace('.', '..') == 'a..b'
assert 'abc'.replace('x', 'y') == 'abc'
assert raises(TypeError, 'abc'.replace, 'a')
assert raises(TypeError, 'abc'.replace, 'a', 1)

assert ','.join([]) == ''
assert ','.join(['a']) == 'a'
assert ','.join(['a', 'b']) == 'a,b'
assert ','.join(('a', 'b')) == 'a,b'
assert ','.join('abc') == 'a,b,c'
assert ''.join(['a', 'b']) == 'ab'
assert '.'.join(str(n) for n in (1, 2, 3)) == '1.2.3'
assert '.'.join(map(str, [1, 2])) == '1.2'
assert '\n\n'.join(['a', '', 'b']) == 'a\n\n\n\nb'
assert ','.join({'k': 1}) == 'k'
assert raises(TypeError, ','.join, [1, 2])
assert raises(TypeError, ','.join, ['a', None])
assert raises(TypeError, ','.join, 1)

assert 'ab'.center(6) == '  ab  '
assert 'ab'.center(5) == '  ab '
assert 'abc'.center(6) == ' abc  '
assert 'abc'.center(4) == 'abc '
assert 'ab'.center(7, '*') == '***ab**'
assert 'ab'.center(1) == 'ab'
assert 'ab'.ljust(5) == 'ab   '
assert 'ab'.ljust(5, '.') == 'ab...'
assert 'ab'.rjust(5) == '   ab'
assert 'ab'.rjust(5, '.') == '...ab'
assert 'ab'.ljust(-1) == 'ab'
assert raises(TypeError, 'ab'.center, 5, '**')
assert '42'.zfill(5) == '00042'
assert '-42'.zfill(5) == '-0042'
assert '+42'.zfill(5) == '+0042'
assert '42'.zfill(1) == '42'
assert ''.zfill(3) == '000'
assert '--1'.zfill(5) == '-00-1'
assert 'ab'.zfill(4) == '00ab'

assert 'a\tb'.expandtabs() == 'a       b'
assert 'a\tb'.expandtabs(4) == 'a   b'
assert 'abcd\te'.expandtabs(4) == 'abcd    e'
assert '\ta'.expandtabs(2) == '  a'
assert 'a\nb\tc'.expandtabs(4) == 'a\nb   c'
assert 'a\tb'.expandtabs(0) == 'ab'
assert 'a\r\tb'.expandtabs(4) == 'a\r    b'

assert 'a' + 'b' == 'ab'
assert 'ab' * 3 == 'ababab'
assert 3 * 'ab' == 'ababab'
assert 'ab' * 0 == ''
assert 'ab' * -1 == ''
assert 'ab' * True == 'ab'
assert raises(TypeError, lambda: 'ab' * 1.0)
assert raises(TypeError, lambda: 'ab' * 'cd')
assert raises(TypeError, lambda: 'a' + 1)
assert raises(TypeError, lambda: 'a' + None)
assert raises(TypeError, lambda: 1 + 'a')
assert raises(TypeError, lambda: 'a' - 'b')
assert 'a' 'b' "c" == 'abc'
assert ('long '
        'text') == 'long text'
text = 'a'
text += 'b'
text *= 2
assert text == 'abab'
assert '=' * 5 + '\n' == '=====\n'

if sys.version_info >= (3,):
    assert 'hello'.translate({ord('l'): 'L'}) == 'heLLo'
    assert 'hello'.translate({ord('l'): None}) == 'heo'
    assert 'hello'.translate({ord('h'): ord('j')}) == 'jello'
    assert 'hello'.translate(str.maketrans('el', 'ip')) == 'hippo'
    assert 'hello'.translate(str.maketrans('', '', 'l')) == 'heo'
    assert 'hello'.translate(str.maketrans({'h': 'J', 'o': ''})) == 'Jell'
    assert str.maketrans('ab', 'cd') == {97: 99, 98: 100}
    assert 'a-b.c'.translate(str.maketrans('-.', '__')) == 'a_b_c'
    assert raises(ValueError, str.maketrans, 'ab', 'c')
    assert b'hello'.translate(None, b'l') == b'heo'
    assert b'hello'.translate(bytes.maketrans(b'el', b'ip')) == b'hippo'
    assert 'a\tb'.expandtabs(tabsize=4) == 'a   b'
else:
    import string
    assert 'hello'.translate(string.maketrans('el', 'ip')) == 'hippo'
    assert 'hello'.translate(None, 'l') == 'heo'
    assert 'hello'.translate(string.maketrans('', ''), 'lo') == 'he'
    assert u'hello'.translate({ord('l'): u'L'}) == u'heLLo'
    assert len(string.maketrans('', '')) == 256
    assert ''.join(['a', u'b']) == u'ab'
    assert isinstance(''.join(['a', u'b']), unicode)
    assert isinstance('a' + u'b', unicode)
