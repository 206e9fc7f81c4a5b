"""Imports as Python 2 has them: what stands beside this module comes first."""
import module_a as own_a
import sub.deep
import json
from module_b import VALUE as own_b
from sub.deep import DEPTH

WHOSE = own_a.__name__, sub.deep.__name__, own_b, json.__name__
