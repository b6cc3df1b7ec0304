"""Putting together what is held on a person. Each time stands in the history of the request."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.log_actions import log

from governance.exceptions import Refused
from governance.models import PersonRequest
from governance.operations.person_requests import EXPORTED
from governance.person_export import archive_of, held_on_person


@transaction.atomic
def export_person(*, request: PersonRequest, by: Any, at: datetime | None = None) -> bytes:
    """Everything that is held on the person of a request, as an archive of JSON and HTML.

    Raises:
        Refused: it is forgotten who asked.
        CannotOpen: no key opens the names.
    """
    if not request.sealed:
        raise Refused(_("It is forgotten who asked, so nothing can be looked for."))
    made = archive_of(held_on_person(request, at=at or timezone.now()))
    log(instance=request, action=EXPORTED, user=by)
    return made
