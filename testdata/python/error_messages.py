"""The texts of errors that scripts print or keep."""
import sys

V = sys.version_info[:2]


def message(function):
    try:
        function()
    except Exception as error:
        return str(error)
    return None


def missing():
    return undefined_name


if V[0] == 2:
    assert message(lambda: 'a' + 1) == "cannot concatenate 'str' and 'int' objects"
    assert message(lambda: u'a' + 1) == 'coercing to Unicode: need string or buffer, int found'
    assert message(missing) == "global name 'undefined_name' is not defined"
elif V < (3, 7):
    assert message(lambda: 'a' + 1) == 'must be str, not int'
else:
    assert message(lambda: 'a' + 1) == 'can only concatenate str (not "int") to str'
if V[0] == 3:
    assert message(missing) == "name 'undefined_name' is not defined"
    assert message(lambda: b'a' + 1) == "can't concat int to bytes"
assert message(lambda: [] + 'a') == 'can only concatenate list (not "str") to list'
assert message(lambda: () + [1]) == 'can only concatenate tuple (not "list") to tuple'
assert message(lambda: 1 + 'a') == "unsupported operand type(s) for +: 'int' and 'str'"
assert message(lambda: None + 'a') == "unsupported operand type(s) for +: 'NoneType' and 'str'"
try:
    undefined_name
except NameError as error:
    assert str(error) == "name 'undefined_name' is not defined"
else:
    assert False
