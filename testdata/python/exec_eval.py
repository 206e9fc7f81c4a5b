"""exec, eval, compile with namespaces."""
import sys


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


ns = {}
exec('x = 1\ny = x + 1', ns)
assert ns['x'] == 1
assert ns['y'] == 2
assert '__builtins__' in ns
assert sorted(k for k in ns if not k.startswith('__')) == ['x', 'y']
ns = {'given': 5}
exec('result = given * 2', ns)
assert ns['result'] == 10
outer, inner = {'a': 1}, {}
exec('b = a + 1', outer, inner)
assert inner == {'b': 2}
assert 'b' not in outer
exec('def f():\n    return helper()\ndef helper():\n    return 7\n', ns)
assert ns['f']() == 7
assert 'f' not in globals()
ns = {}
exec("__version__ = '1.2.3'\n__author__ = 'me'\n", ns)
assert ns['__version__'] == '1.2.3'
assert ns['__author__'] == 'me'
about = {}
exec(compile("version_info = (1, 2)\nversion = '.'.join(map(str, version_info))\n", 'version.py', 'exec'), about)
assert about['version'] == '1.2'
exec('module_level = 3')
assert module_level == 3  # noqa: F821
exec('')
exec('# only a comment')
exec('import os.path as osp', ns)
assert ns['osp'].join('a', 'b') == 'a/b'
exec('class C(object):\n    v = 1\n', ns)
assert ns['C'].v == 1
assert ns['C']().v == 1
exec('total = sum(n for n in range(4))', ns)
assert ns['total'] == 6
exec('if True:\n    branch = "yes"\nelse:\n    branch = "no"', ns)
assert ns['branch'] == 'yes'
exec('a = 1; b = 2', ns)
assert (ns['a'], ns['b']) == (1, 2)
exec('x = 1\r\ny = 2\r\n', ns)
assert ns['y'] == 2
exec('no_newline = 1\nif no_newline:\n    z = 2', ns)
assert ns['z'] == 2
namespace = {'__name__': 'other'}
exec('name = __name__', namespace)
assert namespace['name'] == 'other'
exec('if __name__ == "__main__":\n    ran = True', namespace)
assert 'ran' not in namespace
names = {'__file__': 'x/y.py'}
exec('import os\nhere = os.path.dirname(__file__)', names)
assert names['here'] == 'x'
assert raises(NameError, lambda: exec_missing)  # noqa: F821


def exec_in(text):
    scope = {}
    exec(text, scope)
    return scope


assert exec_in('v = 1')['v'] == 1
assert raises(NameError, exec_in, 'v = undefined_name')
assert raises(ZeroDivisionError, exec_in, '1 / 0')
assert raises(SyntaxError, exec_in, 'x =')
assert raises(SyntaxError, exec_in, 'def f(:')
assert raises(SyntaxError, exec_in, '  x = 1')
assert raises(ImportError, exec_in, 'import no_such_module_at_all')
failed = {}
try:
    exec('before = 1\nraise ValueError("stop")\nafter = 2', failed)
except ValueError as error:
    assert str(error) == 'stop'
assert failed['before'] == 1
assert 'after' not in failed

# Separate locals: functions of the text do not see them, as in a class body.
separate = {}
exec('base = 1\nvalue = base + 1', {}, separate)
assert separate == {'base': 1, 'value': 2}


def hidden():
    exec('base = 1\ndef f():\n    return base\nresult = f()', {}, {})


assert raises(NameError, hidden)

assert eval('1 + 1') == 2
assert eval(' 1 + 1') == 2
assert eval('x + 1', {'x': 5}) == 6
assert eval('x + y', {'x': 1, 'y': 1}, {'y': 5}) == 6
assert eval("'a'.upper()") == 'A'
assert eval('[n * 2 for n in range(3)]') == [0, 2, 4]
assert eval('(1, "b", None)') == (1, 'b', None)
assert eval("{'a': [1]}") == {'a': [1]}
assert eval('lambda x: x + 1')(1) == 2
assert eval('True') is True
assert eval(compile('2 * 3', '<text>', 'eval')) == 6
assert eval(compile('y = 1', '<text>', 'exec'), {}) is None
assert eval("1 if True else 2") == 1
assert eval('__name__') == '__main__'
assert eval('len("abc")', {}) == 3
assert raises(SyntaxError, eval, 'x = 1')
assert raises(SyntaxError, eval, '')
assert raises(SyntaxError, eval, '1 +')
assert raises(NameError, eval, 'undefined_name')
assert raises(NameError, eval, 'exec_eval_local', {})
assert raises(TypeError, eval, 1)


def locals_seen():
    secret = 42
    return eval('secret')


assert locals_seen() == 42
assert raises(TypeError, compile, '1')
assert raises(ValueError, compile, '1', '', 'nope')
assert raises(SyntaxError, compile, 'a b', 'f', 'exec')
code = compile('a = 1', 'name.py', 'exec')
assert code.co_filename == 'name.py'

if sys.version_info >= (3,):
    ns = {}
    getattr(__builtins__, 'exec')('q = 1', ns)
    assert ns['q'] == 1
    assert raises(TypeError, eval('exec'), 5)
    exec(b'from_bytes = 1', ns)
    assert ns['from_bytes'] == 1
    exec(b'# coding: latin-1\ntext = "\xe9"', ns)
    assert ns['text'] == '\xe9'

    def cannot_bind():
        bound = 1
        exec('bound = 2')
        return bound

    assert cannot_bind() == 1
    assert raises(NameError, eval, 'execfile')
    ns = {}
    exec('x: int = 5', ns)
    assert ns['x'] == 5
