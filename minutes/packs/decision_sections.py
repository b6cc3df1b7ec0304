"""The section of a decision sheet."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from minutes.enums import PackKind
from minutes.packs.content import PackContent
from minutes.packs.content_decisions import DecisionSheet
from minutes.packs.registry import Section, SectionKind


def decisions(content: PackContent) -> Iterable[Section]:
    """What was decided, item by item."""
    if isinstance(content, DecisionSheet) and content.decisions:
        title = _("Decisions")
        yield Section(
            key="decisions", title=title, template="minutes/packs/decisions.html", context={"content": content}, foot=title
        )


DECISIONS = SectionKind(name="decisions", order=50, packs=frozenset({PackKind.DECISIONS}), sections=decisions)
