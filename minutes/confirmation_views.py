"""Confirming minutes, and putting slips on a published agenda right, on pages of their own in the admin."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.views import RecordStepView
from minutes.confirmation_forms import MOST_ROWS, ROWS, ConfirmationForm, SignedCopyForm, SlipForm, items_of_any
from minutes.confirming import can_confirm_at
from minutes.models import AgendaItemPage, MeetingPage
from minutes.operations.corrections import correct_agenda
from minutes.operations.minuting import boards_that_confirm, confirm_minutes, who_presided
from minutes.operations.signed_copies import attach_signed_copy, publish_signed_copy
from minutes.permissions import may_correct, may_run_meeting

MOST_MEETINGS = 6
"""So many meetings are offered: the minutes of one are confirmed at the next, rarely at one after that."""


def meetings_to_confirm_at(meeting: MeetingPage) -> list[MeetingPage]:
    """The meetings at which the minutes of a meeting can have been confirmed: the next suitable ones that have been, then itself."""
    held: list[MeetingPage] = []
    for board in boards_that_confirm(meeting):
        later = (
            MeetingPage.objects.child_of(board).live().filter(starts_at__gt=meeting.starts_at, starts_at__lte=timezone.now())
        )
        held += [row for row in later.order_by("starts_at")[:MOST_MEETINGS] if can_confirm_at(meeting, row)]
    return [*held, meeting]


class ConfirmMinutesView(RecordStepView):
    """Confirming the minutes of a meeting: as read, or with the corrections that the board resolved."""

    record_class = MeetingPage
    form_class = ConfirmationForm
    template_name: ClassVar[str] = "minutes/admin/confirm_minutes.html"
    title = button = _("Confirm the minutes")
    explanation = _(
        "The board agreed that the minutes are a correct record. Their words are final from now on: nothing takes this back. The "
        "copy to be signed is built as the minutes pack."
    )
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The meetings that can have confirmed them; that whose agenda had them for confirmation, or else the first, unless another is chosen."""
        meetings = meetings_to_confirm_at(record)
        item = items_of_any(meetings).filter(confirms_minutes_of=record).first()
        held = [meeting for meeting in meetings if item is not None and item.path.startswith(meeting.path)]
        likely = next(iter([*held, *meetings[:-1]]), None)
        given: dict[str, Any] = {}
        if likely is not None:
            given = {
                "item": item.pk if item is not None else None,
                "at_meeting": likely.pk,
                "presided_by": who_presided(likely),
                "signed_on": likely.day,
            }
        return {"meetings": meetings, "initial": given}

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Confirm them, or make room for more corrections with everything that is typed kept."""
        if "more" not in request.POST:
            return super().post(request, **kwargs)
        data = request.POST.copy()
        number = data.get("rows", "")
        data["rows"] = str(min((int(number) if number.isdecimal() else ROWS) + ROWS, MOST_ROWS))
        return self._show(request, ConfirmationForm(data, **self.form_arguments(self.record, request.user)))

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Confirm them."""
        names = ("at_meeting", "item", "corrections", "presided_by", "signed_on")
        return confirm_minutes(meeting=record, by=user, **{name: answers[name] for name in names})


class AgendaSlipView(RecordStepView):
    """Putting a slip on a published agenda right."""

    record_class = AgendaItemPage
    form_class = SlipForm
    title = button = _("Correct a slip")
    explanation = _(
        "For a wrong letter, date or name on a published agenda. The item stays public and says what was corrected and when. Packs "
        "issued before hold the old words: build them again afterwards. What changes the business is changed on the item itself."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_correct(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Put it right."""
        return correct_agenda(item=record, by=user, **answers)


class AttachSignedCopyView(RecordStepView):
    """Attaching the scan of the signed minutes. It is checked as every paper is, and public only by a step of its own."""

    record_class = MeetingPage
    form_class = SignedCopyForm
    title = button = _("Attach the signed copy")
    explanation = _(
        "The scan is checked like every paper; look at what was found under “Papers” of the meeting's first item. It stands beside "
        "the minutes once you publish it, and never takes their place."
    )

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take the file in."""
        return attach_signed_copy(meeting=record, upload=answers["file"], by=user)


class PublishSignedCopyView(RecordStepView):
    """Publishing the signed copy of minutes."""

    record_class = MeetingPage
    title = button = _("Publish the signed copy")
    explanation = _("The scan stands on the page of the meeting, beside the minutes.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_run_meeting(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Publish it."""
        return publish_signed_copy(meeting=record, by=user)


urls: list[URLPattern] = [
    path("meetings/<int:pk>/signed/", AttachSignedCopyView.as_view(), name="attach_signed_copy"),
    path("meetings/<int:pk>/signed/publish/", PublishSignedCopyView.as_view(), name="publish_signed_copy"),
    path("meetings/<int:pk>/confirm/", ConfirmMinutesView.as_view(), name="confirm_minutes"),
    path("items/<int:pk>/slip/", AgendaSlipView.as_view(), name="correct_agenda"),
]
