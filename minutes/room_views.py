"""The page “Who is in the room” and its steps; each calls one operation."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from governance.exceptions import Refused
from governance.models import Person
from governance.permissions import may_write_for
from governance.views import RecordStepView
from minutes.enums import Presence
from minutes.models import AgendaItemPage, Attendance, MeetingPage
from minutes.operations.attendance import remove_presence, set_presence
from minutes.operations.ratifying import send_for_ratification
from minutes.permissions import may_record_attendance, may_see_room
from minutes.room import room_now
from minutes.room_forms import LineForm, NewLineForm, RatifyForm
from minutes.room_lines import lines_of
from minutes.room_presses import pressed

AT_ONE_PRESS = (Presence.PRESENT, Presence.REMOTE, Presence.APOLOGIES, Presence.ABSENT)


def _room(meeting: MeetingPage) -> str:
    return reverse("meeting_room", args=[meeting.pk])


class RoomView(View):
    """Every member of the board on that day with one press for each presence, and whether there is a quorum."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Those who write for the board; who looks at everything reads.

        Raises:
            PermissionDenied: somebody else.
        """
        self.meeting = get_object_or_404(MeetingPage, pk=kwargs["pk"])
        self.records = may_record_attendance(request.user, self.meeting)
        if not (self.records or (request.method == "GET" and may_see_room(request.user, self.meeting))):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Who is there, at the item that is asked for or at any time."""
        return self._show(request)

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Record one presence of one member."""
        person = get_object_or_404(Person, pk=request.POST.get("person") or 0)
        said = self._said(request, person)
        if said is None:
            return self._show(request, _("Choose present, remotely, apologies or absent."), 400)
        try:
            set_presence(meeting=self.meeting, person=person, by=request.user, **said)
        except Refused as refusal:
            return self._show(request, str(refusal), 409)
        except ValidationError as error:
            return self._show(request, " ".join(error.messages), 409)
        chosen = request.POST.get("item", "")
        asked = f"?item={chosen}" if chosen.isdecimal() else ""
        return redirect(f"{_room(self.meeting)}{asked}#person-{person.pk}")

    def _said(self, request: HttpRequest, person: Person) -> dict[str, Any] | None:
        """What the pressed button says of a member; None where it says nothing."""
        presence = request.POST.get("presence", "")
        if presence in AT_ONE_PRESS:
            return {"presence": presence}
        row = Attendance.objects.filter(meeting=self.meeting, person=person).first()
        return pressed(request.POST.get("step", ""), row, self._item(request))

    def _item(self, request: HttpRequest) -> AgendaItemPage | None:
        chosen = (request.POST or request.GET).get("item", "")
        return AgendaItemPage.objects.child_of(self.meeting).filter(pk=chosen).first() if chosen.isdecimal() else None

    def _show(self, request: HttpRequest, problem: Any = "", status: int = 200) -> HttpResponse:
        items = list(AgendaItemPage.objects.child_of(self.meeting).order_by("position", "path"))
        chosen = (request.POST or request.GET).get("item", "")
        item = next((one for one in items if str(one.pk) == chosen), None)
        members, others = lines_of(self.meeting)
        context = {
            "meeting": self.meeting,
            "members": members,
            "others": others,
            "items": items,
            "item": item,
            "room": room_now(self.meeting, item),
            "presences": AT_ONE_PRESS,
            "may_write": may_write_for(request.user, self.meeting),
            "problem": problem,
            "records": self.records,
        }
        return render(request, "minutes/admin/room.html", context, status=status)


class AddLineView(RecordStepView):
    """Adding a substitute, an officer or a guest."""

    record_class = MeetingPage
    form_class = NewLineForm
    title = button = _("Add somebody")
    explanation = _("For substitutes, people in attendance and observers. Members of the board are listed already.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_record_attendance(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The agenda and the members."""
        return {"meeting": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it. A person of the register has their name and the vote of the seat from there."""
        fields = dict(answers)
        if fields["person"] is not None:
            fields = {name: value for name, value in fields.items() if name != "votes" and (name != "name" or value)}
        return set_presence(meeting=record, by=user, **fields)

    def afterwards(self) -> str:
        """The room."""
        return _room(self.record)


class LineView(RecordStepView):
    """Saying more of somebody: when they came and went, that they took the chair."""

    record_class = Attendance
    form_class: ClassVar[type[Form]] = LineForm
    title = button = _("Change the attendance")
    explanation = _("The item of arrival and of leaving decide for which items the member counts and may vote.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_record_attendance(user, record.meeting)

    def subtitle(self) -> str:
        """Whose line it is."""
        return str(self.record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """What is recorded."""
        recorded = {name: getattr(record, name) for name in LineForm.base_fields}
        return {"meeting": record.meeting, "initial": recorded}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Change it."""
        return set_presence(meeting=record.meeting, line=record, by=user, **answers)

    def afterwards(self) -> str:
        """The room."""
        return _room(self.record.meeting)


class RemoveLineView(LineView):
    """Taking back a line that should not be there."""

    form_class = Form
    title = button = _("Take out of the attendance")
    explanation = _("For somebody who was entered by mistake. The ledger keeps that the line was there.")
    risky = True

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """It asks nothing."""
        return {}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take it out."""
        self.meeting = record.meeting
        return remove_presence(line=record, by=user)


class RatifyView(RecordStepView):
    """Sending an item that could not be decided to a meeting that can."""

    record_class = AgendaItemPage
    form_class = RatifyForm
    title = button = _("Send for ratification")
    explanation = _("It becomes a draft item at the end of that agenda, for decision, and the two items lead to each other.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_record_attendance(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The meetings that are to come."""
        return {"item": record}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Send it."""
        return send_for_ratification(item=record, meeting=answers["meeting"], recommended=answers["recommended"], by=user)
