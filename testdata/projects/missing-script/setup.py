from distutils.core import setup

setup(name='lost', version='1.0', scripts=['bin/lost'])
