# -*- coding: utf-8 -*-
"""The order in which Python 2.7 walks dicts and sets: that of its hash table."""

words = ['requests', 'six', 'futures', 'mock', 'nose', 'pytest', 'enum34', 'ordereddict']
assert list(set(words)) == (
    ['futures', 'ordereddict', 'enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
)
assert (list({'all': 1, 'docs': 2, 'tests': 3})) == ['docs', 'all', 'tests']
assert ({'docs': ['sphinx'], 'tests': ['nose'], 'all': [], 'dev': []}.items()) == (
    [('docs', ['sphinx']), ('tests', ['nose']), ('all', []), ('dev', [])]
)
assert (list({'b': 1, 'a': 2, 'd': 3, 'c': 4, 'f': 5, 'e': 6, 'h': 7})) == (
    ['a', 'c', 'b', 'e', 'd', 'f', 'h']
)
assert (', '.join(dict(one=1, two=2, three=3, four=4, five=5, six=6))) == 'four, five, two, six, three, one'
assert (dict.fromkeys(words).keys()) == (
    ['futures', 'ordereddict', 'enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
)
assert (dict.fromkeys(set(words)).keys()) == (
    ['six', 'ordereddict', 'nose', 'enum34', 'requests', 'futures', 'pytest', 'mock']
)
assert (str({'version': '1.0', 'name': 'x', u'url': None})) == (
    "{u'url': None, 'version': '1.0', 'name': 'x'}"
)
assert (repr(set([3, 1, 2, -1]) | set(['x']))) == "set([1, 2, 3, -1, 'x'])"
grown = dict((word, len(word)) for word in words)
assert grown.keys() == ['futures', 'ordereddict', 'enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
del grown['six']
grown['seven'] = 7
assert grown.keys() == ['seven', 'futures', 'ordereddict', 'enum34', 'pytest', 'nose', 'requests', 'mock']
grown['six'] = 6
assert ([key for key in grown]) == (
    ['seven', 'futures', 'ordereddict', 'enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
)
assert (dict(grown).keys()) == (
    ['seven', 'six', 'ordereddict', 'enum34', 'futures', 'pytest', 'nose', 'requests', 'mock']
)
assert (grown.copy().keys()) == (
    ['seven', 'six', 'ordereddict', 'enum34', 'futures', 'pytest', 'nose', 'requests', 'mock']
)
assert (dict(grown, eight=8, nine=9).values()) == [7, 6, 11, 6, 7, 6, 8, 4, 9, 8, 4]
assert list(grown.iteritems())[:3] == [('seven', 7), ('futures', 7), ('ordereddict', 11)]
assert sorted(grown)[:3] == ['enum34', 'futures', 'mock']
grown.update({'zope': 1, 'twisted': 2})
assert ([key for key, value in grown.items()]) == (
    ['seven', 'futures', 'ordereddict', 'enum34', 'six', 'twisted', 'pytest', 'nose', 'zope', 'requests', 'mock']
)
assert grown.popitem() == ('seven', 7)
assert grown.popitem() == ('futures', 7)
assert (grown.setdefault('aa', 5), grown.keys()) == (
    (5, ['aa', 'ordereddict', 'enum34', 'six', 'twisted', 'pytest', 'nose', 'zope', 'requests', 'mock'])
)
assert ({word: 1 for word in words}.keys()) == (
    ['futures', 'ordereddict', 'enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
)
assert list({word for word in words}) == (
    ['futures', 'ordereddict', 'enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
)
assert (list({'zz', 'b', 'q', 'd', 'm'})) == ['q', 'b', 'm', 'd', 'zz']
few = set(words)
assert (few.pop(), few.pop()) == ('futures', 'ordereddict')
assert list(few) == ['enum34', 'six', 'pytest', 'nose', 'requests', 'mock']
few.discard('mock')
few.add('more')
assert list(few) == ['enum34', 'six', 'pytest', 'nose', 'requests', 'more']
assert (list(few | set(['a', 'b', 'c']))) == (
    ['a', 'c', 'pytest', 'nose', 'enum34', 'requests', 'six', 'b', 'more']
)
assert list(few & set(words)) == ['enum34', 'requests', 'six', 'pytest', 'nose']
assert list(set(words) - few) == ['futures', 'ordereddict', 'mock']
assert list(few ^ set(words)) == ['ordereddict', 'futures', 'mock', 'more']
few.difference_update(['nose', 'pytest'])
assert list(few) == ['enum34', 'six', 'requests', 'more']
few.symmetric_difference_update(words)
assert list(few) == ['futures', 'ordereddict', 'pytest', 'nose', 'mock', 'more']
assert list(frozenset(words).union('abc')) == (
    ['a', 'c', 'six', 'ordereddict', 'enum34', 'futures', 'pytest', 'nose', 'requests', 'b', 'mock']
)
assert (list(set([('b', 1), ('a', 2), ('c', 3), (1, ('a', 'b'))]))) == (
    [(1, ('a', 'b')), ('b', 1), ('c', 3), ('a', 2)]
)
assert (list(set([10, 3, 25, -1, -2, 1000000007, 42]))) == [3, 1000000007, 10, -1, 25, 42, -2]
assert (list(set([u'é', 'x', u'ключ', 'é']))) == (
    [u'\xe9', 'x', u'\u043a\u043b\u044e\u0447', '\xc3\xa9']
)
assert (list(set([True, 0, 'a', 7.0]))) == [0, True, 'a', 7.0]
def given(first=None, **more):
    return more.keys()
assert (given(b=1, a=2, c=3, z=4, y=5)) == ['a', 'y', 'c', 'b', 'z']
assert (given(**{'b': 1, 'a': 2, 'c': 3, 'z': 4, 'y': 5})) == ['a', 'y', 'c', 'b', 'z']
assert (given(1, b=1, **{'a': 2, 'c': 3, 'z': 4, 'y': 5})) == ['a', 'y', 'c', 'z', 'b']
class Given(object):
    def __init__(self, **more):
        self.order = list(more)
assert (Given(b=1, a=2, c=3, z=4, y=5).order) == ['y', 'a', 'c', 'z', 'b']
from collections import OrderedDict, defaultdict
kept = OrderedDict([('zeta', 1), ('alpha', 2), ('mid', 3)])
assert kept.keys() == ['zeta', 'alpha', 'mid']
assert (list(kept), dict(kept).keys()) == (['zeta', 'alpha', 'mid'], ['alpha', 'zeta', 'mid'])
counted = defaultdict(list)
for word in words:
    counted[word[0]].append(word)
assert (counted.items()) == (
    [('e', ['enum34']), ('f', ['futures']), ('m', ['mock']), ('o', ['ordereddict']), ('n', ['nose']), ('p', ['pytest']), ('s', ['six']), ('r', ['requests'])]
)
assert (max(counted), min(counted), 'm' in counted) == ('s', 'e', True)
import copy
assert (copy.copy(grown).keys()) == (
    ['aa', 'ordereddict', 'enum34', 'six', 'twisted', 'pytest', 'nose', 'zope', 'requests', 'mock']
)
assert (copy.deepcopy(grown).keys()) == (
    ['aa', 'ordereddict', 'enum34', 'six', 'twisted', 'pytest', 'nose', 'zope', 'requests', 'mock']
)
class Thing(object):
    pass
by_object = {Thing: 'a', Given: 'b'}
assert sorted(by_object.values()) == ['a', 'b']
assert (len(by_object.keys()), 'b' in by_object.values()) == (2, True)
seen = []
for key, value in by_object.items():
    if value == 'a':
        seen.append(value)
assert seen == ['a']
