"""Which attributes the built-in types have, by version: what scripts ask `hasattr` about."""
import sys

PY2 = sys.version_info[0] == 2
text, data, number = u'a', b'a', 1

for name in ('capitalize', 'count', 'endswith', 'find', 'format', 'join', 'lower', 'replace', 'split', 'strip', 'upper', 'zfill',
             'encode', 'isdecimal', 'isnumeric', 'translate', '__len__', '__getitem__', '__contains__', '__add__', '__mod__'):
    assert hasattr(text, name)
for name in ('append', 'items', '__setitem__', '__delitem__', '__call__', '__enter__', 'fromhex', 'removesuffixes', '__next__'):
    assert not hasattr(text, name)
for name in ('casefold', 'format_map', 'isidentifier', 'isprintable', 'maketrans', '__iter__'):
    assert hasattr(text, name) == (not PY2)
assert hasattr(text, 'decode') == PY2
for name in ('decode', 'join', 'startswith', 'title', '__len__', '__getitem__'):
    assert hasattr(data, name)
for name in ('encode', 'format'):
    assert hasattr(data, name) == PY2
for name in ('fromhex', 'hex', 'maketrans', '__iter__'):
    assert hasattr(data, name) == (not PY2)
for name in ('casefold', 'isdecimal', 'isnumeric', 'isidentifier', 'isprintable', 'format_map', '__setitem__'):
    assert not hasattr(data, name)
for value in (text, data):
    assert hasattr(value, 'isascii') == (sys.version_info >= (3, 7))
    assert hasattr(value, 'removeprefix') == hasattr(value, 'removesuffix') == (sys.version_info >= (3, 9))

for name in ('append', 'count', 'extend', 'index', 'insert', 'pop', 'remove', 'reverse', 'sort', '__iter__', '__len__',
             '__setitem__', '__delitem__', '__contains__'):
    assert hasattr([], name)
for name in ('clear', 'copy'):
    assert hasattr([], name) == (not PY2)
for name in ('add', 'keys', 'update', 'items', 'startswith', '__call__'):
    assert not hasattr([], name)
for name in ('count', 'index', '__iter__', '__len__', '__getitem__'):
    assert hasattr((), name)
for name in ('append', 'copy', 'sort', '__setitem__', '__delitem__'):
    assert not hasattr((), name)
for name in ('clear', 'copy', 'fromkeys', 'get', 'items', 'keys', 'pop', 'popitem', 'setdefault', 'update', 'values',
             '__getitem__', '__setitem__', '__delitem__', '__iter__', '__len__'):
    assert hasattr({}, name)
for name in ('has_key', 'iteritems', 'iterkeys', 'itervalues', 'viewitems', 'viewkeys', 'viewvalues'):
    assert hasattr({}, name) == PY2
for name in ('add', 'append', 'index', 'sort', '__call__'):
    assert not hasattr({}, name)
for name in ('add', 'discard', 'issubset', 'pop', 'remove', 'union', 'update', '__contains__', '__iter__', '__len__'):
    assert hasattr(set(), name)
for name in ('append', 'index', 'keys', '__getitem__', '__setitem__'):
    assert not hasattr(set(), name)
for name in ('add', 'clear', 'discard', 'pop', 'remove', 'update'):
    assert not hasattr(frozenset(), name)

for name in ('bit_length', 'conjugate', 'denominator', 'imag', 'numerator', 'real'):
    assert hasattr(number, name)
for name in ('__iter__', '__len__', '__getitem__', '__call__', 'append', 'split'):
    assert not hasattr(number, name)
for name in ('from_bytes', 'to_bytes'):
    assert hasattr(number, name) == (not PY2)
assert hasattr(number, 'as_integer_ratio') == (sys.version_info >= (3, 8))
assert hasattr(number, 'bit_count') == (sys.version_info >= (3, 10))
assert hasattr(number, 'is_integer') == (sys.version_info >= (3, 12))
for name in ('as_integer_ratio', 'conjugate', 'fromhex', 'hex', 'imag', 'is_integer', 'real'):
    assert hasattr(1.5, name)
for name in ('bit_length', 'numerator', '__iter__', '__len__'):
    assert not hasattr(1.5, name)
for name in ('__iter__', '__len__', '__call__', 'strip'):
    assert not hasattr(None, name)

for callable_thing in (len, str, lambda: 1, ''.join):
    assert hasattr(callable_thing, '__call__')
    assert not hasattr(callable_thing, 'strip') or callable_thing is str
assert hasattr(str, 'decode') == PY2
assert hasattr(dict, 'iteritems') == PY2
assert hasattr(dict, 'has_key') == PY2
assert hasattr(iter([]), '__iter__')
assert hasattr(iter([]), 'next') == PY2
assert hasattr(iter([]), '__next__') == (not PY2)
assert hasattr((x for x in []), 'send')
