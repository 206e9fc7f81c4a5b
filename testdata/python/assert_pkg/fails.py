before = 1
raise ImportError('fails on purpose')
