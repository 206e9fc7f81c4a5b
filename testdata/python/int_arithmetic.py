"""int: arithmetic, signs of division and modulo, powers, shifts, bits, big numbers."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 7 // 2 == 3
assert -7 // 2 == -4
assert 7 // -2 == -4
assert -7 // -2 == 3
assert 7 % 3 == 1
assert -7 % 3 == 2
assert 7 % -3 == -2
assert -7 % -3 == -1
assert 0 // 5 == 0
assert divmod(7, 2) == (3, 1)
assert divmod(-7, 2) == (-4, 1)
assert divmod(7, -2) == (-4, -1)
assert raises(ZeroDivisionError, lambda: 1 // 0)
assert raises(ZeroDivisionError, lambda: 1 % 0)
assert raises(ZeroDivisionError, lambda: 1 / 0)
assert raises(ZeroDivisionError, divmod, 1, 0)
assert 2 ** 10 == 1024
assert 2 ** 0 == 1
assert 0 ** 0 == 1
assert 2 ** -1 == 0.5
assert (-2) ** 3 == -8
assert -2 ** 2 == -4
assert 2 ** 3 ** 2 == 512
assert raises(ZeroDivisionError, lambda: 0 ** -1)
assert pow(2, 10) == 1024
assert pow(2, 10, 1000) == 24
assert pow(-2, 3, 5) == 2
assert abs(-5) == 5
assert -(-5) == 5
assert +5 == 5
assert ~0 == -1
assert ~5 == -6
assert 1 << 4 == 16
assert 256 >> 4 == 16
assert -1 >> 1 == -1
assert -5 >> 1 == -3
assert 1 << 100 == 2 ** 100
assert 5 >> 1000 == 0
assert raises(ValueError, lambda: 1 << -1)
assert raises(ValueError, lambda: 1 >> -1)
assert 6 & 3 == 2
assert 6 | 3 == 7
assert 6 ^ 3 == 5
assert -1 & 255 == 255
assert -2 | 1 == -1
assert 5 & ~1 == 4
assert 0xff == 255
assert 0b101 == 5
assert 0o17 == 15
assert 0XFF == 0xfF

assert 10 ** 20 == 100000000000000000000
assert 2 ** 64 == 18446744073709551616
assert 2 ** 63 - 1 + 1 == 9223372036854775808
assert -2 ** 63 - 1 == -9223372036854775809
assert 99999999999 * 99999999999 == 9999999999800000000001
assert 10 ** 30 // 10 ** 28 == 100
assert -10 ** 30 // 7 == -142857142857142857142857142858
assert 10 ** 30 % 7 == 1
assert (2 ** 100 - 1) & 0xffff == 0xffff
assert str(2 ** 100) == '1267650600228229401496703205376'
assert 2 ** 100 > 2 ** 99
assert 2 ** 100 == 4 ** 50
assert hash(2 ** 3) == 8
assert sum([2 ** 62, 2 ** 62]) == 2 ** 63
assert 0x03010203 == 50397699
assert int('9' * 30) == 10 ** 30 - 1
assert 12345678901234567890 % 1000 == 890
assert hex(2 ** 40).startswith('0x10000000000')
assert (1 << 70) >> 68 == 4

assert (0).bit_length() == 0
assert (1).bit_length() == 1
assert (255).bit_length() == 8
assert (-256).bit_length() == 9
assert (2 ** 70).bit_length() == 71
assert (5).real == 5
assert (5).imag == 0
assert (5).numerator == 5
assert (5).denominator == 1
assert (5).conjugate() == 5
assert 5 .real == 5
assert type(1 + 1) is int
assert type(1 + 1.0) is float
assert 1 + 1.0 == 2.0
assert 3 * 1.5 == 4.5
assert 7 // 2.0 == 3.0
assert -7 // 2.0 == -4.0
assert 1 == 1.0
assert hash(1) == hash(1.0)
assert 2 ** 53 + 1 != float(2 ** 53)
assert 1 < 1.5 < 2
assert 10 ** 400 > 1e308
assert raises(TypeError, lambda: 1 + '1')
assert raises(TypeError, lambda: 1 + None)
assert raises(TypeError, lambda: [] + 1)
assert raises(TypeError, lambda: 1 << 1.0)
assert raises(TypeError, lambda: ~1.5)
assert raises(OverflowError, float, 10 ** 400)
assert raises(TypeError, len, 5)
n = 5
n += 1
n -= 2
n *= 3
n //= 2
n **= 2
n %= 10
n <<= 3
n >>= 1
n |= 1
n &= 0xff
n ^= 2
assert n == 27

if sys.version_info >= (3,):
    assert 7 / 2 == 3.5
    assert 4 / 2 == 2.0
    assert type(4 / 2) is float
    assert -7 / 2 == -3.5
    assert type(2 ** 100) is int
    assert eval('1_000') == 1000
    assert int('1_000') == 1000
    assert eval('0x_ff') == 255
    assert raises(SyntaxError, eval, '0777')
    assert raises(SyntaxError, eval, '1__0')
    assert eval('00') == 0
    assert raises(SyntaxError, eval, '10L')
    assert 10 ** 25 / 10 ** 24 == 10.0
else:
    assert 7 / 2 == 3
    assert -7 / 2 == -4
    assert type(7 / 2) is int
    assert eval('0777') == 511
    assert eval('10L') == 10
    assert type(eval('10L')) is long
    assert type(sys.maxint) is int
    assert type(sys.maxint + 1) is long
    assert isinstance(2 ** 100, long)
    assert raises(SyntaxError, eval, '1_000')
    assert long(5) == 5
    assert type(long(5)) is long
    assert type(int(long(5))) is int
    assert type(5 + long(1)) is long
