from .. import __version__ as parent_version
from . import name as sub_name

DEPTH = 2
