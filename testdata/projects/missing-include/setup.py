from setuptools import setup

setup(name='partial', version='1.0', scripts=['run.py'])
