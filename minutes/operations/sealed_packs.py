"""Copies of a members' pack, each with what some of its readers may read: made by the worker, sealed, opened while they are sent."""

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.exceptions import Refused
from governance.look import print_fonts
from governance.waking import wake
from minutes.enums import PackEdition
from minutes.models import Pack, RestrictedReading, SealedPack, SealedSection, SealedWords
from minutes.models.restricted_papers import restricted_storage
from minutes.operations.closed_parts import FOLDER, unsealed
from minutes.operations.left_files import throw_away_left
from minutes.operations.left_work import Work, take_up_left
from minutes.operations.sealed_storage import Opened, stored_sealed
from minutes.operations.work_folders import own_folder
from minutes.packs.assemble import Numbers, Part, assemble
from minutes.packs.build import LARGE_NUMBER_SIZE, NUMBER_SIZE
from minutes.packs.closed_part import SERIES
from minutes.packs.file_words import FileWords
from minutes.packs.sheaf import describe, opened
from minutes.restriction import CopyState

logger = logging.getLogger(__name__)
WORK = "sealed pack"
LEFT = Work(
    name=WORK,
    rows=SealedPack,
    state="state",
    waiting=CopyState.WAITING,
    at_work=CopyState.MAKING,
    failed=CopyState.FAILED,
    asked_at="asked_at",
    tries="attempts",
    given_up=gettext_lazy("The worker stopped each time while this copy was made."),
)


def keep_closed_part(pack: Pack, sections: Sequence[SealedSection], *, at: datetime) -> None:
    """Keep the sealed sections of a pack that is being issued, and ask for the copy with all of them. Called in that transaction."""
    for section in sections:
        section.save(force_insert=True)
    if sections:
        ask_for_copy(pack=pack, sections=sections, at=at)


@transaction.atomic
def ask_for_copy(*, pack: Pack, sections: Iterable[SealedSection], at: datetime | None = None) -> SealedPack:
    """The copy of a pack with some of its sections; it is asked for where there is none yet. Asked twice, it is made once.

    Args:
        sections: those that its readers may read.
    """
    of = ",".join(str(key) for key in sorted(section.pk for section in sections))
    now = at or timezone.now()
    copy, is_new = SealedPack.objects.get_or_create(pack=pack, of=of, defaults={"asked_at": now})
    if is_new:
        wake(WORK, copy.pk)
    elif copy.state == CopyState.FAILED:
        SealedPack.objects.filter(pk=copy.pk).update(state=CopyState.WAITING, asked_at=now, attempts=0, failure="")
        wake(WORK, copy.pk)
        copy.refresh_from_db()
    return copy


def make_copy(*, copy: int) -> SealedPack | None:
    """Make a copy that waits for it, from the issued file and the sealed sections: nothing is rendered. Safe to call twice.

    Returns:
        The copy as it is afterwards, or None when there is nothing to do.
    """
    row = _claim(copy)
    if row is None:
        return None
    try:
        with own_folder() as folder:
            target = _bound(row, folder)
            with target.open("rb") as plain, stored_sealed(plain, FOLDER) as stored:
                return _keep(row, stored.name, stored.sha256, SealedWords(key=stored.key, size=stored.size))
    except Refused as refusal:
        return _fail(row, str(refusal))
    # Whatever it is, it may say what is kept back.
    except Exception as problem:  # noqa: BLE001 (told by its name alone)
        logger.warning("%s could not be made: %s", row, type(problem).__name__)
        return _fail(row, _("This copy could not be made. Build the pack again."))


@transaction.atomic
def read_sealed_pack(*, copy: SealedPack, sections: Sequence[SealedSection], by: Any, at: datetime | None = None) -> Opened:
    """A copy, with a note for each part in it of who opened it when.

    Args:
        sections: those that it holds.

    Raises:
        CannotOpen: no key opens it, or it is not what was sealed; then nothing is noted.
        Refused: it is missing in the store.
    """
    words = copy.words()
    blocks = copy.blocks(words)
    try:
        first = next(blocks)
    except OSError:
        raise Refused(_("The file is missing in the store. Whoever keeps the server can look for it in a backup.")) from None
    at = at or timezone.now()
    for part in dict.fromkeys(section.part_id for section in sections if section.part_id):
        RestrictedReading.objects.create(part_id=part, pack=copy.pack, by=by, at=at)
    return Opened(first, blocks, words.size)


def take_up_left_copies(*, at: datetime | None = None) -> int:
    """Put copies that a dead worker left back into the queue. Returns how many."""
    return take_up_left(LEFT, at=at)


def prune_sealed_packs(*, at: datetime | None = None) -> int:
    """Throw away sealed files of packs that no row points to. Returns how many."""
    sections, copies = (model.objects.order_by().values_list("file", flat=True) for model in (SealedSection, SealedPack))
    pointed_at = sections.union(copies, all=True)
    return throw_away_left(restricted_storage(), FOLDER, lambda: pointed_at, at=at)


def _bound(row: SealedPack, folder: Path) -> Path:
    """The copy as one file in the folder: the issued pack, then the sections; of the print set the sections alone."""
    pack, keys = row.pack, [int(key) for key in row.of.split(",")]
    sections = list(SealedSection.objects.filter(pack=pack, pk__in=keys).select_related("pack").order_by("position"))
    base = folder / "issued.pdf"
    with pack.file.open("rb") as stored, base.open("wb") as file:
        for block in File(stored).chunks():
            file.write(block)
    words, issued = _issued(pack, base)
    two_sided = pack.edition == PackEdition.PRINT_SET
    parts = [] if two_sided else [issued]
    for section in sections:
        told, sheaf = unsealed(section, folder)
        parts.append(
            Part(
                key=section.key,
                title=told.title,
                level=told.level,
                sheaf=sheaf,
                labels=tuple(f"{SERIES}{label}" for label in section.labels),
                starts_right=two_sided,
                marked=told.marked,
            )
        )
    size = LARGE_NUMBER_SIZE if pack.edition == PackEdition.LARGE_PRINT else NUMBER_SIZE
    target = folder / "copy.pdf"
    assemble(parts, words, target, numbers=Numbers(font=print_fonts(settings.ROOT)["bold"], size=size))
    return target


def _issued(pack: Pack, base: Path) -> tuple[FileWords, Part]:
    """What the issued file says of itself, and its pages as they are."""
    labels = tuple(label for section in pack.layout for label in section["labels"])
    with opened(base) as pdf:
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as told:
            title, part = str(told.get("dc:title", pack.reference)), str(told.get("pdfuaid:part", ""))
            archivable = str(told.get("pdfaid:part", "")) == "3"
        language = str(pdf.Root.get("/Lang", "en-GB"))
        sheaf = describe(pdf, base, is_accessible=part == "1", is_archivable=archivable)
    author = pack.meeting.board.organisation.name if pack.meeting.board.organisation else pack.meeting.board.title
    assert pack.issued_at is not None  # noqa: S101 (only issued packs have sections)
    words = FileWords(title=title, language=language, subject=pack.reference, author=author, issued_at=pack.issued_at)
    return words, Part(key="issued", title=title, level=1, sheaf=sheaf, labels=labels, is_bound=True)


@transaction.atomic
def _claim(key: int) -> SealedPack | None:
    waiting = SealedPack.objects.select_for_update(of=("self",)).filter(pk=key, state=CopyState.WAITING)
    row = waiting.select_related("pack__meeting").first()
    if row is None:
        return None
    now = {"state": CopyState.MAKING, "heartbeat_at": timezone.now(), "attempts": F("attempts") + 1, "failure": ""}
    SealedPack.objects.filter(pk=key).update(**now)
    row.refresh_from_db(fields=list(now))
    return row


@transaction.atomic
def _keep(row: SealedPack, name: str, sha256: str, words: SealedWords) -> SealedPack:
    """Say that the copy is ready, unless another worker has it by now.

    Raises:
        Refused: another has.
    """
    now = SealedPack.objects.select_for_update(of=("self",)).select_related("pack").get(pk=row.pk)
    if now.attempts != row.attempts or now.state != CopyState.MAKING:
        raise Refused(_("Another worker has made this copy."))
    now.keep(words)
    now.file, now.file_sha256, now.state, now.heartbeat_at = name, sha256, CopyState.READY, None
    now.save()
    return now


def _fail(row: SealedPack, reason: str) -> SealedPack:
    SealedPack.objects.filter(pk=row.pk, attempts=row.attempts, state=CopyState.MAKING).update(
        state=CopyState.FAILED, failure=reason, heartbeat_at=None
    )
    row.refresh_from_db()
    return row
