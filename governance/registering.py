"""What apps above add to a list that an app below keeps, so that nothing is imported upwards. Filled in `AppConfig.ready()`."""

from collections.abc import Iterator
from typing import Generic, TypeVar

Added = TypeVar("Added")
Name = TypeVar("Name")


class Additions(Generic[Added]):
    """Functions that apps add, each once, in the order they came.

    Attributes:
        where: completes “… already” when one is added twice, such as “is on the timeline”.
    """

    def __init__(self, where: str) -> None:
        self.where = where
        self._all: list[Added] = []

    def __iter__(self) -> Iterator[Added]:
        return iter(self._all)

    def add(self, one: Added) -> None:
        """Add one.

        Raises:
            ValueError: it is there already.
        """
        if one in self._all:
            raise ValueError(f"{getattr(one, '__name__', one)} {self.where} already")
        self._all.append(one)


class NamedAdditions(dict[Name, Added], Generic[Name, Added]):
    """The same with one for each name.

    Attributes:
        where: completes “… already” when a name is taken, such as “is swept”.
    """

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where

    def add(self, name: Name, one: Added) -> None:
        """Add one under a name.

        Raises:
            ValueError: the name is taken.
        """
        if name in self:
            raise ValueError(f"{name} {self.where} already")
        self[name] = one
