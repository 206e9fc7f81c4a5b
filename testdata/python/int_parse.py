"""int() and float(): parsing and converting."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert int() == 0
assert int('42') == 42
assert int('-42') == -42
assert int('+42') == 42
assert int(' 42\n') == 42
assert int('007') == 7
assert int('0') == 0
assert int('-0') == 0
assert int(3.9) == 3
assert int(-3.9) == -3
assert int(1e20) == 100000000000000000000
assert int(True) == 1
assert int('ff', 16) == 255
assert int('FF', 16) == 255
assert int('0xff', 16) == 255
assert int('0x1f', 16) == 31
assert int('-0x1f', 16) == -31
assert int('0xff', 0) == 255
assert int('0b11', 0) == 3
assert int('0o17', 0) == 15
assert int('17', 0) == 17
assert int('17', 8) == 15
assert int('0o17', 8) == 15
assert int('101', 2) == 5
assert int('0b101', 2) == 5
assert int('z', 36) == 35
assert int('0b1', 16) == 177
assert int('755', 8) == 493
assert int('0755', 8) == 493
assert int(u'12') == 12
assert int('1' * 25) == (10 ** 25 - 1) // 9
assert raises(ValueError, int, '')
assert raises(ValueError, int, ' ')
assert raises(ValueError, int, '1.5')
assert raises(ValueError, int, 'a')
assert raises(ValueError, int, '1a')
assert raises(ValueError, int, '0x1f')
assert raises(ValueError, int, '1 2')
assert raises(ValueError, int, '9', 8)
assert raises(ValueError, int, '1', 1)
assert raises(ValueError, int, '1', 37)
assert raises(TypeError, int, None)
assert raises(TypeError, int, [])
assert raises(TypeError, int, 1, 10)
assert raises(ValueError, int, float('nan'))
assert raises(OverflowError, int, float('inf'))
try:
    int('rc1')
except ValueError as error:
    assert "invalid literal for int() with base 10: 'rc1'" in str(error)


class Convertible(object):
    def __int__(self):
        return 7

    def __float__(self):
        return 7.5


assert int(Convertible()) == 7
assert float(Convertible()) == 7.5

assert float() == 0.0
assert float('1.5') == 1.5
assert float(' 1.5\n') == 1.5
assert float('-1.5e3') == -1500.0
assert float('1E-2') == 0.01
assert float('.5') == 0.5
assert float('5.') == 5.0
assert float('5') == 5.0
assert float(3) == 3.0
assert float('inf') > 10 ** 300
assert float('-Infinity') < 0
assert float('nan') != float('nan')
assert float('NaN') != 0
assert float('1e400') == float('inf')
assert raises(ValueError, float, '')
assert raises(ValueError, float, '1.2.3')
assert raises(ValueError, float, '1,5')
assert raises(ValueError, float, 'abc')
assert raises(ValueError, float, '0x10')
assert raises(TypeError, float, None)
assert raises(TypeError, float, [])
assert [int(p) for p in '1.20.3'.split('.')] == [1, 20, 3]
assert tuple(int(p) if p.isdigit() else p for p in '1.2.dev'.split('.')) == (1, 2, 'dev')
assert float('2.7') >= 2.7

if sys.version_info >= (3,):
    assert raises(ValueError, int, '077', 0)
    assert int('00', 0) == 0
    assert int('1_0') == 10
    assert raises(ValueError, int, '1__0')
    assert raises(ValueError, int, '_1')
    assert float('1_0.5') == 10.5
    assert int('10', base=2) == 2
    assert int(b'12') == 12
else:
    assert int('077', 0) == 63
    assert raises(ValueError, int, '1_0')
    assert int('10', base=2) == 2
    assert int('10L'[:-1]) == 10
    assert raises(ValueError, int, '10L')
    assert long('12') == 12
    assert type(int('9' * 30)) is long
    assert type(int(2.0 ** 70)) is long
