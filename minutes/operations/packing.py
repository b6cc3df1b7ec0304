"""Asking for a pack, building it and issuing it. The row is the job: a killed worker's pack is taken up again."""

import logging
import shutil
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.exceptions import Refused
from governance.numbering import reference_slug
from governance.waking import wake
from minutes.enums import OPEN_PACKS, PACKS_OF_A_MEETING, PackAudience, PackEdition, PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, MinutePage, Pack, ResolutionPage, Supplement
from minutes.operations import pack_files
from minutes.operations.left_work import LEASE, Work, take_up_left
from minutes.operations.pack_building import Building, Cancelled, NothingNew, section_cache
from minutes.operations.pack_series import series_of
from minutes.pack_policies import NEVER_ISSUED, Facts, check_become, pack_reference, states_before, what_is_missing
from minutes.packs.binding import ContentsUnsettled
from minutes.packs.links import LinkLeadsNowhere
from minutes.packs.render import SectionFailed

logger = logging.getLogger(__name__)
SECTIONS_KEPT = timedelta(days=30)
WORK = "pack"
ROUNDS = 3
"""How often a pack is built anew because its records changed meanwhile."""
WAITING: dict[str, Any] = {"failure": "", "tries": 0, "cancel_asked_at": None, "heartbeat_at": None}
"""What a row forgets that waits again."""
LEFT = Work(
    name=WORK,
    rows=Pack,
    state="state",
    waiting=PackState.QUEUED,
    at_work=PackState.BUILDING,
    failed=PackState.FAILED,
    asked_at="asked_at",
    tries="tries",
    given_up=gettext_lazy("The worker stopped each time while it was built."),
)


@transaction.atomic
def ask_for_pack(
    *,
    meeting: MeetingPage,
    by: Any,
    kind: str = PackKind.AGENDA,
    audience: str = PackAudience.PUBLIC,
    edition: str = PackEdition.STANDARD,
    item: AgendaItemPage | None = None,
    supplement: Supplement | None = None,
    at: datetime | None = None,
) -> Pack:
    """Ask for a pack of a meeting. People asking at once ask for one pack: one that is being built takes in what changed since.

    Args:
        kind: what it is for; one item needs its `item`, a supplement its `supplement`.
        audience: whom it is for.
        edition: how it is printed.

    Raises:
        Refused: there is nothing yet that it could be made from.
    """
    meeting = MeetingPage.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    supplement = _supplement_of(meeting, kind, supplement)
    check_can_be_made(meeting, kind, item, supplement)
    same: dict[str, Any] = {"kind": kind, "audience": audience, "edition": edition, "item": item, "supplement": supplement}
    series = series_of(meeting, **same)
    last, now = series.order_by("version").last(), at or timezone.now()
    if last is not None and last.state in OPEN_PACKS:
        Pack.objects.filter(pk=last.pk).update(cancel_asked_at=None)
    elif last is not None and last.state in NEVER_ISSUED:
        _pass(last, PackState.QUEUED, **WAITING, supplement=supplement, asked_by=by, asked_at=now)
    else:
        version = series.count() + 1
        reference = _reference(meeting, item, supplement, kind=kind, audience=audience, edition=edition, version=version)
        named = {"version": version, "reference": reference, "slug": reference_slug(reference)}
        last = Pack.objects.create(meeting=meeting, asked_at=now, asked_by=by, **same, **named)
    wake(WORK, last.pk)
    last.refresh_from_db()
    return last


def ask_for_supplement_packs(*, supplement: Supplement, by: Any, at: datetime | None = None) -> list[Pack]:
    """Ask for what a published supplement brings: its own pack, of which people are told, and the pack that holds everything.

    Raises:
        Refused: the supplement or its agenda is not published.
    """
    meeting = MeetingPage.objects.get(pk=supplement.meeting_id)
    own = ask_for_pack(meeting=meeting, kind=PackKind.SUPPLEMENT, supplement=supplement, by=by, at=at)
    return [own, ask_for_pack(meeting=meeting, kind=PackKind.CONSOLIDATED, by=by, at=at)]


def facts_of(meeting: MeetingPage) -> Facts:
    """What there is to make packs of a meeting from."""
    return Facts(
        meeting_public=meeting.live,
        agenda_published=meeting.agenda_published_at is not None,
        supplements=meeting.supplements.filter(published_at__isnull=False).count(),
        minutes=MinutePage.objects.descendant_of(meeting).live().count(),
        resolutions=ResolutionPage.objects.descendant_of(meeting).live().count(),
    )


def check_can_be_made(
    meeting: MeetingPage, kind: str, item: AgendaItemPage | None = None, supplement: Supplement | None = None
) -> None:
    """Refuse a pack that there is nothing to make from.

    Raises:
        Refused: saying what is missing.
    """
    if kind not in PACKS_OF_A_MEETING or (kind == PackKind.ITEM) != (item is not None):
        raise Refused(_("There is no such pack."))
    missing = what_is_missing(kind, facts_of(meeting))
    if missing:
        raise Refused(missing)
    if item is not None and not (item.live and item.is_descendant_of(meeting)):
        raise Refused(_("“%(item)s” is not a public item of this meeting.") % {"item": item})
    if supplement is not None and (supplement.meeting_id != meeting.pk or supplement.published_at is None):
        raise Refused(_("“%(supplement)s” is not published with this meeting.") % {"supplement": supplement})


@transaction.atomic
def cancel_pack(*, pack: Pack, by: Any, at: datetime | None = None) -> Pack:
    """Cancel a pack that is not issued yet. One that is being built stops after the section in hand.

    Raises:
        Refused: it is issued, or over already.
    """
    row = Pack.objects.select_for_update(of=("self",)).get(pk=pack.pk)
    check_become(row, PackState.CANCELLED)
    words = _("Cancelled by %(person)s.") % {"person": by} if by is not None else _("Cancelled.")
    now = at or timezone.now()
    if row.state == PackState.QUEUED:
        _pass(row, PackState.CANCELLED, cancel_asked_at=now, failure=words)
    else:
        Pack.objects.filter(pk=row.pk).update(cancel_asked_at=now, failure=words)
    row.refresh_from_db()
    return row


def build_pack(*, pack: int, at: datetime | None = None) -> Pack | None:
    """Build a queued pack and issue it. Safe to call twice: the row is claimed under a lock.

    Args:
        pack: the key of the row.
        at: the time of issue; now unless it is replayed.

    Returns:
        The pack as it is afterwards, or None when there is nothing to do.
    """
    row = _claim(pack)
    if row is None:
        return None
    at, building = at or timezone.now(), Building(row)
    try:
        for _round in range(ROUNDS):
            if building.is_issued(at):
                row.refresh_from_db()
                return row
        return _end(row, PackState.FAILED, _("The records changed each time while it was built. Ask for it again."))
    except Cancelled:
        return _end(row, PackState.CANCELLED)
    except NothingNew as same:
        return _end(row, PackState.CANCELLED, str(same))
    except OSError as problem:
        return _end(row, PackState.FAILED, pack_files.in_words(problem))
    except (SectionFailed, ContentsUnsettled, LinkLeadsNowhere, Refused) as problem:
        return _end(row, PackState.FAILED, str(problem))
    except DatabaseError:
        # The row is taken up again: the sweep finds it once its lease is over.
        raise
    except Exception as problem:
        logger.exception("Pack %s", row.reference)
        name = type(problem).__name__
        return _end(row, PackState.FAILED, _("It could not be built (%(name)s). The log says more.") % {"name": name})


def prune_sections(*, at: datetime | None = None) -> int:
    """Throw away rendered sections that no pack was built from for a while; each build marks those it uses. Returns how many."""
    oldest = (at or timezone.now()).timestamp() - SECTIONS_KEPT.total_seconds()
    old = [file for file in section_cache().glob("*.pdf") if file.stat().st_mtime < oldest]
    for file in old:
        file.unlink(missing_ok=True)
        file.with_suffix(".json").unlink(missing_ok=True)
    # A killed worker leaves its working folder behind.
    left = [folder for folder in section_cache().glob("tmp*") if folder.is_dir() and folder.stat().st_mtime < oldest]
    for folder in left:
        shutil.rmtree(folder, ignore_errors=True)
    return len(old) + len(left)


def forget_sections(*, rendered_before: datetime) -> int:
    """Throw away sections that were rendered before a moment, however often packs were built from them since. Returns how many."""
    # What is known of a section is written once, when it is rendered; a build marks the PDF alone.
    known = [file for file in section_cache().glob("*.json") if file.stat().st_mtime < rendered_before.timestamp()]
    for file in known:
        file.with_suffix(".pdf").unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    return len(known)


@transaction.atomic
def take_up_left_packs(*, at: datetime | None = None) -> int:
    """Put packs that a dead worker left back into the queue, but end those that were being cancelled. Returns how many."""
    now = at or timezone.now()
    left = Pack.objects.filter(state=PackState.BUILDING, heartbeat_at__lt=now - LEASE).exclude(cancel_asked_at=None)
    return left.update(state=PackState.CANCELLED) + take_up_left(LEFT, at=now)


def _supplement_of(meeting: MeetingPage, kind: str, supplement: Supplement | None) -> Supplement | None:
    """The supplement a pack is of: itself, or the last one in a pack with all of them."""
    if kind == PackKind.CONSOLIDATED:
        return meeting.supplements.filter(published_at__isnull=False).order_by("number").last()
    if kind == PackKind.SUPPLEMENT and supplement is None:
        raise Refused(_("Say which supplement the pack is of."))
    return supplement if kind == PackKind.SUPPLEMENT else None


def _reference(meeting: MeetingPage, item: AgendaItemPage | None, supplement: Supplement | None, **asked: Any) -> str:
    of = item.reference if item is not None else meeting.reference
    return pack_reference(of or "", number=supplement.number if supplement else 0, **asked)


def _pass(row: Pack, after: str, **columns: Any) -> int:
    """Pass a row to another state, if the table allows that from where it stands now. Returns whether it did."""
    return Pack.objects.filter(pk=row.pk, state__in=states_before(after)).update(state=after, **columns)


@transaction.atomic
def _claim(key: int) -> Pack | None:
    row = Pack.objects.select_for_update(of=("self",)).filter(pk=key, state=PackState.QUEUED).first()
    if row is None:
        return None
    now = timezone.now()
    nothing_done = {"progress": 0, "sections_done": 0, "sections_total": 0, "stage": _("Reading the records"), "failure": ""}
    _pass(row, PackState.BUILDING, taken_up_at=now, heartbeat_at=now, tries=F("tries") + 1, **nothing_done)
    row.refresh_from_db()
    return row


def _end(row: Pack, state: str, failure: str = "") -> Pack:
    """Say that a pack is not issued, and why; unless another worker has it by now."""
    if failure:
        logger.warning("Pack %s is not issued: %s", row.reference, failure)
    mine = Pack.objects.filter(pk=row.pk, state=PackState.BUILDING, taken_up_at=row.taken_up_at)
    mine.update(state=state, stage="", **({"failure": failure} if failure else {}))
    row.refresh_from_db()
    return row
