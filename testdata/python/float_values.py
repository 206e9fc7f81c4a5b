"""float: repr, rounding, arithmetic, comparisons, methods."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert repr(0.1) == '0.1'
assert repr(1.0) == '1.0'
assert repr(-0.0) == '-0.0'
assert repr(0.1 + 0.2) == '0.30000000000000004'
assert repr(1e16) == '1e+16'
assert repr(1e15) == '1000000000000000.0'
assert repr(123456789012345680.0) == '1.2345678901234568e+17'
assert repr(0.0001) == '0.0001'
assert repr(0.00001) == '1e-05'
assert repr(1e100) == '1e+100'
assert repr(1.5e-10) == '1.5e-10'
assert repr(3.14159) == '3.14159'
assert repr(2.0 / 3) == '0.6666666666666666'
assert repr(float('inf')) == 'inf'
assert repr(float('-inf')) == '-inf'
assert repr(float('nan')) == 'nan'
assert repr(5e-324) == '5e-324'
assert repr(1.7976931348623157e308) == '1.7976931348623157e+308'
assert repr(100.0) == '100.0'
assert str(1.5) == '1.5'
assert str(2.10) == '2.1'
assert str(1.10) == '1.1'
assert str(0.3) == '0.3'
assert '%s' % 1.2 == '1.2'
assert '%s' % 1.20 == '1.2'

assert 1.5 + 1 == 2.5
assert 7.5 // 2 == 3.0
assert -7.5 // 2 == -4.0
assert 7.5 % 2 == 1.5
assert -7.5 % 2 == 0.5
assert 7.5 % -2 == -0.5
assert divmod(7.5, 2) == (3.0, 1.5)
assert 2.0 ** 3 == 8.0
assert 2 ** 0.5 == 1.4142135623730951
assert 1e308 * 10 == float('inf')
assert raises(ZeroDivisionError, lambda: 1.0 / 0)
assert raises(ZeroDivisionError, lambda: 1.0 // 0.0)
assert raises(ZeroDivisionError, lambda: 1.0 % 0.0)
assert raises(OverflowError, lambda: 10.0 ** 400)
assert abs(-1.5) == 1.5
assert -0.0 == 0.0
assert 0.1 + 0.2 != 0.3
assert 0.5 == 1 / 2.0
assert 1.0 == 1
assert 1.5 > 1
assert float('inf') > 1e308
assert not float('nan') < 1
assert not float('nan') > 1
nan = float('nan')
assert nan != nan
assert nan in [nan]
assert hash(2.0) == hash(2)
assert {2.0: 'a'}[2] == 'a'
assert 1e3 == 1000.0
assert 1.e3 == 1000
assert .5e1 == 5.0
assert 1E+2 == 100.0

assert (2.0).is_integer()
assert not (2.5).is_integer()
assert (1.5).real == 1.5
assert (1.5).imag == 0.0
assert (1.5).conjugate() == 1.5
assert int(2.7) == 2
assert int(-2.7) == -2
assert int(1e10) == 10000000000
assert bool(0.0) is False
assert bool(1e-300) is True
assert max(1, 1.5) == 1.5
assert min(1, 1.0) == 1
assert type(min(1, 1.0)) is int
assert sum([0.5, 1]) == 1.5
assert sum([1, 2]) / 2.0 == 1.5
assert isinstance(1.0, float)
assert not isinstance(1, float)
assert 3 < 3.1 < 4
assert sorted([2, 1.5, 1]) == [1, 1.5, 2]

assert round(2.567, 2) == 2.57
assert round(2.4) == 2
assert round(2.6) == 3
assert round(-2.6) == -3
assert round(1.0) == 1
assert round(2.675, 2) == 2.67
assert round(1.25, 1) in (1.2, 1.3)
assert round(5e-5, 3) == 0.0
assert raises(TypeError, round, 'a')
assert raises(TypeError, round, None)

if sys.version_info >= (3,):
    assert type(round(2.5)) is int
    assert round(0.5) == 0
    assert round(1.5) == 2
    assert round(2.5) == 2
    assert round(-2.5) == -2
    assert round(1.25, 1) == 1.2
    assert type(round(2.5, 0)) is float
    assert round(1234.5, -2) == 1200.0
    assert round(1250, -2) == 1200
    assert type(round(5)) is int
    assert round(5, 2) == 5
    assert round(2.5, None) == 2
    assert raises(OverflowError, round, float('inf'))
    assert raises(ValueError, round, float('nan'))
    assert str(0.1 + 0.2) == '0.30000000000000004'
    assert raises(TypeError, lambda: 1.5 < 'a')
    assert raises(TypeError, lambda: 1.0 < None)
else:
    assert type(round(2.5)) is float
    assert round(0.5) == 1.0
    assert round(2.5) == 3.0
    assert round(-2.5) == -3.0
    assert round(1.25, 1) == 1.3
    assert round(5) == 5.0
    assert type(round(5)) is float
    assert round(1250, -2) == 1300.0
    assert str(0.1 + 0.2) == '0.3'
    assert str(2.0 / 3) == '0.666666666667'
    assert '%s' % (1 / 3.0) == '0.333333333333'
    assert [0.1 + 0.2].__repr__() == '[0.30000000000000004]'
    assert str(1e12) == '1e+12'
    assert repr(1e12) == '1000000000000.0'
