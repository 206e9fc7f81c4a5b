"""Layout: line joining, comments, semicolons, indentation, trailing commas, number forms."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


value = 1 + \
    2
assert value == 3
value = (1 +  # comment inside
         2
         # a whole line

         + 3)
assert value == 6
assert [
    1,
    2,  # trailing comma
] == [1, 2]
assert {
    'a': 1,
    'b': 2,
} == dict(a=1, b=2)
assert (1,
        2) == (1, 2)
assert dict(
    a=1,
    b=[
        2, 3,
    ],
) == {'a': 1, 'b': [2, 3]}
if True: value = 'one line'
assert value == 'one line'
if False: value = 'no'
else: value = 'else line'
assert value == 'else line'
a = 1; b = 2; c = a + b
assert c == 3
if a == 1 and \
        b == 2:
    value = 'continued'
assert value == 'continued'
if a:
  two = 2
  if b:
     three = 3
assert two + three == 5


def one_line(x): return x * 2


class OneLine(object): value = 5


class WithPass(object): pass


assert one_line(2) == 4
assert OneLine.value == 5
assert WithPass() is not None
for i in [1, 2]: value = i
assert value == 2
while value: value -= 1
assert value == 0
try: value = int('x')
except ValueError: value = 'bad'
finally: done = True
assert (value, done) == ('bad', True)
# comment at column 0
if True:
# comment with less indentation
    value = 'dedented comment'
        # comment with more indentation
    value += '!'
assert value == 'dedented comment!'
if True:

    blank_lines = 1

    blank_lines += 1

assert blank_lines == 2
text = '''
# not a comment
    kept indentation
'''
assert text == '\n# not a comment\n    kept indentation\n'
assert "a" 'b' """c""" == 'abc'
assert ('a'
        'b' 'c') == 'abc'
assert ['a',
        'b'
        'c',
        'd'] == ['a', 'bc', 'd']
classifiers = '''
Development Status :: 4 - Beta
License :: OSI Approved
'''
assert [c for c in classifiers.split('\n') if c] == ['Development Status :: 4 - Beta', 'License :: OSI Approved']
assert list(filter(None, classifiers.splitlines()))[1] == 'License :: OSI Approved'
long_description = """\
Title
=====
"""
assert long_description == 'Title\n=====\n'
assert 0xFf == 255
assert 0B11 == 3
assert 0O17 == 15
assert 1e3 == 1000.0
assert 1.e1 == 10.0
assert .5 == 0.5
assert 1E-2 == 0.01
assert 0 == 00
assert -1 == 0 - 1
assert 1 .real == 1
assert 1..real == 1.0
assert (1).real == 1
assert (1 if 1 else 2) == 1
x = lambda: (  # noqa: E731
    1
)
assert x() == 1
assert [i for i in
        range(3)
        if i > 0] == [1, 2]
_ = 5
assert _ == 5
__private = 6
assert __private == 6
CamelCase1 = 7
assert CamelCase1 == 7
if 1:
	tab_indented = True
assert tab_indented
assert raises(SyntaxError, compile, 'if 1:\n    a = 1\n  b = 2\n', '', 'exec')
assert raises(SyntaxError, compile, 'a = (1,\n', '', 'exec')
assert raises(SyntaxError, compile, 'a = 1)\n', '', 'exec')
assert raises(SyntaxError, compile, 'a = "x\n', '', 'exec')
assert raises(SyntaxError, compile, '"""x', '', 'exec')
assert raises(SyntaxError, compile, 'a = \\ 1', '', 'exec')
assert raises(SyntaxError, compile, 'class = 1', '', 'exec')
assert raises(SyntaxError, compile, '1 = a', '', 'exec')
assert raises(SyntaxError, compile, 'f() = 1', '', 'exec')
assert raises(SyntaxError, compile, 'def f(:\n pass', '', 'exec')
assert raises(SyntaxError, compile, 'x = = 1', '', 'exec')
assert raises(SyntaxError, compile, 'else:\n pass', '', 'exec')
assert raises(SyntaxError, compile, 'return', '', 'exec')
assert raises(SyntaxError, compile, 'yield 1', '', 'exec')
namespace = {}
exec('a = 1\r\nif a:\r\n    b = 2\r\n', namespace)
assert namespace['b'] == 2
exec('c = """x\r\ny"""\r\n', namespace)
assert namespace['c'] == 'x\ny'
exec('d = 1\x0c\ne = 2', namespace)
assert namespace['e'] == 2
exec('\n\n\n   \nf = 3\n   # end', namespace)
assert namespace['f'] == 3
