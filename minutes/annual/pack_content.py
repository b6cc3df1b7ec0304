"""An annual report as a pack: its content among what every pack says of itself. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.utils.translation import gettext as _

from minutes.annual.content import AnnualContent
from minutes.enums import PackAudience, PackKind
from minutes.packs.content import PackContent
from minutes.packs.content import ResolutionLine as PrintedClause


@dataclass(frozen=True, kw_only=True)
class AnnualPack(PackContent):
    """The report of a board's year, complete."""

    said: AnnualContent

    @property
    def file_title(self) -> str:
        """Such as “Health and Wellbeing Board: annual report 2026-27”."""
        return _("%(board)s: annual report %(year)s") % {"board": self.said.board_name, "year": self.said.year}

    @property
    def occasion(self) -> dict[str, Any]:
        """Which year, for machines."""
        year = self.said
        days = {"starts_on": year.starts_on, "ends_on": year.ends_on, "as_at": year.as_at}
        return {"year": {"label": year.year} | {name: day.isoformat() for name, day in days.items()}}

    @property
    def resolutions(self) -> tuple[PrintedClause, ...]:
        """Those that it names, for machines."""
        return tuple(
            PrintedClause(label="", text=line.text, reference=line.reference, address=f"{self.site_address}{line.address}")
            for line in self.said.resolutions
        )


def annual_pack(said: AnnualContent, *, site_address: str) -> AnnualPack:
    """A report as the pipeline takes it. It is told as on the day its records were read.

    Args:
        said: what it says.
        site_address: without a slash at its end.
    """
    day = datetime.combine(said.as_at, time(), UTC)
    return AnnualPack(
        kind=PackKind.ANNUAL,
        audience=PackAudience.PUBLIC,
        reference=f"{said.board_code}/{said.year}/ANNUAL",
        version=1,
        board_name=said.board_name,
        council_name=said.council_name,
        meeting_title=said.year,
        starts_at=day,
        issued_at=day,
        language=said.language,
        site_address=site_address,
        said=said,
    )
