"""The module `itertools`."""
import itertools
import sys

PY2 = sys.version_info[0] == 2

assert list(itertools.chain([1], (2, 3), 'a')) == [1, 2, 3, 'a']
assert list(itertools.chain(*[[1], [2]])) == [1, 2]
assert list(itertools.chain.from_iterable([[1], [2, 3]])) == [1, 2, 3]
assert sorted(set(itertools.chain.from_iterable({'a': ['x'], 'b': ['y', 'x']}.values()))) == ['x', 'y']
assert list(itertools.islice(range(10), 3)) == [0, 1, 2]
assert list(itertools.islice(range(10), 2, None, 3)) == [2, 5, 8]
it = iter([1, 2, 3, 4])
assert list(itertools.islice(it, 2)) == [1, 2] and next(it) == 3
assert list(itertools.product('ab', [1, 2])) == [('a', 1), ('a', 2), ('b', 1), ('b', 2)]
assert list(itertools.product([0, 1], repeat=2)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
assert list(itertools.permutations('abc', 2))[:3] == [('a', 'b'), ('a', 'c'), ('b', 'a')]
assert len(list(itertools.permutations([1, 2, 3]))) == 6
assert list(itertools.combinations('abc', 2)) == [('a', 'b'), ('a', 'c'), ('b', 'c')]
assert list(itertools.starmap(lambda a, b: a + b, [(1, 2), (3, 4)])) == [3, 7]
assert list(itertools.takewhile(lambda x: x < 3, [1, 2, 3, 1])) == [1, 2]
assert list(itertools.dropwhile(lambda x: x < 3, [1, 2, 3, 1])) == [3, 1]
assert list(itertools.compress('abc', [1, 0, 1])) == ['a', 'c']
assert [(k, list(g)) for k, g in itertools.groupby('aabca')] == [('a', ['a', 'a']), ('b', ['b']), ('c', ['c']), ('a', ['a'])]
assert [k for k, g in itertools.groupby([1, 3, 2], lambda x: x % 2)] == [1, 0]
assert list(itertools.repeat('x', 2)) == ['x', 'x']
if PY2:
    assert list(itertools.izip('ab', [1, 2, 3])) == [('a', 1), ('b', 2)]
    assert list(itertools.imap(str, [1, 2])) == ['1', '2']
    assert list(itertools.ifilter(None, [0, 1])) == [1]
    assert list(itertools.izip_longest('ab', 'c', fillvalue='-')) == [('a', 'c'), ('b', '-')]
else:
    assert list(itertools.zip_longest('ab', 'c', fillvalue='-')) == [('a', 'c'), ('b', '-')]
    assert list(itertools.filterfalse(lambda x: x % 2, [1, 2])) == [2]
    assert list(itertools.accumulate([1, 2, 3])) == [1, 3, 6]
    assert list(itertools.accumulate([1, 2, 3], lambda a, b: a * b)) == [1, 2, 6]
if sys.version_info >= (3, 10):
    assert list(itertools.pairwise([1, 2, 3])) == [(1, 2), (2, 3)]
