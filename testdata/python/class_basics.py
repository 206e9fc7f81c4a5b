"""Classes: attributes, methods, inheritance, MRO, super, static and class methods."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Empty(object):
    pass


class Base(object):
    """The base."""
    kind = 'base'
    shared = []

    def __init__(self, name, size=1):
        self.name = name
        self.size = size

    def describe(self):
        return '%s:%s' % (self.kind, self.name)

    def again(self):
        return self.describe()

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def helper(x):
        return x * 2


class Child(Base):
    kind = 'child'

    def __init__(self, name):
        super(Child, self).__init__(name, size=5)
        self.extra = True

    def describe(self):
        return 'child of ' + super(Child, self).describe()


class Grandchild(Child):
    def describe(self):
        return '!' + Child.describe(self)


b = Base('b')
c = Child('c')
assert b.name == 'b'
assert b.size == 1
assert b.describe() == 'base:b'
assert c.size == 5
assert c.extra is True
assert c.describe() == 'child of child:c'
assert c.again() == 'child of child:c'
assert Grandchild('g').describe() == '!child of child:g'
assert Base.kind == 'base'
assert Child.kind == 'child'
assert Grandchild.kind == 'child'
assert Base.describe(c) == 'child:c'
assert Base.helper(2) == 4
assert c.helper(2) == 4
assert type(Base.make('x')) is Base
assert type(Child.make('x')) is Child
assert type(c.make('x')) is Child
assert raises(TypeError, Base)
assert raises(TypeError, Empty, 1)
assert raises(TypeError, Child, 'a', 'b')
assert raises(AttributeError, lambda: b.missing)
assert raises(AttributeError, lambda: Base.missing)
assert raises(TypeError, b.describe, 1)
assert raises(TypeError, lambda: Base.describe())
assert not raises(TypeError, b.helper, 1)

assert isinstance(c, Child)
assert isinstance(c, Base)
assert isinstance(c, object)
assert not isinstance(b, Child)
assert isinstance(c, (int, Base))
assert issubclass(Child, Base)
assert issubclass(Child, Child)
assert not issubclass(Base, Child)
assert issubclass(Grandchild, (int, Base))
assert raises(TypeError, issubclass, c, Base)
assert type(c) is Child
assert type(c) is not Base
assert c.__class__ is Child
assert Child.__name__ == 'Child'
assert Child.__bases__ == (Base,)
assert Grandchild.__mro__ == (Grandchild, Child, Base, object)
assert [k.__name__ for k in Child.mro()] == ['Child', 'Base', 'object']
assert Base.__doc__ == 'The base.'
assert Child.__doc__ is None
assert Base.__module__ == '__main__'
assert b.__dict__ == {'name': 'b', 'size': 1}
assert vars(b) == {'name': 'b', 'size': 1}
assert 'describe' in Base.__dict__
assert 'describe' not in b.__dict__
assert 'make' not in Child.__dict__
assert hasattr(Child, 'make')

b.kind = 'own'
assert b.kind == 'own'
assert Base.kind == 'base'
del b.kind
assert b.kind == 'base'
Base.kind = 'changed'
assert b.kind == 'changed'
assert Child.kind == 'child'
b.shared.append(1)
assert Base.shared == [1]
assert Child.shared is Base.shared
b.shared = [2]
assert Base.shared == [1]
b.new = 'n'
assert b.new == 'n'
assert raises(AttributeError, lambda: c.new)


def outside(self):
    return 'outside ' + self.name


Base.outside = outside
assert b.outside() == 'outside b'
assert c.outside() == 'outside c'
b.instance_function = lambda: 'no self'
assert b.instance_function() == 'no self'
method = b.describe
assert method() == 'changed:b'
assert method.__self__ is b
assert method.__name__ == 'describe'
assert method == b.describe
unbound = Child.describe
assert unbound(c) == 'child of child:c'
assert list(map(Base.helper, [1, 2])) == [2, 4]


class Left(object):
    def who(self):
        return ['left']


class Right(object):
    def who(self):
        return ['right']


class Both(Left, Right):
    pass


class A(object):
    def run(self):
        return 'A'


class B(A):
    def run(self):
        return 'B' + super(B, self).run()


class C(A):
    def run(self):
        return 'C' + super(C, self).run()


class D(B, C):
    def run(self):
        return 'D' + super(D, self).run()


assert Both().who() == ['left']
assert Both.__bases__ == (Left, Right)
assert D().run() == 'DBCA'
assert [k.__name__ for k in D.__mro__] == ['D', 'B', 'C', 'A', 'object']
assert raises(TypeError, type, 'X', (A, B), {})
assert type('Made', (A,), {'v': 1}).v == 1
assert type('Made', (A,), {})().run() == 'A'
assert type('Made', (), {}).__name__ == 'Made'
assert type('Made', (), {}).__bases__ == (object,)

order = []


class Executed(object):
    order.append('body')
    for i in range(2):
        order.append(i)
    if True:
        chosen = 'yes'
    else:
        chosen = 'no'
    total = 1 + 1
    computed = total * 2
    del total


assert order == ['body', 0, 1]
assert Executed.chosen == 'yes'
assert Executed.computed == 4
assert Executed.i == 1
assert not hasattr(Executed, 'total')


class Outer(object):
    class Inner(object):
        value = 1

    def make(self):
        return self.Inner()


assert Outer.Inner.value == 1
assert Outer().make().value == 1


class Private(object):
    def __init__(self):
        self.__hidden = 1
        self._plain = 2

    def get(self):
        return self.__hidden


assert Private().get() == 1
assert Private()._Private__hidden == 1
assert Private()._plain == 2
assert raises(AttributeError, lambda: Private().__hidden)
assert raises(NameError, lambda: UndefinedBase)  # noqa: F821
assert Empty() != Empty()
e = Empty()
assert e == e
assert bool(e) is True
assert {e: 1}[e] == 1
