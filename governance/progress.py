"""Where an action stands, worked out from its published updates alone. Pure: no queries, no clock."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from governance.enums import CLOSED_STATUSES, ActionStatus


@dataclass(frozen=True)
class News:
    """What one published update says of the action's standing.

    Attributes:
        key: identifies the update; 0 while it was never saved.
        corrects: the key of the update that this one corrects.
        milestones: the keys of the steps that it says are done, each with its day.
        difference, what_is_different, for_whom, how_known, look_again_on: what came of the action, once it has ended.
        handed_to, handed_to_action, handed_to_address: who carries it now, and where that can be followed.
    """

    key: int
    date: datetime.date
    status: str
    confidence: str
    new_due_on: datetime.date | None = None
    date_reason: str = ""
    date_agreed_by: str = ""
    next_news_on: datetime.date | None = None
    corrects: int | None = None
    reason: str = ""
    milestones: tuple[tuple[int, datetime.date], ...] = ()
    difference: str = ""
    what_is_different: str = ""
    for_whom: str = ""
    how_known: str = ""
    look_again_on: datetime.date | None = None
    handed_to: str = ""
    handed_to_action: int | None = None
    handed_to_address: str = ""


@dataclass(frozen=True)
class DateMove:
    """One change of an action's date, who agreed it and why."""

    on: datetime.date
    before: datetime.date | None
    after: datetime.date
    reason: str
    agreed_by: str


@dataclass(frozen=True)
class Standing:
    """Where an action stands, every move of its date, the steps that are done and what came of it.

    Attributes:
        milestones: the key of each step that is done, and its day.
        outcome: the key of the update that says what came of it; None while it is open, or when nobody has said.
        look_again_on: when it will be looked at again, once it has ended.
    """

    status: str
    confidence: str
    due_on: datetime.date | None
    last_news_on: datetime.date | None
    next_news_on: datetime.date | None
    moves: tuple[DateMove, ...] = ()
    milestones: Mapping[int, datetime.date] = field(default_factory=dict)
    outcome: int | None = None
    look_again_on: datetime.date | None = None


def in_force(news: Iterable[News]) -> list[News]:
    """The updates that count, oldest first: one that another update corrects does not. Nothing corrects itself."""
    every = sorted(news, key=lambda item: (item.date, item.key))
    corrected = {item.corrects for item in every if item.corrects != item.key}
    return [item for item in every if item.key not in corrected]


def status_before(news: Iterable[News], *, date: datetime.date, key: int | None, corrects: int | None, agreed: bool) -> str:
    """Where an action stood just before one of its updates.

    Args:
        news: its published updates.
        date: the date of the update in question.
        key: identifies it; None while it was never saved, when it comes after all others of its day.
        corrects: the update that it replaces, which therefore does not count.
        agreed: whether what ordered the action was adopted.
    """
    earlier, _later = around(news, date=date, key=key, corrects=corrects)
    if earlier:
        return earlier[-1].status
    return str(ActionStatus.AGREED if agreed else ActionStatus.PROPOSED)


def around(
    news: Iterable[News], *, date: datetime.date, key: int | None, corrects: int | None
) -> tuple[list[News], list[News]]:
    """The updates that count before and after one of a day, without itself and the one it corrects. Arguments as above."""
    others = in_force(item for item in news if item.key not in {key, corrects})
    earlier = [item for item in others if (item.date, item.key) < (date, key or item.key + 1)]
    return earlier, others[len(earlier) :]


def standing(
    news: Iterable[News],
    *,
    first_due_on: datetime.date | None,
    agreed: bool,
    since: datetime.date | None,
    news_every_weeks: int,
) -> Standing:
    """Where an action stands.

    Args:
        news: its published updates.
        first_due_on: the date first agreed, if any was.
        agreed: whether what ordered the action was adopted.
        since: when the action became public; the first news is counted from then.
        news_every_weeks: how often news is due.
    """
    counted = in_force(news)
    moves = date_moves(counted, first_due_on)
    due_on = moves[-1].after if moves else first_due_on
    if not counted:
        status = ActionStatus.AGREED if agreed else ActionStatus.PROPOSED
        first_news = since + timedelta(weeks=news_every_weeks) if since else None
        return Standing(str(status), "", due_on, None, first_news, moves)
    latest = counted[-1]
    closed = latest.status in CLOSED_STATUSES
    next_news = None if closed else latest.next_news_on or latest.date + timedelta(weeks=news_every_weeks)
    told = outcome(counted) if closed else None
    return Standing(
        status=latest.status,
        confidence="" if closed else latest.confidence,
        due_on=due_on,
        last_news_on=latest.date,
        next_news_on=next_news,
        moves=moves,
        milestones=milestones_done(counted),
        outcome=told.key if told else None,
        look_again_on=told.look_again_on if told else None,
    )


def milestones_done(news: Iterable[News]) -> dict[int, datetime.date]:
    """The key of every step that the updates say is done, and the day each first was said to be."""
    done: dict[int, datetime.date] = {}
    for item in news:
        for milestone, day in item.milestones:
            done.setdefault(milestone, day)
    return done


def outcome(news: Sequence[News]) -> News | None:
    """The latest update that says what came of the action since it last ended."""
    for item in reversed(news):
        if item.status not in CLOSED_STATUSES:
            return None
        if item.difference:
            return item
    return None


def date_moves(news: Sequence[News], first_due_on: datetime.date | None) -> tuple[DateMove, ...]:
    """Every change of the date, in order. An update that repeats the date moves nothing."""
    moves: list[DateMove] = []
    current = first_due_on
    for item in news:
        if item.new_due_on and item.new_due_on != current:
            moves.append(DateMove(item.date, current, item.new_due_on, item.date_reason, item.date_agreed_by))
            current = item.new_due_on
    return tuple(moves)


def is_late(due_on: datetime.date | None, status: str, today: datetime.date) -> bool:
    """Whether an open action has passed its date. Without a date nothing is late."""
    return due_on is not None and status not in CLOSED_STATUSES and due_on < today


def news_is_late(next_news_on: datetime.date | None, status: str, today: datetime.date) -> bool:
    """Whether people should have heard by now."""
    return next_news_on is not None and status not in CLOSED_STATUSES and next_news_on < today


def look_again_is_late(look_again_on: datetime.date | None, today: datetime.date) -> bool:
    """Whether the day to look again at what came of an action has passed."""
    return look_again_on is not None and look_again_on < today
