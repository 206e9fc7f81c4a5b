"""imp: modules by path; gone in Python 3.12."""
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))

try:
    import imp
except ImportError:
    imp = None

assert (imp is None) == (sys.version_info >= (3, 12))


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


if imp is not None:
    path = os.path.join(here, 'data', 'version_info.py')
    found = imp.load_source('assert_loaded.version', path)
    assert found.__version__ == '3.2.1'
    assert found.__name__ == 'assert_loaded.version'
    assert found.__file__ == path
    assert sys.modules['assert_loaded.version'] is found
    assert imp.load_source('assert_loaded.version', path) is found
    assert raises((IOError, OSError), imp.load_source, 'nothing', os.path.join(here, 'nothing.py'))
    assert 'nothing' not in sys.modules

    package = imp.load_package('assert_loaded_package', os.path.join(here, 'assert_pkg'))
    assert package.__version__ == '1.4.2'
    assert package.__path__ == [os.path.join(here, 'assert_pkg')]
    assert package.from_a is sys.modules['assert_loaded_package.module_a'].from_a

    handle, name, details = imp.find_module('assert_pkg', [here])
    assert handle is None
    assert name == os.path.join(here, 'assert_pkg')
    assert details == ('', '', imp.PKG_DIRECTORY)
    handle, name, details = imp.find_module('version_info', [os.path.join(here, 'data')])
    assert name == path
    assert details[0] == '.py'
    assert details[2] == imp.PY_SOURCE == 1
    loaded = imp.load_module('assert_loaded_again', handle, name, details)
    handle.close()
    assert loaded.__version__ == '3.2.1'
    assert raises(ImportError, imp.find_module, 'assert_nothing_of_this_name')
    assert raises(ImportError, imp.find_module, 'sys_or_so', [here])

    empty = imp.new_module('assert_empty')
    assert empty.__name__ == 'assert_empty'
    assert 'assert_empty' not in sys.modules
    exec('value = 3', empty.__dict__)
    assert empty.value == 3
    assert raises(ImportError, imp.reload, found)
    import assert_pkg.module_a
    assert_pkg.module_a.VALUE = 'changed'
    assert imp.reload(assert_pkg.module_a) is assert_pkg.module_a
    assert assert_pkg.module_a.VALUE == 'a'
