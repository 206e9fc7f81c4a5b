from setuptools import setup

setup(
    name='open',
    version='1.0',
    scripts=['run.py',
)
