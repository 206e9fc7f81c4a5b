"""return, break and continue inside finally."""
import sys
import warnings


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


# Compiled here because newer releases warn about these forms.
source = """
def overrides():
    try:
        return 'try'
    finally:
        return 'finally'


def swallows():
    try:
        raise ValueError
    finally:
        return 'swallowed'


def replaces():
    try:
        raise ValueError
    finally:
        raise KeyError


def breaks():
    for i in range(3):
        try:
            raise ValueError
        finally:
            break
    return 'broke at %d' % i


def break_beats_return():
    while True:
        try:
            return 'return'
        finally:
            break
    return 'after loop'


def nested():
    try:
        try:
            return 1
        finally:
            log.append('inner')
    finally:
        log.append('outer')


def except_return():
    try:
        raise ValueError
    except ValueError:
        return 'except'
    finally:
        log.append('finally')
"""
log = []
with warnings.catch_warnings():
    warnings.simplefilter('ignore')
    exec(compile(source, '<functions>', 'exec'), globals())

assert overrides() == 'finally'  # noqa: F821
assert swallows() == 'swallowed'  # noqa: F821
assert raises(KeyError, replaces)  # noqa: F821
assert breaks() == 'broke at 0'  # noqa: F821
assert break_beats_return() == 'after loop'  # noqa: F821
assert nested() == 1  # noqa: F821
assert log == ['inner', 'outer']
assert except_return() == 'except'  # noqa: F821
assert log[-1] == 'finally'
if sys.version_info >= (3, 8):
    namespace = {}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        exec("""
def continues():
    seen = []
    for i in range(3):
        try:
            seen.append(i)
            raise ValueError
        finally:
            continue
    return seen
""", namespace)
    assert namespace['continues']() == [0, 1, 2]
