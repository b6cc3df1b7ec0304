"""Sealing every restricted part, what waits to be moved there, and who asked about themselves, with the newest key."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from governance.models import PersonRequest, Removal
from governance.sealing import CannotOpen, seal_anew
from minutes.models import ReleaseProposal, RestrictedPart


def rotate_keys() -> Iterator[tuple[str, str]]:
    """Seal the words of every part anew, one part at a time, so that it may be stopped and begun again at any time.

    Yields:
        The part, and why its words could not be opened; nothing where they were.
    """
    for key in list(RestrictedPart.objects.order_by("pk").values_list("pk", flat=True)):
        yield _rotate(key)
    for model in (Removal, PersonRequest):
        for key in list(model._default_manager.exclude(sealed="").order_by("pk").values_list("pk", flat=True)):
            yield _rotate_row(model, key)


@transaction.atomic
def _rotate_row(model: Any, key: int) -> tuple[str, str]:
    row = model._default_manager.select_for_update(of=("self",)).get(pk=key)
    try:
        row.sealed = seal_anew(row.sealed) if row.sealed else ""
    except CannotOpen as problem:
        return str(row), str(problem)
    row.save(update_fields=["sealed"])
    return str(row), ""


@transaction.atomic
def _rotate(key: int) -> tuple[str, str]:
    part = RestrictedPart.objects.select_for_update(of=("self",)).select_related("item").get(pk=key)
    proposed = ReleaseProposal.objects.select_for_update(of=("self",)).filter(part=part, settled_at=None).first()
    try:
        part.sealed = seal_anew(part.sealed)
        if proposed is not None:
            proposed.sealed = seal_anew(proposed.sealed)
            proposed.save(update_fields=["sealed"])
    except CannotOpen as problem:
        return str(part), str(problem)
    part.save(update_fields=["sealed"])
    return str(part), ""
