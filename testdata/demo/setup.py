from distutils.core import setup
setup(name='demo', version='0.0.1', scripts=['demo.py'])
