"""How anybody checks that records were not changed in silence: in words, by checkpoints, and with a script that stands alone."""

import json
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from wagtail.models import Site

from governance import check_records
from governance.addresses import absolute
from governance.check_records import digest
from governance.content import content_of
from governance.middleware import answer_for
from governance.models import BoardPage, LedgerCheckpoint, LedgerSubject, Reference
from governance.operations.ledger import SITE
from governance.record_history import history_of
from governance.wording import day_in_full
from home import feeds

SHOWN = 60
"""As many days are listed on the page; the data holds all."""


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """What the ledger is and how it is checked, in plain words."""
    return render(request, "home/records.html", {"latest": LedgerCheckpoint.objects.first()})


@require_safe
def script(request: HttpRequest) -> HttpResponse:
    """The stand-alone check, as this site itself runs it."""
    response = HttpResponse(Path(check_records.__file__).read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="check_records.py"'
    return response


@require_safe
def checkpoints(request: HttpRequest) -> HttpResponse:
    """Where every ledger stood on each of the last days, under the names of the boards that are public."""
    names = dict(BoardPage.objects.live().values_list("code", "title")) | {SITE: _("The whole site")}
    noted = [
        (checkpoint, [(names.get(head["chain"], head["chain"]), head) for head in checkpoint.heads])
        for checkpoint in LedgerCheckpoint.objects.all()[:SHOWN]
    ]
    return render(request, "home/checkpoints.html", {"checkpoints": noted})


@require_safe
def checkpoints_as_data(request: HttpRequest) -> HttpResponse:
    """Every checkpoint, to be saved and given to the check at some later day."""
    rows = [row.as_line() for row in LedgerCheckpoint.objects.order_by("day")]
    body = json.dumps({"checkpoints": rows}, indent=1).encode()
    latest = LedgerCheckpoint.objects.values_list("at", flat=True).first()
    return feeds.answer(request, body, "application/json", latest or feeds.ALWAYS)


@require_safe
def checkpoints_feed(request: HttpRequest) -> HttpResponse:
    """The latest checkpoints for feed readers: whoever subscribes keeps copies that this site cannot change."""
    rows = list(LedgerCheckpoint.objects.all()[:SHOWN])
    name, changed = _site_name(), rows[0].at if rows else feeds.ALWAYS
    made = feeds.NewsFeed(
        title=_("Checkpoints – %(site)s") % {"site": name},
        link=absolute(reverse("checkpoints")),
        description="",
        feed_url=absolute(reverse("checkpoints_feed")),
        author_name=name,
        language="en-GB",
        changed=changed,
    )
    for row in rows:
        address = f"{absolute(reverse('checkpoints'))}#{row.day.isoformat()}"
        words = json.dumps(row.as_line())
        made.add_item(
            title=_("Checkpoint of %(day)s") % {"day": day_in_full(row.day)},
            link=address,
            description=words,
            unique_id=f"urn:sha256:{row.sha256}",
            pubdate=row.at,
            updateddate=row.at,
        )
    body = made.writeString("utf-8").encode()
    return feeds.answer(request, body, "application/atom+xml; charset=utf-8", changed)


@require_safe
def check_record(request: HttpRequest, slug: str) -> HttpResponse:
    """What the ledger tells of one record, and whether the record still says what it said.

    Raises:
        Http404: no record of that reference was ever public.
    """
    found = Reference.objects.filter(slug=slug.lower()).select_related("page").first()
    if found is None:
        raise Http404
    if not found.page.live:
        gone = answer_for(request, found.page)
        if gone is None:
            raise Http404
        return gone
    record: Any = found.page.specific
    events = history_of(record)
    hashed = [event.entry for event in events if event.entry.subject == LedgerSubject.RECORD and event.entry.content_sha256]
    now = digest(content_of(record))
    answer = {
        "record": record,
        "events": events,
        "now": now,
        "entry": hashed[-1] if hashed else None,
        "agrees": bool(hashed) and hashed[-1].content_sha256 == now,
    }
    return render(request, "home/check_record.html", answer)


def _site_name() -> str:
    site = Site.objects.select_related("root_page").get(is_default_site=True)
    return str(site.site_name or site.root_page.title)
