"""Docstrings.

    Indented paragraph.
  Less indented.

Last line.
"""
import sys


def function():
    """First.

        Deep.
    Normal.
    """


class Class(object):
    """   Leading spaces.
    Second.
    """

    def method(self):
        """One line."""

    class Inner(object):
        """Inner
        doc"""


def blank_lines():
    """

    Starts late.

    """


def with_tab():
    """A
	tab."""


def escaped():
    """a\tb\
c"""


def unicode_doc():
    u"""text"""


def bytes_doc():
    b"""bytes"""


def one():
    1


def empty():
    """"""


if sys.version_info >= (3, 13):
    assert __doc__ == 'Docstrings.\n\n    Indented paragraph.\n  Less indented.\n\nLast line.\n'
    assert function.__doc__ == 'First.\n\n    Deep.\nNormal.\n'
    assert Class.__doc__ == 'Leading spaces.\nSecond.\n'
    assert Class.Inner.__doc__ == 'Inner\ndoc'
    assert blank_lines.__doc__ == '\n\nStarts late.\n\n'
else:
    assert __doc__ == 'Docstrings.\n\n    Indented paragraph.\n  Less indented.\n\nLast line.\n'
    assert function.__doc__ == 'First.\n\n        Deep.\n    Normal.\n    '
    assert Class.__doc__ == '   Leading spaces.\n    Second.\n    '
    assert Class.Inner.__doc__ == 'Inner\n        doc'
    assert blank_lines.__doc__ == '\n\n    Starts late.\n\n    '
assert Class.method.__doc__ == 'One line.'
assert 'tab.' in with_tab.__doc__
assert escaped.__doc__ == ('a       bc' if sys.version_info >= (3, 13) else 'a\tbc')
assert unicode_doc.__doc__ == 'text'
assert bytes_doc.__doc__ == (None if sys.version_info >= (3,) else 'bytes')
assert one.__doc__ is None
assert empty.__doc__ == ''
assert __doc__.split('\n')[0] == 'Docstrings.'
assert __doc__.splitlines()[-1] == 'Last line.'
assert [line for line in __doc__.splitlines() if line][0] == 'Docstrings.'
assert (__doc__ or '').strip().endswith('line.')
namespace = {}
exec('"""doc of text"""\nx = __doc__', namespace)
assert namespace['__doc__'] == 'doc of text'
assert namespace['x'] == 'doc of text'
exec('# comment\n\n"second doc"', namespace)
assert namespace['__doc__'] == 'second doc'
exec('x = 1\n"no doc"', namespace)
assert namespace['__doc__'] == 'second doc'
assert (lambda: 'x').__doc__ is None
