"""Formatted string literals without the old limits (3.12)."""
items = ['a', 'b']
table = {'k': 'v'}
assert f'{table['k']}' == 'v'
assert f"{", ".join(items)}" == 'a, b'
assert f'{'\n'.join(items)}' == 'a\nb'
assert f'{f'{f'{1}'}'}' == '1'
assert f'{
    1  # a comment
}' == '1'
assert f'{'a' 'b'}' == 'ab'
assert f'{"{"}' == '{'
assert f'{'}'}' == '}'
assert f'{'\\'}' == '\\'
assert f'{items[0]:>{len('abc')}}' == '  a'
assert f'''{
    items[0]
    + items[1]
}''' == 'ab'
