import os as imported_os
plain = 1
_hidden = 2


def function():
    return _hidden
