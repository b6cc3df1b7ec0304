"""Every date a page names, offered to the editor with the sentence it stands in and never taken for them."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from minutes.reading.verdicts import sentences

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?:the )?)?"
_DATE = re.compile(
    rf"\b{_DAY}(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?,? (?P<month>{_MONTH})(?:,? (?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year2>\d{{4}}))?(?!\d)"
    r"|(?P<day3>\d{1,2})[/.](?P<month3>\d{1,2})[/.](?P<year3>\d{4}|\d{2})(?![\d/])"
    rf"|(?P<month4>{_MONTH}),? (?P<year4>\d{{4}}))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed, the ISO date where day, month and year are all certain, its sentence, and whether a clause says it."""

    printed: str
    iso: str | None
    sentence: str
    in_clause: bool


def _certain(match: re.Match[str]) -> str | None:
    """The ISO date; None where a part is missing, the year is short, or the weekday printed is another."""
    day = match["day"] or match["day2"] or match["day3"]
    month = match["month"] or match["month2"] or match["month3"]
    year = match["year"] or match["year2"] or match["year3"]
    if not (day and month and year) or len(year) != 4:
        return None
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
    try:
        date = datetime.date(int(year), number, int(day))
    except ValueError:
        return None
    weekday = match["weekday"]
    if weekday and _DAYS[date.weekday()] != weekday.lower().split()[0].strip(","):
        return None
    return date.isoformat()


def dates_in(texts: Iterable[str], *, in_clause: bool) -> list[PrintedDate]:
    """The dates of ``texts`` in printed order; days come before months, as British bodies write them."""
    return [
        PrintedDate(match.group(), _certain(match), sentence, in_clause)
        for text in texts
        for sentence in sentences(text)
        for match in _DATE.finditer(sentence)
    ]
