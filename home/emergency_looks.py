"""Whether what was withdrawn at once is gone: each channel is asked as the public asks it, and what is still there is named."""

from collections.abc import Iterable
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page

from governance.numbering import reference_slug
from home.as_the_public import Visitor
from home.scopes import EVERYTHING
from minutes.emergencies import Channel, Look
from minutes.enums import SERVED, PackAudience
from minutes.models import AgendaItemPage, EmergencyWithdrawal

GONE = frozenset({404, 410})
ASKS_FIRST = frozenset({"no-cache", "no-store", "max-age=0"})
"""What tells every cache that it may show nothing without asking us first."""


def pages_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Pages and permanent addresses that still answer, and lists that still lead to them."""
    return _still_answering(_addresses_of_pages(emergency)) + _telling(_lists(emergency), emergency)


def files_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Papers that can still be had, in any version, and lists that still lead to them."""
    return _still_answering(_addresses_of_papers(emergency)) + _telling(_lists(emergency), emergency, papers=True)


def packs_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Packs that can still be had, by the public or by members."""
    for_members = [pack for pack in emergency.packs() if pack.audience == PackAudience.MEMBERS and pack.state in SERVED]
    words = _("Members can still read %(pack)s.")
    return [*_still_answering(_addresses_of_packs(emergency)), *(words % {"pack": pack} for pack in for_members)]


def feeds_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Feeds and calendars that still tell of it."""
    scopes = [EVERYTHING, reference_slug(emergency.meeting.board.code)]
    addresses = [reverse(name, args=[scope]) for scope in scopes for name in ("feed", "calendar")]
    return _telling(addresses, emergency, titles=True)


def search_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Searches for what it was called that still lead to it."""
    names = {page.title for page in emergency.pages()} | {paper.title for paper in emergency.papers()}
    asked = [f"{reverse('search')}?q={quote(name)}" for name in sorted(names)]
    return _telling(asked, emergency, papers=True)


def sitemap_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Pages that the sitemap still lists."""
    return [_("The sitemap lists %(page)s.") % {"page": page.url_path} for page in _listed(emergency)]


def caches_left(emergency: EmergencyWithdrawal) -> list[str]:
    """Answers that a browser or a server in front may keep and show without asking us again."""
    visitor = Visitor()
    feed = reverse("feed", args=[EVERYTHING])
    every = [*_addresses(emergency), *_lists(emergency), feed]
    kept = [address for address in every if not _asks_first(visitor.ask(address, "HEAD").get("Cache-Control", ""))]
    return [_("%(address)s may be kept by caches.") % {"address": address} for address in kept]


def _asks_first(header: str) -> bool:
    return bool(ASKS_FIRST & {part.strip() for part in header.split(",")})


def _listed(emergency: EmergencyWithdrawal) -> list[Page]:
    root = Sitemap().get_wagtail_site().root_page
    shown = root.get_descendants(inclusive=True).live().public()
    return list(shown.filter(pk__in=emergency.taken["pages"]))


def _addresses(emergency: EmergencyWithdrawal) -> list[str]:
    return [*_addresses_of_pages(emergency), *_addresses_of_papers(emergency), *_addresses_of_packs(emergency)]


def _addresses_of_pages(emergency: EmergencyWithdrawal) -> list[str]:
    found = []
    for page in emergency.pages():
        found.append(page.get_url())
        if page.reference:
            found.append(reverse("reference", args=[reference_slug(page.reference)]))
    return found


def _addresses_of_papers(emergency: EmergencyWithdrawal) -> list[str]:
    found = []
    for paper in emergency.papers():
        found.append(reverse("paper", args=[paper.slug]))
        versions = paper.files.exclude(published_at=None).values_list("version", flat=True)
        found += [reverse("paper_version", args=[paper.slug, version]) for version in versions]
    return found


def _addresses_of_packs(emergency: EmergencyWithdrawal) -> list[str]:
    return [reverse("pack", args=[pack.slug]) for pack in emergency.packs()]


def _lists(emergency: EmergencyWithdrawal) -> list[str]:
    """The public pages that listed it: its meeting, its item, its board, all boards, the front page."""
    meeting = emergency.meeting
    above = [*meeting.get_ancestors(inclusive=True).live().filter(depth__gt=1)]
    items = AgendaItemPage.objects.child_of(meeting).live().filter(papers__in=emergency.taken["papers"]).distinct()
    return [page.get_url() for page in [*above, *items]]


def _still_answering(addresses: Iterable[str]) -> list[str]:
    visitor = Visitor()
    asked = [(address, visitor.ask(address, "HEAD").status_code) for address in dict.fromkeys(addresses)]
    words = _("%(address)s still answers (%(status)s).")
    return [words % {"address": address, "status": status} for address, status in asked if status not in GONE]


def _telling(
    addresses: Iterable[str], emergency: EmergencyWithdrawal, *, papers: bool = False, titles: bool = False
) -> list[str]:
    """Those of the addresses whose answer holds the address of something that was withdrawn.

    Args:
        papers: whether the addresses of papers count, besides those of pages.
        titles: whether the title of an item or a paper counts too, where nothing public has the same.
    """
    visitor = Visitor()
    traces = _addresses_of_pages(emergency)
    traces += [reverse("paper", args=[paper.slug]) for paper in emergency.papers()] if papers else []
    traces += _own_titles(emergency) if titles else []
    found = []
    for address in dict.fromkeys(addresses):
        answer = visitor.ask(address)
        told = answer.content.decode(errors="replace") if answer.status_code == 200 else ""
        if any(trace in told for trace in traces):
            found.append(_("%(address)s still leads to it.") % {"address": address})
    return found


def _own_titles(emergency: EmergencyWithdrawal) -> list[str]:
    """The titles that nothing else has which is public. Those of meetings are days, which are told of others too."""
    titles = {page.title for page in emergency.pages() if isinstance(page, AgendaItemPage)}
    return sorted(titles - set(Page.objects.live().filter(title__in=titles).values_list("title", flat=True)))


LOOKS: dict[Channel, Look] = {
    Channel.PAGES: pages_left,
    Channel.FILES: files_left,
    Channel.PACKS: packs_left,
    Channel.FEEDS: feeds_left,
    Channel.SEARCH: search_left,
    Channel.SITEMAP: sitemap_left,
    Channel.CACHES: caches_left,
}
