# `contextlib`: the context managers that Python itself writes in Python.
import os as _os
import sys as _sys


class AbstractContextManager(object):
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return None


class ContextDecorator(object):
    def _recreate_cm(self):
        return self

    def __call__(self, function):
        def inner(*args, **keywords):
            with self._recreate_cm():
                return function(*args, **keywords)
        inner.__name__ = function.__name__
        inner.__doc__ = function.__doc__
        return inner


class _Redirect(object):
    _stream = None

    def __init__(self, new_target):
        self._target = new_target
        self._old = []

    def __enter__(self):
        self._old.append(getattr(_sys, self._stream))
        setattr(_sys, self._stream, self._target)
        return self._target

    def __exit__(self, kind, value, traceback):
        setattr(_sys, self._stream, self._old.pop())


class redirect_stdout(_Redirect):
    _stream = 'stdout'


class redirect_stderr(_Redirect):
    _stream = 'stderr'


class chdir(object):
    def __init__(self, path):
        self.path = path
        self._old = []

    def __enter__(self):
        self._old.append(_os.getcwd())
        _os.chdir(self.path)

    def __exit__(self, *exception):
        _os.chdir(self._old.pop())


class ExitStack(object):
    def __init__(self):
        self._exits = []

    def enter_context(self, manager):
        made = manager.__enter__()
        self._exits.append(manager.__exit__)
        return made

    def push(self, exit):
        self._exits.append(exit.__exit__ if hasattr(exit, '__exit__') else exit)
        return exit

    def callback(self, function, *args, **keywords):
        def call(kind, value, traceback):
            function(*args, **keywords)
        self._exits.append(call)
        return function

    def pop_all(self):
        other = type(self)()
        other._exits, self._exits = self._exits, []
        return other

    def close(self):
        self.__exit__(None, None, None)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        given = value
        while self._exits:
            exit = self._exits.pop()
            try:
                if exit(kind, value, traceback):
                    kind, value, traceback = None, None, None
            except Exception as error:
                kind, value, traceback = type(error), error, None
        if value is not None and value is not given:
            raise value
        return given is not None and value is None
