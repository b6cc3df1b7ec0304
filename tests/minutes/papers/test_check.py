"""Each sort of bad file, with a real sample: what is found in it, and what the published copy no longer holds."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name, String

from minutes.papers import check
from minutes.papers.bombs import unpacks_too_far
from minutes.papers.check import CheckFailed, DiskFull, Limits, Looked, look
from minutes.papers.codes import Code
from minutes.papers.findings import MEANINGS, Weight
from minutes.papers.kinds import FileKind
from tests.minutes.papers import samples
from tests.minutes.papers.samples import PLAIN, link, note, pdf, with_picture

LIMITS = Limits(memory=1_000_000_000, seconds=20, pages=30)
WORDS = "BT /F1 12 Tf 1 0 0 1 72 700 Tm (Secret name) Tj ET"
FULL_PAGE = "595 0 0 842 0 0 cm /I1 Do"


def looked(data: bytes, tmp_path: Path, kind: FileKind = FileKind.PDF, limits: Limits = LIMITS) -> Looked:
    """What is found in these bytes; the copy is then `copy.pdf` in the folder."""
    source = tmp_path / "source"
    source.write_bytes(data)
    return look(source, kind, copy=tmp_path / "copy.pdf", title="Home care: a report", limits=limits)


def codes(found: Looked) -> set[Code]:
    """The codes of what was found."""
    return {finding.code for finding in found.findings}


def test_a_clean_file_passes_and_its_copy_says_only_its_title(tmp_path: Path) -> None:
    found = looked(pdf(), tmp_path)
    assert found.findings == ()
    assert (found.pages, found.is_tagged, found.language, found.text) == (1, True, "en-GB", "Home care in the two valleys")
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        assert dict(copy.docinfo.items()) == {"/Title": "Home care: a report"}
        assert copy.Root.StructTreeRoot.K[0].S == "/Document"
        assert copy.Root.ViewerPreferences.DisplayDocTitle
        assert b"Home care: a report" in copy.Root.Metadata.read_bytes()


def test_the_same_file_gives_the_same_copy(tmp_path: Path) -> None:
    looked(pdf(), tmp_path)
    first = (tmp_path / "copy.pdf").read_bytes()
    looked(pdf(), tmp_path)
    assert (tmp_path / "copy.pdf").read_bytes() == first


FAULTY: list[tuple[str, Callable[[], bytes], set[Code]]] = [
    ("damaged", lambda: b"%PDF-1.7\n" + b"rubbish " * 100 + b"%%EOF", {Code.DAMAGED}),
    ("truncated", lambda: pdf()[:-200], {Code.TRUNCATED}),
    ("encrypted", lambda: pdf(encryption=pikepdf.Encryption(user="open", owner="own")), {Code.ENCRYPTED}),
    (
        "protected",
        lambda: pdf(encryption=pikepdf.Encryption(user="", owner="own", allow=pikepdf.Permissions(extract=False))),
        {Code.PROTECTED},
    ),
    ("bomb", lambda: pdf(change=samples.bomb), {Code.TOO_HEAVY}),
    ("huge picture", lambda: pdf(change=with_picture(FULL_PAGE, Width=60_000, Height=60_000)), {Code.TOO_HEAVY}),
    ("too many pages", lambda: pdf(*[PLAIN] * 31), {Code.TOO_MANY_PAGES}),
    ("javascript", lambda: pdf(change=samples.javascript), {Code.JAVASCRIPT}),
    ("launch", lambda: pdf(change=link(S=Name.Launch, F=String("calc.exe"))), {Code.LAUNCH}),
    ("sends a form", lambda: pdf(change=link(S=Name.SubmitForm, F=String("https://example.org"))), {Code.LAUNCH}),
    ("attachment", lambda: pdf(change=samples.attachment), {Code.EMBEDDED_FILES}),
    ("form", lambda: pdf(change=samples.form), {Code.FORM, Code.JAVASCRIPT}),
    ("comment", lambda: pdf(change=note("Text", Contents=String("Delete this?"))), {Code.COMMENTS}),
    ("hidden layer", lambda: pdf(change=samples.hidden_layer), {Code.HIDDEN_LAYERS}),
    ("black box", lambda: pdf(f"{WORDS} 0 g 70 695 200 20 re f"), {Code.COVERED_TEXT}),
    ("white box", lambda: pdf(f"{WORDS} 1 g 70 695 200 20 re f"), {Code.COVERED_TEXT}),
    ("black line", lambda: pdf(f"{WORDS} 20 w 60 703 m 300 703 l S"), {Code.COVERED_TEXT}),
    ("black note", lambda: pdf(WORDS, change=note("Square")), {Code.COVERED_TEXT, Code.COMMENTS}),
    ("redaction not applied", lambda: pdf(WORDS, change=note("Redact")), {Code.COVERED_TEXT, Code.COMMENTS}),
    ("small picture over words", lambda: pdf(change=with_picture(f"{WORDS} 200 0 0 20 70 695 cm /I1 Do")), {Code.COVERED_TEXT}),
    ("one word of a line", lambda: pdf(f"{PLAIN} 0 g 100 695 40 20 re f"), {Code.COVERED_TEXT}),
    ("white on white", lambda: pdf(f"1 g {WORDS}"), {Code.INVISIBLE_TEXT}),
    ("black on black", lambda: pdf(f"0 g 70 695 200 20 re f {WORDS}"), {Code.INVISIBLE_TEXT}),
    ("invisible", lambda: pdf(f"3 Tr {WORDS}"), {Code.INVISIBLE_TEXT}),
    ("outside", lambda: pdf("BT /F1 12 Tf 72 -300 Td (Secret name) Tj ET"), {Code.OUTSIDE_TEXT}),
    ("revisions", samples.revised, {Code.EARLIER_REVISIONS}),
    ("personal", lambda: pdf(change=samples.personal), {Code.PERSONAL_METADATA}),
    ("untagged", lambda: pdf(change=samples.untagged), {Code.UNTAGGED}),
    ("no language", lambda: pdf(change=samples.without("/Lang")), {Code.NO_LANGUAGE}),
    ("no title", lambda: pdf(change=samples.without_title), {Code.NO_TITLE}),
    ("odd size", lambda: pdf(box=(0, 0, 700, 700)), {Code.ODD_SIZES}),
    ("font", lambda: pdf(change=samples.without_font), {Code.FONTS_NOT_EMBEDDED}),
    ("scan", lambda: pdf(change=with_picture(FULL_PAGE)), {Code.SCANNED}),
    ("local link", lambda: pdf(change=link(S=Name.URI, URI=String("file:///C:/Users/ann/plan.docx"))), {Code.LOCAL_LINKS}),
    ("intranet link", lambda: pdf(change=link(S=Name.URI, URI=String("http://intranet/plan"))), {Code.LOCAL_LINKS}),
]


@pytest.mark.parametrize(("data", "expected"), [row[1:] for row in FAULTY], ids=[row[0] for row in FAULTY])
def test_each_fault_is_found_and_nothing_else(data: Callable[[], bytes], expected: set[Code], tmp_path: Path) -> None:
    found = looked(data(), tmp_path)
    assert codes(found) == expected
    if found.weight is not Weight.BLOCKS:
        assert (tmp_path / "copy.pdf").is_file()


@pytest.mark.parametrize(
    "content",
    [
        f"0.9 g 60 690 300 30 re f 0 g {WORDS}",  # a shaded row of a table
        f"0 g 60 690 300 30 re f 1 g {WORDS}",  # white on a dark heading
        f"{WORDS} /G1 gs 1 1 0 rg 70 695 200 20 re f",  # a marker pen that lets the words through
        f"3 Tr {WORDS} q {FULL_PAGE} Q",  # recognised text under its scan
        f"q {FULL_PAGE} Q 3 Tr {WORDS}",
        f"{WORDS} q 0 0 10 10 re W n 0 g 70 695 200 20 re f Q",  # a box that is cut off
        f"/Spot cs 1 scn {WORDS}",  # all of a spot colour is not white
        f"q {FULL_PAGE} Q 1 g {WORDS}",  # white on a photograph
    ],
)
def test_what_can_be_read_is_not_called_hidden(content: str, tmp_path: Path) -> None:
    def change(made: pikepdf.Pdf) -> None:
        with_picture(content)(made)
        resources = made.pages[0].obj.Resources
        resources.ExtGState = pikepdf.Dictionary(G1=pikepdf.Dictionary(BM=Name.Multiply))
        spot = pikepdf.Array([Name.Separation, Name("/Brand"), Name.DeviceGray, pikepdf.Dictionary()])
        resources.ColorSpace = pikepdf.Dictionary(Spot=spot)

    assert looked(pdf(change=change), tmp_path).findings == ()


def test_what_is_packed_twice_is_not_unpacked() -> None:
    made = pikepdf.open(io.BytesIO(pdf()))
    assert not unpacks_too_far(made)
    samples.nested_bomb(made)
    assert unpacks_too_far(made)


def test_words_covered_are_told_with_their_page(tmp_path: Path) -> None:
    found = looked(pdf(PLAIN, f"{WORDS} 0 g 70 695 200 20 re f"), tmp_path)
    assert [(finding.page, finding.detail) for finding in found.findings] == [(2, "Secret name")]


def test_a_form_that_is_drawn_as_a_whole_is_read_too(tmp_path: Path) -> None:
    def change(made: pikepdf.Pdf) -> None:
        part = made.make_stream(f"{WORDS} 0 g 70 695 200 20 re f".encode(), Type=Name.XObject, Subtype=Name.Form)
        part.BBox, part.Resources = pikepdf.Array([0, 0, 595, 842]), made.pages[0].obj.Resources
        made.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P1=part))
        made.pages[0].obj.Contents = made.make_stream(b"/P1 Do")

    assert codes(looked(pdf(change=change), tmp_path)) == {Code.COVERED_TEXT}


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (samples.javascript, [b"app.alert", b"JavaScript"]),
        (link(S=Name.Launch, F=String("calc.exe")), [b"calc.exe", b"Launch"]),
        (samples.attachment, [b"staff.xlsx", b"EmbeddedFile"]),
        (samples.form, [b"AcroForm", b"JavaScript"]),
        (note("Text", Contents=String("Delete this?")), [b"Delete this", b"/Annots"]),
        (samples.personal, [b"Ann Example", b"restructure", b"Word for Ann"]),
        (link(S=Name.URI, URI=String("file:///C:/Users/ann/plan.docx")), [b"Users/ann"]),
    ],
)
def test_the_copy_holds_nothing_of_it(change: Any, gone: list[bytes], tmp_path: Path) -> None:
    looked(pdf(change=change), tmp_path)
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        plain = io.BytesIO()
        copy.save(plain, compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert [words for words in gone if words in plain.getvalue()] == []
    assert codes(looked((tmp_path / "copy.pdf").read_bytes(), tmp_path / "..")) == set()


def test_what_was_filled_into_a_form_stays_on_the_page(tmp_path: Path) -> None:
    looked(pdf(change=samples.form), tmp_path)
    again = looked((tmp_path / "copy.pdf").read_bytes(), tmp_path)
    assert again.findings == ()
    assert "Filled in by Ann" in again.text


def test_the_copy_holds_only_the_last_revision(tmp_path: Path) -> None:
    looked(samples.revised(), tmp_path)
    assert (tmp_path / "copy.pdf").read_bytes().count(b"%%EOF") == 1


def test_a_comment_stays_gone_where_the_tags_led_to_it(tmp_path: Path) -> None:
    def change(made: pikepdf.Pdf) -> None:
        note("Text", Contents=String("Delete this?"))(made)
        reference = pikepdf.Dictionary(Type=Name.OBJR, Obj=made.pages[0].obj.Annots[0])
        made.Root.StructTreeRoot.K[0].K = pikepdf.Array([reference])

    looked(pdf(change=change), tmp_path)
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        assert len(copy.Root.StructTreeRoot.K[0].K) == 0
        assert not any(
            "Delete this" in str(part.get("/Contents", "")) for part in copy.objects if isinstance(part, pikepdf.Dictionary)
        )


def test_a_link_to_the_web_stays(tmp_path: Path) -> None:
    found = looked(pdf(change=link(S=Name.URI, URI=String("https://example.org/plan"))), tmp_path)
    assert found.findings == ()
    with pikepdf.open(tmp_path / "copy.pdf") as copy:
        assert copy.pages[0].Annots[0].A.URI == "https://example.org/plan"


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (samples.docx(), FileKind.DOCX, set()),
        (samples.docx("<w:p><w:del><w:r><w:delText>12</w:delText></w:r></w:del></w:p>"), FileKind.DOCX, {Code.TRACKED_CHANGES}),
        (samples.docx("<w:p><w:ins><w:r><w:t>13</w:t></w:r></w:ins></w:p>"), FileKind.DOCX, {Code.TRACKED_CHANGES}),
        (
            samples.docx(word__comments_xml=f'<w:comments xmlns:w="{samples.W}"><w:comment><w:p/></w:comment></w:comments>'),
            FileKind.DOCX,
            {Code.OFFICE_COMMENTS},
        ),
        (samples.docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret</w:t></w:r></w:p>"), FileKind.DOCX, {Code.HIDDEN_TEXT}),
        (samples.docx('<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>Open</w:t></w:r></w:p>'), FileKind.DOCX, set()),
        (samples.docx(word__embeddings__sheet_xlsx=b"PK"), FileKind.DOCX, {Code.EMBEDDED_OBJECTS}),
        (
            samples.docx(
                word___rels__header_xml_rels='<R><r Type="http://x/relationships/image" TargetMode="External" Target="http://x"/></R>'
            ),
            FileKind.DOCX,
            {Code.FETCHED_PARTS},
        ),
        (samples.docx("<w:p>"), FileKind.DOCX, {Code.DAMAGED}),
        (samples.docx(word__footnotes_xml='<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), FileKind.DOCX, {Code.DAMAGED}),
        (samples.odt(), FileKind.ODT, set()),
        (
            samples.odt("<text:tracked-changes><text:changed-region/></text:tracked-changes><text:p>x</text:p>"),
            FileKind.ODT,
            {Code.TRACKED_CHANGES},
        ),
        (samples.odt("<text:p><office:annotation/>x</text:p>"), FileKind.ODT, {Code.OFFICE_COMMENTS}),
        (samples.odt('<text:section text:display="none"><text:p>x</text:p></text:section>'), FileKind.ODT, {Code.HIDDEN_TEXT}),
        (samples.odt(**{"Basic/script.xml": "<x/>"}), FileKind.ODT, {Code.MACROS}),
        (samples.odt('<draw:image xlink:href="https://example.org/x.png"/>'), FileKind.ODT, {Code.FETCHED_PARTS}),
        (samples.odt('<text:p><text:a xlink:href="https://example.org/">x</text:a></text:p>'), FileKind.ODT, set()),
    ],
)
def test_office_documents_are_looked_through(data: bytes, kind: FileKind, expected: set[Code], tmp_path: Path) -> None:
    assert codes(looked(data, tmp_path, kind)) == expected


def test_a_check_that_takes_too_much_time_or_memory_says_so(tmp_path: Path) -> None:
    long = pdf(*[" ".join([PLAIN] * 3000)] * 20)
    assert codes(looked(long, tmp_path, limits=Limits(seconds=1))) == {Code.TOO_HEAVY}
    assert codes(looked(pdf("q " * 4_000_000), tmp_path, limits=Limits(memory=260_000_000, seconds=20))) == {Code.TOO_HEAVY}


def test_a_check_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "hanging.py"
    child.write_text("import time\ntime.sleep(600)\n")
    monkeypatch.setattr(check, "CHILD", child)
    began = threading.Event()
    real = subprocess.Popen.communicate

    def impatient(self: Any, data: Any = None, timeout: Any = None) -> Any:
        began.set()
        return real(self, data, timeout=None if timeout is None else 0.3)

    monkeypatch.setattr(subprocess.Popen, "communicate", impatient)
    assert codes(looked(pdf(), tmp_path)) == {Code.TOO_HEAVY}
    assert began.is_set()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)\n", Code.DAMAGED),
        ("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n", Code.TOO_HEAVY),
        ("raise MemoryError\n", Code.TOO_HEAVY),
    ],
)
def test_a_file_that_crashes_its_reader_is_blocked(
    words: str, expected: Code, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    child = tmp_path / "crashing.py"
    child.write_text(words)
    monkeypatch.setattr(check, "CHILD", child)
    assert codes(looked(pdf(), tmp_path)) == {expected}


def test_a_fault_of_ours_is_not_blamed_on_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "broken.py"
    child.write_text("raise ImportError('no such module')\n")
    monkeypatch.setattr(check, "CHILD", child)
    with pytest.raises(CheckFailed, match="no such module"):
        looked(pdf(), tmp_path)


def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(pdf())
    (tmp_path / "copy.pdf").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        look(source, FileKind.PDF, copy=tmp_path / "copy.pdf", title="x", limits=LIMITS)


def test_no_process_is_left(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    check.end(process)
    assert process.returncode == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_every_code_has_its_meaning_in_sentences() -> None:
    assert set(MEANINGS) == set(Code)
    for meaning in MEANINGS.values():
        assert str(meaning.sentence).endswith(".") and str(meaning.advice).endswith(".")


def test_every_code_of_a_pdf_has_its_sample() -> None:
    sampled = {code for _name, _data, expected in FAULTY for code in expected}
    elsewhere = {
        Code.TOO_LARGE,  # refused at the upload
        Code.REPAIRED,
        Code.TRACKED_CHANGES,
        Code.OFFICE_COMMENTS,
        Code.HIDDEN_TEXT,
        Code.MACROS,
        Code.FETCHED_PARTS,
        Code.EMBEDDED_OBJECTS,
    }
    assert sampled | elsewhere == set(Code)
