"""Files of papers: taken in, checked by the worker, answered for by a person, replaced."""

import errno
import io
import zipfile
from datetime import timedelta
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, User
from minutes.enums import FileCheck, PaperState
from minutes.models import Paper, PaperFile
from minutes.operations import checking, left_work, paper_files
from minutes.operations.checking import check_again, check_file, recheck_published, take_up_left_files
from minutes.operations.paper_files import prune_paper_files, publish_anyway, publish_replacement, take_file
from minutes.operations.papers import withdraw_paper
from minutes.operations.work_folders import prune_work, work_folder
from minutes.papers import convert, whole_check
from minutes.papers.check import CheckFailed, DiskFull, Looked
from minutes.papers.codes import Code
from minutes.papers.findings import Finding
from tests import building
from tests.minutes.paper_stage import Stage, done, entries, set_stage, state_of, upload
from tests.minutes.papers import samples

pytestmark = pytest.mark.django_db

UNTAGGED = samples.pdf(change=samples.untagged)
COVERED = samples.pdf("BT /F1 12 Tf 72 700 Td (Secret name) Tj ET 0 g 70 695 200 20 re f")


@pytest.fixture
def stage(board: BoardPage, clerk: User) -> Stage:
    """A meeting with one item."""
    return set_stage(board, clerk)


def test_a_file_is_received_under_its_own_name_and_digest(stage: Stage) -> None:
    file = stage.received(name="C:\\Users\\ann\\report v3\x00.pdf")
    assert (file.version, file.is_current, file.check_state) == (1, True, FileCheck.WAITING)
    assert file.original_name == "report v3.pdf"
    assert str(file.original).startswith(f"papers/originals/{file.paper_id}-") and "ann" not in str(file.original)
    assert state_of(file.paper) == PaperState.RECEIVED
    assert entries(stage.item)[-1] == (f"File received for the paper {file.paper}, version 1", file.original_sha256)


def test_a_clean_file_makes_its_paper_ready(stage: Stage) -> None:
    file = stage.checked()
    assert (file.check_state, file.pages, file.is_tagged, file.text) == (
        FileCheck.CLEAN,
        1,
        True,
        "Home care in the two valleys",
    )
    assert file.bytes == file.copy.size and file.copy_sha256
    assert state_of(file.paper) == PaperState.CHECKED
    assert [digest for _note, digest in entries(stage.item)][-2:] == [file.copy_sha256] * 2


def test_a_check_is_made_once(stage: Stage) -> None:
    file = stage.checked()
    assert check_file(file=file.pk) is None
    assert check_file(file=0) is None


def test_a_file_with_findings_waits_for_a_named_person_with_a_reason(stage: Stage) -> None:
    file = stage.checked(UNTAGGED)
    assert (file.check_state, state_of(file.paper)) == (FileCheck.FINDINGS, PaperState.RECEIVED)
    with pytest.raises(Refused, match="Give the reason"):
        publish_anyway(file=file, by=stage.clerk, because=" ")
    file = publish_anyway(file=file, by=stage.clerk, because="The hospital sent it so.")
    assert (file.accepted_by, file.accepted_because) == (stage.clerk, "The hospital sent it so.")
    assert state_of(file.paper) == PaperState.CHECKED
    assert any("(untagged). The hospital sent it so." in note for note, _digest in entries(stage.item))
    with pytest.raises(Refused, match="waits for a decision"):
        publish_anyway(file=file, by=stage.clerk, because="Again.")


def test_a_board_asks_that_somebody_else_than_the_uploader_decides(stage: Stage) -> None:
    BoardPage.objects.filter(pk=stage.board.pk).update(approved_by_another=True)
    file = stage.checked(UNTAGGED)
    with pytest.raises(Refused, match="somebody else"):
        publish_anyway(file=file, by=stage.clerk, because="Needed.")
    assert publish_anyway(file=file, by=building.make_user("second"), because="Needed.").accepted_at is not None


def test_what_blocks_is_published_by_nobody(stage: Stage) -> None:
    file = stage.checked(COVERED)
    assert (file.check_state, file.copy.name, file.text) == (FileCheck.BLOCKED, "", "Secret name")
    with pytest.raises(Refused, match="by anybody"):
        publish_anyway(file=file, by=stage.clerk, because="Needed.")


def test_a_new_file_takes_the_place_of_the_one_before(stage: Stage) -> None:
    first = stage.checked()
    second = stage.checked(samples.pdf("BT /F1 12 Tf 72 700 Td (New words) Tj ET"), first.paper)
    assert list(first.paper.files.values_list("version", "is_current")) == [(2, True), (1, False)]
    assert second.text == "New words"
    old = PaperFile.objects.get(pk=first.pk)
    with pytest.raises(Refused, match="newer file"):
        publish_anyway(file=old, by=stage.clerk, because="Needed.")


def test_a_new_file_must_be_checked_again_before_the_paper_is_public(stage: Stage) -> None:
    file = stage.checked()
    stage.received(UNTAGGED, file.paper)
    assert state_of(file.paper) == PaperState.RECEIVED


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (samples.office("spreadsheetml.sheet.main+xml", "xl/workbook.xml"), "hidden rows"),
        (b"MZ" + b"\x00" * 100, "program"),
        (b"", "empty"),
        (samples.archive({"a.txt": "a"}), "archive"),
    ],
)
def test_what_is_no_paper_is_refused_and_leaves_nothing(stage: Stage, data: bytes, words: str) -> None:
    paper = stage.paper()
    with pytest.raises(Refused, match=words):
        stage.received(data, paper, name="report.pdf")
    assert not paper.files.exists()
    assert state_of(paper) == PaperState.TO_FOLLOW


def test_the_same_file_is_not_taken_twice(stage: Stage, private: FileSystemStorage) -> None:
    file = stage.received()
    before = private.listdir("papers/originals")[1]
    with pytest.raises(Refused, match="has already"):
        stage.received(paper=file.paper)
    assert private.listdir("papers/originals")[1] == before


def test_a_withdrawn_paper_takes_no_file(stage: Stage) -> None:
    paper = withdraw_paper(paper=stage.published().paper, by=stage.clerk, reason="It named a person.")
    with pytest.raises(Refused, match="takes no file"):
        stage.received(UNTAGGED, paper)


def test_a_full_disk_is_told_in_a_sentence(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*args: Any, **options: Any) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    paper = stage.paper()
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "save", full)
        with pytest.raises(Refused, match="no room left on the disk"):
            stage.received(paper=paper)
    assert state_of(paper) == PaperState.TO_FOLLOW
    file = stage.received(paper=paper)
    monkeypatch.setattr(FileSystemStorage, "save", full)
    failed = done(check_file(file=file.pk))
    assert (failed.check_state, failed.failure[:26]) == (FileCheck.FAILED, "There is no room left on t")
    monkeypatch.undo()
    check_again(file=failed, by=stage.clerk)
    assert done(check_file(file=file.pk)).check_state == FileCheck.CLEAN


def test_another_fault_of_the_disk_is_no_refusal(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **options: Any) -> str:
        raise OSError(errno.EIO, "Input/output error")

    file = stage.received()
    monkeypatch.setattr(FileSystemStorage, "save", broken)
    with pytest.raises(OSError, match="Input/output"):
        stage.received(UNTAGGED, file.paper)
    assert "Input/output" in done(check_file(file=file.pk)).failure


@pytest.mark.parametrize(("problem", "words"), [(DiskFull(), "no room left"), (CheckFailed("It ended."), "It ended.")])
def test_a_check_that_could_not_run_says_so(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, problem: Exception, words: str
) -> None:
    def fail(*args: Any, **options: Any) -> None:
        raise problem

    monkeypatch.setattr(whole_check, "look", fail)
    file = stage.checked()
    assert file.check_state == FileCheck.FAILED and words in file.failure
    assert state_of(file.paper) == PaperState.RECEIVED


def test_a_document_without_libreoffice_asks_for_a_pdf(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert.shutil, "which", lambda program: None)
    file = stage.checked(samples.docx(), name="report.docx")
    assert file.check_state == FileCheck.FAILED
    assert "LibreOffice is not installed" in file.failure and "upload that" in file.failure


def test_a_document_is_published_as_the_pdf_made_of_it(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def make(source: Any, kind: Any, target: Any) -> None:
        assert zipfile.is_zipfile(source)
        target.write_bytes(samples.pdf(change=samples.personal))

    monkeypatch.setattr(whole_check, "convert", make)
    hidden = samples.docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>Secret</w:t></w:r></w:p>")
    file = stage.checked(hidden, name="report.docx")
    assert (file.check_state, [row["code"] for row in file.findings]) == (FileCheck.FINDINGS, ["hidden_text"])
    assert str(file.original).endswith(".docx") and str(file.copy).endswith(".pdf")


def test_tracked_changes_are_found_before_anything_is_made(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_check, "convert", None)
    file = stage.checked(samples.docx("<w:p><w:ins><w:r><w:t>13</w:t></w:r></w:ins></w:p>"))
    assert (file.check_state, file.copy.name) == (FileCheck.BLOCKED, "")


def test_a_file_that_a_killed_worker_left_is_taken_up_again(stage: Stage) -> None:
    file = stage.received()
    assert checking._claim(file.pk) is not None
    assert take_up_left_files() == 0
    later = timezone.now() + 2 * left_work.LEASE
    assert take_up_left_files(at=later) == 1
    assert done(check_file(file=file.pk)).check_state == FileCheck.CLEAN


def test_the_worker_that_was_thought_dead_changes_nothing(stage: Stage) -> None:
    file = stage.received()
    slow = checking._claim(file.pk)
    assert slow is not None
    take_up_left_files(at=timezone.now() + 2 * left_work.LEASE)
    assert checking._claim(file.pk) is not None
    assert checking._finish(slow, Looked(findings=()), checking.Stored(), timezone.now()) is None
    assert PaperFile.objects.get(pk=file.pk).check_state == FileCheck.CHECKING


def test_a_file_that_ends_every_worker_is_given_up(stage: Stage) -> None:
    file = stage.received()
    for number in range(1, left_work.TRIES + 1):
        assert checking._claim(file.pk) is not None
        assert take_up_left_files(at=timezone.now() + 2 * number * left_work.LEASE) == 1
    assert check_file(file=file.pk) is None
    row = PaperFile.objects.get(pk=file.pk)
    assert (row.check_state, row.failure) == (FileCheck.FAILED, "The check of this file ended early three times.")


def test_a_check_whose_task_was_lost_is_asked_for_again(stage: Stage) -> None:
    stage.received()
    later = timezone.now() + 2 * left_work.LEASE
    assert take_up_left_files(at=later) == 1
    # It was woken just now, so that a long queue does not grow at every sweep.
    assert take_up_left_files(at=later + left_work.LEASE / 2) == 0


def test_what_a_killed_worker_left_on_the_disk_is_thrown_away() -> None:
    left = work_folder() / "left"
    left.mkdir(exist_ok=True)
    (left / "source").write_bytes(b"x")
    assert prune_work() == 0
    assert prune_work(at=timezone.now() + timedelta(days=1)) >= 1
    assert not left.exists()


def test_better_checks_look_at_public_files_again_and_unpublish_none(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    file = stage.published()
    assert recheck_published() == 0
    monkeypatch.setattr(checking, "CHECKS_EDITION", 2)
    assert recheck_published() == 1
    real = whole_check.look

    def finds_more(*args: Any, **options: Any) -> Looked:
        more = Finding(Code.COVERED_TEXT, 1, "Ann", 2)
        return Looked(**{**vars(real(*args, **options)), "findings": (more,), "text": "other"})

    monkeypatch.setattr(whole_check, "look", finds_more)
    again = done(check_file(file=file.pk))
    assert (again.check_state, again.checked_with) == (FileCheck.BLOCKED, 2)
    assert (again.copy_sha256, again.text) == (file.copy_sha256, file.text)
    assert state_of(file.paper) == PaperState.PUBLISHED
    assert [row["edition"] for row in again.findings] == [2]
    assert recheck_published() == 0


def test_a_public_file_is_read_until_its_replacement_is_published(stage: Stage) -> None:
    first = stage.published()
    paper = first.paper
    second = stage.received(UNTAGGED, paper, says="A table was wrong.")
    assert PaperFile.objects.public().get() == first
    with pytest.raises(Refused, match="cannot be published yet"):
        publish_replacement(paper=paper, by=stage.clerk, says="A table was wrong.")
    second = done(check_file(file=second.pk))
    assert PaperFile.objects.public().get() == first
    publish_anyway(file=second, by=stage.clerk, because="It is needed today.")
    with pytest.raises(Refused, match="what changed"):
        publish_replacement(paper=paper, by=stage.clerk, says=" ")
    publish_replacement(paper=paper, by=stage.clerk, says="A table was wrong.")
    assert PaperFile.objects.public().get() == second
    assert "A table was wrong." in entries(stage.item)[-1][0]
    with pytest.raises(Refused, match="no newer file"):
        publish_replacement(paper=paper, by=stage.clerk, says="Again.")


def test_only_what_is_public_is_replaced(stage: Stage) -> None:
    with pytest.raises(Refused, match="not public"):
        publish_replacement(paper=stage.checked().paper, by=stage.clerk, says="New.")


def test_a_check_is_asked_for_again_only_when_it_ended(stage: Stage) -> None:
    file = stage.received()
    with pytest.raises(Refused, match="already"):
        check_again(file=file, by=stage.clerk)


def test_the_file_of_a_public_paper_is_kept_by_the_database(stage: Stage) -> None:
    file = stage.published()
    for column in ("copy", "copy_sha256", "original_sha256"):
        with pytest.raises(DatabaseError, match="final"), transaction.atomic():
            PaperFile.objects.filter(pk=file.pk).update(**{column: "x"})
    with pytest.raises(DatabaseError, match="final"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM minutes_paperfile WHERE id = %s", [file.pk])


def test_the_text_of_a_paper_is_not_read_where_it_is_not_needed(stage: Stage) -> None:
    stage.published()
    with CaptureQueriesContext(connection) as asked:
        shown = Paper.objects.public().with_files().get().shown
    assert shown is not None
    assert len(asked) == 2 and '"text"' not in asked[1]["sql"]


def test_a_refused_upload_is_read_in_pieces(stage: Stage) -> None:
    class Large(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            assert size is not None and 0 < size <= paper_files.File.DEFAULT_CHUNK_SIZE
            return super().read(size)

    file = take_file(paper=stage.paper(), upload=File(Large(samples.pdf()), name="report.pdf"), by=stage.clerk)
    assert file.bytes == upload().size


def test_originals_and_copies_that_no_row_points_to_are_thrown_away_after_a_day(stage: Stage) -> None:
    file = stage.checked()
    storage = file.original.storage
    # An upload whose transaction was undone after the file was stored.
    with pytest.raises(DatabaseError), transaction.atomic():
        left = str(stage.received(COVERED).original)
        raise DatabaseError
    half = storage.save("papers/copies/0-1-0.pdf", upload())
    tomorrow = timezone.now() + timedelta(days=1, minutes=1)
    prune_paper_files()
    assert storage.exists(left) and storage.exists(half)
    assert prune_paper_files(at=tomorrow) >= 2
    assert not storage.exists(left) and not storage.exists(half)
    assert storage.exists(str(file.original)) and storage.exists(str(file.copy))
