"""pkg_resources, where the setuptools that is there has it."""
import os
import sys

here = os.path.dirname(os.path.abspath(__file__))

try:
    import warnings
    warnings.simplefilter('ignore')
    import pkg_resources
except ImportError:
    pkg_resources = None


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


if pkg_resources is not None:
    from pkg_resources import Requirement, parse_requirements, parse_version

    assert parse_version('1.10') > parse_version('1.9')
    assert parse_version('1.0') == parse_version('1.0.0')
    assert parse_version('1.0rc1') < parse_version('1.0')
    assert parse_version('1.0.dev1') < parse_version('1.0a1') < parse_version('1.0b1') <= parse_version('1.0b1')
    assert parse_version('1.0.post1') >= parse_version('1.0')
    assert parse_version('1!0.1') != parse_version('2')
    assert str(parse_version('v1.0-RC1')) == '1.0rc1'
    assert parse_version('1.2.3').release == (1, 2, 3) if hasattr(parse_version('1'), 'release') else True
    assert parse_version('1.0rc1').is_prerelease
    assert not parse_version('1.0').is_prerelease
    assert parse_version('1.0.post2').is_postrelease
    assert parse_version('1.2+abc').public == '1.2'
    assert parse_version('1.2+abc').local == 'abc'
    assert parse_version('1!1.2rc1').base_version == '1!1.2'

    items = list(parse_requirements('# none\nsix>=1.9  # why\n\nFoo_Bar [b,a] >=1,<2;python_version<"3"\n'))
    assert [item.project_name for item in items] == ['six', 'Foo-Bar']
    assert [item.key for item in items] == ['six', 'foo-bar']
    assert items[0].specs == [('>=', '1.9')]
    assert items[0].extras == ()
    assert Requirement.parse('a[b]==1').extras == ('b',)
    assert Requirement.parse('a').specs == []
    assert str(items[0]) == 'six>=1.9'
    assert str(items[1]) == 'Foo_Bar[a,b]<2,>=1; python_version < "3"'
    assert str(items[1].marker) == 'python_version < "3"'
    assert items[0].marker is None
    assert items[1].marker.evaluate() == (sys.version_info[0] == 2)
    assert [str(item) for item in parse_requirements(['a', ['b>1', '#c'], 'd'])] == ['a', 'b>1', 'd']
    assert raises(ValueError, Requirement.parse, 'no such thing')

    wanted = Requirement.parse('demo>=1.0,<2')
    assert '1.5' in wanted
    assert '2.0' not in wanted
    assert '1.5rc1' in wanted
    assert wanted == Requirement.parse('demo<2,>=1.0')
    assert str(wanted.specifier) == '<2,>=1.0'
    assert wanted.specifier.contains('1.1')
    assert not wanted.specifier.contains('3')

    assert raises(pkg_resources.DistributionNotFound, pkg_resources.get_distribution, 'assert-nothing-of-this-name')
    assert raises(pkg_resources.ResolutionError, pkg_resources.require, 'assert-nothing-of-this-name>=1')
    assert raises(pkg_resources.VersionConflict, pkg_resources.require, 'setuptools>=9999')
    assert pkg_resources.get_distribution('setuptools').project_name == 'setuptools'
    assert pkg_resources.require('setuptools>=1')[0].key == 'setuptools'

    assert pkg_resources.safe_name('My Odd__Pkg!') == 'My-Odd-Pkg-'
    assert pkg_resources.safe_version('1.0-RC1') == '1.0rc1'
    assert pkg_resources.to_filename('a-b') == 'a_b'
    assert list(pkg_resources.yield_lines('a\n # b\n\n c ')) == ['a', 'c']

    text = open(os.path.join(here, 'assert_pkg', 'module_a.py'), 'rb').read()
    assert pkg_resources.resource_string('assert_pkg', 'module_a.py') == text
    assert pkg_resources.resource_filename('assert_pkg', 'sub/x.txt') == os.path.join(here, 'assert_pkg', 'sub', 'x.txt')
    assert pkg_resources.resource_exists('assert_pkg', 'sub')
    assert pkg_resources.resource_isdir('assert_pkg', 'sub')
    assert not pkg_resources.resource_exists('assert_pkg', 'nothing')
    assert 'module_b.py' in pkg_resources.resource_listdir('assert_pkg', '')

# Markers, which setup.py files ask for before they add a requirement.
if pkg_resources is not None:
    from pkg_resources import evaluate_marker, invalid_marker

    python2 = sys.version_info[0] == 2
    assert evaluate_marker('python_version < "3"') == python2
    assert evaluate_marker('python_version in "2.6, 2.7.0, 2.7.1"') == python2
    assert evaluate_marker("'3' <= python_version") != python2
    assert evaluate_marker('os_name == "nt" or platform_python_implementation == "CPython"')
    assert not evaluate_marker('sys_platform == "win32"')
    assert raises(SyntaxError, evaluate_marker, 'python_version >= 3')
    assert raises(SyntaxError, evaluate_marker, 'x')
    assert invalid_marker('python_version < "3"') is False
    assert isinstance(invalid_marker('python_version'), SyntaxError)
