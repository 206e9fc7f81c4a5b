"""set and frozenset: construction, methods, operators, comparisons."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert set() == set([])
assert set('aab') == {'a', 'b'}
assert {1, 2, 1} == {1, 2}
assert set([1, 2]) == set((2, 1))
assert set({'k': 1}) == {'k'}
assert set(x for x in range(2)) == {0, 1}
assert {x % 2 for x in range(5)} == {0, 1}
assert type({}) is dict
assert type({1}) is set
assert len({1, 1.0, True}) == 1
assert raises(TypeError, set, 1)
assert raises(TypeError, set, [[]])
assert raises(TypeError, lambda: {{}})
assert raises(TypeError, hash, set())

s = {1, 2}
assert s.add(3) is None
assert s == {1, 2, 3}
s.add(3)
assert len(s) == 3
assert s.remove(3) is None
assert s == {1, 2}
assert raises(KeyError, s.remove, 9)
assert s.discard(9) is None
s.discard(2)
assert s == {1}
assert s.pop() == 1
assert s == set()
assert raises(KeyError, s.pop)
s.update([1, 2], (3,), 'a')
assert s == {1, 2, 3, 'a'}
assert s.clear() is None
assert not s
assert raises(TypeError, s.update, 1)

a = {1, 2, 3}
b = {3, 4}
assert a | b == {1, 2, 3, 4}
assert a & b == {3}
assert a - b == {1, 2}
assert b - a == {4}
assert a ^ b == {1, 2, 4}
assert a.union(b) == {1, 2, 3, 4}
assert a.union([9], (8,)) == {1, 2, 3, 8, 9}
assert a.intersection([3, 7]) == {3}
assert a.difference((1,)) == {2, 3}
assert a.symmetric_difference([3, 4]) == {1, 2, 4}
assert a.union() == a
assert a.union() is not a
assert raises(TypeError, lambda: a | [1])
assert raises(TypeError, lambda: a - [1])
assert raises(TypeError, lambda: a + b)
assert {1}.issubset([1, 2])
assert {1, 2}.issuperset([1])
assert {1}.isdisjoint([2])
assert not {1}.isdisjoint([1])
assert {1} <= {1, 2}
assert {1} < {1, 2}
assert not {1} < {1}
assert {1} <= {1}
assert {1, 2} >= {2}
assert {1, 2} > {2}
assert not {1} < {2}
assert not {1} > {2}
assert {1} != {2}
assert set() < {1}
assert {1} == frozenset([1])
assert not {1} == [1]
assert 1 in a
assert 9 not in a
assert sorted(a) == [1, 2, 3]
assert sum(a) == 6
assert max(a) == 3
copy = a.copy()
copy.add(9)
assert 9 not in a
alias = a
alias |= {10}
assert 10 in a
a -= {10}
assert alias == {1, 2, 3}
a.intersection_update({1, 2})
assert alias == {1, 2}
a.difference_update([2])
assert alias == {1}
a.symmetric_difference_update([1, 5])
assert alias == {5}
assert bool(set()) is False
assert bool({0}) is True
assert list({'only'}) == ['only']
assert isinstance({1}, set)
assert sorted(set('hello') - set('el')) == ['h', 'o']
assert sorted(set(['b', 'a']) | set(['c'])) == ['a', 'b', 'c']
assert len(set(['x', 'x'])) == 1

f = frozenset([1, 2])
assert f == {1, 2}
assert f | {3} == {1, 2, 3}
assert type(f | {3}) is frozenset
assert type({3} | f) is set
assert {f: 'v'}[frozenset([1, 2])] == 'v'
assert f in {f}
assert frozenset() == set()
assert raises(AttributeError, lambda: f.add)
assert frozenset('ab') <= frozenset('abc')
assert isinstance(f, frozenset)
assert not isinstance(f, set)
assert f.union([5]) == {1, 2, 5}
g = f
g |= {3}
assert f == {1, 2}
assert g == {1, 2, 3}
assert frozenset(f) is f
assert set(f) == f
assert {frozenset([1])} == {frozenset([1])}

# Small integers stand in the places of their own numbers, whatever was done to the table.
assert list({3, 1, 2}) == [1, 2, 3]
assert list(set([5, 0, 7]) | {2}) == [0, 2, 5, 7]
assert list(set(range(9)) - {4}) == [0, 1, 2, 3, 5, 6, 7, 8]
assert list(frozenset([6, 4])) == [4, 6]
assert set([1]).pop() == 1
assert sorted(set('cab')) == ['a', 'b', 'c']
assert max({'a', 'b'}) == 'b'
assert len(set('abca')) == 3
