"""% formatting of strings."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 'a%sb' % 'x' == 'axb'
assert '%s' % 1 == '1'
assert '%s' % None == 'None'
assert '%s' % [1, 2] == '[1, 2]'
assert '%s' % {'a': 1} == "{'a': 1}"
assert '%s-%s' % (1, 'b') == '1-b'
assert '%s' % (1,) == '1'
assert '%s' % ((1, 2),) == '(1, 2)'
assert '%r' % 'a' == "'a'"
assert '%r' % (1.0,) == '1.0'
assert '%%' % () == '%'
assert '100%%' % () == '100%'
assert '%d%%' % 5 == '5%'
assert 'abc' % () == 'abc'
assert '%d' % 42 == '42'
assert '%d' % -42 == '-42'
assert '%d' % 3.99 == '3'
assert '%d' % -3.99 == '-3'
assert '%d' % True == '1'
assert '%i' % 7 == '7'
assert '%u' % 7 == '7'
assert '%5d|' % 42 == '   42|'
assert '%-5d|' % 42 == '42   |'
assert '%05d' % 42 == '00042'
assert '%05d' % -42 == '-0042'
assert '%+d' % 42 == '+42'
assert '%+d' % -42 == '-42'
assert '% d' % 42 == ' 42'
assert '%-05d|' % 42 == '42   |'
assert '%.3d' % 7 == '007'
assert '%6.3d' % 7 == '   007'
assert '%x' % 255 == 'ff'
assert '%X' % 255 == 'FF'
assert '%#x' % 255 == '0xff'
assert '%#X' % 255 == '0XFF'
assert '%08x' % 255 == '000000ff'
assert '%#010x' % 255 == '0x000000ff'
assert '%x' % -255 == '-ff'
assert '%o' % 8 == '10'
assert '%#o' % 8 == ('0o10' if sys.version_info >= (3,) else '010')
assert '%c' % 'a' == 'a'
assert '%c' % 97 == 'a'
assert '%3c|' % 'a' == '  a|'
assert '%f' % 1.5 == '1.500000'
assert '%.2f' % 3.14159 == '3.14'
assert '%.0f' % 2.5 == '2'
assert '%.0f' % 3.5 == '4'
assert '%8.2f|' % 3.14159 == '    3.14|'
assert '%-8.2f|' % 3.14159 == '3.14    |'
assert '%08.2f' % -3.14159 == '-0003.14'
assert '%.1f' % 0.25 == '0.2'
assert '%.1f' % 0.35 == '0.3'
assert '%f' % 1 == '1.000000'
assert '%e' % 12345.678 == '1.234568e+04'
assert '%.2E' % 0.00012 == '1.20E-04'
assert '%g' % 0.0001 == '0.0001'
assert '%g' % 0.00001 == '1e-05'
assert '%g' % 1000000.0 == '1e+06'
assert '%g' % 100000.0 == '100000'
assert '%g' % 1.50 == '1.5'
assert '%.3g' % 3.14159 == '3.14'
assert '%g' % 3 == '3'
assert '%#.3g' % 3.0 == '3.00'
assert '%f' % float('inf') == 'inf'
assert '%F' % float('nan') == 'NAN'
assert '%d' % 10 ** 1 == '10'
assert '%10s|' % 'abc' == '       abc|'
assert '%-10s|' % 'abc' == 'abc       |'
assert '%.2s' % 'abcdef' == 'ab'
assert '%5.2s|' % 'abcdef' == '   ab|'
assert '%.0s' % 'abc' == ''
assert '%05s' % 'a' == '    a'
assert '%*d' % (5, 42) == '   42'
assert '%-*d|' % (5, 42) == '42   |'
assert '%*d|' % (-5, 42) == '42   |'
assert '%.*f' % (2, 3.14159) == '3.14'
assert '%*.*f' % (8, 2, 3.14159) == '    3.14'
assert '%(a)s' % {'a': 1} == '1'
assert '%(a)s %(b)d %(a)s' % {'a': 'x', 'b': 2} == 'x 2 x'
assert '%(a)05.1f' % {'a': 2.25} == '002.2'
assert '%(a b)s' % {'a b': 1} == '1'
assert '%(a(b))s' % {'a(b)': 1} == '1'
assert '%()s' % {'': 1} == '1'
assert '%(a)s%%' % {'a': 1} == '1%'
assert '%(a)s' % {'a': 1, 'unused': 2} == '1'
assert 'x' % {'a': 1} == 'x'
assert '%ld %hd' % (1, 2) == '1 2'
assert '%s' % ValueError('bad') == 'bad'
assert '%s' % True == 'True'
assert '%s' % 1.0 == '1.0'
assert '%s' % (('a', 1),) == "('a', 1)"
assert '%s %%s' % 'a' % 'b' == 'a b'
assert 'v%d.%d' % (1, 2) + '.0' == 'v1.2.0'
assert '%s' % 'a' * 2 == 'aa'
assert 'x' + '%s' % 'y' == 'xy'

assert raises(TypeError, lambda: '%s %s' % 'a')
assert raises(TypeError, lambda: '%s %s' % ('a',))
assert raises(TypeError, lambda: '%s' % ('a', 'b'))
assert raises(TypeError, lambda: 'abc' % 'a')
assert raises(TypeError, lambda: '%s' % ())
assert raises(TypeError, lambda: '%d' % 'a')
assert raises(TypeError, lambda: '%d' % None)
assert raises(TypeError, lambda: '%f' % 'a')
assert raises(TypeError, lambda: '%(a)s' % 'x')
assert raises(TypeError, lambda: '%(a)s' % (1,))
assert raises(KeyError, lambda: '%(b)s' % {'a': 1})
assert raises(ValueError, lambda: '%' % 1)
assert raises(ValueError, lambda: '%y' % 1)
assert raises(ValueError, lambda: '%(a' % {'a': 1})
assert raises(TypeError, lambda: '%c' % 'ab')
assert raises(OverflowError, lambda: '%c' % 0x110000)
assert raises(TypeError, lambda: '%*d' % ('a', 1))
assert raises((ValueError, TypeError), lambda: '%d' % float('nan'))
assert raises((OverflowError, TypeError), lambda: '%d' % float('inf'))


class Version(object):
    def __str__(self):
        return '1.2'

    def __repr__(self):
        return 'Version(1.2)'

    def __int__(self):
        return 9


assert '%s' % Version() == '1.2'
assert '%r' % Version() == 'Version(1.2)'
assert '%s' % [Version()] == '[Version(1.2)]'


class Defaults(dict):
    def __missing__(self, key):
        return '<%s>' % key


assert '%(a)s %(b)s' % Defaults(a=1) == '1 <b>'
name, version = 'spam', '1.0'
assert '%(name)s-%(version)s.tar.gz' % globals() == 'spam-1.0.tar.gz'
assert (lambda name: '%(name)s' % locals())('x') == 'x'

if sys.version_info >= (3,):
    assert '%a' % '\xe9' == "'\\xe9'"
    assert raises(TypeError, lambda: '%x' % 1.5)
else:
    assert '%x' % 1.5 == '1'
    assert '%s' % u'a' == u'a'
    assert '%r' % u'a' == "u'a'"
