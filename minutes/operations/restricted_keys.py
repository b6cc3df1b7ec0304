"""Sealing everything that is restricted with the newest key."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from governance.models import PersonRequest, Removal
from governance.operations.removals import words_asked
from governance.sealing import CannotOpen, seal_anew
from minutes.models import ClosedConfirmation, ReleaseProposal, RestrictedPaper, RestrictedPart, SealedPack, SealedSection


def rotate_keys() -> Iterator[tuple[str, str]]:
    """Seal all words anew, and the keys of all files, one row at a time, so that it may be stopped and begun again at any time.

    The files themselves stay as they are: each was sealed with a key of its own, which is sealed here.

    Yields:
        The part or paper, and why it could not be opened; nothing where it was.
    """
    for key in list(RestrictedPart.objects.order_by("pk").values_list("pk", flat=True)):
        yield _rotate_part(key)
    for key in list(RestrictedPaper.objects.order_by("pk").values_list("pk", flat=True)):
        yield _rotate_paper(key)
    for waiting in (Removal, PersonRequest):
        for key in list(waiting._default_manager.exclude(sealed="").order_by("pk").values_list("pk", flat=True)):
            yield _rotate_row(waiting, key)
    for model in (SealedSection, SealedPack):
        for key in list(model.objects.exclude(sealed="").order_by("pk").values_list("pk", flat=True)):
            yield _rotate_file(model, key)


@transaction.atomic
def _rotate_row(model: Any, key: int) -> tuple[str, str]:
    """What waits to be removed, and who asked about themselves."""
    row = model._default_manager.select_for_update(of=("self",)).get(pk=key)
    try:
        row.sealed = seal_anew(row.sealed) if row.sealed else ""
    except CannotOpen as problem:
        return str(row), str(problem)
    row.save(update_fields=["sealed"])
    return str(row), ""


def how_many() -> int:
    """How many rows are sealed."""
    files = sum(model.objects.exclude(sealed="").count() for model in (SealedSection, SealedPack))
    asked = sum(model._default_manager.exclude(sealed="").count() for model in (Removal, PersonRequest))
    return RestrictedPart.objects.all().count() + RestrictedPaper.objects.all().count() + files + asked


def is_anything_sealed() -> bool:
    """Whether anything waits for a key. Asks for one row of each kind at most."""
    waiting = (model._default_manager.exclude(sealed="") for model in (Removal, PersonRequest, SealedSection, SealedPack))
    kinds = (RestrictedPart.objects.all(), RestrictedPaper.objects.all(), *waiting)
    return any(rows.exists() for rows in kinds)


def what_does_not_open() -> Iterator[str]:
    """Everything sealed that no key of this installation opens, by its neutral name. The files are not read."""
    for part in RestrictedPart.objects.select_related("item").order_by("pk").iterator(chunk_size=100):
        try:
            part.words()
        except CannotOpen:
            yield str(part)
    for paper in (
        RestrictedPaper.objects.select_related("part__item").defer("sealed_text").order_by("pk").iterator(chunk_size=100)
    ):
        try:
            paper.secrets()
        except CannotOpen:
            yield f"{paper.part}: {paper}"
    for request in PersonRequest.objects.order_by("pk").iterator(chunk_size=100):
        try:
            request.who()
        except CannotOpen:
            yield str(request)
    for removal in Removal.objects.filter(settled_at=None).order_by("pk").iterator(chunk_size=100):
        try:
            words_asked(removal)
        except CannotOpen:
            yield str(removal)
    for model in (SealedSection, SealedPack):
        for row in model.objects.exclude(sealed="").select_related("pack").order_by("pk").iterator(chunk_size=100):
            try:
                row.words()
            except CannotOpen:
                yield str(row)


@transaction.atomic
def _rotate_part(key: int) -> tuple[str, str]:
    part = RestrictedPart.objects.select_for_update(of=("self",)).select_related("item").get(pk=key)
    confirmed = ClosedConfirmation.objects.select_for_update(of=("self",)).filter(part=part).first()
    proposed = list(ReleaseProposal.objects.select_for_update(of=("self",)).filter(part=part, settled_at=None))
    try:
        part.sealed = seal_anew(part.sealed)
        for proposal in proposed:
            proposal.sealed = seal_anew(proposal.sealed)
        if confirmed is not None:
            confirmed.sealed_draft = seal_anew(confirmed.sealed_draft)
            confirmed.save(update_fields=["sealed_draft"])
    except CannotOpen as problem:
        return str(part), str(problem)
    for proposal in proposed:
        proposal.save(update_fields=["sealed"])
    part.save(update_fields=["sealed"])
    return str(part), ""


@transaction.atomic
def _rotate_paper(key: int) -> tuple[str, str]:
    paper = RestrictedPaper.objects.select_for_update(of=("self",)).select_related("part__item").get(pk=key)
    name = f"{paper.part}: {paper}"
    try:
        paper.sealed = seal_anew(paper.sealed)
        paper.sealed_text = seal_anew(paper.sealed_text) if paper.sealed_text else ""
    except CannotOpen as problem:
        return name, str(problem)
    paper.save(update_fields=["sealed", "sealed_text"])
    return name, ""


@transaction.atomic
def _rotate_file(model: type[SealedSection] | type[SealedPack], key: int) -> tuple[str, str]:
    row = model.objects.select_for_update(of=("self",)).select_related("pack").get(pk=key)
    try:
        row.sealed = seal_anew(row.sealed)
    except CannotOpen as problem:
        return str(row), str(problem)
    row.save(update_fields=["sealed"])
    return str(row), ""
