"""getattr and friends, isinstance, type, id, dir, globals, locals, vars, names and docs."""
import os
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Thing(object):
    """A thing.

    With details.
    """
    kind = 'thing'

    def method(self, a, b=1):
        """Method doc."""
        return a


t = Thing()
t.x = 1
assert getattr(t, 'x') == 1
assert getattr(t, 'kind') == 'thing'
assert getattr(t, 'nope', 'default') == 'default'
assert getattr(t, 'nope', None) is None
assert raises(AttributeError, getattr, t, 'nope')
assert raises(TypeError, getattr, t, 5)
assert getattr(t, 'method')(3) == 3
assert getattr('abc', 'upper')() == 'ABC'
assert getattr(sys, 'version_info') is sys.version_info
assert getattr(os, 'no_such', False) is False
assert hasattr(t, 'x')
assert hasattr(t, 'method')
assert not hasattr(t, 'nope')
assert hasattr(sys, 'path')
assert not hasattr(sys, 'no_such_attribute')
assert hasattr('', 'join')
assert not hasattr(None, 'x')
assert setattr(t, 'y', 2) is None
assert t.y == 2
assert delattr(t, 'y') is None
assert not hasattr(t, 'y')
assert raises(AttributeError, delattr, t, 'y')
assert raises((AttributeError, TypeError), setattr, 1, 'x', 1)
assert raises((AttributeError, TypeError), setattr, 'a', 'x', 1)
assert raises((AttributeError, TypeError), setattr, None, 'x', 1)
setattr(Thing, 'added', 'a')
assert t.added == 'a'

assert isinstance(1, int)
assert isinstance('a', str)
assert isinstance([], (tuple, list))
assert isinstance(1, (str, (int, float)))
assert not isinstance(1, ())
assert isinstance(None, type(None))
assert not isinstance('a', int)
assert isinstance(Thing, type)
assert isinstance(len, type(len))
assert raises(TypeError, isinstance, 1, 'int')
assert raises(TypeError, issubclass, 1, int)
assert issubclass(bool, int)
assert issubclass(int, object)
assert not issubclass(list, tuple)
assert type(1) is int
assert type(None).__name__ == 'NoneType'
assert type([]) == list
assert type(type) is type
assert type(t).__name__ == 'Thing'
assert type(lambda: 0).__name__ == 'function'
assert type(t.method).__name__ in ('method', 'instancemethod')
assert type(len).__name__ == 'builtin_function_or_method'
assert type(sys).__name__ == 'module'
assert type((x for x in [])).__name__ == 'generator'
assert type(1)(3.7) == 3
assert t.__class__.__name__ == 'Thing'
assert (1).__class__ is int

assert t is not Thing()
assert type(None) is type(None)

assert callable(len)
assert callable(Thing)
assert callable(t.method)
assert callable(lambda: 0)
assert not callable(t)
assert not callable(1)
assert callable(int)

assert 'Thing' in dir()

assert globals()['t'] is t
assert 'Thing' in globals()
globals()['dynamic'] = 'd'
assert dynamic == 'd'  # noqa: F821
assert globals() is globals()
assert locals() is globals()
assert vars() is globals()
assert vars(t) == {'x': 1}
assert vars(t) is t.__dict__
vars(t)['z'] = 3
assert t.z == 3
assert t.__dict__ == {'x': 1, 'z': 3}
assert vars(sys) is sys.__dict__
assert raises(TypeError, vars, 1)


def scope(a, b=2):
    c = a + b
    return locals()


assert scope(1) == {'a': 1, 'b': 2, 'c': 3}
assert '%(a)s-%(c)s' % scope(1) == '1-3'

assert __name__ == '__main__'
assert __doc__.startswith('getattr and friends')
assert os.path.basename(__file__) == 'introspection.py'
assert Thing.__name__ == 'Thing'
assert Thing.__doc__.strip().splitlines()[0] == 'A thing.'
assert Thing.__module__ == '__main__'
assert Thing.method.__doc__ == 'Method doc.'
assert Thing.method.__name__ == 'method'
assert t.__doc__ is Thing.__doc__
assert scope.__name__ == 'scope'
assert scope.__doc__ is None
assert scope.__module__ == '__main__'
assert scope.__defaults__ == (2,)
assert (lambda: 0).__name__ == '<lambda>'
assert len.__name__ == 'len'
assert sys.__name__ == 'sys'
assert int.__name__ == 'int'
assert 'a'.upper.__name__ == 'upper'
scope.__doc__ = 'set'
assert scope.__doc__ == 'set'


def documented():
    'single quoted'
    'second is no doc'


def raw_documented():
    r"""a \d raw doc"""


def concatenated():
    ('a' 'b')


def not_first():
    x = 1
    'not a doc'
    return x


assert documented.__doc__ == 'single quoted'
assert raw_documented.__doc__ == 'a \\d raw doc'
assert concatenated.__doc__ == 'ab'
assert not_first.__doc__ is None
assert __doc__.split('\n')[0].endswith('docs.')
assert sys.modules[__name__].t is t
assert isinstance(__builtins__, (dict, type(sys)))
if sys.version_info >= (3,):
    import builtins
    assert type(int) is type
    assert raises(AttributeError, lambda: scope.func_name)
else:
    import __builtin__ as builtins
    assert scope.func_name == 'scope'
    assert scope.func_defaults == (2,)
    assert scope.func_globals is globals()
assert builtins.len is len
builtins.__MY_SETUP__ = True
assert __MY_SETUP__ is True  # noqa: F821
del builtins.__MY_SETUP__
assert builtins.__name__ in ('builtins', '__builtin__')
assert raises(NameError, lambda: __MY_SETUP__)  # noqa: F821
