"""A pack of more than 120 pages with clean, office-like, scanned and badly made papers, and what comes after it."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from minutes.enums import PackKind
from minutes.packs.build import BuiltPack, build
from minutes.packs.content import MeetingLine, PackContent
from tests.minutes.packs import uploads_made as made
from tests.minutes.packs.sample import SITE, sample_pack

AHEAD = MeetingLine(
    starts_at=datetime(2026, 12, 3, 14, tzinfo=UTC), title="Ordinary meeting", venue="Neuadd y Dref", address=f"{SITE}/ref/x"
)
TURNED = [(595, 842, 0), (595, 842, 90), (842, 595, 270), (595, 842, 180), (2384, 3370, 0), (420, 595, 0)]


@dataclass(frozen=True)
class Whole:
    """The papers, where packs are made of them, and the two that tests look at."""

    folder: Path
    cache: Path
    papers: dict[str, Path]
    clean: BuiltPack
    mixed: BuiltPack

    def content(self, *, clean: bool = False, **changes: Any) -> PackContent:
        """What the pack of clean papers, or of all papers, is made of."""
        return sample_pack(items=items_with(self.papers, clean=clean), next_meetings=(AHEAD,), **changes)

    def built(self, content: PackContent, name: str, base: BuiltPack | None = None) -> BuiltPack:
        """A pack made of the same papers."""
        layout = base.layout if base else None
        return build(content, cache_dir=self.cache, target=self.folder / f"{name}.pdf", base=layout, open_stored=made.opened)

    def supplement(self, *, consolidated: bool, **changes: Any) -> BuiltPack:
        """A late paper for item 8: alone, or in the pack that holds everything."""
        kind = PackKind.CONSOLIDATED if consolidated else PackKind.SUPPLEMENT
        facts: dict[str, Any] = {"supplement_number": 1, "supplement_says": "Item 8 has its evidence.", "base_version": 1}
        content = self.content(kind=kind, version=2, **facts, **changes)
        items = list(content.items)
        late = made.paper_of(self.papers["Evidence"], "paper-late", title="Late evidence", came_with=1)
        items[7] = replace(items[7], papers=(late,))
        return self.built(replace(content, items=tuple(items)), str(kind), self.mixed)


def items_with(papers: dict[str, Path], *, clean: bool) -> tuple[Any, ...]:
    """The agenda with its papers."""
    items = list(sample_pack().items)
    line = made.paper_of
    whole, office = line(papers["Home care report"], "paper-1", is_archivable=True), line(papers["Office report"], "paper-2")
    items[6] = replace(items[6], papers=(whole, replace(office, is_archivable=True)))
    second = (
        line(papers["Evidence"], "paper-3", is_archivable=True),
        line(papers["Office annex"], "paper-4", is_archivable=True),
    )
    items[8] = replace(items[8], papers=second, to_follow=("Financial annex",))
    if not clean:
        bad = [line(file, f"paper-{name}") for name, file in papers.items() if name.islower()]
        items[9] = replace(items[9], papers=(line(papers["Scan"], "paper-5"), *bad))
    return tuple(items)


def make_whole(folder: Path, cache: Path) -> Whole:
    """Make the papers and both packs."""
    report = made.clean_paper(folder, cache, "Home care report", pages=30)
    evidence = made.clean_paper(folder, cache, "Evidence", pages=22)
    papers = {
        "Home care report": report,
        "Evidence": evidence,
        "Office report": made.office_paper(folder, report, "Office report", says="/P"),
        "Office annex": made.office_paper(folder, evidence, "Office annex", says="/H1"),
        "Scan": made.scan(folder, "Scan", TURNED),
        **made.hostile_papers(folder, evidence),
    }
    packs = [
        build(
            sample_pack(items=items_with(papers, clean=clean), next_meetings=(AHEAD,)),
            cache_dir=cache,
            target=folder / f"{name}.pdf",
            open_stored=made.opened,
        )
        for name, clean in (("clean", True), ("mixed", False))
    ]
    return Whole(folder, cache, papers, *packs)
