"""from __future__ imports: unicode_literals, print_function, division, absolute_import."""
from __future__ import absolute_import, division, print_function, unicode_literals

import sys
import __future__

assert type('a') is type(u'a')
assert type(b'a') is bytes
assert type('a') is not bytes
assert '\u20ac' == u'\u20ac'
assert len('\u20ac') == 1
assert r'\n' == u'\\n'
assert 'a' 'b' == u'ab'
assert 1 / 2 == 0.5
assert 1 // 2 == 0
assert 4 / 2 == 2.0
assert isinstance(4 / 2, float)
value = 1
value /= 2
assert value == 0.5
assert type(str('a')) is str
assert isinstance(__name__, str)
assert isinstance(__doc__, type(u''))
assert callable(print)
assert eval('1 / 2') == 0.5
assert (lambda **kw: sorted(kw))(**{'a': 1, 'b': 2}) == ['a', 'b']
assert type('%s' % 'a') is type(u'')
assert '{0}'.format('\xe9') == u'\xe9'
assert {'name': 1}['name'] == 1
assert isinstance('a', str if sys.version_info >= (3,) else unicode)  # noqa: F821
assert 'a'.encode('ascii') == b'a'
assert [type(x) for x in ('a', b'a')] == [type(u''), bytes]

out = []


class Sink(object):
    def write(self, text):
        out.append(text)


print('a', 'b', sep='-', end='!', file=Sink())
assert ''.join(out) == 'a-b!'
del out[:]
print(file=Sink())
assert ''.join(out) == '\n'
del out[:]
print(1, None, 'x', file=Sink())
assert ''.join(out) == '1 None x\n'
assert print('', file=Sink()) is None
