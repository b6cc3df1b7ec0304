"""What is owed to a board and by when. Each app adds what it knows of; one mechanism reminds of all of it."""

from collections.abc import Callable, Iterable
from datetime import date

from governance.reminders import Due

Source = Callable[[date], Iterable[Due]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a source: given the day, what is owed then.

    Raises:
        ValueError: it is registered already.
    """
    if source in _sources:
        raise ValueError(f"{source.__name__} is asked already")
    _sources.append(source)


def owed(today: date) -> list[Due]:
    """Everything that is owed."""
    return [due for source in _sources for due in source(today)]
