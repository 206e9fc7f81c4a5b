import sys

from setuptools import setup

setup(
    name="twosrc",
    version="1.0",
    packages=["twosrc"],
    package_dir={"": "lib%d" % sys.version_info[0]},
    entry_points={"console_scripts": ["twosrc = twosrc:main"]},
)
