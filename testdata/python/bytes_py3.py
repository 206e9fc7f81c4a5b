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
assert b'a' == bytearray(b'a')
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
assert hash(b'a') == hash(bytes([97]))
assert {b'a': 1}[b'a'] == 1
assert b'a' not in {'a': 1}
assert int(b'12') == 12
assert float(b'1.5') == 1.5
assert int.from_bytes(b'\x01\x00', 'big') == 256
assert int.from_bytes(b'\x01\x00', 'little') == 1
assert int.from_bytes(b'\xff', 'big', signed=True) == -1
assert (258).to_bytes(2, 'big') == b'\x01\x02'
assert (258).to_bytes(4, 'little') == b'\x02\x01\x00\x00'
assert isinstance(b, bytes)
assert not isinstance(b, str)
assert max(b'ab') == 98
assert sorted(b'ba') == [97, 98]
assert str(b, 'ascii') == 'hello'
assert repr(b'\t\x00a') == "b'\\t\\x00a'"
assert sum(b'\x01\x02') == 3
assert bytes(bytearray(b'xy')) == b'xy'

a = bytearray(b'abc')
a[0] = 65
assert a == b'Abc'
a.append(100)
assert a == b'Abcd'
a.extend(b'ef')
assert bytes(a) == b'Abcdef'
a[1:3] = b'X'
assert a == b'AXdef'
del a[0]
assert a == b'Xdef'
assert a.pop() == 102
assert a.decode('ascii') == 'Xde'
a += b'!'
assert a == b'Xde!'
assert raises(ValueError, a.append, 256)
assert bytearray(2) == b'\x00\x00'
assert bytearray(b'ab').upper() == b'AB'
assert type(bytearray(b'ab').upper()) is bytearray
assert type(b'a' + bytearray(b'b')) is bytes
assert raises(TypeError, hash, bytearray())
