"""Where a pack prints the number of an uploaded page: on the page's own foot, if nothing at all is painted there."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from minutes.packs.build import LARGE_NUMBER_SIZE
from minutes.packs.foot import FREE, free_zone
from minutes.packs.page_numbers import FROM_FOOT
from minutes.packs.uploads import take_paper
from minutes.papers.check import look
from minutes.papers.kinds import FileKind
from minutes.papers.page_reader import PageReader
from tests.minutes.packs.sample import paper_line

CAPITALS = 0.75
"""How high digits are, of the size."""
WORDS = "BT /F1 12 Tf 72 700 Td (What people told us) Tj ET"


def page_with(drawn: str, *, box: tuple[float, ...] = (0, 0, 595, 842), **more: Any) -> pikepdf.Pdf:
    """One page that paints this."""
    pdf = pikepdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    odd = Dictionary(Type=Name.Font, Subtype=Name.Type3, FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]))
    form = pdf.make_stream(b"0 0 10 10 re f", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 10, 10]))
    picture = pdf.make_stream(b"\0", Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8)
    resources = Dictionary(Font=Dictionary(F1=font, F3=odd), XObject=Dictionary(Form=form, Picture=picture))
    page = Dictionary(Type=Name.Page, MediaBox=Array(list(box)), Resources=resources, Contents=pdf.make_stream(drawn.encode()))
    for name, value in more.items():
        page[f"/{name}"] = value
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf


def foot_is_empty(pdf: pikepdf.Pdf) -> bool:
    """Whether the first page's foot is."""
    page = pdf.pages[0]
    return PageReader(page, set(), {}, free_zone(page.obj)).read().foot_is_empty


@pytest.mark.parametrize(
    "drawn",
    [
        "",
        WORDS,
        f"{WORDS} 20 60 500 700 re S 0 60 m 595 60 l S",
        # Below the page, and cut away.
        "q 0 400 595 442 re W n 0 0 595 842 re f Q",
        "BT /F1 12 Tf 72 -40 Td (Under the page) Tj ET",
        "0 0 595 842 re n",
    ],
)
def test_a_page_with_nothing_below_its_text_has_a_free_foot(drawn: str) -> None:
    assert foot_is_empty(page_with(drawn))


@pytest.mark.parametrize(
    "drawn",
    [
        f"{WORDS} BT /F1 9 Tf 290 30 Td (3) Tj ET",
        "BT /F1 12 Tf 0 0 0 rg 3 Tr 72 40 Td (unseen) Tj ET",
        "0.1 w 0 40 m 595 40 l S",
        "60 w 0 75 m 595 75 l S",
        "0 200 m 100 -50 200 -50 300 200 c f",
        # White paint would hide a number that is printed under it.
        "1 g 0 0 595 842 re f",
        "q 1 0 0 1 300 20 cm /Form Do Q",
        "q 100 0 0 100 0 0 cm /Picture Do Q",
        "q 0 0 200 40 re W n /Shade sh Q",
        "/Shade sh",
        # What we cannot place.
        "BT /F3 12 Tf 72 700 Td (drawn letters) Tj ET",
        "BT /Nothing 12 Tf 72 700 Td (no font) Tj ET",
        "BT /F1 12 Tf (one) 72 Td (x) Tj ET",
        "q 0 1 -1 0 30 100 cm BT /F1 12 Tf 0 10 Td (going up the side, from the foot) Tj ET Q BT /F1 400 Tf 72 120 Td (j) Tj ET",
    ],
)
def test_whatever_is_painted_at_the_foot_takes_it(drawn: str) -> None:
    assert not foot_is_empty(page_with(drawn))


@pytest.mark.parametrize(
    ("turn", "beside"), [(0, (300, 20)), (90, (580, 400)), (180, (300, 830)), (270, (10, 400))], ids=lambda one: str(one)
)
def test_the_foot_is_that_of_the_page_as_it_is_shown(turn: int, beside: tuple[int, int]) -> None:
    for at in ((300, 20), (580, 400), (300, 830), (10, 400)):
        drawn = f"{at[0]} {at[1]} 4 4 re f"
        assert foot_is_empty(page_with(drawn, Rotate=turn)) is (at != beside)


def test_what_is_cut_away_does_not_count_and_a_low_page_has_no_foot() -> None:
    assert foot_is_empty(page_with("300 20 4 4 re f", CropBox=Array([0, 100, 595, 842])))
    assert not foot_is_empty(page_with("", box=(0, 0, 300, 300)))
    assert not foot_is_empty(page_with("", UserUnit=2))


def test_the_check_tells_which_pages_have_a_free_foot_and_the_pack_prints_there(tmp_path: Path) -> None:
    source, copy = tmp_path / "source.pdf", tmp_path / "copy.pdf"
    footer, link = page_with("BT /F1 9 Tf 290 30 Td (2) Tj ET"), page_with(WORDS)
    note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([80, 60, 10, 20]), Dest=Array([0]))
    link.pages[0].obj.Annots = Array([note])
    with page_with(WORDS) as pdf:
        for other in (footer, link, page_with(WORDS, box=(0, 0, 1684, 1190))):
            pdf.pages.extend(other.pages)
        pdf.save(source)
    looked = look(source, FileKind.PDF, copy=copy, title="Report")
    assert list(looked.free_feet) == [0, 3]
    paper = paper_line("paper-1", stored=str(copy), pages=4, free_feet=tuple(looked.free_feet))
    sheaf = take_paper(paper, cache=tmp_path, open_stored=lambda name: io.BytesIO(Path(name).read_bytes()))
    assert [(round(foot.scale, 2), foot.is_strip) for foot in sheaf.feet] == [(1, False), (1, True), (1, True), (2.0, False)]
    with pikepdf.open(sheaf.file) as ready:
        assert [round(float(page.mediabox[3] - page.mediabox[1])) for page in ready.pages] == [842, 876, 876, 1190]
    # A large-print number is no higher than the part that must be empty.
    assert FROM_FOOT + LARGE_NUMBER_SIZE * CAPITALS < FREE
