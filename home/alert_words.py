"""What there is to tell, in words, read from the live records at the moment it is told. What is not public is never told."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.models import ActionPage
from governance.wording import clock, confidence_words, day, day_in_full, period, status_words
from home.models import Announcement, AnnouncementKind
from home.operations.subscribing import one_line
from minutes.enums import NOT_HELD, MeetingStatus
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionAction, ResolutionPage
from minutes.packs.addresses import address as permanent_address
from minutes.public_record import live_parent

WORDS = 60
"""How much of a text is quoted; the rest is where the link leads."""


@dataclass(frozen=True)
class News:
    """One thing to tell.

    Attributes:
        subject: one line.
        lines: what it says, each a paragraph.
        address: where it can be read.
        scopes: the keys of the boards, workstreams and actions it is about.
    """

    subject: str
    lines: tuple[str, ...]
    address: str
    scopes: frozenset[int]

    @property
    def text(self) -> str:
        """It as plain text."""
        return "\n\n".join([*filter(None, self.lines), self.address])


def news_of(announcement: Announcement) -> News | None:
    """What an announcement says now; None when there is nothing public to say any more."""
    page = announcement.page.specific
    if not page.live:
        return None
    return TELLERS[AnnouncementKind(announcement.kind)](page, announcement)


def _address_of(page: Any) -> str:
    return permanent_address(page.reference) or absolute(page.get_url() or "/")


def _quoted(text: str) -> str:
    return str(Truncator(text).words(WORDS))


def _of_action(action: ActionPage) -> frozenset[int]:
    return frozenset(key for key in (action.pk, action.board_id, action.workstream_id) if key)


def _update(page: Any, announcement: Announcement) -> News | None:
    action = live_parent(page, ActionPage)
    if action is None or not action.live:
        return None
    words = _("Correction: %(action)s") if announcement.kind == AnnouncementKind.CORRECTION else _("Progress: %(action)s")
    stands = " ".join(filter(None, [status_words(page), confidence_words(page)]))
    following = page.next_news_on and _("You will hear again by %(day)s.") % {"day": day_in_full(page.next_news_on)}
    why = page.corrects and _("This corrects the update of %(day)s.") % {"day": day(page.corrects.date)}
    lines = (page.title, why or "", stands, _quoted(page.what_changed), _quoted(page.next_step), following or "")
    return News(one_line(words % {"action": action.title}), lines, _address_of(page), _of_action(action))


def _action(page: Any, announcement: Announcement) -> News:
    subject = _("New on the progress page: %(action)s") % {"action": page.title}
    by = page.next_news_on and _("The first news is due by %(day)s.") % {"day": day_in_full(page.next_news_on)}
    return News(one_line(subject), (_quoted(page.promise), by or ""), _address_of(page), _of_action(page))


def _workshop(page: Any, announcement: Announcement) -> News | None:
    action = live_parent(page, ActionPage)
    if action is None or not action.live or page.starts_at < timezone.now():
        return None
    when = f"{day_in_full(page.starts_at)}, {clock(page.starts_at)}"
    subject = _("Workshop: %(title)s, %(day)s") % {"title": page.title, "day": day(page.starts_at)}
    return News(one_line(subject), (when, action.title), _address_of(page), _of_action(action))


def _meeting_news(meeting: MeetingPage, what: str, lines: Iterable[str], *further: int) -> News | None:
    board = meeting.board
    if not board.live:
        return None
    subject = f"{what}: {board.title}, {day(meeting.starts_at)}"
    return News(one_line(subject), tuple(lines), _address_of(meeting), frozenset({board.pk, *further}))


def _when_and_where(meeting: MeetingPage) -> str:
    parts = (day_in_full(meeting.starts_at), period(meeting.starts_at, meeting.ends_at), meeting.venue)
    return ", ".join(filter(None, parts))


def _agenda(page: Any, announcement: Announcement) -> News | None:
    if page.agenda_published_at is None or page.starts_at < timezone.now() or page.status in NOT_HELD:
        return None
    titles = [
        f"{item.number}. {item.title}" for item in AgendaItemPage.objects.child_of(page).live().order_by("position", "path")
    ]
    lines = (_when_and_where(page), _("On the agenda:"), "\n".join(titles))
    return _meeting_news(page, _("Agenda"), lines) if titles else None


def _meeting(page: Any, announcement: Announcement) -> News | None:
    """A new meeting, or one whose time, place or standing changed; a word changed elsewhere on its page is no news."""
    changed = page.calendar_changed_at
    if changed is None or changed < announcement.at or (page.starts_at < timezone.now() and page.status not in NOT_HELD):
        return None
    said = page.get_status_display() if page.status_reason or page.status in NOT_HELD else ""
    what = said or (_("Meeting") if page.calendar_sequence == 0 else _("Meeting changed"))
    return _meeting_news(page, what, (_when_and_where(page), page.status_reason))


def _record(page: Any, announcement: Announcement) -> News | None:
    minutes = MinutePage.objects.descendant_of(page).live().exists()
    resolutions = list(ResolutionPage.objects.descendant_of(page).live().order_by("path"))
    if not minutes and not resolutions:
        return None
    links = ResolutionAction.objects.public().filter(resolution__in=resolutions).values_list("action", "action__workstream")
    further = {key for pair in links for key in pair if key}
    said = [f"{row.reference or row.title}: {_quoted(row.full_text)}" for row in resolutions]
    draft = _("The minutes are a draft until a later meeting confirms them.")
    lines = (draft if minutes and page.status == MeetingStatus.DRAFT_MINUTES else "", "\n\n".join(said))
    return _meeting_news(page, _("Minutes") if minutes else _("Decisions"), lines, *further)


def _confirmed(page: Any, announcement: Announcement) -> News | None:
    return _meeting_news(page, _("Minutes confirmed"), ()) if page.is_confirmed else None


def _minute_corrected(page: Any, announcement: Announcement) -> News | None:
    correction = page.corrections.public().order_by("-at").first()
    item = live_parent(page, AgendaItemPage)
    if correction is None or item is None or not item.live:
        return None
    words = {"old": _quoted(correction.old_words), "new": _quoted(correction.new_words)}
    lines = (page.title, _("“%(old)s” is to be read as “%(new)s”.") % words, correction.reason, _address_of(page))
    return _meeting_news(item.meeting, _("Minutes corrected"), lines)


TELLERS = {
    AnnouncementKind.UPDATE: _update,
    AnnouncementKind.CORRECTION: _update,
    AnnouncementKind.ACTION: _action,
    AnnouncementKind.WORKSHOP: _workshop,
    AnnouncementKind.AGENDA: _agenda,
    AnnouncementKind.MEETING: _meeting,
    AnnouncementKind.RECORD: _record,
    AnnouncementKind.CONFIRMED: _confirmed,
    AnnouncementKind.MINUTE_CORRECTED: _minute_corrected,
}
