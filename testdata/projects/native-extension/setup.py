from setuptools import Extension, setup

setup(
    name='native',
    version='1.0',
    scripts=['run.py'],
    ext_modules=[Extension('native._speed', ['speed.c'])],
)
