"""Telling those who asked: the ledger says what happened, a worker tells each subscriber once, at once or in the daily mail."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.lineage import path_above
from governance.models import ActionPage, LedgerEntry, LedgerEvent, ProgressUpdatePage, WorkshopPage
from governance.operations.mail import queue_mail
from governance.waking import wake_once
from home.alert_words import News, news_of
from home.models import AlertLine, Announcement, AnnouncementKind, HowOften, Subscription, SubscriptionState
from home.operations.subscribing import foot_of, headers_of
from minutes.enums import MeetingStatus
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, ResolutionPage

WORK = "alerts"
KIND = "alert"
SETTLING = timedelta(minutes=10)
"""What is published piece by piece is told as one, this long after its first piece."""
NO_NEWS_AFTER = timedelta(days=2)
"""What happened longer ago, such as a replayed or imported record, is not told as news."""
OLD_MEETING = timedelta(days=183)
"""Minutes of meetings longer ago are entered for the archive."""
AT_A_TIME = 200
"""Subscribers told in one transaction."""
PUBLISHED = frozenset({LedgerEvent.PUBLISHED, LedgerEvent.CHANGED})
PIECEMEAL = frozenset({AnnouncementKind.AGENDA, AnnouncementKind.RECORD, AnnouncementKind.MEETING})


def announce(entry: LedgerEntry, page: Any) -> None:
    """Note what an entry of the ledger gives to tell. Called in the transaction that makes the entry."""
    if entry.at < timezone.now() - NO_NEWS_AFTER:
        return
    for subject, kind in _what_it_tells(entry, page):
        due_at = entry.at + SETTLING if kind in PIECEMEAL else entry.at
        waiting = {"page_id": subject, "kind": kind, "spread_at": None}
        _row, made = Announcement.objects.get_or_create(**waiting, defaults={"at": entry.at, "due_at": due_at})
        if made and kind not in PIECEMEAL:
            wake_once(WORK)


def _what_it_tells(entry: LedgerEntry, page: Any) -> list[tuple[int, AnnouncementKind]]:
    """The records and kinds of news in an entry. A withdrawal is never told, nor an update changed by hand afterwards."""
    first = entry.event == LedgerEvent.PUBLISHED
    if isinstance(page, ProgressUpdatePage) and first:
        return [(page.pk, AnnouncementKind.CORRECTION if page.corrects_id else AnnouncementKind.UPDATE)]
    if isinstance(page, ActionPage) and first:
        return [(page.pk, AnnouncementKind.ACTION)]
    if isinstance(page, WorkshopPage) and first:
        return [(page.pk, AnnouncementKind.WORKSHOP)]
    if isinstance(page, MinutePage) and entry.event == LedgerEvent.CORRECTED:
        return [(page.pk, AnnouncementKind.MINUTE_CORRECTED)]
    if isinstance(page, MeetingPage):
        return _of_meeting(page, entry.event)
    if entry.event in PUBLISHED and isinstance(page, AgendaItemPage | MinutePage | ResolutionPage):
        return _below_meeting(page)
    return []


def _of_meeting(meeting: MeetingPage, event: str) -> list[tuple[int, AnnouncementKind]]:
    if event == LedgerEvent.CONFIRMED:
        return [(meeting.pk, AnnouncementKind.CONFIRMED)]
    kinds = [AnnouncementKind.MEETING] if event in {*PUBLISHED, LedgerEvent.STATUS} else []
    status = MeetingPage.objects.filter(pk=meeting.pk).values_list("status", flat=True).first()
    if event == LedgerEvent.STATUS and status == MeetingStatus.AGENDA_PUBLISHED:
        kinds.append(AnnouncementKind.AGENDA)
    return [(meeting.pk, kind) for kind in kinds]


def _below_meeting(page: Any) -> list[tuple[int, AnnouncementKind]]:
    is_item = isinstance(page, AgendaItemPage)
    found = MeetingPage.objects.filter(path=path_above(page, 1 if is_item else 2)).values_list("pk", "starts_at").first()
    if found is None or found[1] < timezone.now() - OLD_MEETING:
        return []
    return [(found[0], AnnouncementKind.AGENDA if is_item else AnnouncementKind.RECORD)]


def spread_announcements(*, at: datetime | None = None) -> int:
    """Tell what is due to those who asked. Returns how many were told. Safe in several workers, and after one that died."""
    due = Announcement.objects.filter(spread_at=None, due_at__lte=at or timezone.now()).order_by("pk")
    return sum(_spread(key) for key in list(due.values_list("pk", flat=True)))


def _spread(key: int) -> int:
    told, more = 0, True
    while more:
        number, more = _spread_some(key)
        told += number
    return told


@transaction.atomic
def _spread_some(key: int) -> tuple[int, bool]:
    """Tell the next subscribers, so many in one transaction. Returns how many, and whether there are more."""
    waiting = Announcement.objects.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    row = waiting.filter(pk=key, spread_at=None).first()
    if row is None:
        return 0, False
    news = news_of(row)
    asked = list(_who_asked(row, news)[:AT_A_TIME]) if news else []
    for subscription in asked:
        _tell(subscription, row, news)
    if len(asked) == AT_A_TIME:
        row.spread_to = asked[-1].pk
    else:
        row.spread_at = timezone.now()
    row.save(update_fields=["spread_to", "spread_at"])
    return len(asked), row.spread_at is None


def _who_asked(row: Announcement, news: News) -> QuerySet[Subscription]:
    confirmed = Subscription.objects.filter(state=SubscriptionState.CONFIRMED, confirmed_at__lte=row.at, pk__gt=row.spread_to)
    return confirmed.filter(Q(page=None) | Q(page__in=news.scopes)).select_related("page").order_by("pk")


def _tell(subscription: Subscription, row: Announcement, news: News | None) -> None:
    now = timezone.now()
    line, made = AlertLine.objects.get_or_create(subscription=subscription, announcement=row, defaults={"added_at": now})
    if not made or news is None or subscription.often == HowOften.DAILY:
        return
    line.delivery = queue_mail(
        key=f"alerts/{subscription.pk}/told/{row.pk}",
        to=subscription.address,
        subject=news.subject,
        text=f"{news.text}\n\n{foot_of(subscription)}",
        kind=KIND,
        about=row.page,
        headers=headers_of(subscription),
    )
    line.save(update_fields=["delivery"])


def why_not_alert(delivery: Any) -> str:
    """Why an alert must not be sent any more: it is looked at again when its turn comes."""
    line = AlertLine.objects.filter(delivery=delivery).select_related("subscription", "announcement__page").first()
    return why_not_line(line)


def why_not_line(line: AlertLine | None) -> str:
    """Why one thing is not told to one subscriber any more; empty when it is."""
    if line is None or line.subscription.state != SubscriptionState.CONFIRMED:
        return _("The alerts were ended before this was sent.")
    return "" if news_of(line.announcement) else _("What it tells of was withdrawn or changed before this was sent.")
