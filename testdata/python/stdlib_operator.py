"""The module `operator`."""
import operator

assert operator.add(1, 2) == 3 and operator.mul('a', 2) == 'aa' and operator.sub(3, 1) == 2
assert operator.mod('%s!', 'a') == 'a!' and operator.floordiv(7, 2) == 3
assert operator.eq(1, 1) and operator.ne(1, 2) and operator.lt(1, 2) and operator.ge(2, 2)
assert operator.not_([]) is True and operator.truth('a') is True
assert operator.contains([1, 2], 2) and operator.getitem({'a': 1}, 'a') == 1
assert operator.itemgetter(1)('abc') == 'b' and operator.itemgetter('a', 'b')({'a': 1, 'b': 2}) == (1, 2)
assert sorted([('b', 1), ('a', 2)], key=operator.itemgetter(0)) == [('a', 2), ('b', 1)]
class A(object):
    x = 1
    def m(self, n=0):
        return n
A.a = A
assert operator.attrgetter('x')(A()) == 1 and operator.attrgetter('a.x', 'x')(A) == (1, 1)
assert operator.methodcaller('m', 3)(A()) == 3 and operator.methodcaller('m', n=4)(A()) == 4
assert operator.or_(1, 2) == 3 and operator.and_(3, 2) == 2
