"""The agenda pack of the demonstration: more than 120 pages of tagged, untagged and office papers, whose numbers agree everywhere.

Its lane is that of LibreOffice and veraPDF. The pack is built as the worker builds it, from the records as they are loaded.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

import pikepdf
import pytest

from governance.models import User
from home.demonstration.documents import document
from home.demonstration.papers import blocks_of
from home.operations.demonstration import load_demonstration
from minutes.enums import PackAudience, PackEdition, PackKind, PackState
from minutes.models import Pack, Paper, PaperFile
from minutes.operations.packing import build_pack
from minutes.operations.papers import withdraw_paper
from tests.home.demonstration.conftest import TODAY
from tests.minutes.packs.test_whole import bookmarks, page_texts, printed
from tests.pdf.verapdf import PDF_A_3A, PDF_UA_1, validate

pytestmark = [pytest.mark.pdf, pytest.mark.django_db]
READ_IN_ORDER = ("valleys", "services_next", "pharmacies", "preventing")
"""The papers that are tagged, printed by us or by a word processor."""
WITHDRAWN = ("valleys_answers", "pharmacy_answers")


@dataclass(frozen=True)
class Issued:
    """The pack as it was issued, and what was issued after its untagged papers were withdrawn."""

    first: Pack
    clean: Pack
    withdrawn: list[Paper]
    page: str
    """The meeting's page as the public read it before that."""


def _built(at: datetime) -> Pack:
    """The agenda pack that waits, built and issued."""
    waiting = {"kind": PackKind.AGENDA, "audience": PackAudience.PUBLIC, "edition": PackEdition.STANDARD}
    pack = build_pack(pack=Pack.objects.get(state=PackState.QUEUED, **waiting).pk, at=at)
    assert pack is not None and pack.state == PackState.ISSUED, pack and pack.failure
    return pack


@pytest.fixture(scope="module")
def issued(look: None, django_db_setup: None, django_db_blocker: Any) -> Iterator[Issued]:
    """The demonstration, loaded and taken back after; its pack, then one of clean papers only."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_demonstration(today=TODAY, tell=lambda *step: None)
        now = timezone.now()
        first = _built(now)
        page = Client().get(first.meeting.get_url()).content.decode()
        editor = User.objects.filter(is_superuser=True).first()
        withdrawn = list(Paper.objects.filter(pk__in=[int(key.removeprefix("paper-")) for key in _untagged(first)]))
        for paper in withdrawn:
            withdraw_paper(paper=paper, by=editor, reason="A screen reader cannot read it.")
        yield Issued(first, _built(now + timedelta(minutes=1)), withdrawn, page)
        transaction.set_rollback(True)


def _untagged(pack: Pack) -> list[str]:
    papers = [paper for item in pack.contents["items"] for paper in item["papers"]]
    keys = {row["title"]: row["key"] for row in pack.layout if row["key"].startswith("paper-")}
    return [keys[paper["title"]] for paper in papers if not paper["read_by_screen_readers"]]


def _file(pack: Pack) -> Path:
    return Path(pack.file.path)


def _labels(pack: Pack) -> list[str]:
    return [label for row in pack.layout for label in row["labels"]]


def _begins(pack: Pack) -> dict[str, str]:
    return {row["key"]: row["labels"][0] for row in pack.layout}


def test_it_has_papers_of_every_sort_on_many_pages(issued: Issued) -> None:
    assert issued.first.pages is not None and issued.first.pages >= 120
    items = issued.first.meeting.get_children()
    uploads = PaperFile.objects.filter(paper__item__in=items.values("pk"), is_current=True).values_list("original", flat=True)
    assert {name.rsplit(".", 1)[-1] for name in uploads} == {"pdf", "docx"}
    assert [paper.title for paper in issued.withdrawn] == [
        "Appendix A: what people in the valleys said",
        "What people answered",
    ]


def test_the_printed_number_is_the_page_label_and_the_layouts(issued: Issued) -> None:
    for pack in (issued.first, issued.clean):
        expected = _labels(pack)
        with pikepdf.open(_file(pack)) as pdf:
            assert [str(page.label) for page in pdf.pages] == expected
            assert {(row["title"], row["labels"][0]) for row in pack.layout} <= set(bookmarks(pdf))
        # Draft minutes are marked on each page, before its number.
        texts = [text.replace("DRAFT ", "") for text in page_texts(_file(pack))]
        assert printed(texts, expected) == expected


def test_contents_and_the_web_say_the_same_page(issued: Issued) -> None:
    begins = _begins(issued.first)
    agenda = next(row for row in issued.first.layout if row["key"] == "agenda")
    texts = dict(zip(_labels(issued.first), page_texts(_file(issued.first)), strict=True))
    printed_agenda = " ".join(" ".join(texts[label] for label in agenda["labels"]).split())
    for item in issued.first.contents["items"]:
        assert item["page"] == begins[f"item-{item['number']}"]
        assert f"Page {item['page']} of the pack" in issued.page, item["title"]
        for paper in item["papers"]:
            assert f"· page {paper['pages'][0]}" in printed_agenda, paper["title"]
    on_the_web = re.findall(r"Page (\S+) of the pack", issued.page)
    assert on_the_web == [item["page"] for item in issued.first.contents["items"]]


@pytest.mark.parametrize("name", READ_IN_ORDER)
def test_each_tagged_paper_is_read_in_the_order_it_was_written(issued: Issued, name: str) -> None:
    # A number at the foot stands between two pages of one text.
    numbers = set(_labels(issued.clean))
    lines = [line for text in page_texts(_file(issued.clean)) for line in text.splitlines() if line not in numbers]
    said = " ".join(" ".join(lines).split())
    place = 0
    for _kind, words in blocks_of(document(f"papers/{name}")):
        # The first words of each paragraph: a page may end within it.
        wanted = " ".join(words.split()[:5])
        assert wanted in said[place:], words
        place = said.index(wanted, place) + len(wanted)


def test_the_structure_is_sound(issued: Issued) -> None:
    for pack in (issued.first, issued.clean):
        told = subprocess.run(["qpdf", "--check", _file(pack)], check=True, capture_output=True, text=True)
        assert told.stderr == ""


def test_of_clean_papers_it_is_pdf_ua_and_pdf_a(issued: Issued) -> None:
    assert any(paper["pages"] for item in issued.clean.contents["items"] for paper in item["papers"])
    for profile in (PDF_UA_1, PDF_A_3A):
        (verdict,) = validate([_file(issued.clean)], profile)
        assert verdict.broken == ()
        assert verdict.assertions > 10_000


def test_of_what_was_withdrawn_nothing_is_inside(issued: Issued, tmp_path: Path) -> None:
    plain = tmp_path / "plain.pdf"
    with pikepdf.open(_file(issued.clean)) as pdf:
        told = json.loads(pdf.attachments["contents.json"].get_file().read_bytes())
        saved = {"object_stream_mode": pikepdf.ObjectStreamMode.disable, "compress_streams": False}
        pdf.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, **saved)
    everything = plain.read_bytes() + "".join(page_texts(_file(issued.clean))).encode()
    kept = [paper["sha256"] for item in told["items"] for paper in item["papers"]]
    first = {paper["title"]: paper for item in issued.first.contents["items"] for paper in item["papers"]}
    for paper in issued.withdrawn:
        assert first[paper.title]["sha256"] not in kept
        assert f"/{paper.reference}".encode() not in everything
    for name in WITHDRAWN:
        headings = [words for kind, words in blocks_of(document(f"papers/{name}")) if kind == "heading" and ": " in words]
        assert len(headings) > 100
        for words in headings:
            for encoding in ("utf-8", "utf-16-be"):
                assert words.encode(encoding) not in everything
    with pikepdf.open(_file(issued.first)) as before, pikepdf.open(_file(issued.clean)) as after:
        gone = {label for paper in issued.withdrawn for label in first[paper.title]["pages"]}
        assert len(before.pages) - len(after.pages) >= len(gone) - 1
        assert gone.isdisjoint(str(page.label) for page in after.pages)
    assert issued.first.meeting.packs.get(pk=issued.first.pk).state == PackState.WITHDRAWN
