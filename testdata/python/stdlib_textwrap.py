"""The module `textwrap`."""
import sys
import textwrap

assert textwrap.dedent('''\
    Hello,
      world.

    Bye.
    ''') == 'Hello,\n  world.\n\nBye.\n'
assert textwrap.dedent('\n  a\n   b\n') == '\na\n b\n'
assert textwrap.dedent('  a\n\tb') == '  a\n\tb'
assert textwrap.dedent('a\n  b') == 'a\n  b'
assert textwrap.dedent('') == ''
assert textwrap.dedent('    a\n   \n    b') == 'a\n\nb'
assert textwrap.fill('one two three four', 9) == 'one two\nthree\nfour'
assert textwrap.wrap('The quick brown fox jumps', 10) == ['The quick', 'brown fox', 'jumps']
assert textwrap.wrap('a b c', width=3, subsequent_indent=' ') == ['a b', ' c']
assert textwrap.wrap('abcdefgh', 3) == ['abc', 'def', 'gh']
assert textwrap.wrap('ab cdefgh', 4, break_long_words=False) == ['ab', 'cdefgh']
assert textwrap.wrap('') == []
if sys.version_info[0] > 2:
    assert textwrap.indent('a\n\nb\n', '  ') == '  a\n\n  b\n'
    assert textwrap.indent('a\n\nb', '> ', lambda line: True) == '> a\n> \n> b'
