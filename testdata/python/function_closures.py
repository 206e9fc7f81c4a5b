"""Closures, scopes, global, recursion, lambda."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def make_adder(n):
    def add(x):
        return x + n
    return add


add1, add5 = make_adder(1), make_adder(5)
assert add1(1) == 2
assert add5(1) == 6
functions = []
for i in range(3):
    functions.append(lambda: i)
assert [fn() for fn in functions] == [2, 2, 2]
i = 9
assert functions[0]() == 9
functions = [lambda i=i: i for i in range(3)]
assert [fn() for fn in functions] == [0, 1, 2]
functions = [make_adder(i) for i in range(3)]
assert [fn(10) for fn in functions] == [10, 11, 12]


def late():
    def inner():
        return value
    value = 'set later'
    return inner()


assert late() == 'set later'


def unset():
    def inner():
        return value
    result = inner()
    value = 1
    return result


assert raises(NameError, unset)


def counter():
    count = [0]

    def increment():
        count[0] += 1
        return count[0]
    return increment


tick = counter()
assert (tick(), tick(), tick()) == (1, 2, 3)
assert counter()() == 1


def shared():
    state = []

    def push(x):
        state.append(x)

    def read():
        return state
    return push, read


push, read = shared()
push(1)
push(2)
assert read() == [1, 2]

name = 'global'


def reads_global():
    return name


def shadows():
    name = 'local'
    return name


def parameter(name):
    return name


def unbound():
    before = name
    name = 'later'
    return before


def declares():
    global name, created
    name = 'changed'
    created = 'new'


assert reads_global() == 'global'
assert shadows() == 'local'
assert name == 'global'
assert parameter('p') == 'p'
assert raises(UnboundLocalError, unbound)
assert raises(NameError, lambda: created)
declares()
assert name == 'changed'
assert created == 'new'
assert reads_global() == 'changed'


def conditional(flag):
    if flag:
        maybe = 1
    return maybe


assert conditional(True) == 1
assert raises(UnboundLocalError, conditional, False)


def deleted():
    x = 1
    del x
    return x


assert raises(UnboundLocalError, deleted)
for loop_variable in [1, 2]:
    inside = loop_variable
assert (loop_variable, inside) == (2, 2)
if True:
    block_name = 1
assert block_name == 1


def nested_global():
    name = 'enclosing'

    def inner():
        global name
        return name
    return inner()


assert nested_global() == 'changed'


class Scope(object):
    name = 'class'
    copied = name

    def method(self):
        return name


assert Scope.copied == 'class'
assert Scope().method() == 'changed'


def class_in_function(value):
    class Local(object):
        attribute = value

        def get(self):
            return value
    return Local


assert class_in_function(3).attribute == 3
assert class_in_function(4)().get() == 4
assert class_in_function(1) is not class_in_function(1)

square = lambda x: x * x  # noqa: E731
assert square(3) == 9
assert (lambda: 5)() == 5
assert (lambda x, y=2: x + y)(1) == 3
assert (lambda *a: a)(1, 2) == (1, 2)
assert (lambda x: (lambda y: x + y))(1)(2) == 3
assert list(map(lambda p: p[0], [('a', 1)])) == ['a']
assert square.__name__ == '<lambda>'
assert {'f': lambda: 1}['f']() == 1
assert [lambda x: x + 1, lambda x: x * 2][1](5) == 10
assert (lambda x: 'big' if x > 5 else 'small')(6) == 'big'


def is_even(n):
    return n == 0 or is_odd(n - 1)


def is_odd(n):
    return n != 0 and is_even(n - 1)


assert is_even(10)
assert is_odd(7)


def compose(*fns):
    def run(x):
        for fn in fns:
            x = fn(x)
        return x
    return run


assert compose(str, len)(1000) == 4
assert (lambda f: f(f, 5))(lambda f, n: 1 if n < 2 else n * f(f, n - 1)) == 120
redefined = lambda: 1  # noqa: E731


def redefined():  # noqa: F811
    return 2


assert redefined() == 2


def attributes():
    pass


attributes.version = '1.0'
assert attributes.version == '1.0'
assert attributes.__dict__ == {'version': '1.0'}
len_alias = len
assert len_alias('ab') == 2


def hides():
    len = 5  # noqa: A001
    return len


assert hides() == 5
assert len('a') == 1
