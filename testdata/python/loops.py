"""while, for, else, break, continue, nested loops."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


n = 0
while n < 3:
    n += 1
assert n == 3
while n:
    n -= 1
else:
    n = 'else'
assert n == 'else'
while True:
    n = 'broke'
    break
else:
    n = 'else'
assert n == 'broke'
while False:
    assert False
seen = []
for x in [1, 2, 3]:
    seen.append(x)
else:
    seen.append('else')
assert seen == [1, 2, 3, 'else']
assert x == 3
seen = []
for x in [1, 2, 3]:
    if x == 2:
        break
    seen.append(x)
else:
    seen.append('else')
assert seen == [1]
assert x == 2
seen = []
for x in range(5):
    if x % 2:
        continue
    seen.append(x)
else:
    seen.append('end')
assert seen == [0, 2, 4, 'end']
for x in []:
    assert False
else:
    x = 'empty'
assert x == 'empty'
seen = []
for i in range(3):
    for j in range(3):
        if j == 1:
            break
        seen.append((i, j))
assert seen == [(0, 0), (1, 0), (2, 0)]
seen = []
for i in range(2):
    for j in range(2):
        if i == j:
            continue
        seen.append((i, j))
    else:
        seen.append('row')
assert seen == [(0, 1), 'row', (1, 0), 'row']
for i in range(3):
    i = 10
assert i == 10
total = 0
for a, b in [(1, 2), (3, 4)]:
    total += a * b
assert total == 14
for c in 'ab':
    last = c
assert last == 'b'
for key in {'only': 1}:
    assert key == 'only'
for i, line in enumerate('x\ny'.splitlines(), 1):
    pass
assert (i, line) == (2, 'y')


def find(items, wanted):
    for index, item in enumerate(items):
        if item == wanted:
            return index
    return None


assert find('abc', 'b') == 1
assert find('abc', 'z') is None


def while_return():
    n = 0
    while 1:
        n += 1
        if n == 5:
            return n


assert while_return() == 5
version = None
for line in ['# comment', "__version__ = '1.2'", "__version__ = '9'"]:
    if line.startswith('__version__'):
        version = line.split('=')[1].strip().strip("'")
        break
else:
    version = 'unknown'
assert version == '1.2'
stack = [1, [2, [3]]]
flat = []
while stack:
    top = stack.pop(0)
    if isinstance(top, list):
        stack = top + stack
    else:
        flat.append(top)
assert flat == [1, 2, 3]
n, steps = 27, 0
while n != 1:
    n = n // 2 if n % 2 == 0 else 3 * n + 1
    steps += 1
assert steps == 111
a, b = 0, 1
while a < 100:
    a, b = b, a + b
assert a == 144
primes = []
for candidate in range(2, 30):
    for p in primes:
        if candidate % p == 0:
            break
    else:
        primes.append(candidate)
assert primes == [2, 3, 5, 7, 11, 13, 17, 19, 23, 29]
assert raises(TypeError, lambda: [x for x in None])


def over_none():
    for x in None:
        pass


def over_int():
    for x in 3:
        pass


assert raises(TypeError, over_none)
assert raises(TypeError, over_int)
assert raises(SyntaxError, compile, 'break', '', 'exec')
assert raises(SyntaxError, compile, 'continue', '', 'exec')
assert raises(SyntaxError, compile, 'return 1', '', 'exec')
count = 0
for _ in range(3):
    for _ in range(2):
        count += 1
assert count == 6
if 0:
    chosen = 'if'
elif '':
    chosen = 'elif'
elif 1:
    chosen = 'elif 2'
else:
    chosen = 'else'
assert chosen == 'elif 2'
if 1: chosen = 'one line'  # noqa: E701
assert chosen == 'one line'
for i in 1, 2, 3: total = i  # noqa: E701
assert total == 3
x = 1; y = 2  # noqa: E702
assert x + y == 3
while n < 3: n += 1; n += 1  # noqa: E701, E702
assert n == 3
