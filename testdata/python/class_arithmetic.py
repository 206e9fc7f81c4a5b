"""Special methods: arithmetic and bit operators, reflected operators, number conversions."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Number(object):
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        if not isinstance(other, Number):
            return NotImplemented
        return Number(self.n + other.n)

    def __sub__(self, other):
        return Number(self.n - other.n)

    def __rsub__(self, other):
        return Number(other - self.n)

    def __neg__(self):
        return Number(-self.n)

    def __pos__(self):
        return 'pos'

    def __invert__(self):
        return 'inv'

    def __abs__(self):
        return Number(abs(self.n))

    def __int__(self):
        return self.n

    def __float__(self):
        return float(self.n)

    def __index__(self):
        return self.n

    def __mod__(self, other):
        return 'mod %s' % other

    def __floordiv__(self, other):
        return 'floordiv'

    def __truediv__(self, other):
        return 'div'
    __div__ = __truediv__

    def __pow__(self, other):
        return 'pow'

    def __and__(self, other):
        return 'and'

    def __or__(self, other):
        return 'or'

    def __xor__(self, other):
        return 'xor'

    def __lshift__(self, other):
        return 'lshift'

    def __rshift__(self, other):
        return 'rshift'

    def __divmod__(self, other):
        return 'divmod'


n = Number(3)
assert (n + Number(4)).n == 7
assert raises(TypeError, lambda: n + 1)
assert raises(TypeError, lambda: 1 + n)
assert (n - Number(1)).n == 2
assert (10 - n).n == 7
assert (-n).n == -3
assert +n == 'pos'
assert ~n == 'inv'
assert abs(Number(-2)).n == 2
assert int(n) == 3
assert float(n) == 3.0
assert [0, 1, 2, 3][n] == 3
assert n % 'x' == 'mod x'
assert n // 1 == 'floordiv'
assert n / 1 == 'div'
assert n ** 2 == 'pow'
assert n & 1 == 'and'
assert n | 1 == 'or'
assert n ^ 1 == 'xor'
assert n << 1 == 'lshift'
assert n >> 1 == 'rshift'
assert divmod(n, 1) == 'divmod'
assert raises(TypeError, lambda: n * 2)


class Reflected(int):
    def __radd__(self, other):
        return 'reflected'


assert 1 + Reflected(2) == 'reflected'
assert Reflected(2) + 1 == 3
