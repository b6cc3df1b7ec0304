"""The lists that the pages of meetings, items and minutes show besides their own words, and how each is asked for."""

from typing import Any

from django.db.models import QuerySet

from governance import gathering
from governance.models import BoardPage
from governance.page_lists import points_about
from minutes.models import (
    AgendaItemPage,
    Attendance,
    Correction,
    FormerDate,
    ItemPresenter,
    MeetingPage,
    MinutePage,
    Pack,
    Paper,
    ProgrammeEntry,
    PublicQuestion,
)

COMING = 25
"""So much of what is coming stands on the page of a board."""


def gather_lists() -> None:
    """Name them all."""
    gathering.register(BoardPage, programme=_programme_of)
    gathering.register(
        MeetingPage,
        former_dates=lambda meeting: FormerDate.objects.public().filter(meeting_id=meeting.pk),
        questions=lambda meeting: PublicQuestion.objects.public().filter(meeting_id=meeting.pk),
        attendances=lambda meeting: Attendance.objects.public().as_told().filter(meeting_id=meeting.pk),
        presenters=_presenters_at,
    )
    gathering.register(
        AgendaItemPage,
        presenters=lambda item: item.presenters.all(),
        papers=lambda item: Paper.objects.told().with_files().filter(item_id=item.pk),
        packs=lambda item: Pack.objects.told().light().defer("seconds").filter(item=item.pk),
        points=points_about,
    )
    gathering.register(
        MinutePage,
        amendments=lambda minute: minute.amendments.all(),
        corrections=lambda minute: Correction.objects.public().filter(minute_id=minute.pk),
        interests=lambda minute: minute.interests.all(),
        votes=lambda minute: minute.votes.all(),
    )


def _presenters_at(meeting: Any) -> QuerySet[ItemPresenter]:
    """Who presents the live items of a meeting."""
    return ItemPresenter.objects.filter(item__path__startswith=meeting.path, item__live=True).order_by("sort_order")


def _programme_of(board: Any) -> QuerySet[ProgrammeEntry]:
    """What is coming, with no more of the pages that an entry names than their addresses and days: they are wide rows."""
    rows = ProgrammeEntry.objects.public().filter(board=board.pk, item=None, dropped_because="")
    own = [field.name for field in ProgrammeEntry._meta.local_concrete_fields]
    of_pages = [f"{name}__{column}" for name in ("meeting", "because_of", "comes_back_from") for column in ("live", "url_path")]
    told = ProgrammeEntry.objects.public().filter(pk__in=rows.values("pk")[:COMING])
    told = told.select_related("meeting", "because_of", "comes_back_from")
    return told.only(*own, *of_pages, "meeting__starts_at", "comes_back_from__starts_at", "because_of__reference")
