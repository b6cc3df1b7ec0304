"""One build of a claimed pack: read, render, store, and issue it in one transaction if its records are still the same."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.models import LedgerEvent
from governance.operations.ledger import enter, last_entry
from minutes.enums import PackKind, PackState
from minutes.models import MeetingPage, Pack, SealedSection
from minutes.operations import pack_files
from minutes.operations.closed_parts import make_closed_part
from minutes.operations.dispatching import dispatch_pack
from minutes.operations.pack_contents import FROZEN, digest_of, gather_pack
from minutes.operations.pack_series import base_of, issued_before, numbered_with, series_of_pack
from minutes.operations.sealed_packs import keep_closed_part
from minutes.packs.build import BuiltPack, build
from minutes.packs.changes import changes_between, in_a_sentence
from minutes.packs.content import PackContent

TOLD_EVERY = 0.4
"""Seconds between two notes of how far a pack is; a cancellation is noticed as often."""


class Cancelled(Exception):
    """Somebody cancelled the pack while it was built, or another worker has it by now."""


class NothingNew(Exception):
    """The pack would say what the issued one says."""


def section_cache() -> Path:
    """Where rendered sections are kept between builds."""
    folder = Path(settings.VAR) / "sections"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


class Building:
    """One worker's work on one claimed row."""

    def __init__(self, row: Pack) -> None:
        self._row = row
        self._token = row.taken_up_at
        self._told = 0.0
        self._seconds: dict[str, float] = {}

    def is_issued(self, at: datetime) -> bool:
        """Build the pack and issue it. False when its records changed meanwhile, so that it is to be built again.

        Raises:
            Cancelled: that was asked for, or the row is not this worker's any more.
            NothingNew: the version that is issued says the same.
        """
        before = issued_before(self._row)
        base = self._row.base = base_of(self._row)
        self._note(base=base)
        entered = last_entry()
        with self._timed("gather"):
            content = gather_pack(self._row, at)
            digest = digest_of(content)
        self._check_new(before)
        built, stored = self._made(content, base)
        closed = self._closed(content, base)
        columns = {
            "pages": built.pages,
            "layout": built.layout,
            "contents": built.contents,
            "made_of": digest,
            "compared_by": digest_of(content, without=FROZEN),
            "compared_at": timezone.now(),
            "compared_to": entered,
            **_what_changed(before or (base if self._row.kind != PackKind.SUPPLEMENT else None), built),
            "file": stored.name,
            "sha512": stored.sha512,
            "bytes": stored.bytes,
        }
        try:
            is_issued = self._issue(columns, closed, stored.sha256, at)
        except BaseException:
            pack_files.discard(stored.name)
            raise
        if not is_issued:
            pack_files.discard(stored.name)
        return is_issued

    def _made(self, content: PackContent, base: Pack | None) -> tuple[BuiltPack, pack_files.Stored]:
        """The pack as it was made, and its file in the store."""
        with tempfile.TemporaryDirectory(dir=section_cache()) as folder:
            target, layout = Path(folder) / "pack.pdf", (base.layout or None) if base else None
            beside = [pack.layout for pack in numbered_with(self._row)]
            where: dict[str, Any] = {"cache_dir": section_cache(), "target": target}
            built = build(content, base=layout, beside=beside, progress=self._tell, **where)
            self._seconds |= built.seconds
            self._note(stage=_("Storing the file"))
            with self._timed("store"):
                stored = pack_files.store(built.file, slug=self._row.slug)
        return built, stored

    def _closed(self, content: PackContent, base: Pack | None) -> list[SealedSection]:
        """Its part not for publication, sealed; only members' packs have one."""
        self._note(stage=_("Sealing what is not for publication"))
        with self._timed("sealing"):
            return make_closed_part(row=self._row, content=content, before=base)

    @transaction.atomic
    def _issue(self, columns: dict[str, Any], closed: list[SealedSection], sha256: str, at: datetime) -> bool:
        """Say in one transaction that the stored file is issued, if the records are still those it was made of."""
        MeetingPage.objects.select_for_update(of=("self",)).get(pk=self._row.meeting_id)
        row = self._mine().select_for_update(of=("self",)).filter(cancel_asked_at=None).first()
        if row is None:
            raise Cancelled
        if digest_of(gather_pack(row, at)) != columns["made_of"]:
            return False
        series_of_pack(row).filter(state=PackState.ISSUED).update(state=PackState.SUPERSEDED)
        seconds = {"seconds": round(sum(self._seconds.values()), 3), "stage_seconds": self._seconds}
        self._mine().update(state=PackState.ISSUED, issued_at=at, progress=100, stage="", **seconds, **columns)
        row.refresh_from_db()
        keep_closed_part(row, closed, at=at)
        enter(page=row.meeting, event=LedgerEvent.ISSUED, by=row.asked_by, at=at, note=row.reference, digest=sha256)
        dispatch_pack(pack=row, at=at)
        return True

    def _check_new(self, before: Pack | None) -> None:
        """Refuse to issue again what is issued. Told as on the day of that version: that days pass changes no record."""
        if before is None or before.issued_at is None:
            return
        if digest_of(gather_pack(self._row, before.issued_at)) == before.made_of:
            raise NothingNew(_("Nothing has changed since %(pack)s, so no new version was made.") % {"pack": before.reference})

    def _mine(self) -> QuerySet[Pack]:
        return Pack.objects.filter(pk=self._row.pk, state=PackState.BUILDING, taken_up_at=self._token)

    def _tell(self, section: str, done: int, total: int) -> None:
        """Note how far it is, not more often than somebody can read it."""
        now = time.monotonic()
        if done < total and now - self._told < TOLD_EVERY:
            return
        self._told = now
        self._note(stage=section[:120], progress=100 * done // max(total, 1), sections_done=done, sections_total=total)

    def _note(self, **columns: Any) -> None:
        """Write how far it is.

        Raises:
            Cancelled: the row is not to be built any more, or not by this worker.
        """
        if not self._mine().filter(cancel_asked_at=None).update(heartbeat_at=timezone.now(), **columns):
            raise Cancelled

    @contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        started = time.monotonic()
        yield
        self._seconds[stage] = round(self._seconds.get(stage, 0.0) + time.monotonic() - started, 3)


def _what_changed(before: Pack | None, built: BuiltPack) -> dict[str, Any]:
    """The columns that say what the version before said otherwise."""
    if before is None or not before.layout:
        return {"changes": [], "says": ""}
    changes = changes_between(before.layout, built.layout)
    return {"changes": changes, "says": in_a_sentence(changes)}
