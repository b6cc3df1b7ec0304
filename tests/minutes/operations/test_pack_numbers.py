"""A meeting's packs as they are really printed: agenda, supplement, everything, and each again after an item has grown."""

import re
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

import pikepdf
import pytest

from governance.models import BoardPage, User
from governance.operations.publishing import publish_record
from minutes.enums import PackKind, PackState
from minutes.models import AgendaItemPage, MeetingPage, Pack
from minutes.operations import packing
from minutes.operations.meetings import publish_agenda
from minutes.operations.supplements import publish_supplement
from minutes.public_packs import pack_in_use
from minutes.public_record import agenda_of
from tests import building
from tests.minutes.packing_stage import issued
from tests.minutes.paper_stage import Stage
from tests.minutes.papers import samples

pytestmark = pytest.mark.django_db
PARAGRAPH = "<p>People told the board what helps: the same carer each day, enough time, and plain letters.</p>"
LATE = samples.pdf("BT /F1 12 Tf 72 700 Td (Late figures) Tj ET", "BT /F1 12 Tf 72 700 Td (Second) Tj ET")


@pytest.fixture
def stage(board: BoardPage, clerk: User, look: None) -> Stage:
    """A meeting in a month: an item with a sheet, an item with only a paper, one that is answered by the last minutes."""
    meeting = building.make_meeting(board, clerk, timezone.now() + timedelta(days=30))
    item = building.make_item(meeting, clerk, "Home care", publish=False, body=PARAGRAPH)
    second = building.make_item(meeting, clerk, "Walking routes", publish=False, body="")
    stage = Stage(clerk, board, meeting, item)
    Stage(clerk, board, meeting, second).checked(paper=Stage(clerk, board, meeting, second).paper("Routes"))
    stage.paper("Budget annex")
    publish_agenda(meeting=meeting, by=clerk)
    stage.refresh()
    return stage


def with_file(pack: Pack, tmp_path: Path) -> Path:
    """The pack's file on the disk."""
    file = tmp_path / f"{pack.slug}.pdf"
    with pack.file.open("rb") as stored:
        file.write_bytes(stored.read())
    return file


def numbers_agree(pack: Pack, tmp_path: Path) -> dict[str, list[str]]:
    """The numbers of each section, once those printed, labelled, listed and bookmarked are seen to be the same."""
    file = with_file(pack, tmp_path)
    labels = [label for row in pack.layout for label in row["labels"]]
    texts = subprocess.run(["pdftotext", file, "-"], check=True, capture_output=True, text=True).stdout.split("\f")
    assert [label for label, text in zip(labels, texts, strict=False) if label in text.splitlines()] == labels
    with pikepdf.open(file) as pdf:
        assert [str(page.label) for page in pdf.pages] == labels
        pages = {page.objgen: str(page.label) for page in pdf.pages}
        with pdf.open_outline() as outline:
            waiting: list[Any] = list(outline.root)
            marks: dict[str, set[str]] = {}
            while waiting:
                mark = waiting.pop()
                marks.setdefault(mark.title, set()).add(pages[mark.destination[0].objgen])
                waiting += mark.children
    assert all(row["labels"][0] in marks[row["title"]] for row in pack.layout)
    begins = {row["key"]: row["labels"][0] for row in pack.layout}
    contents = " ".join(" ".join(texts[labels.index(begins["agenda"])].split()).split()) if "agenda" in begins else ""
    for key, page in begins.items():
        if key.startswith("paper-") and contents:
            assert f"· page {page}" in contents
    return {row["key"]: list(row["labels"]) for row in pack.layout}


def build_waiting() -> list[Pack]:
    """Everything that waits, built in the order it was asked for."""
    built = [
        packing.build_pack(pack=key)
        for key in Pack.objects.filter(state=PackState.QUEUED).values_list("pk", flat=True).order_by("pk")
    ]
    assert all(pack is not None and pack.state == PackState.ISSUED for pack in built), [pack and pack.failure for pack in built]
    return [pack for pack in built if pack]


def test_one_page_has_one_number_in_every_pack_and_on_the_web(stage: Stage, tmp_path: Path, client: Client) -> None:
    meeting, clerk = stage.meeting, stage.clerk
    first = numbers_agree(issued(meeting, clerk), tmp_path)
    late = stage.checked(LATE, stage.paper("Late figures")).paper
    supplement = publish_supplement(
        meeting=meeting, says="The figures are here.", late_because="The survey ended today.", papers=[late], by=clerk
    )
    alone, whole = build_waiting()
    words = subprocess.run(["pdftotext", with_file(alone, tmp_path), "-"], check=True, capture_output=True, text=True).stdout
    assert "Supplement 1" in words and "The figures are here." in words and "The survey ended today." in words
    brought, after = numbers_agree(alone, tmp_path), numbers_agree(whole, tmp_path)
    key = f"paper-{late.pk}"
    assert first.items() <= {**after, "accessibility": first["accessibility"], "agenda": first["agenda"]}.items()
    last = first["item-1"][-1]
    assert after[key] == brought[key] == [f"{last}A", f"{last}B"]

    # The item before the late paper grows by a page; each pack is built again, the agenda pack first.
    item = AgendaItemPage.objects.get(pk=stage.item.pk)
    item.body = PARAGRAPH * 40
    publish_record(page=item, by=clerk)
    again = numbers_agree(issued(meeting, clerk), tmp_path)
    everything = issued(meeting, clerk, kind=PackKind.CONSOLIDATED)
    both = numbers_agree(everything, tmp_path)
    assert len(again["item-1"]) > len(first["item-1"])
    assert again["item-1"] == both["item-1"] and again["item-1"][: len(first["item-1"])] == first["item-1"]
    assert all(
        again[key] == both[key] for key in again.keys() & both.keys() if not key.startswith(("changes", "agenda", "acc"))
    )
    assert (both[key], key in again) == (after[key], False)
    assert numbers_agree(issued(meeting, clerk, kind=PackKind.ITEM, item=stage.item), tmp_path)["item-1"] == both["item-1"]

    # The web agenda says what the contents of the pack say.
    meeting = MeetingPage.objects.get(pk=meeting.pk)
    assert pack_in_use(meeting) == everything
    begins = {name: labels[0] for name, labels in both.items()}
    second = next(name for name in begins if name.startswith("paper-") and name != key)
    assert [line.page for line in agenda_of(meeting, pack_in_use(meeting))] == [begins["item-1"], begins[second]]
    shown = client.get(meeting.get_url()).content.decode()
    assert re.findall(r"Page (\S+) of the pack", shown) == [begins["item-1"], begins[second]]
    assert supplement.number == 1


def test_what_is_to_follow_is_announced_by_its_title_in_the_pack_and_on_the_web(
    stage: Stage, tmp_path: Path, client: Client
) -> None:
    stage.paper("Listed after the agenda went out")
    pack = issued(stage.meeting, stage.clerk)
    words = subprocess.run(["pdftotext", with_file(pack, tmp_path), "-"], check=True, capture_output=True, text=True).stdout
    assert "Budget annex · to follow" in " ".join(words.split())
    for address in (stage.meeting.get_url(), stage.item.get_url()):
        shown = client.get(address).content.decode()
        assert "To follow:" in shown and "“Budget annex”" in shown
        assert "Listed after" not in shown
    assert "Listed after" not in words
