"""Writing the ledger: a chain for each board, in which every entry names the one before it."""

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from wagtail.models import Page

from governance.check_records import START, entry_digest, sealed_digest
from governance.check_records import digest as digest_of
from governance.content import content_of
from governance.following import tell_entered
from governance.ledger_seals import seal_of
from governance.models import LedgerChain, LedgerEntry, LedgerSubject
from governance.operations.bulk.rows import new_keys, write_rows

SITE = "site"
"""The name of the chain for what belongs to no board. No board's code is written so."""


@dataclass(frozen=True)
class Head:
    """The last entry of a chain that the transaction under way has added.

    It waits among what follows the commit: what a savepoint undoes, Django takes from there too, so that a head that is found there stands.
    Whoever added it holds the lock of the chain until the transaction ends.

    Attributes:
        top: the path of the page that the chain was found by; what stands below it belongs to the same chain.
    """

    chain: LedgerChain
    top: str
    number: int
    sha256: str

    def __call__(self) -> None:
        """Nothing is left to do when the transaction is committed."""


@dataclass(frozen=True)
class Place:
    """Where an entry belongs: the board of a page, or none.

    Attributes:
        name: what its chain is called, where it is the first. Checkpoints tell it to everybody, so a board that is not public yet has
            a neutral one.
    """

    board: int | None
    name: str
    top: str


def content_digest(page: Any, version: dict[str, Any] | None = None) -> str:
    """The SHA-256 of a record's content as published; see `governance.content`."""
    return digest_of(content_of(page, version))


@transaction.atomic(savepoint=False)
def enter(*, page: Any, event: str, by: Any, at: datetime, note: str = "", digest: str = "", subject: str = "") -> LedgerEntry:
    """Add one entry, with what follows from it. There is no operation that changes or removes one.

    Args:
        page: the record it is about.
        digest: the SHA-256 of a file, or of the record's content if `subject` says so.
        subject: what the digest is of; a file unless said.
    """
    entry = LedgerEntry(
        page_id=page.pk,
        event=event,
        reference=getattr(page, "reference", None) or "",
        subject=subject or (LedgerSubject.FILE if digest else ""),
        content_sha256=digest,
        note=str(note),
        at=at,
        **_who(by),
    )
    head = _head_for(page)
    _chain(entry, head)
    entry.save(force_insert=True)
    _remember(entry, head)
    tell_entered(entry, page)
    return entry


def last_entry() -> int:
    """The key of the entry that was added last; 0 while there is none. Whoever keeps it can tell later whether anything was done since."""
    return LedgerEntry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


@transaction.atomic(savepoint=False)
def enter_many(*, entries: Sequence[LedgerEntry], page: Any, by: Any) -> None:
    """Add many entries to the chain of one page at once, telling nobody. For generated records.

    Args:
        page: whose chain they all belong to.
    """
    head = _head_for(page)
    keys, name = new_keys(LedgerEntry), _who(by)["by_name"]
    for entry in entries:
        entry.pk, entry.by_name = next(keys), name
        head = _chain(entry, head)
    write_rows(LedgerEntry, entries)
    if entries:
        _remember(entries[-1], head)


def _who(by: Any) -> dict[str, Any]:
    if by is None or not by.pk:
        return {"by": None, "by_name": ""}
    return {"by": by, "by_name": str(by.get_full_name() or by.get_username())}


def _chain(entry: LedgerEntry, head: Head) -> Head:
    """Give an entry its place behind the head. Returns the head that it is then."""
    entry.chain, entry.number, entry.before = head.chain, head.number + 1, head.sha256
    entry.salt = secrets.token_hex(16)
    line = entry.as_line(head.chain.name)
    entry.sha256 = entry_digest({**line, "sealed_sha256": sealed_digest(line)})
    entry.seal = seal_of(entry.sha256)
    return Head(head.chain, head.top, entry.number, entry.sha256)


def _remember(entry: LedgerEntry, head: Head) -> None:
    transaction.on_commit(Head(head.chain, head.top, entry.number, entry.sha256))


def _heads() -> Iterator[Head]:
    """What this transaction has added, the latest first."""
    return (waiting[1] for waiting in reversed(transaction.get_connection().run_on_commit) if isinstance(waiting[1], Head))


def _head_for(page: Any) -> Head:
    """The last entry of the chain of a page, with the lock of the chain."""
    known = next((head for head in _heads() if head.top and page.path.startswith(head.top)), None)
    if known is None:
        place = _place_of(page)
        known = next((head for head in _heads() if head.chain.board_id == place.board), None)
        if known is None:
            return _locked(place)
        return Head(known.chain, place.top, known.number, known.sha256)
    latest = next(head for head in _heads() if head.chain == known.chain)
    return Head(latest.chain, known.top, latest.number, latest.sha256)


def _place_of(page: Any) -> Place:
    """The board that a page belongs to: the one it stands below, or the one of the action that it is or stands below."""
    columns = (
        ("boardpage__pk", "boardpage__code", "live"),
        ("actionpage__board", "actionpage__board__code", "actionpage__board__live"),
    )
    above = Page.objects.filter(path__in=_paths_above(page.path)).order_by("-depth")
    for row in above.values("path", *columns[0], *columns[1]):
        for key, code, is_public in columns:
            if row[key]:
                return Place(row[key], row[code] if row[is_public] else f"board-{row[key]}", row["path"])
    return Place(None, SITE, "")


def _paths_above(path: str) -> Iterable[str]:
    """The paths of a page and of all above it."""
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def _locked(place: Place) -> Head:
    """The head of a chain as it stands, after waiting for whoever adds to it now."""
    chains = LedgerChain.objects.select_for_update().filter(board=place.board)
    chain = chains.first()
    if chain is None:
        name = place.name if not LedgerChain.objects.filter(name=place.name).exists() else f"{place.name}-{place.board}"
        LedgerChain.objects.get_or_create(board_id=place.board, defaults={"name": name})
        chain = chains.get()
    last = LedgerEntry.objects.filter(chain=chain).order_by("-number").values_list("number", "sha256").first()
    number, sha256 = last or (0, START)
    return Head(chain, place.top, number, sha256)
