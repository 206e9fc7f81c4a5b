"""Greets, and says which Python on which machine does so."""
from __future__ import print_function

import sys

import click
import sh


@click.command()
@click.option('--name', default='world', help='Whom to greet.')
def main(name):
    print('Hello, {0}!'.format(name))
    print('Python {0}.{1}.{2}'.format(*sys.version_info[:3]))
    print(str(sh.uname('-a')).strip())


if __name__ == '__main__':
    main()
