"""The module `string`."""
import string
import sys

PY2 = sys.version_info[0] == 2

assert string.digits == '0123456789' and string.hexdigits == '0123456789abcdefABCDEF'
assert string.octdigits == '01234567'
assert string.ascii_letters == string.ascii_lowercase + string.ascii_uppercase
assert string.ascii_lowercase == 'abcdefghijklmnopqrstuvwxyz'
assert len(string.punctuation) == 32 and '_' in string.punctuation
assert sorted(string.whitespace) == ['\t', '\n', '\x0b', '\x0c', '\r', ' ']
assert len(string.printable) == 100

t = string.Template('$name-${version} costs $$1')
assert t.substitute(name='x', version='1.0') == 'x-1.0 costs $1'
assert t.substitute({'name': 'x', 'version': 2}) == 'x-2 costs $1'
assert t.substitute({'name': 'x', 'version': 2}, name='y') == 'y-2 costs $1'
assert t.safe_substitute(name='x') == 'x-${version} costs $1'
assert string.Template('a $ b').safe_substitute() == 'a $ b'
assert t.template == '$name-${version} costs $$1'
try:
    t.substitute(name='x')
except KeyError as error:
    assert error.args == ('version',)
else:
    assert False
try:
    string.Template('a\n $ b').substitute()
except ValueError as error:
    assert str(error) == 'Invalid placeholder in string: line 2, col 2'
else:
    assert False
assert string.capwords('hello big  world') == 'Hello Big World'
assert string.capwords('a-b', '-') == 'A-B'
if PY2:
    assert string.join(['a', 'b'], '.') == 'a.b' and string.join(['a', 'b']) == 'a b'
    assert string.split('a b') == ['a', 'b'] and string.strip(' a ') == 'a'
    assert string.replace('aXa', 'X', 'b') == 'aba' and string.atoi('12') == 12
    assert string.lowercase[:3] == 'abc' and string.letters[:2] == 'ab'
