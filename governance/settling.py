"""Settling a comment in the admin: published and answered in one step, or kept back with the reason."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from governance.enums import PointAnswer
from governance.models import ActionPage, Comment
from governance.operations.comments import decline_comment, publish_comment
from governance.permissions import may_publish_for
from governance.views import RecordStepView

PUBLISH, KEEP_BACK = "publish", "keep_back"
ANSWERS = [(kind.value, kind.label) for kind in PointAnswer if kind != PointAnswer.WAITING]


class SettleForm(forms.Form):
    """What becomes of a comment."""

    decision = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=[(PUBLISH, _("Publish it with this answer")), (KEEP_BACK, _("Do not publish it"))],
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("The words to publish"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Take out only what names somebody or tells of their health, and mark the place with […]."),
    )
    kind = forms.ChoiceField(label=_("What came of it"), choices=[("", "—"), *ANSWERS], required=False)
    answer = forms.CharField(label=_("Our answer"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    reason = forms.CharField(
        label=_("Why it is not published"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("It is shown to the public. Do not repeat what was said. Such as: it names somebody."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for what the decision needs."""
        answers = super().clean() or {}
        decision = answers.get("decision")
        if decision == PUBLISH and not (answers.get("kind") and answers.get("answer", "").strip()):
            self.add_error("answer", _g("Say what came of it, and give the answer: both are published with it."))
        if decision == KEEP_BACK and not answers.get("reason", "").strip():
            self.add_error("reason", _g("Give the reason: it is shown to the public."))
        return answers


class SettleCommentView(RecordStepView):
    """Reading one comment and settling it. The step belongs to the action, so its rights are those on the action."""

    record_class = ActionPage
    form_class = SettleForm
    title = button = _("Settle this comment")
    explanation = _("Published, it stands on the page of the action beside the answer, by group and without a name.")
    done = _("Settled.")

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the comment among those on the action.

        Raises:
            Http404: there is none.
        """
        super().setup(request, *args, **kwargs)
        self.comment = get_object_or_404(Comment, pk=kwargs["comment"], about=kwargs["pk"])

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for the board."""
        return may_publish_for(user, record)

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """The words as they were written."""
        return {"initial": {"text": self.comment.text}}

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Publish it with its answer, or keep it back."""
        if answers["decision"] == KEEP_BACK:
            return decline_comment(comment=self.comment, reason=answers["reason"], by=user)
        words = {name: answers[name] for name in ("text", "kind", "answer")}
        return publish_comment(comment=self.comment, by=user, **words)

    def afterwards(self) -> str:
        """Back to the list of comments."""
        return reverse("governance_comment_modeladmin_index")
