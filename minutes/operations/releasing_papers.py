"""Releasing a restricted paper: one person proposes it, another reads the very file and publishes it as a paper of its item."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import LedgerEvent
from governance.operations.ledger import enter
from governance.sealing import seal
from minutes.enums import PaperState
from minutes.models import Paper, PaperFile, PaperSecrets, ReleaseProposal, RestrictedPaper, RestrictedPart, RestrictedWords
from minutes.models.restricted_papers import COPY
from minutes.operations.paper_files import COPIES
from minutes.operations.papers import list_paper, publish_papers
from minutes.operations.releasing import check_another, check_item_public, settle, waiting
from minutes.operations.restricted_mail import tell_of_proposal
from minutes.operations.restricted_papers import LONGEST_TITLE, check_becomes, held_paper, tell
from minutes.operations.work_folders import own_folder
from minutes.restriction import RestrictedPaperState, RestrictionState


@transaction.atomic
def propose_paper_release(
    *, paper: RestrictedPaper, title: str, because: str, by: Any, at: datetime | None = None
) -> ReleaseProposal:
    """Propose to publish a restricted paper, whole. Another person reads the file and releases it or returns it.

    Args:
        title: as the public will read it; sealed until then.

    Raises:
        Refused: it is not checked, its release is proposed, its item is not public, or there is no title or reason.
        CannotOpen: no key opens it.
    """
    at, paper, title = at or timezone.now(), held_paper(paper), title.strip()
    check_becomes(paper, RestrictedPaperState.RELEASED)
    check_item_public(paper.part)
    if not title or len(title) > LONGEST_TITLE:
        raise Refused(_("Give it a public title of up to 250 letters."))
    if not because.strip():
        raise Refused(_("Say why it is released. The public is told."))
    if proposal_of_paper(paper) is not None:
        raise Refused(_("A release of this paper is proposed already. Somebody else releases or returns it first."))
    paper.secrets()
    tell(paper, _("%(paper)s: a release is proposed"), by=by, at=at)
    proposal = ReleaseProposal.objects.create(
        part=paper.part,
        paper=paper,
        sealed=seal(asdict(RestrictedWords(title=title)), of=paper.part.item_id),
        version=paper.version,
        because=because.strip(),
        at=at,
        by=by,
    )
    tell_of_proposal(proposal)
    return proposal


@transaction.atomic
def release_paper(*, proposal: ReleaseProposal, by: Any, at: datetime | None = None) -> Paper:
    """Publish a restricted paper as a paper of its item, with the day and the reason. The public gets the copy that the check wrote.

    The file as it was uploaded stays sealed.

    Raises:
        Refused: the same person proposed it, it is settled, a newer file came since, or its item is not public.
        CannotOpen: no key opens it.
    """
    at, proposal = at or timezone.now(), waiting(proposal)
    if proposal.paper is None:
        raise Refused(_("This proposal is of words and not of a paper."))
    paper = held_paper(proposal.paper)
    check_another(proposal, by)
    check_item_public(paper.part)
    check_becomes(paper, RestrictedPaperState.RELEASED)
    if RestrictedPaper.objects.in_use().filter(part=paper.part, number=paper.number, version__gt=paper.version).exists():
        raise Refused(_("A newer file of this paper came since this was proposed. Return it, and have it proposed anew."))
    told = paper.secrets()
    public = list_paper(
        item=paper.part.item, title=proposal.words().title, kind=told.kind, by=by, state=PaperState.CHECKED, at=at
    )
    Paper.objects.filter(pk=public.pk).update(released_because=proposal.because)
    _store_open(paper, told, public, by=proposal.by, at=at)
    if not publish_papers(papers=[public], by=by, at=at):
        raise Refused(_("The paper cannot be published. Look at what its check found."))
    paper.state, paper.released_as = RestrictedPaperState.RELEASED, public
    paper.save(update_fields=["state", "released_as"])
    public.refresh_from_db()
    words = _("%(paper)s: released as %(reference)s") % {"paper": paper, "reference": public.reference}
    enter(page=paper.part.item, event=LedgerEvent.RELEASED, by=by, at=at, note=words, digest=told.sha256[COPY])
    settle(proposal, by=by, at=at)
    _end_if_last(paper.part, by=by, at=at)
    return public


def proposal_of_paper(paper: RestrictedPaper) -> ReleaseProposal | None:
    """The release of a paper that waits for another person."""
    return ReleaseProposal.objects.filter(paper=paper, settled_at=None).select_related("by", "part__item", "paper").first()


def _end_if_last(part: RestrictedPart, *, by: Any, at: datetime) -> None:
    """End the restriction of a part that held papers alone, with the last of them: nothing is left that could be released."""
    if part.words() or RestrictedPaper.objects.in_use().filter(part=part).exists():
        return
    part.state = RestrictionState.RELEASED
    part.save(update_fields=["state"])
    enter(page=part.item, event=LedgerEvent.RELEASED, by=by, at=at, note=_("Released whole, with its last paper"))


def _store_open(paper: RestrictedPaper, told: PaperSecrets, public: Paper, *, by: Any, at: datetime) -> None:
    """Put the checked copy, opened, among the files of papers. What a failure leaves there is thrown away by their sweep."""
    storage = PaperFile._meta.get_field("copy").storage
    facts = {name: told.facts[name] for name in ("pages", "is_tagged", "is_archivable", "language", "free_feet")}
    with own_folder() as folder:
        plain = folder / "released"
        with plain.open("wb") as file:
            for block in paper.blocks(COPY, told):
                file.write(block)
        with plain.open("rb") as opened:
            name = storage.save(f"{COPIES}/{public.pk}-1-{told.sha256[COPY][:16]}.pdf", File(opened))
    PaperFile.objects.create(
        paper=public,
        original=name,
        original_name=f"{paper.label}.pdf",
        original_sha256=told.sha256[COPY],
        copy=name,
        copy_sha256=told.sha256[COPY],
        bytes=told.sizes[COPY],
        check_state=paper.check_state,
        checked_at=paper.checked_at,
        findings=told.findings,
        text=paper.text(),
        accepted_at=paper.accepted_at,
        accepted_by=paper.accepted_by,
        accepted_because=_("Accepted while it was not for publication.") if paper.accepted_at else "",
        uploaded_by=by,
        uploaded_at=at,
        **facts,
    )
