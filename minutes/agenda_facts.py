"""The items of an agenda as their newest versions say, published or not, for the people who prepare it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from wagtail.documents import get_document_model
from wagtail.models import Page

from bs4 import BeautifulSoup

from governance.enums import Purpose
from minutes.completeness import Finding, ItemFacts, Public, findings
from minutes.enums import PaperState
from minutes.models import AgendaItemPage, MeetingPage, Paper

GONE = frozenset({PaperState.WITHDRAWN, PaperState.SUPERSEDED, PaperState.REFUSED})
WRITTEN = (
    "title",
    "purpose",
    "minutes_planned",
    "body",
    "recommendations",
    "report_author",
    "is_urgent",
    "urgency_reason",
    "late_report_reason",
    "exempt_reason",
)


def facts_of_agenda(meeting: MeetingPage) -> list[ItemFacts]:
    """The items of a meeting in the order of its agenda, in two queries."""
    items = AgendaItemPage.objects.child_of(meeting).select_related("latest_revision").order_by("position", "path")
    rows = sorted(items, key=lambda item: item.position == 0)
    papers = _papers(rows)
    return [_facts(item, papers[item.pk]) for item in rows]


def findings_of(meeting: MeetingPage) -> list[Finding]:
    """What a meeting's agenda lacks before it goes out, in five queries at most."""
    facts = facts_of_agenda(meeting)
    pages, documents = _linked(facts)
    live = frozenset(Page.objects.live().filter(pk__in=pages).values_list("pk", flat=True)) if pages else frozenset()
    known = get_document_model().objects.filter(pk__in=documents)
    kept = frozenset(known.values_list("pk", flat=True)) if documents else frozenset()
    return findings(facts, Public(live, kept, meeting.board.contact))


def _papers(items: Sequence[AgendaItemPage]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    used = Paper.objects.filter(item__in=[item.pk for item in items]).exclude(state__in=GONE)
    for item, title, state in used.order_by("position", "pk").values_list("item", "title", "state"):
        found[item].append((title, state))
    return found


def _facts(item: AgendaItemPage, papers: Sequence[tuple[str, str]]) -> ItemFacts:
    """Columns that nobody types are the row's; what was typed is the newest version's."""
    version = item.latest_revision.content if item.latest_revision else {}
    written: dict[str, Any] = {name: version.get(name, getattr(item, name)) for name in WRITTEN}
    return ItemFacts(
        key=item.pk,
        number=item.number,
        **written,
        purpose_words=str(Purpose(written["purpose"]).label),
        presenters=[_presenter(row) for row in version.get("presenters", [])],
        exempt=bool(version.get("exempt_ground", item.exempt_ground_id)),
        standing_kind=item.standing_kind,
        papers=papers,
        live=item.live,
        has_changes=item.has_unpublished_changes,
    )


def _presenter(row: dict[str, Any]) -> str:
    return ", ".join(filter(None, [row.get("name"), row.get("role")]))


def _linked(facts: Iterable[ItemFacts]) -> tuple[set[int], set[int]]:
    """The keys of the pages and the documents that the items link to."""
    found: dict[str, set[int]] = {"page": set(), "document": set()}
    for item in facts:
        for link in BeautifulSoup(item.body + item.recommendations, "html.parser").find_all("a"):
            kind, key = str(link.get("linktype") or ""), str(link.get("id") or "")
            if kind in found and key.isdigit():
                found[kind].add(int(key))
    return found["page"], found["document"]
