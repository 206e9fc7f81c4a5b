"""with statements: own context managers, contextlib, exceptions inside."""
import contextlib


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


log = []


class Manager(object):
    def __init__(self, name, swallow=False):
        self.name, self.swallow = name, swallow

    def __enter__(self):
        log.append('enter ' + self.name)
        return self.name.upper()

    def __exit__(self, kind, value, trace):
        log.append('exit %s %s' % (self.name, kind.__name__ if kind else None))
        return self.swallow


with Manager('a') as target:
    log.append('body ' + target)
assert log == ['enter a', 'body A', 'exit a None']
assert target == 'A'
del log[:]
with Manager('a') as x, Manager('b') as y:
    log.append(x + y)
assert log == ['enter a', 'enter b', 'AB', 'exit b None', 'exit a None']
del log[:]
with Manager('a'):
    with Manager('b'):
        pass
assert log[-1] == 'exit a None'
del log[:]
with Manager('s', swallow=True):
    raise ValueError('hidden')
assert log == ['enter s', 'exit s ValueError']
del log[:]
try:
    with Manager('r'):
        raise KeyError('seen')
except KeyError as error:
    log.append(error.args[0])
assert log == ['enter r', 'exit r KeyError', 'seen']


def returns():
    with Manager('ret'):
        return 'value'


del log[:]
assert returns() == 'value'
assert log == ['enter ret', 'exit ret None']
del log[:]
for i in range(3):
    with Manager(str(i)):
        if i == 1:
            break
assert log == ['enter 0', 'exit 0 None', 'enter 1', 'exit 1 None']
with Manager('t') as (p):
    assert p == 'T'


class Pair(object):
    def __enter__(self):
        return 1, 2

    def __exit__(self, *args):
        self.args = args


with Pair() as (a, b):
    assert (a, b) == (1, 2)
pair = Pair()
with pair:
    pass
assert pair.args == (None, None, None)
holder = {}
with Manager('h') as holder['key']:
    pass
assert holder == {'key': 'H'}


class NoExit(object):
    def __enter__(self):
        return 1


class Plain(object):
    pass


def use(manager):
    with manager:
        pass


assert raises((AttributeError, TypeError), use, Plain())
assert raises((AttributeError, TypeError), use, NoExit())
assert raises((AttributeError, TypeError), use, None)


class FailingEnter(object):
    def __enter__(self):
        raise ValueError('enter')

    def __exit__(self, *args):
        log.append('never')


del log[:]
assert raises(ValueError, use, FailingEnter())
assert log == []


@contextlib.contextmanager
def managed(tag):
    log.append('before ' + tag)
    try:
        yield tag * 2
    finally:
        log.append('after ' + tag)


with managed('x') as doubled:
    log.append(doubled)
assert log == ['before x', 'xx', 'after x']
del log[:]


def fails():
    with managed('f'):
        raise ValueError


assert raises(ValueError, fails)
assert log == ['before f', 'after f']


@contextlib.contextmanager
def suppressing(*errors):
    try:
        yield
    except errors:
        log.append('suppressed')


del log[:]
with suppressing(KeyError, ValueError):
    {}['x']
assert log == ['suppressed']
assert raises(TypeError, lambda: use(suppressing(KeyError)) or len(5))


@contextlib.contextmanager
def no_cleanup():
    log.append('start')
    yield
    log.append('end')


del log[:]


def escapes():
    with no_cleanup():
        raise ValueError


assert raises(ValueError, escapes)
assert log == ['start']


class Closable(object):
    closed = False

    def close(self):
        self.closed = True


thing = Closable()
with contextlib.closing(thing) as same:
    assert same is thing
    assert not thing.closed
assert thing.closed
del log[:]


@contextlib.contextmanager
def changed(mapping, key, value):
    old = mapping.get(key)
    mapping[key] = value
    yield mapping
    mapping[key] = old


settings = {'k': 1}
with changed(settings, 'k', 2) as inside:
    assert inside['k'] == 2
assert settings == {'k': 1}
with Manager('o') as o, managed(o) as oo:
    assert oo == 'OO'
if hasattr(contextlib, 'suppress'):
    with contextlib.suppress(ZeroDivisionError):
        1 / 0
