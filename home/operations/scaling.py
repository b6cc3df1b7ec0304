"""Measuring the same public pages at several sizes of a site, in one run, with records that are made up by the bulk path."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.test import Client
from django.urls import reverse

from home.bench.measuring import Cost, costs, processor_seconds_of, whole
from home.bench.subjects import Subject, public_subjects
from home.made_up.words import SUBJECTS
from home.operations.generating import Made, generate_records

SEARCHES = 24
"""So many searches a median is of: each for words that made-up records say."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class AtSize:
    """What was measured at one size.

    Attributes:
        made, seconds: what was made up for it, and what processor time that took in this process.
        search: the median of searches for other words each, in milliseconds of processor time.
    """

    made: Made
    seconds: float
    views: dict[str, Cost]
    search: float


def measure_sizes(*, sizes: Sequence[int], seed: int, today: date, times: int, tell: Tell) -> dict[int, AtSize]:
    """Make up records until there are so many pages, measure, and go on to the next size. The same addresses are asked at each.

    Args:
        sizes: numbers of live pages, the smallest first.
        times: how many requests each median is of.

    Raises:
        Refused: the database holds records that were not made up.
        WrongAnswer: a page does not answer as it should.
    """
    found: dict[int, AtSize] = {}
    subjects: list[Subject] = []
    for size in sizes:
        tell(f"Making up {size:,} pages")
        made: list[Made] = []
        seconds = processor_seconds_of(
            lambda size=size, made=made: made.append(  # type: ignore[misc]
                generate_records(pages=size, seed=seed, today=today, tell=lambda there, wanted: None)
            )
        )
        with connection.cursor() as cursor:
            # What the database knows of its tables, it is told now and not by chance while it is measured.
            cursor.execute("ANALYZE")
        subjects = subjects or [subject for subject in public_subjects() if not subject.username]
        tell("Measuring")
        found[size] = AtSize(made[0], seconds, costs(subjects, times=times), _search_median())
    return found


def _search_median() -> float:
    client = Client(headers={"host": "localhost"})
    words = [SUBJECTS[number % len(SUBJECTS)].replace(" ", "+") for number in range(SEARCHES)]
    asked = [Subject(word, f"{reverse('search')}?q={word}") for word in words]
    whole(client, asked[0])
    return statistics.median(processor_seconds_of(lambda one=one: whole(client, one)) for one in asked) * 1000  # type: ignore[misc]


def table(found: dict[int, AtSize]) -> list[str]:
    """The figures as a table in Markdown: queries and milliseconds of processor time at each size, and the last over the first."""
    sizes = list(found)
    first, last = found[sizes[0]], found[sizes[-1]]
    lines = [
        f"| | {' | '.join(f'{size:,} pages' for size in sizes)} | last to first |",
        f"|---|{'---:|' * (len(sizes) + 1)}",
    ]
    for name, cost in first.views.items():
        cells = [f"{at.views[name].queries} queries, {at.views[name].processor:.1f} ms" for at in found.values()]
        lines.append(f"| {name} | {' | '.join(cells)} | {last.views[name].processor / cost.processor:.2f} |")
    searches = " | ".join(f"{at.search:.1f} ms" for at in found.values())
    lines.append(f"| search, median of {SEARCHES} | {searches} | {last.search / first.search:.2f} |")
    rates = " | ".join(f"{at.made.items / at.seconds:.0f}" for at in found.values())
    lines.append(f"| items made up in a second of processor time | {rates} | |")
    return lines
