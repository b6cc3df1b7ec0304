"""The parts of a page: heading and agenda text, decision, minutes, documents, particulars."""

import itertools
import re
from dataclasses import dataclass, field

from minutes.reading.furniture import is_detail, is_furniture, is_signature, without_furniture
from minutes.reading.lines import Line

_MEETING = re.compile(
    r"Meeting: ?(?P<date>\d{1,2}/\d{1,2}/\d{4}) ?[-–] ?(?P<body>.{1,200}?) ?(?:\(Item (?P<item>[^()\s]{1,12}?)\.?\))?$"
)
_DOCUMENTS = re.compile(
    r"(?P<which>additional|supporting|accompanying|background|related) (?:documents?|papers)\s*:?(?P<rest>.*)", re.IGNORECASE
)
_MINUTES = re.compile(r"(?:draft )?(?:Minutes?|MINUTES?)(?: text)?\s*:\s*(?P<rest>.*)")
_DECISION = re.compile(r"(?:Decisions?|DECISIONS?|Decision summary)\s*:\s*(?P<rest>.*)")
_PURPOSE = re.compile(r"(?:Purpose|Summary|Recommendations?|Report summary|Description)\s*:\s*(?P<rest>.*)")
_CONTENT = re.compile(r"(?:Content|Decision text)\s*:\s*(?P<rest>.*)")
_VERDICT = re.compile(r"(?:resolved|agreed|decisions?|recommended|that|action|reasons?)\b", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"\d{1,4}[A-Z]?\.|\d{1,4}/\d{2,4}|\d{1,4}[A-Z]?")
_FILE = re.compile(r"\b(?:PDF|DOCX?|XLSX?|PPTX?) \d|\b\d[\d.,]* ?[KM]B\b|\.(?:pdf|docx?|xlsx?|pptx?|rtf|odt)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting a page says it is of: date and body as printed, and the number of the minute."""

    date: str
    body: str
    number: str | None


@dataclass
class Page:
    """The parts of one item's page, each in printed order."""

    head: list[Line] = field(default_factory=list)
    agenda: list[Line] = field(default_factory=list)
    decision: list[Line] = field(default_factory=list)
    minutes: list[Line] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    has_minutes_heading: bool = False
    is_decision_page: bool = False
    other_meetings: list[Meeting] = field(default_factory=list)
    meeting: Meeting | None = None
    text_lines: int = 0
    has_more_items: bool = False


def meeting_of(text: str) -> Meeting | None:
    """The meeting named by a line such as ``Meeting: 19/05/2031 - Care Board (Item 12)``."""
    match = _MEETING.match(text) if len(text) <= 300 else None
    return Meeting(match["date"], match["body"], match["item"]) if match else None


def is_document(text: str, *, at_end: bool) -> bool:
    """Whether a line under a documents heading names a document; at the end of a page a bare title does."""
    if len(text) > 300:
        return False
    if _FILE.search(text) or text.lower().lstrip("-•· ").startswith("webcast"):
        return True
    if text.startswith(("- ", "• ", "· ")) or at_end:
        return len(text) <= 180 and not text.endswith((".", ";", ":")) and not _VERDICT.match(text) and text[0] != "("
    return False


class _Sorter:
    """Puts each line of a page into its part, reading once from top to bottom."""

    def __init__(self, *, minutes_follow: bool) -> None:
        self.page = Page()
        self.minutes_follow = minutes_follow
        self.part = self.page.head
        self.documents: str | None = None

    def take(self, line: Line) -> None:
        """Sort one line."""
        signed = self.page.text_lines > 2 and is_signature(line.text)
        marks = self.page.text_lines and line.text.lower() == "decision"
        if not marks and (signed or is_furniture(line.text) or is_detail(line.text)):
            self._note_decision_page(line.text)
            return
        self.page.text_lines += 1
        if self._opens_part(line):
            return
        if self.documents is not None:
            if is_document(line.text, at_end=self.documents != "additional" and self._body_seen()):
                self.page.documents.append(line.text)
                return
            self._after_documents()
        if words := without_furniture(line.text):
            self.part.append(line.saying(words))

    def _note_decision_page(self, text: str) -> None:
        lowered = text.lower()
        if lowered in ("decision details", "issue - decisions", "decision") or is_detail(text):
            self.page.is_decision_page = True

    def _body_seen(self) -> bool:
        return bool(self.page.minutes or self.page.decision or not self.minutes_follow)

    def _after_documents(self) -> None:
        """Text after the list of papers is what happened: on these pages papers stand between agenda and minute."""
        if self.documents in ("additional", "background") and self.part is self.page.head:
            self.page.agenda = self.page.head[:]
            self.part = self.page.minutes
        self.documents = None

    def _opens_part(self, line: Line) -> bool:
        text = line.text
        if match := _DOCUMENTS.fullmatch(text):
            self.documents = match["which"].lower()
            if (rest := match["rest"].strip()) and is_document(rest, at_end=True):
                self.page.documents.append(rest)
            return True
        opened = self._opened(text)
        if opened is None:
            return False
        part, rest = opened
        self.documents = None
        self.part = part
        if rest:
            part.append(line.saying(rest))
        return True

    def _opened(self, text: str) -> tuple[list[Line], str] | None:
        page = self.page
        if (match := _MINUTES.fullmatch(text)) and (page.head or not match["rest"]):
            page.has_minutes_heading = True
            self.minutes_follow = False
            return page.minutes, match["rest"]
        if self.minutes_follow and (match := _DECISION.fullmatch(text)):
            return page.decision, match["rest"]
        if page.is_decision_page and (match := _PURPOSE.fullmatch(text)):
            return page.agenda, match["rest"]
        if match := _CONTENT.fullmatch(text):
            return page.head, match["rest"]
        if page.is_decision_page and self.part is page.agenda and (match := _DECISION.fullmatch(text)):
            page.minutes.append(Line("Decision:"))
            return page.minutes, match["rest"]
        return None


def _chosen(lines: list[Line]) -> tuple[list[Line], Meeting | None, list[Meeting]]:
    """The lines of the first meeting on the page that says what happened, that meeting, and the others named."""
    starts = [(index, meeting) for index, line in enumerate(lines) if (meeting := meeting_of(line.text))]
    if not starts:
        return lines, None, []
    ends = [index for index, _ in starts[1:]] + [len(lines)]
    parts = [(meeting, lines[index + 1 : end]) for (index, meeting), end in zip(starts, ends, strict=True)]
    told = [part for part in parts if sum(1 for line in part[1] if not is_furniture(line.text)) > 1]
    meeting, body = next((part for part in told if any(_MINUTES.fullmatch(line.text) for line in part[1])), (told or parts)[0])
    others = {other for other, part in parts if other != meeting and part is not body}
    return lines[: starts[0][0]] + body, meeting, sorted(others, key=lambda other: (other.date, other.body))


def _first_item(lines: list[Line]) -> tuple[list[Line], bool]:
    """The lines of the first item where a page of a whole meeting gives several, each with its number and minute."""
    minutes = [index for index, line in enumerate(lines) if _MINUTES.fullmatch(line.text)]
    for before, after in itertools.pairwise(minutes):
        starts = [index for index in range(before + 1, after - 1) if _ITEM_NUMBER.fullmatch(lines[index].text)]
        if starts:
            return lines[: starts[-1]], True
    return lines, False


def sections(lines: list[Line]) -> Page:
    """The page in its parts. Of several meetings on it the first with a minute is read, of several items the first."""
    body, meeting, others = _chosen(lines)
    body, cut = _first_item(body)
    sorter = _Sorter(minutes_follow=any(_MINUTES.fullmatch(line.text) for line in body[1:]))
    for line in body:
        sorter.take(line)
    page = sorter.page
    page.meeting, page.other_meetings, page.has_more_items = meeting, others, cut
    return page
