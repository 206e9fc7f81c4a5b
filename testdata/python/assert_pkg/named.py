import os
first = 1
second = [2]
gone = 3


class Third(object):
    pass


del gone
fourth = 4
