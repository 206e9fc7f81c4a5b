"""`__import__` with names, dots and levels; classes made by calling a metaclass of one's own."""
import sys

package = __import__('assert_pkg', fromlist=['module_b'])
assert package.__name__ == 'assert_pkg'
assert package.module_b.VALUE == 'ba2'
assert __import__('assert_pkg.sub').__name__ == 'assert_pkg'
assert __import__('assert_pkg.sub', {}, {}, ['deep']).__name__ == 'assert_pkg.sub'
assert __import__('assert_pkg', level=0, fromlist=['counted']).counted.__name__ == 'assert_pkg.counted'
assert __import__('os', fromlist=['path', 'no_such_name']).path is __import__('os').path


class Meta(type):
    pass


Made = Meta('Made', (object,), {'attribute': 1})
assert Made.attribute == 1


class Child(Made):
    other = 2

    def method(self):
        return 3


assert Child.other == 2
