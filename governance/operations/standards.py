"""Standards written with people."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent, PeopleGroup, Standard
from governance.operations.ledger import enter


@transaction.atomic
def record_standard(
    *,
    title: str,
    text: str,
    groups: Iterable[PeopleGroup],
    agreed_on: date,
    by: Any,
    publish: bool = True,
    at: datetime | None = None,
    **fields: Any,
) -> Standard:
    """Record a standard that groups of people wrote together with those who keep it.

    Args:
        groups: who it was co-produced with, by group.
        by: who records it.
        fields: further fields, such as the version, the service it is for and the standard it replaces.

    Raises:
        Refused: no group is named, so it would not be a standard written with people.
        ValidationError: a field is missing or wrong, or this version is recorded already.
    """
    groups = list(groups)
    if not groups:
        raise Refused(_("Say which groups of people it was written with."))
    standard = Standard(title=title, text=text, agreed_on=agreed_on, published=publish, **fields)
    standard.full_clean()
    standard.save()
    standard.groups.set(groups)
    if standard.action is not None:
        note = _("Standard recorded: %(standard)s") % {"standard": standard}
        enter(page=standard.action, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
    return standard
