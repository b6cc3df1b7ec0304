"""Quarters of a year, counted from today: those near today stand alone, the others together. Pure."""

from datetime import date

BACK, AHEAD = 7, 3
"""How many quarters before and after the present one stand alone."""


def quarter(day: date, steps: int) -> date:
    """The first day of the quarter that many quarters from that of a day."""
    months = day.year * 12 + (day.month - 1) // 3 * 3 + 3 * steps
    return date(months // 12, months % 12 + 1, 1)


def near(today: date) -> list[date]:
    """The first days of the quarters that stand alone, with one more on either side for those before and after."""
    return [quarter(today, steps) for steps in range(-BACK - 1, AHEAD + 2)]
