"""A module that looks at its siblings."""
import sys

from .sub.deep import DEPTH

VALUE = 'a'
NAME = __name__
FILE = __file__
PACKAGE = __package__


def from_a():
    return 'from a %d' % DEPTH


def where():
    return sys.modules[__name__].VALUE
