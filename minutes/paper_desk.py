"""The papers of an item as an editor sees them: how far each is, what was found in its file, and the next steps."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from minutes.enums import CHECK_ENDED, CHECK_LEAVES_A_COPY, FileCheck, PaperState
from minutes.models import AgendaItemPage, Paper, PaperFile
from minutes.papers.check import CHECKS_EDITION
from minutes.papers.findings import Finding, findings_kept
from minutes.permissions import may_bring_papers, may_decide_on_papers, may_order_papers
from minutes.policies import can_paper_become, is_publishable, waits_for_another

IN_HAND = frozenset({FileCheck.WAITING, FileCheck.CHECKING})
TAKES_FILES = frozenset(
    {PaperState.TO_FOLLOW, PaperState.RECEIVED, PaperState.CHECKED, PaperState.REFUSED, PaperState.PUBLISHED}
)


@dataclass(frozen=True)
class PaperStep:
    """A step that the person can take with a paper now.

    Attributes:
        name: the name of its address.
        key: of the paper, or of the file for steps with a file.
        risky: whether it ends something.
    """

    name: str
    label: Any
    key: int
    risky: bool = False


@dataclass
class PaperRow:
    """One paper.

    Attributes:
        file: the newest; it is not the one that is read while a replacement waits.
        findings: what was found in that file.
        waits_for_another: whether the person could decide on what was found, had they not uploaded the file themselves.
    """

    paper: Paper
    file: PaperFile | None
    findings: list[Finding]
    steps: list[PaperStep] = field(default_factory=list)
    takes_file: bool = False
    waits_for_another: bool = False

    @property
    def in_hand(self) -> bool:
        """Whether its file is being checked or waits for that."""
        return self.file is not None and self.file.check_state in IN_HAND

    @property
    def waits_for_its_turn(self) -> bool:
        """Whether a newer file of a public paper has not taken the place of the one that is read."""
        return self.file is not None and self.paper.state == PaperState.PUBLISHED and not self.file.is_current

    @property
    def found_later(self) -> list[Finding]:
        """What better checks found after the file was published."""
        file = self.file
        if file is None or file.published_at is None or CHECKS_EDITION == 1:
            return []
        return [finding for finding in self.findings if finding.edition == CHECKS_EDITION]


@dataclass(frozen=True)
class Desk:
    """What the person who looks may do.

    Attributes:
        brings: whether they upload files.
        decides: whether they answer for what was found, refuse and withdraw.
        orders: whether they put papers in order and mark them as checked.
        by_another: whether the board asks that somebody else than the uploader decides.
    """

    user: Any
    brings: bool
    decides: bool
    orders: bool
    by_another: bool


def rows_of(item: AgendaItemPage, user: Any) -> list[PaperRow]:
    """The papers of an item in their order, with the steps that the person can take. As many queries, whatever their number."""
    files = PaperFile.objects.defer("text").select_related("uploaded_by", "accepted_by").order_by("-version")
    papers = item.papers.prefetch_related(Prefetch("files", files, to_attr="every_file"))
    by_another = item.meeting.board.is_published_by_another
    may = (may_bring_papers(user, item), may_decide_on_papers(user, item), may_order_papers(user, item))
    desk = Desk(user, *may, by_another)
    return [_row(paper, desk) for paper in papers]


def _row(paper: Paper, desk: Desk) -> PaperRow:
    every: list[PaperFile] = getattr(paper, "every_file", [])
    file = every[0] if every else None
    findings = findings_kept(file.findings) if file else []
    row = PaperRow(paper, file, findings, takes_file=desk.brings and paper.state in TAKES_FILES)
    if file is not None:
        row.steps += _steps_of_file(row, file, desk)
    if desk.orders and file is None and paper.state == PaperState.RECEIVED:
        row.steps.append(PaperStep("paper_checked", _("Publish by its title alone"), paper.pk))
    if desk.decides and can_paper_become(paper.state, PaperState.REFUSED):
        row.steps.append(PaperStep("refuse_paper", _("Refuse"), paper.pk, risky=True))
    if desk.decides and can_paper_become(paper.state, PaperState.WITHDRAWN):
        row.steps.append(PaperStep("withdraw_paper", _("Withdraw"), paper.pk, risky=True))
        row.steps.append(PaperStep("emergency_of_paper", _("Emergency withdrawal"), paper.pk, risky=True))
    return row


def _steps_of_file(row: PaperRow, file: PaperFile, desk: Desk) -> list[PaperStep]:
    steps = []
    if desk.decides and file.check_state == FileCheck.FINDINGS and file.accepted_at is None:
        row.waits_for_another = waits_for_another(file, desk.user, by_another=desk.by_another)
        if not row.waits_for_another:
            steps.append(PaperStep("publish_paper_anyway", _("Publish anyway"), file.pk))
    if desk.decides and row.waits_for_its_turn and is_publishable(file):
        steps.append(PaperStep("publish_replacement", _("Publish the newer file"), row.paper.pk))
    if desk.orders and file.check_state in CHECK_ENDED - CHECK_LEAVES_A_COPY:
        steps.append(PaperStep("check_paper_again", _("Check again"), file.pk))
    return steps
