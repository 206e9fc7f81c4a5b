"""`argparse` and `optparse`: parsing given arguments and those of the command line."""

import sys
sys.argv = ['setup.py', 'egg_info']


def raises(error, function, *arguments):
    try:
        function(*arguments)
    except error:
        return True
    return False


import argparse
p = argparse.ArgumentParser(description='x')
p.add_argument('--foo', default=3, type=int)
p.add_argument('--bar', action='store_true')
p.add_argument('-v', '--verbose', action='count', default=0)
a, rest = p.parse_known_args()
assert repr(a.foo) == '3'
assert repr(a.bar) == 'False'
assert repr(a.verbose) == '0'
assert repr(rest) == "['egg_info']"

import argparse
p = argparse.ArgumentParser(add_help=False)
p.add_argument('--foo', nargs='+')
p.add_argument('-x', dest='ex', default='d')
p.add_argument('name', nargs='?', default='n')
g = p.add_argument_group('g')
g.add_argument('--no-cc', dest='cc', action='store_false')
assert repr(vars(p.parse_args(['--foo', 'a', 'b', '-x5', '--no-cc'])) == {'foo': ['a','b'], 'ex': '5', 'name': 'n', 'cc': False}) == 'True'
assert repr(p.parse_args(['q', '--foo=1']).foo) == "['1']"

import argparse
p = argparse.ArgumentParser()
p.add_argument('--n', type=int)

import argparse
p = argparse.ArgumentParser()
p.add_argument('--release')
assert repr(p.parse_known_args(['build', '--release', '1.2', '--other', 'q', '-j4'])) == "(Namespace(release='1.2'), ['build', '--other', 'q', '-j4'])"

import optparse
p = optparse.OptionParser(usage='u')
p.add_option('-f', '--file', dest='fn', default='x', help='h')
p.add_option('-q', action='store_false', dest='verbose', default=True)
p.add_option('--num', type='int')
o, args = p.parse_args(['-f', 'a', 'b', '--num=3', '-q', 'c'])
assert repr(o.fn) == "'a'"
assert repr(o.verbose) == 'False'
assert repr(o.num) == '3'
assert repr(args) == "['b', 'c']"

import optparse
p = optparse.OptionParser()
p.add_option('--a')
