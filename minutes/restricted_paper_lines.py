"""Restricted papers as they are listed to those who read them: each with its title, or with why that does not open."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from governance.sealing import CannotOpen
from minutes.models import PaperSecrets, RestrictedPaper
from minutes.papers.findings import Finding, findings_kept


@dataclass(frozen=True)
class PaperLine:
    """One paper of a list.

    Attributes:
        secrets: what it is called; None where no key opens that.
        refused: why not.
    """

    paper: RestrictedPaper
    secrets: PaperSecrets | None = field(default=None, repr=False)
    refused: str = ""

    @property
    def pages(self) -> int | None:
        """How many pages the copy has."""
        return self.secrets.facts.get("pages") if self.secrets else None

    @property
    def size(self) -> int:
        """How large the copy is, in bytes; before it is checked, the file as it was uploaded."""
        sizes = self.secrets.sizes if self.secrets else {}
        return sizes.get("copy") or sizes.get("original", 0)

    @property
    def needs_another_format(self) -> bool:
        """Whether a screen reader cannot read the copy well."""
        return self.secrets is not None and not self.secrets.facts.get("is_tagged", True)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What its check found."""
        return tuple(findings_kept(self.secrets.findings)) if self.secrets else ()


def lines_of_papers(papers: Iterable[RestrictedPaper]) -> list[PaperLine]:
    """A line for each paper. Their opening is noted with that of their part."""
    return [_line(paper) for paper in papers]


def _line(paper: RestrictedPaper) -> PaperLine:
    try:
        return PaperLine(paper, paper.secrets())
    except CannotOpen as problem:
        return PaperLine(paper, refused=str(problem))
