"""Page numbers that never move: what came later is put between the numbers that are already on paper. Pure.

A first issue counts 1, 2, 3. What is put in after page 12 gets 12A, 12B … 12Z, 12AA. Between 12 and 12A there is room for 12.1, 12.2;
before 12.1 for 12.0A; so there is always a number between two, and a number once given is never given to other pages.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

Place = tuple[int | tuple[int, int], ...]
"""A printed number as it sorts: 12A.1 is (12, (1, 1), (0, 1)). Steps by points come before letters."""

POINT, LETTER = 0, 1
_STEP = re.compile(r"\.(\d+)|([A-Z]+)")
_NUMBER = re.compile(r"(\d+)((?:\.\d+|[A-Z]+)*)")


@dataclass(frozen=True)
class Run:
    """The pages of one section, numbered or to be numbered.

    Attributes:
        key: the section's name.
        pages: how many there are.
        labels: their printed numbers, once they have them.
        unused: numbers that pages here had in an earlier version. Nothing else ever gets them.
    """

    key: str
    pages: int
    labels: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def number_runs(runs: Sequence[Run], base: Sequence[Run] = ()) -> tuple[Run, ...]:
    """The same runs with their numbers.

    Args:
        runs: the sections in printed order, each key once.
        base: the numbered runs of the version whose numbers are kept; none for a first issue. A section that comes later than it did
            keeps its numbers if the order allows it, and is otherwise numbered as if it were new.
    """
    if not base:
        return tuple(_first_numbers(runs))
    kept = _kept_in_order([run.key for run in runs], [run.key for run in base])
    return tuple(_continued(runs, base, kept))


def between(after: str, before: str | None, count: int) -> tuple[str, ...]:
    """So many numbers that sort after one and before another.

    Args:
        after: a printed number; "0" for the start of the pack.
        before: a printed number that sorts later; None for the end of the pack, where counting goes on.
        count: how many are wanted.

    Raises:
        ValueError: the second does not sort later.
    """
    last = place_of(after)
    if before is None:
        whole = last[0]
        assert isinstance(whole, int)  # noqa: S101 (every place begins with one)
        return tuple(str(whole + step) for step in range(1, count + 1))
    limit = place_of(before)
    if count and last >= limit:
        raise ValueError(f"{after} does not come before {before}.")
    for series in _series_after(last):
        found = tuple(_with_step(series, step) for step in range(count))
        if not found or found[-1] < limit:
            return tuple(map(words_of, found))
    raise AssertionError


def place_of(label: str) -> Place:
    """Where a printed number sorts.

    Raises:
        ValueError: it is none.
    """
    found = _NUMBER.fullmatch(label)
    if found is None:
        raise ValueError(f"“{label}” is no page number.")
    steps = ((POINT, int(point)) if point else (LETTER, _count_of(letters)) for point, letters in _STEP.findall(found[2]))
    return (int(found[1]), *steps)


def words_of(place: Place) -> str:
    """A place as it is printed."""
    first, *steps = place
    return str(first) + "".join(map(_words_of_step, steps))


def in_ranges(labels: Sequence[str]) -> str:
    """Numbers as people say them: "8 to 11, 12A". Ends of a run are joined where each follows the other."""
    runs: list[list[str]] = []
    for label in labels:
        if runs and place_of(label) in _followers(place_of(runs[-1][-1])):
            runs[-1].append(label)
        else:
            runs.append([label])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _first_numbers(runs: Sequence[Run]) -> Iterator[Run]:
    page = 0
    for run in runs:
        yield replace(run, labels=tuple(str(page + number) for number in range(1, run.pages + 1)))
        page += run.pages


def _kept_in_order(keys: Sequence[str], base: Sequence[str]) -> set[str]:
    """The most sections that stand in the same order in both: the others have moved."""
    where = {key: number for number, key in enumerate(base)}
    ends: list[int] = []
    chains: list[tuple[str, ...]] = []
    for key in (key for key in keys if key in where):
        length = bisect_left(ends, where[key])
        chain = (*(chains[length - 1] if length else ()), key)
        ends[length : length + 1], chains[length : length + 1] = [where[key]], [chain]
    return set(chains[-1]) if chains else set()


def _continued(runs: Sequence[Run], base: Sequence[Run], kept: set[str]) -> Iterator[Run]:
    """Kept sections under their numbers; in each gap between two of them the pages that are new there."""
    numbered = {run.key: run for run in base}
    gaps = _gaps(base, kept)
    if runs and runs[0].key in kept:
        # Nothing stands before it that could keep the numbers of what went.
        first = gaps[runs[0].key]
        gaps[runs[0].key] = _Gap((*gaps[""].gone, *first.gone), first.before)
    group: list[Run] = []
    leader = ""
    for run in (*runs, None):
        if run is not None and run.key not in kept:
            group.append(run)
            continue
        yield from _gap_filled(numbered.get(leader), group, gaps[leader])
        if run is not None:
            leader, group = run.key, [run]


@dataclass(frozen=True)
class _Gap:
    """What lies between a kept section and the next: the numbers of what went, and the number that comes next."""

    gone: tuple[str, ...]
    before: str | None


def _gaps(base: Sequence[Run], kept: set[str]) -> dict[str, _Gap]:
    """The gap after each kept section, by its key; the one before the first under an empty key."""
    gaps: dict[str, _Gap] = {}
    key, gone = "", list[str]()
    for run in base:
        if run.key in kept:
            gaps[key] = _Gap(tuple(gone), min((*run.labels, *run.unused), key=place_of))
            key, gone = run.key, []
        else:
            gone += [*run.labels, *run.unused]
    gaps[key] = _Gap(tuple(gone), None)
    return gaps


def _gap_filled(was: Run | None, group: Sequence[Run], gap: _Gap) -> Iterator[Run]:
    """The numbers of a kept section and of the new ones after it.

    Args:
        was: the kept section as it was numbered; None before the first.
        group: the kept section as it is now, then the new ones.
        gap: what lies after it.
    """
    old = was.labels if was else ()
    wanted = [run.pages for run in group]
    if was and group:
        wanted[0] = max(0, group[0].pages - len(old))
    taken = sorted((*old, *(was.unused if was else ()), *gap.gone), key=place_of)
    fresh = iter(between(taken[-1] if taken else "0", gap.before, sum(wanted)))
    shrunk = old[group[0].pages :] if was and group else ()
    unused = tuple(sorted((*shrunk, *(was.unused if was else ()), *gap.gone), key=place_of))
    for number, (run, count) in enumerate(zip(group, wanted, strict=True)):
        new = tuple(next(fresh) for _page in range(count))
        if number:
            yield replace(run, labels=new)
        else:
            yield replace(run, labels=(*old[: run.pages], *new) if was else new, unused=unused)


def _series_after(last: Place) -> Iterator[tuple[Place, int, int]]:
    """Ways to count on from a place, the plainest first: what they count on, the kind of step, and the first step."""
    end = last[-1]
    counting = end[0] if isinstance(end, tuple) else LETTER
    if isinstance(end, tuple):
        yield last[:-1], counting, end[1] + 1
    else:
        yield last, LETTER, 1
    # Two steps of letters would read as one.
    yield last, LETTER + POINT - counting, 1
    while True:
        last = (*last, (POINT, 0))
        yield last, LETTER, 1


def _with_step(series: tuple[Place, int, int], step: int) -> Place:
    stem, kind, first = series
    return (*stem, (kind, first + step))


def _followers(place: Place) -> tuple[Place, ...]:
    """The places that follow one when counting on, or when the first is put in after it."""
    end = place[-1]
    whole = place[0]
    assert isinstance(whole, int)  # noqa: S101 (every place begins with one)
    if isinstance(end, int):
        return ((whole + 1,),)
    return ((*place[:-1], (end[0], end[1] + 1)),)


def _count_of(letters: str) -> int:
    count = 0
    for letter in letters:
        count = 26 * count + ord(letter) - ord("A") + 1
    return count


def _words_of_step(step: int | tuple[int, int]) -> str:
    assert isinstance(step, tuple)  # noqa: S101 (only the first is a number)
    kind, count = step
    if kind == POINT:
        return f".{count}"
    letters = ""
    while count:
        count, letter = divmod(count - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
