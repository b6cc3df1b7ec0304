"""Asking partner organisations to pass something on within themselves and to report back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import ActionPage, LedgerEvent, Organisation, PartnerRequest
from governance.operations.ledger import enter


@transaction.atomic
def ask_partners(
    *,
    action: ActionPage,
    organisations: Iterable[Organisation],
    asked_on: date,
    by: Any,
    due_on: date | None = None,
    report_to: str = "",
    at: datetime | None = None,
) -> list[PartnerRequest]:
    """Ask organisations to cascade an action and report back: one request each, all or none.

    Args:
        due_on: when their reports are due, where a date was agreed.
        report_to: the board or workstream that hears the reports.

    Raises:
        Refused: one of them has been asked already, or the date has passed before they are asked.
    """
    if due_on is not None and due_on < asked_on:
        raise Refused(_("The report cannot be due before the partners are asked."))
    organisations = list(organisations)
    asked = action.partner_requests.filter(organisation__in=organisations).select_related("organisation").first()
    if asked is not None:
        raise Refused(_("%(organisation)s has been asked already.") % {"organisation": asked.organisation})
    requests = [
        PartnerRequest.objects.create(
            action=action, organisation=organisation, asked_on=asked_on, due_on=due_on, report_to=report_to
        )
        for organisation in organisations
    ]
    names = ", ".join(str(organisation) for organisation in organisations)
    _tell(action, _("Asked to pass on and report back: %(names)s") % {"names": names}, by, at)
    return requests


@transaction.atomic
def record_acknowledgement(*, request: PartnerRequest, on: date, by: Any, at: datetime | None = None) -> None:
    """Record that an organisation said it heard.

    Raises:
        Refused: it is recorded already, or would be before it was asked.
    """
    _set_day(request, "acknowledged_on", on)
    _tell(request.action, _("%(organisation)s acknowledged the request") % {"organisation": request.organisation}, by, at)


@transaction.atomic
def record_cascade(*, request: PartnerRequest, on: date, by: Any, at: datetime | None = None) -> None:
    """Record that an organisation passed it on within itself.

    Raises:
        Refused: it is recorded already, or would be before it was asked.
    """
    _set_day(request, "cascaded_on", on)
    _tell(request.action, _("%(organisation)s passed it on") % {"organisation": request.organisation}, by, at)


@transaction.atomic
def record_report(*, request: PartnerRequest, on: date, response: str, by: Any, at: datetime | None = None) -> None:
    """Record what an organisation reported back.

    Raises:
        Refused: it says nothing, is recorded already, or would be before it was asked.
    """
    if not response.strip():
        raise Refused(_("Give what the organisation reported: it is shown to the public."))
    request.response = response.strip()
    _set_day(request, "reported_on", on, "response")
    _tell(request.action, _("%(organisation)s reported back") % {"organisation": request.organisation}, by, at)


def _set_day(request: PartnerRequest, field: str, on: date, *further: str) -> None:
    if getattr(request, field) is not None:
        raise Refused(_("That is recorded already for %(organisation)s.") % {"organisation": request.organisation})
    if on < request.asked_on:
        raise Refused(_("%(organisation)s had not been asked by then.") % {"organisation": request.organisation})
    setattr(request, field, on)
    request.save(update_fields=[field, *further])


def _tell(action: ActionPage, note: str, by: Any, at: datetime | None) -> None:
    enter(page=action, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
