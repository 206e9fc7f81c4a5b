from setuptools import setup

setup(
    name='torn',
    version='1.0',
    scripts=['run.py'],
    install_requires=['click>=8'],
)
