first = 1
second = 2
third = 3
__all__ = ['first']
__all__ += ['second']
__all__.append('third')
