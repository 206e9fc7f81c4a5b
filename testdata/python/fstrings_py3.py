"""Formatted string literals (3.6)."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


name = 'spam'
number = 3
pi = 3.14159
items = ['a', 'b']
table = {'k': 'v', 'n': {'m': 1}}

assert f'{name}' == 'spam'
assert F'{name}' == 'spam'
assert f'' == ''
assert f'plain' == 'plain'
assert f'{name}-{number}' == 'spam-3'
assert f'{number + 1}' == '4'
assert f'{number * 2}{name}' == '6spam'
assert f'{name.upper()}' == 'SPAM'
assert f'{items[0]}' == 'a'
assert f'{items}' == "['a', 'b']"
assert f'{table["k"]}' == 'v'
assert f"{table['n']['m']}" == '1'
assert f'{len(items)}' == '2'
assert f'{{}}' == '{}'
assert f'{{{name}}}' == '{spam}'
assert f'{{name}}' == '{name}'
assert f'{name!r}' == "'spam'"
assert f'{name!s}' == 'spam'
assert f'{"é"!a}' == "'\\xe9'"
assert f'{name!r:>8}' == "  'spam'"
assert f'{pi:.2f}' == '3.14'
assert f'{number:03d}' == '003'
assert f'{number:>5}|' == '    3|'
assert f'{name:*^8}' == '**spam**'
assert f'{1234567:,}' == '1,234,567'
assert f'{pi:{8}.{2}f}' == '    3.14'
assert f'{name:{number + 4}}|' == 'spam   |'
assert f'{"a" if number else "b"}' == 'a'
assert f'{(lambda x: x * 2)(3)}' == '6'
assert f'{[x for x in items]}' == "['a', 'b']"
assert f'{ {"a": 1}["a"] }' == '1'
assert f'{name }' == 'spam'
assert f'{ name}' == 'spam'
assert f'''{
    number
}''' == '3'
assert f"""{name}
{number}""" == 'spam\n3'
assert f'a\n{name}' == 'a\nspam'
assert f'\x41{name}' == 'Aspam'
assert f'\u20ac{number}' == '€3'
assert rf'\d{number}' == '\\d3'
assert fr'\n{name}' == '\\nspam'
assert Rf'\{name}' == '\\spam'
assert f'{name}' 'x' == 'spamx'
assert 'x' f'{name}' == 'xspam'
assert f'{name}' f'{number}' == 'spam3'
assert ('{name}' f'{name}') == '{name}spam'
assert f'{number:{"0"}>{5}}' == '00003'
assert f'{None}' == 'None'
assert f'{True}' == 'True'
assert f'{1.0}' == '1.0'
assert f'{b"a"}' == "b'a'"
assert f'{name == "spam"}' == 'True'
assert f'{number != 3}' == 'False'
assert f'{number:}' == '3'
assert f'{"}"}' == '}'
assert f'{":"}' == ':'
assert f'{"!"}' == '!'
assert f'{items[0]:>3}' == '  a'
assert f'{*items, 1}' == "('a', 'b', 1)"
assert f'{f"{name}!"}' == 'spam!'
assert f'>={number},<{number + 1}' == '>=3,<4'
assert f'%s' % 1 == '1'
assert f'{name}%s' % 1 == 'spam1'
assert f'{0x1f}' == '31'
assert f'{-number}' == '-3'
assert f'{not number}' == 'False'
assert f'{items[-1]}{items[:1]}' == "b['a']"
assert f'{name:s}' == 'spam'
assert type(f'{number}') is str
assert f'{number}'.zfill(2) == '03'
assert f'{3!r:^{number + 2}}' == '  3  '

assert raises(NameError, eval, "f'{undefined_name}'")
assert raises(SyntaxError, eval, "f'{'")
assert raises(SyntaxError, eval, "f'}'")
assert raises(SyntaxError, eval, "f'{}'")
assert raises(SyntaxError, eval, "f'{a!z}'")
assert raises(ValueError, eval, "f'{\"a\":d}'")


def local(value):
    inner = 'i'
    return f'{value}{inner}{name}'


assert local(1) == '1ispam'
order = []
f'{order.append(1)}{order.append(2)}'
assert order == [1, 2]
closures = [lambda n=n: f'{n}' for n in range(2)]
assert [c() for c in closures] == ['0', '1']


class Spec:
    def __format__(self, spec):
        return f'[{spec}]'


assert f'{Spec()}' == '[]'
assert f'{Spec():a b:c}' == '[a b:c]'
assert f'{Spec():{number}x}' == '[3x]'


def documented():
    f'not a docstring {name}'


assert documented.__doc__ is None
