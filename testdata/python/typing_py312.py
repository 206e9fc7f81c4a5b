"""Python 3.12: type parameters, type statements; grammar that must be read."""


def first[T](items: list[T]) -> T:
    return items[0]


class Box[T]:
    def __init__(self, value: T):
        self.value = value

    def get(self) -> T:
        return self.value


type Pair = tuple[int, int]
type Nested[T] = list[T]
assert first([1, 2]) == 1
assert Box('v').get() == 'v'
assert Box[int](5).value == 5
type = 5
assert type == 5
del type
assert type(1) is int
