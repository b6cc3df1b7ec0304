"""The same news as the alerts, for feed readers (Atom, RFC 4287) and calendars (iCalendar, RFC 5545)."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import http_date, quote_etag
from django.utils.translation import gettext as _

from wagtail.models import Site

from governance.addresses import absolute
from governance.models import Withdrawal
from home.feed_entries import Entry, entries_of, lasting_id
from home.scopes import Scope, scope_called
from minutes import calendars, public_record

YEAR = timedelta(days=366)
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
"""The time of a feed that has never had an entry."""


class NewsFeed(Atom1Feed):
    """A feed whose time is that of its latest news, so that it stays the same while nothing happens."""

    def latest_post_date(self) -> datetime:
        """When something was last new."""
        changed: datetime = self.feed["changed"]
        return changed


def feed(request: HttpRequest, scope: str) -> HttpResponse:
    """The news about a board, a workstream, an action or everything, the latest first."""
    found, site = _scope(scope), _site()
    entries = entries_of(found)
    changed = _latest(entry.updated for entry in entries)
    body = _written(found, site, entries, changed)
    return answer(request, body, "application/atom+xml; charset=utf-8", changed)


def calendar(request: HttpRequest, scope: str) -> HttpResponse:
    """The meetings of a board, or of all: those of the last year and those to come."""
    found, site = _scope(scope), _site()
    if found.page is not None and not found.is_board:
        raise Http404
    since = timezone.now() - YEAR
    meetings = list(public_record.meetings_of(found.page).filter(starts_at__gte=since).order_by("starts_at", "pk"))
    name = _("Meetings: %(name)s") % {"name": found.page.title if found.page else _name(site)}
    body = calendars.calendar_of(name, public_record.with_boards(meetings))
    changed = _latest(moment for row in meetings for moment in (row.calendar_changed_at, row.last_published_at) if moment)
    response = answer(request, body, "text/calendar; charset=utf-8", changed)
    response["Content-Disposition"] = f'inline; filename="{found.slug}.ics"'
    return response


def _written(scope: Scope, site: Site, entries: list[Entry], changed: datetime) -> bytes:
    about: Any = scope.page or site.root_page
    made = NewsFeed(
        title=f"{scope.page.title} – {_name(site)}" if scope.page else _name(site),
        link=absolute(about.get_url()),
        description="",
        feed_url=absolute(reverse("feed", args=[scope.slug])),
        feed_guid=lasting_id(about.translation_key, "feed"),
        author_name=_name(site),
        language="en-GB",
        changed=changed,
    )
    for entry in entries:
        made.add_item(
            title=entry.title,
            link=entry.address,
            # Readers take it for HTML; it is plain text.
            description=escape(entry.summary),
            unique_id=entry.id,
            pubdate=entry.published,
            updateddate=entry.updated,
            categories=[entry.kind],
        )
    return made.writeString("utf-8").encode()


def _latest(moments: Iterable[datetime]) -> datetime:
    """When a file last changed: by what is in it, or by what was taken out of it."""
    withdrawn = Withdrawal.objects.aggregate(at=Max("at"))["at"]
    return max([ALWAYS, *moments, *([withdrawn] if withdrawn else [])])


def _site() -> Site:
    return Site.objects.select_related("root_page").get(is_default_site=True)


def _name(site: Site) -> str:
    return str(site.site_name or site.root_page.title)


def _scope(slug: str) -> Scope:
    found = scope_called(slug)
    if found is None:
        raise Http404
    return found


def answer(request: HttpRequest, body: bytes, content_type: str, changed: datetime) -> HttpResponse:
    """The file, or that it is still the same (RFC 9110, 13)."""
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    response = HttpResponse(body, content_type=content_type)
    response["ETag"], response["Last-Modified"] = etag, http_date(changed.timestamp())
    patch_cache_control(response, public=True, no_cache=True)
    return get_conditional_response(request, etag, int(changed.timestamp()), response) or response
