"""Properties, descriptors, __getattr__, __setattr__, __slots__, __new__, __call__."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Celsius(object):
    def __init__(self, degrees):
        self.degrees = degrees

    @property
    def fahrenheit(self):
        """In Fahrenheit."""
        return self.degrees * 9 // 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self.degrees = (value - 32) * 5 // 9

    @fahrenheit.deleter
    def fahrenheit(self):
        self.degrees = None

    @property
    def read_only(self):
        return 'r'

    def get_old(self):
        return 'old %s' % self.degrees
    old = property(get_old, doc='old style')


t = Celsius(100)
assert t.fahrenheit == 212
t.fahrenheit = 32
assert t.degrees == 0
del t.fahrenheit
assert t.degrees is None
assert t.read_only == 'r'
assert raises(AttributeError, setattr, t, 'read_only', 1)
assert raises(AttributeError, delattr, t, 'read_only')
assert t.old == 'old None'
assert isinstance(Celsius.fahrenheit, property)
assert Celsius.fahrenheit.__doc__ == 'In Fahrenheit.'
assert Celsius.old.__doc__ == 'old style'
assert Celsius.fahrenheit.fget(t and Celsius(0)) == 32
assert 'fahrenheit' not in t.__dict__


class Kelvin(Celsius):
    @property
    def fahrenheit(self):
        return super(Kelvin, self).fahrenheit + 1


assert Kelvin(100).fahrenheit == 213


class Raises(object):
    @property
    def broken(self):
        raise ValueError('in property')

    @property
    def missing(self):
        raise AttributeError('in property')


assert raises(ValueError, lambda: Raises().broken)
assert hasattr(Raises(), 'missing') is False


class Fallback(object):
    present = 'p'

    def __getattr__(self, name):
        if name.startswith('x'):
            return 'dynamic ' + name
        raise AttributeError(name)


f = Fallback()
assert f.present == 'p'
assert f.xyz == 'dynamic xyz'
assert raises(AttributeError, lambda: f.other)
assert getattr(f, 'other', 'default') == 'default'
assert hasattr(f, 'xa')
assert not hasattr(f, 'ya')
f.xyz = 'real'
assert f.xyz == 'real'


class Everything(object):
    def __init__(self):
        self.value = 1

    def __getattribute__(self, name):
        if name == 'magic':
            return 'm'
        return object.__getattribute__(self, name)


assert Everything().magic == 'm'
assert Everything().value == 1


class Recorder(object):
    def __init__(self):
        object.__setattr__(self, 'log', [])

    def __setattr__(self, name, value):
        self.log.append((name, value))
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        self.log.append(name)
        object.__delattr__(self, name)


r = Recorder()
r.a = 1
assert r.log == [('a', 1)]
assert r.a == 1
del r.a
assert r.log == [('a', 1), 'a']
assert not hasattr(r, 'a')


class Slotted(object):
    __slots__ = ('a', 'b')


s = Slotted()
s.a = 1
assert s.a == 1
assert raises(AttributeError, lambda: s.b)
assert raises(AttributeError, setattr, s, 'c', 1)
assert not hasattr(s, '__dict__')
assert Slotted.__slots__ == ('a', 'b')


class Constant(object):
    def __init__(self, value):
        self.value = value

    def __get__(self, instance, owner):
        if instance is None:
            return 'class ' + owner.__name__
        return self.value


class Data(Constant):
    def __set__(self, instance, value):
        instance.__dict__['stored'] = value


class UsesDescriptors(object):
    constant = Constant(5)
    data = Data(6)


u = UsesDescriptors()
assert u.constant == 5
assert UsesDescriptors.constant == 'class UsesDescriptors'
u.constant = 7
assert u.constant == 7
u.data = 8
assert u.data == 6
assert u.stored == 8


class ClassProperty(object):
    def __init__(self, getter):
        self.getter = getter

    def __get__(self, instance, owner):
        return self.getter(owner)


class WithClassProperty(object):
    name = 'n'

    @ClassProperty
    def upper(cls):
        return cls.name.upper()


assert WithClassProperty.upper == 'N'


class Callable(object):
    def __call__(self, *args, **kwargs):
        return args, kwargs


assert Callable()(1, k=2) == ((1,), {'k': 2})
assert callable(Callable())
assert callable(Callable)
assert callable(len)
assert callable(lambda: 0)
assert not callable(Fallback())
assert not callable('a')
assert raises(TypeError, lambda: t())


class Single(object):
    instance = None

    def __new__(cls, *args):
        if cls.instance is None:
            cls.instance = super(Single, cls).__new__(cls)
        return cls.instance

    def __init__(self, value):
        self.value = value


one = Single(1)
two = Single(2)
assert one is two
assert one.value == 2


class Other(object):
    def __new__(cls):
        return 'not an instance'

    def __init__(self):
        raise AssertionError


assert Other() == 'not an instance'


class BadInit(object):
    def __init__(self):
        return 1


assert raises(TypeError, BadInit)


class Data(object):
    def __get__(self, instance, owner=None):
        return 'descriptor'

    def __set__(self, instance, value):
        instance.__dict__['kept'] = value


class Plain(object):
    def __get__(self, instance, owner=None):
        return 'descriptor'


class Holder(object):
    data = Data()
    plain = Plain()


holder = Holder()
holder.__dict__['data'] = holder.__dict__['plain'] = 'own'
assert holder.data == 'descriptor'
assert holder.plain == 'own'
holder.data = 3
assert holder.data == 'descriptor'
assert holder.kept == 3
