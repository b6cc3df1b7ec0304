"""The sections every pack is made of: cover, agenda, items with their papers, minutes, actions report, what leads to them."""

from collections.abc import Iterable

from django.utils import formats
from django.utils.translation import gettext as _

from minutes.enums import PACKS_OF_A_MEETING, PackKind
from minutes.packs.content import AgendaLine, PackContent, PrintedMinutes, Purpose
from minutes.packs.registry import Section, SectionKind

_FOLDER = "minutes/packs"
ACTIONS_IN_A_SECTION = 60
"""About thirty pages, which take a few seconds to print."""


def cover(content: PackContent) -> Iterable[Section]:
    """Which board, when, where, who chairs, how to attend, what is decided: one glance."""
    decisions = tuple(item for item in content.items if item.purpose is Purpose.DECISION)
    yield Section(
        key="cover",
        title=f"{content.board_name}: {content.meeting_title}",
        template=f"{_FOLDER}/cover.html",
        context={"content": content, "decisions": decisions},
        foot=content.reference,
        is_front=True,
    )


def supplement(content: PackContent) -> Iterable[Section]:
    """The front of a supplement: what is new, why it is late, and where its pages go."""
    yield Section(
        key=f"supplement-{content.supplement_number}",
        title=_("Supplement %(number)s") % {"number": content.supplement_number},
        template=f"{_FOLDER}/supplement.html",
        context={"content": content},
        foot=content.reference,
        lists_pages=True,
        is_front=True,
    )


def changes(content: PackContent) -> Iterable[Section]:
    """What differs from the version whose page numbers are kept."""
    if content.base_version:
        title = _("What changed since version %(version)s") % {"version": content.base_version}
        yield Section(
            key="changes",
            title=title,
            template=f"{_FOLDER}/changes.html",
            context={"content": content},
            foot=title,
            lists_pages=True,
            is_front=True,
        )


def agenda(content: PackContent) -> Iterable[Section]:
    """The list a member can read standing up, with the page of each item."""
    if content.items:
        planned = sum(item.minutes_planned or 0 for item in content.items)
        context = {"content": content, "minutes_planned": planned}
        yield Section(
            key="agenda",
            title=_("Agenda"),
            foot=_("Agenda"),
            template=f"{_FOLDER}/agenda.html",
            context=context,
            lists_pages=True,
            is_front=True,
        )


def items(content: PackContent) -> Iterable[Section]:
    """Each item that has anything to print: its sheet, then its papers. Of a restricted item, only that it is and why."""
    for item in content.items:
        if item.has_sheet:
            yield _sheet(content, item)
        for number, paper in enumerate(item.papers):
            is_first = not item.has_sheet and not number
            title = f"{item.number}. {item.title}: {paper.title}" if is_first else paper.title
            yield Section(
                key=paper.key,
                title=title,
                paper=paper,
                level=2 if is_first else 3,
                came_with=paper.came_with or item.came_with,
                starts_right=is_first,
            )


def _sheet(content: PackContent, item: AgendaLine) -> Section:
    name = f"{item.number}. {item.title}"
    template = f"{_FOLDER}/{'restricted' if item.restricted else 'item'}.html"
    context = {"content": content, "item": item}
    return Section(key=item.key, title=name, template=template, context=context, level=2, foot=name, came_with=item.came_with)


def previous_minutes(content: PackContent) -> Iterable[Section]:
    """The minutes the board is asked to confirm."""
    if content.previous_minutes:
        yield _minutes("previous-minutes", content, content.previous_minutes)


def own_minutes(content: PackContent) -> Iterable[Section]:
    """The minutes that a minutes pack is about."""
    if content.minutes:
        yield _minutes("minutes", content, content.minutes)


def actions(content: PackContent) -> Iterable[Section]:
    """What came of what the board resolved: a section for each so many actions, so that any number of them can be printed."""
    for start in range(0, len(content.actions), ACTIONS_IN_A_SECTION):
        shown = content.actions[start : start + ACTIONS_IN_A_SECTION]
        title = _("%(first)s to %(last)s") % {"first": shown[0].reference, "last": shown[-1].reference}
        tally = () if start else tuple(_tally(content))
        yield Section(
            key=f"actions-{start + 1}" if start else "actions",
            title=title if start else _("Actions report"),
            template=f"{_FOLDER}/actions.html",
            context={"content": content, "actions": shown, "tally": tally},
            level=2 if start else 1,
            foot=f"{_('Actions report')}: {title}" if start else _("Actions report"),
        )


def _tally(content: PackContent) -> Iterable[tuple[str, str, int]]:
    """How many actions stand how: shape, words and number, in the order of the report."""
    standing = [(action.mark, action.confidence_words or action.status_words) for action in content.actions]
    return ((mark, words, standing.count((mark, words))) for mark, words in dict.fromkeys(standing))


def _minutes(key: str, content: PackContent, minutes: PrintedMinutes) -> Section:
    title = _("Minutes of %(day)s") % {"day": formats.date_format(minutes.held_on, "j F Y")}
    context = {"content": content, "minutes": minutes}
    foot = _("%(title)s. Initials: %(space)s") % {"title": title, "space": "_" * 12} if minutes.to_be_signed else title
    marked = _("DRAFT") if minutes.is_draft else ""
    return Section(key=key, title=title, template=f"{_FOLDER}/minutes.html", context=context, foot=foot, marked=marked)


def next_meetings(content: PackContent) -> Iterable[Section]:
    """When the board meets again."""
    if content.next_meetings:
        title = _("Next meetings")
        yield Section(
            key="next-meetings",
            title=title,
            template=f"{_FOLDER}/next_meetings.html",
            context={"content": content},
            foot=title,
        )


def accessibility(content: PackContent) -> Iterable[Section]:
    """How the pack can be read, and which papers a screen reader cannot: only where papers were uploaded."""
    if any(item.papers for item in content.items):
        title = _("Accessibility of this pack")
        yield Section(
            key="accessibility",
            title=title,
            template=f"{_FOLDER}/accessibility.html",
            context={"content": content},
            foot=title,
            lists_pages=True,
            is_front=True,
        )


WHOLE = frozenset({PackKind.AGENDA, PackKind.CONSOLIDATED, PackKind.SUPPLEMENT})
"""A supplement is planned as the whole pack, so that its pages get the numbers they have there; only what is new is printed."""
OF_A_MEETING = WHOLE - {PackKind.SUPPLEMENT}
STANDARD = (
    SectionKind(name="cover", order=10, packs=frozenset(PACKS_OF_A_MEETING), sections=cover),
    SectionKind(name="supplement", order=12, packs=frozenset({PackKind.SUPPLEMENT}), sections=supplement),
    SectionKind(name="changes", order=15, packs=OF_A_MEETING, sections=changes),
    SectionKind(name="agenda", order=20, packs=WHOLE, sections=agenda),
    SectionKind(name="items", order=30, packs=WHOLE | {PackKind.ITEM}, sections=items),
    SectionKind(name="previous minutes", order=40, packs=WHOLE, sections=previous_minutes),
    SectionKind(name="minutes", order=50, packs=frozenset({PackKind.MINUTES}), sections=own_minutes),
    SectionKind(name="actions", order=60, packs=WHOLE | {PackKind.ACTIONS}, sections=actions),
    SectionKind(name="next meetings", order=70, packs=WHOLE, sections=next_meetings),
    SectionKind(name="accessibility", order=80, packs=OF_A_MEETING | {PackKind.ITEM}, sections=accessibility),
)
"""Asked for every pack, before and among the kinds that others register."""
