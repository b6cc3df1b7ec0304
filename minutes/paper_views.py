"""The pages of the admin on which papers are uploaded, looked at, answered for, put in order and taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from governance.exceptions import Refused
from minutes.models import AgendaItemPage, Paper, PaperFile
from minutes.operations.paper_files import take_file
from minutes.operations.papers import list_paper, order_papers
from minutes.paper_desk import IN_HAND, rows_of
from minutes.paper_forms import ReplaceForm, UploadForm
from minutes.papers import convert
from minutes.permissions import may_bring_papers, may_order_papers, may_see_papers

SAFE = frozenset({"GET", "HEAD"})


class OfItem(View):
    """What those do who bring papers to an item. Who looks at everything reads, and does nothing."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Refuse who may neither bring papers to the item nor, to read, see them.

        Raises:
            PermissionDenied: the person may not.
        """
        self.item = get_object_or_404(AgendaItemPage, pk=kwargs["item"])
        reads = request.method in SAFE and may_see_papers(request.user, self.item)
        if not (reads or may_bring_papers(request.user, self.item)):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def back(self) -> HttpResponse:
        """To the papers of the item."""
        return redirect("item_papers", self.item.pk)


class ItemPapersView(OfItem):
    """The papers of an item, and a form for new ones."""

    def get(self, request: HttpRequest, item: int) -> HttpResponse:
        """Every paper, and how far it is."""
        return self._show(request, UploadForm(item=self.item))

    def post(self, request: HttpRequest, item: int) -> HttpResponse:
        """List a paper for each file. One that is refused keeps none of the others out."""
        form = UploadForm(request.POST, request.FILES, item=self.item)
        if not form.is_valid():
            return self._show(request, form, 400)
        taken = 0
        for file, title in zip(form.cleaned_data["uploads"], form.titles(), strict=True):
            taken += self._take(request, form, file, title)
        if not taken:
            return self._show(request, form, 409)
        return self.back()

    def _take(self, request: HttpRequest, form: UploadForm, file: UploadedFile, title: str) -> bool:
        said = form.cleaned_data
        try:
            with transaction.atomic():
                more = {name: said[name] for name in ("kind", "belongs_to", "replaces")}
                paper = list_paper(item=self.item, title=title, by=request.user, **more)
                take_file(paper=paper, upload=file, by=request.user)
        except Refused as refusal:
            messages.error(request, f"{file.name}: {refusal}")
            return False
        except ValidationError as error:
            messages.error(request, f"{file.name}: {' '.join(error.messages)}")
            return False
        messages.success(request, _("“%(title)s” was received and is being checked.") % {"title": title})
        return True

    def _show(self, request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
        rows = rows_of(self.item, request.user)
        context = {
            "item": self.item,
            "form": form,
            "rows": rows,
            "working": any(row.in_hand for row in rows),
            "brings": may_bring_papers(request.user, self.item),
            "orders": may_order_papers(request.user, self.item) and len(rows) > 1,
            "converts": convert.is_installed(),
        }
        return render(request, "minutes/admin/papers.html", context, status=status)


class ReplaceFileView(OfItem):
    """A newer file of one paper."""

    def get(self, request: HttpRequest, item: int, paper: int) -> HttpResponse:
        """The form stands with the papers."""
        return self.back()

    def post(self, request: HttpRequest, item: int, paper: int) -> HttpResponse:
        """Take the file in, or say why not."""
        found = get_object_or_404(Paper, pk=paper, item=self.item)
        form = ReplaceForm(request.POST, request.FILES)
        if not form.is_valid():
            messages.error(request, _("Choose a file for “%(paper)s”.") % {"paper": found})
            return self.back()
        try:
            with transaction.atomic():
                take_file(paper=found, upload=form.cleaned_data["file"], by=request.user)
        except Refused as refusal:
            messages.error(request, f"{form.cleaned_data['file'].name}: {refusal}")
        else:
            messages.success(request, _("“%(title)s” was received and is being checked.") % {"title": found})
        return self.back()


class OrderPapersView(OfItem):
    """Putting a paper one place higher."""

    def post(self, request: HttpRequest, item: int, paper: int) -> HttpResponse:
        """Move it up.

        Raises:
            PermissionDenied: the person does not write for the board.
        """
        if not may_order_papers(request.user, self.item):
            raise PermissionDenied
        order = list(self.item.papers.values_list("pk", flat=True))
        place = order.index(paper) if paper in order else 0
        if place:
            order[place - 1 : place + 1] = [order[place], order[place - 1]]
            order_papers(item=self.item, order=order, by=request.user)
        return self.back()


class PaperProgressView(OfItem):
    """How far the checks are, for the script that keeps the page up to date."""

    def get(self, request: HttpRequest, item: int) -> JsonResponse:
        """The files that are being checked or wait for it."""
        files = PaperFile.objects.filter(paper__item=self.item, check_state__in=IN_HAND).order_by("pk")
        return JsonResponse(
            {"rows": [{"key": file.pk, "words": str(file.get_check_state_display())} for file in files.defer("text")]}
        )


class PaperFileView(View):
    """A file as it was uploaded, or the copy that is or would be published, for those who bring papers to its item or look at everything."""

    def get(self, request: HttpRequest, pk: int, which: str) -> FileResponse:
        """Stream it.

        Raises:
            PermissionDenied: the person does not see the papers of the item.
            Http404: there is no such file.
        """
        file = get_object_or_404(PaperFile.objects.select_related("paper__item").defer("text"), pk=pk)
        if not may_see_papers(request.user, file.paper.item):
            raise PermissionDenied
        stored = {"copy": file.copy, "original": file.original}.get(which)
        if not stored or not stored.storage.exists(str(stored.name)):
            raise Http404
        name = f"{file.paper_id}-{file.version}.pdf" if which == "copy" else file.original_name
        answer = FileResponse(stored.open("rb"), as_attachment=which == "original", filename=name)
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer


def papers_address(item: int) -> str:
    """Where the papers of an item are."""
    return reverse("item_papers", args=[item])
