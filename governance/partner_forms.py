"""What the steps with partners ask for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from governance.enums import ActionStatus, AnswerKind, RequestKind
from governance.models import Organisation, PartnerAnswer
from governance.operations.moderation import STARTED, usual_news
from governance.operations.partners import takes_part_in
from governance.partner_rules import LONGEST_WORDS, WORDS

USUAL_WAIT = timedelta(days=14)


def _area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class NewsWantedForm(forms.Form):
    """Who is asked for news, where the link goes and by when."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=None)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Leave it empty to use the organisation's own address for requests."),
    )
    due_on = forms.DateField(label=_("Answer due by"), widget=AdminDateInput)

    def __init__(self, *args: Any, action: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keys = [organisation.pk for organisation in takes_part_in(action)]
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        self.fields["due_on"].initial = timezone.localdate() + USUAL_WAIT

    def clean(self) -> dict[str, Any]:
        """Fill in the organisation's own address, and refuse to ask where none is known."""
        answers = super().clean() or {}
        organisation = answers.get("organisation")
        if organisation is not None and not answers.get("email") and "email" not in self.errors:
            answers["email"] = organisation.request_email
            if not answers["email"]:
                self.add_error("email", _("No address is known for this organisation. Give one."))
        return answers


class CascadeForm(forms.Form):
    """Which organisations are asked to pass something on, and to whom they report."""

    organisations = forms.ModelMultipleChoiceField(
        label=_("Organisations"),
        queryset=Organisation.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The link goes to each one's address for requests. One without an address is asked by you in another way."),
    )
    report_to = forms.CharField(label=_("Report to"), max_length=200, help_text=_("The board or a workstream."))
    due_on = forms.DateField(
        label=_("Report due by"), required=False, widget=AdminDateInput, help_text=_("Only where a date was agreed.")
    )

    def __init__(self, *args: Any, action: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = action.partner_requests.filter(kind=RequestKind.CASCADE).values("organisation")
        left = Organisation.objects.filter(ended_on=None).exclude(pk__in=asked)
        self.fields["organisations"].queryset = left  # type: ignore[attr-defined]
        self.fields["report_to"].initial = action.board.title


class LinkForm(forms.Form):
    """Where a new link goes."""

    email = forms.EmailField(label=_("E-mail address"))

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].initial = organisation.request_email


class ApproveForm(forms.Form):
    """How an answer becomes news. For other answers there is nothing to fill in."""

    title = forms.CharField(label=_("Title of the news"), max_length=200)
    status = forms.ChoiceField(label=_("The action is then"))
    milestones = forms.MultipleChoiceField(
        label=_("Steps that are done"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Ticked are those that the partner says are done. You decide."),
    )
    publish = forms.BooleanField(
        label=_("Publish it now"), required=False, initial=True, help_text=_("Otherwise it is a draft that only editors see.")
    )

    def __init__(self, *args: Any, answer: PartnerAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if answer.kind != AnswerKind.UPDATE or answer.partner_request.kind != RequestKind.NEWS:
            self.fields.clear()
            return
        usual = usual_news(answer)
        # What ends an action owes the public more than a partner's link asks for: an editor writes it.
        choices = [(status.value, status.label) for status in ActionStatus if status in STARTED]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]
        steps = answer.partner_request.action.milestones.filter(done_on=None).values_list("pk", "name")
        self.fields["milestones"].choices = list(steps)  # type: ignore[attr-defined]
        if not steps:
            del self.fields["milestones"]
        # What ends an action says more than a partner is asked for: what is different, for whom, and how that is known.
        publish = not answer.says_completed
        self.initial = {"title": usual.title, "status": usual.status, "publish": publish, "milestones": usual.milestones}
        if answer.says_completed:
            self.fields["publish"].help_text = _(
                "The partner says that the promise is kept. To say so, take it as a draft: set it to “Completed” in the editor "
                "and add what came of it."
            )


class ReturnForm(forms.Form):
    """What the partner should look at again."""

    comment = forms.CharField(
        label=_("Comment"), max_length=LONGEST_WORDS, widget=_area(4), help_text=_("The partner reads this in the mail.")
    )


class SuggestForm(forms.Form):
    """Other words for the texts of an answer."""

    def __init__(self, *args: Any, answer: PartnerAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in WORDS:
            if getattr(answer, name) or name == "words":
                label = str(PartnerAnswer._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
                self.fields[name] = forms.CharField(
                    label=label, initial=getattr(answer, name), required=name == "words", widget=_area(5)
                )
