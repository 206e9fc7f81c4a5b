"""The module `functools`."""
import functools
import sys

assert functools.reduce(lambda a, b: a + b, [[1], [2], [3]]) == [1, 2, 3]
assert functools.reduce(lambda a, b: a + b, [], 5) == 5
try:
    functools.reduce(lambda a, b: a, [])
except TypeError:
    pass
else:
    assert False

basetwo = functools.partial(int, base=2)
assert basetwo('101') == 5 and basetwo.keywords == {'base': 2} and basetwo.func is int
def join(*args, **kwargs):
    return args, sorted(kwargs.items())
p = functools.partial(join, 1, a=2)
assert p(3, b=4) == ((1, 3), [('a', 2), ('b', 4)])
assert p(a=5) == ((1,), [('a', 5)]) and p.args == (1,)

def deco(f):
    @functools.wraps(f)
    def inner(*args):
        "inner doc"
        return f(*args) + 1
    return inner

@deco
def one(x):
    "doc of one"
    return x

assert one(1) == 2 and one.__name__ == 'one' and one.__doc__ == 'doc of one'
assert sorted([3, 1, 2], key=functools.cmp_to_key(lambda a, b: b - a)) == [3, 2, 1]
if sys.version_info[0] > 2:
    @functools.lru_cache(maxsize=None)
    def square(x):
        return x * x
    assert square(3) == square(3) == 9
