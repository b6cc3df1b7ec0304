"""What is sealed and does not open: each app says of its own, so that whoever restores a backup without its keys is told at once."""

from collections.abc import Callable, Iterable, Iterator

from governance.registering import Additions

Source = Callable[[], Iterable[str]]
_sources: Additions[Source] = Additions("is asked what does not open")
register = _sources.add
"""Add a source of names, neutral ones, of what no key of this installation opens."""


def what_does_not_open() -> Iterator[str]:
    """The neutral name of everything that is sealed and does not open here."""
    for source in _sources:
        yield from source()
