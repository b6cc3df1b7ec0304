"""Carrying an item over to another meeting or referring it to another board, as a step on the item."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.models import BoardPage
from governance.permissions import may_write_for
from governance.views import RecordStepView
from governance.wording import day_in_full
from minutes.enums import UPCOMING
from minutes.models import AgendaItemPage, MeetingPage
from minutes.operations.carrying import carry_to_meeting, refer_to_board
from minutes.permissions import may_build_agenda
from minutes.public_record import with_boards

MEETING, BOARD = "meeting", "board"
AS_MANY_MEETINGS = 60


class CarryForm(forms.Form):
    """Where an item goes."""

    to = forms.ChoiceField(
        label=_("To"), help_text=_("Without a meeting, it comes onto the work programme of the board."), widget=forms.Select
    )

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = choices  # type: ignore[attr-defined]


class CarryItemView(RecordStepView):
    """Carrying an item over, or referring it."""

    record_class = AgendaItemPage
    form_class = CarryForm
    title = button = _("Carry over or refer")
    explanation = _(
        "The item comes to the other agenda as a draft with its words and its presenters; its papers are listed anew. Both pages link to each other once they are public."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_build_agenda(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """Meetings to come of the boards that the person writes for, this one's first; and every board."""
        own = record.meeting.board
        later = MeetingPage.objects.filter(status__in=UPCOMING, starts_at__gt=record.meeting.starts_at).order_by("starts_at")
        known = with_boards(list(later[:AS_MANY_MEETINGS]))
        boards = list(BoardPage.objects.live().filter(ended_on=None).order_by("title"))
        written_for = {board.pk for board in boards if may_write_for(user, board)}
        rows = [(meeting, board) for meeting, board in known if board and board.pk in written_for]
        rows.sort(key=lambda row: row[1].pk != own.pk)
        choices = [(f"{MEETING}-{meeting.pk}", f"{board.title}, {day_in_full(meeting.starts_at)}") for meeting, board in rows]
        unset = _g("%(board)s, a meeting that is not set yet")
        boards.sort(key=lambda board: board.pk != own.pk)
        return {"choices": [*choices, *((f"{BOARD}-{board.pk}", unset % {"board": board.title}) for board in boards)]}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Carry it over, or refer it."""
        kind, _dash, key = answers["to"].partition("-")
        if kind == MEETING:
            self.carried = carry_to_meeting(item=record, meeting=MeetingPage.objects.get(pk=int(key)), by=user)
        else:
            refer_to_board(item=record, board=BoardPage.objects.get(pk=int(key)), by=user)

    def afterwards(self) -> str:
        """To the new item, or back."""
        made = getattr(self, "carried", None)
        return reverse("wagtailadmin_pages:edit", args=[made.pk if made else self.record.pk])
