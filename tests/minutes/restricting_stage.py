"""A confirmed meeting whose public item said too much, with copies of the words wherever the system makes some."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone

from wagtail.admin.models import FormState
from wagtail.models import Comment as EditorsComment

from governance.models import BoardPage, Person, User
from governance.operations.mail import queue_mail
from governance.operations.publishing import publish_record
from home.operations.indexing import index_everything
from minutes.enums import MeetingStatus, PackKind, PackState
from minutes.models import AgendaItemPage, DraftComment, ItemPresenter, MeetingPage, MinutePage, Pack, ResolutionPage
from minutes.operations.corrections import correct_agenda, record_correction
from minutes.operations.meetings import publish_agenda, set_status
from minutes.operations.minuting import confirm_minutes, publish_minutes
from tests import building

TITLE = "Contract with Beckside Homes for night care"
PRICE = "The price is four million pounds & a bit each year"
MINUTED = "Siân Ŵyn said that the bidder would accept less"
RESOLVED = "offer Beckside three million and no more"
EVERY = (TITLE, PRICE, MINUTED, RESOLVED)


@dataclass
class Stage:
    """What was said where."""

    clerk: User
    board: BoardPage
    meeting: MeetingPage
    item: AgendaItemPage
    minute: MinutePage
    resolution: ResolutionPage
    address: str

    def fresh(self, name: str) -> Any:
        """A record as the database has it now."""
        record = getattr(self, name)
        return type(record).objects.get(pk=record.pk)


def make_stage(clerk: User) -> Stage:
    """Make it."""
    board = building.make_board(clerk)
    meeting = building.make_meeting(board, clerk)
    body = "<p>The <b>pri</b>ce is four million pounds &amp; a&nbsp;bit each yeer</p><p>This stays.</p>"
    item = building.make_item(meeting, clerk, TITLE, body=body, publish=False)
    item.presenters.add(ItemPresenter(name="Officer", role=PRICE))
    item.save()
    item = publish_record(page=item, by=clerk)
    publish_agenda(meeting=meeting, by=clerk)
    correct_agenda(item=item, old_words="each yeer", new_words="each year", by=clerk)
    set_status(meeting=MeetingPage.objects.get(pk=meeting.pk), status=MeetingStatus.HELD, by=clerk)
    minute = building.make_minute(item, clerk, publish=False, text=f"<p>{MINUTED}.</p><p>It was long.</p>")
    resolution = building.make_resolution(item, clerk, publish=False, text=f"That officers {RESOLVED}.")
    publish_minutes(meeting=meeting, by=clerk)
    confirm_minutes(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    minute = MinutePage.objects.get(pk=minute.pk)
    record_correction(minute=minute, old_words=MINUTED, new_words="They talked", reason=f"Not so: {PRICE}", by=clerk)
    item = AgendaItemPage.objects.get(pk=item.pk)
    resolution = ResolutionPage.objects.get(pk=resolution.pk)
    stage = Stage(clerk, board, meeting, item, MinutePage.objects.get(pk=minute.pk), resolution, item.get_url())
    _copies(stage)
    return stage


def _copies(stage: Stage) -> None:
    """What people and the system wrote of it elsewhere."""
    clerk, item, now = stage.clerk, stage.item, timezone.now()
    EditorsComment.objects.create(page=item, user=clerk, contentpath="title", text=f"Is “{PRICE}” meant?")
    DraftComment.objects.create(minute=stage.minute, person=Person.objects.create(name="Tom"), text=MINUTED, made_at=now)
    kept = {"user": clerk, "content_type": ContentType.objects.get_for_model(item), "object_id": str(item.pk)}
    FormState.objects.create(**kept, data=urlencode({"title": TITLE, "body": f"<p>{PRICE}</p>"}), last_updated_at=now)
    queue_mail(
        key="news", to="a@example.org", subject=TITLE, text=f"{PRICE}\n{stage.address}", kind="alert", about=stage.meeting
    )
    told = {"key": f"item-{item.pk}", "title": f"1. {TITLE}", "digest": "a", "labels": ["3"]}
    pack = {"kind": PackKind.AGENDA, "version": 1, "state": PackState.ISSUED, "layout": [told], "says": f"New: “{TITLE}”."}
    pack |= {"reference": "HWB/2026-10-08/AGENDA/v1", "slug": "hwb-2026-10-08-agenda-v1", "file": "packs/a.pdf"}
    Pack.objects.create(meeting=stage.meeting, **pack, sha512="0" * 128, bytes=9, pages=1, asked_at=now, issued_at=now)
    session = SessionStore()
    session["_messages"] = f'[["__json_message",0,25,"Page ‘{TITLE}’ was published"]]'
    session.save()
    index_everything()
