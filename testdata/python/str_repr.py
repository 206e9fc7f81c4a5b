"""repr of strings, bytes, numbers and containers."""
import sys

assert repr('abc') == "'abc'"
assert repr('') == "''"
assert repr("it's") == '"it\'s"'
assert repr('say "hi"') == "'say \"hi\"'"
assert repr('both \' and "') == "'both \\' and \"'"
assert repr('a\nb') == "'a\\nb'"
assert repr('a\tb') == "'a\\tb'"
assert repr('a\rb') == "'a\\rb'"
assert repr('a\\b') == "'a\\\\b'"
assert repr('\x00') == "'\\x00'"
assert repr('\x1b') == "'\\x1b'"
assert repr('\x7f') == "'\\x7f'"
assert repr('\x08') == "'\\x08'"
assert repr(1) == '1'
assert repr(-1) == '-1'
assert repr(1.0) == '1.0'
assert repr(None) == 'None'
assert repr(True) == 'True'
assert repr([]) == '[]'
assert repr([1, 2]) == '[1, 2]'
assert repr(['a', "b'c"]) == '[\'a\', "b\'c"]'
assert repr(()) == '()'
assert repr((1,)) == '(1,)'
assert repr((1, 2)) == '(1, 2)'
assert repr({}) == '{}'
assert repr({'a': [1]}) == "{'a': [1]}"
assert repr({1: None}) == '{1: None}'
assert repr([[1], (2,), {3: 4}]) == '[[1], (2,), {3: 4}]'
assert repr(slice(1, 2)) == 'slice(1, 2, None)'
assert repr(Ellipsis) == 'Ellipsis'
assert repr(NotImplemented) == 'NotImplemented'
assert str(['a']) == repr(['a'])
assert str('a') != repr('a')
assert '%r' % 'a' == "'a'"
assert '{0!r}'.format('a') == "'a'"
assert eval(repr(['x\n', 1.5, None, {'k': ()}])) == ['x\n', 1.5, None, {'k': ()}]

# Containers that hold themselves.
loop = [1]
loop.append(loop)
assert repr(loop) == '[1, [...]]'
mapping = {}
mapping['self'] = mapping
assert repr(mapping) == "{'self': {...}}"
pair = ([],)
pair[0].append(pair)


class Named(object):
    def __repr__(self):
        return '<Named>'


class Shown(object):
    def __str__(self):
        return 'shown'


assert str(Named()) == '<Named>'
assert repr([Named()]) == '[<Named>]'
assert str([Named()]) == '[<Named>]'
assert str(Shown()) == 'shown'
assert '%s %r' % (Named(), Named()) == '<Named> <Named>'

if sys.version_info >= (3,):
    assert repr('\xe9') == "'\xe9'"
    assert repr('\u20ac') == "'\u20ac'"
    assert repr('\x85') == "'\\x85'"
    assert repr('\xa0') == "'\\xa0'"
    assert repr('\xad') == "'\\xad'"
    assert repr('\u200b') == "'\\u200b'"
    assert repr('\u2028') == "'\\u2028'"
    assert repr('\ufeff') == "'\\ufeff'"
    assert repr('\U0001f600') == "'\U0001f600'"
    assert repr('\U000e0001') == "'\\U000e0001'"
    assert ascii('\xe9\u20ac\U0001f600') == "'\\xe9\\u20ac\\U0001f600'"
    assert repr(b'a') == "b'a'"
    assert repr(b'\xff\x00\n') == "b'\\xff\\x00\\n'"
    assert repr(b"it's") == 'b"it\'s"'
    assert repr({1}) == '{1}'
    assert repr(set()) == 'set()'
    assert repr(frozenset()) == 'frozenset()'
    assert repr(frozenset([1])) == 'frozenset({1})'
    assert repr(range(3)) == 'range(0, 3)'
    assert repr(range(0, 9, 3)) == 'range(0, 9, 3)'
    assert repr(int) == "<class 'int'>"
    assert repr({}.keys()) == 'dict_keys([])'
    assert repr({1: 2}.items()) == 'dict_items([(1, 2)])'
else:
    assert repr('\xe9') == "'\\xe9'"
    assert repr(u'\xe9') == "u'\\xe9'"
    assert repr(u'\u20ac') == "u'\\u20ac'"
    assert repr(u'\U0001f600') == "u'\\U0001f600'"
    assert repr(u'a') == "u'a'"
    assert repr([u'a', 'b']) == "[u'a', 'b']"
    assert repr(b'a') == "'a'"
    assert repr(10 ** 20) == '100000000000000000000L'
    assert str(10 ** 20) == '100000000000000000000'
    assert repr(set([1])) == 'set([1])'
    assert repr(frozenset([1])) == 'frozenset([1])'
    assert repr(xrange(3)) == 'xrange(3)'
    assert repr(range(3)) == '[0, 1, 2]'
    assert repr(int) == "<type 'int'>"
    assert repr({1: 2}.keys()) == '[1]'
