# `calendar`: leap years, lengths of months, names in the C locale. Printed calendars are not modelled.
import datetime as _datetime
import sys as _sys

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)


def _day(number):
    """Since 3.12 days are members of an enumeration."""
    return number if _sys.version_info < (3, 12) else Day(number)


if _sys.version_info >= (3, 12):
    import enum as _enum

    class Day(_enum.IntEnum):
        MONDAY = 0
        TUESDAY = 1
        WEDNESDAY = 2
        THURSDAY = 3
        FRIDAY = 4
        SATURDAY = 5
        SUNDAY = 6

        def __repr__(self):
            return 'calendar.' + self.name

    MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = Day
month_name = ['', 'January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October',
              'November', 'December']
month_abbr = [name[:3] for name in month_name]
day_name = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
day_abbr = [name[:3] for name in day_name]


def isleap(year):
    if not __spx_known__(year):
        return __spx_unknown__(year)
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def leapdays(first, last):
    if not __spx_known__(first, last):
        return __spx_unknown__(first, last)
    first, last = first - 1, last - 1
    return (last // 4 - first // 4) - (last // 100 - first // 100) + (last // 400 - first // 400)


def weekday(year, month, day):
    if not __spx_known__(year, month, day):
        return __spx_unknown__(year, month, day)
    return _day(_datetime.date(year, month, day).weekday())


def monthrange(year, month):
    if not __spx_known__(year, month):
        return __spx_unknown__(year, month)
    if not 1 <= month <= 12:
        raise ValueError('bad month number %r; must be 1-12' % month)
    first = _datetime.date(year, month, 1)
    after = _datetime.date(year + month // 12, month % 12 + 1, 1)
    return _day(first.weekday()), (after - first).days


def timegm(moment):
    if not __spx_known__(moment):
        return __spx_unknown__(moment)
    year, month, day, hour, minute, second = tuple(moment)[:6]
    days = _datetime.date(year, month, 1).toordinal() - 719163 + day - 1
    return ((days * 24 + hour) * 60 + minute) * 60 + second
