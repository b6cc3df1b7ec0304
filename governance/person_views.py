"""The register “Personal data” in the admin: what persons asked for, what came of it, what is kept until when, and backups."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views import View

from wagtail.admin.menu import MenuItem

from governance.exceptions import Refused
from governance.models import Backup, PersonRequest, Removal
from governance.operations.person_exports import export_person
from governance.operations.person_requests import (
    ask_to_redact_person,
    backups_with,
    decide_request,
    destroy_backup,
    put_off_request,
    record_request,
)
from governance.person_access import may_see_person_requests
from governance.person_forms import DecideForm, PersonRequestForm, PutOffForm, RedactPersonForm
from governance.redaction_views import ReturnsRemoval, SettlesRemoval, ShowsPlaces, kept_nowhere
from governance.retention import everything_kept
from governance.second_factor import require_second_factor
from governance.views import RecordStepView

SHOWN = 100


@kept_nowhere
class PersonalDataView(View):
    """The requests, what is kept until when, and the backups."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the register.

        Raises:
            PermissionDenied: the person may not.
            SecondFactorNeeded: they have to give a second factor first.
        """
        if not may_see_person_requests(request.user):
            raise PermissionDenied
        require_second_factor(request)
        context = {
            "requests": PersonRequest.objects.select_related("removal")[:SHOWN],
            "kept": everything_kept(),
            "backups": Backup.objects.all()[:SHOWN],
        }
        return render(request, "governance/admin/personal_data.html", context)


@kept_nowhere
class PersonStepView(RecordStepView):
    """A step with a request of a person."""

    record_class: ClassVar[type[Model]] = PersonRequest
    form_class: ClassVar[type[forms.Form]] = forms.Form

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Ask who it is, and find the request.

        Raises:
            PermissionDenied: the person may not.
            SecondFactorNeeded: they have to give a second factor first.
        """
        if not may_see_person_requests(request.user):
            raise PermissionDenied
        require_second_factor(request)
        return super().dispatch(request, *args, **kwargs)

    def find(self, key: int) -> Any:
        """The request.

        Raises:
            Http404: there is none.
        """
        return get_object_or_404(self.record_class._default_manager, pk=key)

    def may(self, user: Any, record: Any) -> bool:
        """Whoever sees requests takes every step with them."""
        return may_see_person_requests(user)

    def subtitle(self) -> str:
        """The request by its number."""
        return str(self.record)

    def afterwards(self) -> str:
        """The request."""
        return reverse("person_request", args=[self.record.pk])


class RecordRequestView(PersonStepView):
    """Recording that somebody asked."""

    form_class: ClassVar[type[forms.Form]] = PersonRequestForm
    title = _("Somebody asks about what is held on them")
    explanation = _("The answer is due within a month. Who asks is kept encrypted, and forgotten six years after the decision.")
    button = _("Record it")
    done = _("Recorded.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """There is no request yet."""
        return super().dispatch(request, *args, **kwargs, pk=0)

    def find(self, key: int) -> Any:
        """None yet."""
        return PersonRequest()

    def subtitle(self) -> str:
        """Nothing yet."""
        return ""

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        self.record = record_request(by=user, **answers)

    def afterwards(self) -> str:
        """The request; the register while there is none."""
        return reverse("person_request", args=[self.record.pk]) if self.record.pk else reverse("personal_data")


class PersonRequestView(PersonStepView):
    """One request, with who asked and what can be done."""

    template_name = "governance/admin/person_request.html"

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show it."""
        removal = self.record.removal
        context: dict[str, Any] = {"asked": self.record, "removal": removal}
        context["backups"] = list(backups_with(removal)) if removal is not None else []
        try:
            context["who"] = self.record.who()
        except Refused as refusal:
            context["refused"] = str(refusal)
        return render(request, self.template_name, context)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Nothing is done here.

        Raises:
            PermissionDenied: always.
        """
        raise PermissionDenied


class DecideRequestView(PersonStepView):
    """Deciding on a request."""

    form_class: ClassVar[type[forms.Form]] = DecideForm
    title = button = _("Decide on the request")
    explanation = _("Tell the person afterwards, with the reason, and that they may complain to the Information Commissioner.")
    done = _("Decided. Now tell the person.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Decide."""
        return decide_request(request=record, by=user, **answers)


class PutOffRequestView(PersonStepView):
    """Taking longer."""

    form_class: ClassVar[type[forms.Form]] = PutOffForm
    title = button = _("Take up to two months longer")
    explanation = _("Only where the request is complex, and the person was told so within the first month.")
    done = _("Recorded.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Put it off."""
        return put_off_request(request=record, by=user, **answers)


class ExportPersonView(PersonStepView):
    """Downloading what is held on the person."""

    title = button = _("Download what is held on the person")
    explanation = _(
        "As JSON and as a page. Read it before it is sent: others may be named beside the person. That you did stands in the history."
    )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Send it."""
        form = forms.Form(request.POST)
        form.is_valid()
        try:
            made = export_person(request=self.record, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self._show(request, form, status=409)
        headers = {"Content-Disposition": f'attachment; filename="request-{self.record.pk}.zip"'}
        return HttpResponse(made, content_type="application/zip", headers=headers)


class AskToRedactPersonView(PersonStepView):
    """Asking that a name be removed."""

    form_class: ClassVar[type[forms.Form]] = RedactPersonForm
    title = button = _("Ask that the name be removed")
    explanation: Any = _("Every spelling is replaced wherever it stands, in the registers too. Somebody else carries it out.")
    done = _("Asked for. Somebody else sees where the name stands, and carries it out.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Ask for it."""
        return ask_to_redact_person(request=record, by=user, **answers)


class PersonRemovalStep(SettlesRemoval, PersonStepView):
    """A step with the removal of a name that waits."""

    nobody_asked = _("Nobody asked for the removal of this name.")
    return_name = "return_redact_person"

    @property
    def removal(self) -> Removal | None:
        """The removal that waits."""
        found: Removal | None = self.record.removal
        return found


class RedactPersonView(ShowsPlaces, PersonRemovalStep):
    """Seeing where a name stands, and removing it."""

    title = _("Remove the name")
    explanation: Any = _("Read the names and where they stand. They are kept nowhere: it cannot be taken back.")
    registers = True


class ReturnRedactPersonView(ReturnsRemoval, PersonRemovalStep):
    """Returning what was asked for."""

    title = button = _("Return the removal of the name")


class DestroyBackupView(PersonStepView):
    """Recording that a backup exists no more."""

    record_class: ClassVar[type[Model]] = Backup
    title = button = _("This backup was destroyed")
    explanation: Any = _("Nothing is deleted by this: record it once every copy is gone.")
    done = _("Recorded.")

    def run(self, record: Any, answers: dict[str, Any], user: Any) -> Any:
        """Record it."""
        return destroy_backup(backup=record, by=user)

    def afterwards(self) -> str:
        """The register."""
        return reverse("personal_data")


class PersonalDataMenuItem(MenuItem):
    """The register, in the menu of reports."""

    def __init__(self) -> None:
        super().__init__(_("Personal data"), reverse_lazy("personal_data"), name="personal-data", icon_name="user", order=900)

    def is_shown(self, request: HttpRequest) -> bool:
        """For those who may see it."""
        return may_see_person_requests(request.user)


def person_addresses() -> list[URLPattern]:
    """The addresses, below that of the admin."""
    one = "personal-data/requests/<int:pk>/"
    return [
        path("personal-data/", PersonalDataView.as_view(), name="personal_data"),
        path("personal-data/requests/new/", RecordRequestView.as_view(), name="record_person_request"),
        path(one, PersonRequestView.as_view(), name="person_request"),
        path(f"{one}decide/", DecideRequestView.as_view(), name="decide_person_request"),
        path(f"{one}longer/", PutOffRequestView.as_view(), name="put_off_person_request"),
        path(f"{one}export/", ExportPersonView.as_view(), name="export_person"),
        path(f"{one}ask-removal/", AskToRedactPersonView.as_view(), name="ask_to_redact_person"),
        path(f"{one}remove/", RedactPersonView.as_view(), name="redact_person"),
        path(f"{one}return/", ReturnRedactPersonView.as_view(), name="return_redact_person"),
        path("personal-data/backups/<int:pk>/destroyed/", DestroyBackupView.as_view(), name="destroy_backup"),
    ]
