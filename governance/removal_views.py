"""How far a removal of words is, what came of it, and which files hold the words still. It shows none of the words."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views import View

from governance.models import Removal
from governance.operations.carrying_out_removals import LOOKED
from governance.permissions import may_run_the_site
from governance.redaction_views import kept_nowhere
from governance.removing import files_told


@kept_nowhere
class RemovalView(View):
    """One removal, for those who asked for it or had it carried out, and for administrators. For everybody else it is not there."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how far it is."""
        removal = removal_of(request, pk)
        context = {"removal": removal, "progress": progress_of(removal), "files": files_told(removal.files)}
        return render(request, "governance/admin/removal_under_way.html", context)


@kept_nowhere
class RemovalProgressView(View):
    """The same for the script that keeps the page up to date."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        """Nothing once it is over."""
        removal = removal_of(request, pk)
        return JsonResponse({"rows": [progress_of(removal)] if removal.is_under_way else []})


def removal_of(request: HttpRequest, key: int) -> Removal:
    """The removal of an address.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    found = Removal.objects.select_related("entry__chain", "confirmed_by", "page").filter(pk=key).first()
    if found is None or not (request.user.pk in {found.asked_by_id, found.confirmed_by_id} or may_run_the_site(request.user)):
        raise Http404
    return found


def progress_of(removal: Removal) -> dict[str, Any]:
    """How far it is: its key, per cent, and a sentence."""
    return {"key": removal.pk, "percent": removal.progress, "words": _words(removal)}


def _words(removal: Removal) -> str:
    if removal.heartbeat_at is None:
        return _("Waiting for the worker.")
    if removal.progress < LOOKED:
        return _("Everything that is held is being read.")
    return _(
        "The words are being replaced, in one step. It takes about as long as reading took, and others may have to wait to save."
    )


def removal_addresses() -> list[URLPattern]:
    """The addresses, below that of the admin."""
    return [
        path("removals/<int:pk>/", RemovalView.as_view(), name="removal"),
        path("removals/<int:pk>/progress/", RemovalProgressView.as_view(), name="removal_progress"),
    ]
