"""The module `ast`."""
import ast
import sys

PY2 = sys.version_info[0] == 2

assert ast.literal_eval("'1.2.3'") == '1.2.3' and ast.literal_eval('"a" "b"') == 'ab'
assert ast.literal_eval('(1, 2)') == (1, 2) and ast.literal_eval('[1, [2]]') == [1, [2]]
assert ast.literal_eval("{'a': None, 'b': True}") == {'a': None, 'b': True}
assert ast.literal_eval('-1') == -1 and ast.literal_eval('1.5') == 1.5
assert ast.literal_eval("u'a'") == u'a' and ast.literal_eval("b'a'") == b'a'
if sys.version_info >= (3, 10):
    assert ast.literal_eval(' 1') == 1
for wrong in ['f()', 'a', '1 if x else 2', "'a'.b"]:
    try:
        ast.literal_eval(wrong)
    except ValueError:
        pass
    else:
        assert False, wrong
try:
    ast.literal_eval("'a")
except SyntaxError:
    pass
else:
    assert False

source = '''"""Doc of it.

    More.
"""
import os
from x import y as z
__version__ = '1.2'
VERSION = (1, 2)
names = ['a', "b"]
class A(object):
    def f(self, a, b=1):
        return a + b
if True:
    x = y = 3
'''
tree = ast.parse(source)
assert isinstance(tree, ast.Module) and ast.get_docstring(tree) == 'Doc of it.\n\nMore.'
assert ast.get_docstring(tree, clean=False).endswith('More.\n')
assert [type(node).__name__ for node in tree.body] == ['Expr', 'Import', 'ImportFrom', 'Assign', 'Assign', 'Assign', 'ClassDef', 'If']
version = None
for node in tree.body:
    if isinstance(node, ast.Assign) and node.targets[0].id == '__version__':
        version = ast.literal_eval(node.value)
        if sys.version_info < (3, 12):
            assert node.value.s == '1.2'
        if sys.version_info >= (3, 8):
            assert node.value.value == '1.2' and isinstance(node.value, ast.Constant)
        elif sys.version_info < (3, 8):
            assert isinstance(node.value, ast.Str)
        assert node.lineno == 7 and node.col_offset == 0
assert version == '1.2'
assert ast.literal_eval(tree.body[4].value) == (1, 2) and ast.literal_eval(tree.body[5].value) == ['a', 'b']
assert isinstance(tree.body[4].value, ast.Tuple) and len(tree.body[4].value.elts) == 2
assert tree.body[2].module == 'x' and tree.body[2].names[0].asname == 'z'
assert tree.body[6].name == 'A' and tree.body[6].body[0].name == 'f'
if not PY2:
    assert [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)] == ['__version__', 'VERSION', 'names', 'x', 'y']
    assert [arg.arg for arg in tree.body[6].body[0].args.args] == ['self', 'a', 'b']

class Finder(ast.NodeVisitor):
    def __init__(self):
        self.found = {}
    def visit_Assign(self, node):
        for target in node.targets:
            if isinstance(target, ast.Name):
                self.found[target.id] = node.value
        self.generic_visit(node)
    def visit_ClassDef(self, node):
        self.found[node.name] = None
    def visit_FunctionDef(self, node):
        assert False

finder = Finder()
finder.visit(tree)
assert sorted(finder.found) == ['A', 'VERSION', '__version__', 'names', 'x', 'y']
assert ast.parse('1', mode='eval').body.__class__.__name__ in ('Num', 'Constant')
assert ast.literal_eval(ast.parse('[1, 2]', mode='eval')) == [1, 2]

# The classes of nodes come from `_ast`, which has not what `Constant` took the place of.
import _ast
assert _ast.Module is ast.Module and _ast.Tuple is ast.Tuple
assert hasattr(_ast, 'Str') == (sys.version_info < (3, 8))
