"""Confirming a closed minute, in the admin. To those who do not release the part it is not there."""

from typing import Any, ClassVar

from django.forms import Form
from django.urls import path
from django.utils.translation import gettext_lazy as _

from minutes.confirmation_views import meetings_to_confirm_at
from minutes.operations.closed_confirming import confirm_closed_minute
from minutes.operations.minuting import who_presided
from minutes.restricted_forms import ConfirmClosedForm
from minutes.restricted_views import ContinueRestrictionView


class ConfirmClosedView(ContinueRestrictionView):
    """Confirming the closed minute of an item, as read or with corrections."""

    form_class: ClassVar[type[Form]] = ConfirmClosedForm
    shows_words = True
    title = button = _("Confirm the closed minute")
    explanation: Any = _(
        "The board agreed in private that it is a correct record. Put right below what the meeting put right: the words before are kept, "
        "sealed. It is final then. The public is told the day alone."
    )
    done = _("It is confirmed. The item’s page says on which day.")
    risky = True

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The meetings that can have confirmed it."""
        return {"meetings": meetings_to_confirm_at(record.meeting)}

    def initial(self) -> dict[str, Any]:
        """The next suitable meeting that has been, where there is one."""
        likely = next(iter(meetings_to_confirm_at(self.record.meeting)[:-1]), None)
        given: dict[str, Any] = {"seen": self.part_there.version}
        if likely is None:
            return given
        return {**given, "at_meeting": likely.pk, "presided_by": who_presided(likely), "confirmed_on": likely.day}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Confirm it."""
        return confirm_closed_minute(part=self.part_there, by=user, **answers)


urls = [path("items/<int:pk>/private/confirm/", ConfirmClosedView.as_view(), name="confirm_closed")]
