"""distutils, from Python or from setuptools."""
import os
import sys

try:
    import setuptools
except ImportError:
    setuptools = None
try:
    import warnings
    warnings.simplefilter('ignore')
    import distutils
    import distutils.version
except ImportError:
    distutils = None


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


if distutils is not None:
    from distutils import errors, log
    from distutils.util import change_root, convert_path, execute, rfc822_escape, split_quoted, strtobool
    from distutils.version import LooseVersion, StrictVersion

    assert LooseVersion('1.10') > LooseVersion('1.9')
    assert LooseVersion('1.5.2b2').version == [1, 5, 2, 'b', 2]
    assert LooseVersion('1.13++').version == [1, 13, '++']
    assert LooseVersion('2.0a-B3').version == [2, 0, 'a', '-B', 3]
    assert LooseVersion('1.2') < '1.3'
    assert LooseVersion('1.2') == '1.2'
    assert not LooseVersion('1.2') == LooseVersion('1.2.0')
    assert LooseVersion('1.2') != LooseVersion('1.3')
    assert LooseVersion('1.2.0') >= LooseVersion('1.2')
    assert str(LooseVersion('1.2-x')) == '1.2-x'
    assert LooseVersion('1.2').vstring == '1.2'
    assert repr(LooseVersion('1.2')) == "LooseVersion ('1.2')"
    if sys.version_info[0] > 2:
        assert raises(TypeError, lambda: LooseVersion('1.a') < LooseVersion('1.1'))

    assert StrictVersion('1.2') == '1.2.0'
    assert StrictVersion('1.2a1') < StrictVersion('1.2b1') < StrictVersion('1.2')
    assert StrictVersion('0.4').version == (0, 4, 0)
    assert StrictVersion('1.2a3').prerelease == ('a', 3)
    assert StrictVersion('1.2').prerelease is None
    assert str(StrictVersion('1.2.0')) == '1.2'
    assert str(StrictVersion('1.2.3b4')) == '1.2.3b4'
    assert raises(ValueError, StrictVersion, '1')
    assert raises(ValueError, StrictVersion, '1.2.3.4')
    assert raises(ValueError, StrictVersion, '1.2c1')

    assert convert_path('a/b') == os.path.join('a', 'b')
    assert convert_path('a') == 'a'
    assert change_root('/root', '/usr/lib') == '/root/usr/lib'
    assert change_root('/root', 'lib') == '/root/lib'
    assert [strtobool(word) for word in ['y', 'YES', 'on', '1', 'n', 'off', 'False', '0']] == [1, 1, 1, 1, 0, 0, 0, 0]
    assert raises(ValueError, strtobool, 'maybe')
    assert split_quoted('-DX="a b"  y \'c d\'') == ['-DX=a b', 'y', 'c d']
    assert split_quoted('a\\ b') == ['a b']
    assert raises(ValueError, split_quoted, '"a')
    assert rfc822_escape('a\nb') == 'a\n        b'
    calls = []
    execute(calls.append, (1,))
    assert calls == [1]

    assert issubclass(errors.DistutilsSetupError, errors.DistutilsError)
    assert issubclass(errors.DistutilsError, Exception)
    assert issubclass(errors.CompileError, errors.CCompilerError)
    assert not issubclass(errors.CompileError, errors.DistutilsError)
    assert str(errors.DistutilsPlatformError('why')) == 'why'
    assert log.INFO < log.WARN < log.ERROR
    assert log.info('%s', 'x') is None

    from distutils.cmd import Command
    from distutils.command.build_ext import build_ext
    from distutils.command.build_py import build_py
    from distutils.core import Command as core_command
    from distutils.core import Extension
    from distutils.extension import Extension as same_extension

    assert Extension is same_extension
    assert issubclass(core_command, Command)
    assert issubclass(build_py, Command)

    class optional_build_ext(build_ext):
        """Goes on when it fails."""
        description = 'own'

        def run(self):
            try:
                build_ext.run(self)
            except errors.DistutilsPlatformError:
                pass

    assert issubclass(optional_build_ext, build_ext)
    assert optional_build_ext.description == 'own'
    assert optional_build_ext.__name__ == 'optional_build_ext'
    extension = Extension('a._b', ['a/_b.c'], include_dirs=['inc'])
    assert extension.name == 'a._b'
    assert extension.sources == ['a/_b.c']
    assert extension.include_dirs == ['inc']
    assert extension.libraries == []

if setuptools is not None:
    import setuptools.command.build_py
    from setuptools import Command
    from setuptools.command.develop import develop
    from setuptools.command.egg_info import egg_info
    from setuptools.command.install import install
    from setuptools.command.sdist import sdist
    from setuptools.dist import Distribution
    from setuptools.extension import Extension

    release = tuple(int(part) for part in setuptools.__version__.split('.')[:2])
    for base in [develop, egg_info, install, sdist, setuptools.command.build_py.build_py]:
        assert issubclass(base, Command) or sys.version_info[0] == 2
    assert Distribution is setuptools.Distribution
    assert Extension is setuptools.Extension

    def there(module, name):
        try:
            return hasattr(__import__(module, fromlist=[name]), name)
        except ImportError:
            return False

    assert there('setuptools.command.upload', 'upload') == (release < (75, 0))
    assert there('setuptools.command.bdist_wheel', 'bdist_wheel') == (release >= (70, 1))
    assert there('setuptools.command.build', 'build') == (release >= (62, 4))
    assert there('setuptools.command.bdist_wininst', 'bdist_wininst') == (release < (55, 0))
    assert there('setuptools.command.build_py', 'Mixin2to3') == (release < (58, 0))
    assert there('setuptools.command.easy_install', 'easy_install')
    assert there('setuptools.dist', 'Feature') == (release < (46, 0))
    assert there('setuptools.errors', 'RemovedCommandError') == (release >= (42, 0))
    assert there('setuptools.errors', 'CCompilerError') == (release >= (59, 0))
    assert not there('setuptools.errors', 'DistutilsExecError')
    assert there('setuptools.sandbox', 'run_setup') == (release < (80, 0))
    assert there('setuptools.package_index', 'PackageIndex') == (release < (80, 3))
    assert there('setuptools.dep_util', 'newer_group') == (release < (70, 0))
    assert there('setuptools.modified', 'newer') == (release >= (69, 0))
    assert there('setuptools.discovery', 'PackageFinder') == (release >= (61, 0))
    assert there('setuptools', 'Feature') == (release < (46, 0))
    assert there('setuptools', 'find_namespace_packages') == (sys.version_info[0] > 2)
    assert there('setuptools', 'convert_path') == (release < (70, 0))
    assert there('setuptools', 'sic') == (release >= (46, 1))
    assert there('pkg_resources', 'require') == (release < (82, 0))
    assert there('distutils.command.upload', 'upload') == (release < (75, 0))
    assert there('distutils.config', 'PyPIRCCommand') == (release < (75, 0))
    if release >= (71, 0):
        from packaging.requirements import InvalidRequirement, Requirement
        from packaging.specifiers import SpecifierSet
        from packaging.utils import canonicalize_name
        from packaging.version import InvalidVersion, Version, parse

        assert parse('1.0') == Version('1.0.0')
        assert Version('1.2.3rc1').pre == ('rc', 1)
        assert (Version('1.2.3').major, Version('1.2.3').minor, Version('1.2.3').micro) == (1, 2, 3)
        assert Version('1.2.dev3').dev == 3
        assert Version('1.2').post is None
        assert repr(Version('1.2')) == "<Version('1.2')>"
        assert raises(InvalidVersion, Version, 'nothing')
        assert '1.5' in SpecifierSet('>=1,<2')
        assert str(SpecifierSet('>=1, <2')) == '<2,>=1'
        assert len(SpecifierSet('>=1, <2')) == 2
        assert [str(item) for item in SpecifierSet('~=1.4')] == ['~=1.4']
        assert [(item.operator, item.version) for item in SpecifierSet('~=1.4')] == [('~=', '1.4')]
        requirement = Requirement('Foo[x]>=1; python_version >= "3"')
        assert requirement.name == 'Foo'
        assert requirement.extras == {'x'}
        assert str(requirement.specifier) == '>=1'
        assert requirement.url is None
        assert requirement.marker.evaluate()
        assert str(requirement) == 'Foo[x]>=1; python_version >= "3"'
        assert raises(InvalidRequirement, Requirement, 'a b c')
        assert canonicalize_name('Foo._Bar') == 'foo-bar'
