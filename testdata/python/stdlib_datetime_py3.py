"""`datetime` with time zones, `cached_property` and other things of Python 3 alone."""

import sys
sys.argv = ['setup.py', 'egg_info']


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


from datetime import datetime, timezone, timedelta
d = datetime(2020, 1, 2, tzinfo=timezone.utc)
assert repr(d.isoformat()) == "'2020-01-02T00:00:00+00:00'"
assert repr(d.timestamp()) == '1577923200.0'
assert repr(datetime.fromtimestamp(0, timezone.utc)) == 'datetime.datetime(1970, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)'
assert repr(str(d)) == "'2020-01-02 00:00:00+00:00'"
assert repr(d.strftime('%z %Z')) == "'+0000 UTC'"
assert repr(d.utcoffset()) == 'datetime.timedelta(0)'
assert repr(repr(timezone.utc)) == "'datetime.timezone.utc'"
assert repr(d.astimezone(timezone(timedelta(hours=2))).isoformat()) == "'2020-01-02T02:00:00+02:00'"

from collections import ChainMap
c = ChainMap({'a': 1}, {'a': 2, 'b': 3})
assert repr(c['a']) == '1'
assert repr(c['b']) == '3'
assert repr(sorted(c)) == "['a', 'b']"
assert repr(len(c)) == '2'
assert repr('z' in c) == 'False'
assert repr(c.get('q', 5)) == '5'
assert repr(dict(c) == {'a': 1, 'b': 3}) == 'True'
assert repr(c.new_child({'a': 9})['a']) == '9'
assert repr(c.parents['a']) == '2'
assert repr(c) == "ChainMap({'a': 1}, {'a': 2, 'b': 3})"
assert repr(sorted(c.items())) == "[('a', 1), ('b', 3)]"

from collections import UserDict, UserList
class D(UserDict):
    def __setitem__(self, k, v): self.data[k.lower()] = v
d = D({'A': 1}, B=2)
d['C'] = 3
l = UserList([1, 2])
l.append(3)
assert repr(sorted(d.items())) == "[('a', 1), ('b', 2), ('c', 3)]"
assert repr(d['a']) == '1'
assert repr(len(d)) == '3'
assert repr('c' in d) == 'True'
assert repr(l) == '[1, 2, 3]'
assert repr(l[0]) == '1'
assert repr(l[1:]) == '[2, 3]'
assert repr(list(l)) == '[1, 2, 3]'
assert repr(sorted(dict(d))) == "['a', 'b', 'c']"

import functools
@functools.singledispatch
def f(x): return 'obj'
@f.register(int)
def _(x): return 'int'
assert repr(f(1)) == "'int'"
assert repr(f('a')) == "'obj'"
assert repr(f(True)) == "'int'"

import contextlib
r = []
with contextlib.ExitStack() as s:
    s.callback(r.append, 1)
    s.callback(r.append, 2)
assert repr(r) == '[2, 1]'

import contextlib, io
b = io.StringIO()
with contextlib.redirect_stdout(b): print('x')
assert repr(b.getvalue()) == "'x\\n'"
