"""What the page of an agenda item asks besides its own words: `{% load agendas %}`."""

from typing import Any

from django import template

from minutes import matters_arising as arising
from minutes import public_agenda
from minutes.models import AgendaItemPage, MeetingPage

register = template.Library()
register.simple_tag(public_agenda.carried_to, name="carried_to")
register.simple_tag(public_agenda.carried_from, name="carried_from")


@register.simple_tag
def minutes_confirmed_at(item: AgendaItemPage) -> MeetingPage | None:
    """The meeting whose minutes are to be confirmed at an item, where that is public."""
    if not item.confirms_minutes_of_id:
        return None
    return MeetingPage.objects.live().filter(pk=item.confirms_minutes_of_id).first()


@register.simple_tag
def matters_arising(meeting: MeetingPage) -> list[Any]:
    """The open actions of the meeting's board, each with the partners who have not reported back."""
    return arising.matters_of(meeting.board)
