"""From the text of a page to a reading of it, in small passes."""

import re
from dataclasses import replace

from minutes.reading.actions import Action, actions_of, agreed_action, noted_action
from minutes.reading.dates import dates_in
from minutes.reading.decision import Decision, decide, decide_heading
from minutes.reading.decoding import check_characters, check_size
from minutes.reading.documents import documents_of
from minutes.reading.exceptions import OnlyPageFurniture
from minutes.reading.exempt import declares_exempt, exempt_paragraphs
from minutes.reading.heading import Heading, heading_of, without_paragraph_number
from minutes.reading.lines import Line, printed_lines
from minutes.reading.motions import Votes, movers, votes_of
from minutes.reading.narrative import concerns_in, paragraphs, quotations_in
from minutes.reading.presenters import presenters_of
from minutes.reading.reading import Reading
from minutes.reading.sections import Page, sections

_ANNOUNCES_HEADING = re.compile(
    r"agenda item|decisions? for issue .+|issue - \w+|issue details|decision details|decision", re.IGNORECASE
)
_AGENDA_LINE = re.compile(
    r"(?:\(?\w{1,4}[.)]? {1,2})?(?:(?:joint )?reports? (?:of|by|from) |to (?:receive|consider|note|approve|agree|confirm|hear|invite|determine|discuss|review|choose|"
    r"settle|appoint|elect|decide|point|highlight|put|be )\b|(?:the|this) [\w &]{2,60} (?:to|is asked to|are asked to|is invited to) \w+|members (?:are|will be) "
    r"|.{0,120}\bwill be (?:introduced|presented))",
    re.IGNORECASE,
)
NOTHING_RECORDED = "The page has a heading but no text of what happened."
OTHER_MEETINGS = "The page also holds another meeting, which was not read: {names}. Split the page to read it."
OTHER_ITEMS = "The page holds several items; only the first was read. Split the page to read the others."
PARTS_DIFFER = "The decision and the minute are printed in different words; the minute’s were taken."
MOTION_CARRIED = "A motion was carried, but no resolution is printed apart from it. Look at the original."
MOTION_LOST = "The motion was not carried, so nothing was decided."


def read(text: str) -> Reading:
    """Read one item of minutes from the text of its page.

    Raises a kind of ``UnreadableMinutes`` where the text holds no minutes at all; anything doubtful is a warning.
    """
    check_size(len(text))
    check_characters(text)
    lines = printed_lines(text)
    page = sections(lines)
    if page.text_lines == 0:
        raise OnlyPageFurniture("The page holds no minutes: only links, buttons and empty headings were copied.")
    announced = any(_ANNOUNCES_HEADING.fullmatch(line.text) for line in lines[:4])
    heading = heading_of(page, announced=announced)
    _set_agenda_apart(page)
    return _reading(page, heading)


def _set_agenda_apart(page: Page) -> None:
    """Put what stands before the minute with the agenda text; without a ``Minutes:`` heading the first lines may be it."""
    if page.has_minutes_heading or page.minutes:
        page.agenda += page.head
        page.head = []
        return
    while page.head and len(page.head) > 1 and _AGENDA_LINE.match(page.head[0].text) and not _decides_at_once(page.head[0]):
        page.agenda.append(page.head.pop(0))
    page.minutes, page.head = page.head, []


def _decides_at_once(line: Line) -> bool:
    return bool(decide([line]).clauses)


def _decision(page: Page, votes: Votes, warnings: list[str]) -> Decision:
    """The minute's decision; the separate ``Decision:`` part's where the minute has none."""
    lost = votes.outcome in ("lost", "withdrawn")
    minute = decide(page.minutes, decision_page=page.is_decision_page, lost=lost)
    if lost and not minute.clauses:
        warnings.append(MOTION_LOST)
    if votes.outcome == "carried" and not minute.clauses:
        warnings.append(MOTION_CARRIED)
    if not page.decision:
        return minute
    summary = decide_heading(page.decision)
    if (summary.clauses and not minute.clauses) or (
        summary.clauses and not minute.sure and len(summary.clauses) > len(minute.clauses)
    ):
        return replace(summary, taken=minute.taken)
    if summary.clauses and [clause.text for clause in summary.clauses] != [clause.text for clause in minute.clauses]:
        warnings.append(PARTS_DIFFER)
    if not minute.owner_lines and len(summary.clauses) == len(minute.clauses):
        minute.owner_lines = summary.owner_lines
    return minute


def _actions(decision: Decision, text: str, narrative: list[str]) -> tuple[Action, ...]:
    actions = actions_of(decision.clauses, decision.owner_lines)
    actions += tuple(action for paragraph in narrative if (action := noted_action(paragraph)))
    if re.search(r"decision ?/ ?action|action ?/ ?decision", text, re.IGNORECASE):
        actions += tuple(action for clause in decision.clauses if (action := agreed_action(clause)))
    return actions


def _reading(page: Page, heading: Heading) -> Reading:
    warnings: list[str] = []
    votes = votes_of(page.minutes)
    decision = _decision(page, votes, warnings)
    votes = replace(votes, unanimous=votes.unanimous or decision.unanimous)
    narrative = paragraphs(line for index, line in enumerate(page.minutes) if index not in decision.taken)
    agenda = paragraphs(page.agenda)
    clauses = [clause.text for clause in decision.clauses]
    mover, seconder = movers(page.minutes)
    whole = "\n".join(line.text for line in [*page.decision, *page.minutes])
    if page.other_meetings:
        names = "; ".join(f"{other.date} {other.body}" for other in page.other_meetings)
        warnings.append(OTHER_MEETINGS.format(names=names))
    if page.has_more_items:
        warnings.append(OTHER_ITEMS)
    if not page.minutes and not page.decision:
        warnings.append(NOTHING_RECORDED)
    return Reading(
        title=heading.title,
        item_number=heading.number,
        agenda_number=heading.agenda_number,
        presenters=presenters_of(map(without_paragraph_number, narrative), heading.title),
        stem=decision.stem,
        clauses=tuple(decision.clauses),
        decision_kind=decision.kind,
        documents=documents_of(heading.papers, page.documents),
        actions=_actions(decision, whole, narrative),
        declared_exempt=declares_exempt(clauses, narrative, agenda),
        exempt_paragraphs=exempt_paragraphs([*clauses, *narrative, *agenda]),
        warnings=(*warnings, *decision.warnings),
        minute_text=tuple(narrative),
        agenda_text=tuple(agenda),
        quotations=quotations_in(narrative),
        concerns=concerns_in(narrative),
        dates=(*dates_in(clauses, in_clause=True), *dates_in([*narrative, *agenda], in_clause=False)),
        mover=mover,
        seconder=seconder,
        vote=votes,
        meeting=page.meeting,
    )
