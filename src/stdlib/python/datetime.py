# `datetime`: dates, times and spans of time that are given. The clock and the machine's time zone are unknown.
import sys as _sys

MINYEAR = 1
MAXYEAR = 9999
_CLOCK = 'the clock differs from build to build'
_ZONE = 'the time zone depends on the machine that builds'
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_MONTHS = ('', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
           'November', 'December')
_WEEK = ('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')
_INTEGER = (int, type(2 ** 70))


def _leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _length(year, month):
    return 29 if month == 2 and _leap(year) else _DAYS[month]


def _before(year):
    year -= 1
    return year * 365 + year // 4 - year // 100 + year // 400


def _ordinal(year, month, day):
    return _before(year) + sum(_length(year, at) for at in range(1, month)) + day


def _from_ordinal(ordinal):
    if not 1 <= ordinal <= 3652059:
        raise OverflowError('date value out of range')
    year = ordinal * 400 // 146097 + 1
    while _before(year) >= ordinal:
        year -= 1
    left, month = ordinal - _before(year), 1
    while left > _length(year, month):
        left -= _length(year, month)
        month += 1
    return year, month, left


def _check(value, least, most, what):
    if not isinstance(value, _INTEGER):
        raise TypeError('an integer is required')
    if not least <= value <= most:
        raise ValueError('%s is out of range' % what)
    return value


def _offset(span, colon=':'):
    if span is None:
        return ''
    minutes = (span.days * 86400 + span.seconds) // 60
    sign = '-' if minutes < 0 else '+'
    return '%s%02d%s%02d' % (sign, abs(minutes) // 60, colon, abs(minutes) % 60)


def _format(template, moment):
    if not __spx_known__(template):
        return __spx_unknown__(template)
    made, at = [], 0
    hour, minute, second, micro = moment._clock()
    while at < len(template):
        mark = template[at]
        at += 1
        if mark != '%' or at == len(template):
            made.append(mark)
            continue
        mark = template[at]
        at += 1
        day = moment._day()
        if mark == '%':
            made.append('%')
        elif mark in 'Ydmyj':
            if mark == 'Y' and day[0] < 1000:
                return __spx_unknown__('years before 1000 are written differently on every platform')
            made.append({'Y': '%d' % day[0], 'd': '%02d' % day[2], 'm': '%02d' % day[1], 'y': '%02d' % (day[0] % 100),
                         'j': '%03d' % (_ordinal(*day) - _before(day[0]))}[mark])
        elif mark in 'HMSfI':
            made.append({'H': '%02d' % hour, 'M': '%02d' % minute, 'S': '%02d' % second, 'f': '%06d' % micro,
                         'I': '%02d' % (hour % 12 or 12)}[mark])
        elif mark == 'z':
            made.append(_offset(moment._shift(), ''))
        elif mark == 'Z':
            made.append(moment._zone() or '')
        elif mark == 'F':
            made.append('%d-%02d-%02d' % day)
        elif mark == 'T':
            made.append('%02d:%02d:%02d' % (hour, minute, second))
        elif mark == 'w':
            made.append('%d' % ((_ordinal(*day) + 0) % 7))
        elif mark == 'u':
            made.append('%d' % ((_ordinal(*day) + 6) % 7 + 1))
        elif mark in 'aAbBp':
            weekday = _WEEK[(_ordinal(*day) + 6) % 7]
            month = _MONTHS[day[1]]
            made.append({'a': weekday[:3], 'A': weekday, 'b': month[:3], 'B': month,
                         'p': 'AM' if hour < 12 else 'PM'}[mark])
        else:
            return __spx_unknown__('`%%%s` of strftime is not modelled' % mark)
    return ''.join(made)


class timedelta(object):
    def __new__(cls, *given, **named):
        if not __spx_known__(*(given + tuple(named.values()))):
            return __spx_unknown__(*(given + tuple(named.values())))
        return object.__new__(cls)

    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        parts = (days, seconds, microseconds, milliseconds, minutes, hours, weeks)
        if any(isinstance(part, float) for part in parts):
            whole = [int(part * unit) for part, unit in zip(parts, (86400000000, 1000000, 1, 1000, 60000000,
                                                                    3600000000, 604800000000))]
            exact = [part * unit for part, unit in zip(parts, (86400000000, 1000000, 1, 1000, 60000000, 3600000000,
                                                               604800000000))]
            if whole != exact:
                days = __spx_unknown__('fractions of a microsecond are not modelled')
            else:
                days, seconds, microseconds, milliseconds, minutes, hours, weeks = 0, 0, sum(whole), 0, 0, 0, 0
        total = ((weeks * 7 + days) * 86400 + hours * 3600 + minutes * 60 + seconds) * 1000000
        total = total + milliseconds * 1000 + microseconds
        self.days = int(total // 86400000000)
        self.seconds = int(total // 1000000 % 86400)
        self.microseconds = int(total % 1000000)
        if abs(self.days) > 999999999:
            raise OverflowError('days=%d; must have magnitude <= 999999999' % self.days)

    def _total(self):
        return (self.days * 86400 + self.seconds) * 1000000 + self.microseconds

    def total_seconds(self):
        return self._total() / 1000000.0

    def __repr__(self):
        if _sys.version_info < (3, 7):
            last = (self.days, self.seconds, self.microseconds)
            last = last if last[2] else last[:2] if last[1] else last[:1]
            return 'datetime.timedelta(%s)' % ', '.join(map(str, last))
        parts = [(name, getattr(self, name)) for name in ('days', 'seconds', 'microseconds')]
        return 'datetime.timedelta(%s)' % (', '.join('%s=%d' % part for part in parts if part[1]) or '0')

    def __str__(self):
        text = '%d:%02d:%02d' % (self.seconds // 3600, self.seconds // 60 % 60, self.seconds % 60)
        if self.days:
            text = '%d day%s, %s' % (self.days, '' if abs(self.days) == 1 else 's', text)
        return text + ('.%06d' % self.microseconds if self.microseconds else '')

    def __add__(self, other):
        if isinstance(other, timedelta):
            return timedelta(microseconds=self._total() + other._total())
        return NotImplemented

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return timedelta(microseconds=self._total() - other._total())
        return NotImplemented

    def __mul__(self, other):
        if isinstance(other, _INTEGER):
            return timedelta(microseconds=self._total() * other)
        return NotImplemented

    __rmul__ = __mul__

    def __floordiv__(self, other):
        if isinstance(other, timedelta):
            return self._total() // other._total()
        return timedelta(microseconds=self._total() // other)

    def __truediv__(self, other):
        if isinstance(other, timedelta):
            return self._total() / other._total()
        return __spx_unknown__('parts of spans of time are not modelled')

    def __div__(self, other):
        if isinstance(other, _INTEGER):
            return self // other
        return NotImplemented

    def __mod__(self, other):
        return timedelta(microseconds=self._total() % other._total())

    def __neg__(self):
        return timedelta(microseconds=-self._total())

    def __pos__(self):
        return self

    def __abs__(self):
        return timedelta(microseconds=abs(self._total()))

    def __bool__(self):
        return self._total() != 0

    __nonzero__ = __bool__

    def __eq__(self, other):
        return isinstance(other, timedelta) and self._total() == other._total()

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return self._total() < other._total()

    def __le__(self, other):
        return self._total() <= other._total()

    def __gt__(self, other):
        return self._total() > other._total()

    def __ge__(self, other):
        return self._total() >= other._total()


class tzinfo(object):
    def __getattr__(self, name):
        return __spx_unknown__('`datetime.tzinfo.%s` is not modelled' % name)


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._span = offset
        self._name = name

    def utcoffset(self, moment):
        return self._span

    def dst(self, moment):
        return None

    def tzname(self, moment):
        if self._name is not None:
            return self._name
        return 'UTC' + (_offset(self._span) if self._span else '')

    def __eq__(self, other):
        return isinstance(other, timezone) and self._span == other._span

    def __ne__(self, other):
        return not self == other

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        if not self._span and self._name is None:
            return 'datetime.timezone.utc'
        return 'datetime.timezone(%r)' % self._span if self._name is None else 'datetime.timezone(%r, %r)' % (
            self._span, self._name)


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


class date(object):
    def __new__(cls, *given, **named):
        if not __spx_known__(*(given + tuple(named.values()))):
            return __spx_unknown__(*(given + tuple(named.values())))
        return object.__new__(cls)

    def __init__(self, year, month, day):
        self.year = _check(year, 1, 9999, 'year')
        self.month = _check(month, 1, 12, 'month')
        self.day = _check(day, 1, _length(year, month), 'day')

    def _day(self):
        return self.year, self.month, self.day

    def _clock(self):
        return 0, 0, 0, 0

    def _shift(self):
        return None

    def _zone(self):
        return None

    def _sorted(self, other):
        if type(self) is not type(other):
            raise TypeError("can't compare these dates")
        return self._key(), other._key()

    def _key(self):
        return self._day()

    @classmethod
    def today(cls):
        return __spx_unknown__(_CLOCK)

    @classmethod
    def fromtimestamp(cls, stamp, tz=None):
        return __spx_unknown__(_ZONE)

    @classmethod
    def fromordinal(cls, ordinal):
        if not __spx_known__(ordinal):
            return __spx_unknown__(ordinal)
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def fromisoformat(cls, text):
        if not __spx_known__(text):
            return __spx_unknown__(text)
        if len(text) != 10 or text[4] != '-' or text[7] != '-':
            return __spx_unknown__('this form of a date is not modelled')
        return cls(int(text[:4]), int(text[5:7]), int(text[8:]))

    @classmethod
    def fromisocalendar(cls, year, week, day):
        return __spx_unknown__('weeks of a year are not modelled')

    def toordinal(self):
        return _ordinal(*self._day())

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        return __spx_unknown__('weeks of a year are not modelled')

    def isoformat(self):
        return '%04d-%02d-%02d' % self._day()

    def strftime(self, format):
        return _format(format, self)

    def __format__(self, spec):
        return self.strftime(spec) if spec else str(self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return 'datetime.date(%d, %d, %d)' % self._day()

    def ctime(self):
        return '%s %s %2d %02d:%02d:%02d %04d' % (
            (_WEEK[self.weekday()][:3], _MONTHS[self.month][:3], self.day) + self._clock()[:3] + (self.year,))

    def timetuple(self):
        return __spx_unknown__('time tuples of dates are not modelled')

    def replace(self, year=None, month=None, day=None):
        if not __spx_known__(year, month, day):
            return __spx_unknown__(year, month, day)
        return type(self)(year or self.year, month or self.month, day or self.day)

    def __add__(self, span):
        if not isinstance(span, timedelta):
            return NotImplemented
        return type(self).fromordinal(self.toordinal() + span.days)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return type(self).fromordinal(self.toordinal() - other.days)
        if type(other) is type(self):
            return timedelta(days=self.toordinal() - other.toordinal())
        return NotImplemented

    def __eq__(self, other):
        return type(self) is type(other) and self._key() == other._key()

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        mine, others = self._sorted(other)
        return mine < others

    def __le__(self, other):
        mine, others = self._sorted(other)
        return mine <= others

    def __gt__(self, other):
        mine, others = self._sorted(other)
        return mine > others

    def __ge__(self, other):
        mine, others = self._sorted(other)
        return mine >= others


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)
date.resolution = timedelta(days=1)


class time(object):
    def __new__(cls, *given, **named):
        if not __spx_known__(*(given + tuple(named.values()))):
            return __spx_unknown__(*(given + tuple(named.values())))
        return object.__new__(cls)

    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0):
        self.hour = _check(hour, 0, 23, 'hour')
        self.minute = _check(minute, 0, 59, 'minute')
        self.second = _check(second, 0, 59, 'second')
        self.microsecond = _check(microsecond, 0, 999999, 'microsecond')
        self.tzinfo = tzinfo

    def _day(self):
        return 1900, 1, 1

    def _clock(self):
        return self.hour, self.minute, self.second, self.microsecond

    def _shift(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def _zone(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(None)

    def isoformat(self, timespec='auto'):
        text = '%02d:%02d:%02d' % self._clock()[:3]
        if timespec == 'seconds':
            return text + _offset(self._shift())
        if timespec != 'auto':
            return __spx_unknown__('this form of a time is not modelled')
        return text + ('.%06d' % self.microsecond if self.microsecond else '') + _offset(self._shift())

    def strftime(self, format):
        return _format(format, self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return __spx_unknown__('the text of a time is not modelled')

    def __eq__(self, other):
        return isinstance(other, time) and self._clock() == other._clock() and self._shift() == other._shift()

    def __ne__(self, other):
        return not self == other

    def __lt__(self, other):
        return self._clock() < other._clock()


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0):
        date.__init__(self, year, month, day)
        self.hour = _check(hour, 0, 23, 'hour')
        self.minute = _check(minute, 0, 59, 'minute')
        self.second = _check(second, 0, 59, 'second')
        self.microsecond = _check(microsecond, 0, 999999, 'microsecond')
        self.tzinfo = tzinfo

    def _clock(self):
        return self.hour, self.minute, self.second, self.microsecond

    def _shift(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def _zone(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def _since(self):
        """Microseconds since the year 1, in UTC when the zone is given."""
        total = ((self.toordinal() * 24 + self.hour) * 60 + self.minute) * 60 + self.second
        total = total * 1000000 + self.microsecond
        shift = self._shift()
        return total if shift is None else total - shift._total()

    def _key(self):
        return self._since()

    def _sorted(self, other):
        if type(self) is not type(other) or (self._shift() is None) != (other._shift() is None):
            raise TypeError("can't compare these datetimes")
        return self._key(), other._key()

    def __eq__(self, other):
        if type(self) is not type(other) or (self._shift() is None) != (other._shift() is None):
            return False
        return self._key() == other._key()

    @classmethod
    def _of(cls, micro, zone):
        seconds, micro = micro // 1000000, micro % 1000000
        year, month, day = _from_ordinal(seconds // 86400)
        seconds = seconds % 86400
        return cls(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60, micro, zone)

    @classmethod
    def now(cls, tz=None):
        return __spx_unknown__(_CLOCK)

    @classmethod
    def utcnow(cls):
        return __spx_unknown__(_CLOCK)

    @classmethod
    def today(cls):
        return __spx_unknown__(_CLOCK)

    @classmethod
    def fromtimestamp(cls, stamp, tz=None):
        if not __spx_known__(stamp, tz):
            return __spx_unknown__(stamp, tz)
        if tz is None:
            return __spx_unknown__(_ZONE)
        made = cls.utcfromtimestamp(stamp)
        return cls._of(made._since() + tz.utcoffset(made)._total(), tz)

    @classmethod
    def utcfromtimestamp(cls, stamp):
        if not __spx_known__(stamp):
            return __spx_unknown__(stamp)
        if isinstance(stamp, float) and stamp != int(stamp):
            return __spx_unknown__('fractions of a second are not modelled')
        return cls._of((719163 * 86400 + int(stamp)) * 1000000, None)

    @classmethod
    def fromordinal(cls, ordinal):
        if not __spx_known__(ordinal):
            return __spx_unknown__(ordinal)
        return cls(*_from_ordinal(ordinal))

    @classmethod
    def combine(cls, day, clock, tzinfo=None):
        return cls(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, clock.microsecond,
                   tzinfo or clock.tzinfo)

    @classmethod
    def fromisoformat(cls, text):
        if not __spx_known__(text):
            return __spx_unknown__(text)
        if len(text) == 10:
            return cls(int(text[:4]), int(text[5:7]), int(text[8:]))
        if len(text) != 19 or text[4] != '-' or text[13] != ':':
            return __spx_unknown__('this form of a date is not modelled')
        return cls(int(text[:4]), int(text[5:7]), int(text[8:10]), int(text[11:13]), int(text[14:16]), int(text[17:]))

    @classmethod
    def strptime(cls, text, format):
        if not __spx_known__(text, format):
            return __spx_unknown__(text, format)
        sizes = {'Y': 4, 'm': 2, 'd': 2, 'H': 2, 'M': 2, 'S': 2}
        found = {'Y': 1900, 'm': 1, 'd': 1, 'H': 0, 'M': 0, 'S': 0}
        at, place = 0, 0
        while place < len(format):
            mark = format[place]
            place += 1
            if mark != '%':
                if mark.isspace():
                    return __spx_unknown__('this form of a date is not modelled')
                if text[at:at + 1] != mark:
                    raise ValueError('time data %r does not match format %r' % (text, format))
                at += 1
                continue
            mark = format[place:place + 1]
            place += 1
            if mark in ('b', 'B'):
                names = [name[:3] if mark == 'b' else name for name in _MONTHS[1:]]
                known = [index for index, name in enumerate(names) if text[at:].lower().startswith(name.lower())]
                if not known:
                    raise ValueError('time data %r does not match format %r' % (text, format))
                found['m'] = known[0] + 1
                at += len(names[known[0]])
                continue
            if mark not in sizes:
                return __spx_unknown__('`%%%s` of strptime is not modelled' % mark)
            size = 0
            while size < sizes[mark] and text[at + size:at + size + 1].isdigit():
                size += 1
            if size == 0 or mark == 'Y' and size < 4:
                raise ValueError('time data %r does not match format %r' % (text, format))
            found[mark] = int(text[at:at + size])
            at += size
        if at != len(text):
            raise ValueError('unconverted data remains: %s' % text[at:])
        return cls(found['Y'], found['m'], found['d'], found['H'], found['M'], found['S'])

    def date(self):
        return date(self.year, self.month, self.day)

    def time(self):
        return time(self.hour, self.minute, self.second, self.microsecond)

    def timetz(self):
        return time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)

    def timestamp(self):
        if self._shift() is None:
            return __spx_unknown__(_ZONE)
        return (self._since() - 719163 * 86400 * 1000000) / 1000000.0

    def utcoffset(self):
        return self._shift()

    def tzname(self):
        return self._zone()

    def dst(self):
        return None if self.tzinfo is None else self.tzinfo.dst(self)

    def astimezone(self, tz=None):
        if tz is None or self._shift() is None:
            return __spx_unknown__(_ZONE)
        return type(self)._of(self._since() + tz.utcoffset(self)._total(), tz)

    def utctimetuple(self):
        return __spx_unknown__('time tuples of dates are not modelled')

    def isoformat(self, sep='T', timespec='auto'):
        clock = self.timetz().isoformat(timespec)
        return '%04d-%02d-%02d%s%s' % (self._day() + (sep, clock))

    def __str__(self):
        return self.isoformat(' ')

    def __repr__(self):
        parts = list(self._day() + self._clock())
        if not parts[6]:
            parts.pop()
            if not parts[5]:
                parts.pop()
        zone = '' if self.tzinfo is None else ', tzinfo=%r' % self.tzinfo
        return 'datetime.datetime(%s%s)' % (', '.join(map(str, parts)), zone)

    def replace(self, year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None,
                tzinfo=True, fold=None):
        if not __spx_known__(year, month, day, hour, minute, second, microsecond, tzinfo):
            return __spx_unknown__(year, month, day, hour, minute, second, microsecond, tzinfo)
        parts = [given if given is not None else own for given, own in zip(
            (year, month, day, hour, minute, second, microsecond), self._day() + self._clock())]
        return type(self)(*(parts + [self.tzinfo if tzinfo is True else tzinfo]))

    def __add__(self, span):
        if not isinstance(span, timedelta):
            return NotImplemented
        shift = self._shift()
        total = self._since() + span._total() + (0 if shift is None else shift._total())
        return type(self)._of(total, self.tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        if isinstance(other, datetime):
            if (self._shift() is None) != (other._shift() is None):
                raise TypeError("can't subtract offset-naive and offset-aware datetimes")
            return timedelta(microseconds=self._since() - other._since())
        return NotImplemented


datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
datetime.resolution = timedelta(microseconds=1)
