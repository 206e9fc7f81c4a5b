# `functools`: the parts that work on classes.
_ROOTS = {
    '__lt__': [('__gt__', lambda self, other: _not(type(self).__lt__(self, other)) if _not(self == other) else False),
               ('__le__', lambda self, other: _or(type(self).__lt__(self, other), self == other)),
               ('__ge__', lambda self, other: _not(type(self).__lt__(self, other)))],
    '__le__': [('__ge__', lambda self, other: _or(_not(type(self).__le__(self, other)), self == other)),
               ('__lt__', lambda self, other: _and(type(self).__le__(self, other), self != other)),
               ('__gt__', lambda self, other: _not(type(self).__le__(self, other)))],
    '__gt__': [('__lt__', lambda self, other: _and(_not(type(self).__gt__(self, other)), self != other)),
               ('__ge__', lambda self, other: _or(type(self).__gt__(self, other), self == other)),
               ('__le__', lambda self, other: _not(type(self).__gt__(self, other)))],
    '__ge__': [('__le__', lambda self, other: _or(_not(type(self).__ge__(self, other)), self == other)),
               ('__gt__', lambda self, other: _and(type(self).__ge__(self, other), self != other)),
               ('__lt__', lambda self, other: _not(type(self).__ge__(self, other)))],
}


def _not(result):
    return result if result is NotImplemented else not result


def _or(result, other):
    return result if result is NotImplemented else result or other


def _and(result, other):
    return result if result is NotImplemented else result and other


def total_ordering(cls):
    own = {}
    for base in cls.__mro__:
        if base is not object:
            own.update((name, base) for name in _ROOTS if name in base.__dict__)
    if not own:
        raise ValueError('must define at least one ordering operation: < > <= >=')
    root = [name for name in ('__lt__', '__le__', '__gt__', '__ge__') if name in own][0]
    for name, function in _ROOTS[root]:
        if name not in own:
            setattr(cls, name, function)
    return cls


class cached_property(object):
    def __init__(self, func):
        self.func = func
        self.attrname = func.__name__
        self.__doc__ = func.__doc__

    def __set_name__(self, owner, name):
        self.attrname = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        if self.attrname not in instance.__dict__:
            instance.__dict__[self.attrname] = self.func(instance)
        return instance.__dict__[self.attrname]


class partialmethod(object):
    def __init__(self, func, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, instance, owner=None):
        def call(*args, **keywords):
            merged = dict(self.keywords)
            merged.update(keywords)
            return self.func(instance, *(self.args + args), **merged)
        return call


def singledispatch(func):
    registry = {object: func}

    def register(cls, function=None):
        if function is None:
            if not isinstance(cls, type):
                return __spx_unknown__('`singledispatch` by annotations is not modelled')
            return lambda function: register(cls, function)
        registry[cls] = function
        return function

    def dispatch(cls):
        for base in cls.__mro__:
            if base in registry:
                return registry[base]
        return func

    def wrapper(*args, **keywords):
        return dispatch(type(args[0]))(*args, **keywords)

    wrapper.register = register
    wrapper.dispatch = dispatch
    wrapper.registry = registry
    wrapper.__name__ = func.__name__
    wrapper.__doc__ = func.__doc__
    wrapper.__wrapped__ = func
    return wrapper
