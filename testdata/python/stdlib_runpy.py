"""runpy and pkgutil: files run for their names, modules listed."""
import os
import pkgutil
import runpy
import sys

here = os.path.dirname(os.path.abspath(__file__))
path = os.path.join(here, 'data', 'version_info.py')


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


names = runpy.run_path(path)
assert names['__version__'] == '3.2.1'
assert names['__name__'] == '<run_path>'
assert names['__file__'] == path
assert 'version_info' not in sys.modules
names = runpy.run_path(path, {'given': 1}, run_name='other')
assert names['given'] == 1
assert names['__name__'] == 'other'
assert raises((IOError, OSError), runpy.run_path, os.path.join(here, 'nothing.py'))

names = runpy.run_module('assert_pkg.module_a')
assert names['__name__'] == 'assert_pkg.module_a'
assert names['__package__'] == 'assert_pkg'
assert 'from_a' in names
assert raises(ImportError, runpy.run_module, 'assert_nothing_of_this_name')

package = os.path.join(here, 'assert_pkg')
found = sorted((name, is_package) for _, name, is_package in pkgutil.iter_modules([package]))
assert ('module_a', False) in found
assert ('sub', True) in found
assert '__init__' not in [name for name, _ in found]
prefixed = [name for _, name, _ in pkgutil.iter_modules([package], 'assert_pkg.')]
assert 'assert_pkg.module_b' in prefixed
assert list(pkgutil.iter_modules([os.path.join(here, 'nothing')])) == []
if sys.version_info >= (3, 6):
    info = [info for info in pkgutil.iter_modules([package]) if info.name == 'sub'][0]
    assert info.ispkg is True
    assert info[1] == 'sub'

assert pkgutil.get_data('assert_pkg', 'module_a.py') == open(os.path.join(package, 'module_a.py'), 'rb').read()
assert raises((IOError, OSError), pkgutil.get_data, 'assert_pkg', 'nothing.txt')
assert pkgutil.extend_path([package], 'assert_nothing_of_this_name') == [package]
if sys.version_info < (3, 12):
    assert pkgutil.find_loader('assert_nothing_of_this_name') is None
