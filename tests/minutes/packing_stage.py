"""A meeting whose packs are built at once: the sections are not rendered, all else is as it is."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from governance.models import BoardPage, User, private_storage
from minutes.models import MeetingPage, Pack
from minutes.operations import pack_building, packing
from minutes.operations.meetings import publish_agenda
from minutes.packs.build import BuiltPack
from minutes.packs.content import PackContent
from tests import building

SECTIONS = ("Cover", "Agenda", "1. Home care", "2. Walking routes")


def make_meeting(board: BoardPage, clerk: User, **fields: Any) -> MeetingPage:
    """A meeting with a published agenda of two items."""
    fields.setdefault("venue", "Town Hall")
    meeting = building.make_meeting(board, clerk, **fields)
    for title in ("Home care", "Walking routes"):
        building.make_item(meeting, clerk, title, publish=False)
    return publish_agenda(meeting=meeting, by=clerk)


def build_at_once(monkeypatch: pytest.MonkeyPatch, at_section: Callable[[int], None] | None = None) -> None:
    """Have packs made without rendering.

    Args:
        at_section: called before each section is told, with its number.
    """

    def build(content: PackContent, *, target: Path, progress: Any, **given: Any) -> BuiltPack:
        for number, title in enumerate(SECTIONS, start=1):
            if at_section:
                at_section(number)
            progress(title, number, len(SECTIONS))
        target.write_bytes(f"%PDF-1.7 {content.reference} {[item.title for item in content.items]}".encode())
        layout = [
            {"key": f"item-{line.number}", "title": line.title, "level": 2, "digest": line.title, "labels": [str(number)]}
            for number, line in enumerate(content.items, start=3)
        ]
        made: dict[str, Any] = {"file": target, "pages": 4, "layout": layout, "seconds": {"sections": 0.1}}
        return cast("BuiltPack", SimpleNamespace(**made, contents={}))

    monkeypatch.setattr(pack_building, "build", build)
    monkeypatch.setattr(pack_building, "TOLD_EVERY", 0.0)


def issued(meeting: MeetingPage, by: User, **asked: Any) -> Pack:
    """A pack that was asked for and built."""
    pack = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=by, **asked).pk)
    assert pack is not None and pack.state == "issued", pack and pack.failure
    return pack


def content_of(pack: Pack) -> bytes:
    """What stands in the stored file."""
    with pack.file.open("rb") as stored:
        return stored.read()


def stored_packs() -> set[str]:
    """The names of all stored files of packs."""
    storage = private_storage()
    return {f"packs/{name}" for name in storage.listdir("packs")[1]} if storage.exists("packs") else set()
