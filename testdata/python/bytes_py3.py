"""Python 3: bytes and bytearray."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


b = b'hello'
assert b[0] == 104
assert b[-1] == 111
assert b[1:3] == b'el'
assert b[::-1] == b'olleh'
assert b[:1] == b'h'
assert list(b'ab') == [97, 98]
assert [x for x in b'ab'] == [97, 98]
assert len(b'\xc3\xa9') == 2
assert bytes() == b''
assert bytes(3) == b'\x00\x00\x00'
assert bytes([97, 98]) == b'ab'
assert bytes((97,)) == b'a'
assert bytes(range(3)) == b'\x00\x01\x02'
assert bytes(b'a') == b'a'
assert bytes('a', 'ascii') == b'a'
assert raises(ValueError, bytes, [256])
assert raises(ValueError, bytes, -1)
assert raises(TypeError, bytes, ['a'])
assert bytes.fromhex('61 62') == b'ab'
assert b'ab'.hex() == '6162'
assert b.upper() == b'HELLO'
assert b.split(b'l') == [b'he', b'', b'o']
assert b' a b '.split() == [b'a', b'b']
assert b' a '.strip() == b'a'
assert b.find(b'l') == 2
assert b.find(108) == 2
assert b.index(b'o') == 4
assert b.count(b'l') == 2
assert b.replace(b'l', b'L') == b'heLLo'
assert b','.join([b'a', b'b']) == b'a,b'
assert raises(TypeError, b','.join, ['a'])
assert b.startswith(b'he')
assert b.startswith((b'x', b'h'))
assert raises(TypeError, b.startswith, 'he')
assert b.endswith(b'lo')
assert b'a=b'.partition(b'=') == (b'a', b'=', b'b')
assert b'a\nb\r\nc'.splitlines() == [b'a', b'b', b'c']
assert b'ab'.center(4) == b' ab '
assert b'7'.zfill(3) == b'007'
assert b'Ab'.swapcase() == b'aB'
assert b'ab cd'.title() == b'Ab Cd'
assert b'ab'.isalpha()
assert not b'\xe9'.isalpha()
assert b'12'.isdigit()
assert b'\xc9'.lower() == b'\xc9'
assert b'a' + b'b' == b'ab'
assert b'ab' * 2 == b'abab'
assert b'a' < b'b'
assert b'a' != 'a'
assert not (b'a' == 'a')
assert 104 in b
assert b'ell' in b
assert raises(TypeError, lambda: 'h' in b)
assert raises(ValueError, lambda: 256 in b)
assert b'%s-%d' % (b'a', 3) == b'a-3'
assert b'%b' % b'x' == b'x'
assert b'%a' % 'x' == b"'x'"
assert raises(TypeError, lambda: b'%s' % 'a')
assert not hasattr(b, 'format')
assert not hasattr(b, 'encode')
assert bool(b'') is False
assert bool(b'\x00') is True
assert {b'a': 1}[b'a'] == 1
assert b'a' not in {'a': 1}
assert int(b'12') == 12
assert float(b'1.5') == 1.5
assert isinstance(b, bytes)
assert not isinstance(b, str)
assert max(b'ab') == 98
assert sorted(b'ba') == [97, 98]
assert str(b, 'ascii') == 'hello'
assert repr(b'\t\x00a') == "b'\\t\\x00a'"
assert sum(b'\x01\x02') == 3
