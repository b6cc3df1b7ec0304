"""Everything a pack prints, as plain values: no queries and no models, so that packs are planned and tested without them.

Whoever fills these has already decided what the reader may see. Rich text (marked so below) is what the editors typed; it is
reduced to safe tags when it is printed, and refused when that is not possible.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import dateformat

from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.packs.content_papers import PaperLine


class Purpose(StrEnum):
    """What the board is asked to do with an item."""

    DECISION = "decision"
    DISCUSSION = "discussion"
    INFORMATION = "information"
    NOTING = "noting"


class Mark(StrEnum):
    """The shape printed beside an action's status, so that it is told apart without colour."""

    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    COMPLETED = "completed"
    PROPOSED = "proposed"
    AGREED = "agreed"
    UNDER_WAY = "under-way"
    PAUSED = "paused"
    CLOSED = "closed"
    HANDED_ON = "handed-on"


@dataclass(frozen=True, kw_only=True)
class MemberLine:
    """A member as printed on the cover or among those present: "Cllr Siân Ŵyn, Chair, Example Council"."""

    name: str
    role: str = ""
    organisation: str = ""
    votes: bool = True


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """All that is printed of an item the public is excluded from."""

    public_title: str
    ground: str
    """The legal ground in words: "Local Government Act 1972, Schedule 12A, paragraph 3"."""
    reason: str
    """Why the public interest in withholding it weighs more."""


@dataclass(frozen=True, kw_only=True)
class AgendaLine:
    """One item of the agenda. Of a restricted item only its number and its restriction are printed, whatever else is filled."""

    number: str
    """As printed: "7" or "7a". Unique within the agenda."""
    title: str
    purpose: Purpose
    presenter: str = ""
    minutes_planned: int | None = None
    body: str = ""
    """Rich text: what the item is about."""
    recommendations: tuple[str, ...] = ()
    """What the board is asked to agree, one sentence each, plain text."""
    reference: str = ""
    address: str = ""
    """The item's permanent web address, in full."""
    found_at: str = ""
    """The section that is this item's paper when it has nothing to print itself: `previous-minutes` or `actions`."""
    restricted: Restriction | None = None
    papers: tuple[PaperLine, ...] = ()
    """What was uploaded for it, in the order it is bound."""
    to_follow: tuple[str, ...] = ()
    """Titles of papers that are still to come."""
    came_with: int = 0
    """The supplement that brought the item; 0 for one that came with the agenda."""
    heading: str = ""
    """The heading of the agenda that stands directly before it."""
    remarks: tuple[str, ...] = ()
    """What is said of it on the agenda besides: why it is urgent, or why its report is late; plain text."""

    @property
    def has_sheet(self) -> bool:
        """Whether there is anything to print about it beyond its line of the agenda."""
        return bool(self.body or self.recommendations or self.restricted)

    @property
    def place(self) -> str:
        """The section the agenda's line leads to, if the pack has it."""
        if self.has_sheet:
            return self.key
        return self.papers[0].key if self.papers else self.found_at

    @property
    def key(self) -> str:
        """The name of this item's section in the pack, for links and page numbers: "item-7"."""
        return f"item-{self.number}"


@dataclass(frozen=True, kw_only=True)
class ResolutionLine:
    """One clause of what was resolved."""

    label: str
    """As printed before the clause: "38(1)"."""
    text: str
    """Plain text of the clause: "that the report be received"."""
    stem: str = ""
    """The words all clauses of one resolution share: "Resolved". Printed once for each run of equal stems."""
    reference: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class MinuteItem:
    """What happened on one item."""

    number: str
    title: str
    paragraphs: tuple[str, ...] = ()
    """Rich text, one entry for each paragraph or block."""
    decision_words: str = ""
    """Mover, seconder and vote in words: "Moved by …, seconded by …. Carried, 9 for and 2 against."."""
    resolutions: tuple[ResolutionLine, ...] = ()
    corrections: tuple[str, ...] = ()
    """Each correction of the minute as a sentence, those resolved when it was confirmed and those recorded since."""
    reference: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class QuestionLine:
    """What the public put to a meeting, as its minutes print it.

    Attributes:
        heading: what it is, about what, from whom, in words.
        text: its words as far as they are shown.
        answers: what was said to it, each with the words before it.
    """

    heading: str
    text: str = ""
    answers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PrintedMinutes:
    """The minutes of one meeting: the previous one in an agenda pack, or the subject of a minutes pack."""

    meeting_title: str
    held_on: date
    venue: str = ""
    status_words: str = ""
    """"Draft, to be confirmed at the meeting on Thursday 3 December 2026"."""
    is_draft: bool = False
    """Whether each of its pages is marked as a draft."""
    to_be_signed: bool = False
    """Whether there is a place for the signature at its end and for initials on each page."""
    presided_by: str = ""
    signed_on: date | None = None
    """Who presided at the meeting that confirmed them and signs them, and when that was."""
    present: tuple[MemberLine, ...] = ()
    in_attendance: tuple[MemberLine, ...] = ()
    apologies: tuple[MemberLine, ...] = ()
    questions: tuple[QuestionLine, ...] = ()
    items: tuple[MinuteItem, ...] = ()
    reference: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class ActionLine:
    """One action as the board's report prints it. The words come from the record: the pack adds only the shape."""

    reference: str
    promise: str
    """What will be done, plain text: "We will…"."""
    lead: str = ""
    partners: tuple[str, ...] = ()
    """The organisations that take part besides the one that leads."""
    due_words: str = ""
    """"By 8 December 2026" or "By 8 December 2026, late by 12 days; the date has moved twice"."""
    first_due_words: str = ""
    """The first date, printed struck through before the due words, when the date moved."""
    status_words: str = ""
    """"Under way"."""
    confidence_words: str = ""
    """"On track"."""
    mark: Mark = Mark.ON_TRACK
    confidence_reason: str = ""
    """Why it is at risk or off track, and the recovery step; plain text."""
    updated_on: date | None = None
    update_summary: str = ""
    """What the last published update says, plain text."""
    next_news_words: str = ""
    """"By 8 December 2026" or "Late by 12 days"."""
    outcome: str = ""
    """What came of it, once completed; plain text."""
    resolution_reference: str = ""
    """The resolution that ordered it."""
    resolution_words: str = ""
    """What was resolved, shortened to a line."""
    resolution_address: str = ""
    effect_words: str = ""
    """Why the resolution may not be carried out yet: it can still be called in, or was."""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class MeetingLine:
    """A meeting that is still to come."""

    starts_at: datetime
    """With its time zone; printed as it stands."""
    title: str
    """"Ordinary meeting"."""
    venue: str = ""
    address: str = ""


@dataclass(frozen=True, kw_only=True)
class PackContent:
    """One version of one pack, complete."""

    kind: PackKind
    audience: PackAudience
    reference: str
    """"HWB/2026-10-08/AGENDA/v2"."""
    version: int
    board_name: str
    meeting_title: str
    """"Ordinary meeting", or the report's name in a pack of actions."""
    starts_at: datetime
    """With its time zone; printed as it stands. For a pack of actions: the day the report is as at."""
    issued_at: datetime
    council_name: str = ""
    language: str = "en-GB"
    """The language of the pack's text (BCP 47); the words the system adds follow it where they are translated."""
    venue: str = ""
    how_to_attend: str = ""
    """How the public can attend, ask and watch; plain text."""
    chair: str = ""
    members: tuple[MemberLine, ...] = ()
    quorum_words: str = ""
    """"Five members with a vote, at least one from the council and one from the health board"."""
    notice_words: str = ""
    """The public notice: "Published on Wednesday 30 September 2026, five clear days before the meeting"."""
    items: tuple[AgendaLine, ...] = ()
    previous_minutes: PrintedMinutes | None = None
    minutes: PrintedMinutes | None = None
    """The subject of a minutes pack."""
    actions: tuple[ActionLine, ...] = ()
    actions_as_at: date | None = None
    """The day the actions report was drawn; the day of issue when it is not given."""
    contact: str = ""
    """Who to ask, and how: name, telephone, e-mail."""
    site_address: str = ""
    """The site's address without a slash at its end; links in rich text that start with a slash are completed with it."""
    brand_colour: str = "#1d3b53"
    """The council's colour, for rules and large text: # and six digits. Nothing is told by it."""
    edition: PackEdition = PackEdition.STANDARD
    base_version: int = 0
    """The version whose page numbers this one keeps, and since which it tells what changed; 0 for a first issue."""
    supplement_number: int = 0
    """Of a supplement: which."""
    supplement_says: str = ""
    """Of a supplement: what is new, in a sentence; plain text."""
    late_because: str = ""
    """Of a supplement: why it could not come with the agenda; plain text."""
    next_meetings: tuple[MeetingLine, ...] = ()
    closed_versions: tuple[str, ...] = ()
    """Members' packs only: which versions of what is kept back go with it, by neutral names. What is kept back is never in here."""

    def __post_init__(self) -> None:
        """Refuse what would make links and page numbers ambiguous, and a colour that is none.

        Raises:
            ValueError: two items have one number, the colour is not written as # and six digits, or a pack for the public
                was given what is closed to it.
        """
        if not re.fullmatch(r"#[0-9a-fA-F]{6}", self.brand_colour):
            raise ValueError("The brand colour is not written as # and six digits.")
        if self.closed_versions and self.audience is not PackAudience.MEMBERS:
            raise ValueError("What is closed to the public is in the members' pack only.")
        numbers = [item.number for item in self.items]
        if len(set(numbers)) != len(numbers):
            raise ValueError("Two agenda items have the same number.")

    @property
    def file_title(self) -> str:
        """What the file is called in a viewer."""
        return f"{self.board_name}: {self.meeting_title}, {dateformat.format(self.starts_at, 'j F Y')}"

    @property
    def occasion(self) -> dict[str, Any]:
        """What the pack is of, for machines."""
        told = {"title": self.meeting_title, "starts_at": self.starts_at.isoformat(), "venue": self.venue}
        return {"meeting": told}

    @property
    def resolutions(self) -> tuple[ResolutionLine, ...]:
        """Every clause that it prints, for machines."""
        printed = filter(None, (self.previous_minutes, self.minutes))
        return tuple(line for minutes in printed for item in minutes.items for line in item.resolutions)

    @property
    def large_print(self) -> bool:
        """16 point instead of 12."""
        return self.edition is PackEdition.LARGE_PRINT
