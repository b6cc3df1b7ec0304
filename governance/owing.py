"""What is owed to a board and by when. Each app adds what it knows of; one mechanism reminds of all of it."""

from collections.abc import Callable, Iterable
from datetime import date

from governance.registering import Additions
from governance.reminders import Due

Source = Callable[[date], Iterable[Due]]
_sources: Additions[Source] = Additions("is asked")
register = _sources.add
"""Add a source: given the day, what is owed then."""


def owed(today: date) -> list[Due]:
    """Everything that is owed."""
    return [due for source in _sources for due in source(today)]
