from setuptools import setup

setup(name='typo', version='1.0', scripts=['run.py'])
