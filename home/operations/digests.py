"""The daily mail: at seven in the morning everything since the last one, in one mail for each subscription."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.models import Delivery
from governance.operations.mail import queue_mail
from governance.wording import day
from home.alert_words import News, news_of
from home.models import AlertLine, HowOften, Subscription, SubscriptionState
from home.operations.announcing import why_not_line
from home.operations.subscribing import foot_of, headers_of

KIND = "alert-daily"
AT = time(7)
"""By the clock of the place, summer and winter."""


def last_seven(now: datetime) -> datetime:
    """The last time it was seven in the morning."""
    today = timezone.localdate(now)
    seven = timezone.make_aware(datetime.combine(today, AT))
    return seven if seven <= now else timezone.make_aware(datetime.combine(today - timedelta(days=1), AT))


def send_digests(*, at: datetime | None = None) -> int:
    """Ask for the daily mails that are due: what was added before the last seven o'clock. Returns how many."""
    until = last_seven(at or timezone.now())
    waiting = AlertLine.objects.filter(delivery=None, added_at__lt=until, subscription__often=HowOften.DAILY)
    keys = waiting.order_by("subscription").values_list("subscription", flat=True).distinct()
    return sum(_digest(key, until) for key in list(keys))


@transaction.atomic
def _digest(key: int, until: datetime) -> int:
    """One subscription's daily mail, under a lock on it."""
    rows = Subscription.objects.select_for_update(
        of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked
    )
    row = rows.filter(pk=key, state=SubscriptionState.CONFIRMED).select_related("page").first()
    lines = AlertLine.objects.filter(subscription=key, delivery=None, added_at__lt=until)
    if row is None or not lines.exists():
        return 0
    return _ask(row, list(lines.select_related("announcement__page").order_by("pk")), f"{until:%Y-%m-%d}")


def _ask(row: Subscription, lines: list[AlertLine], day_key: str) -> int:
    """Ask for a mail of those lines that can still be told; the others are dropped."""
    told = [(line, news) for line in lines if (news := news_of(line.announcement))]
    kept = [line.pk for line, _news in told]
    AlertLine.objects.filter(pk__in={line.pk for line in lines} - set(kept)).delete()
    if not told:
        return 0
    number = Delivery.objects.filter(key__startswith=f"alerts/{row.pk}/daily/{day_key}").count() + 1
    delivery = queue_mail(
        key=f"alerts/{row.pk}/daily/{day_key}/{number}",
        to=row.address,
        subject=_subject(row, len(told)),
        text="\n\n\n".join([*(_part(news) for _line, news in told), foot_of(row)]),
        kind=KIND,
        headers=headers_of(row),
    )
    AlertLine.objects.filter(pk__in=kept).update(delivery=delivery)
    return 1


def _subject(row: Subscription, number: int) -> str:
    words = {"number": number, "day": day(timezone.localdate())}
    return ngettext("%(number)s piece of news, %(day)s", "%(number)s pieces of news, %(day)s", number) % words


def _part(news: News) -> str:
    return f"{news.subject}\n{'-' * min(len(news.subject), 70)}\n{news.text}"


@transaction.atomic
def why_not_daily(delivery: Any) -> str:
    """Why a daily mail is not sent as it was written. Where a part of it was withdrawn, another without it takes its place."""
    lines = list(
        AlertLine.objects.filter(delivery=delivery).select_related("subscription", "announcement__page").order_by("pk")
    )
    if not lines:
        return why_not_line(None)
    if lines[0].subscription.state == SubscriptionState.CONFIRMED and all(news_of(line.announcement) for line in lines):
        return ""
    reason = next(filter(None, map(why_not_line, lines)))
    if lines[0].subscription.state == SubscriptionState.CONFIRMED:
        AlertLine.objects.filter(delivery=delivery).update(delivery=None)
        _ask(lines[0].subscription, lines, delivery.key.split("/")[3])
        return f"{reason} {_('A mail without it took its place.')}"
    return reason
