"""complex numbers, briefly."""


def raises(error, function, *args):
    try:
        function(*args)
    except error:
        return True
    return False


assert 1j * 1j == -1
assert 3 + 4j == complex(3, 4)
assert abs(3 + 4j) == 5.0
assert (3 + 4j).real == 3.0
assert (3 + 4j).imag == 4.0
assert (3 + 4j).conjugate() == 3 - 4j
assert str(1j) == '1j'
assert str(complex(1, -2)) == '(1-2j)'
assert complex('1+2j') == 1 + 2j
assert complex() == 0
assert 1 + 0j == 1
assert 2J == 2j
assert bool(0j) is False
assert isinstance(1j, complex)
assert type(1j + 1) is complex
assert raises(TypeError, int, 1j)
assert raises(TypeError, float, 1j)
assert raises(ValueError, complex, 'a')
