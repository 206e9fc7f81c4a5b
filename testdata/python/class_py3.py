"""Python 3 classes: zero-argument super, metaclass keyword, __init_subclass__, __class__."""


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


class A:
    def __init__(self, x=0):
        self.x = x

    def run(self):
        return 'A'

    @classmethod
    def build(cls):
        return 'A.build ' + cls.__name__


class B(A):
    def __init__(self):
        super().__init__(5)

    def run(self):
        return 'B' + super().run()

    @classmethod
    def build(cls):
        return 'B.build ' + super().build()

    def own_class(self):
        return __class__


class C(A):
    def run(self):
        return 'C' + super().run()


class D(B, C):
    pass


assert B().x == 5
assert B().run() == 'BA'
assert D().run() == 'BCA'
assert B.build() == 'B.build A.build B'
assert B().own_class() is B
assert D().own_class() is B
assert A.__bases__ == (object,)
assert isinstance(A, type)
assert A.run(5) == 'A'
assert type(A.run).__name__ == 'function'
assert type(A().run).__name__ == 'method'
assert B().run.__func__ is B.run


class Plugin:
    registry = []

    def __init_subclass__(cls, tag=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.registry.append((cls.__name__, tag))


class P1(Plugin):
    pass


class P2(Plugin, tag='two'):
    pass


assert Plugin.registry == [('P1', None), ('P2', 'two')]


class Named:
    def __set_name__(self, owner, name):
        self.label = owner.__name__ + '.' + name


class HasNamed:
    field = Named()


assert HasNamed.__dict__['field'].label == 'HasNamed.field'


class Eq:
    def __eq__(self, other):
        return True


assert not (Eq() != 1)
assert Eq.__hash__ is None
assert list(vars(type('Ordered', (), {'b': 1, 'a': 2})))[:2] == ['b', 'a']


class Generic:
    def __class_getitem__(cls, item):
        return 'item %s' % item


import sys
if sys.version_info >= (3, 7):
    assert Generic['x'] == 'item x'
assert not hasattr(A, '__nonzero__')


class Truth:
    def __bool__(self):
        return False


assert not Truth()
assert isinstance(True, int) and not isinstance(A, A)
