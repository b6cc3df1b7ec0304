"""The sections of an annual report: a front that says the year in short, then three chapters."""

from collections.abc import Callable, Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes.annual.pack_content import AnnualPack
from minutes.enums import PackKind
from minutes.packs.content import PackContent
from minutes.packs.registry import Section, SectionKind

_FOLDER = "minutes/annual"
_ONLY = frozenset({PackKind.ANNUAL})


def front(content: PackContent) -> Iterable[Section]:
    """Which board and year, the figures, and where each chapter begins."""
    yield Section(
        key="front",
        title=content.file_title,
        template=f"{_FOLDER}/printed_front.html",
        foot=_("Annual report %(year)s") % {"year": content.meeting_title},
        lists_pages=True,
        is_front=True,
    )


def chapter(key: str, title: str | Promise) -> Callable[[PackContent], Iterable[Section]]:
    """The rule that gives one chapter."""

    def sections(content: PackContent) -> Iterable[Section]:
        if isinstance(content, AnnualPack):
            yield Section(
                key=key,
                title=str(title),
                template=f"{_FOLDER}/printed_chapter.html",
                context={"chapter": f"{_FOLDER}/{key}.html"},
                foot=_("Annual report %(year)s: %(chapter)s") % {"year": content.said.year, "chapter": title},
            )

    return sections


KINDS = (
    SectionKind(name="annual front", order=10, packs=_ONLY, sections=front),
    SectionKind(name="annual promises", order=20, packs=_ONLY, sections=chapter("promises", gettext_lazy("Promises"))),
    SectionKind(
        name="annual decisions", order=30, packs=_ONLY, sections=chapter("decisions", gettext_lazy("Decisions and meetings"))
    ),
    SectionKind(name="annual people", order=40, packs=_ONLY, sections=chapter("people", gettext_lazy("People and services"))),
)
