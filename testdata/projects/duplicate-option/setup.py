from setuptools import setup

setup(name='twice', version='1.0', scripts=['run.py'])
