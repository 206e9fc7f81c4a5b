"""str.format and format()."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert '{0}'.format('a') == 'a'
assert '{}'.format('a') == 'a'
assert '{} {}'.format(1, 2) == '1 2'
assert '{1} {0}'.format(1, 2) == '2 1'
assert '{0} {0}'.format('x') == 'x x'
assert '{a} {b}'.format(a=1, b=2) == '1 2'
assert '{0} {a}'.format(1, a=2) == '1 2'
assert '{} {a} {}'.format(1, 2, a=3) == '1 3 2'
assert '{}'.format(1, 2, x=3) == '1'
assert '{a}'.format(**{'a': 1}) == '1'
assert '{}-{}'.format(*['a', 'b']) == 'a-b'
assert '{{}}'.format() == '{}'
assert '{{{0}}}'.format(1) == '{1}'
assert '{{a}}'.format(a=1) == '{a}'
assert 'abc'.format() == 'abc'
assert ''.format() == ''
assert '%s{}'.format(1) == '%s1'
assert '{0[0]}'.format(['a']) == 'a'
assert '{0[1]}.{0[0]}'.format((1, 2)) == '2.1'
assert '{0[key]}'.format({'key': 'v'}) == 'v'
assert '{a[b][c]}'.format(a={'b': {'c': 1}}) == '1'
assert '{0[a-b c]}'.format({'a-b c': 1}) == '1'
assert '{[0]}{[0]}'.format('a', 'b') == 'ab'
assert '{0.real}'.format(3) == '3'
assert '{.imag}'.format(3) == '0'
assert '{0.major}.{0.minor}'.format(sys.version_info) == '%d.%d' % sys.version_info[:2]
assert '{0.__class__.__name__}'.format(1) == 'int'
assert '{!r}'.format('a') == "'a'"
assert '{!s}'.format(1) == '1'
assert '{0!r:>5}'.format('a') == "  'a'"
assert '{a!r}'.format(a='x') == "'x'"
assert '{0[0]!r}'.format(['x']) == "'x'"

assert '{:5}|'.format('a') == 'a    |'
assert '{:5}|'.format(1) == '    1|'
assert '{:<5}|'.format(1) == '1    |'
assert '{:>5}|'.format('a') == '    a|'
assert '{:^5}|'.format('a') == '  a  |'
assert '{:^4}|'.format('a') == ' a  |'
assert '{:*^5}'.format('a') == '**a**'
assert '{:->5}'.format(1) == '----1'
assert '{:=+5}'.format(3) == '+   3'
assert '{:0=5}'.format(-3) == '-0003'
assert '{:05}'.format(-3) == '-0003'
assert '{:05d}'.format(42) == '00042'
assert '{:02}.{:02}'.format(1, 2) == '01.02'
assert '{:+}'.format(3) == '+3'
assert '{: }'.format(3) == ' 3'
assert '{:-}'.format(3) == '3'
assert '{:d}'.format(True) == '1'
assert '{}'.format(True) == 'True'
assert '{:x}'.format(255) == 'ff'
assert '{:X}'.format(255) == 'FF'
assert '{:#x}'.format(255) == '0xff'
assert '{:#010x}'.format(255) == '0x000000ff'
assert '{:o}'.format(8) == '10'
assert '{:#o}'.format(8) == '0o10'
assert '{:b}'.format(5) == '101'
assert '{:#b}'.format(5) == '0b101'
assert '{:08b}'.format(5) == '00000101'
assert '{:c}'.format(65) == 'A'
assert '{:n}'.format(5) == '5'
assert '{:,}'.format(1234567) == '1,234,567'
assert '{:,}'.format(-1234) == '-1,234'
assert '{:,}'.format(123) == '123'
assert '{:,.2f}'.format(1234.5) == '1,234.50'
assert '{:10,}|'.format(1234) == '     1,234|'
assert '{:.2f}'.format(3.14159) == '3.14'
assert '{:.0f}'.format(2.5) == '2'
assert '{:8.3f}|'.format(3.14159) == '   3.142|'
assert '{:<8.3f}|'.format(3.14159) == '3.142   |'
assert '{:.2e}'.format(12345.0) == '1.23e+04'
assert '{:g}'.format(1000000.0) == '1e+06'
assert '{:.3}'.format(3.14159) == '3.14'
assert '{:.1%}'.format(0.256) == '25.6%'
assert '{:%}'.format(0.5) == '50.000000%'
assert '{:.0%}'.format(1) == '100%'
assert '{:f}'.format(2) == '2.000000'
assert '{}'.format(1.0) == '1.0'
assert '{}'.format(1e20) == '1e+20'
assert '{}'.format(0.1) == '0.1'
assert '{:.3}'.format('abcdef') == 'abc'
assert '{:5.2}|'.format('abc') == 'ab   |'
assert '{:s}'.format('a') == 'a'
assert '{:{}}|'.format('a', 3) == 'a  |'
assert '{:{w}.{p}f}'.format(3.14159, w=8, p=2) == '    3.14'
assert '{0:{1}{2}}|'.format('a', '>', 3) == '  a|'
assert '{:{fill}^{n}}'.format('a', fill='-', n=3) == '-a-'
assert '{0}'.format(None) == 'None'
assert '{0}'.format([1, 'a']) == "[1, 'a']"
assert '{0}'.format((1,)) == '(1,)'
assert '{0}'.format({'a': 1}) == "{'a': 1}"
assert '{:>{}}'.format('a', '3') == '  a'

assert raises(IndexError, '{}'.format)
assert raises(IndexError, '{0} {1}'.format, 1)
assert raises(KeyError, '{a}'.format)
assert raises(KeyError, '{a}'.format, 1)
assert raises(KeyError, '{0[b]}'.format, {})
assert raises(IndexError, '{0[3]}'.format, [1])
assert raises(AttributeError, '{0.nope}'.format, 1)
assert raises(ValueError, '{'.format, 1)
assert raises(ValueError, '}'.format, 1)
assert raises(ValueError, '{0'.format, 1)
assert raises(ValueError, '{} {0}'.format, 1)
assert raises(ValueError, '{0} {}'.format, 1)
assert raises(ValueError, '{!x}'.format, 1)
assert raises(ValueError, '{:d}'.format, 'a')
assert raises(ValueError, '{:d}'.format, 1.5)
assert raises(ValueError, '{:s}'.format, 1)
assert raises(ValueError, '{:q}'.format, 1)
assert raises(ValueError, '{:.2}'.format, 1)
assert raises(ValueError, '{:=5}'.format, 'a')
assert raises(ValueError, '{:,}'.format, 'a')

assert format(5) == '5'
assert format('a') == 'a'
assert format(3.14159, '.2f') == '3.14'
assert format(255, 'x') == 'ff'
assert format(5, '03') == '005'
assert format('a', '>3') == '  a'
assert format(None) == 'None'
assert format(1234567, ',') == '1,234,567'
assert format(True) == 'True'


class Point(object):
    x = 1

    def __init__(self):
        self.y = [2, {'k': 3}]

    def __format__(self, spec):
        return 'P<%s>' % spec

    def __str__(self):
        return 'str'

    def __repr__(self):
        return 'repr'


p = Point()
assert '{}'.format(p) == 'P<>'
assert '{:any spec}'.format(p) == 'P<any spec>'
assert '{!s}'.format(p) == 'str'
assert '{!r:>6}'.format(p) == '  repr'
assert '{0.x} {0.y[0]} {0.y[1][k]}'.format(p) == '1 2 3'
assert format(p, 'q') == 'P<q>'
method = '{0}-{1}'.format
assert method('a', 'b') == 'a-b'
assert list(map('x{0}'.format, [1, 2])) == ['x1', 'x2']

if sys.version_info >= (3,):
    assert '{a} {b}'.format_map({'a': 1, 'b': 2}) == '1 2'
    assert raises(TypeError, '{:>5}'.format, None)
    assert raises(TypeError, '{:>5}'.format, [1])
    assert '{!a}'.format('\xe9') == "'\\xe9'"
    assert '{:_}'.format(1234567) == '1_234_567'
    assert '{:_x}'.format(0xabcdef) == 'ab_cdef'
    assert format(True, 'd') == '1'
    assert format(True, '>5') == '    1'
else:
    assert '{:>5}'.format(None) == ' None'
    assert '{:>4}'.format([1]) == ' [1]'
    assert type('{}'.format(u'a')) is str
