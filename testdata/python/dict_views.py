"""dict: keys, values and items: views in 3, lists in 2; insertion order from 3.7."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


d = {'a': 1}
assert len(d.keys()) == 1
assert 'a' in d.keys()
assert 1 in d.values()
assert ('a', 1) in d.items()
assert sorted(d.keys()) == ['a']

if sys.version_info >= (3,):
    assert not isinstance(d.keys(), list)
    assert raises(TypeError, lambda: d.keys()[0])
    assert raises(TypeError, lambda: d.keys() + ['b'])
    assert raises(AttributeError, lambda: d.keys().sort())
    assert raises(AttributeError, lambda: d.iteritems())
    assert raises(AttributeError, lambda: d.values().append)
    assert d.keys() == {'a'}
    assert d.keys() == {'a': 5}.keys()
    assert d.items() == {('a', 1)}
    assert d.values() != {'a': 1}.values()
    assert d.keys() | {'b'} == {'a', 'b'}
    assert d.keys() & ['a', 'c'] == {'a'}
    assert d.keys() - {'a'} == set()
    assert d.keys() ^ {'a', 'b'} == {'b'}
    assert d.items() - {('a', 1)} == set()
    assert type(d.keys() | set()) is set
    assert d.keys().isdisjoint(['z'])
    assert d.keys() <= {'a', 'b'}
    keys = d.keys()
    values = d.values()
    d['b'] = 2
    assert len(keys) == 2
    assert sorted(keys) == ['a', 'b']
    assert sorted(values) == [1, 2]
    assert list(d.items())[0][0] in ('a', 'b')
    assert next(iter({'x': 1}.values())) == 1
    assert iter(d.keys()) is not d.keys()
    assert not (d.keys() == ['a', 'b'])
else:
    assert isinstance(d.keys(), list)
    assert d.keys() == ['a']
    assert d.values() == [1]
    assert d.items() == [('a', 1)]
    assert d.keys()[0] == 'a'
    assert d.keys() + ['b'] == ['a', 'b']
    assert list(d.iteritems()) == [('a', 1)]
    assert list(d.iterkeys()) == ['a']
    assert list(d.itervalues()) == [1]
    assert not isinstance(d.iteritems(), list)
    assert d.iteritems().next() == ('a', 1)
    assert d.viewkeys() == {'a'}
    assert d.viewitems() & {('a', 1)} == {('a', 1)}
    assert list(d.viewvalues()) == [1]
    keys = d.keys()
    d['b'] = 2
    assert keys == ['a']
    more = d.items()
    more.sort()
    assert more == [('a', 1), ('b', 2)]
    for key in d.keys():
        del d[key]
    assert d == {}

if sys.version_info >= (3, 7):
    d = {'b': 1, 'a': 2, 'c': 3}
    assert list(d) == ['b', 'a', 'c']
    assert list(d.values()) == [1, 2, 3]
    assert list(d.items())[1] == ('a', 2)
    d['b'] = 9
    assert list(d) == ['b', 'a', 'c']
    del d['b']
    d['b'] = 1
    assert list(d) == ['a', 'c', 'b']
    assert d.popitem() == ('b', 1)
    assert list(dict(z=1, y=2)) == ['z', 'y']
    assert list(dict([('q', 1), ('p', 2)])) == ['q', 'p']
    assert str({'b': 1, 'a': 2}) == "{'b': 1, 'a': 2}"
    assert list({k: 0 for k in 'cab'}) == ['c', 'a', 'b']
    assert list(dict.fromkeys(['x', 'y', 'x', 'a'])) == ['x', 'y', 'a']
    e = {'x': 1}
    e.update(b=2, a=3)
    assert list(e) == ['x', 'b', 'a']
    assert list((lambda **kw: kw)(z=1, a=2)) == ['z', 'a']
    assert {'a': 1, 'b': 2} == {'b': 2, 'a': 1}
    assert list({'a': 1, 'b': 2, 'a': 3}.items()) == [('a', 3), ('b', 2)]
    assert list({1: 'a', 1.0: 'b'}.items()) == [(1, 'b')]
    assert list({True: 'a', 1: 'b'}) == [True]
    assert ','.join({'one': 1, 'two': 2}) == 'one,two'
    e.setdefault('n', 0)
    assert list(e)[-1] == 'n'
    assert list(e.copy()) == list(e)
    assert sum({'b': ['x'], 'a': ['y']}.values(), []) == ['x', 'y']

if sys.version_info >= (3, 8):
    assert list(reversed({'a': 1, 'b': 2})) == ['b', 'a']
    assert list(reversed({'a': 1, 'b': 2}.values())) == [2, 1]
