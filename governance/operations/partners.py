"""Asking partner organisations for news, or to pass something on within themselves and to report back."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.enums import RequestKind, RequestOutcome
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
        Refused: the action is not public, one of them has been asked already, or the date has passed before they are asked.
    """
    _check_asking(action, asked_on, due_on)
    organisations = list(organisations)
    earlier = action.partner_requests.filter(kind=RequestKind.CASCADE, organisation__in=organisations)
    asked = earlier.select_related("organisation").first()
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
def ask_for_news(
    *, action: ActionPage, organisation: Organisation, due_on: date, by: Any, at: datetime | None = None
) -> PartnerRequest:
    """Ask the lead of an action, or a partner in it, for news.

    Args:
        due_on: by when the news is wanted.

    Raises:
        Refused: the action is not public, the organisation has no part in it, it owes news already, or the date is past.
    """
    asked_on = timezone.localdate(at)
    _check_asking(action, asked_on, due_on)
    if organisation not in takes_part_in(action):
        raise Refused(_("%(organisation)s neither leads this action nor takes part in it.") % {"organisation": organisation})
    if action.partner_requests.filter(kind=RequestKind.NEWS, organisation=organisation, reported_on=None).exists():
        raise Refused(_("%(organisation)s has been asked for news and has not answered yet.") % {"organisation": organisation})
    request = PartnerRequest.objects.create(
        kind=RequestKind.NEWS, action=action, organisation=organisation, asked_on=asked_on, due_on=due_on
    )
    _tell(action, _("Asked for news: %(name)s") % {"name": organisation}, by, at)
    return request


def takes_part_in(action: ActionPage) -> list[Organisation]:
    """The organisation that leads an action, then its partners."""
    partners = Organisation.objects.filter(partnerships__action=action).distinct().order_by("name")
    return list(dict.fromkeys([*([action.lead_organisation] if action.lead_organisation else []), *partners]))


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
    settle_request(request=request, outcome=RequestOutcome.REPORTED, on=on, response=response, by=by, at=at)


@transaction.atomic
def settle_request(
    *, request: PartnerRequest, outcome: RequestOutcome, on: date, by: Any, response: str = "", at: datetime | None = None
) -> None:
    """Record that an organisation answered for good: it reported, has nothing new, or is not the one to ask.

    Raises:
        Refused: it has answered already, or would have before it was asked.
    """
    request.response, request.closed_as = response.strip(), outcome
    _set_day(request, "reported_on", on, "response", "closed_as")
    said = {"organisation": request.organisation, "outcome": outcome.label}
    _tell(request.action, _("%(organisation)s: %(outcome)s") % said, by, at)


def _check_asking(action: ActionPage, asked_on: date, due_on: date | None) -> None:
    if not action.live:
        raise Refused(_("Partners are asked about actions that are public. Publish this one first."))
    if due_on is not None and due_on < asked_on:
        raise Refused(_("The answer cannot be due before the partners are asked."))


def _set_day(request: PartnerRequest, field: str, on: date, *further: str) -> None:
    if getattr(request, field) is not None:
        raise Refused(_("That is recorded already for %(organisation)s.") % {"organisation": request.organisation})
    if on < request.asked_on:
        raise Refused(_("%(organisation)s had not been asked by then.") % {"organisation": request.organisation})
    setattr(request, field, on)
    request.save(update_fields=[field, *further])


def _tell(action: ActionPage, note: str, by: Any, at: datetime | None) -> None:
    enter(page=action, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=note)
