"""Redacting a record in the admin: one person asks, another sees what would be replaced where, and does it or returns it."""

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters

from governance.exceptions import Refused
from governance.models import Removal
from governance.operations.carrying_out_removals import have_carried_out
from governance.operations.redacting import ask_to_redact, redaction_asked
from governance.operations.removals import places_of, return_removal, words_asked
from governance.passages import Passages
from governance.permissions import may_publish_for, may_write_for
from governance.removing import FileLeft, files_told, files_with
from governance.views import RecordStepView

kept_nowhere = method_decorator([sensitive_post_parameters(), cache_control(private=True, no_store=True)], name="dispatch")
"""No browser, server or report of a fault keeps what is shown or sent."""


class RedactForm(forms.Form):
    """The words, and why they must go."""

    words = forms.CharField(
        label=_("The words"),
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text=_("Line by line, as they stand. Each line is looked for everywhere and replaced by a marker."),
    )
    reason = forms.CharField(
        label=_("Why they must not be held"),
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Kept with the ledger, not public. Do not repeat the words."),
    )


class CommentForm(forms.Form):
    """Why a request is returned."""

    comment = forms.CharField(label=_("Why it is returned"), widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}))


class SettlesRemoval:
    """A step with a removal of words that waits for another person. Its `removal` finds it.

    Attributes:
        nobody_asked: what is said where none waits.
        return_name: the name of the address at which it is returned instead.
        removal: the removal that waits; None where there is none.
    """

    nobody_asked: ClassVar[Any]
    return_name: ClassVar[str]
    record: Any

    @property
    def removal(self) -> Removal | None:
        """The removal that waits."""
        raise NotImplementedError  # pragma: no cover - every step says which

    def waiting(self) -> Removal:
        """The same.

        Raises:
            Refused: none does.
        """
        found = self.removal
        if found is None:
            raise Refused(self.nobody_asked)
        return found

    def return_address(self) -> str:
        """Where the request is returned instead."""
        return reverse(self.return_name, args=[self.record.pk])


class ReturnsRemoval(SettlesRemoval):
    """Returning what was asked for."""

    template_name = "governance/admin/step.html"
    form_class: ClassVar[type[forms.Form]] = CommentForm
    explanation: Any = _("Nothing is replaced, and the words that were asked for are forgotten.")
    done: Any = _("Returned. Nothing was replaced.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Return it."""
        return return_removal(removal=self.waiting(), by=user, **answers)


class ShowsPlaces(SettlesRemoval):
    """A page that shows the words of a removal and where they stand, before they are replaced.

    Attributes:
        passages: the words, once a key has opened them.
        places: the kinds of rows in which they stand, each with how often.
        files: the files in which they were read, which nobody edits.
        refused: why they are not shown.
        registers: whether the registers of people and bodies are looked at too.
    """

    passages: tuple[str, ...] = ()
    places: tuple[tuple[str, int], ...] = ()
    files: tuple[FileLeft, ...] = ()
    refused = ""
    registers = False
    carried_out: Removal | None = None
    template_name = "governance/admin/removal.html"
    button: Any = _("Replace them everywhere")
    done: Any = _("The worker is carrying it out. This page says how far it is.")
    risky = True

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The words and the places; how far it is, for the two who asked for it and had it carried out."""
        found = self.removal
        if found is not None and found.is_under_way and request.user.pk in {found.asked_by_id, found.confirmed_by_id}:
            return redirect("removal", found.pk)
        answer: HttpResponse = super().get(request, **kwargs)  # type: ignore[misc]
        return answer

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Have it carried out."""
        self.carried_out = have_carried_out(removal=self.waiting(), by=user)

    def afterwards(self) -> str:
        """Where it is told how far it is; before that where the record is."""
        if self.carried_out is not None:
            return reverse("removal", args=[self.carried_out.pk])
        return str(super().afterwards())  # type: ignore[misc]

    def _show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        """With the words and the places, if there is a key that opens them."""
        try:
            asked, _besides = words_asked(self.waiting())
            passages = Passages.of(asked.values())
            places = places_of(passages, registers=self.registers)
            self.passages, self.places = passages.words, tuple(places.told)
            self.files = tuple(files_told(files_with(places.rows)))
        except Refused as refusal:
            self.refused = "" if form.errors else str(refusal)
        answer: HttpResponse = super()._show(request, form, status)  # type: ignore[misc]
        return answer


@kept_nowhere
class AskToRedactView(RecordStepView):
    """Asking that words of a record be redacted."""

    form_class = RedactForm
    title = _("Redact words of this record")
    explanation = _(
        "For words that must not be held at all. They are kept nowhere. What must only be kept from the public is moved to the part of its item that is not for publication instead."
    )
    button = _("Ask for it")
    done = _("Asked for. Somebody else who publishes for the board sees what would be replaced, and carries it out.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask for it."""
        return ask_to_redact(record=record, by=user, **answers)


class RedactionStep(SettlesRemoval, RecordStepView):
    """A step with a redaction that waits."""

    nobody_asked = _("Nobody asked for a redaction of this record.")
    return_name = "return_redaction"

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_publish_for(user, record)

    @property
    def removal(self) -> Removal | None:
        """The redaction that waits."""
        return redaction_asked(self.record)


@kept_nowhere
class RedactView(ShowsPlaces, RedactionStep):
    """Seeing where words would be replaced, and doing it."""

    form_class: ClassVar[type[forms.Form]] = forms.Form
    title = _("Redact the words")
    explanation: Any = _("Read the words and where they stand. They are kept nowhere: it cannot be taken back.")


@kept_nowhere
class ReturnRedactionView(ReturnsRemoval, RedactionStep):
    """Returning what was asked for."""

    title = button = _("Return the request")


def redaction_addresses() -> list[URLPattern]:
    """The addresses, below that of the admin."""
    return [
        path("records/<int:pk>/redact/ask/", AskToRedactView.as_view(), name="ask_to_redact"),
        path("records/<int:pk>/redact/", RedactView.as_view(), name="redact"),
        path("records/<int:pk>/redact/return/", ReturnRedactionView.as_view(), name="return_redaction"),
    ]
