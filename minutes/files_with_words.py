"""Papers and packs that may hold words which are removed elsewhere, found by the text that was read from each file when it was checked."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.removing import FileLeft, KindOfFile, Rows, register_file
from minutes.enums import SERVED, PaperState
from minutes.models import Pack, Paper

GONE = frozenset({PaperState.WITHDRAWN, PaperState.REFUSED})


def papers_with(rows: Rows) -> list[int]:
    """The papers in whose files the words were read, whichever version of the file it was."""
    found = Paper.objects.filter(files__in=rows.get("minutes.PaperFile", set())).order_by("pk").distinct()
    return list(found.values_list("pk", flat=True))


def papers_told(keys: list[int]) -> list[FileLeft]:
    """Each paper, and where it is withdrawn."""
    papers = Paper.objects.filter(pk__in=keys).select_related("item").order_by("pk")
    return [
        FileLeft(
            words=_("Paper “%(paper)s” of “%(item)s”") % {"paper": paper.title, "item": paper.item.title},
            address=reverse("item_papers", args=[paper.item_id]),
            is_gone=paper.state in GONE,
        )
        for paper in papers
    ]


def packs_with(rows: Rows) -> list[int]:
    """The packs that are read by anybody and tell the words themselves, or bind a paper in which they were read."""
    meetings = _meetings_of(papers_with(rows))
    told = Q(pk__in=rows.get("minutes.Pack", set())) | Q(meeting__in=meetings)
    return list(Pack.objects.filter(told, state__in=SERVED).order_by("pk").values_list("pk", flat=True))


def packs_told(keys: list[int]) -> list[FileLeft]:
    """Each pack, and where it is withdrawn."""
    packs = Pack.objects.light().filter(pk__in=keys).order_by("pk")
    return [FileLeft(pack.reference, reverse("build_pack", args=[pack.meeting_id]), pack.state not in SERVED) for pack in packs]


def _meetings_of(papers: list[int]) -> set[Any]:
    return {paper.item.meeting.pk for paper in Paper.objects.filter(pk__in=papers).select_related("item")}


def register() -> None:
    """Name them wherever words are removed. Called once, when the app is ready."""
    register_file("papers", KindOfFile(papers_with, papers_told))
    register_file("packs", KindOfFile(packs_with, packs_told))
