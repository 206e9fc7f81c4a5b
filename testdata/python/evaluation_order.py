"""In which order the parts of an expression are evaluated, and which arguments may be given by name."""
import sys

PY2 = sys.version_info[0] == 2
seen = []


def raises(error, function, *arguments, **keywords):
    try:
        function(*arguments, **keywords)
    except error:
        return True
    return False


def note(name, value=None):
    seen.append(name)
    return value


def order(function):
    del seen[:]
    function()
    return ''.join(seen)


def take(*arguments, **keywords):
    return arguments, keywords


assert order(lambda: take(note('a'), note('b'), k=note('c'))) == 'abc'
assert order(lambda: take(*note('a', ()), k=note('b'))) == ('ba' if PY2 else 'ab')
assert order(lambda: take(k=note('a'), *note('b', ()))) == ('ab' if PY2 else 'ba')
assert order(lambda: take(note('a'), k=note('b'), **note('c', {}))) == 'abc'
assert order(lambda: take(note('a'), k=note('b'), *note('c', ()), **note('d', {}))) == ('abcd' if PY2 else 'acbd')
assert order(lambda: {note('a'): note('b')}) == ('ba' if PY2 else 'ab')
assert order(lambda: {note('a'): note('b'), note('c'): note('d')}) == ('badc' if PY2 else 'abcd')
assert order(lambda: [note('a'), note('b')]) == 'ab'
assert order(lambda: note('a', 1) + note('b', 2) * note('c', 3)) == 'abc'
assert order(lambda: note('a', 1) < note('b', 2) < note('c', 3)) == 'abc'
assert order(lambda: note('a', 3) < note('b', 2) < note('c', 3)) == 'ab'
assert order(lambda: note('a', 0) and note('b')) == 'a'
assert order(lambda: note('a', 1) if note('b', 0) else note('c')) == 'bc'
assert order(lambda: note('a', {1: 2})[note('b', 1)]) == 'ab'
assert order(lambda: note('a', take)(note('b'))) == 'ab'

del seen[:]
holder = {}
note('t', holder)[note('k', 1)] = note('v', 2)
assert seen == ['v', 't', 'k']

assert raises(TypeError, 'abc'.replace, old='b', new='c')
assert raises(TypeError, 'abc'.find, part='b')
assert raises(TypeError, 'abc'.strip, chars='a')
assert raises(TypeError, 'abc'.startswith, prefix='a')
assert raises(TypeError, 'abc'.center, width=5)
assert raises(TypeError, ','.join, iterable=[])
if PY2:
    assert raises(TypeError, 'a b'.split, sep=' ')
    assert raises(TypeError, u'a b'.split, maxsplit=1)
    assert raises(TypeError, 'a'.splitlines, keepends=True)
    assert raises(TypeError, 'a'.expandtabs, tabsize=1)
else:
    assert 'a b c'.split(maxsplit=1) == ['a', 'b c']
    assert 'a,b'.split(sep=',') == ['a', 'b']
    assert 'a\nb'.splitlines(keepends=True) == ['a\n', 'b']
    assert 'a\tb'.expandtabs(tabsize=2) == 'a b'
assert u'a'.encode(encoding='ascii', errors='strict') == b'a'
assert b'a'.decode(encoding='ascii') == u'a'

# Classes take parameters since 3.9; before that, and most of them ever since, they are not to be subscripted.
for kind in (int, str, object, float, bool):
    assert raises(TypeError, lambda: kind[int])
for kind in (list, dict, tuple, set, frozenset):
    if sys.version_info < (3, 9):
        assert raises(TypeError, lambda: kind[int])
    else:
        assert kind[int].__origin__ is kind
        assert kind[int].__args__ == (int,)
        assert type(kind[int]) is not type
        assert kind[int]() == kind()
        assert repr(kind[int]) == kind.__name__ + '[int]'
if sys.version_info >= (3, 9):
    class Names(dict[str, int]):
        pass
    assert issubclass(Names, dict)
    assert Names(a=1) == {'a': 1}
    assert repr(tuple[int, ...]) == 'tuple[int, ...]'
    assert repr(list[list[str]]) == 'list[list[str]]'


class Plain(object):
    pass


assert raises(TypeError, lambda: Plain[int])

# In place or not.
names = [1]
same = names
names *= 2
assert same == [1, 1]
numbers = set([1])



def exec_in_place(text):
    exec(text, {'numbers': numbers})


assert raises(TypeError, exec_in_place, 'numbers |= [2]')
assert raises(TypeError, exec_in_place, 'numbers -= [2]')
numbers |= set([2])
assert numbers == set([1, 2])
table = {'a': 1}
if sys.version_info < (3, 9):
    assert raises(TypeError, lambda: table | {'b': 2})
    assert raises(TypeError, lambda: table.__ior__({'b': 2}) if hasattr(table, '__ior__') else exec_in_place('numbers |= 1'))
else:
    table |= {'b': 2}
    assert table == {'a': 1, 'b': 2}

inner = []
outer = (inner,)
inner.append(outer)
assert repr(outer) == '([(...)],)'
assert abs(True) == 1 and abs(True) is not True
assert repr(set()) == ('set([])' if PY2 else 'set()')
assert repr(frozenset()) == ('frozenset([])' if PY2 else 'frozenset()')
assert repr(ValueError) == ("<type 'exceptions.ValueError'>" if PY2 else "<class 'ValueError'>")
flags = {}
flags[True] = 2
assert flags == {True: 2}
