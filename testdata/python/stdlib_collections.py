"""The module `collections`."""
import collections
import sys
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple

d = OrderedDict([('b', 1), ('a', 2)])
d['c'] = 3
assert list(d) == ['b', 'a', 'c'] and list(d.items()) == [('b', 1), ('a', 2), ('c', 3)]
assert d == {'a': 2, 'b': 1, 'c': 3} and len(d) == 3 and 'a' in d and d.get('z') is None
assert isinstance(d, dict) and isinstance(d, OrderedDict) and dict(d) == {'a': 2, 'b': 1, 'c': 3}
assert d.popitem() == ('c', 3) and d.popitem(last=False) == ('b', 1) and list(d) == ['a']
d.update(x=1)
assert list(d) == ['a', 'x'] and d.pop('a') == 2
assert d.setdefault('y', 5) == 5 and d['y'] == 5
c = d.copy()
c['n'] = 1
assert 'n' not in d and isinstance(c, OrderedDict)
if sys.version_info[0] > 2:
    e = OrderedDict([('a', 1), ('b', 2)])
    e.move_to_end('a')
    assert list(e) == ['b', 'a']
if sys.version_info >= (3, 12):
    assert repr(OrderedDict([('a', 1)])) == "OrderedDict({'a': 1})"
else:
    assert repr(OrderedDict([('a', 1)])) == "OrderedDict([('a', 1)])"
assert repr(OrderedDict()) == 'OrderedDict()'

dd = defaultdict(list)
dd['a'].append(1)
dd['a'].append(2)
dd['b']
assert dict(dd) == {'a': [1, 2], 'b': []} and dd.get('z') is None and 'z' not in dd
assert dd.default_factory is list
ints = defaultdict(int, a=1)
ints['a'] += 1
ints['b'] += 1
assert dict(ints) == {'a': 2, 'b': 1}
assert defaultdict(lambda: 'x')['q'] == 'x'
try:
    defaultdict()['a']
except KeyError:
    pass
else:
    assert False

n = Counter('abca')
assert n['a'] == 2 and n['z'] == 0 and 'z' not in n and n.most_common(1) == [('a', 2)]
n.update('aa')
n.subtract('b')
assert n['a'] == 4 and n['b'] == 0 and sorted(Counter(a=2).elements()) == ['a', 'a']
assert Counter({'x': 3})['x'] == 3

q = deque([1, 2])
q.append(3)
q.appendleft(0)
assert list(q) == [0, 1, 2, 3] and q.popleft() == 0 and q.pop() == 3 and len(q) == 2
q.rotate(1)
assert list(q) == [2, 1]
q.extendleft([5, 6])
assert q[0] == 6 and repr(deque([1])) == 'deque([1])'

P = namedtuple('P', 'x y')
p = P(1, y=2)
assert p == (1, 2) and p.x == 1 and p.y == 2 and p[1] == 2 and isinstance(p, tuple)
assert repr(p) == 'P(x=1, y=2)' and p._fields == ('x', 'y') and P._fields == ('x', 'y')
assert p._replace(x=5) == (5, 2) and dict(p._asdict()) == {'x': 1, 'y': 2} and P._make([3, 4]).y == 4
x, y = p
assert (x, y) == (1, 2) and '.'.join(map(str, p)) == '1.2' and '%d.%d' % p == '1.2'
V = namedtuple('V', ['major', 'minor'])
assert V(1, 0) < V(1, 1) and V(*[1, 2]).minor == 2 and V(1, 2).__class__.__name__ == 'V'
for wrong in [lambda: P(1), lambda: P(1, 2, 3), lambda: P(1, z=2)]:
    try:
        wrong()
    except TypeError:
        pass
    else:
        assert False
class Q(namedtuple('Q', 'a, b')):
    def total(self):
        return self.a + self.b
assert Q(1, 2).total() == 3 and Q(1, 2) == (1, 2)
if sys.version_info >= (3, 7):
    D = namedtuple('D', 'a b', defaults=[7])
    assert D(1) == (1, 7)
