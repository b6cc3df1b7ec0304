"""One numbering for all packs of a meeting: agenda, supplements and the pack with everything give a page the same number. Pure.

Each pack keeps the numbers that any of them has given, and leaves room for what only the others print.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from minutes.packs.layout import Row
from minutes.packs.numbering import Place, Run, number_runs, place_of


def joined(layouts: Iterable[Sequence[Row]]) -> tuple[Row, ...]:
    """The layouts of several packs as one: of each section the numbers it was given last, in the order of the numbers.

    Args:
        layouts: of issued packs of one meeting, the one issued last first. What has numbers of its own, as the front of a supplement
            has, is left out.
    """
    sections: dict[str, Row] = {}
    given: set[str] = set()
    taken: set[str] = set()
    for row in (row for layout in layouts for row in layout if row["labels"] and row["labels"][0][0].isdecimal()):
        given.update(row["labels"], row.get("unused", ()))
        if row["key"] not in sections and taken.isdisjoint(row["labels"]):
            sections[row["key"]] = row
            taken.update(row["labels"])
    return tuple(_with_gone(sorted(sections.values(), key=_begins), given - taken))


def _begins(row: Row) -> Place:
    return place_of(row["labels"][0])


def _with_gone(rows: Sequence[Row], gone: Iterable[str]) -> Iterator[Row]:
    """The rows, each with the numbers that no section has any more and that stood between it and the next."""
    begins = [_begins(row) for row in rows]
    unused: list[list[str]] = [[] for _row in rows]
    for label in sorted(gone, key=place_of):
        if rows:
            unused[max(0, bisect_right(begins, place_of(label)) - 1)].append(label)
    for row, labels in zip(rows, unused, strict=True):
        yield {**row, "unused": labels}


def numbered(runs: Sequence[Run], base: Sequence[Run], own: Iterable[str]) -> tuple[Run, ...]:
    """The runs of one pack with the numbers that they have in every pack of the meeting.

    Args:
        runs: what this pack is planned to hold, in printed order.
        base: everything that was numbered before in any pack, see `joined`.
        own: what this pack's version before held. The numbers of what has gone since then are told as unused; what only other packs
            hold keeps its place in silence.
    """
    planned, gone = {run.key for run in runs}, set(own)
    found = number_runs(_with_room(runs, base, planned), base)
    return tuple(_with_unused(found, planned, gone))


def _with_room(runs: Sequence[Run], base: Sequence[Run], planned: set[str]) -> list[Run]:
    """The runs, and among them what this pack does not hold, each after what it follows there."""
    placed = list(runs)
    before = ""
    for run in base:
        if run.key not in planned:
            keys = [one.key for one in placed]
            placed.insert(keys.index(before) + 1 if before else 0, Run(run.key, run.pages))
        before = run.key
    return placed


def _with_unused(found: Iterable[Run], planned: set[str], gone: set[str]) -> Iterator[Run]:
    """The runs of this pack; the numbers of what has gone from it stand with the run before, or with the first."""
    kept: list[Run] = []
    waiting: tuple[str, ...] = ()
    for run in found:
        if run.key in planned:
            kept.append(_without_page(run, waiting))
            waiting = ()
        elif run.key in gone and kept:
            kept[-1] = _without_page(kept[-1], (*run.labels, *run.unused))
        elif run.key in gone:
            waiting = (*waiting, *run.labels, *run.unused)
    yield from kept


def _without_page(run: Run, labels: Sequence[str]) -> Run:
    """The run with further numbers that no page has."""
    return replace(run, unused=tuple(sorted({*run.unused, *labels}, key=place_of))) if labels else run
