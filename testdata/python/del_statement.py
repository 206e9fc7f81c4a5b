"""del: names, items, slices, attributes."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


x = 1
del x
assert 'x' not in globals()
assert raises(NameError, lambda: x)


def delete_missing():
    del never_defined  # noqa: F821


def delete_global():
    global y
    del y


assert raises(NameError, delete_missing)
y = 1
delete_global()
assert 'y' not in globals()
a, b, c = 1, 2, 3
del a, b
assert 'a' not in globals()
assert c == 3
del (c)
assert 'c' not in globals()
p, q = 1, 2
del (p, q)
assert 'q' not in globals()
d = {'a': 1, 'b': 2}
del d['a']
assert d == {'b': 2}
items = [1, 2, 3, 4]
alias = items
del items[0]
assert alias == [2, 3, 4]
del items[:2]
assert items == [4]
del items
assert alias == [4]
del d['b'], alias[0]
assert (d, alias) == ({}, [])


class Box(object):
    kind = 'box'


box = Box()
box.value = 1
del box.value
assert not hasattr(box, 'value')
assert raises(AttributeError, delattr, box, 'value')
assert raises(AttributeError, delattr, box, 'kind')
del Box.kind
assert not hasattr(box, 'kind')
nested = {'a': {'b': [1, 2]}}
del nested['a']['b'][0]
assert nested == {'a': {'b': [2]}}
value = [1]
other = value
del value
assert other == [1]
len = 5
assert len == 5
del len
assert len([1]) == 1
for i in range(2):
    pass
del i
assert 'i' not in globals()


def local_delete():
    z = 1
    del z
    try:
        return z
    except NameError:
        return 'gone'


assert local_delete() == 'gone'
globals()['made'] = 1
assert made == 1  # noqa: F821
del globals()['made']
assert raises(NameError, lambda: made)  # noqa: F821
assert raises(SyntaxError, compile, 'del 1', '', 'exec')
assert raises(SyntaxError, compile, 'del f()', '', 'exec')
