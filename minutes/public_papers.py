"""The papers of an item as the public sees them: each report with its appendices and background papers below it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from minutes.enums import PaperKind
from minutes.models import Paper


@dataclass
class PaperLine:
    """One paper of a list.

    Attributes:
        paper: public, taken with its file.
        parts: what belongs to it.
    """

    paper: Paper
    parts: list["PaperLine"] = field(default_factory=list)

    @property
    def background(self) -> list["PaperLine"]:
        """The background papers of a report."""
        return [part for part in self.parts if part.paper.kind == PaperKind.BACKGROUND]

    @property
    def others(self) -> list["PaperLine"]:
        """Its appendices and whatever else belongs to it."""
        return [part for part in self.parts if part.paper.kind != PaperKind.BACKGROUND]


def paper_lines(papers: Iterable[Paper]) -> list[PaperLine]:
    """Papers in their order. One that belongs to a paper that is not among them stands by itself."""
    every = list(papers)
    known = {paper.pk for paper in every}
    below: dict[int | None, list[Paper]] = defaultdict(list)
    for paper in every:
        owner = paper.belongs_to_id
        below[owner if owner in known and owner != paper.pk else None].append(paper)
    return [PaperLine(paper, [PaperLine(part) for part in _all_below(paper, below)]) for paper in below[None]]


def _all_below(paper: Paper, below: dict[int | None, list[Paper]]) -> list[Paper]:
    """Everything that belongs to a paper, at whatever distance."""
    found: list[Paper] = []
    for part in below.pop(paper.pk, []):
        found += [part, *_all_below(part, below)]
    return found
