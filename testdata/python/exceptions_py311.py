"""Python 3.11: exception groups and except*."""
log = []
try:
    raise ExceptionGroup('many', [ValueError('v'), KeyError('k'), ValueError('w')])
except* ValueError as group:
    log.append([str(e) for e in group.exceptions])
except* KeyError as group:
    log.append(len(group.exceptions))
assert log == [['v', 'w'], 1]
group = ExceptionGroup('g', [ValueError(1), TypeError(2)])
assert group.message == 'g'
assert len(group.exceptions) == 2
assert isinstance(group, Exception)
matched, rest = group.split(TypeError)
assert [type(e) for e in matched.exceptions] == [TypeError]
assert [type(e) for e in rest.exceptions] == [ValueError]
caught = []
try:
    raise ValueError('single')
except* ValueError as wrapped:
    caught.extend(wrapped.exceptions)
assert str(caught[0]) == 'single'
import tomllib
assert tomllib.loads('a = 1') == {'a': 1}
