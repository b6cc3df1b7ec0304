"""Sealing every restricted part, and what waits to be moved there, with the newest key."""

from collections.abc import Iterator

from django.db import transaction

from governance.models import Removal
from governance.sealing import CannotOpen, seal_anew
from minutes.models import ReleaseProposal, RestrictedPart


def rotate_keys() -> Iterator[tuple[str, str]]:
    """Seal the words of every part anew, one part at a time, so that it may be stopped and begun again at any time.

    Yields:
        The part, and why its words could not be opened; nothing where they were.
    """
    for key in list(RestrictedPart.objects.order_by("pk").values_list("pk", flat=True)):
        yield _rotate(key)
    for key in list(Removal.objects.filter(settled_at=None).order_by("pk").values_list("pk", flat=True)):
        yield _rotate_removal(key)


@transaction.atomic
def _rotate_removal(key: int) -> tuple[str, str]:
    removal = Removal.objects.select_for_update(of=("self",)).get(pk=key)
    try:
        removal.sealed = seal_anew(removal.sealed) if removal.sealed else ""
    except CannotOpen as problem:
        return str(removal), str(problem)
    removal.save(update_fields=["sealed"])
    return str(removal), ""


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
