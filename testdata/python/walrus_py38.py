"""Python 3.8: assignment expressions and positional-only parameters."""


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


if (n := 5) > 3:
    assert n == 5
assert (x := 1) == 1
assert x == 1
assert [y := 2, y * 2] == [2, 4]
assert y == 2
data = iter([1, 2, 0, 3])
seen = []
while (item := next(data)):
    seen.append(item)
assert seen == [1, 2]
assert [last := i for i in range(3)] == [0, 1, 2]
assert last == 2
assert [v for w in ['1', 'x', '3'] if (v := w.isdigit() and int(w))] == [1, 3]
assert any((found := c) == 'b' for c in 'abc')
assert found == 'b'
assert (lambda: (z := 3) + z)() == 6
assert 'z' not in globals()


def in_function():
    total = 0
    parts = [total := total + n for n in range(4)]
    return total, parts


assert in_function() == (6, [0, 1, 3, 6])
assert f'{(k := 7)}' == '7'
assert k == 7
assert dict(q=(r := 1)) == {'q': 1}
assert r == 1
assert raises(SyntaxError, compile, 'x := 1', '', 'exec')
assert raises(SyntaxError, compile, '(a.b := 1)', '', 'exec')
if not (m := {'k': 1}.get('z')):
    assert m is None
print_nothing = None if (p := []) else p
assert print_nothing == []


def pos(a, b=2, /, c=3, *, d=4):
    return a, b, c, d


assert pos(1) == (1, 2, 3, 4)
assert pos(1, 5, c=6, d=7) == (1, 5, 6, 7)
assert raises(TypeError, pos, a=1)
assert raises(TypeError, pos, 1, b=2)
assert raises(TypeError, pos, 1, 2, 3, 4)


def pos_kw(name, /, **kwargs):
    return name, kwargs


assert pos_kw(1, name=2) == (1, {'name': 2})
assert (lambda a, /: a)(1) == 1
assert raises(TypeError, lambda: (lambda a, /: a)(a=1))
def star_return():
    rest = (2, 3)
    return 1, *rest


assert star_return() == (1, 2, 3)
