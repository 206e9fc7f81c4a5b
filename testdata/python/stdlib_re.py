"""The module `re`."""
import re
import sys

PY2 = sys.version_info[0] == 2

# What setup.py files do.
text = "'''doc'''\n__version__ = '1.2.3'\n__author__ = \"A. B\"\nVERSION = (1, 2)\n"
assert re.search(r"__version__ = '(.*?)'", text).group(1) == '1.2.3'
assert re.search(r"^__version__\s*=\s*['\"]([^'\"]*)['\"]", text, re.M).group(1) == '1.2.3'
assert re.search(r"^__version__", text) is None
assert re.compile(r'__version__\s+=\s+(.*)').search(text).group(1) == "'1.2.3'"
assert re.match(r'__version__', text) is None
assert dict(re.findall(r"__([a-z]+)__ = ['\"]([^'\"]+)['\"]", text)) == {'version': '1.2.3', 'author': 'A. B'}
m = re.search(r'(?P<name>\w+) = \((?P<major>\d), (?P<minor>\d)\)', text)
assert m.groups() == ('VERSION', '1', '2')
assert m.groupdict() == {'name': 'VERSION', 'major': '1', 'minor': '2'}
assert m.group('major', 'minor') == ('1', '2')
assert m.group() == m.group(0) == 'VERSION = (1, 2)'
assert m.lastindex == 3 and m.lastgroup == 'minor'
assert text[m.start():m.end()] == m.group()
assert m.span('major') == (m.start(2), m.end(2))
assert m.string is text and m.re.pattern == r'(?P<name>\w+) = \((?P<major>\d), (?P<minor>\d)\)'
assert bool(m)
if sys.version_info >= (3, 6):
    assert m['name'] == m[1] == 'VERSION'

version_re = re.compile(r'(\d+)\.(\d+)(?:\.(\d+))?')
assert version_re.match('1.2').groups() == ('1', '2', None)
assert version_re.match('1.2').groups('0') == ('1', '2', '0')
assert version_re.groups == 3 and version_re.groupindex == {}
assert version_re.search('v1.2.3 1.4', 4).group() == '1.4'
assert version_re.match('v1.2') is None
assert version_re.match('v1.2', 1).span() == (1, 4)
assert version_re.search('1.23', 0, 3).group() == '1.2'
assert [f.group() for f in version_re.finditer('1.2 and 3.4.5')] == ['1.2', '3.4.5']
assert version_re.findall('1.2 and 3.4.5') == [('1', '2', ''), ('3', '4', '5')]
assert re.compile(version_re) is version_re
assert re.search(version_re, 'x 1.2').start() == 2

# Lists.
assert re.findall(r'\d', 'a1b2') == ['1', '2']
assert re.findall(r'(\w)=(\w)', 'a=b c=d') == [('a', 'b'), ('c', 'd')]
assert re.split(r'[,;]\s*', 'a, b;c') == ['a', 'b', 'c']
assert re.split(r'([,;])', 'a,b;c') == ['a', ',', 'b', ';', 'c']
assert re.split(r'(,)|(;)', 'a,b;c') == ['a', ',', None, 'b', None, ';', 'c']
assert re.split(r'\W+', 'Words, words.', maxsplit=1) == ['Words', 'words.']
assert re.split(r'\W+', 'Words, words.') == ['Words', 'words', '']
assert re.split('x', '') == ['']

# Replacements.
assert re.sub(r'[^A-Za-z0-9.]+', '-', 'a b_c') == 'a-b-c'
assert re.sub(r'(\w+) (\w+)', r'\2 \1', 'hello world') == 'world hello'
assert re.sub(r'(?P<a>\w)', r'<\g<a>>', 'ab') == '<a><b>'
assert re.sub(r'\s+', ' ', ' a \n b ') == ' a b '
assert re.sub('a', 'b', 'aaa', count=2) == 'bba'
assert re.sub('a', 'b', 'aaa', count=1) == 'baa'
assert re.sub(r'\d', lambda m: str(int(m.group()) + 1), 'a1b2') == 'a2b3'
assert re.sub('x', lambda m: '\\1', 'axb') == 'a\\1b'
assert re.sub('(a)|b', r'[\1]', 'ab') == '[a][]' if sys.version_info >= (3, 5) else True
assert re.subn('a', 'b', 'banana') == ('bbnbnb', 3)
assert re.sub('a', r'\n', 'bab') == 'b\nb'
assert re.sub('^', '> ', 'a\nb', flags=re.M) == '> a\n> b'
assert version_re.sub(r'\1', 'v1.2') == 'v1'
assert re.sub('x*', '-', 'abc') == '-a-b-c-'
assert m.expand(r'\g<major>.\g<minor>') == '1.2'

# Flags.
assert re.search('ABC', 'xabc', re.I).group() == 'abc'
assert re.search('(?i)ABC', 'xabc').group() == 'abc'
assert re.search('a.b', 'a\nb') is None
assert re.search('a.b', 'a\nb', re.S).group() == 'a\nb'
assert re.search('a.b', 'a\nb', re.DOTALL | re.IGNORECASE) is not None
assert re.compile(r'''
    (\d+)  # number
    \s* x
    ''', re.VERBOSE).match('12 x').group(1) == '12'
assert re.compile('a', re.M | re.I).flags & re.M
assert re.search('a$', 'a\n').end() == 1 and re.search(r'a\Z', 'a\n') is None
assert re.findall('^.', 'a\nb', re.M) == ['a', 'b']
assert re.search(r'(["\'])(.*?)\1', "x = 'a\"b'").group(2) == 'a"b'
assert re.search(r'(?<=v)\d', 'v1').group() == '1' and re.search(r'(?<!v)\d', 'v1') is None
assert re.search(r'foo(?!bar)', 'foobar foobaz').start() == 7

# Escaping, errors.
assert re.escape('ab1') == 'ab1'
assert re.match(re.escape('a.b-c+d'), 'a.b-c+d') and not re.match(re.escape('a.b'), 'axb')
for pattern in ['(', '*', '[', 'a{2,1}', '(?P<n>a)(?P<n>b)', r'\1']:
    try:
        re.compile(pattern)
    except re.error:
        pass
    else:
        assert False, pattern
try:
    re.match('a', 'a').group(1)
except IndexError:
    pass
else:
    assert False
try:
    re.match('a', None)
except TypeError:
    pass
else:
    assert False
try:
    re.sub('a', r'\g<x>', 'a')
except IndexError:
    pass
else:
    assert False

# Unicode and bytes.
assert re.findall(u'\\w+', u'caf\xe9 1', re.U) == [u'caf\xe9', u'1']
assert re.search(u'\xe9', u'caf\xe9').span() == (3, 4)
assert re.search(u'\xc9', u'caf\xe9', re.I | re.U).start() == 3
assert re.search(b'b(.)', b'abc').group(1) == b'c'
assert re.sub(b'b', b'x', b'abc') == b'axc'
assert re.split(b',', b'a,b') == [b'a', b'b']
assert re.findall(b'\\w', b'a\xe9') == [b'a']
if PY2:
    assert type(re.search('a', u'a').group()) is unicode
    assert type(re.search(u'a', 'a').group()) is str
    assert re.findall(r'\w+', u'caf\xe9') == [u'caf']
else:
    assert re.fullmatch(r'a|ab', 'ab').group() == 'ab' and re.fullmatch('a', 'ab') is None
    try:
        re.search('a', b'a')
    except TypeError:
        pass
    else:
        assert False

# Empty matches: 3.7 changed where they stand.
if sys.version_info >= (3, 7):
    assert re.sub('x*', '-', 'abxd') == '-a-b--d-'
    assert re.split(r'\b', 'a b') == ['', 'a', ' ', 'b', '']
else:
    assert re.sub('x*', '-', 'abxd') == '-a-b-d-'
assert re.findall('x*', 'axb') == ['', 'x', '', '']
