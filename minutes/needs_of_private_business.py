"""What waits to be done about business taken in private: reviews, papers to decide on, releases that somebody proposed."""

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from wagtail.models import Page

from governance.models import BoardPage, Removal, RemovalKind
from governance.needs_doing import MOST_OF_A_SOURCE, Need, Worker
from minutes.enums import ADOPTING_OUTCOMES, FileCheck
from minutes.models import AgendaItemPage, ReleaseProposal, RestrictedPaper, RestrictedPart
from minutes.needs_of_records import below
from minutes.restriction import RestrictedPaperState, RestrictionState

_SHOWN = MOST_OF_A_SOURCE + 1
_STUCK = (FileCheck.FINDINGS, FileCheck.BLOCKED, FileCheck.FAILED)


def private_business_to_review(worker: Worker) -> Iterator[Need]:
    """Items taken in private whose day has come to be looked at again."""
    rows = AgendaItemPage.objects.filter(exempt_ground__isnull=False, exempt_review_on__lte=worker.until)
    rows = rows.exclude(pk__in=RestrictedPart.objects.values("item"))
    for item in below(rows, worker.publishes_for.values()).order_by("exempt_review_on", "path")[:_SHOWN]:
        yield Need(
            words=_("See whether “%(item)s” can be public now") % {"item": item.title},
            about=_board_title(item, worker.publishes_for.values()),
            address=reverse("wagtailadmin_pages:edit", args=[item.pk]),
            due_on=item.exempt_review_on,
        )


def restrictions_to_review(worker: Worker) -> Iterator[Need]:
    """Parts not for publication whose day has come to be looked at again, and those whose motion was not carried."""
    items = below(AgendaItemPage.objects.all(), worker.publishes_for.values()).values("pk")
    lost = Q(motion__live=True) & ~Q(motion__outcome__in=ADOPTING_OUTCOMES)
    rows = RestrictedPart.objects.filter(Q(review_on__lte=worker.until) | lost, item__in=items, state=RestrictionState.IN_FORCE)
    for part in rows.select_related("item", "motion").order_by("review_on", "pk")[:_SHOWN]:
        is_lost = part.motion is not None and part.motion.live and not part.motion.is_carried
        words = (
            _("Release or defer “%(item)s”: the motion to exclude was not carried")
            if is_lost
            else _("See whether “%(item)s” can be released")
        )
        yield Need(
            words=words % {"item": part.item.title},
            about=_board_title(part.item, worker.publishes_for.values()),
            address=reverse("restricted_part", args=[part.item_id]),
            due_on=None if is_lost else part.review_on,
        )


def restricted_papers_to_decide(worker: Worker) -> Iterator[Need]:
    """Papers not for publication whose check found something, or came to nothing; told by their neutral names."""
    items = below(AgendaItemPage.objects.all(), worker.writes_for.values()).values("pk")
    rows = RestrictedPaper.objects.filter(
        part__item__in=items, part__state=RestrictionState.IN_FORCE, state=RestrictedPaperState.RECEIVED, check_state__in=_STUCK
    )
    for paper in rows.select_related("part__item").defer("sealed", "sealed_text").order_by("uploaded_at", "pk")[:_SHOWN]:
        yield Need(
            words=_("Look at %(paper)s: it cannot be used yet") % {"paper": paper.label},
            about=paper.part.item.title,
            address=reverse("restricted_part", args=[paper.part.item_id]),
        )


def releases_to_read(worker: Worker) -> Iterator[Need]:
    """Releases that somebody else proposed."""
    items = below(AgendaItemPage.objects.all(), worker.publishes_for.values()).values("pk")
    rows = ReleaseProposal.objects.filter(part__item__in=items, settled_at=None).exclude(by=worker.user.pk)
    for proposal in rows.select_related("part__item").order_by("at", "pk")[:_SHOWN]:
        yield Need(
            words=_("Read the release that is proposed, and publish or return it"),
            about=proposal.part.item.title,
            address=reverse("restricted_part", args=[proposal.part.item_id]),
        )


def moves_to_carry_out(worker: Worker) -> Iterator[Need]:
    """Words that somebody else asked to be moved to the part of an item that is not for publication."""
    items = below(AgendaItemPage.objects.all(), worker.publishes_for.values()).values("pk")
    rows = Removal.objects.filter(page__in=items, kind=RemovalKind.RESTRICT, settled_at=None, confirmed_at=None).exclude(
        asked_by=worker.user.pk
    )
    for row in rows.select_related("page").order_by("asked_at", "pk")[:_SHOWN]:
        yield Need(
            words=_("See which words are to be moved out of public view"),
            about=_board_title(row.page, worker.publishes_for.values()),
            address=reverse("restrict", args=[row.page_id]),
        )


SOURCES = (
    moves_to_carry_out,
    private_business_to_review,
    restrictions_to_review,
    restricted_papers_to_decide,
    releases_to_read,
)


def _board_title(item: Page, boards: Iterable[BoardPage]) -> str:
    return next(board.title for board in boards if item.path.startswith(board.path))
