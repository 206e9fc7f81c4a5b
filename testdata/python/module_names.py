"""The names of a module of the project, in the order in which it is walked."""
import sys

from assert_pkg import module_b, named as assert_names

PUBLIC = ['first', 'second', 'Third', 'os', 'fourth']
names = list(vars(assert_names))
own = ['__name__', '__doc__', '__package__', '__loader__', '__spec__', '__file__', '__cached__', '__builtins__']
if sys.version_info >= (3,):
    assert names == own + ['os', 'first', 'second', 'Third', 'fourth'], names
else:
    assert names == [
        'Third', '__builtins__', '__file__', '__package__', 'second', 'fourth', '__name__', 'os', '__doc__', 'first'], names
assert sorted(name for name in names if name[:1] != '_') == sorted(PUBLIC)
assert [name for name in dir(assert_names) if not name.startswith('_')] == sorted(PUBLIC)
merged = {}
merged.update(vars(assert_names))
taken = {}
for name, value in merged.items():
    if name[:1] == '_' or not isinstance(value, (int, list)):
        continue
    taken[name] = value
assert taken == {'first': 1, 'second': [2], 'fourth': 4}
assert '__file__' in vars(module_b) and '__builtins__' in vars(module_b)
