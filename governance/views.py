"""Steps that an editor takes with a record in the admin, each asked for on a page of its own."""

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views import View

from wagtail.models import Page

from governance.exceptions import Refused
from governance.forms import ReasonForm
from governance.models import RecordPage
from governance.operations.publishing import withdraw_record
from governance.permissions import may_withdraw


class RecordStepView(View):
    """One step: says what will happen, asks for what it needs, and runs an operation.

    Attributes:
        template_name: the template of its page.
        record_class: what sort of record it is taken with.
        form_class: what it asks for.
        title, explanation, button: what it says.
        done: what is said afterwards.
        risky: whether the button warns.
    """

    template_name: ClassVar[str] = "governance/admin/step.html"
    record_class: ClassVar[type[Model]] = Page
    form_class: ClassVar[type[forms.Form]] = forms.Form
    title: Any = ""
    explanation: Any = ""
    button: Any = ""
    done: Any = _("Done.")
    risky: bool = False

    def may(self, user: Any, record: Any) -> bool:
        """Whether the person may take the step."""
        raise NotImplementedError  # pragma: no cover - every step says who

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Take the step. What a rule refuses is shown on the page."""
        raise NotImplementedError  # pragma: no cover - every step says what

    def form_arguments(self, record: Any, user: Any) -> dict[str, Any]:
        """What the form is made with."""
        return {}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Find the record and ask whether the person may.

        Raises:
            PermissionDenied: the person may not.
        """
        self.record: Any = self.find(kwargs["pk"])
        if not self.may(request.user, self.record):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def find(self, key: int) -> Any:
        """The record of an address.

        Raises:
            Http404: there is none.
            PermissionDenied: it is a page, but no record.
        """
        record = get_object_or_404(self.record_class._default_manager, pk=key)
        if isinstance(record, Page):
            record = record.specific
            if not isinstance(record, RecordPage):
                raise PermissionDenied
        return record

    def subtitle(self) -> str:
        """Which record it is, beside the title."""
        return str(self.record.get_admin_display_title())

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Say what will happen and ask."""
        return self._show(request, self.form_class(**self.form_arguments(self.record, request.user)))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Take the step, or say why not."""
        form = self.form_class(request.POST, request.FILES, **self.form_arguments(self.record, request.user))
        if not form.is_valid():
            return self._show(request, form, status=400)
        try:
            self.run(self.record, form.cleaned_data, request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            form.add_error(None, "; ".join(error.messages))
        if form.errors:
            return self._show(request, form, status=409)
        messages.success(request, self.done)
        return redirect(self.afterwards())

    def afterwards(self) -> str:
        """Where the person is taken then."""
        return reverse("wagtailadmin_pages:edit", args=[self.record.pk])

    def _show(self, request: HttpRequest, form: forms.Form, status: int = 200) -> HttpResponse:
        return render(request, self.template_name, {"step": self, "record": self.record, "form": form}, status=status)


class WithdrawView(RecordStepView):
    """Taking a record out of public view."""

    form_class = ReasonForm
    title = _("Withdraw from public view")
    explanation = _(
        "The page will no longer be public. Its address stays: whoever follows it reads that the record was withdrawn, when, and the reason you give here."
    )
    button = _("Withdraw")
    done = _("Withdrawn. Its address now tells the reason.")
    risky = True

    def may(self, user: Any, record: Any) -> bool:
        """Those who publish for its board, unless it is final."""
        return may_withdraw(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Withdraw it."""
        return withdraw_record(page=record, by=user, reason=answers["reason"])
