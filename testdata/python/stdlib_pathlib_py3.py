"""The module `pathlib`: pure paths."""
import pathlib
from pathlib import Path, PurePath, PurePosixPath

p = Path('a') / 'b' / 'c.tar.gz'
assert str(p) == 'a/b/c.tar.gz' and p.as_posix() == 'a/b/c.tar.gz'
assert p.name == 'c.tar.gz' and p.stem == 'c.tar' and p.suffix == '.gz' and p.suffixes == ['.tar', '.gz']
assert p.parent == Path('a/b') and [str(x) for x in p.parents] == ['a/b', 'a', '.']
assert p.parts == ('a', 'b', 'c.tar.gz') and not p.is_absolute()
assert str(Path('a//b/./c/')) == 'a/b/c' and str(Path()) == '.' and str(Path('.')) == '.' and str(Path('a/../b')) == 'a/../b'
assert Path('a', 'b') == Path('a/b') and Path('a') != Path('b') and Path('a') != 'a'
assert Path('a').joinpath('b', 'c') == Path('a/b/c') and 'x' / Path('y') == Path('x/y')
assert Path('/a') / '/b' == Path('/b') and Path('/a').is_absolute() and Path('/').parent == Path('/')
assert p.with_suffix('.zip').name == 'c.tar.zip' and p.with_name('d').name == 'd' and Path('a.py').with_suffix('') == Path('a')
assert Path('a/b/c').relative_to('a') == Path('b/c') and Path('a').relative_to('a') == Path('.')
assert Path('.bashrc').suffix == '' and Path('.bashrc').stem == '.bashrc' and Path('a.').suffix == '' and Path('..').name == '..'
assert isinstance(p, PurePath) and {Path('a'): 1}[Path('a')] == 1
assert sorted([Path('b'), Path('a')]) == [Path('a'), Path('b')]
assert repr(PurePosixPath('a')) == "PurePosixPath('a')" and '%s' % Path('x') == 'x' and '{}'.format(Path('x')) == 'x'
assert Path(Path('a'), Path('b')) == Path('a/b') and pathlib.PurePath('a').name == 'a'
for call, error in [(lambda: Path('a').relative_to('b'), ValueError), (lambda: Path('a').with_suffix('b'), ValueError), (lambda: Path('') / 3, TypeError), (lambda: Path('').with_name('a'), ValueError)]:
    try:
        call()
    except error:
        pass
    else:
        assert False
assert not Path('does-not-exist').exists() and not Path('does-not-exist').is_file()
assert list(Path('does-not-exist').glob('*')) == []
