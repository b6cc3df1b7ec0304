"""A large pack with papers of all kinds: its numbers agree everywhere, it is read in order, and what is late moves nothing."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from minutes.enums import PackEdition, PackKind
from minutes.packs.binding import section_html
from minutes.packs.build import BuiltPack
from minutes.packs.plan import plan
from minutes.packs.registry import Section
from minutes.packs.render import SectionFailed
from minutes.packs.structure import elements, entries
from tests.minutes.packs.sample import sample_pack
from tests.minutes.packs.whole import Whole
from tests.pdf.verapdf import PDF_A_3A, PDF_UA_1, validate

run = partial(subprocess.run, check=True, capture_output=True, text=True)


def page_texts(file: Path) -> list[str]:
    """The text of each page, in reading order."""
    return run(["pdftotext", file, "-"]).stdout.removesuffix("\f").split("\f")


def printed(texts: list[str], labels: list[str]) -> list[str]:
    """Of each page its number, if it is printed there as a line of its own."""
    return [label if label in text.splitlines() else "" for text, label in zip(texts, labels, strict=True)]


def in_layout(pack: BuiltPack) -> list[str]:
    return [label for row in pack.layout for label in row["labels"]]


def bookmarks(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Title and page label of every bookmark that leads to a section."""
    pages = {page.objgen: str(page.label) for page in pdf.pages}
    with pdf.open_outline() as outline:
        waiting = list(outline.root)
        while waiting:
            item = waiting.pop(0)
            place: Any = item.destination
            yield item.title, pages[place[0].objgen]
            waiting = [*item.children, *waiting]


@pytest.mark.parametrize("name", ["clean", "mixed"])
def test_printed_numbers_page_labels_bookmarks_and_layout_agree(whole: Whole, name: str) -> None:
    pack: BuiltPack = getattr(whole, name)
    assert pack.pages >= 120
    expected = in_layout(pack)
    with pikepdf.open(pack.file) as pdf:
        assert [str(page.label) for page in pdf.pages] == expected
        assert {(row["title"], row["labels"][0]) for row in pack.layout} <= set(bookmarks(pdf))
    assert printed(page_texts(pack.file), expected) == expected


def test_the_agenda_lists_each_item_and_paper_under_its_page(whole: Whole) -> None:
    begins = {row["key"]: row["labels"][0] for row in whole.mixed.layout}
    agenda = " ".join(" ".join(page_texts(whole.mixed.file)[2:4]).split())
    for key, title in (("paper-1", "Home care report"), ("paper-4", "Office annex"), ("paper-5", "Scan")):
        assert f"{title} · Appendix · page {begins[key]}" in agenda
    assert "Financial annex · to follow" in agenda
    listed = {item["number"]: item["page"] for item in whole.mixed.contents["items"]}
    assert (listed["7"], listed["9"]) == (begins["item-7"], begins["paper-3"])


def test_the_text_is_read_page_by_page_in_order(whole: Whole) -> None:
    pages = dict(zip(in_layout(whole.clean), page_texts(whole.clean.file), strict=True))
    paper = next(row for row in whole.clean.layout if row["key"] == "paper-2")
    for number, label in enumerate(paper["labels"], start=1):
        assert f"part {number}" in pages[label]
        assert pages[label].index(f"part {number}") < pages[label].index("People told us") < pages[label].index("Ward")


def test_each_section_is_read_aloud_in_its_turn_with_the_tags_it_brought(whole: Whole) -> None:
    with pikepdf.open(whole.clean.file) as pdf:
        parts = list(pdf.Root.StructTreeRoot.K[0].K)
        assert [str(part.T) for part in parts] == [row["title"] for row in whole.clean.layout]
        types = {str(element.S) for part in parts[3:5] for element in elements(part)}
        assert types >= {"/H1", "/H2", "/P", "/Table"}
        owners = dict(entries(pdf.Root.StructTreeRoot.ParentTree))
        pages = [page.obj for page in pdf.pages]
        keys = [int(page.StructParents) for page in pages]
        assert len(set(keys)) == len(pages)
        for page, key in zip(pages, keys, strict=True):
            assert {owner.Pg.objgen for owner in owners[key] if owner is not None and "/Pg" in owner} == {page.objgen}


def test_machines_find_the_contents_inside(whole: Whole) -> None:
    with pikepdf.open(whole.clean.file) as pdf:
        attached = pdf.attachments["contents.json"]
        assert attached.relationship == pikepdf.Name.Data
        found = json.loads(attached.get_file().read_bytes())
    assert found == whole.clean.contents
    papers = found["items"][6]["papers"]
    assert [paper["title"] for paper in papers] == ["Home care report", "Office report"]
    assert all(re.fullmatch("[0-9a-f]{64}", paper["sha256"]) for paper in papers)
    assert found["resolutions"][0]["reference"] == "HWB/2026-27/33(1)"


@pytest.mark.pdf
def test_a_pack_of_clean_papers_is_pdf_ua_and_pdf_a(whole: Whole) -> None:
    assert (whole.clean.claim.is_accessible, whole.clean.claim.is_archivable) == (True, True)
    for profile in (PDF_UA_1, PDF_A_3A):
        (verdict,) = validate([whole.clean.file], profile)
        assert verdict.broken == ()
        assert verdict.assertions > 100_000


def test_a_pack_claims_nothing_that_a_paper_is_not(whole: Whole) -> None:
    assert (whole.mixed.claim.is_accessible, whole.mixed.claim.is_archivable) == (False, False)
    with pikepdf.open(whole.mixed.file) as pdf:
        said = pdf.Root.Metadata.read_bytes()
    assert b"pdfuaid" not in said and b"pdfaid" not in said


def test_papers_that_cannot_be_read_aloud_are_named(whole: Whole) -> None:
    assert len(whole.mixed.untagged) == 8
    assert whole.mixed.findings["paper-tree-cut"] == ("Its tags are broken, so that a screen reader cannot read it in order.",)
    named = page_texts(whole.mixed.file)[-1]
    assert "Accessibility of this pack" in named
    assert all(title in named for title in ("Scan", "tree-cut", "bare"))
    assert "every paper in it too" in page_texts(whole.clean.file)[-1]


def test_the_structure_is_sound(whole: Whole) -> None:
    for pack in (whole.clean, whole.mixed):
        assert run(["qpdf", "--check", "--warning-exit-0", pack.file]).stderr == ""


def test_a_hidden_layer_stays_hidden(whole: Whole) -> None:
    with pikepdf.open(whole.mixed.file) as pdf:
        layers = pdf.Root.OCProperties
        assert [group.objgen for group in layers.D.OFF] == [group.objgen for group in layers.OCGs]


def test_a_late_paper_leaves_every_number_where_it_was(whole: Whole) -> None:
    current = whole.supplement(consolidated=True)
    before = {row["key"]: row["labels"] for row in whole.mixed.layout}
    after = {row["key"]: row["labels"] for row in current.layout}
    assert before.items() <= after.items()
    winter = int(before["item-8"][-1])
    assert after["paper-late"][:2] == [f"{winter}A", f"{winter}B"]
    assert after["changes"] == ["2A"]
    assert printed(page_texts(current.file), in_layout(current)) == in_layout(current)
    told = " ".join(page_texts(current.file)[2].split())
    assert "New: “Late evidence”; changed: “8. Winter plan" in told
    assert [change["key"] for change in current.changes] == ["item-8", "paper-late"]


def test_a_supplement_prints_alone_under_the_numbers_of_the_whole(whole: Whole) -> None:
    alone, current = whole.supplement(consolidated=False), whole.supplement(consolidated=True)
    assert [row["key"] for row in alone.layout] == ["supplement-1", "paper-late"]
    numbers = {row["key"]: row["labels"] for row in current.layout}
    assert alone.layout[1]["labels"] == numbers["paper-late"]
    texts = page_texts(alone.file)
    assert printed(texts, in_layout(alone)) == in_layout(alone) == ["i", *numbers["paper-late"]]
    assert "Item 8 has its evidence." in texts[0]


def test_of_a_withdrawn_paper_nothing_is_left(whole: Whole, tmp_path: Path) -> None:
    content = whole.content(base_version=1, version=2)
    items = list(content.items)
    items[9] = replace(items[9], papers=items[9].papers[1:])
    pack = whole.built(replace(content, items=tuple(items)), "withdrawn", whole.mixed)
    plain = tmp_path / "plain.pdf"
    with pikepdf.open(pack.file) as pdf:
        pdf.save(
            plain,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            compress_streams=False,
        )
    assert b"Scan sheet" not in plain.read_bytes()
    gone = next(row["labels"] for row in whole.mixed.layout if row["key"] == "paper-5")
    assert next(row["unused"] for row in pack.layout if row["key"] == "item-10") == gone
    assert f"Not used in this version: pages {gone[0]}–{gone[-1]}." in " ".join("".join(page_texts(pack.file)[3:5]).split())


def test_a_print_set_begins_each_item_on_a_right_hand_page_under_the_same_numbers(whole: Whole) -> None:
    content = whole.content(clean=True, edition=PackEdition.PRINT_SET)
    pack = whole.built(content, "print-set")
    assert in_layout(pack) == in_layout(whole.clean)
    with pikepdf.open(pack.file) as pdf:
        labels = [str(page.label) for page in pdf.pages]
    assert len(labels) == pack.pages > whole.clean.pages
    assert [label for label in labels if label] == in_layout(whole.clean)
    begins = [row["labels"][0] for row in pack.layout if row["level"] < 3]
    assert all(labels.index(label) % 2 == 0 for label in begins)


def test_the_same_papers_make_the_same_bytes(whole: Whole) -> None:
    again = whole.built(whole.content(clean=True), "again")
    assert again.sha256 == whole.clean.sha256
    assert (again.rendered, again.file.read_bytes()) == (0, whole.clean.file.read_bytes())


def test_a_missing_paper_is_named(whole: Whole) -> None:
    content = whole.content(clean=True)
    items = list(content.items)
    items[6] = replace(items[6], papers=(replace(items[6].papers[0], stored="/nowhere.pdf", sha256="0", title="Lost"),))
    with pytest.raises(SectionFailed, match="Lost: Its file is missing"):
        whole.built(replace(content, items=tuple(items)), "missing")


def test_a_damaged_paper_is_named(whole: Whole, tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.pdf"
    damaged.write_bytes(b"%PDF-1.7 nothing")
    content = whole.content(clean=True)
    items = list(content.items)
    items[6] = replace(items[6], papers=(replace(items[6].papers[0], stored=str(damaged), sha256="1", title="Torn"),))
    with pytest.raises(SectionFailed, match="Torn: Its file cannot be read"):
        whole.built(replace(content, items=tuple(items)), "damaged")


def test_a_template_that_fails_names_its_section() -> None:
    section = Section(key="x", title="Item 9", template="minutes/packs/nowhere.html")
    with pytest.raises(SectionFailed, match="Item 9: Its template cannot be filled"):
        section_html(section, sample_pack(), {})


def test_one_item_alone_keeps_the_numbers_it_has_in_the_pack(whole: Whole) -> None:
    content = whole.content(kind=PackKind.ITEM)
    alone = whole.built(replace(content, items=content.items[6:7]), "item", whole.mixed)
    numbers = {row["key"]: row["labels"] for row in whole.mixed.layout}
    assert {row["key"]: row["labels"] for row in alone.layout if row["key"] != "accessibility"}.items() <= numbers.items()
    assert [section.key for section in plan(replace(content, items=content.items[6:7]))][:3] == ["cover", "item-7", "paper-1"]
