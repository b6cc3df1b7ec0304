"""When a person who asks about what is held on them has to be answered, and which of their names can be looked for. Pure."""

import calendar
from datetime import date

from governance.passages import Passages, passages_in

MONTHS = 1
"""The answer is due within one month of receipt (UK GDPR, article 12(3))."""
LONGER = 2
"""By so many months more it may be put off where the request is complex, if the person is told so within the first."""
KEPT_YEARS = 6
"""So long it is kept who asked: claims about it can be brought until then (Limitation Act 1980, section 9)."""


def months_after(day: date, months: int) -> date:
    """The same day of a later month; the last of that month where it is shorter."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def due_by(received_on: date, *, put_off: bool) -> date:
    """The last day on which the person has to be answered.

    Args:
        put_off: whether they were told that it takes longer.
    """
    return months_after(received_on, MONTHS + (LONGER if put_off else 0))


def too_short(names: str) -> list[str]:
    """The spellings that would be found in too many other names: a single word that is no address of mail."""
    return [name for name in passages_in(names) if " " not in name and "@" not in name]


def says(names: str, text: str) -> bool:
    """Whether a text says one of the spellings, in whatever case."""
    folded = Passages.of([names.casefold()])
    return bool(folded.count(text.casefold()))
