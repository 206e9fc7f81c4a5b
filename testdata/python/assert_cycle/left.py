VALUE = 'left'
from assert_cycle import right

SEEN = right.VALUE


def through():
    return right.late()
