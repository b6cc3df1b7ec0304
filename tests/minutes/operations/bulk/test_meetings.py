"""Minutes kept in bulk are the same records as those kept one by one."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from django.db import transaction

from wagtail.models import Page, ReferenceIndex
from wagtail.search import index

import pytest

from governance.check_records import Checker
from governance.exceptions import Refused
from governance.ledger_export import lines
from governance.ledger_seals import SealsLookedAt
from governance.models import (
    ActionPage,
    BoardPage,
    Commitment,
    ProgressUpdatePage,
    PublicAddress,
    RecordPage,
    StrategyPage,
    User,
    WorkstreamPage,
)
from governance.operations.progress import differences
from governance.operations.publishing import add_record
from home.made_up.meetings import meetings_of
from home.operations.indexing import index_everything
from minutes.models import MeetingPage
from minutes.operations import importing
from minutes.operations.bulk.meetings import keep_meetings
from minutes.operations.bulk.understood import Promised, UnderstoodMeeting, UnderstoodMinute
from minutes.operations.importing import keep_minutes
from minutes.operations.meetings import schedule_meeting
from minutes.proposal import propose
from minutes.reading import read
from tests import building
from tests.building import london, make_organisation
from tests.minutes.operations.bulk.tables import Tables, differing
from tests.minutes.operations.test_importing import PAGE

# `RESOLVED_DRILL=long` before a run of this file alone compares fifty, which takes minutes: one by one an item takes a second.
MEETINGS = 50 if os.environ.get("RESOLVED_DRILL") == "long" else 3
ITEMS = 3
"""So many of each meeting are kept: the others are of the same kinds."""

OF_THE_ROW = "Wagtail and the record take it from the row when a version is opened."
WHEN_WRITTEN = "The moment at which the row was written."
RANDOM = "Random for every row."
CHAINED = "Follows from the salts, which are random."
DIFFER = {
    "content": {
        **dict.fromkeys(
            (
                *("pk", "live", "numchild", "latest_revision", "latest_revision_created_at", "live_revision"),
                *("has_unpublished_changes", "first_published_at", "last_published_at", "translation_key"),
                *(name for kind in RecordPage.__subclasses__() for name in kind.columns_of_the_row()),
            ),
            OF_THE_ROW,
        ),
    },
    "governance_ledgerentry": {"salt": RANDOM, "sha256": CHAINED, "before": CHAINED, "seal": CHAINED},
    "home_announcement": {"*": "What is kept in bulk is no news: nobody is told."},
    "wagtailcore_page": {"translation_key": RANDOM},
    "wagtailcore_pagelogentry": {"timestamp": WHEN_WRITTEN, "uuid": RANDOM},
    "governance_publicgeneration": {"number": "It counts statements, and these are fewer."},
    "wagtailsearch_indexentry": {"title_norm": "The search works it out from the titles that are there at that moment."},
    "wagtailsearch_indexentry_fts": {"rowid": "The key of the entry."},
}
"""What is not compared, by table and column, and why. Of a record's versions the one is compared that is public."""


class Undone(Exception):
    """What was made is taken back."""


@contextmanager
def _undone() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise Undone
    except Undone:
        pass


def one_by_one(monkeypatch: pytest.MonkeyPatch, board: BoardPage, by: User, meetings: list[UnderstoodMeeting]) -> None:
    """Keep them as people do."""
    for meeting in meetings:
        if starts_at := meeting.says.get("starts_at"):
            schedule_meeting(board=board, starts_at=starts_at, by=by, at=meeting.at, venue=meeting.says["venue"])
        for minute in meeting.minutes:
            with monkeypatch.context() as patched:
                patched.setattr(importing, "action_of", partial(_made_as_promised, importing.action_of, minute))
                kept = keep_minutes(
                    board=board,
                    day=meeting.day,
                    proposal=minute.proposal,
                    source=minute.source,
                    by=by,
                    at=meeting.at,
                    publish=True,
                    file_name=minute.file_name,
                )
            for action, promised in zip(kept.actions, _promised(minute), strict=True):
                for news in promised.news:
                    parent = ActionPage.objects.get(pk=action.pk)
                    add_record(parent=parent, page=ProgressUpdatePage(**news.says), by=by, at=news.at, publish=True)


def _promised(minute: UnderstoodMinute) -> list[Promised]:
    started = (number for number, clause in enumerate(minute.proposal.clauses) if clause.starts_action)
    return [minute.promised.get(number, Promised()) for number in started]


def _made_as_promised(make: Callable[..., ActionPage], minute: UnderstoodMinute, *given: Any, **named: Any) -> ActionPage:
    """The action of a clause, with what else is known of it."""
    action = make(*given, **named)
    clauses = [clause for clause in minute.proposal.clauses if clause.starts_action]
    for name, value in _promised(minute)[clauses.index(given[1])].says.items():
        setattr(action, name, value)
    return action


def as_the_worker_would() -> None:
    """Index what was saved in the ordinary way while the rest was kept in bulk."""
    pages = [*StrategyPage.objects.all(), *WorkstreamPage.objects.all()]
    for thing in (*Commitment.objects.all(), *pages):
        ReferenceIndex.create_or_update_for_object(thing)
    for page in pages:
        index.insert_or_update_object(page)


def findings() -> list[str]:
    """What the check of the ledger finds."""
    checker = Checker()
    for line in lines():
        checker.take(line)
    return [*checker.finish(), *SealsLookedAt().findings]


def understood(number: int) -> UnderstoodMeeting:
    """A meeting whose minutes were read from their pages: a workstream, a commitment, a concern, two actions of the same name."""
    texts = [PAGE.replace("Home Care", f"Home Care {number}.{item}") for item in range(2)]
    minutes = tuple(UnderstoodMinute(propose(read(text)), text, f"{item}.txt") for item, text in enumerate(texts))
    return UnderstoodMeeting(date(2020, 1, number), london(2026, 5, 1, 9), minutes)


@pytest.mark.django_db
def test_every_table_is_as_if_they_were_kept_one_by_one(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> None:
    leads = (make_organisation("Beckside Homes").pk, make_organisation("Ashmere Carers").pk)
    made_up = meetings_of(seed="compared", first=date(2012, 1, 1), last=date(2026, 1, 1), leads=leads)
    shorter = (replace(meeting, minutes=meeting.minutes[:ITEMS]) for meeting in made_up)
    meetings = [understood(3), *islice(shorter, MEETINGS - 1)]
    # The workstream is there: what is tied to it has its key among its words.
    one_by_one(monkeypatch, board, clerk, [understood(1)])
    index_everything()
    with _undone():
        monkeypatch.setattr("django.utils.timezone.now", lambda: london(2026, 5, 2, 9))
        one_by_one(monkeypatch, board, clerk, meetings)
        index_everything()
        ordinary = Tables(DIFFER)
    with _undone():
        keep_meetings(board=board, meetings=meetings, by=clerk)
        as_the_worker_would()
        bulk = Tables(DIFFER)
        assert findings() == []
    assert differing(ordinary, bulk) == {}


def test_a_difference_is_found(board: BoardPage, clerk: User) -> None:
    keep_meetings(board=board, meetings=[understood(1)], by=clerk)
    before = Tables(DIFFER)
    ActionPage.objects.filter(reference="HWB-A1").update(is_agreed=False)
    assert set(differing(before, Tables(DIFFER))) == {"governance_actionpage"}


def test_a_later_change_of_words_is_found(board: BoardPage, clerk: User) -> None:
    keep_meetings(board=board, meetings=[understood(1)], by=clerk)
    ActionPage.objects.filter(reference="HWB-A1").update(promise="We will do something else.")
    found = findings()
    assert len(found) == 1 and "HWB-A1" in found[0], found


def test_what_follows_takes_the_next_numbers(board: BoardPage, clerk: User) -> None:
    keep_meetings(board=board, meetings=[understood(1), understood(2)], by=clerk)
    assert building.make_action(board, clerk).reference == "HWB-A9"
    assert building.make_meeting(board, clerk).get_parent().numchild == 3
    assert not any(Page.find_problems())
    assert differences() == []


def test_a_meeting_that_is_there_is_refused_and_nothing_is_kept(board: BoardPage, clerk: User) -> None:
    building.make_meeting(board, clerk, london(2020, 1, 2, 14))
    with pytest.raises(Refused, match="is there already"):
        keep_meetings(board=board, meetings=[understood(1), understood(2)], by=clerk)
    assert MeetingPage.objects.count() == 1


def test_a_board_whose_records_another_approves_is_refused(clerk: User) -> None:
    board = building.make_board(clerk, approved_by_another=False)
    BoardPage.objects.filter(pk=board.pk).update(approved_by_another=True)
    with pytest.raises(Refused, match="Somebody else approves"):
        keep_meetings(board=BoardPage.objects.get(pk=board.pk), meetings=[understood(1)], by=clerk)


def test_an_address_that_another_record_had_is_refused(board: BoardPage, clerk: User) -> None:
    path = f"{board.url_path}2020-01-01/co-designing-home-care-10-in-ashmere/"
    PublicAddress.objects.create(path=path, page_id=board.pk, since=london(2020, 1, 1, 9))
    with pytest.raises(Refused, match="had"):
        keep_meetings(board=board, meetings=[understood(1)], by=clerk)
    assert not MeetingPage.objects.exists()
