"""Identity and aliasing: shared lists, dicts, defaults, class attributes, containers in containers."""


def same(a, b):
    return a is b


base = ['a']
one = {'requires': base}
two = {'requires': base}
one['requires'].append('b')
assert two['requires'] == ['a', 'b']
assert base == ['a', 'b']
assert one['requires'] is two['requires']
one['requires'] = one['requires'] + ['c']
assert base == ['a', 'b']
two['requires'] += ['d']
assert base == ['a', 'b', 'd']
copy = dict(two)
copy['requires'].append('e')
assert base[-1] == 'e'
copy['requires'] = []
assert two['requires'] is base
deep = [list(row) for row in [[1], [2]]]
deep[0].append(9)
assert deep == [[1, 9], [2]]
grid = [[0] * 2] * 2
grid[0][0] = 1
assert grid == [[1, 0], [1, 0]]
grid = [[0] * 2 for _ in range(2)]
grid[0][0] = 1
assert grid == [[1, 0], [0, 0]]
a = b = []
a.append(1)
assert b == [1]
a = a + [2]
assert b == [1]
a, b = [], []
a.append(1)
assert b == []
x = [1, 2]
y = x[:]
assert x == y
assert x is not y
assert same(x, x)
t = (x, x)
x.append(3)
assert t == ([1, 2, 3], [1, 2, 3])
assert t[0] is t[1]


def append_to(target):
    target.append('in function')
    return target


result = append_to(x)
assert result is x
assert x[-1] == 'in function'


def rebind(target):
    target = ['new']
    return target


assert rebind(x) is not x
assert x[0] == 1


def augment_list(target):
    target += ['augmented']


def augment_tuple(target):
    target += ('augmented',)
    return target


augment_list(x)
assert x[-1] == 'augmented'
pair = (1,)
assert augment_tuple(pair) == (1, 'augmented')
assert pair == (1,)


class Config(object):
    options = {}
    names = []

    def __init__(self):
        self.own = {}

    def add(self, name):
        self.names.append(name)
        self.own[name] = True


c1, c2 = Config(), Config()
c1.add('x')
assert c2.names == ['x']
assert c2.own == {}
c1.options['k'] = 1
assert c2.options == {'k': 1}
c1.options = {'own': 1}
assert c2.options == {'k': 1}
first = c1.add
first('y')
assert Config.names == ['x', 'y']
kwargs = {'items': []}


def receive(**kw):
    kw['items'].append(1)
    kw['extra'] = 1


receive(**kwargs)
assert kwargs == {'items': [1]}


def star(*args):
    args[0].append('s')
    return args


shared = []
assert star(shared)[0] is shared
assert shared == ['s']
values = {'a': []}
got = values.get('a')
got.append(1)
assert values == {'a': [1]}
fallback = values.get('zz', [])
fallback.append(1)
assert 'zz' not in values
values.setdefault('zz', []).append(2)
assert values['zz'] == [2]
for item in values.values():
    item.append('loop')
assert values == {'a': [1, 'loop'], 'zz': [2, 'loop']}
for n in [1, 2]:
    n += 1
numbers = [1, 2]
for n in numbers:
    n += 10
assert numbers == [1, 2]
for i, n in enumerate(numbers):
    numbers[i] = n + 10
assert numbers == [11, 12]
lists = [[1], [2]]
for inner in lists:
    inner += ['x']
assert lists == [[1, 'x'], [2, 'x']]
for inner in lists:
    inner = inner + ['y']
assert lists == [[1, 'x'], [2, 'x']]
cycle = {}
cycle['me'] = cycle
assert cycle['me']['me']['me'] is cycle
left, right = [], []
left.append(right)
right.append(left)
assert left[0][0] is left
stack = [1]
alias = stack
stack.pop()
assert alias == []
stack = None
assert alias == []
s = 'a'
u = s
s += 'b'
assert u == 'a'
fs = {1}
gs = fs
fs = fs | {2}
assert gs == {1}
gs |= {3}
assert gs == {1, 3}
merged = {}
merged.update(one)
merged['requires'].append('through merged')
assert one['requires'][-1] == 'through merged'
swapped = [shared, got]
swapped[0], swapped[1] = swapped[1], swapped[0]
assert swapped[0] is got
swapped.reverse()
assert swapped[0] is shared
assert sorted(swapped, key=len) is not swapped
filtered = [obj for obj in swapped if obj is shared]
assert filtered[0] is shared
assert list(map(lambda o: o, [shared]))[0] is shared
assert {'k': shared}.copy()['k'] is shared
assert [shared][:][0] is shared
assert ([shared] * 2)[1] is shared
assert ([shared] + [got])[0] is shared
assert dict([('k', shared)])['k'] is shared
assert (lambda p=shared: p)() is shared
