"""Python 3.9: removeprefix, removesuffix."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 'v1.2'.removeprefix('v') == '1.2'
assert 'vv1'.removeprefix('v') == 'v1'
assert 'abc'.removeprefix('x') == 'abc'
assert 'abc'.removeprefix('') == 'abc'
assert 'abc'.removeprefix('abc') == ''
assert 'abc'.removeprefix('abcd') == 'abc'
assert 'pytest-cov'.removeprefix('pytest-') == 'cov'
assert 'file.py'.removesuffix('.py') == 'file'
assert 'file.py'.removesuffix('') == 'file.py'
assert 'file.py.py'.removesuffix('.py') == 'file.py'
assert 'file.txt'.removesuffix('.py') == 'file.txt'
assert ''.removesuffix('x') == ''
assert b'v1'.removeprefix(b'v') == b'1'
assert b'a.py'.removesuffix(b'.py') == b'a'
assert raises(TypeError, 'abc'.removeprefix, ('a', 'b'))
assert raises(TypeError, 'abc'.removesuffix)
assert raises(TypeError, 'abc'.removesuffix, b'c')
