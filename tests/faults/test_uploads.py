"""Files that are made to do harm, besides those of each sort that the checks of papers are tried with."""

import gc
import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from wagtail.images.forms import get_image_multi_form

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image

from governance.models import BoardPage, ContentImage, User
from minutes.papers import kinds
from minutes.papers.check import Limits, look
from minutes.papers.codes import Code
from minutes.papers.findings import Weight
from minutes.papers.kinds import FileKind, NotTaken, kind_of
from tests.minutes.paper_stage import Stage, set_stage
from tests.minutes.papers import samples

pytestmark = [
    pytest.mark.filterwarnings(one)
    for one in (
        # Wagtail leaves the file of a picture that it made smaller to the collector.
        "ignore:Exception ignored in.*FileIO:pytest.PytestUnraisableExceptionWarning",
        "ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning",
    )
]
LIMITS = Limits(memory=1_000_000_000, seconds=20, pages=30)
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The harmless file by which programs that look for viruses are tried, in two parts so that they leave this one alone."""
NAMES = [
    "\u202efdp.exe",
    "../../etc/passwd.pdf",
    "..\\..\\boot.ini.pdf",
    "a" * 300 + ".pdf",
    "\U0001f600 report.pdf",
    "CON.pdf",
    ".htaccess.pdf",
    "two\nlines.pdf",
    "with\x00nul.pdf",
    'quote".pdf',
    "  .pdf",
]


@pytest.fixture(autouse=True)
def _collected() -> Iterator[None]:
    """What Wagtail leaves open is closed here, not in somebody else's test."""
    yield
    gc.collect()


def looked(data: bytes, folder: Path) -> Any:
    """What is found in a PDF."""
    source = folder / "source"
    source.write_bytes(data)
    return look(source, FileKind.PDF, copy=folder / "copy.pdf", title="A report", limits=LIMITS)


def looping_xref() -> bytes:
    """A file whose table of objects says that an earlier one stands where it stands itself."""
    body = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    table = b"xref\n0 3\n0000000000 65535 f \n0000000009 00000 n \n0000000054 00000 n \n"
    return body + table + b"trailer<</Size 3/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n" % (len(body), len(body))


def looping_pages(made: pikepdf.Pdf) -> None:
    """A tree of pages that holds itself."""
    made.Root.Pages.Kids.append(made.Root.Pages)


def deep_pages(made: pikepdf.Pdf) -> None:
    """A page at the end of a tree of two thousand steps."""
    page, top = made.pages[0].obj, made.Root.Pages
    below = page
    for _step in range(2_000):
        node = made.make_indirect(Dictionary(Type=Name.Pages, Kids=pikepdf.Array([below]), Count=1))
        below.Parent = node
        below = node
    top.Kids = pikepdf.Array([below])
    below.Parent = top


def rich_media(made: pikepdf.Pdf) -> None:
    """A film that plays by itself, with a program in it."""
    samples.note("RichMedia", RichMediaContent=Dictionary(Assets=Dictionary()))(made)
    made.Root.OpenAction = Dictionary(S=Name.Rendition, OP=0)


@pytest.mark.parametrize(
    "data", [looping_xref, lambda: samples.pdf(change=deep_pages), lambda: samples.pdf(change=looping_pages)]
)
def test_a_file_that_leads_back_to_itself_ends_in_words(data: Any, tmp_path: Path) -> None:
    try:
        made = data()
    except (pikepdf.PdfError, RuntimeError):
        # What cannot even be written is none that anybody sends.
        return
    found = looked(made, tmp_path)
    assert found.weight is Weight.BLOCKS or (tmp_path / "copy.pdf").is_file()


def test_a_film_is_not_in_the_copy(tmp_path: Path) -> None:
    found = looked(samples.pdf(change=rich_media), tmp_path)
    assert found.findings
    if found.weight is not Weight.BLOCKS:
        with pikepdf.open(tmp_path / "copy.pdf") as copy:
            assert "/OpenAction" not in copy.Root
            assert b"RichMedia" not in (tmp_path / "copy.pdf").read_bytes()


def test_a_file_that_is_two_kinds_at_once_is_looked_at_as_the_one_it_is_published_as(tmp_path: Path) -> None:
    archive = samples.archive({"evil.html": "<script>alert(1)</script>"})
    both = samples.pdf() + archive
    assert kind_of(io.BytesIO(both), len(both)) is FileKind.PDF
    found = looked(both, tmp_path)
    copy = tmp_path / "copy.pdf"
    assert found.weight is Weight.BLOCKS or (b"PK\x03\x04" not in copy.read_bytes() and b"<script" not in copy.read_bytes())
    page = b"<html><script>alert(1)</script>%PDF-1.7\n"
    if kind_of(io.BytesIO(page), len(page)) is FileKind.PDF:
        assert looked(page, tmp_path).weight is Weight.BLOCKS


def test_the_file_that_stands_for_a_virus_is_refused_and_in_no_copy(tmp_path: Path) -> None:
    for data, reason in ((EICAR.encode(), kinds.TEXT), (samples.archive({"eicar.com": EICAR}), kinds.ARCHIVE)):
        with pytest.raises(NotTaken) as refused:
            kind_of(io.BytesIO(data), len(data))
        assert refused.value.sentence == reason

    def inside(made: pikepdf.Pdf) -> None:
        made.attachments["eicar.com"] = EICAR.encode()

    found = looked(samples.pdf(change=inside), tmp_path)
    assert Code.EMBEDDED_FILES in {finding.code for finding in found.findings}
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        plain = io.BytesIO()
        copy.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    assert EICAR.encode() not in plain.getvalue()


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> Stage:
    """A meeting with an item."""
    return set_stage(board, clerk)


@pytest.mark.django_db
@pytest.mark.parametrize("name", NAMES)
def test_no_name_of_a_file_leads_anywhere(name: str, stage: Stage) -> None:
    file = stage.received(name=name)
    stored, shown = str(file.original), file.original_name
    assert stored.startswith(f"papers/originals/{file.paper_id}-") and ".." not in stored and stored.isascii()
    assert "/" not in shown and "\\" not in shown and shown.isprintable() and len(shown) <= 255
    assert "\u202e" not in shown
    assert not shown.startswith(".")


def drawn(width: int = 40, height: int = 30, kind: str = "JPEG", **more: Any) -> bytes:
    """A picture."""
    made = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(made, kind, **more)
    return made.getvalue()


def bomb() -> bytes:
    """A picture of forty thousand by forty thousand points, in some hundred bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 1000)) + chunk(b"IEND", b"")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script><foreignObject/></svg>'
XXE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + SVG


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing.svg", SVG),
        ("drawing.png", SVG),
        ("drawing.svg", XXE),
        ("page.png", b"<html><script>alert(1)</script>"),
        ("report.png", samples.pdf()),
        ("empty.jpg", b""),
        ("bomb.png", bomb()),
        ("cut.jpg", drawn()[:60]),
        ("broken off.jpg", drawn(400, 300)[:-200]),
    ],
)
def test_what_is_no_picture_of_a_kind_that_is_taken_is_refused(name: str, data: bytes, board: BoardPage, clerk: User) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(clerk)
    sent = {"title": "A picture", "file": SimpleUploadedFile(name, data), "collection": 1}
    answer = client.post(reverse("wagtailimages:add"), sent)
    assert answer.status_code in {200, 400}, "told beside the form"
    assert not ContentImage.objects.exists()


@pytest.mark.django_db
def test_a_whole_picture_is_taken_and_its_title_changed_without_sending_it_again(board: BoardPage, clerk: User) -> None:
    client = Client()
    client.force_login(clerk)
    sent = {"title": "A hall", "file": SimpleUploadedFile("hall.jpg", drawn()), "collection": 1}
    assert client.post(reverse("wagtailimages:add"), sent).status_code == 302
    picture = ContentImage.objects.get()
    changed = client.post(reverse("wagtailimages:edit", args=[picture.pk]), {"title": "The hall", "collection": 1})
    assert (changed.status_code, ContentImage.objects.get().title) == (302, "The hall")
    assert "file" not in get_image_multi_form(ContentImage).base_fields


@pytest.mark.django_db
def test_where_a_photograph_was_taken_is_in_no_picture_that_is_shown(board: BoardPage, clerk: User) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x9286] = "Camera of Ann Example", "at home"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (53.0, 24.0, 36.0)
    picture = ContentImage.objects.create(
        title="A hall", file=SimpleUploadedFile("hall.jpg", drawn(400, 300, exif=exif.tobytes()))
    )
    rendition = picture.get_rendition("width-200")
    with rendition.file.open("rb") as stored:
        data = stored.read()
    assert b"Ann Example" not in data and b"at home" not in data
    assert not Image.open(io.BytesIO(data)).getexif().get_ifd(0x8825)


@pytest.mark.django_db
@pytest.mark.parametrize("spec", ["width-99999", "width-20", "original", "fill-10000x10000", "format-avif|width-9"])
def test_nobody_has_pictures_made_by_asking_for_them(spec: str, board: BoardPage, client: Client) -> None:
    picture = ContentImage.objects.create(title="A hall", file=SimpleUploadedFile("hall.jpg", drawn()))
    for address in (
        f"/images/1/{picture.pk}/{spec}/",
        f"/images/x/{picture.pk}/{spec}/hall.jpg",
        f"/media/images/hall.{spec}.jpg",
    ):
        assert client.get(address).status_code == 404
    assert picture.renditions.count() == 0
