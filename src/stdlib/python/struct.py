# `struct`: numbers as bytes, where the format says their size and order. What the machine decides is unknown.
import sys as _sys

_SIZES = {'x': 1, 'c': 1, 'b': 1, 'B': 1, '?': 1, 'h': 2, 'H': 2, 'i': 4, 'I': 4, 'l': 4, 'L': 4, 'q': 8, 'Q': 8, 's': 1}


class error(Exception):
    pass


def _read(format):
    if not __spx_known__(format):
        return __spx_unknown__(format)
    if isinstance(format, bytes) and not isinstance(format, str):
        format = format.decode('ascii')
    if format[:1] not in ('<', '>', '!', '='):
        return __spx_unknown__('sizes and order of native numbers depend on the machine that builds')
    codes, count = [], ''
    for code in format[1:]:
        if code.isdigit():
            count += code
        elif not code.isspace():
            if code not in _SIZES and code not in 'efdpPnN':
                raise error('bad char in struct format')
            if code in 'efdpPnN':
                return __spx_unknown__('this format is not modelled')
            codes.append((int(count) if count else 1, code, bool(count)))
            count = ''
    little = format[0] == '<'
    if format[0] == '=':
        little = _sys.byteorder == 'little'
    return little, codes


def calcsize(format):
    read = _read(format)
    if not __spx_known__(read):
        return __spx_unknown__(read)
    little, codes = read
    return sum(count * _SIZES[code] for count, code, _ in codes)


def _bytes(numbers):
    if str is bytes:
        return ''.join(map(chr, numbers))
    return bytes(numbers)


def _numbers(data):
    return [ord(part) for part in data] if str is bytes else list(data)


def pack(format, *values):
    if not __spx_known__(format, *values):
        return __spx_unknown__(format, *values)
    read = _read(format)
    if not __spx_known__(read):
        return __spx_unknown__(read)
    little, codes = read
    values = list(values)
    made = []
    for count, code, _ in codes:
        if code == 'x':
            made += [0] * count
            continue
        if code == 's':
            part = _numbers(values.pop(0))[:count]
            made += part + [0] * (count - len(part))
            continue
        for _ in range(count):
            if not values:
                raise error('not enough values to pack')
            value = values.pop(0)
            if code == 'c':
                made += _numbers(value)
                continue
            if code == '?':
                made.append(1 if value else 0)
                continue
            if isinstance(value, float) or not hasattr(value, '__index__'):
                raise error('required argument is not an integer')
            size = _SIZES[code]
            least, most = (0, 256 ** size - 1) if code.isupper() else (-256 ** size // 2, 256 ** size // 2 - 1)
            if not least <= value <= most:
                raise error('argument out of range')
            part = [(value >> 8 * at) & 255 for at in range(size)]
            made += part if little else part[::-1]
    if values:
        raise error('too many values to pack')
    return _bytes(made)


def unpack(format, data):
    if not __spx_known__(format, data):
        return __spx_unknown__(format, data)
    if not __spx_known__(_read(format)):
        return __spx_unknown__(_read(format))
    if calcsize(format) != len(data):
        raise error('unpack requires a buffer of %d bytes' % calcsize(format))
    return unpack_from(format, data)


def unpack_from(format, data, offset=0):
    if not __spx_known__(format, data, offset):
        return __spx_unknown__(format, data, offset)
    read = _read(format)
    if not __spx_known__(read):
        return __spx_unknown__(read)
    little, codes = read
    data = data[offset:]
    if calcsize(format) > len(data):
        raise error('unpack_from requires a larger buffer')
    found = []
    for count, code, _ in codes:
        if code == 's':
            found.append(data[:count])
            data = data[count:]
            continue
        for _ in range(count):
            part, data = data[:_SIZES[code]], data[_SIZES[code]:]
            if code == 'x':
                continue
            if code == 'c':
                found.append(part)
                continue
            part = _numbers(part)
            value = 0
            for number in part[::-1] if little else part:
                value = value * 256 + number
            if code == '?':
                value = bool(value)
            elif code.islower() and value >= 256 ** len(part) // 2:
                value -= 256 ** len(part)
            found.append(value)
    return tuple(found)
