"""Whole idioms of setup.py files: versions, requirements, extras, keyword dictionaries."""
import os
import sys

calls = []


def setup(**attrs):
    calls.append(attrs)


def find_packages(where='.', exclude=()):
    return [p for p in ['spam', 'spam.eggs', 'tests'] if p not in exclude]


here = os.path.abspath(os.path.dirname(__file__))
data = os.path.join(here, 'data')


def read(*parts):
    with open(os.path.join(here, *parts)) as f:
        return f.read()


# Versions.
VERSION = (1, 4, 0, 'final', 0)


def get_version(version=None):
    version = version or VERSION
    text = '%s.%s' % (version[0], version[1])
    if version[2]:
        text = '%s.%s' % (text, version[2])
    if version[3] != 'final':
        text = '%s%s%s' % (text, version[3][0], version[4])
    return text


assert get_version() == '1.4'
assert get_version((2, 0, 1, 'beta', 2)) == '2.0.1b2'
assert '.'.join(str(x) for x in VERSION[:3]) == '1.4.0'
assert '%d.%d.%d' % VERSION[:3] == '1.4.0'
assert '.'.join(map(str, VERSION[0:2])) == '1.4'
assert '{0}.{1}'.format(*VERSION) == '1.4'
assert ''.join([str(VERSION[0]), '.', str(VERSION[1])]) == '1.4'
found = None
for line in read('data', 'version_info.py').splitlines():
    if line.startswith('__author__'):
        found = line.split('=')[1].strip().strip('\'"')
assert found == 'Jane Doe'
found = [line for line in read('data', 'version_info.py').split('\n') if line.startswith('__author__')][0]
assert found.split("'")[1] == 'Jane Doe'
assert eval(found.split('=')[-1]) == 'Jane Doe'
about = {}
exec(read('data', 'version_info.py'), about)
assert about['__version__'] == '3.2.1'
about = {}
with open(os.path.join(data, 'version_info.py')) as f:
    exec(f.read(), about)
assert about['__version__'] == '3.2.1'
about = {}
exec(compile(open(os.path.join(data, 'version_info.py')).read(), 'version_info.py', 'exec'), about)
assert about['version_tuple'] == (3, 2, 1)
exec(read('data', 'version_info.py'))
assert __version__ == '3.2.1'  # noqa: F821
sys.path.insert(0, data)
from version_info import __version__ as imported_version
sys.path.pop(0)
assert imported_version == '3.2.1'
major, minor = imported_version.split('.')[:2]
assert (major, minor) == ('3', '2')

# Requirements.
install_requires = ['six>=1.0']
if sys.version_info < (3,):
    install_requires.append('futures')
elif sys.version_info < (2, 6):
    install_requires += ['simplejson', 'argparse']
assert install_requires == (['six>=1.0'] if sys.version_info >= (3,) else ['six>=1.0', 'futures'])


def parse_requirements(name):
    result = []
    for line in open(os.path.join(data, name)):
        line = line.strip()
        if not line or line.startswith('#') or line.startswith('-'):
            continue
        result.append(line.split(' #')[0].strip())
    return result


assert parse_requirements('requirements.txt') == ['requests>=2.0', 'six ; python_version < "3"', 'indented==1.0']
assert [r.split('>=')[0] for r in parse_requirements('requirements.txt')][0] == 'requests'
extras = {'test': ['pytest'], 'docs': ['sphinx', 'pytest']}
extras['all'] = sorted(set(sum(extras.values(), [])))
assert extras['all'] == ['pytest', 'sphinx']
extras['dev'] = extras['test'] + extras['docs'] + ['tox']
assert extras['dev'] == ['pytest', 'sphinx', 'pytest', 'tox']
extras[':python_version<"3"'] = ['enum34']
assert len(extras) == 5
tests_require = list(extras['test'])
tests_require.append('mock')
assert extras['test'] == ['pytest']
complete = set()
for name in sorted(extras):
    complete.update(extras[name])
assert sorted(complete) == ['enum34', 'pytest', 'sphinx', 'tox']
assert sorted(dep for deps in extras.values() for dep in deps).count('pytest') == 5

# Calls.
setup(name='plain', version='1')
assert calls.pop() == {'name': 'plain', 'version': '1'}
metadata = dict(name='spam', version=get_version(), packages=find_packages(exclude=['tests']))
metadata['classifiers'] = filter(None, """
Development Status :: 4 - Beta

Programming Language :: Python
""".split('\n'))
assert list(metadata['classifiers']) == ['Development Status :: 4 - Beta', 'Programming Language :: Python']
metadata['classifiers'] = None
if 'setuptools' in sys.modules or True:
    metadata.update(zip_safe=False, include_package_data=True)
else:
    metadata['scripts'] = ['bin/spam']
setup(long_description='text', **metadata)
assert calls[-1]['packages'] == ['spam', 'spam.eggs']
assert calls[-1]['zip_safe'] is False
assert 'scripts' not in calls.pop()
kwargs = {}
kwargs.setdefault('entry_points', {}).setdefault('console_scripts', []).append('spam = spam:main')
setup(**kwargs)
assert calls.pop() == {'entry_points': {'console_scripts': ['spam = spam:main']}}
name = 'spam'
setup(url='https://example.org/%s/' % name, download='https://example.org/%s-%s.tar.gz' % (name, get_version()))
assert calls.pop()['download'] == 'https://example.org/spam-1.4.tar.gz'
options = {'packages': ['a'] + ['a.' + sub for sub in ['b', 'c']]}
assert options['packages'] == ['a', 'a.b', 'a.c']


def main(**overrides):
    config = {'name': 'main', 'version': '0'}
    config.update(overrides)
    setup(**config)


if __name__ == '__main__':
    main(version='2')
assert calls.pop() == {'name': 'main', 'version': '2'}
try:
    from setuptools_that_is_not_there import Command
except ImportError:
    Command = object


class Test(Command):
    user_options = []
    description = 'run the tests'

    def initialize_options(self):
        pass

    finalize_options = initialize_options

    def run(self):
        raise SystemExit(1)


cmdclass = {'test': Test}
cmdclass.update({'build': type('Build', (Test,), {})})
setup(cmdclass=cmdclass)
assert sorted(calls.pop()['cmdclass']) == ['build', 'test']
assert cmdclass['build'].description == 'run the tests'
if sys.argv[-1] == 'publish':
    sys.exit()
if '--flag' in sys.argv:
    sys.argv.remove('--flag')
needs_pytest = {'pytest', 'test'}.intersection(sys.argv)
assert (['pytest-runner'] if needs_pytest else []) == []
packages = []
for directory, names in [('spam', ['__init__.py']), ('spam/data', ['x.txt']), ('spam/sub', ['__init__.py'])]:
    if '__init__.py' in names:
        packages.append(directory.replace('/', '.'))
assert packages == ['spam', 'spam.sub']
package_data = {}
for pattern in ['*.txt', '*.rst']:
    package_data.setdefault('', []).append(pattern)
assert package_data == {'': ['*.txt', '*.rst']}
keywords = ' '.join(['one', 'two']).split()
assert keywords == ['one', 'two']
# exec() above ran a file with a docstring of its own in these globals.
assert __doc__ == 'A version file that assertion files read, exec and import.'
assert __doc__.strip().split('\n')[0].split()[0] == 'A'
long_description = '\n\n'.join([read('data', 'lines.txt').strip(), read('data', 'empty.txt'), 'End'])
assert long_description.endswith('newline\n\n\n\nEnd')
assert not calls

# What setuptools and distutils have, and never had.
try:
    from setuptools.core import setup as real_setup
except ImportError:
    real_setup = None
assert real_setup is None
if sys.version_info < (3, 12):
    from distutils import core
    assert 'classifiers' in core.setup_keywords
    assert 'sources' in core.extension_keywords
    assert 'install_requires' not in core.setup_keywords

# Where the running code stands.
import inspect
assert inspect.getfile(inspect.currentframe()) == __file__
assert os.path.basename(inspect.getsourcefile(inspect.currentframe())) == 'setup_idioms.py'
assert hasattr(inspect, 'signature') == (sys.version_info[0] >= 3)
assert not hasattr(inspect, 'getargspec') == (sys.version_info >= (3, 11))
