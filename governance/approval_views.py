"""Approving a draft: a small page that a link in a mail opens, on a phone too. What will be public, and two buttons."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from wagtail.models import Page

from governance.approving import check_approves
from governance.draft_words import words_of_draft
from governance.exceptions import Refused
from governance.models import ApprovalRequest, RecordPage, User
from governance.operations.approving import (
    approve_record,
    ask_for_approval,
    changed_last_by,
    needs_another,
    return_record,
)
from governance.permissions import may_ask_for_approval
from governance.views import RecordStepView


class CommentForm(forms.Form):
    """What is to be changed before it can be public."""

    comment = forms.CharField(
        label=gettext_lazy("What is to be changed"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class AskApprovalView(RecordStepView):
    """Asking the approvers of the board to publish a draft."""

    title = button = gettext_lazy("Ask for approval")
    explanation = gettext_lazy("The approvers of the board get a mail with a link to what will be public.")

    def may(self, user: Any, record: Any) -> bool:
        """Whoever may change the draft."""
        return may_ask_for_approval(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask."""
        return ask_for_approval(page=record, by=user)


class ApproveRecordView(View):
    """One draft: its words, Approve, Return with a comment."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the draft.

        Raises:
            Http404: there is none.
            PermissionDenied: it is no record, or the person does not publish it.
        """
        record = get_object_or_404(Page, pk=kwargs["pk"]).specific
        if not isinstance(record, RecordPage) or not record.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        self.record = record
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show what will be public."""
        return self._show(request, CommentForm(), 200)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Approve it or return it. What is refused is said, and what was typed stays."""
        form = CommentForm(request.POST)
        form.is_valid()
        try:
            if request.POST.get("version") != str(self.record.latest_revision_id):
                raise Refused(_("It was changed after you opened this page. Read it as it is now."))
            if "return" in request.POST:
                return_record(page=self.record, by=request.user, comment=form.cleaned_data.get("comment", ""))
                messages.success(request, _("Returned with your comment."))
            else:
                approve_record(page=self.record, by=request.user)
                messages.success(request, _("Approved. It is public now."))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, 409)
        return redirect("approve_record", pk=self.record.pk)

    def _show(self, request: HttpRequest, form: forms.Form, status: int) -> HttpResponse:
        record = self.record
        waits = not record.live or record.has_unpublished_changes
        draft = record.get_latest_revision_as_object() if waits else record
        asked = ApprovalRequest.objects.filter(page=record.pk).select_related("asked_by").last()
        context = {
            "record": record,
            "waits": waits,
            "words": words_of_draft(draft, record if record.live and waits else None),
            "asked": asked,
            "writer": User.objects.filter(pk=changed_last_by(record) or 0).first(),
            "because": self._why_not(request.user) if waits else "",
            "form": form,
        }
        return render(request, "governance/approve.html", context, status=status)

    def _why_not(self, user: Any) -> str:
        """Why the person is not the one to approve it; empty where they are."""
        try:
            if needs_another(self.record):
                check_approves(record=self.record, by=user.pk, changed_by=changed_last_by(self.record))
        except Refused as refusal:
            return str(refusal)
        return ""
