"""What a pack is made of, and whether that has changed. The digest tells two contents apart; the day of issue is no part of it."""

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import asdict, replace
from datetime import datetime

from minutes.enums import PackKind
from minutes.models import Pack
from minutes.operations.closed_parts import closed_versions
from minutes.packs.content import PackContent
from minutes.packs.gather import gather
from minutes.packs.gather_decisions import gather_decisions
from minutes.packs.gather_minutes import gather_item, gather_minutes

# What every version has of its own. The day that actions are told as at follows from the day of issue.
OWN_OF_A_VERSION = frozenset({"reference", "version", "issued_at", "actions_as_at", "base_version"})
FROZEN = frozenset({"actions"})
"""What a pack tells as on its day: that actions go on does not put it out of date."""
GATHERED: dict[str, Callable[[Pack, datetime], PackContent]] = {
    PackKind.MINUTES: gather_minutes,
    PackKind.DECISIONS: gather_decisions,
    PackKind.ITEM: gather_item,
}


def gather_pack(row: Pack, at: datetime) -> PackContent:
    """All that a pack prints, as the records stand now, told as on the day of `at`."""
    content = GATHERED.get(row.kind, gather)(row, at)
    versions = closed_versions(row)
    return replace(content, closed_versions=versions) if versions else content


def digest_of(content: PackContent, *, without: Collection[str] = ()) -> str:
    """The SHA-256 of everything that a pack prints, but what each version has of its own and what else is left out."""
    left_out = {*OWN_OF_A_VERSION, *without}
    plain = {name: value for name, value in asdict(content).items() if name not in left_out}
    if not content.closed_versions:
        # So that packs issued before there was such a part still compare as they did.
        plain["closed_versions"] = []
    return hashlib.sha256(json.dumps(plain, sort_keys=True, default=str).encode()).hexdigest()


def is_up_to_date(pack: Pack) -> bool:
    """Whether an issued pack still says what the records say, its actions report apart, which was true on its day.

    They are told as on the day it was issued: that days pass is no change of the records.
    """
    if not pack.compared_by or pack.issued_at is None:
        return False
    return digest_of(gather_pack(pack, pack.issued_at), without=FROZEN) == pack.compared_by
