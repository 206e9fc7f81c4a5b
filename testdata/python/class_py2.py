"""Python 2 classes: old-style, unbound methods, __metaclass__, __cmp__, __nonzero__."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


class Old:
    """An old-style class."""
    kind = 'old'

    def __init__(self, x=1):
        self.x = x

    def get(self):
        return self.x

    def __len__(self):
        return 3


class Sub(Old):
    def get(self):
        return 'sub ' + str(Old.get(self))


class New(object):
    def get(self):
        return 'new'


o = Old()
assert o.get() == 1
assert Sub(5).get() == 'sub 5'
assert Sub.kind == 'old'
assert isinstance(o, Old)
assert isinstance(Sub(), Old)
assert issubclass(Sub, Old)
assert not issubclass(Old, object)
assert isinstance(o, object)
assert o.__class__ is Old
assert type(o) is not Old
assert type(o).__name__ == 'instance'
assert type(Old).__name__ == 'classobj'
assert Old.__name__ == 'Old'
assert Old.__doc__ == 'An old-style class.'
assert Sub.__bases__ == (Old,)
assert not hasattr(Old, '__mro__')
assert raises(TypeError, lambda: super(Sub, Sub()).get())
assert raises(TypeError, Old.get)
assert raises(TypeError, New.get)
assert New.get(New()) == 'new'
assert New().get.im_self is not None
assert len(o) == 3
assert o.__dict__ == {'x': 1}
o.extra = 2
assert o.extra == 2


class DiamondA:
    def who(self):
        return 'A'


class DiamondB(DiamondA):
    pass


class DiamondC(DiamondA):
    def who(self):
        return 'C'


class DiamondD(DiamondB, DiamondC):
    pass


assert DiamondD().who() == 'A'


class Compare(object):
    def __init__(self, n):
        self.n = n

    def __cmp__(self, other):
        return cmp(self.n, other.n)

    def __nonzero__(self):
        return self.n != 0

    def __div__(self, other):
        return 'div'

    def __unicode__(self):
        return u'uni'


assert Compare(1) < Compare(2)
assert Compare(1) == Compare(1)
assert Compare(3) != Compare(1)
assert sorted([Compare(2), Compare(1)])[0].n == 1
assert not Compare(0)
assert Compare(1) / 2 == 'div'
assert unicode(Compare(1)) == u'uni'


class Eq(object):
    def __eq__(self, other):
        return True


assert Eq() == 1
assert Eq() != 1


class OldCall:
    def __call__(self, x):
        return x + 1

    def __getattr__(self, name):
        if name == 'dyn':
            return 'd'
        raise AttributeError(name)


assert OldCall()(1) == 2
assert OldCall().dyn == 'd'
assert raises(AttributeError, lambda: OldCall().other)


class OldError:
    pass


try:
    raise OldError()
except OldError:
    caught = True
assert caught
