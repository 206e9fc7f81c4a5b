from assert_pkg.sub import deep
from .module_a import VALUE as A_VALUE

VALUE = 'b' + A_VALUE + str(deep.DEPTH)
