"""Subscribers for tests, made as people subscribe: asked for, then confirmed by the link in the mail."""

import re
from typing import Any

from django.core import mail
from django.utils import timezone

from governance.operations.mail import send_deliveries
from home.models import HowOften, Subscription
from home.operations.announcing import SETTLING, spread_announcements
from home.operations.subscribing import ask_for_alerts, by_secret, confirm
from home.scopes import ALL, Scope, scope_about

READER = "reader@example.org"


def link_in(text: str, folder: str) -> str:
    """The secret at the end of the link in a mail."""
    found = re.search(rf"/alerts/{folder}/([^/\s]+)/", text)
    assert found is not None, text
    return found[1]


def ask(about: Any = None, address: str = READER, often: str = HowOften.AT_ONCE, place: str = "here") -> None:
    """Ask for alerts about a page, or about everything."""
    scope: Scope = ALL if about is None else (scope_about(about) or ALL)
    ask_for_alerts(address=address, scope=scope, often=often, place=place)


def subscribe(about: Any = None, address: str = READER, often: str = HowOften.AT_ONCE) -> Subscription:
    """Ask and confirm."""
    ask(about, address, often, place=address[:30])
    send_deliveries()
    row = by_secret(link_in(str(mail.outbox[-1].body), "confirm"))
    assert row is not None
    mail.outbox.clear()
    return confirm(subscription=row)


def told() -> list[tuple[str, str]]:
    """Have the worker tell what there is; to whom and under which subject mails went out."""
    mail.outbox.clear()
    spread_announcements(at=timezone.now() + SETTLING)
    send_deliveries()
    return [(message.to[0], str(message.subject)) for message in mail.outbox]
