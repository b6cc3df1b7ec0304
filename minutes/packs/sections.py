"""The sections every pack is made of: cover, agenda, a sheet for each item, minutes, actions report."""

from collections.abc import Iterable
from operator import attrgetter

from django.utils import formats
from django.utils.translation import gettext as _

from minutes.packs.content import PackContent, PackKind, PrintedMinutes, Purpose
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
        )


def item_sheets(content: PackContent) -> Iterable[Section]:
    """One sheet for each item that has anything to print; of a restricted item, only that it is and why."""
    for item in filter(attrgetter("has_sheet"), content.items):
        name = f"{item.number}. {item.title}"
        yield Section(
            key=item.key,
            title=name,
            template=f"{_FOLDER}/{'restricted' if item.restricted else 'item'}.html",
            context={"content": content, "item": item},
            level=2,
            foot=name,
        )


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
    return Section(key=key, title=title, template=f"{_FOLDER}/minutes.html", context=context, foot=title)


STANDARD = (
    SectionKind(name="cover", order=10, packs=frozenset(PackKind), sections=cover),
    SectionKind(name="agenda", order=20, packs=frozenset({PackKind.AGENDA}), sections=agenda),
    SectionKind(name="item sheets", order=30, packs=frozenset({PackKind.AGENDA}), sections=item_sheets),
    SectionKind(name="previous minutes", order=40, packs=frozenset({PackKind.AGENDA}), sections=previous_minutes),
    SectionKind(name="minutes", order=50, packs=frozenset({PackKind.MINUTES}), sections=own_minutes),
    SectionKind(name="actions", order=60, packs=frozenset({PackKind.AGENDA, PackKind.ACTIONS}), sections=actions),
)
"""Asked for every pack, before and among the kinds that others register."""
