"""The module `copy`."""
import copy

a = [1, [2, 3], {'k': [4]}]
b = copy.copy(a)
assert b == a and b is not a and b[1] is a[1]
c = copy.deepcopy(a)
assert c == a and c[1] is not a[1] and c[2]['k'] is not a[2]['k']
c[1].append(9)
assert a[1] == [2, 3]
s = [1]
s.append(s)
t = copy.deepcopy(s)
assert t[1] is t and t is not s
x = [0]
two = copy.deepcopy([x, x])
assert two[0] is two[1]
class A(object):
    pass
o = A()
o.items = [1]
p, q = copy.copy(o), copy.deepcopy(o)
assert p.items is o.items and q.items is not o.items and q.items == [1] and isinstance(q, A)
p.n = 1
assert not hasattr(o, 'n')
assert copy.copy((1, 2)) == (1, 2) and copy.deepcopy('a') == 'a' and copy.copy(len) is len
assert copy.copy({'a': 1}) == {'a': 1} and copy.copy(set([1])) == set([1])
