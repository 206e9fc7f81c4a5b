import platform

from setuptools import setup

project = 'runner-' + platform.node()

setup(
    name=project.lower(),
    version='1.0',
    scripts=['run.py'],
)
