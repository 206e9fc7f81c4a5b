"""The call is there, but nothing reaches it."""
from setuptools import setup


def main():
    setup(name='quiet', version='1.0', py_modules=['quiet'])
