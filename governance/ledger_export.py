"""The ledger as lines of JSON, with what the records say now: all that the stand-alone check needs."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files.storage import storages
from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from modelcluster.models import get_all_child_relations
from wagtail.models import get_page_models

from governance.check_records import BLOCK, FORM, digest, sealed_digest
from governance.content import content_of
from governance.kept_files import every_file
from governance.models import LedgerChain, LedgerCheckpoint, LedgerEntry, LedgerErasure, RecordPage
from governance.models.ledger import moment

AT_ONCE = 500
NOT_FOR_ALL = ("by", "by_name", "note", "salt")
FOLDERS = {"private": "private", "restricted": "restricted", "default": "public"}
"""What the storages are called in a backup."""


def lines(*, for_everybody: bool = False, at: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every line, the last one saying how many there were of each kind.

    Args:
        for_everybody: without what the ledger says of persons and in words, and with digests in place of what records say. It is
            checked in the same way, because each entry holds a digest of these.
    """
    counts: dict[str, int] = {}
    for line in _lines(for_everybody, at or timezone.now()):
        counts[line["kind"]] = counts.get(line["kind"], 0) + 1
        yield line
    yield {"kind": "end", **counts}


def _lines(for_everybody: bool, at: datetime) -> Iterator[dict[str, Any]]:
    yield {"kind": "export", "format": FORM, "made_at": moment(at), "for_everybody": for_everybody}
    names = {}
    for chain in LedgerChain.objects.select_related("board"):
        names[chain.pk] = chain.name
        yield {"kind": "chain", "chain": chain.name, "title": chain.board.title if chain.board else ""}
    erased = _erased()
    for entry in LedgerEntry.objects.order_by("chain__name", "number").iterator(chunk_size=AT_ONCE):
        erasure = erased.get(entry.pk)
        line = _entry(entry.as_line(names[entry.chain_id]), for_everybody or erasure is not None)
        yield {"kind": "entry", **line, **(erasure or {})}
    for record in _records():
        yield {"kind": "record", **_record(record, for_everybody)}
    for file in every_file():
        if file.is_public and file.page:
            name = f"{FOLDERS[file.store]}/{file.name}"
            sha256 = digest_in_store(file.store, file.name)
            expected = file.checksum if file.algorithm == "sha256" else ""
            yield {
                "kind": "file",
                "page": file.page,
                "what": file.what,
                "name": name,
                "sha256": sha256,
                "expected": expected,
            }
    for checkpoint in LedgerCheckpoint.objects.order_by("day"):
        yield {"kind": "checkpoint", **checkpoint.as_line()}


def _erased() -> dict[int, dict[str, Any]]:
    """Of entries whose words were removed, the digest of what these were, and the entry that tells so. Without it the chain proves nothing."""
    found = LedgerErasure.objects.values_list("entry", "sealed_sha256", "removal__entry__chain__name", "removal__entry__number")
    return {
        entry: {"sealed_sha256": sealed, "erased_under": {"chain": chain, "number": number}}
        for entry, sealed, chain, number in found
    }


def _entry(line: dict[str, Any], for_everybody: bool) -> dict[str, Any]:
    line["sealed_sha256"] = sealed_digest(line)
    return {name: value for name, value in line.items() if not (for_everybody and name in NOT_FOR_ALL)}


def public_digest(using: str = DEFAULT_DB_ALIAS) -> str:
    """One digest of what all public records say and of where every ledger stands, the same on any database.

    Args:
        using: the database that is asked.
    """
    records = [[page.pk, page.reference or "", digest(content_of(page))] for page in _records(using)]
    entries = LedgerEntry.objects.using(using).order_by("chain__name", "number").values_list("chain__name", "number", "sha256")
    return digest([sorted(records), [list(row) for row in entries]])


def _records(using: str = DEFAULT_DB_ALIAS) -> Iterator[Any]:
    """Every public record, class by class, with the rows that belong to it."""
    for page_class in get_page_models():
        if issubclass(page_class, RecordPage):
            relations = [relation.get_accessor_name() for relation in get_all_child_relations(page_class)]
            every = page_class.objects.using(using).live().prefetch_related(*relations)
            yield from every.order_by("path").iterator(chunk_size=AT_ONCE)


def _record(page: Any, for_everybody: bool) -> dict[str, Any]:
    dated = {event: getattr(page, column) for column, event in page.dated_by_the_ledger.items()}
    content = content_of(page)
    return {
        "page": page.pk,
        "reference": page.reference or "",
        "title": page.title,
        "dated": {str(event): moment(at) if at else None for event, at in dated.items()},
        **({"content_sha256": digest(content)} if for_everybody else {"content": content}),
    }


def digest_in_store(store: str, name: str) -> str | None:
    """The SHA-256 of a stored file; None where it is missing or cannot be read."""
    found = hashlib.sha256()
    try:
        with storages[store].open(name, "rb") as opened:
            for block in iter(lambda: opened.read(BLOCK), b""):
                found.update(block)
    except OSError:
        return None
    return found.hexdigest()
