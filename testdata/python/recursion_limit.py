"""Recursion without end is a RuntimeError that a script can catch."""
import sys


def forever(n):
    return forever(n + 1)


def caught():
    try:
        forever(0)
    except RuntimeError as error:
        return str(error)


class Endless(object):
    def __getattr__(self, name):
        return getattr(self, name + name[0])


def repeated():
    try:
        Endless().x
    except RuntimeError:
        return True


assert 'maximum recursion depth exceeded' in caught()
assert 'maximum recursion depth exceeded' in caught()
assert repeated() is True
assert sys.getrecursionlimit() == 1000


def shallow(n):
    return 0 if n == 0 else 1 + shallow(n - 1)


assert shallow(500) == 500
