"""open: modes, read, readline, readlines, iteration, seek and tell, errors."""
import io
import os
import sys


def raises(error, function, *args, **kwargs):
    try:
        function(*args, **kwargs)
    except error:
        return True
    return False


here = os.path.dirname(os.path.abspath(__file__))
data = os.path.join(here, 'data')


def path(name):
    return os.path.join(data, name)


text = 'first line\nsecond line\n\nlast without newline'
assert open(path('lines.txt')).read() == text
assert open(path('lines.txt'), 'r').read() == text
assert open(path('lines.txt'), 'rt').read() == text
assert open(path('lines.txt'), 'rb').read() == text.encode('ascii')
assert io.open(path('lines.txt')).read() == text
assert io.open(path('lines.txt'), encoding='utf-8').read() == text
assert open(os.path.join(here, 'data', 'lines.txt')).readline() == 'first line\n'
assert open(path('empty.txt')).read() == ''
assert open(path('empty.txt')).readlines() == []
assert open(path('empty.txt')).readline() == ''
assert list(open(path('empty.txt'))) == []
assert open(path('lines.txt')).readlines() == ['first line\n', 'second line\n', '\n', 'last without newline']
assert list(open(path('lines.txt'))) == open(path('lines.txt')).readlines()
assert [line.strip() for line in open(path('lines.txt')) if line.strip()][1] == 'second line'
assert open(path('lines.txt')).read().split('\n')[2] == ''
assert open(path('lines.txt')).read().splitlines()[0] == 'first line'
assert len(open(path('lines.txt')).readlines()) == 4
assert ''.join(open(path('lines.txt'))) == text
assert next(iter(open(path('lines.txt')))) == 'first line\n'
assert max(open(path('lines.txt')), key=len) == 'last without newline'
assert dict(enumerate(open(path('lines.txt'))))[1] == 'second line\n'
assert 'second line\n' in open(path('lines.txt'))

f = open(path('lines.txt'))
assert f.read(5) == 'first'
assert f.read(0) == ''
assert f.tell() == 5
assert f.readline() == ' line\n'
assert f.read(3) == 'sec'
assert f.read() == 'ond line\n\nlast without newline'
assert f.read() == ''
assert f.readline() == ''
f.seek(0)
assert f.readline() == 'first line\n'
f.seek(6)
assert f.read(4) == 'line'
assert f.closed is False
assert f.name == path('lines.txt')
assert f.mode == 'r'
assert f.close() is None
assert f.closed is True
assert raises(ValueError, f.read)
assert raises(ValueError, f.readline)
f.close()

with open(path('lines.txt')) as f:
    assert f.readline() == 'first line\n'
    assert f.readlines() == ['second line\n', '\n', 'last without newline']
    assert f.readlines() == []
assert f.closed
with open(path('lines.txt')) as one, open(path('empty.txt')) as two:
    assert one.read() + two.read() == text
with open(path('lines.txt')) as f:
    count = 0
    for line in f:
        count += 1
        if count == 2:
            break
    assert line == 'second line\n'
    assert list(f) == ['\n', 'last without newline']
with open(path('lines.txt'), 'rb') as f:
    assert f.read(5) == b'first'
    assert f.tell() == 5
    f.seek(-7, 2)
    assert f.read() == b'newline'
    f.seek(0)
    f.seek(6, 1)
    assert f.read(4) == b'line'
    f.seek(0, os.SEEK_END)
    assert f.tell() == len(text)
with open(path('lines.txt')) as f:
    assert next(f) == 'first line\n'
    assert next(f) == 'second line\n'
    assert next(f) == '\n'
    assert next(f, None) == 'last without newline'
    assert next(f, None) is None
with open(path('lines.txt')) as f:
    head = f.readline().strip()
    rest = f.read()
assert head == 'first line'
assert rest.startswith('second')
assert open(path('bytes.bin'), 'rb').read() == b'\x00\x01\xff\n\r\n'
assert open(path('bytes.bin'), 'rb').readlines() == [b'\x00\x01\xff\n', b'\r\n']
assert io.open(path('mixed_endings.txt')).read() == u'one\ntwo\nthree\nfour'
assert io.open(path('mixed_endings.txt')).readlines() == [u'one\n', u'two\n', u'three\n', u'four']
assert io.open(path('mixed_endings.txt'), newline='').read() == u'one\r\ntwo\rthree\nfour'
assert io.open(path('mixed_endings.txt'), newline='\n').readlines()[0] == u'one\r\n'
assert io.open(path('mixed_endings.txt'), 'rb').read() == b'one\r\ntwo\rthree\nfour'

assert raises(IOError, open, path('absent.txt'))
assert raises(IOError, open, path('no-directory/absent.txt'))
assert raises(IOError, open, data)
assert raises(TypeError, open)
assert raises(ValueError, open, path('lines.txt'), 'q')
try:
    open(path('absent.txt'))
except IOError as error:
    assert error.errno == 2
    assert error.filename == path('absent.txt')
    assert 'No such file or directory' in str(error)


def read(*names):
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), *names)) as f:
        return f.read()


def read_or(name, default):
    try:
        return read('data', name)
    except (IOError, OSError):
        return default


assert read('data', 'lines.txt') == text
assert read_or('absent.txt', 'fallback') == 'fallback'
assert read_or('empty.txt', 'fallback') == ''
requirements = [
    line.split('#')[0].strip() for line in read('data', 'requirements.txt').splitlines()
    if line.strip() and not line.startswith(('#', '-'))
]
assert requirements == ['requests>=2.0', 'six ; python_version < "3"', 'indented==1.0']

if sys.version_info >= (3,):
    assert raises(FileNotFoundError, open, path('absent.txt'))
    assert raises(IsADirectoryError, open, data)
    assert open(path('mixed_endings.txt')).read() == 'one\ntwo\nthree\nfour'
    assert type(open(path('lines.txt'), 'rb').read()) is bytes
    assert raises(ValueError, open, path('lines.txt'), 'rb', encoding='utf-8')
    assert raises(ValueError, open, path('lines.txt'), 'rU' if sys.version_info >= (3, 11) else 'rr')
    with open(path('lines.txt')) as f:
        f.readline()
        assert raises(io.UnsupportedOperation, f.seek, -1, 2)
    assert raises(io.UnsupportedOperation, open(path('lines.txt')).write, 'x')
else:
    assert type(open(path('lines.txt')).read()) is str
    assert type(io.open(path('lines.txt')).read()) is unicode
    assert open(path('mixed_endings.txt')).read() == 'one\r\ntwo\rthree\nfour'
    assert open(path('mixed_endings.txt'), 'rU').read() == 'one\ntwo\nthree\nfour'
    assert open(path('mixed_endings.txt'), 'U').readlines()[0] == 'one\n'
    assert file(path('lines.txt')).read() == text
    assert open(path('lines.txt')).next() == 'first line\n'
    assert list(open(path('lines.txt')).xreadlines())[1] == 'second line\n'
    assert raises(TypeError, open, path('lines.txt'), encoding='utf-8')
    assert raises(IOError, open(path('lines.txt')).write, 'x')
