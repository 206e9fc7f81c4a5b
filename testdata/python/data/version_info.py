"""A version file that assertion files read, exec and import."""
version_tuple = (3, 2, 1)
__version__ = '.'.join(str(part) for part in version_tuple)
__author__ = 'Jane Doe'
