"""`configparser`, on Python 2 `ConfigParser`."""
import os
import sys

PY2 = sys.version_info[0] == 2
if PY2:
    import ConfigParser as configparser
    from StringIO import StringIO
else:
    import configparser
    from io import StringIO

TEXT = '''
[DEFAULT]
root = /srv

[metadata]
name = demo
Version = 1.0
path = %(root)s/x
classifiers =
    A
    B
[options]
zip_safe = no
count = 3
ratio = 1.5
empty =
'''


def load(cls, **options):
    parser = cls(**options)
    if PY2:
        parser.readfp(StringIO(TEXT))
    else:
        parser.read_string(TEXT)
    return parser


p = load(configparser.ConfigParser)
assert p.sections() == ['metadata', 'options']
assert p.get('metadata', 'name') == 'demo' and p.get('metadata', 'VERSION') == '1.0'
assert p.get('metadata', 'path') == '/srv/x'
assert p.get('metadata', 'classifiers').split() == ['A', 'B'] and p.get('metadata', 'classifiers').startswith('\n')
assert p.getint('options', 'count') == 3 and p.getfloat('options', 'ratio') == 1.5
assert p.getboolean('options', 'zip_safe') is False and p.get('options', 'empty') == ''
assert p.has_section('metadata') and not p.has_section('DEFAULT')
assert p.has_option('metadata', 'root') and not p.has_option('metadata', 'nope') and not p.has_option('zzz', 'a')
assert sorted(p.options('options')) == ['count', 'empty', 'ratio', 'root', 'zip_safe']
assert dict(p.items('options'))['count'] == '3' and dict(p.items('options'))['root'] == '/srv'
assert p.defaults()['root'] == '/srv'
p.set('options', 'count', '4')
p.add_section('new')
p.set('new', 'k', 'v')
assert p.getint('options', 'count') == 4 and p.get('new', 'k') == 'v'
assert p.remove_option('new', 'k') and not p.has_option('new', 'k')
assert p.remove_section('new') and not p.remove_section('new')
for error, call in [
    (configparser.NoSectionError, lambda: p.get('nope', 'a')),
    (configparser.NoOptionError, lambda: p.get('metadata', 'nope')),
    (configparser.NoSectionError, lambda: p.options('nope')),
    (configparser.DuplicateSectionError, lambda: p.add_section('metadata')),
    (ValueError, lambda: p.getboolean('metadata', 'name')),
    (configparser.Error, lambda: p.get('nope', 'a')),
]:
    try:
        call()
    except error:
        pass
    else:
        assert False, error
raw = load(configparser.RawConfigParser)
assert raw.get('metadata', 'path') == '%(root)s/x'
assert raw.read(['does-not-exist.cfg']) == []
kept = configparser.RawConfigParser()
kept.optionxform = str
if PY2:
    kept.readfp(StringIO('[a]\nKey = 1\n'))
else:
    kept.read_string('[a]\nKey = 1\n')
assert kept.items('a') == [('Key', '1')]
if PY2:
    safe = load(configparser.SafeConfigParser)
    assert safe.get('metadata', 'path') == '/srv/x'
    assert safe.get('metadata', 'path', True) == '%(root)s/x'
else:
    assert p.get('metadata', 'nope', fallback='x') == 'x' and p.get('metadata', 'path', raw=True) == '%(root)s/x'
    assert p['metadata']['name'] == 'demo' and 'metadata' in p and 'nope' not in p
    assert p['metadata'].get('nope') is None and p['metadata'].get('nope', 'd') == 'd'
    assert p['options'].getboolean('zip_safe') is False and 'count' in p['options']
    assert list(p) == ['DEFAULT', 'metadata', 'options'] and dict(p['options'])['ratio'] == '1.5'
    assert configparser.ConfigParser(interpolation=None).sections() == []
    try:
        p['nope']
    except KeyError:
        pass
    else:
        assert False
    q = configparser.ConfigParser()
    q.read_dict({'a': {'X': 1}})
    assert q.get('a', 'x') == '1'
    try:
        configparser.ConfigParser().read_string('a = 1\n')
    except configparser.MissingSectionHeaderError:
        pass
    else:
        assert False

w = configparser.RawConfigParser()
w.add_section('a')
w.set('a', 'B', 'x\ny')
f = StringIO()
w.write(f)
assert f.getvalue() == '[a]\nb = x\n\ty\n\n'
if not PY2:
    w.add_section('c')
    w.read_string('[DEFAULT]\nz = 1\n')
    f = StringIO()
    w.write(f, space_around_delimiters=False)
    assert f.getvalue() == '[DEFAULT]\nz=1\n\n[a]\nb=x\n\ty\n\n[c]\n\n'
