"""`enum`: members, lookups, mixed-in types, flags."""

import sys
sys.argv = ['setup.py', 'egg_info']


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


import enum
class C(enum.Enum):
    RED = 1
    GREEN = 2
    ALIAS = 1
    def f(self): return self.value * 2
assert repr(C.RED) == '<C.RED: 1>'
assert repr(str(C.RED)) == "'C.RED'"
assert repr(C.RED.name) == "'RED'"
assert repr(C.RED.value) == '1'
assert repr(C(2)) == '<C.GREEN: 2>'
assert repr(C['GREEN']) == '<C.GREEN: 2>'
assert repr(list(C)) == '[<C.RED: 1>, <C.GREEN: 2>]'
assert repr(len(C)) == '2'
assert repr(C.ALIAS is C.RED) == 'True'
assert repr(C.GREEN.f()) == '4'
assert repr(isinstance(C.RED, C)) == 'True'
assert repr(C.RED == C.RED) == 'True'
assert repr(C.RED != C.GREEN) == 'True'
assert repr(list(C.__members__)) == "['RED', 'GREEN', 'ALIAS']"

from enum import IntEnum, auto
class A(IntEnum):
    X = auto()
    Y = auto()
    Z = 10
assert repr(A.X) == '<A.X: 1>'
assert repr(A.Y + 1) == '3'
assert repr(A.Z > 5) == 'True'
assert repr(int(A.Z)) == '10'
assert repr(A(2).name) == "'Y'"
assert repr('%d' % A.Z) == "'10'"
assert repr(A.X in A) == 'True'
assert repr(sorted(A)) == '[<A.X: 1>, <A.Y: 2>, <A.Z: 10>]'
assert repr(max(A)) == '<A.Z: 10>'
assert repr(A.Z == 10) == 'True'
assert repr(isinstance(A.X, int)) == 'True'
assert repr({A.X: 1}[1]) == '1'

from enum import IntEnum
class A(IntEnum):
    X = 1
assert repr('{}'.format(A.X)) == "'1'"
assert repr(f'{A.X}') == "'1'"

from enum import Enum
class A(str, Enum):
    X = 'x'
assert repr(A.X == 'x') == 'True'
assert repr(A.X.upper()) == "'X'"
assert repr(A('x')) == "<A.X: 'x'>"
assert repr(str(A.X)) == "'A.X'"
assert repr(repr(A.X)) == '"<A.X: \'x\'>"'
assert repr('%s' % A.X) == "'A.X'"

from enum import Flag, auto
class P(Flag):
    R = auto()
    W = auto()
    X = auto()
assert repr(P.R | P.W == P.W | P.R) == 'True'
assert repr((P.R | P.W).value) == '3'
assert repr(P.R in (P.R | P.W)) == 'True'
assert repr(bool(P.R & P.W)) == 'False'
assert repr((~P.R).value) == '6'
assert repr(P.X.value) == '4'
assert repr(P(3).value) == '3'
assert repr(len(P)) == '3'

from enum import IntFlag
class P(IntFlag):
    R = 4
    W = 2
assert repr(P.R | P.W == 6) == 'True'
assert repr(int(P.R | P.W)) == '6'
assert repr(P.R & 4) == '<P.R: 4>'
assert repr(isinstance(P.R | P.W, P)) == 'True'
assert repr((P.R | 1).value) == '5'

from enum import Enum, unique
try:
    @unique
    class A(Enum):
        X = 1
        Y = 1
except ValueError: r = 'dup'
assert repr(r) == "'dup'"

import enum
A = enum.Enum('A', 'X Y')
assert repr(A.X.value) == '1'
assert repr(A.Y.name) == "'Y'"
assert repr([m.name for m in A]) == "['X', 'Y']"

import enum
class A(enum.Enum):
    X = 1
assert raises(ValueError, lambda: A(5))

import enum
class A(enum.Enum):
    X = 1

import enum
class A(enum.Enum):
    X = (1, 'a')
    Y = (2, 'b')
    def __init__(self, n, s):
        self.n = n; self.s = s
assert repr(A.X.n) == '1'
assert repr(A.Y.s) == "'b'"
assert repr(A.X.value) == "(1, 'a')"

import enum
class A(enum.IntEnum):
    NIC_A = 2
    NIC_B = 1
globals().update(A.__members__)
assert repr(NIC_A) == '<A.NIC_A: 2>'
assert repr(int(NIC_B)) == '1'

import enum
class A(enum.Enum):
    X = 1
    @property
    def label(self): return self.name.lower()
    @classmethod
    def default(cls): return cls.X
    @staticmethod
    def st(): return 3
assert repr(A.X.label) == "'x'"
assert repr(A.default()) == '<A.X: 1>'
assert repr(A.st()) == '3'
assert repr(type(A.X) is A) == 'True'
assert repr(isinstance(A, type)) == 'True'
assert repr(A.__name__) == "'A'"
assert repr(bool(A.X)) == 'True'
assert repr(A.X in [A.X]) == 'True'
assert repr(hasattr(A, 'label')) == 'True'
assert repr(issubclass(A, enum.Enum)) == 'True'

import enum
class A(enum.Enum):
    X = 'a'
    Y = 'b'
assert repr({m: m.value for m in A}[A.X]) == "'a'"
assert repr({m.name: m.value for m in A}) == "{'X': 'a', 'Y': 'b'}"
assert repr([a.value for a in reversed(A)]) == "['b', 'a']"
assert repr(A.X.value + A.Y.value) == "'ab'"
