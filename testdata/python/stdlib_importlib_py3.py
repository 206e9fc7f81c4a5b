"""importlib: modules by name and by path."""
import importlib
import importlib.machinery
import importlib.util
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))
path = os.path.join(here, 'data', 'version_info.py')


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


assert importlib.import_module('os.path') is os.path
assert importlib.import_module('assert_pkg').__version__ == '1.4.2'
module_a = importlib.import_module('.module_a', 'assert_pkg')
assert module_a.__name__ == 'assert_pkg.module_a'
assert importlib.import_module('.module_a', package='assert_pkg') is sys.modules['assert_pkg.module_a']
assert raises(TypeError, importlib.import_module, '.module_a')
assert raises(ImportError, importlib.import_module, 'assert_nothing_of_this_name')

spec = importlib.util.spec_from_file_location('assert_spec.version', path)
assert spec.name == 'assert_spec.version'
assert spec.origin == path
assert spec.parent == 'assert_spec'
assert spec.has_location
assert spec.submodule_search_locations is None
module = importlib.util.module_from_spec(spec)
assert module.__name__ == 'assert_spec.version'
assert module.__file__ == path
assert not hasattr(module, '__version__')
spec.loader.exec_module(module)
assert module.__version__ == '3.2.1'
assert 'assert_spec.version' not in sys.modules
assert importlib.util.spec_from_file_location('text', os.path.join(here, 'data', 'lines.txt')) is None

init = os.path.join(here, 'assert_pkg', '__init__.py')
spec = importlib.util.spec_from_file_location('assert_other', init)
assert spec.submodule_search_locations == [os.path.join(here, 'assert_pkg')]
assert spec.parent == 'assert_other'

loader = importlib.machinery.SourceFileLoader('assert_from_loader', path)
assert loader.path == path
assert loader.get_filename() == path
assert loader.get_data(path).startswith(b'"""')
assert '__version__' in loader.get_source('assert_from_loader')
module = importlib.util.module_from_spec(importlib.util.spec_from_loader('assert_from_loader', loader))
loader.exec_module(module)
assert module.__version__ == '3.2.1'
if sys.version_info < (3, 15):
    loaded = loader.load_module('assert_from_loader')
    assert loaded.__version__ == '3.2.1'
    assert sys.modules['assert_from_loader'] is loaded

found = importlib.util.find_spec('assert_pkg')
assert found.name == 'assert_pkg'
assert found.origin == init
assert found.submodule_search_locations == [os.path.join(here, 'assert_pkg')]
assert importlib.util.find_spec('assert_nothing_of_this_name') is None
assert importlib.util.resolve_name('.b', 'a') == 'a.b'
assert importlib.util.resolve_name('..c', 'a.b') == 'a.c'
assert importlib.util.resolve_name('d', None) == 'd'
assert importlib.machinery.SOURCE_SUFFIXES == ['.py']

module_a.from_a = None
assert importlib.reload(module_a) is module_a
assert module_a.from_a is not None

if sys.version_info >= (3, 8):
    from importlib import metadata

    assert raises(metadata.PackageNotFoundError, metadata.version, 'assert-nothing-of-this-name')
    assert raises(ImportError, metadata.version, 'assert-nothing-of-this-name')
    try:
        metadata.version('assert-nothing')
    except metadata.PackageNotFoundError as error:
        assert error.args == ('assert-nothing',)
        if sys.version_info >= (3, 10):
            assert error.name == 'assert-nothing'

if (3, 7) <= sys.version_info < (3, 13):
    from importlib import resources

    assert resources.is_resource('assert_pkg', 'module_a.py')
    assert not resources.is_resource('assert_pkg', 'nothing.py')
    assert resources.read_text('assert_pkg', 'module_a.py') == open(os.path.join(here, 'assert_pkg', 'module_a.py')).read()
    assert resources.read_binary('assert_pkg', 'module_a.py').startswith(b'"""')
