"""Python 3.10: match statements, parenthesised with, union types, zip strict."""


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


class Point:
    __match_args__ = ('x', 'y')

    def __init__(self, x, y):
        self.x, self.y = x, y


class Color:
    RED = 'red'


def kind(value):
    match value:
        case 0:
            return 'zero'
        case -1 | -2:
            return 'small negative'
        case 1.5:
            return 'float'
        case True:
            return 'never: 1 == True is tested by identity'
        case None:
            return 'none'
        case 'a' | 'b' as letter:
            return 'letter ' + letter
        case b'x':
            return 'bytes'
        case str():
            return 'string'
        case int(n) if n > 100:
            return 'big %d' % n
        case int() | float():
            return 'number'
        case []:
            return 'empty'
        case [x]:
            return 'one %s' % x
        case [1, 2, *rest]:
            return 'starts 1 2 then %s' % rest
        case (first, *_, last):
            return 'first %s last %s' % (first, last)
        case {'type': 'git', 'url': url, **rest}:
            return 'git %s %s' % (url, sorted(rest))
        case {'k': [a, {'deep': b}]}:
            return 'deep %s %s' % (a, b)
        case {}:
            return 'mapping'
        case Point(0, 0):
            return 'origin'
        case Point(x=0, y=y):
            return 'on y at %s' % y
        case Point(x, y) if x == y:
            return 'diagonal'
        case Point():
            return 'point'
        case _:
            return 'other'


assert kind(0) == 'zero'
assert kind(0.0) == 'zero'
assert kind(False) == 'zero'
assert kind(-1) == 'small negative'
assert kind(-2) == 'small negative'
assert kind(1.5) == 'float'
assert kind(True).startswith('never')
assert kind(1) == 'number'
assert kind(None) == 'none'
assert kind('a') == 'letter a'
assert kind('b') == 'letter b'
assert kind('zzz') == 'string'
assert kind(b'x') == 'bytes'
assert kind(101) == 'big 101'
assert kind(50) == 'number'
assert kind(2.5) == 'number'
assert kind([]) == 'empty'
assert kind(()) == 'empty'
assert kind(['v']) == 'one v'
assert kind((9,)) == 'one 9'
assert kind([1, 2]) == 'starts 1 2 then []'
assert kind([1, 2, 3, 4]) == 'starts 1 2 then [3, 4]'
assert kind([5, 6, 7]) == 'first 5 last 7'
assert kind({'type': 'git', 'url': 'u', 'z': 1}) == "git u ['z']"
assert kind({'k': [1, {'deep': 2, 'more': 3}]}) == 'deep 1 2'
assert kind({'q': 1}) == 'mapping'
assert kind({}) == 'mapping'
assert kind(Point(0, 0)) == 'origin'
assert kind(Point(0, 5)) == 'on y at 5'
assert kind(Point(3, 3)) == 'diagonal'
assert kind(Point(1, 2)) == 'point'
assert kind(object()) == 'other'
assert kind({1, 2}) == 'other'


def value_pattern(v):
    match v:
        case Color.RED:
            return 'is red'
        case other:
            return other


assert value_pattern('red') == 'is red'
assert value_pattern('blue') == 'blue'


def no_match(v):
    match v:
        case 1:
            return 'one'
    return 'fell through'


assert no_match(2) == 'fell through'


def pair(a, b):
    match a, b:
        case 'x', int(n):
            return n
        case _, None:
            return 'none'
        case [str(s), _]:
            return s


assert pair('x', 5) == 5
assert pair(1, None) == 'none'
assert pair('y', 'z') == 'y'
assert pair(1, 1) is None
match = 1
case = 2
assert match + case == 3
assert [match] == [1]
match (1, 2):
    case (a, b):
        pass
assert (a, b) == (1, 2)
match 'captured':
    case captured:
        pass
assert captured == 'captured'
match {'a': 1, 'b': 2}:
    case {'a': 1, **others}:
        assert others == {'b': 2}
match 'ab':
    case [_, _]:
        assert False
    case _:
        strings_are_no_sequences = True
assert strings_are_no_sequences


def annotated(x: int | None = None) -> str | None:
    return x


assert annotated() is None
assert list(zip([1], [2], strict=True)) == [(1, 2)]
assert raises(ValueError, lambda: list(zip([1], [2, 3], strict=True)))


class Manager:
    def __enter__(self):
        return 'm'

    def __exit__(self, *args):
        pass


with (
    Manager() as m1,
    Manager() as m2,
):
    assert m1 + m2 == 'mm'
