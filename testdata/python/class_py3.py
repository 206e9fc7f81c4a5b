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
assert A.__qualname__ == 'A'
assert A.run.__qualname__ == 'A.run'
assert B().run.__func__ is B.run


class Meta(type):
    def __new__(mcs, name, bases, namespace, **kwargs):
        namespace['created_by'] = mcs.__name__
        namespace['options'] = kwargs
        return super().__new__(mcs, name, bases, namespace)

    def __init__(cls, name, bases, namespace, **kwargs):
        super().__init__(name, bases, namespace)
        cls.initialised = name

    def __len__(cls):
        return 7

    @property
    def from_meta(cls):
        return cls.__name__.lower()


class WithMeta(metaclass=Meta, flag=True):
    pass


class Inherits(WithMeta):
    pass


assert WithMeta.created_by == 'Meta'
assert WithMeta.options == {'flag': True}
assert WithMeta.initialised == 'WithMeta'
assert Inherits.initialised == 'Inherits'
assert type(Inherits) is Meta
assert len(WithMeta) == 7
assert WithMeta.from_meta == 'withmeta'
assert raises(AttributeError, lambda: WithMeta().from_meta)


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
assert raises(TypeError, hash, Eq())
assert Eq.__hash__ is None
assert list(vars(type('Ordered', (), {'b': 1, 'a': 2})))[:2] == ['b', 'a']


class Prepared(type):
    @classmethod
    def __prepare__(mcs, name, bases):
        return {'prepared': 'p'}


class UsesPrepared(metaclass=Prepared):
    copy = prepared  # noqa: F821


assert UsesPrepared.copy == 'p'
assert UsesPrepared.prepared == 'p'


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
assert [c.__name__ for c in A.__subclasses__()] == ['B', 'C']
assert A.__subclasses__()[0] is B
assert dir(A()).count('run') == 1
assert isinstance(True, int) and not isinstance(A, A)
