from setuptools import setup

setup(name='narrow', version='1.0', scripts=['run.py'])
