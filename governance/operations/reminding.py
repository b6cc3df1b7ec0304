"""Reminding partners, leads and authors of what they owe: one sweep of the worker, which never sends the same twice."""

import logging
from collections.abc import Iterator
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.addresses import absolute
from governance.enums import OPEN_STATUSES, RequestKind
from governance.exceptions import Refused
from governance.models import ActionPage, Delivery, PartnerLink, PartnerRequest, Person
from governance.operations.mail import queue_mail
from governance.operations.partner_links import mail_link
from governance.owing import owed
from governance.reminders import Due, Reminder, plan
from governance.wording import day

logger = logging.getLogger(__name__)
KIND = "reminder"


def remind(*, today: date | None = None) -> int:
    """Ask for every reminder that is due today. Returns how many are new.

    Args:
        today: the day; today unless said.
    """
    today = today or timezone.localdate()
    dues = owed(today)
    keys = [reminder.key for reminder in plan(dues, today=today, sent=())]
    sent = set(Delivery.objects.filter(key__in=keys).values_list("key", flat=True))
    asked = 0
    for reminder in plan(dues, today=today, sent=sent):
        try:
            _send(reminder)
            asked += 1
        except Refused as refusal:
            # One address that cannot be written to keeps nobody else from being reminded.
            logger.warning("No reminder of %s: %s", reminder.due.key, refusal)
    return asked


def requests_owed(today: date) -> Iterator[Due]:
    """What partners were asked for and have not answered."""
    open_requests = PartnerRequest.objects.filter(reported_on=None, action__live=True)
    links = _open_links()
    for asked in open_requests.select_related("organisation", "action").order_by("pk"):
        if asked.due_on is None:
            continue
        link = links.get(asked.pk)
        title = asked.action.title
        news = _("news of “%(title)s”") if asked.kind == RequestKind.NEWS else _("a report back on “%(title)s”")
        yield Due(
            key=f"request:{asked.pk}",
            what=news % {"title": " ".join(title.split())},
            due_on=asked.due_on,
            since=asked.asked_on,
            who=str(asked.organisation),
            email=link.email if link is not None else "",
            about=asked.action_id,
            text=_("If there is nothing new, that is an answer too."),
            link=link.pk if link is not None else None,
        )


def news_owed(today: date) -> Iterator[Due]:
    """Public news that the leads of open actions owe, where they have not been asked for it by a request."""
    asked = PartnerRequest.objects.filter(kind=RequestKind.NEWS, reported_on=None).values_list("action", "organisation")
    already = set(asked)
    actions = ActionPage.objects.live().filter(status__in=OPEN_STATUSES, next_news_on__isnull=False)
    leads = _addresses_of_leads()
    for action in actions.select_related("lead_organisation").order_by("pk"):
        lead = action.lead_organisation
        if lead is not None and (action.pk, lead.pk) in already:
            continue
        since = action.last_news_on or timezone.localdate(action.first_published_at)
        email = leads.get((lead.pk, action.lead_role), lead.request_email) if lead is not None else ""
        named = ", ".join(part for part in (str(lead or ""), action.lead_role) if part)
        yield Due(
            key=f"news:{action.pk}",
            what=_("news of “%(title)s”") % {"title": " ".join(action.title.split())},
            due_on=action.next_news_on,
            since=since,
            who=named or _("Nobody has been named yet."),
            email=email,
            about=action.pk,
            text=_("People were told that they would hear by then. What they read now: %(address)s")
            % {"address": absolute(action.get_url())},
        )


def why_reminder_is_not_sent(delivery: Delivery) -> str:
    """Just before a reminder goes out: whether what it asks for is still owed."""
    key = delivery.key.removeprefix("reminder:").rsplit(":", 2)[0]
    return "" if any(due.key == key for due in owed(timezone.localdate())) else _("It was answered in the meantime.")


def _open_links() -> dict[int, PartnerLink]:
    """The link that was sent last for each request, among those that still hold."""
    links = PartnerLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
    return {link.partner_request_id: link for link in links.order_by("created_at", "pk")}


def _addresses_of_leads() -> dict[tuple[int, str], str]:
    """The address of the person in each post of each organisation."""
    people = Person.objects.exclude(Q(email="") | Q(role="") | Q(organisation=None)).order_by("-pk")
    return {(row.organisation_id, row.role): row.email for row in people if row.organisation_id is not None}


def _send(reminder: Reminder) -> None:
    due = reminder.due
    subject = _("Reminder: %(what)s") % {"what": due.what}
    text = "\n\n".join(part for part in (_("Hello,"), first_sentence(reminder), due.text) if part)
    if due.link is not None:
        link = PartnerLink.objects.select_related("partner_request__organisation", "partner_request__action").get(pk=due.link)
        mail_link(link=link, key=reminder.key, kind=KIND, subject=subject, text=text)
        return
    about = Page.objects.filter(pk=due.about).first()
    where = _("Where you log in: %(address)s") % {"address": absolute("/admin/")}
    closing = _("If you have no log-in, reply to this mail with the news.")
    whole = "\n\n".join([text, where, closing]) + "\n"
    queue_mail(key=reminder.key, to=due.email, subject=subject, text=whole, kind=KIND, about=about)


def first_sentence(reminder: Reminder) -> str:
    """What a reminder says first, by its moment."""
    words = {"what": reminder.due.what, "day": day(reminder.due.due_on)}
    if reminder.moment == "before":
        return _("we are looking forward to %(what)s. It is due by %(day)s.") % words
    if reminder.moment == "on":
        return _("%(what)s is due today, %(day)s.") % words
    return _("we have not had %(what)s yet. It was due by %(day)s.") % words
