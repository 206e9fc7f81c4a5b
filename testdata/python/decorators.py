"""Decorators of functions and classes, with and without arguments."""
import functools


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def double(fn):
    def wrapper(*args, **kwargs):
        return fn(*args, **kwargs) * 2
    return wrapper


@double
def one():
    return 1


assert one() == 2
assert one.__name__ == 'wrapper'


def add(n):
    def decorate(fn):
        def wrapper(*args):
            return fn(*args) + n
        return wrapper
    return decorate


@add(10)
def two():
    return 2


assert two() == 12


@add(1)
@double
def stacked(x):
    return x


assert stacked(5) == 11


@double
@add(1)
def other_order(x):
    return x


assert other_order(5) == 12


def wrapped(fn):
    @functools.wraps(fn)
    def wrapper(*args):
        """wrapper doc"""
        return fn(*args)
    return wrapper


@wrapped
def documented():
    """the doc"""
    return 'd'


assert documented() == 'd'
assert documented.__name__ == 'documented'
assert documented.__doc__ == 'the doc'

registry = {}


def register(name):
    def decorate(target):
        registry[name] = target
        return target
    return decorate


@register('f')
def registered():
    return 'r'


@register('C')
class Registered(object):
    pass


assert registry['f'] is registered
assert registry['C'] is Registered


def no_function(fn):
    return 'a string'


@no_function
def replaced():
    pass


assert replaced == 'a string'


def add_attribute(cls):
    cls.added = 'yes'
    return cls


@add_attribute
class Marked(object):
    pass


assert Marked.added == 'yes'
assert Marked().added == 'yes'


class Memo(object):
    def __init__(self, fn):
        self.fn = fn
        self.cache = {}

    def __call__(self, *args):
        if args not in self.cache:
            self.cache[args] = self.fn(*args)
        return self.cache[args]


@Memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


assert fib(30) == 832040
assert fib.cache[(30,)] == 832040
assert isinstance(fib, Memo)


class Options(object):
    def __init__(self, prefix):
        self.prefix = prefix

    def __call__(self, fn):
        return lambda *a: self.prefix + fn(*a)

    def method(self, fn):
        return lambda *a: fn(*a) + self.prefix


options = Options('>')


@Options('# ')
def title(text):
    return text


@options.method
def suffixed(text):
    return text


assert title('x') == '# x'
assert suffixed('x') == 'x>'
order = []


def trace(tag):
    order.append('make ' + tag)

    def decorate(fn):
        order.append('apply ' + tag)
        return fn
    return decorate


@trace('a')
@trace('b')
def traced():
    order.append('call')


assert order == ['make a', 'make b', 'apply b', 'apply a']
traced()
assert order[-1] == 'call'


class Decorated(object):
    @double
    def method(self):
        return 4

    @staticmethod
    @double
    def static():
        return 1

    @classmethod
    def build(cls):
        return cls.__name__

    @property
    def value(self):
        return 'v'


assert Decorated().method() == 8
assert Decorated.static() == 2
assert Decorated.build() == 'Decorated'
assert Decorated().value == 'v'


@staticmethod
def bare_static():
    return 's'


class Borrow(object):
    borrowed = bare_static


assert Borrow.borrowed() == 's'
assert raises(TypeError, double(len))
assert double(lambda: 'ab')() == 'abab'
