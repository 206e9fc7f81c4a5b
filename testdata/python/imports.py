"""import statements: forms, packages, relative imports, cycles, sys.modules, sys.path, errors."""
import os
import sys
import os.path
import os.path as osp
from os import path
from os.path import join, dirname as directory_of
from sys import (
    version_info,
    platform as plat,
)


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


assert osp is os.path
assert path is os.path
assert join is os.path.join
assert directory_of is os.path.dirname
assert version_info is sys.version_info
assert plat == sys.platform
assert sys.modules['os'] is os
assert sys.modules['os.path'] is os.path
assert sys.modules['sys'] is sys
assert '__main__' in sys.modules
assert sys.modules['__main__'].__name__ == '__main__'
assert os.__name__ == 'os'

import assert_pkg

assert assert_pkg.__version__ == '1.4.2'
assert assert_pkg.__name__ == 'assert_pkg'
assert assert_pkg.__doc__ == 'The package that import assertions use.'
assert os.path.basename(assert_pkg.__file__).startswith('__init__.py')
assert len(assert_pkg.__path__) == 1
assert assert_pkg.__path__[0].endswith('assert_pkg')
assert assert_pkg.from_a() == 'from a 2'
assert assert_pkg.renamed_b.VALUE == 'ba2'
assert assert_pkg.module_a.VALUE == 'a'
assert assert_pkg.module_a.NAME == 'assert_pkg.module_a'
assert assert_pkg.module_a.PACKAGE in ('assert_pkg', None)
assert os.path.basename(assert_pkg.module_a.FILE).startswith('module_a.py')
assert assert_pkg.module_a.where() == 'a'
assert assert_pkg.sub.deep.DEPTH == 2
assert assert_pkg.sub.deep.parent_version == '1.4.2'
assert assert_pkg.sub.deep.sub_name == 'assert_pkg.sub'
assert assert_pkg._private == 'private value'
assert 'assert_pkg.sub.deep' in sys.modules
assert sys.modules['assert_pkg.module_a'] is assert_pkg.module_a
assert not hasattr(assert_pkg, 'counted')
assert 'assert_pkg.counted' not in sys.modules

import assert_pkg.counted
import assert_pkg.counted as counted_again
from assert_pkg import counted as counted_third
assert assert_pkg.loaded == ['assert_pkg.counted']
assert counted_again is assert_pkg.counted is counted_third

import assert_pkg.sub.deep as deep
assert deep.DEPTH == 2
from assert_pkg import __version__, public as renamed
assert __version__ == '1.4.2'
assert renamed == 'public value'
from assert_pkg.sub import deep as deep_two
assert deep_two is deep
from assert_pkg.module_a import VALUE, from_a
assert (VALUE, from_a()) == ('a', 'from a 2')
assert_pkg.module_a.VALUE = 'changed'
assert VALUE == 'a'
assert assert_pkg.module_a.where() == 'changed'
assert_pkg.module_a.VALUE = 'a'

namespace = {}
exec('from assert_pkg import *', namespace)
assert namespace['public'] == 'public value'
assert 'not_listed' not in namespace
assert 'module_a' in namespace
from assert_star.with_all import *  # noqa
assert listed == 1  # noqa: F821
assert _underscored == 2  # noqa: F821
assert 'unlisted' not in globals()
from assert_star.without_all import *  # noqa
assert plain == 1  # noqa: F821
assert function() == 2  # noqa: F821
assert '_hidden' not in globals()
assert imported_os is os  # noqa: F821
from assert_star.computed_all import *  # noqa
assert (first, second, third) == (1, 2, 3)  # noqa: F821


def star_wrong():
    exec('from assert_star.wrong_all import *', {})


assert raises(AttributeError, star_wrong)

import assert_cycle.left
import assert_cycle.right
assert assert_cycle.left.SEEN == 'right'
assert assert_cycle.right.HAD_VALUE is True
assert assert_cycle.right.HAD_SEEN is False
assert assert_cycle.left.through() == 'right'

assert __import__('assert_pkg') is assert_pkg
assert __import__('assert_pkg.sub.deep') is assert_pkg
assert __import__('assert_pkg.sub.deep', fromlist=['DEPTH']) is deep
assert __import__('assert_pkg.module_a', globals(), locals(), ['VALUE']) is assert_pkg.module_a
assert __import__('assert_pkg', {}, {}, ['__version__']).__version__ == '1.4.2'
assert raises(ImportError, __import__, 'no_such_module_at_all')
assert raises(ValueError, __import__, '')


def run(text):
    scope = {}
    exec(text, scope)
    return scope


assert raises(ImportError, run, 'import no_such_module_at_all')
assert raises(ImportError, run, 'import assert_pkg.absent')
assert raises(ImportError, run, 'from assert_pkg import absent')
assert raises(ImportError, run, 'from assert_pkg.absent import x')
assert raises(ImportError, run, 'import assert_pkg.fails')
assert raises(ImportError, run, 'from assert_pkg import needs_missing')
assert raises(ImportError, run, 'import assert_pkg.bad_value')
assert raises(ImportError, run, 'import os.no_such_part')
assert 'assert_pkg.fails' not in sys.modules
assert not hasattr(assert_pkg, 'fails')
assert run('from assert_pkg import module_a, sub as s')['s'] is assert_pkg.sub
assert 'deep' not in run('import assert_pkg.sub.deep')
assert run('import assert_pkg.sub.deep')['assert_pkg'] is assert_pkg

try:
    import no_such_module_at_all as json_like
except ImportError:
    json_like = None
assert json_like is None
try:
    from setuptools_that_is_not_there import setup
except ImportError:
    def setup(**kwargs):
        return kwargs
assert setup(a=1) == {'a': 1}
have = True
try:
    from assert_pkg import absent  # noqa: F401
except ImportError:
    have = False
assert have is False

assert raises(ImportError, run, 'import assert_helper')
here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(here, 'assert_path'))
import assert_helper
assert assert_helper.version == '7.8'
assert assert_helper.helper() == 'helped'
assert sys.path.pop(0).endswith('assert_path')
import assert_helper as still_there
assert still_there is assert_helper
del sys.modules['assert_helper']
assert raises(ImportError, run, 'import assert_helper')
sys.path.append(os.path.join(here, 'assert_path'))
assert run('from assert_helper import helper')['helper']() == 'helped'
assert sys.modules['assert_helper'] is not assert_helper
sys.path.remove(os.path.join(here, 'assert_path'))

import types
fake = types.ModuleType('made_up')
fake.value = 5
sys.modules['made_up'] = fake
import made_up  # noqa
assert made_up.value == 5
from made_up import value
assert value == 5
assert type(os) is types.ModuleType
sys.modules['blocked_module'] = None
assert raises(ImportError, run, 'import blocked_module')


def local_import():
    import assert_star.with_all as inner
    from assert_pkg import public
    return inner.listed, public


assert local_import() == (1, 'public value')
assert 'inner' not in globals()


class Holder(object):
    from os.path import join as joined
    import sys as system


assert Holder.system is sys
assert Holder.__dict__['joined'] is os.path.join
