"""The pages that are made of a minute that was read, not saved yet: the same whether they are kept one by one or in bulk."""

from typing import Any, TypeVar

from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext as _

from governance.enums import ActionKind, ActionOrigin, Purpose
from governance.exceptions import Refused
from governance.models import ActionPage, BoardPage, WorkstreamPage
from minutes.enums import ItemOutcome, MotionOutcome, PaperState
from minutes.models import AgendaItemPage, ItemPresenter, MinutePage, Paper, ResolutionPage
from minutes.proposal import Proposal, ProposedClause

Row = TypeVar("Row", ItemPresenter, Paper)
LONGEST_TITLE = 120
LONGEST_SLUG = 60
OUTCOMES = {"none": "", "noted": ItemOutcome.NOTED, "recommended": ItemOutcome.REFERRED}


def item_of(proposal: Proposal) -> AgendaItemPage:
    """The item as the minute names it. Its place on the agenda is given when it is added."""
    decided = proposal.decision_kind in {"resolved", "agreed", "recommended"}
    return AgendaItemPage(
        title=proposal.title,
        number=proposal.agenda_number,
        purpose=Purpose.DECISION if decided else Purpose.DISCUSSION,
        body=_rich_text(proposal.agenda_text),
    )


def presenters_of(proposal: Proposal) -> list[ItemPresenter]:
    """Who presented it, in the order of the minute."""
    return [_presenter(order, words) for order, words in enumerate(proposal.presenters)]


def _presenter(order: int, words: str) -> ItemPresenter:
    name, _comma, role = words.partition(", ")
    return _fitting(ItemPresenter(name=name, role=role, sort_order=order), "name", "role")


def papers_of(proposal: Proposal, item: AgendaItemPage) -> list[Paper]:
    """The papers that the minute names. There are no files of them yet, so none is public."""
    return [
        _fitting(Paper(item=item, title=title, position=order, state=PaperState.RECEIVED), "title")
        for order, title in enumerate(proposal.documents)
    ]


def _fitting(row: Row, *fields: str) -> Row:
    """A row whose words have room. Only pages are looked at when they are saved, and SQLite would keep what PostgreSQL fails on.

    Raises:
        Refused: some are longer than a name or a title may be; they are not cut.
    """
    for name in fields:
        field: Any = row._meta.get_field(name)
        words = getattr(row, name)
        if len(words) > field.max_length:
            said = {"field": field.verbose_name, "most": field.max_length, "begin": words[:60]}
            raise Refused(_("The %(field)s “%(begin)s …” is longer than %(most)s characters. Shorten it in the minute.") % said)
    return row


def minute_of(proposal: Proposal) -> MinutePage:
    """What happened at the item."""
    return MinutePage(
        title=proposal.title,
        slug="minute",
        text=_rich_text(proposal.paragraphs),
        presented_by="\n".join(proposal.presenters),
        decision_kind=proposal.decision_kind,
        outcome=OUTCOMES.get(proposal.decision_kind, ItemOutcome.DECIDED),
        mover=proposal.mover,
        seconder=proposal.seconder,
        votes_for=proposal.votes_for,
        votes_against=proposal.votes_against,
        abstentions=proposal.abstentions,
        printed_number=proposal.number,
        is_imported=True,
    )


def resolutions_of(proposal: Proposal) -> list[ResolutionPage]:
    """Its clauses in their order."""
    return [_resolution(proposal, clause, number) for number, clause in enumerate(proposal.clauses, start=1)]


def _resolution(proposal: Proposal, clause: ProposedClause, number: int) -> ResolutionPage:
    return ResolutionPage(
        title=_("%(item)s: resolution %(label)s") % {"item": proposal.title[:LONGEST_TITLE], "label": clause.label or number},
        slug=f"resolution-{number}",
        label=clause.label,
        stem=proposal.stem,
        text=clause.text,
        verbs=list(clause.verbs),
        outcome=MotionOutcome.LOST if proposal.motion_lost else MotionOutcome.CARRIED,
        position=number,
    )


def action_of(proposal: Proposal, clause: ProposedClause, *, board: BoardPage, workstream: WorkstreamPage | None) -> ActionPage:
    """An action for a clause, in the clause's own words until an editor puts the promise into plain English.

    Its address is the one that is wanted: whoever adds it looks whether that is free.
    """
    title = _title_from(clause.text)
    return ActionPage(
        title=title,
        slug=slugify(title)[:LONGEST_SLUG].strip("-"),
        kind=ActionKind.COPRODUCTION if proposal.is_coproduction else ActionKind.BOARD,
        board=board,
        promise=f"{proposal.stem} {clause.text}".strip(),
        origin=ActionOrigin.RESOLUTION,
        workstream=workstream,
        lead_role=clause.owner[:200],
        lead_words=clause.owner[:200],
        due_words=clause.due_words[:200],
        news_every_weeks=board.news_every_weeks,
    )


def _title_from(clause: str) -> str:
    """A short title made of the clause's own first words."""
    words = clause.removeprefix("That ").strip().rstrip(".;")
    words = words if len(words) <= LONGEST_TITLE else words[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"
    return words[:1].upper() + words[1:]


def _rich_text(paragraphs: tuple[str, ...]) -> str:
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
