"""Found only after sys.path was edited."""
version = '7.8'


def helper():
    return 'helped'
