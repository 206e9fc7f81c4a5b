"""Python 3.9: dict | and |=, generic builtins, relaxed decorators."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


a = {'x': 1, 'y': 2}
b = {'y': 3, 'z': 4}
assert a | b == {'x': 1, 'y': 3, 'z': 4}
assert list(a | b) == ['x', 'y', 'z']
assert list(b | a) == ['y', 'z', 'x']
assert b | a == {'y': 2, 'z': 4, 'x': 1}
assert a == {'x': 1, 'y': 2}
c = a
c |= b
assert a == {'x': 1, 'y': 3, 'z': 4}
assert c is a
c |= [('w', 0)]
assert a['w'] == 0
assert raises(TypeError, lambda: {} | [('a', 1)])
assert raises(TypeError, lambda: {} | None)
assert {} | {} == {}
assert isinstance(list[int](), list)


def annotated(x: list[str], y: dict[str, list[int]] = {}) -> tuple[int, str]:
    return 1, 'a'


assert annotated([]) == (1, 'a')
registry = [lambda f: f, lambda f: 'replaced']


@registry[1]
def replaced():
    pass


@(lambda f: f() + 1)
def number():
    return 1


assert replaced == 'replaced'
assert number == 2
