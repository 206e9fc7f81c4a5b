"""str: changing and asking for letter case and character classes."""
import sys

assert 'Hello World'.upper() == 'HELLO WORLD'
assert 'Hello World'.lower() == 'hello world'
assert 'Hello World'.swapcase() == 'hELLO wORLD'
assert 'hello WORLD'.capitalize() == 'Hello world'
assert ''.capitalize() == ''
assert '1abc DEF'.capitalize() == '1abc def'
assert 'hello world'.title() == 'Hello World'
assert "they're bill's".title() == "They'Re Bill'S"
assert 'x1y2z'.title() == 'X1Y2Z'
assert 'my_package-name'.title() == 'My_Package-Name'
assert 'HELLO'.title() == 'Hello'
assert 'Abc'.upper().lower() == 'abc'
assert 'a1-b2'.upper() == 'A1-B2'

assert 'abc'.isalpha()
assert not 'abc1'.isalpha()
assert not ''.isalpha()
assert 'abc1'.isalnum()
assert not 'abc 1'.isalnum()
assert not 'abc_1'.isalnum()
assert not ''.isalnum()
assert '123'.isdigit()
assert not '12.3'.isdigit()
assert not '-1'.isdigit()
assert not ''.isdigit()
assert ' \t\n\r\x0b\x0c'.isspace()
assert not ''.isspace()
assert not ' a '.isspace()
assert 'abc'.islower()
assert 'abc1!'.islower()
assert not 'aBc'.islower()
assert not '123'.islower()
assert not ''.islower()
assert 'ABC'.isupper()
assert 'A-1'.isupper()
assert not 'AbC'.isupper()
assert not '1.0'.isupper()
assert 'Hello World'.istitle()
assert 'Hello1World'.istitle()
assert not 'Hello world'.istitle()
assert not 'HELLO'.istitle()
assert not ''.istitle()

assert 'a'.isalpha() is True
assert '1'.isalpha() is False

# The common version guess: keep only the leading digits.
assert ''.join(c for c in '12rc1' if c.isdigit()) == '121'
assert [p for p in '1.2.dev3'.split('.') if p.isdigit()] == ['1', '2']

# Each call gives a new string and leaves the old one as it was.
name = 'MyProject'
lowered = name.lower()
assert name == 'MyProject'
assert lowered == 'myproject'
assert str.upper('abc') == 'ABC'
assert list(map(str.lower, ['A', 'B'])) == ['a', 'b']

if sys.version_info >= (3,):
    assert 'abc'.casefold() == 'abc'
    assert '123'.isdecimal()
    assert '123'.isnumeric()
    assert 'abc'.isidentifier()
    assert not '1abc'.isidentifier()
    assert not ''.isidentifier()
    assert 'class'.isidentifier()
    assert not 'a-b'.isidentifier()
    assert 'abc def'.isprintable()
    assert ''.isprintable()
    assert not 'abc\n'.isprintable()
else:
    assert not hasattr('abc', 'casefold')
    assert not hasattr('abc', 'isdecimal')
    assert u'123'.isdecimal()
    assert u'123'.isnumeric()
    assert not hasattr('abc', 'isidentifier')
