"""The files that records keep: each app says of its own where they lie and what they were when they were stored."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from governance.registering import Additions


@dataclass(frozen=True, kw_only=True)
class KeptFile:
    """A file that a row points to.

    Attributes:
        store: the name of its storage: `private`, `restricted` or `default`.
        name: where it lies there.
        what: what it is, for a person.
        algorithm, checksum: what it was when it was stored; empty where nobody took it.
        page: the record whose ledger tells of it; None where none does.
        is_public: whether the public reads it now.
        is_remade: whether it can be made again from others, so that it may be missing.
    """

    store: str
    name: str
    what: str
    algorithm: str = "sha256"
    checksum: str = ""
    page: int | None = None
    is_public: bool = False
    is_remade: bool = False


Source = Callable[[], Iterable[KeptFile]]
_sources: Additions[Source] = Additions("is asked for files")
register = _sources.add
"""Add a source of kept files."""


def every_file() -> Iterator[KeptFile]:
    """Every file that a row points to."""
    for source in _sources:
        yield from source()
