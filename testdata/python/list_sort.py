"""sort and sorted: keys, reverse, stability."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert sorted([3, 1, 2]) == [1, 2, 3]
assert sorted((3, 1)) == [1, 3]
assert sorted('bca') == ['a', 'b', 'c']
assert sorted({'b': 1, 'a': 2}) == ['a', 'b']
assert sorted({'b': 1, 'a': 2}.items()) == [('a', 2), ('b', 1)]
assert sorted({3, 1, 2}) == [1, 2, 3]
assert sorted(x for x in [2, 1]) == [1, 2]
assert sorted([]) == []
assert sorted([3, 1, 2], reverse=True) == [3, 2, 1]
assert sorted(['b', 'A', 'c']) == ['A', 'b', 'c']
assert sorted(['b', 'A', 'c'], key=str.lower) == ['A', 'b', 'c']
assert sorted(['B', 'a'], key=lambda s: s.lower()) == ['a', 'B']
assert sorted(['ccc', 'a', 'bb'], key=len) == ['a', 'bb', 'ccc']
assert sorted(['ccc', 'a', 'bb'], key=len, reverse=True) == ['ccc', 'bb', 'a']
assert sorted([(1, 'b'), (0, 'c'), (1, 'a')]) == [(0, 'c'), (1, 'a'), (1, 'b')]
assert sorted([(1, 'b'), (0, 'c'), (1, 'a')], key=lambda p: p[0]) == [(0, 'c'), (1, 'b'), (1, 'a')]
assert sorted([(1, 'b'), (0, 'c'), (1, 'a')], key=lambda p: p[0], reverse=True) == [(1, 'b'), (1, 'a'), (0, 'c')]
assert sorted(['1.10', '1.9', '1.2']) == ['1.10', '1.2', '1.9']
assert sorted(['1.10', '1.9', '1.2'], key=lambda v: [int(x) for x in v.split('.')]) == ['1.2', '1.9', '1.10']
assert sorted(['b', 'a'], key=None) == ['a', 'b']
assert sorted([True, 0, -1]) == [-1, 0, True]
assert sorted([1, 1.0]) == [1, 1.0]
assert type(sorted([1, 1.0])[0]) is int
assert type(sorted([1, 1.0], reverse=True)[0]) is int
assert sorted([[2], [1, 5], [1]]) == [[1], [1, 5], [2]]
assert sorted(['a', '', 'B', '_', '0']) == ['', '0', 'B', '_', 'a']
assert sorted({'x': 2, 'y': 1}, key={'x': 2, 'y': 1}.get) == ['y', 'x']
assert sorted([3, 1], reverse=0) == [1, 3]
assert raises(TypeError, sorted, 5)
assert raises(TypeError, sorted)
assert raises(TypeError, sorted, [1], bad=1)
assert raises(ZeroDivisionError, sorted, [1, 2], key=lambda x: x / 0)

items = ['b', 'a']
assert items.sort() is None
assert items == ['a', 'b']
assert items.sort(reverse=True) is None
assert items == ['b', 'a']
items.sort(key=lambda s: s)
assert items == ['a', 'b']
original = [2, 1]
fresh = sorted(original)
assert original == [2, 1]
assert fresh == [1, 2]
alias = original
original.sort()
assert alias == [1, 2]
calls = []
sorted([3, 1, 2], key=lambda x: calls.append(x) or x)
assert calls == [3, 1, 2]

assert list(reversed([1, 2, 3])) == [3, 2, 1]
assert list(reversed('ab')) == ['b', 'a']
assert list(reversed((1, 2))) == [2, 1]
assert list(reversed(range(3))) == [2, 1, 0]
assert tuple(reversed([])) == ()
assert raises(TypeError, reversed, set())
assert raises(TypeError, reversed, 5)
assert raises(TypeError, reversed, (x for x in []))
assert next(reversed([1, 2])) == 2
assert not isinstance(reversed([1]), list)
assert sorted(set(['b', 'a', 'b'])) == ['a', 'b']
assert sorted(sum({'a': ['z'], 'b': ['y', 'z']}.values(), [])) == ['y', 'z', 'z']


class Backwards(object):
    def __reversed__(self):
        return iter(['r'])


class Sequence(object):
    def __len__(self):
        return 2

    def __getitem__(self, index):
        return index * 10


assert list(reversed(Backwards())) == ['r']
assert list(reversed(Sequence())) == [10, 0]

if sys.version_info >= (3,):
    assert raises(TypeError, sorted, [1, 'a'])
    assert raises(TypeError, sorted, [2, None])
    assert raises(TypeError, sorted, [{}, {}])
    assert raises(TypeError, sorted, [(1, {}), (1, {0: 0})])
    assert sorted([(1, {}), (0, {})], key=lambda p: p[0])[0][0] == 0
    assert raises(TypeError, sorted, [2, 1], lambda a, b: a - b)
    assert raises(TypeError, [2, 1].sort, cmp=None)
    from functools import cmp_to_key
    assert sorted([1, 3, 2], key=cmp_to_key(lambda a, b: b - a)) == [3, 2, 1]
else:
    assert sorted(['a', 1]) == [1, 'a']
    assert sorted([1, 3, 2], lambda a, b: b - a) == [3, 2, 1]
    assert sorted([1, 3, 2], cmp=lambda a, b: b - a) == [3, 2, 1]
    assert sorted(['b', 'A'], lambda a, b: cmp(a.lower(), b.lower())) == ['A', 'b']
    items = [2, 1]
    items.sort(cmp)
    assert items == [1, 2]
