"""Headings on an agenda: added, given other words, and taken away while they are not public."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from minutes.agenda_order import Kind, Line
from minutes.enums import UPCOMING
from minutes.models import AgendaSection, MeetingPage
from minutes.operations.agendas import hold_agenda, order_of, renumber, write_order_of


@transaction.atomic
def add_section(*, meeting: MeetingPage, title: str, by: Any) -> AgendaSection:
    """Put a heading at the end of an agenda. It becomes public when the agenda is published.

    Raises:
        Refused: it has no words, the agenda has it already, or the meeting is past its agenda.
    """
    row = _held(meeting)
    words = _words(row, title)
    section = AgendaSection.objects.create(meeting=row, title=words)
    write_order_of([*[line for line in order_of(row) if line.key != section.pk or line.kind != Kind.SECTION], _line(section)])
    section.refresh_from_db()
    return section


@transaction.atomic
def rename_section(*, section: AgendaSection, title: str, by: Any, at: datetime | None = None) -> None:
    """Give a heading other words. Of a public one the meeting's ledger tells what it said before.

    Raises:
        Refused: it has no words, the agenda has them already, or the meeting is past its agenda.
    """
    row = _held(section.meeting)
    if title.strip() == section.title:
        return
    words = _words(row, title)
    AgendaSection.objects.filter(pk=section.pk).update(title=words)
    if section.published_at is not None:
        note = _("The heading “%(before)s” now reads “%(now)s”") % {"before": section.title, "now": words}
        enter(page=row, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)


@transaction.atomic
def remove_section(*, section: AgendaSection, by: Any) -> None:
    """Take a heading away that nobody outside could read. Its items stay.

    Raises:
        Refused: it is public, or the meeting is past its agenda.
    """
    row = _held(section.meeting)
    if AgendaSection.objects.get(pk=section.pk).published_at is not None:
        raise Refused(_("“%(heading)s” is public, so it stays. It can be given other words.") % {"heading": section})
    section.delete()
    write_order_of(order_of(row))
    renumber(row)


def _line(section: AgendaSection) -> Line:
    return Line(Kind.SECTION, section.pk)


def _held(meeting: MeetingPage) -> MeetingPage:
    row = hold_agenda(meeting)
    if row.status not in UPCOMING:
        raise Refused(_("The meeting of %(meeting)s is past its agenda, so its headings stay.") % {"meeting": row})
    return row


def _words(meeting: MeetingPage, title: str) -> str:
    words = title.strip()
    if not words or len(words) > 120:
        raise Refused(_("Give the heading between 1 and 120 letters."))
    if AgendaSection.objects.filter(meeting=meeting.pk, title__iexact=words).exists():
        raise Refused(_("The agenda has the heading “%(heading)s” already.") % {"heading": words})
    return words
