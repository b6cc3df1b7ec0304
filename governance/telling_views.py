"""The admin's form that records when and how those who took part were told of an update."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wagtail.admin.widgets import AdminDateInput

from governance.models import ProgressUpdatePage
from governance.operations.telling import record_told
from governance.permissions import may_write_for
from governance.views import RecordStepView


class ToldForm(forms.Form):
    """When and how."""

    on = forms.DateField(label=_("They were told on"), widget=AdminDateInput)
    how = forms.CharField(
        label=_("How they were told"),
        max_length=300,
        help_text=_("Such as “by letter and at the carers' group”. It is public."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()


class ToldView(RecordStepView):
    """Recording that those who took part were told: published is not told."""

    record_class = ProgressUpdatePage
    form_class = ToldForm
    title = _("Those who took part were told")
    explanation = _("The page of the update then says when and how. What the update says stays as it is.")
    button = _("Record it")
    done = _("Recorded. The page of the update says so.")

    def may(self, user: Any, record: Any) -> bool:
        """Those who write for the board."""
        return may_write_for(user, record)

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return record_told(update=record, by=user, **answers)
