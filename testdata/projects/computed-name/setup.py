import os

from setuptools import setup

project = os.environ['PROJECT']

setup(
    name=project.lower(),
    version='1.0',
    scripts=['run.py'],
)
