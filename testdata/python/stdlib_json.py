"""The module `json`."""
import json
import sys

PY2 = sys.version_info[0] == 2

assert json.loads('{"name": "x", "deps": ["a", "b"], "n": 1, "f": 1.5, "t": true, "z": null}') == {
    'name': 'x', 'deps': ['a', 'b'], 'n': 1, 'f': 1.5, 't': True, 'z': None}
assert json.loads(' [1, -2, 3e2, -0.5, 0] ') == [1, -2, 300.0, -0.5, 0]
assert isinstance(json.loads('3e2'), float) and isinstance(json.loads('3'), int)
assert json.loads('"a\\n\\u00e9\\ud83d\\ude00\\/"') == u'a\n\xe9\U0001f600/'
assert json.loads('{"a": 1, "a": 2}') == {'a': 2}
assert json.loads('123456789012345678901234567890') == 123456789012345678901234567890
assert json.loads('[]') == [] and json.loads('{}') == {} and json.loads('""') == ''
assert list(json.loads('{"b": 1, "a": 2}').items()) == [('b', 1), ('a', 2)] or sys.version_info < (3, 7)
for wrong in ['', '{', '[1,]', '{"a" 1}', "{'a': 1}", '01', '1 2', '"a', '"\n"', 'nul', '[1', '"\\x"']:
    try:
        json.loads(wrong)
    except ValueError:
        pass
    else:
        assert False, wrong
if not PY2:
    try:
        json.loads('[1}')
    except json.JSONDecodeError as error:
        assert str(error) == "Expecting ',' delimiter: line 1 column 3 (char 2)"
    assert json.loads(b'{"a": 1}') == {'a': 1}
else:
    assert type(json.loads('"a"')) is unicode

assert json.dumps([1, 'a', None, True, 1.5]) == '[1, "a", null, true, 1.5]'
assert json.dumps({'a': [1, {'b': 2}]}) == '{"a": [1, {"b": 2}]}'
assert json.dumps({'b': 1, 'a': 2}, sort_keys=True) == '{"a": 2, "b": 1}'
assert json.dumps([1, 2], separators=(',', ':')) == '[1,2]'
assert json.dumps('"\\\n\x01\x7f') == '"\\"\\\\\\n\\u0001\\u007f"' or PY2
assert json.dumps(u'\xe9\U0001f600') == '"\\u00e9\\ud83d\\ude00"'
assert json.dumps(u'\xe9', ensure_ascii=False) == u'"\xe9"'
assert json.dumps({}) == '{}' and json.dumps([]) == '[]' and json.dumps(()) == '[]'
assert json.dumps({1: 2}) == '{"1": 2}' and json.dumps({'a': {}}, indent=2) == '{\n  "a": {}\n}'
assert json.dumps({'a': [1]}, indent=2) == '{\n  "a": [\n    1\n  ]\n}'
try:
    json.dumps(object())
except TypeError:
    pass
else:
    assert False
