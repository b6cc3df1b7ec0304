"""What an agenda still lacks, and what it should not have, before it goes out. Pure. It warns: nothing here stops a lawful agenda."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bs4 import BeautifulSoup

from governance.enums import StandingKind
from minutes.enums import PaperState
from minutes.personal_data import Sort, traces

# Items that nobody presents: the chair takes them.
TAKEN_BY_THE_CHAIR = frozenset({StandingKind.WELCOME, StandingKind.INTERESTS, StandingKind.MINUTES, StandingKind.NEXT_MEETING})

LOOKS_LIKE = {
    Sort.NHS_NUMBER: gettext_lazy("has what looks like an NHS number."),
    Sort.DATE_OF_BIRTH: gettext_lazy("has what looks like a date of birth."),
    Sort.NATIONAL_INSURANCE: gettext_lazy("has what looks like a National Insurance number."),
    Sort.TELEPHONE: gettext_lazy("has a telephone number."),
    Sort.EMAIL: gettext_lazy("has an e-mail address."),
    Sort.HOME_ADDRESS: gettext_lazy("has what looks like somebody's address."),
}


class Severity(StrEnum):
    """How heavy a finding is: something that should not go out, something that is missing, something to look at."""

    SERIOUS = "serious"
    MISSING = "missing"
    LOOK = "look"


@dataclass(frozen=True)
class ItemFacts:
    """What is known of one item, in its newest version, published or not.

    Attributes:
        body, recommendations: rich text, as it is kept.
        presenters: in words.
        papers: the title and the state of each that is in use.
    """

    key: int
    number: str
    title: str
    purpose: str = ""
    purpose_words: str = ""
    minutes_planned: int | None = None
    body: str = ""
    recommendations: str = ""
    presenters: Sequence[str] = ()
    report_author: str = ""
    is_urgent: bool = False
    urgency_reason: str = ""
    late_report_reason: str = ""
    exempt: bool = False
    exempt_reason: str = ""
    standing_kind: str = ""
    papers: Sequence[tuple[str, str]] = ()
    live: bool = False
    has_changes: bool = False

    @property
    def public_words(self) -> tuple[str, ...]:
        """Everything of it that people read."""
        reasons = (self.urgency_reason, self.late_report_reason, self.exempt_reason)
        return (self.title, self.body, self.recommendations, self.report_author, *self.presenters, *reasons)


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        severity: how heavy it is.
        item: the key of the item.
        words: the finding as a sentence, without the words of the item: it may be kept.
        quoted: the place in the text, for who may read it. It is kept nowhere.
    """

    severity: Severity
    item: int
    words: str
    quoted: str = ""


@dataclass(frozen=True)
class Public:
    """What is public already.

    Attributes:
        pages: the keys of pages.
        documents: the keys of documents.
        contact: the board's contact.
    """

    pages: Collection[int] = field(default_factory=frozenset)
    documents: Collection[int] = field(default_factory=frozenset)
    contact: str = ""


def findings(items: Sequence[ItemFacts], public: Public) -> list[Finding]:
    """What an agenda lacks and should not have, the heaviest first and else in its order.

    Args:
        items: its items; what they link to among themselves becomes public together.
    """
    with_agenda = Public({*public.pages, *(item.key for item in items)}, public.documents, public.contact)
    found = [finding for item in items for finding in _of_item(item, with_agenda)]
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def _of_item(item: ItemFacts, public: Public) -> Iterator[Finding]:
    yield from _serious(item, public)
    yield from _missing(item)
    if item.purpose == "decision" and not item.recommendations.strip() and item.standing_kind != StandingKind.MINUTES:
        yield _finding(Severity.LOOK, item, _("is for decision and recommends nothing."))
    if item.minutes_planned is None:
        yield _finding(Severity.LOOK, item, _("has no minutes planned."))


def _serious(item: ItemFacts, public: Public) -> Iterator[Finding]:
    for text in item.public_words:
        soup = BeautifulSoup(text, "html.parser")
        for trace in traces(soup.get_text(" "), public.contact):
            yield _finding(Severity.SERIOUS, item, str(LOOKS_LIKE[trace.sort]), trace.words)
        yield from _links(item, soup, public)
        for image in soup.find_all(["img", "embed"]):
            is_image = image.name == "img" or image.get("embedtype") == "image"
            if is_image and not str(image.get("alt") or "").strip():
                yield _finding(Severity.MISSING, item, _("has an image without words for those who cannot see it."))


def _links(item: ItemFacts, soup: BeautifulSoup, public: Public) -> Iterator[Finding]:
    known: Mapping[str, Collection[int]] = {"page": public.pages, "document": public.documents}
    for link in soup.find_all("a"):
        kind, key = str(link.get("linktype") or ""), str(link.get("id") or "")
        if kind in known and key.isdigit() and int(key) not in known[kind]:
            yield _finding(Severity.SERIOUS, item, _("links to something that is not public."), link.get_text(" ", strip=True))
        elif re.search(r"/admin/|/members/|localhost|127\.0\.0\.1", str(link.get("href") or "")):
            yield _finding(Severity.SERIOUS, item, _("links to an address that the public cannot open."), str(link["href"]))


def _missing(item: ItemFacts) -> Iterator[Finding]:
    if item.is_urgent and not item.urgency_reason.strip():
        words = _("is urgent, and the chair's reason is not given. The minutes cannot be published without it.")
        yield _finding(Severity.SERIOUS, item, words)
    if item.exempt and not item.exempt_reason.strip():
        yield _finding(Severity.SERIOUS, item, _("is taken in private, and why is not given."))
    if not item.presenters and item.standing_kind not in TAKEN_BY_THE_CHAIR:
        yield _finding(Severity.MISSING, item, _("has nobody who presents it."))
    for title, state in item.papers:
        if state == PaperState.TO_FOLLOW:
            yield _finding(Severity.MISSING, item, _("has a paper that is still to follow."), title)
        elif state == PaperState.RECEIVED:
            yield _finding(Severity.MISSING, item, _("has a paper that is not checked, so it will not go out."), title)


def _finding(severity: Severity, item: ItemFacts, words: str, quoted: str = "") -> Finding:
    name = _("Item %(number)s") % {"number": item.number} if item.number else _("An item")
    return Finding(severity, item.key, f"{name} {words}", quoted)
