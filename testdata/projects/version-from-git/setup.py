import subprocess

from setuptools import setup


def version():
    described = subprocess.check_output(['git', 'describe', '--tags'])
    return described.decode().strip()


setup(name='described', version=version(), scripts=['run.py'])
