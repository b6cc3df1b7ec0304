"""The form on which anybody says what they think of an action: no account, no name, no script."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from governance.enums import Speaker
from governance.exceptions import Refused
from governance.models import ActionPage, Reference
from governance.numbering import reference_slug
from governance.operations.comments import LONGEST, receive_comment
from governance.visitors import place_of

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Characters that no keyboard writes and no page can show. Tabs and line ends are kept."""


class SentForm(forms.Form):
    """What anybody sends without an account: characters that cannot be shown are taken out and said, machines are refused."""

    leave_empty = forms.CharField(label=gettext_lazy("Leave this empty"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        held = [str(data.get(name, "")) for name in self.base_fields] if data is not None else []
        self._held_strange_characters = any(_CONTROL.search(written) for written in held)
        if data is not None:
            data = {name: _CONTROL.sub("", written) for name, written in zip(self.base_fields, held, strict=True)}
        super().__init__(data, **kwargs)

    def clean_text(self) -> str:
        """Refuse what cannot be shown; what is left of it stays in the form.

        Raises:
            ValidationError: there were characters that no keyboard writes.
        """
        if self._held_strange_characters:
            raise ValidationError(
                _("What you wrote held characters that cannot be shown. They were taken out: look at it and send it again.")
            )
        return str(self.cleaned_data["text"])

    def clean_leave_empty(self) -> str:
        """Refuse a machine that fills in everything.

        Raises:
            ValidationError: it is not empty.
        """
        if self.cleaned_data["leave_empty"]:
            raise ValidationError(_("The last box is there to catch machines. Leave it empty and send again."))
        return ""


class CommentForm(SentForm):
    """What is asked: what people think and, if they like, which group they are of."""

    text = forms.CharField(
        label=gettext_lazy("What do you think?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": gettext_lazy("Write what you think."),
            "max_length": gettext_lazy(
                "Make it shorter: %(limit_value)s characters are the most, and this has %(show_value)s."
            ),
        },
    )
    raised_by = forms.ChoiceField(
        label=gettext_lazy("Who are you? You need not say"),
        required=False,
        choices=[*Speaker.choices, ("", gettext_lazy("I would rather not say"))],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the lines, or none.")},
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, slug: str) -> HttpResponse:
    """The form for one action, by the action's reference. What is refused is said, and what was typed stays."""
    action = action_at(slug)
    form = CommentForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and not form.is_valid():
        status = 400
    elif form.is_bound:
        try:
            words = form.cleaned_data
            receive_comment(action=action, text=words["text"], raised_by=words["raised_by"], place=place_of(request))
            return HttpResponseRedirect(reverse("said", args=[slug]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            status = 429
    context = {"action": action, "form": form, "slug": slug, "longest": LONGEST}
    return render(request, "governance/say.html", context, status=status)


def said(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next with what was sent."""
    return render(request, "governance/said.html", {"action": action_at(slug)})


def action_at(slug: str) -> ActionPage:
    """The live action with a reference.

    Raises:
        Http404: there is none.
    """
    reference = Reference.objects.filter(slug=reference_slug(slug)).first()
    action = ActionPage.objects.live().filter(pk=reference.page_id).first() if reference else None
    if action is None:
        raise Http404
    return action
