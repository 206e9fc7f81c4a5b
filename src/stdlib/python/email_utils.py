# `email.utils`: addresses of one name and one mailbox. Dates and identifiers are not modelled.


def parseaddr(addr, strict=True):
    if not __spx_known__(addr):
        return __spx_unknown__(addr)
    text = addr.strip()
    name, opened, rest = text.partition('<')
    if not opened:
        if '@' in text and not any(mark in text for mark in ' \t,;:()"<>\\[]'):
            return '', text
        return __spx_unknown__('an address of this form is not modelled')
    mailbox, closed, after = rest.partition('>')
    name = name.strip()
    quoted = len(name) > 1 and name[0] == name[-1] == '"'
    inner = name[1:-1] if quoted else name
    odd = any(mark in inner for mark in '"\\()<>[]@;:') or not quoted and (',' in inner or '.' in inner)
    if odd or not closed or after or '@' not in mailbox or any(mark in mailbox for mark in ' \t,;:()"<\\[]'):
        return __spx_unknown__('an address of this form is not modelled')
    return inner if quoted else ' '.join(inner.split()), mailbox


def formataddr(pair, charset='utf-8'):
    if not __spx_known__(pair):
        return __spx_unknown__(pair)
    name, address = pair
    if not __spx_known__(name, address):
        return __spx_unknown__(name, address)
    if not name:
        return address
    try:
        name.encode('ascii')
    except UnicodeError:
        return __spx_unknown__('names beyond ASCII in addresses are not modelled')
    quote = '"' if any(mark in name for mark in '()<>@,:;".[]\\') else ''
    return '%s%s%s <%s>' % (quote, name.replace('\\', '\\\\').replace('"', '\\"'), quote, address)
