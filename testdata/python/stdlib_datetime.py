"""`datetime`, `calendar`: given dates, times and spans of time."""

import sys
sys.argv = ['setup.py', 'egg_info']


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


import datetime
d = datetime.date(2020, 2, 28)
assert repr(d) == 'datetime.date(2020, 2, 28)'
assert repr(str(d)) == "'2020-02-28'"
assert repr(d.isoformat()) == "'2020-02-28'"
assert repr(d + datetime.timedelta(days=2)) == 'datetime.date(2020, 3, 1)'
assert repr(d.weekday()) == '4'
assert repr(d.strftime('%Y.%m.%d %B %a %j %y')) == "'2020.02.28 February Fri 059 20'"
assert repr(d.toordinal()) == '737483'
assert repr(d.replace(day=1)) == 'datetime.date(2020, 2, 1)'
assert repr(d < datetime.date(2021,1,1)) == 'True'
assert repr(d == datetime.date(2020,2,28)) == 'True'
assert repr(d.year) == '2020'

import datetime
d = datetime.datetime(2020, 1, 2, 3, 4, 5)
assert repr(d) == 'datetime.datetime(2020, 1, 2, 3, 4, 5)'
assert repr(str(d)) == "'2020-01-02 03:04:05'"
assert repr(d.isoformat()) == "'2020-01-02T03:04:05'"
assert repr(d.strftime('%Y%m%d%H%M%S')) == "'20200102030405'"
assert repr(d.date()) == 'datetime.date(2020, 1, 2)'
assert repr(d + datetime.timedelta(hours=30)) == 'datetime.datetime(2020, 1, 3, 9, 4, 5)'
assert repr(datetime.datetime.strptime('2019-05-06', '%Y-%m-%d')) == 'datetime.datetime(2019, 5, 6, 0, 0)'
assert repr(datetime.datetime.utcfromtimestamp(86400)) == 'datetime.datetime(1970, 1, 2, 0, 0)'
assert repr(d.time().isoformat()) == "'03:04:05'"

import datetime
assert repr(str(datetime.timedelta(days=-1, seconds=5))) == "'-1 day, 0:00:05'"
assert repr(datetime.timedelta(days=2).total_seconds()) == '172800.0'
assert repr(datetime.timedelta(minutes=90).seconds) == '5400'
assert repr(datetime.timedelta(1) > datetime.timedelta(0)) == 'True'
assert repr(bool(datetime.timedelta(0))) == 'False'

import datetime
assert raises(ValueError, lambda: datetime.date(2021, 2, 29))

import calendar
assert repr(calendar.isleap(2000)) == 'True'
assert repr(calendar.month_name[3]) == "'March'"
assert repr(calendar.month_abbr[12]) == "'Dec'"
assert repr(calendar.timegm((2020, 1, 1, 0, 0, 0))) == '1577836800'
assert repr(calendar.leapdays(2000, 2021)) == '6'
