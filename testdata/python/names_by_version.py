"""Names that come and go with the version of Python."""
import collections
import io
import os
import re
import string
import sys
import time
import types

V = sys.version_info[:2]
THREE = V[0] == 3


def has(thing, name):
    return hasattr(thing, name)


assert has(os, 'getcwdu') == (not THREE)
assert has(os, 'scandir') == THREE
assert has(os, 'cpu_count') == THREE
assert has(os, 'replace') == THREE
assert has(os.path, 'commonpath') == THREE
assert has(sys, 'maxint') == (not THREE)
assert has(sys, 'base_prefix') == THREE
assert has(time, 'monotonic') == THREE
assert has(time, 'perf_counter') == THREE
assert has(time, 'clock') == (V < (3, 8))
assert has(types, 'NoneType') == (not THREE or V >= (3, 10))
assert has(string, 'maketrans') == (not THREE)
assert has(string, 'letters') == (not THREE)
assert V < (3, 10) or not has(collections, 'Mapping')
assert has(re.compile('a'), 'fullmatch') == THREE
assert has('a', 'decode') == (not THREE)
assert has('a', 'removeprefix') == (V >= (3, 9))
assert has({}, 'has_key') == (not THREE)
assert has({}, 'iteritems') == (not THREE)
assert has([], 'clear') == THREE
assert has(1, 'is_integer') == (V >= (3, 12))
assert has(ValueError('a'), 'message') == (not THREE)
assert has(ValueError('a'), 'with_traceback') == THREE
assert has(ValueError('a'), 'add_note') == (V >= (3, 11))
assert has(io.StringIO(), 'next') == (not THREE)
with open(__file__) as f:
    assert has(f, 'xreadlines') == (not THREE)
    assert has(f, 'next') == (not THREE)
assert getattr(ValueError('a'), 'message', 'none') == ('none' if THREE else 'a')

try:
    from collections import Mapping
    found = True
except ImportError:
    found = False
assert found == (V < (3, 10))
try:
    from functools import cached_property
    found = True
except ImportError:
    found = False
assert found == (V >= (3, 8))
try:
    from inspect import getargspec
    found = True
except ImportError:
    found = False
assert found == (V < (3, 11))
try:
    from types import StringType
    found = True
except ImportError:
    found = False
assert found == (not THREE)
try:
    import imp
    found = True
except ImportError:
    found = False
assert found == (V < (3, 12))
try:
    import asyncore
    found = True
except ImportError:
    found = False
assert found == (V < (3, 12))
try:
    import urllib2
    found = True
except ImportError:
    found = False
assert found == (not THREE)
try:
    import tomllib
    found = True
except ImportError:
    found = False
assert found == (V >= (3, 11))
