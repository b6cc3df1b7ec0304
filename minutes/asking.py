"""The form on which anybody puts a question, brings a petition or asks to be heard at a meeting: no account, no script."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.enums import QuestionKind
from governance.exceptions import Refused
from governance.having_a_say import SentForm
from governance.models import Reference
from governance.numbering import reference_slug
from governance.visitors import place_of
from minutes.models import MeetingPage
from minutes.operations.questions import LONGEST, Contact, send_question
from minutes.question_rules import check_is_whole
from minutes.question_time import deadlines_of, open_deadlines

TOO_LONG = gettext_lazy("Make it shorter: %(limit_value)s characters are the most, and this has %(show_value)s.")


class QuestionForm(SentForm):
    """What is asked of somebody who puts something to a meeting. The name is shown only where they agree."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what it is."),
            "invalid_choice": gettext_lazy("Choose one of the lines."),
        },
    )
    subject = forms.CharField(
        label=gettext_lazy("What is it about, in one line?"),
        max_length=250,
        required=False,
        error_messages={"max_length": TOO_LONG},
    )
    signatures = forms.IntegerField(
        label=gettext_lazy("How many people signed?"),
        required=False,
        min_value=1,
        max_value=10_000_000,
        error_messages={
            "invalid": gettext_lazy("Write the number of signatures in digits."),
            "min_value": gettext_lazy("A petition has at least one signature."),
            "max_value": gettext_lazy("That is more people than live here. Check the number."),
        },
    )
    text = forms.CharField(
        label=gettext_lazy("Your words"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={"max_length": TOO_LONG},
    )
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=150,
        error_messages={"required": gettext_lazy("Write your name."), "max_length": TOO_LONG},
    )
    show_name = forms.BooleanField(label=gettext_lazy("My name may be shown"), required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        error_messages={"invalid": gettext_lazy("Write an e-mail address such as name@example.org.")},
    )
    telephone = forms.CharField(
        label=gettext_lazy("Telephone"), required=False, max_length=40, error_messages={"max_length": TOO_LONG}
    )

    def __init__(self, data: Any = None, *, kinds: list[str]) -> None:
        super().__init__(data, initial={"kind": kinds[0]})
        self.fields["kind"].choices = [(kind, QuestionKind(kind).label) for kind in kinds]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse what its kind cannot do without, and somebody who cannot be reached.

        Raises:
            ValidationError: saying which.
        """
        answers = super().clean() or {}
        if self.errors:
            return answers
        try:
            parts = {name: answers[name] for name in ("kind", "text", "subject", "signatures")}
            check_is_whole(**parts)
        except Refused as missing:
            raise ValidationError(str(missing)) from missing
        if not answers["email"] and not answers["telephone"].strip():
            raise ValidationError(_("Give an e-mail address or a telephone number, so that we can tell you what comes of it."))
        return answers


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for one meeting, by its reference. What is refused is said, and what was typed stays."""
    meeting = meeting_at(slug)
    board = meeting.board
    deadlines = open_deadlines(meeting, board, timezone.now())
    context = {"meeting": meeting, "board": board, "slug": slug, "deadlines": deadlines, "longest": LONGEST}
    if not deadlines:
        closed = {**context, "deadlines": deadlines_of(meeting, board), "typed": request.POST.get("text", "")}
        return render(request, "minutes/ask_closed.html", closed, status=409 if request.method == "POST" else 200)
    form = QuestionForm(request.POST if request.method == "POST" else None, kinds=[one.kind for one in deadlines])
    status = 400
    if form.is_bound and form.is_valid():
        try:
            _send(meeting, form.cleaned_data, place_of(request))
            return HttpResponseRedirect(reverse("asked", args=[slug]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 429
    return render(request, "minutes/ask.html", {**context, "form": form}, status=status if form.is_bound else 200)


def asked(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next with what was sent."""
    return render(request, "minutes/asked.html", {"meeting": meeting_at(slug)})


def meeting_at(slug: str) -> MeetingPage:
    """The live meeting with a reference.

    Raises:
        Http404: there is none.
    """
    reference = Reference.objects.filter(slug=reference_slug(slug)).first()
    meeting = MeetingPage.objects.live().filter(pk=reference.page_id).first() if reference else None
    if meeting is None:
        raise Http404
    return meeting


def _send(meeting: MeetingPage, answers: dict[str, Any], place: str) -> None:
    who = answers["name"] if answers["show_name"] else _("A member of the public")
    contact = Contact(name=answers["name"], email=answers["email"], telephone=answers["telephone"])
    words = {name: answers[name] for name in ("kind", "text", "subject", "signatures")}
    send_question(meeting=meeting, asked_by=who, contact=contact, place=place, **words)
