# `enum`: the classes, made without the metaclass that CPython has: `<metaclass>` says what the class itself answers.
import sys as _sys


_make = type


class auto(object):
    def __init__(self, value=None):
        self.value = value


class nonmember(object):
    def __init__(self, value):
        self.value = value


class member(object):
    def __init__(self, value):
        self.value = value


def _plain(name, value):
    """Whether a name of the class body becomes no member."""
    if name[:1] == '_' and name[-1:] == '_' or isinstance(value, (staticmethod, classmethod, property, nonmember)):
        return True
    if name[:1] == '_' and '__' in name[1:]:
        return True
    return hasattr(value, '__get__')


class EnumMeta(type):
    def __iter__(cls):
        return iter(list(cls._canonical_))

    def __reversed__(cls):
        return reversed(list(cls._canonical_))

    def __len__(cls):
        return len(cls._canonical_)

    def __bool__(cls):
        return True

    def __contains__(cls, item):
        if isinstance(item, cls):
            return True
        if _sys.version_info < (3, 8) or _sys.version_info >= (3, 12):
            return any(item == known._value_ for known in cls._canonical_) and _sys.version_info >= (3, 12)
        if isinstance(item, Enum):
            return False
        raise TypeError('unsupported operand type(s) for in')

    def __getitem__(cls, name):
        return cls.__members__[name]

    def __call__(cls, value, names=None, module=None, qualname=None, type=None, start=1):
        if names is None:
            return cls._find_(value)
        if isinstance(names, str):
            names = names.replace(',', ' ').split()
        body = {'__module__': module}
        if isinstance(names, dict):
            pairs = list(names.items())
        else:
            pairs = []
            for index, entry in enumerate(names):
                if isinstance(entry, str):
                    pairs.append((entry, cls._generate_next_value_(entry, start, index, [v for _, v in pairs])))
                else:
                    pairs.append((entry[0], entry[1]))
        for name, entry in pairs:
            body[name] = entry
        bases = (cls,) if type is None else (type, cls)
        return _make(value, bases, body)


EnumType = EnumMeta


class Enum(object):
    _canonical_ = ()
    __members__ = {}
    _data_ = None

    def __init_subclass__(cls, **keywords):
        if cls._canonical_:
            raise TypeError('cannot extend enumerations that have members')
        body = [(name, value) for name, value in cls.__dict__.items()
                if name not in ('_generate_next_value_', '_missing_', '_ignore_', '_order_')]
        ignored = cls.__dict__.get('_ignore_', ())
        ignored = ignored.replace(',', ' ').split() if isinstance(ignored, str) else ignored
        cls._canonical_ = []
        cls.__members__ = {}
        values = []
        for name, value in body:
            if isinstance(value, nonmember):
                setattr(cls, name, value.value)
                continue
            if isinstance(value, member):
                value = value.value
            elif _plain(name, value) or name in ignored:
                continue
            if __spx_known__(value) and isinstance(value, auto):
                value = cls._generate_next_value_(name, 1, len(values), list(values))
            values.append(value)
            cls._add_(name, value)

    @classmethod
    def _add_(cls, name, value):
        if not __spx_known__(value):
            cls.__members__[name] = value
            setattr(cls, name, value)
            return
        arguments = value if isinstance(value, tuple) else (value,)
        made = None
        for base in (int, str, float, bytes, tuple):
            if issubclass(cls, base):
                made = base.__new__(cls, value) if base is tuple else base.__new__(cls, *arguments)
                if base is not tuple:
                    value = base(*arguments)
        if '__new__' in cls.__dict__:
            made = cls.__new__(cls, *arguments)
            value = made.__dict__.get('_value_', value)
        if made is None:
            made = object.__new__(cls)
        made._value_ = value
        made._name_ = name
        for known in cls._canonical_:
            if known._value_ == value:
                cls.__members__[name] = known
                setattr(cls, name, known)
                return
        made._sort_order_ = len(cls._canonical_)
        if hasattr(cls, '__init__') and cls.__init__ is not object.__init__:
            made.__init__(*arguments)
        cls.__members__[name] = made
        if cls._keeps_(value):
            cls._canonical_.append(made)
        setattr(cls, name, made)

    @classmethod
    def _keeps_(cls, value):
        return True

    @classmethod
    def _find_(cls, value):
        if not __spx_known__(value, *[known for known in cls.__members__.values()]):
            return __spx_unknown__(value, *[known for known in cls.__members__.values()])
        if isinstance(value, cls):
            return value
        for known in cls.__members__.values():
            if known._value_ == value:
                return known
        found = cls._missing_(value)
        if found is None:
            raise ValueError('%r is not a valid %s' % (value, cls.__name__))
        return found

    @classmethod
    def _missing_(cls, value):
        return None

    def _generate_next_value_(name, start, count, last_values):
        for value in reversed(last_values):
            if isinstance(value, int):
                return value + 1
        return start

    def __init__(self, *arguments):
        pass

    @property
    def name(self):
        return self._name_

    @property
    def value(self):
        return self._value_

    def __repr__(self):
        return '<%s.%s: %r>' % (type(self).__name__, self._name_, self._value_)

    def __str__(self):
        return '%s.%s' % (type(self).__name__, self._name_)

    def __format__(self, spec):
        for base in (int, str, float):
            if isinstance(self, base) and _sys.version_info < (3, 12) and type(self).__str__ is Enum.__str__:
                return format(base(self._value_), spec)
        return format(str(self), spec)

    def __reduce_ex__(self, protocol):
        return __spx_unknown__('pickling is not modelled')

    def __dir__(self):
        return __spx_unknown__('`dir` of an enumeration is not modelled')


setattr(Enum, '<metaclass>', EnumMeta)


class IntEnum(int, Enum):
    if _sys.version_info >= (3, 11):
        def __str__(self):
            return str(self._value_)

        def __format__(self, spec):
            return format(self._value_, spec)


class ReprEnum(Enum):
    pass


class StrEnum(str, Enum):
    def __str__(self):
        return str(self._value_)

    def __format__(self, spec):
        return format(self._value_, spec)

    def _generate_next_value_(name, start, count, last_values):
        return name.lower()


class Flag(Enum):
    def _generate_next_value_(name, start, count, last_values):
        highest = 0
        for value in last_values:
            if value > highest:
                highest = value
        if not highest:
            return start
        bit = 1
        while bit * 2 <= highest:
            bit = bit * 2
        return bit * 2

    @classmethod
    def _keeps_(cls, value):
        if _sys.version_info < (3, 11):
            return True
        return value > 0 and value & (value - 1) == 0

    @classmethod
    def _missing_(cls, value):
        known = 0
        for item in cls.__members__.values():
            known = known | item._value_
        if value < 0:
            value = known & ~(-value - 1)
        if value & ~known and not issubclass(cls, int):
            raise ValueError('%r is not a valid %s' % (value, cls.__name__))
        made = int.__new__(cls, value) if issubclass(cls, int) else object.__new__(cls)
        made._name_ = None
        made._value_ = value
        if _sys.version_info >= (3, 11):
            names = [item._name_ for item in cls._canonical_ if item._value_ & value]
            made._name_ = '|'.join(names) or None
        return made

    def __or__(self, other):
        if not isinstance(other, (type(self), int)):
            return NotImplemented
        return type(self)(self._value_ | getattr(other, '_value_', other))

    def __and__(self, other):
        if not isinstance(other, (type(self), int)):
            return NotImplemented
        return type(self)(self._value_ & getattr(other, '_value_', other))

    def __xor__(self, other):
        if not isinstance(other, (type(self), int)):
            return NotImplemented
        return type(self)(self._value_ ^ getattr(other, '_value_', other))

    def __invert__(self):
        return type(self)(~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __bool__(self):
        return bool(self._value_)

    def __eq__(self, other):
        if isinstance(other, type(self)):
            return self._value_ == other._value_
        return isinstance(self, int) and self._value_ == other

    def __hash__(self):
        return hash(self._value_)

    def __iter__(self):
        return iter([item for item in type(self)._canonical_ if item._value_ & self._value_])

    def __len__(self):
        return len(list(iter(self)))

    def __repr__(self):
        if self._name_ is None or _sys.version_info < (3, 11) and self._name_ not in type(self).__members__:
            return __spx_unknown__('the text of a combination of flags is not modelled')
        return '<%s.%s: %r>' % (type(self).__name__, self._name_, self._value_)

    def __str__(self):
        if self._name_ is None or _sys.version_info < (3, 11) and self._name_ not in type(self).__members__:
            return __spx_unknown__('the text of a combination of flags is not modelled')
        return '%s.%s' % (type(self).__name__, self._name_)


class IntFlag(int, Flag):
    if _sys.version_info >= (3, 11):
        def __str__(self):
            return str(self._value_)

    __or__ = Flag.__or__
    __and__ = Flag.__and__
    __xor__ = Flag.__xor__
    __invert__ = Flag.__invert__
    __ror__ = Flag.__or__
    __rand__ = Flag.__and__
    __rxor__ = Flag.__xor__


def unique(enumeration):
    for name, item in enumeration.__members__.items():
        if name != item._name_:
            raise ValueError('duplicate values found in %r' % (enumeration,))
    return enumeration
