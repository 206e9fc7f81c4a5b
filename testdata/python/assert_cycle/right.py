import assert_cycle.left

VALUE = 'right'
HAD_VALUE = 'VALUE' in vars(__import__('sys').modules['assert_cycle.left'])
HAD_SEEN = 'SEEN' in vars(__import__('sys').modules['assert_cycle.left'])


def late():
    return assert_cycle.left.SEEN
