"""Papers of an agenda item: listed, checked, published, withdrawn. Their files are taken in by `minutes.operations.paper_files`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wagtail.search import index

from governance.approving import is_private_business
from governance.exceptions import Refused
from governance.models import LedgerEvent, Reference
from governance.numbering import reference_slug
from governance.operations.ledger import enter
from governance.operations.references import next_number
from minutes.enums import PaperState
from minutes.models import AgendaItemPage, Paper, PaperFile, Supplement
from minutes.operations.pack_withdrawal import withdraw_packs_with
from minutes.policies import check_paper_become, is_publishable

# A paper becomes public with the agenda or supplement it belongs to, never by being listed.
LISTABLE = frozenset({PaperState.TO_FOLLOW, PaperState.RECEIVED, PaperState.CHECKED})


@transaction.atomic
def list_paper(
    *,
    item: AgendaItemPage,
    title: str,
    kind: str,
    by: Any,
    state: str = PaperState.TO_FOLLOW,
    belongs_to: Paper | None = None,
    replaces: Paper | None = None,
    at: datetime | None = None,
) -> Paper:
    """List a paper at the end of an item's papers.

    Args:
        belongs_to: the report of the same item that it is an appendix or a background paper of.
        replaces: a published paper of the same item that it takes the place of, once it is published itself.

    Raises:
        Refused: the state is one that only publication gives, or the other paper is not one of this item.
        ValidationError: a field is missing or wrong.
    """
    _check_listing(item, state, belongs_to, replaces)
    # The item's row is held, so that two people who list papers at once get two places.
    AgendaItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    paper = Paper(
        item=item,
        title=title,
        kind=kind,
        state=state,
        belongs_to=belongs_to,
        replaces=replaces,
        position=item.papers.count() + 1,
    )
    paper.full_clean()
    paper.save()
    audit(paper, _("Paper listed: %(paper)s"), by=by, at=at)
    return paper


def _check_listing(item: AgendaItemPage, state: str, belongs_to: Paper | None, replaces: Paper | None) -> None:
    if state not in LISTABLE:
        raise Refused(_("A paper becomes public with its agenda or supplement, not by being listed."))
    if any(other is not None and other.item_id != item.pk for other in (belongs_to, replaces)):
        raise Refused(_("That paper belongs to another item."))
    if replaces is not None and replaces.state != PaperState.PUBLISHED:
        raise Refused(_("Only a published paper can be replaced by another one. Replace the file of this one instead."))


def audit(paper: Paper, words: str, *, by: Any, at: datetime | None, digest: str = "", **more: Any) -> None:
    """Enter what was done to a paper in the ledger of its item, with the SHA-256 of the file it was done to."""
    at = at or timezone.now()
    named = f"{paper} ({paper.reference})" if paper.reference else str(paper)
    enter(page=paper.item, event=LedgerEvent.STATUS, by=by, at=at, note=words % {"paper": named, **more}, digest=digest)


def locked(paper: Paper) -> Paper:
    """The paper as it stands now, held until the transaction ends."""
    return Paper.objects.select_for_update(of=("self",)).select_related("item").get(pk=paper.pk)


def current_file(paper: Paper) -> PaperFile | None:
    """The file in use."""
    return paper.files.filter(is_current=True).defer("text").first()


def digest_of(file: PaperFile | None) -> str:
    """The SHA-256 of what is published of a file, else of what was uploaded."""
    return (file.copy_sha256 or file.original_sha256) if file else ""


@transaction.atomic
def mark_checked(*, paper: Paper, by: Any, at: datetime | None = None) -> Paper:
    """Say that a paper is ready to be published. One without a file is published by its title alone.

    Args:
        by: who says so; None where its check found nothing that needs a decision.

    Raises:
        Refused: its file was not checked, or somebody has to decide on what was found.
    """
    paper = locked(paper)
    file = current_file(paper)
    if file is not None and not is_publishable(file):
        raise Refused(_("The file of “%(paper)s” cannot be published yet. Look at what its check found.") % {"paper": paper})
    if file is None and by is None:
        raise Refused(_("“%(paper)s” has no file.") % {"paper": paper})
    check_paper_become(paper, PaperState.CHECKED)
    _set(paper, state=PaperState.CHECKED)
    audit(paper, _("Paper checked: %(paper)s"), by=by, at=at, digest=digest_of(file))
    return paper


@transaction.atomic
def refuse_paper(*, paper: Paper, by: Any, reason: str, at: datetime | None = None) -> Paper:
    """Refuse a paper that is not public, with the reason for its author.

    Raises:
        Refused: it is public or was, or no reason is given.
    """
    paper = locked(paper)
    check_paper_become(paper, PaperState.REFUSED, reason=reason)
    _set(paper, state=PaperState.REFUSED, refused_because=reason.strip())
    words = _("Paper refused: %(paper)s. %(reason)s")
    audit(paper, words, by=by, at=at, digest=digest_of(current_file(paper)), reason=reason.strip())
    return paper


@transaction.atomic
def withdraw_paper(*, paper: Paper, by: Any, reason: str, at: datetime | None = None) -> Paper:
    """Take a paper out of public view, with every pack that holds it. Its address tells the reason; its files are kept privately.

    Raises:
        Refused: it is not public, or no reason is given.
    """
    at = at or timezone.now()
    paper = locked(paper)
    check_paper_become(paper, PaperState.WITHDRAWN, reason=reason)
    _set(paper, state=PaperState.WITHDRAWN, withdrawn_at=at, withdrawn_because=reason.strip())
    words = _("Paper withdrawn: %(paper)s. %(reason)s")
    audit(paper, words, by=by, at=at, digest=digest_of(current_file(paper)), reason=reason.strip())
    index_again(paper.item)
    withdraw_packs_with(paper=paper, by=by, reason=reason, at=at)
    return paper


@transaction.atomic
def order_papers(*, item: AgendaItemPage, order: list[int], by: Any, at: datetime | None = None) -> None:
    """Put the papers of an item in an order. References and addresses stay as they are.

    Args:
        order: the primary keys of all its papers, in the order wanted.

    Raises:
        Refused: the list does not name each paper once, because another person changed them meanwhile.
    """
    AgendaItemPage.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if sorted(order) != sorted(item.papers.values_list("pk", flat=True)):
        raise Refused(_("The papers changed meanwhile. Load the page again, then put them in order."))
    for position, pk in enumerate(order, start=1):
        Paper.objects.filter(pk=pk).update(position=position)
    enter(page=item, event=LedgerEvent.STATUS, by=by, at=at or timezone.now(), note=_("Papers put in order"))


def publish_papers(*, papers: Iterable[Paper], by: Any, at: datetime, supplement: Supplement | None = None) -> list[Paper]:
    """Make checked papers public, each with its reference. Called inside the transaction that publishes agenda or supplement.

    Args:
        papers: of live items. One whose file is not ready any more stays as it is.
        supplement: what brings them, after the agenda was published.

    Returns:
        Those that are public now.
    """
    published = [paper for one in papers if (paper := _publish(locked(one), by=by, at=at, supplement=supplement))]
    for item in {paper.item_id: paper.item for paper in published}.values():
        index_again(item)
    return published


def _publish(paper: Paper, *, by: Any, at: datetime, supplement: Supplement | None) -> Paper | None:
    file = current_file(paper)
    if paper.state != PaperState.CHECKED or not paper.item.live or (file is not None and not is_publishable(file)):
        return None
    check_second_person(paper, file, by)
    reference = _give_reference(paper, at)
    columns = {"reference": reference, "slug": reference_slug(reference), "supplement": supplement, "published_at": at}
    _set(paper, state=PaperState.PUBLISHED, **columns)
    if file is not None:
        PaperFile.objects.filter(pk=file.pk).update(published_at=at)
    audit(paper, _("Paper published: %(paper)s"), by=by, at=at, digest=digest_of(file))
    if paper.replaces_id:
        _supersede(locked(Paper(pk=paper.replaces_id)), paper, by=by, at=at)
    return paper


def check_second_person(paper: Paper, file: PaperFile | None, by: Any) -> None:
    """Refuse that who brought the file of a paper publishes it, where the board meets in private by default or the item is private business.

    Raises:
        Refused: it is the same person.
    """
    if file is None or by is None or file.uploaded_by_id != by.pk:
        return
    item = paper.item
    if item.always_approved_by_another or is_private_business(item) or item.meeting.board.private_by_default:
        words = _(
            "You brought the file of “%(paper)s”, so somebody else publishes it: that is always the rule for business taken in "
            "private, and for a board that meets in private by default."
        )
        raise Refused(words % {"paper": paper})


def _give_reference(paper: Paper, at: datetime) -> str:
    """The next number of the item's papers, such as `HWB/2026-10-08/I7/P1`; its address is kept with the item's."""
    scope = f"{paper.item.reference}/P"
    text = f"{scope}{next_number(scope=scope)}"
    Reference.objects.create(text=text, slug=reference_slug(text), page_id=paper.item_id, given_at=at)
    return text


def _supersede(former: Paper, paper: Paper, *, by: Any, at: datetime) -> None:
    if former.state != PaperState.PUBLISHED:
        return
    _set(former, state=PaperState.SUPERSEDED)
    words = _("Paper superseded: %(paper)s, by %(other)s")
    audit(former, words, by=by, at=at, digest=digest_of(current_file(former)), other=paper.reference)


def index_again(item: AgendaItemPage) -> None:
    """Let the search know what the papers of an item say now."""
    index.insert_or_update_object(AgendaItemPage.objects.get(pk=item.pk))


def _set(paper: Paper, **columns: Any) -> None:
    Paper.objects.filter(pk=paper.pk).update(**columns)
    for name, value in columns.items():
        setattr(paper, name, value)
