"""The layout of a finished pack: each section with its printed page numbers, as it is kept with the pack. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minutes.packs.numbering import Run, in_ranges

Row = Mapping[str, Any]
"""A section of a layout as JSON: key, title, level, digest, labels, unused."""


@dataclass(frozen=True, kw_only=True)
class Bound:
    """One section as it lies in a pack.

    Attributes:
        key: its name within the pack.
        title: the bookmark's words.
        level: the bookmark's depth.
        digest: of what it says; empty for a part that only leads to others.
        labels: its printed page numbers.
        unused: numbers that pages here had in an earlier version; see `minutes.packs.numbering`.
    """

    key: str
    title: str
    level: int
    digest: str
    labels: tuple[str, ...]
    unused: tuple[str, ...] = ()

    @property
    def begins(self) -> str:
        """The number of its first page."""
        return self.labels[0]

    def as_row(self) -> dict[str, Any]:
        """As JSON."""
        named = {"key": self.key, "title": self.title, "level": self.level, "digest": self.digest}
        return {**named, "labels": list(self.labels), "unused": list(self.unused)}


def base_runs(layout: Iterable[Row]) -> tuple[Run, ...]:
    """The runs of a kept layout, to number a later version after."""
    return tuple(
        Run(row["key"], len(row["labels"]), tuple(row["labels"]), tuple(row.get("unused", ())))
        for row in layout
        if row["labels"]
    )


def unused_words(bound: Sequence[Bound]) -> str:
    """The numbers that no page of this version has, in ranges; empty where there are none."""
    return in_ranges([label for section in bound for label in section.unused])
