"""Imports of Python 2, which look in the package first."""
from assert_pkg import explicit, implicit

assert implicit.WHOSE == ('assert_pkg.module_a', 'assert_pkg.sub.deep', 'ba2', 'json')
assert implicit.DEPTH == 2
assert explicit.module_a is None
