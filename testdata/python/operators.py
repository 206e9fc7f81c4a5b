"""Operator precedence, evaluation order and augmented assignment."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 2 + 3 * 4 == 14
assert (2 + 3) * 4 == 20
assert 10 - 2 - 3 == 5
assert 2 * 3 % 4 == 2
assert 2 ** 3 ** 2 == 512
assert -2 ** 2 == -4
assert 2 ** -1 == 0.5
assert 1 << 2 + 1 == 8
assert 1 | 2 & 3 == 3
assert 1 | 6 ^ 2 == 5
assert 5 & 3 == 1
assert (5 & 3) == 1
assert 1 + 1 << 2 == 8
assert ~1 + 1 == -1
assert -3 % 5 == 2
assert -(3 % 5) == -3
assert not 1 == 2
assert (not 1) == False  # noqa
assert 1 + 2 == 3 and 2 + 2 == 4
assert 1 or 0 and 0
assert not (0 and 0 or 0)
assert 'a' + 'b' * 2 == 'abb'
assert 'x' in 'xy' and 'z' not in 'xy'
assert 1 if 1 else 0 or 5
assert (1 if 0 else 0 or 5) == 5
assert (lambda: 1 if 0 else 2)() == 2
assert [1, 2][0] + 3 == 4
assert -[1, 2][0] == -1
assert 'abc'.upper()[0] == 'A'
assert '%d' % 3 + '4' == '34'
assert '%d' % (3 + 4) == '7'
assert ['a'] + ['b'] * 2 == ['a', 'b', 'b']
assert 7 // 2 * 2 == 6
assert 2 * 7 // 2 == 7
assert +-+1 == -1
assert 1 - -1 == 2
assert not not 1
assert 3 - 2 > 0 == False or True  # noqa
assert 8 >> 1 << 1 == 8
assert {1} | {2} & {3} == {1}
assert 1 < 2 and 2 < 3 or 1 / 0

order = []


def note(tag, value):
    order.append(tag)
    return value


assert note('a', 1) + note('b', 2) * note('c', 3) == 7
assert order == ['a', 'b', 'c']
del order[:]
[note('x', 0), note('y', 0)]
assert order == ['x', 'y']
del order[:]
note('f', lambda *a, **k: None)(note('1', 0), k=note('2', 0))
assert order == ['f', '1', '2']
del order[:]
target = {}
target[note('key', 'k')] = note('value', 1)
assert order == ['value', 'key']
del order[:]
note('cond', True) and note('then', 1)
assert order == ['cond', 'then']

# Augmented assignment.
numbers = [1, 2]
alias = numbers
numbers += [3]
assert alias == [1, 2, 3]
assert alias is numbers
numbers = numbers + [4]
assert alias == [1, 2, 3]
assert alias is not numbers
numbers *= 2
assert numbers == [1, 2, 3, 4, 1, 2, 3, 4]
numbers = []
numbers += 'ab'
assert numbers == ['a', 'b']
numbers += (1,)
assert numbers == ['a', 'b', 1]
numbers += {'k': 0}
assert numbers == ['a', 'b', 1, 'k']
numbers += (x for x in range(2))
assert numbers[-2:] == [0, 1]
pair = (1,)
other = pair
pair += (2,)
assert pair == (1, 2)
assert other == (1,)
text = 'a'
text += 'b'
assert text == 'ab'
flags = {1}
same = flags
flags |= {2}
assert same == {1, 2}
flags -= {1}
assert same == {2}
flags &= set()
assert same == set()
flags ^= {7}
assert same == {7}
table = {'a': 1, 'l': []}
table['a'] += 1
assert table['a'] == 2
table['l'] += [1]
assert table['l'] == [1]
matrix = [[0, 0], [0, 0]]
matrix[0][1] += 5
assert matrix == [[0, 5], [0, 0]]


class Holder(object):
    shared = []
    count = 0


holder = Holder()
holder.count += 1
assert holder.count == 1
assert Holder.count == 0
holder.shared += ['x']
assert Holder.shared == ['x']
assert 'shared' in holder.__dict__
assert holder.shared is Holder.shared

locked = ([],)
try:
    locked[0] += [1]
except TypeError:
    pass
else:
    assert False
assert locked == ([1],)
calls = []


def index():
    calls.append(1)
    return 0


cells = [1]
cells[index()] += 1
assert cells == [2]
assert len(calls) == 1


class Adder(object):
    def __init__(self):
        self.log = []

    def __iadd__(self, other):
        self.log.append(other)
        return self


adder = Adder()
adder += 1
adder += 2
assert adder.log == [1, 2]


def local():
    missing += 1  # noqa: F821


assert raises(UnboundLocalError, local)
assert raises(TypeError, lambda: [1] + (2,))
assert raises(TypeError, lambda: [1] + 'a')
assert raises(TypeError, lambda: (1,) + [2])
assert raises(TypeError, lambda: {} + {})
assert raises(TypeError, lambda: {1} + {2})
