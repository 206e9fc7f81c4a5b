"""The module `fnmatch`."""
import fnmatch

assert fnmatch.fnmatch('tests.unit', 'tests.*') and not fnmatch.fnmatch('test', 'tests*')
assert fnmatch.fnmatchcase('abc', 'a?c') and not fnmatch.fnmatchcase('ABC', 'abc')
assert fnmatch.fnmatchcase('b', '[abc]') and fnmatch.fnmatchcase('d', '[!abc]')
assert not fnmatch.fnmatchcase('b', '[!abc]')
assert fnmatch.fnmatchcase(']', '[]]') and fnmatch.fnmatchcase('[', '[')
assert fnmatch.fnmatchcase('.hidden', '*') and fnmatch.fnmatchcase('a/b', '*')
assert fnmatch.filter(['a.py', 'b.pyc', 'c.py'], '*.py') == ['a.py', 'c.py']
assert fnmatch.filter(['x', 'tests', 'tests.a'], 'tests*') == ['tests', 'tests.a']
