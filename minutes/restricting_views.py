"""Moving words that stand on an item to its part not for publication: one person asks, another sees what would change and does it."""

from html import unescape
from typing import Any, ClassVar

from django.forms import Form
from django.urls import path, reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext_lazy as _

from governance.models import Removal
from governance.redaction_views import ReturnsRemoval, SettlesRemoval, ShowsPlaces
from minutes.models import MinutePage, ResolutionPage, RestrictedPart
from minutes.operations.restricted import Restriction
from minutes.operations.restricting import ask_to_restrict, removal_asked
from minutes.restricted_forms import MoveForm
from minutes.restricted_reading import may_release_restricted, may_write_restricted
from minutes.restricted_views import RestrictedStepView


class AskToRestrictView(RestrictedStepView):
    """Asking that words be moved."""

    form_class = MoveForm
    needs_part = False
    title = _("Move words to the part not for publication")
    explanation = _(
        "Below stands what the item says now. Leave only what must not be public, line by line, as it stands: each line is looked for everywhere and replaced by a marker. What must be out of sight at once is withdrawn in an emergency first."
    )
    button = _("Ask for it")
    done = _("Asked for. Somebody else who publishes for the board sees what would be replaced, and carries it out.")

    def may(self, user: Any, record: Any) -> bool:
        """Democratic services of the board."""
        return may_write_restricted(user, record)

    def initial(self) -> dict[str, Any]:
        """What the item, its minute and its resolutions say."""
        item = self.record
        minute = MinutePage.objects.child_of(item).first()
        resolved = [page.full_text for page in ResolutionPage.objects.child_of(item).order_by("position")]
        return {
            "title": item.title,
            "text": "\n".join(filter(None, [_lines(item.body), _lines(item.recommendations)])),
            "resolved": "\n".join(resolved),
            "minute": _lines(minute.text) if minute is not None else "",
            "public_interest": item.exempt_reason,
            "review_on": item.exempt_review_on,
            "grounds": [item.exempt_ground_id] if item.exempt_ground_id else [],
        }

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask for it."""
        words, reason = answers.pop("words"), answers.pop("reason")
        return ask_to_restrict(item=record, words=words, restriction=Restriction(**answers), reason=reason, by=user)

    def afterwards(self) -> str:
        """The item."""
        return reverse("wagtailadmin_pages:edit", args=[self.record.pk])


class WaitingMoveView(SettlesRemoval, RestrictedStepView):
    """A step with a move that waits."""

    needs_part = False
    nobody_asked = _("Nobody asked that words of this item be moved.")
    return_name = "return_restrict"

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_release_restricted(user, record)

    @property
    def removal(self) -> Removal | None:
        """The move that waits."""
        return removal_asked(self.record)

    def afterwards(self) -> str:
        """The part, where there is one; else the item."""
        if RestrictedPart.objects.filter(item=self.record).exists():
            return reverse("restricted_part", args=[self.record.pk])
        return reverse("wagtailadmin_pages:edit", args=[self.record.pk])


class RestrictView(ShowsPlaces, WaitingMoveView):
    """Seeing where words would be replaced, and doing it."""

    form_class: ClassVar[type[Form]] = Form
    title = _("Move the words to the part not for publication")
    explanation: Any = _("Read the words and where they stand. It cannot be taken back.")


class ReturnRestrictView(ReturnsRemoval, WaitingMoveView):
    """Returning what was asked for."""

    title = button = _("Return the request")


def _lines(html: str) -> str:
    """Rich text as lines of plain words."""
    parted = html.replace("</p>", "</p>\n").replace("</li>", "</li>\n").replace("<br/>", "\n")
    lines = (" ".join(line.split()) for line in unescape(strip_tags(parted)).splitlines())
    return "\n".join(line for line in lines if line)


urls = [
    path("items/<int:pk>/private/move/", AskToRestrictView.as_view(), name="ask_to_restrict"),
    path("items/<int:pk>/private/replace/", RestrictView.as_view(), name="restrict"),
    path("items/<int:pk>/private/return-move/", ReturnRestrictView.as_view(), name="return_restrict"),
]
