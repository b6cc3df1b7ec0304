"""What follows from a removal of words, for apps above: files that hold them, rows that are made anew, and who carries out which kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.registering import Additions, NamedAdditions

Rows = Mapping[str, set[Any]]
"""The keys of rows, by the label of their model."""


@dataclass(frozen=True)
class Removed:
    """What was changed.

    Attributes:
        removal: its row.
        rows: the keys of the rows whose words were replaced, by the label of their model.
        pages: the keys of the pages that showed them, in public or in a draft.
    """

    removal: Any
    by: Any
    at: Any
    rows: dict[str, set[Any]] = field(default_factory=dict)
    pages: set[int] = field(default_factory=set)


Follow = Callable[[Removed], None]
_follows: Additions[Follow] = Additions("follows a removal")
register = _follows.add
"""Have this called within the transaction of every removal, once the words are replaced."""


@dataclass(frozen=True)
class FileLeft:
    """A file that may hold words which are removed elsewhere: somebody has to take it out of public view.

    Attributes:
        words: which it is.
        address: where that is done.
        is_gone: that it is out of public view already.
    """

    words: str
    address: str
    is_gone: bool


@dataclass(frozen=True)
class KindOfFile:
    """A kind of file, of whose text the database holds a copy.

    Attributes:
        with_words: the keys of those that hold words, from the rows in which these stand.
        told: what is said of them.
    """

    with_words: Callable[[Rows], list[int]]
    told: Callable[[list[int]], list[FileLeft]]


_kinds_of_file: NamedAdditions[str, KindOfFile] = NamedAdditions("is a kind of file that holds words")
register_file = _kinds_of_file.add
"""Have files of a kind be named where words are removed."""
carriers: NamedAdditions[str, Callable[..., Any]] = NamedAdditions("is carried out")
"""The operation that carries out each kind of removal: takes `removal` and `by`."""


def files_with(rows: Rows) -> dict[str, list[int]]:
    """The keys of the files that hold words, by the name of their kind."""
    found = {name: kind.with_words(rows) for name, kind in _kinds_of_file.items()}
    return {name: keys for name, keys in found.items() if keys}


def files_told(files: Mapping[str, list[int]]) -> list[FileLeft]:
    """The same in words."""
    return [told for name, keys in files.items() if name in _kinds_of_file for told in _kinds_of_file[name].told(keys)]


def tell_removed(removed: Removed) -> None:
    """Call what follows, in the order it was registered."""
    for follow in _follows:
        follow(removed)
