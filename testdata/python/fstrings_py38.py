"""Formatted string literals: the = specifier (3.8)."""
name = 'spam'
number = 3
assert f'{number=}' == 'number=3'
assert f'{name=}' == "name='spam'"
assert f'{name=!s}' == 'name=spam'
assert f'{number=:03d}' == 'number=003'
assert f'{number = }' == 'number = 3'
assert f'{ number= }' == ' number= 3'
assert f'{number + 1=}' == 'number + 1=4'
assert f'{name.upper()=}' == "name.upper()='SPAM'"
assert f'{number=!r:>3}' == 'number=  3'
assert f'{name=:>6}' == 'name=  spam'
assert f'{number==3}' == 'True'
assert f'{number>=3}' == 'True'
assert f'{number=} {name=}' == "number=3 name='spam'"
assert f'{(value := 5)}' == '5'
assert value == 5
