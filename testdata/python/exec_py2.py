"""Python 2: the exec statement, execfile, print statement, backticks and other old grammar."""
import os
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


here = os.path.dirname(os.path.abspath(__file__))
version_file = os.path.join(here, 'data', 'version_info.py')

exec 'a = 1'
assert a == 1
ns = {}
exec 'b = 2' in ns
assert ns['b'] == 2
assert 'b' not in globals()
exec 'c = b + 1' in ns
assert ns['c'] == 3
glob, loc = {'x': 1}, {}
exec 'y = x + 1' in glob, loc
assert loc == {'y': 2}
exec('z = 5')
assert z == 5
exec('w = 6', ns)
assert ns['w'] == 6
exec compile('k = 7', 'f', 'exec') in ns
assert ns['k'] == 7
exec open(version_file).read() in ns
assert ns['__version__'] == '3.2.1'
exec open(version_file) in ns
assert ns['__version__'] == '3.2.1'


def in_function():
    exec 'made = 1'
    return made


def with_locals():
    value = 1
    exec 'value = 2'
    return value


assert in_function() == 1
assert with_locals() == 2

execfile(version_file)
assert __version__ == '3.2.1'
assert version_tuple == (3, 2, 1)
about = {}
execfile(version_file, about)
assert about['__author__'] == 'Jane Doe'
outer, inner = {}, {}
execfile(version_file, outer, inner)
assert inner['__version__'] == '3.2.1'
assert '__version__' not in outer
assert raises(IOError, execfile, os.path.join(here, 'data', 'absent.py'))


class Sink(object):
    softspace = 0

    def __init__(self):
        self.text = ''

    def write(self, text):
        self.text += text


def printed(function):
    sink = Sink()
    function(sink)
    return sink.text


def p1(f):
    print >>f, 'a', 1


def p2(f):
    print >>f, 'a',
    print >>f, 'b'


def p3(f):
    print >>f


def p4(f):
    print >>f, ('a', 1)


def p5(f):
    print >>f, 'x%s' % 1


def p6(f):
    print >>f, ('parenthesised')


def p7(f):
    print >>f, 'line\n',
    print >>f, 'next'


assert printed(p1) == 'a 1\n'
assert printed(p2) == 'a b\n'
assert printed(p3) == '\n'
assert printed(p4) == "('a', 1)\n"
assert printed(p5) == 'x1\n'
assert printed(p6) == 'parenthesised\n'
assert printed(p7) == 'line\nnext\n'
old, sys.stdout = sys.stdout, Sink()
print 'to', 'stdout'
print('call', 'like')
print('one')
captured, sys.stdout = sys.stdout.text, old
assert captured == "to stdout\n('call', 'like')\none\n"

assert `1` == '1'
assert `'a'` == "'a'"
assert `1, 2` == '(1, 2)'
assert 1 <> 2
assert not 1 <> 1
assert 0755 == 493
assert 0777 == 0o777
assert 00 == 0
assert 10L == 10
assert 0xFFL == 255
assert type(1L) is long
assert ur'\d\u0041' == u'\\dA'
assert UR'a' == u'a'
assert [x for x in 1, 2] == [1, 2]
assert (lambda (a, b): a + b)((1, 2)) == 3


def tuple_parameter(a, (b, c)):
    return a + b + c


assert tuple_parameter(1, (2, 3)) == 6
assert {'a': 1}.has_key('a')
assert sorted([3, 1], lambda a, b: cmp(b, a)) == [3, 1]
assert raises(SyntaxError, compile, 'print "a" % (', 'f', 'exec')
True_saved = True
True = 1
assert True == 1
del True
assert True is True_saved
None_error = raises(SyntaxError, compile, 'None = 1', 'f', 'exec')
assert None_error
as_name = {'nonlocal': 1, 'exec': 2}
nonlocal = 3
assert nonlocal == 3
	
if nonlocal:
        spaces = 1
	tabs = 2
assert (spaces, tabs) == (1, 2)
