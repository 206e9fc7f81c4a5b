from setuptools import setup

setup(
    name='twins',
    version='1.0',
    py_modules=['twins'],
    entry_points={
        'console_scripts': [
            'castor = twins:castor',
            'pollux = twins:pollux',
        ],
    },
)
