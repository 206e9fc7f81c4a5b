"""`struct`, `shutil`, `email.utils`, `functools.total_ordering`, sorted JSON."""

import sys
sys.argv = ['setup.py', 'egg_info']


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


import struct
assert repr(struct.calcsize('<ihb')) == '7'
assert repr(struct.unpack('>h', b'\xff\xfe')) == '(-2,)'
assert repr(struct.unpack('<2B', b'\x01\x02')) == '(1, 2)'

import shutil

import shutil

import shutil
assert repr(shutil.rmtree('nope_dir', ignore_errors=True)) == 'None'
assert repr(shutil.rmtree('nope_dir', True)) == 'None'

import shutil

import functools
@functools.total_ordering
class V(object):
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
assert repr(V(1) <= V(1)) == 'True'
assert repr(V(1) > V(2)) == 'False'
assert repr(V(3) >= V(2)) == 'True'
assert repr(V(1) != V(2)) == 'True'
assert repr(V(1) < V(2)) == 'True'

import email.utils
assert repr(email.utils.parseaddr('Foo Bar <a@b.c>')) == "('Foo Bar', 'a@b.c')"
assert repr(email.utils.formataddr(('Foo', 'a@b.c'))) == "'Foo <a@b.c>'"
assert repr(email.utils.parseaddr('a@b.c')) == "('', 'a@b.c')"

import json
assert repr(json.dumps({2: 1, 10: 2}, sort_keys=True)) == '\'{"2": 1, "10": 2}\''
assert repr(json.dumps({0: None}, sort_keys=True)) == '\'{"0": null}\''

import collections

assert raises(TypeError, lambda: oct('a'))
