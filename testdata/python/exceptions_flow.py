"""try, except, else, finally: order, nesting, re-raising, returning."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


def flow(action):
    log = []
    try:
        try:
            log.append('try')
            action()
        except KeyError:
            log.append('key')
        except (ValueError, TypeError) as error:
            log.append('value or type: %s' % error)
        except AttributeError:
            log.append('attribute')
            raise
        else:
            log.append('else')
        finally:
            log.append('finally')
        log.append('after')
    except Exception as error:
        log.append('outer ' + type(error).__name__)
    return log


def throw(error):
    raise error


assert flow(lambda: None) == ['try', 'else', 'finally', 'after']
assert flow(lambda: throw(KeyError('k'))) == ['try', 'key', 'finally', 'after']
assert flow(lambda: throw(ValueError('v'))) == ['try', 'value or type: v', 'finally', 'after']
assert flow(lambda: throw(TypeError)) == ['try', 'value or type: ', 'finally', 'after']
assert flow(lambda: throw(AttributeError())) == ['try', 'attribute', 'finally', 'outer AttributeError']
assert flow(lambda: throw(IndexError())) == ['try', 'finally', 'outer IndexError']
assert flow(lambda: throw(UnicodeError('u'))) == ['try', 'value or type: u', 'finally', 'after']


def finally_runs(log):
    try:
        return log.append('try') or 'value'
    finally:
        log.append('finally')


def value_is_taken_first():
    x = 1
    try:
        return x
    finally:
        x = 2


def else_returns():
    try:
        pass
    except ValueError:
        return 'except'
    else:
        return 'else'
    return 'after'


assert finally_runs([]) == 'value'
log = []
finally_runs(log)
assert log == ['try', 'finally']
assert value_is_taken_first() == 1
assert else_returns() == 'else'


def else_raises():
    try:
        pass
    except ValueError:
        return 'caught own else'
    else:
        raise ValueError('from else')


assert raises(ValueError, else_raises)


def handler_raises():
    try:
        raise KeyError('a')
    except KeyError:
        raise ValueError('b')
    except ValueError:
        return 'not here'


assert raises(ValueError, handler_raises)


def loop_with_finally():
    log = []
    for i in range(3):
        try:
            if i == 1:
                continue
            if i == 2:
                break
            log.append(i)
        finally:
            log.append('f%d' % i)
    return log


assert loop_with_finally() == [0, 'f0', 'f1', 'f2']


def bare():
    try:
        raise KeyError
    except:  # noqa: E722
        return 'bare'


def reraise():
    try:
        raise ValueError('original')
    except ValueError as error:
        saved = error
        try:
            raise
        except ValueError as again:
            return saved is again


def reraise_after_nested():
    try:
        raise ValueError('outer')
    except ValueError:
        try:
            raise KeyError('inner')
        except KeyError:
            pass
        return 'ok'


assert bare() == 'bare'
assert reraise() is True
assert reraise_after_nested() == 'ok'
assert raises((KeyError, ValueError), throw, ValueError())
assert raises(Exception, throw, ValueError())
assert raises(BaseException, throw, SystemExit())
assert not raises(ValueError, lambda: None)


def uncaught_types():
    try:
        raise SystemExit(2)
    except Exception:
        return 'exception'
    except BaseException:
        return 'base'


assert uncaught_types() == 'base'


def dynamic(errors):
    try:
        raise KeyError
    except errors:
        return True


assert dynamic(KeyError)
assert dynamic((ValueError, LookupError))
assert raises(KeyError, dynamic, ())
assert raises(KeyError, dynamic, ValueError)

attempts = []


def fallback():
    for name in ['a', 'b', 'c']:
        try:
            attempts.append(name)
            if name != 'b':
                raise ImportError(name)
            return name
        except ImportError:
            pass


assert fallback() == 'b'
assert attempts == ['a', 'b']
try:
    try:
        1 / 0
    finally:
        attempts.append('cleanup')
except ZeroDivisionError:
    attempts.append('outer')
assert attempts[2:] == ['cleanup', 'outer']

try:
    version = undefined_thing  # noqa: F821
except NameError:
    version = 'fallback'
assert version == 'fallback'
try:
    raise KeyError('x')
except KeyError as e:
    message = str(e)
assert message == "'x'"


def after_exception():
    result = []
    try:
        result.append(1)
        result.append(int('x'))
        result.append(2)
    except ValueError:
        result.append('error')
    return result


assert after_exception() == [1, 'error']


def deep(n):
    if n == 0:
        raise KeyError('deep')
    try:
        deep(n - 1)
    finally:
        log.append(n)


del log[:]
assert raises(KeyError, deep, 3)
assert log == [1, 2, 3]
