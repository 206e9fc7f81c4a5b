"""The package that import assertions use."""
__version__ = '1.4.2'
__all__ = ['public', 'module_a']

from .module_a import from_a
from . import module_b as renamed_b

public = 'public value'
_private = 'private value'
not_listed = 'not in __all__'
loaded = []
