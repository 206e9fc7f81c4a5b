"""dict: construction, methods, update forms, keys."""
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert dict() == {}
assert dict(a=1, b=2) == {'a': 1, 'b': 2}
assert dict({'a': 1}) == {'a': 1}
assert dict([('a', 1), ('b', 2)]) == {'a': 1, 'b': 2}
assert dict([['a', 1]]) == {'a': 1}
assert dict((('a', 1),), b=2) == {'a': 1, 'b': 2}
assert dict({'a': 1}, a=2) == {'a': 2}
assert dict(['ab', 'cd']) == {'a': 'b', 'c': 'd'}
assert dict(zip('ab', [1, 2])) == {'a': 1, 'b': 2}
assert dict((k, 1) for k in 'ab') == {'a': 1, 'b': 1}
assert dict(**{'a': 1}) == {'a': 1}
assert {'a': 1, 'a': 2} == {'a': 2}
assert {1: 'a', 1.0: 'b'} == {1: 'b'}
assert {k: v for k, v in [('a', 1)]} == {'a': 1}
assert {(1, 2): 3}[(1, 2)] == 3
assert {None: 1}[None] == 1
assert raises(ValueError, dict, ['abc'])
assert raises(TypeError, dict, [1])
assert raises(TypeError, dict, 1)
assert raises(TypeError, lambda: {[]: 1})
assert raises(TypeError, lambda: {{}: 1})

d = {'a': 1}
assert d['a'] == 1
assert raises(KeyError, lambda: d['b'])
assert d.get('a') == 1
assert d.get('b') is None
assert d.get('b', 5) == 5
assert d.get('a', 5) == 1
assert 'b' not in d
d['b'] = 2
assert d == {'a': 1, 'b': 2}
d['a'] = 9
assert d['a'] == 9
assert len(d) == 2
del d['a']
assert d == {'b': 2}
assert raises(KeyError, d.__delitem__, 'a')
assert raises(KeyError, d.pop, 'zz')
assert d.pop('b') == 2
assert d == {}
assert d.pop('b', None) is None
assert d.pop('b', 'default') == 'default'
assert d.setdefault('k', []) == []
d.setdefault('k', []).append(1)
assert d == {'k': [1]}
assert d.setdefault('k', 'other') == [1]
assert d.setdefault('n') is None
assert d == {'k': [1], 'n': None}
assert d.clear() is None
assert d == {}
assert d.update({'a': 1}) is None
assert d == {'a': 1}
d.update([('b', 2)])
assert d['b'] == 2
d.update(c=3)
assert d['c'] == 3
d.update({'a': 0}, b=0)
assert d == {'a': 0, 'b': 0, 'c': 3}
d.update()
assert len(d) == 3
d.update(())
assert len(d) == 3
d.update(zip('xy', (1, 2)))
assert d['y'] == 2
d.update(**{'x': 7})
assert d['x'] == 7
assert raises(TypeError, d.update, 1)
assert raises(TypeError, d.update, None)
assert raises(ValueError, d.update, ['abc'])
only = {'one': 1}
assert only.popitem() == ('one', 1)
assert only == {}
assert raises(KeyError, only.popitem)

first = {'a': [1]}
second = first.copy()
second['b'] = 2
assert 'b' not in first
second['a'].append(2)
assert first == {'a': [1, 2]}
alias = first
alias['z'] = 0
assert 'z' in first
third = dict(first)
third['q'] = 1
assert 'q' not in first
assert dict.fromkeys('ab') == {'a': None, 'b': None}
assert dict.fromkeys(['a'], 0) == {'a': 0}
shared = dict.fromkeys('ab', [])
shared['a'].append(1)
assert shared['b'] == [1]
assert {}.fromkeys([1]) == {1: None}

assert sorted({'b': 1, 'a': 2}.keys()) == ['a', 'b']
assert sorted({'b': 1, 'a': 2}.values()) == [1, 2]
assert sorted({'b': 1, 'a': 2}.items()) == [('a', 2), ('b', 1)]
assert [k for k in {'a': 1}] == ['a']
assert list({'a': 1}.items()) == [('a', 1)]
assert list(iter({'a': 1})) == ['a']
total = 0
for key, value in {'a': 1, 'b': 2}.items():
    total += value
assert total == 3
assert {v: k for k, v in {'a': 1}.items()} == {1: 'a'}
assert dict((v, k) for k, v in {'a': 1}.items()) == {1: 'a'}
assert {'a': {'b': {'c': 1}}}['a']['b']['c'] == 1
nested = {}
nested.setdefault('x', {})['y'] = 1
assert nested == {'x': {'y': 1}}
assert bool({}) is False
assert {'a': 1} == dict(a=1)
assert {'a': 1} != {'a': 1.5}
assert {} == {}
assert not {} == None  # noqa
assert 'a' in {'a': None}
assert {'a': None}.get('a', 1) is None
assert {True: 'x'}[1] == 'x'
assert {'1': 'a'}.get(1) is None
assert (lambda **kw: kw)(a=1) == {'a': 1}
try:
    {'a': 1}['missing']
except KeyError as error:
    assert error.args == ('missing',)
    assert str(error) == "'missing'"


def change_size():
    d = {'a': 1}
    for k in d:
        d['b'] = 2


assert raises(RuntimeError, change_size)
d = {'a': 1, 'b': 2}
for k in list(d):
    del d[k]
assert d == {}


class Lookup(object):
    def keys(self):
        return ['a', 'b']

    def __getitem__(self, key):
        return key * 2


assert dict(Lookup()) == {'a': 'aa', 'b': 'bb'}
target = {}
target.update(Lookup())
assert target == {'a': 'aa', 'b': 'bb'}
assert (lambda **kw: kw)(**Lookup()) == {'a': 'aa', 'b': 'bb'}
if sys.version_info < (3,):
    assert {'a': 1}.has_key('a')
    assert not {'a': 1}.has_key('b')
else:
    assert not hasattr({}, 'has_key')
