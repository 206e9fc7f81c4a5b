"""Imports of Python 3 in Python 2: what stands beside this module is not seen."""
from __future__ import absolute_import
try:
    import module_a
except ImportError:
    module_a = None
