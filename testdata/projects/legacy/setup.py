# -*- coding: utf-8 -*-
import io
import os
import sys

from setuptools import find_packages, setup

HERE = os.path.dirname(os.path.abspath(__file__))


def read(name):
    with io.open(os.path.join(HERE, name), encoding="utf-8") as file:
        return file.read()


requires = ["six >= 1.9", 'enum34; python_version < "3.4"']
if sys.version_info < (3,):
    requires.append("futures")

setup(
    name="Legacy.Project",
    version="1.2.0rc1",
    description="A project of the old school",
    long_description=read("README.rst"),
    author=u"Zoë",
    license="MIT",
    packages=find_packages("src"),
    package_dir={"": "src"},
    include_package_data=True,
    exclude_package_data={"": ["*.bak"]},
    scripts=["bin/legacy"],
    data_files=[("share/legacy", ["etc/legacy.conf"])],
    install_requires=requires,
    extras_require={"fast": ["ujson"], ':sys_platform == "win32"': ["colorama"]},
    entry_points={"console_scripts": ["legacy-run = legacy.main:main"]},
    zip_safe=False,
)
