"""Whoever changes, removes, reorders or forges a record past every guard is named, in the database and from the export alone."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

import pytest

from governance import check_records, triggers
from governance.ledger_seals import seal_of
from governance.models import LedgerChain, LedgerCheckpoint, LedgerEntry, LedgerEvent, User
from governance.operations.checkpoints import make_checkpoint
from governance.operations.ledger import enter
from governance.operations.publishing import publish_record, withdraw_record
from minutes.enums import FileCheck, PaperState
from minutes.models import MinutePage, Paper, PaperFile, ResolutionPage
from tests.house.chain import Chain, make_chain
from tests.kept import kept

pytestmark = pytest.mark.django_db
PAPER = "papers/copies/proof.pdf"
FOREVER = timezone.now()


@pytest.fixture
def chain(clerk: User) -> Chain:
    """Every type of record, public."""
    return kept("chain", lambda: make_chain(clerk))


@pytest.fixture
def unguarded(chain: Chain) -> Iterator[None]:
    """A database without its triggers: what somebody has who owns the machine."""
    triggers.remove()
    yield
    triggers.install()


@pytest.fixture
def paper(chain: Chain, clerk: User, private: Any) -> Iterator[PaperFile]:
    """A published paper with its file."""
    data = b"A report."
    item, digest, at = chain.records["item"], hashlib.sha256(data).hexdigest(), timezone.now()
    private.save(PAPER, ContentFile(data))
    row = Paper.objects.create(item=item, title="Report", state=PaperState.PUBLISHED, reference="R", slug="r", published_at=at)
    yield PaperFile.objects.create(
        paper=row,
        original=PAPER,
        original_sha256=digest,
        copy=PAPER,
        copy_sha256=digest,
        check_state=FileCheck.CLEAN,
        uploaded_at=at,
        published_at=at,
    )
    private.delete(PAPER)


def run(sql: str, *values: Any) -> None:
    """Plain SQL, past every guard."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def found(folder: Path, *checkpoints: Path) -> list[str]:
    """What the command finds; the stand-alone script must find the same from an export, whole or for everybody."""
    spoken = StringIO()
    try:
        call_command("verify_records", checkpoints=list(checkpoints), stdout=spoken)
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    *sentences, _summary, _files = spoken.getvalue().splitlines()
    assert code == (1 if sentences else 0)
    for for_everybody in (False, True):
        file = folder / f"export-{for_everybody}-{len(list(folder.iterdir()))}.jsonl"
        call_command("export_ledger", str(file), for_everybody=for_everybody, stdout=StringIO())
        checker = check_records.Checker()
        for line in check_records.lines_of(file):
            checker.take(line)
        alone = checker.finish(check_records.checkpoints_in(checkpoints))
        sealed_too = [sentence for sentence in sentences if "sealed" not in sentence]
        assert alone == sealed_too
    return sentences


def names(folder: Path, beginning: str, *words: str) -> bool:
    """Whether the one thing that is found begins so and names all of these."""
    sentences = found(folder)
    assert sentences, "nothing was found"
    return sentences[0].startswith(beginning) and all(word in sentences[0] for word in words)


def entry_of(record: Any, event: str) -> LedgerEntry:
    """The entry that tells this of a record."""
    return LedgerEntry.objects.filter(page=record.pk, event=event).latest("pk")


def swap(column: str, first: LedgerEntry, second: LedgerEntry) -> None:
    """Swap a column of two entries."""
    values = getattr(first, column), getattr(second, column)
    LedgerEntry.objects.filter(pk=first.pk).update(**{column: 10**6})
    LedgerEntry.objects.filter(pk=second.pk).update(**{column: values[0]})
    LedgerEntry.objects.filter(pk=first.pk).update(**{column: values[1]})


def test_untouched_records_agree(chain: Chain, paper: PaperFile, clerk: User, tmp_path: Path) -> None:
    enter(page=paper.paper.item, event=LedgerEvent.STATUS, by=clerk, at=timezone.now(), digest=paper.copy_sha256)
    publish_record(page=chain.fresh("board"), by=clerk)
    withdraw_record(page=chain.fresh("case study"), by=clerk, reason="Written twice.")
    make_checkpoint()
    assert found(tmp_path) == []
    assert set(LedgerChain.objects.values_list("name", flat=True)) == {"HWB", "site"}
    numbers = list(LedgerEntry.objects.filter(chain__name="HWB").order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.usefixtures("unguarded")
def test_a_record_that_was_edited_is_named(chain: Chain, tmp_path: Path) -> None:
    resolution = chain.records["resolution"]
    ResolutionPage.objects.filter(pk=resolution.pk).update(text="That nothing be done.")
    assert names(tmp_path, "Changed: ", resolution.reference, "does not say what it said by entry")


@pytest.mark.usefixtures("unguarded")
def test_a_day_that_the_ledger_does_not_tell_is_named(chain: Chain, tmp_path: Path) -> None:
    minute = chain.records["minute"]
    MinutePage.objects.filter(pk=minute.pk).update(confirmed_at=FOREVER)
    assert names(tmp_path, "Changed: ", minute.reference, "confirmed")


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("column", ["event", "note", "by_name", "content_sha256", "at"])
def test_an_entry_that_was_edited_is_named(chain: Chain, tmp_path: Path, column: str) -> None:
    entry = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    value: Any = FOREVER if column == "at" else "linked"
    LedgerEntry.objects.filter(pk=entry.pk).update(**{column: value})
    words = (f"entry {entry.number} of the ledger of HWB", entry.reference)
    assert any(sentence.startswith("Changed: ") and all(word in sentence for word in words) for sentence in told(tmp_path))


def told(folder: Path) -> list[str]:
    """What the command finds, without the export for everybody, which cannot tell of what is sealed."""
    spoken = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_records", stdout=spoken)
    return spoken.getvalue().splitlines()


@pytest.mark.usefixtures("unguarded")
def test_an_entry_that_was_edited_with_its_digest_is_named(chain: Chain, tmp_path: Path) -> None:
    entry = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    line = {**entry.as_line("HWB"), "event": "linked"}
    sha256 = check_records.entry_digest({**line, "sealed_sha256": check_records.sealed_digest(line)})
    LedgerEntry.objects.filter(pk=entry.pk).update(event="linked", sha256=sha256)
    assert names(tmp_path, "Forged: ", f"entry {entry.number + 1} of the ledger of HWB")


@pytest.mark.usefixtures("unguarded")
def test_an_entry_that_was_removed_is_named(chain: Chain, tmp_path: Path) -> None:
    entry = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    LedgerEntry.objects.filter(pk=entry.pk).delete()
    assert names(tmp_path, f"Removed: entry {entry.number} of the ledger of HWB")


@pytest.mark.usefixtures("unguarded")
def test_entries_that_were_swapped_are_named(chain: Chain, tmp_path: Path) -> None:
    first = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    second = LedgerEntry.objects.get(chain=first.chain, number=first.number + 2)
    swap("number", first, second)
    moved = f"entry {first.number} of the ledger of HWB"
    assert names(tmp_path, "Reordered: ", moved, f"was written as entry {second.number}")


@pytest.mark.usefixtures("unguarded")
def test_an_entry_that_nobody_made_is_named(chain: Chain, clerk: User, tmp_path: Path) -> None:
    entry = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    entry.pk, entry.number = None, LedgerEntry.objects.filter(chain=entry.chain).count() + 1
    entry.save(force_insert=True)
    assert names(tmp_path, "Forged: ", "is a copy of entry", f"entry {entry.number} of the ledger of HWB")


@pytest.mark.usefixtures("unguarded")
def test_a_ledger_cut_short_is_named_by_its_checkpoint(chain: Chain, tmp_path: Path) -> None:
    make_checkpoint()
    last = LedgerEntry.objects.filter(chain__name="HWB").latest("number")
    LedgerEntry.objects.filter(pk=last.pk).delete()
    assert names(tmp_path, "Cut short: ", f"had {last.number} entries; {last.number - 1} are left")


@pytest.mark.usefixtures("unguarded")
def test_a_checkpoint_that_was_replaced_is_named_by_the_one_that_was_published(chain: Chain, tmp_path: Path) -> None:
    checkpoint = make_checkpoint()
    assert checkpoint is not None
    saved = tmp_path / "checkpoints.json"
    saved.write_text(json.dumps({"checkpoints": [checkpoint.as_line()]}), encoding="utf-8")
    assert found(tmp_path, saved) == []
    last = LedgerEntry.objects.filter(chain__name="HWB").latest("number")
    LedgerEntry.objects.filter(pk=last.pk).delete()
    type(checkpoint).objects.all().delete()
    replaced = make_checkpoint(at=checkpoint.at)
    assert replaced is not None
    assert found(tmp_path) == [sentence for sentence in found(tmp_path) if not sentence.startswith("Cut short")]
    sentences = found(tmp_path, saved)
    assert sentences[0] == f"Replaced: the checkpoint of {checkpoint.day} is not the one that was published."
    assert sentences[1].startswith(f"Cut short: by the checkpoint of {checkpoint.day} that was published")


@pytest.mark.usefixtures("unguarded")
def test_a_record_without_an_entry_and_one_that_is_gone_are_named(chain: Chain, tmp_path: Path) -> None:
    study, board = chain.records["case study"], chain.records["strategy"]
    run("UPDATE wagtailcore_page SET live = %s WHERE id = %s", False, study.pk)
    LedgerEntry.objects.filter(page=board.pk).delete()
    sentences = found(tmp_path)
    assert any(sentence.startswith("Removed: ") and study.reference in sentence for sentence in sentences)
    assert f"Forged: {board.reference} (“Living well”) is public, and the ledger has no entry of it." in sentences


def forge(record: Any, **fields: Any) -> LedgerEntry:
    """An entry at the end of its chain, right in everything but its seal: what somebody makes who has the database and not the key."""
    last = LedgerEntry.objects.filter(chain__name="HWB").latest("number")
    entry = LedgerEntry(
        chain=last.chain, number=last.number + 1, before=last.sha256, page_id=record.pk, event="status", **fields
    )
    entry.reference, entry.at, entry.salt, entry.note = record.reference, FOREVER, "0" * 32, "It was decided otherwise."
    line = entry.as_line("HWB")
    entry.sha256 = check_records.entry_digest({**line, "sealed_sha256": check_records.sealed_digest(line)})
    entry.save(force_insert=True)
    return entry


@pytest.mark.parametrize("seal", ["", "0" * 64, "of another"])
def test_an_entry_that_was_forged_with_everything_right_is_named_by_its_seal(chain: Chain, tmp_path: Path, seal: str) -> None:
    other = LedgerEntry.objects.order_by("pk")[0]
    forged = forge(chain.records["resolution"], seal=other.seal if seal == "of another" else seal)
    named = f"entry {forged.number} of the ledger of HWB ({forged.reference}, status, {FOREVER:%Y-%m-%d})"
    assert found(tmp_path) == [f"Forged: {named} is not sealed by this installation."]


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize("record", ["resolution", "board"])
def test_an_entry_with_content_that_no_record_ever_had_is_named(chain: Chain, tmp_path: Path, record: str) -> None:
    # Whoever has the key too seals it right; then only the record itself speaks against it.
    forged = forge(chain.records[record], subject="record", content_sha256="5" * 64)
    LedgerEntry.objects.filter(pk=forged.pk).update(seal=seal_of(forged.sha256))
    about = f"entry {forged.number} of the ledger of HWB ({forged.reference}, status, {FOREVER:%Y-%m-%d})"
    called = f"{forged.reference} (“{chain.fresh(record).title}”)"
    assert found(tmp_path) == [f"Changed: {called} does not say what it said by {about}."]


def test_a_key_that_was_changed_still_proves_its_seals_and_one_that_is_lost_is_said(
    chain: Chain, clerk: User, settings: Any, tmp_path: Path
) -> None:
    before, entries = settings.SECRET_KEY, LedgerEntry.objects.count()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key " + "y" * 50, [before]
    publish_record(page=chain.fresh("board"), by=clerk)
    assert found(tmp_path) == []
    settings.SECRET_KEY_FALLBACKS = []
    assert found(tmp_path) == []
    spoken = StringIO()
    call_command("verify_records", stdout=spoken)
    assert f"{entries} entries bear no seal that a key which is here has made" in spoken.getvalue()


def test_a_byte_that_flipped_in_a_file_is_named(
    chain: Chain, paper: PaperFile, clerk: User, private: Any, tmp_path: Path
) -> None:
    enter(page=paper.paper.item, event=LedgerEvent.STATUS, by=clerk, at=timezone.now(), digest=paper.copy_sha256)
    stored = Path(private.path(PAPER))
    stored.chmod(0o600)
    stored.write_bytes(b"A repost.")
    assert names(tmp_path, "Changed: the file of R, version 1", PAPER)
    stored.unlink()
    assert names(tmp_path, "Missing: the file of R, version 1", PAPER)


def test_the_script_stands_alone(chain: Chain, tmp_path: Path) -> None:
    file = tmp_path / "export.jsonl"
    call_command("export_ledger", str(file), stdout=StringIO())
    script = tmp_path / "check_records.py"
    script.write_bytes(Path(check_records.__file__).read_bytes())
    whole = subprocess.run([sys.executable, "-I", "-S", script, file], capture_output=True, text=True, check=False)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout.endswith("Everything agrees.\n")
    file.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:-3]), encoding="utf-8")
    cut = subprocess.run([sys.executable, "-I", "-S", script, file], capture_output=True, text=True, check=False)
    assert (cut.returncode, cut.stdout) == (2, "")
    assert cut.stderr == "The export is not whole: lines are missing. Make it again.\n"


def flip_a_byte(chain: Chain, paper: PaperFile) -> str:
    """A published file is another by one letter."""
    stored = Path(paper.copy.path)
    stored.chmod(0o600)
    stored.write_bytes(b"A repost.")
    return "Changed: the file of R, version 1"


def edit_a_row(chain: Chain, paper: PaperFile) -> str:
    """A resolution says something else."""
    ResolutionPage.objects.filter(pk=chain.records["resolution"].pk).update(text="That nothing be done.")
    return f"Changed: {chain.records['resolution'].reference}"


def delete_an_entry(chain: Chain, paper: PaperFile) -> str:
    """An entry in the middle is gone."""
    entry = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    LedgerEntry.objects.filter(pk=entry.pk).delete()
    return f"Removed: entry {entry.number} of the ledger of HWB"


def swap_two_entries(chain: Chain, paper: PaperFile) -> str:
    """Two entries stand in each other's place."""
    first = entry_of(chain.records["minute"], LedgerEvent.CONFIRMED)
    swap("number", first, LedgerEntry.objects.get(chain=first.chain, number=first.number + 2))
    return "Reordered: "


def cut_it_short(chain: Chain, paper: PaperFile) -> str:
    """The end of a ledger is gone, and its checkpoint stayed."""
    LedgerEntry.objects.filter(chain__name="HWB").latest("number").delete()
    return "Cut short: "


def replace_the_checkpoint(chain: Chain, paper: PaperFile) -> str:
    """The end is gone, and the checkpoint of that day was made anew."""
    LedgerEntry.objects.filter(chain__name="HWB").latest("number").delete()
    at = LedgerCheckpoint.objects.get().at
    LedgerCheckpoint.objects.all().delete()
    assert make_checkpoint(at=at) is not None
    return "Replaced: the checkpoint of "


@pytest.mark.usefixtures("unguarded")
@pytest.mark.parametrize(
    "tamper", [flip_a_byte, edit_a_row, delete_an_entry, swap_two_entries, cut_it_short, replace_the_checkpoint]
)
def test_command_and_script_alone_name_each_way_of_tampering_first(
    tamper: Callable[[Chain, PaperFile], str], chain: Chain, paper: PaperFile, clerk: User, tmp_path: Path
) -> None:
    enter(page=paper.paper.item, event=LedgerEvent.STATUS, by=clerk, at=timezone.now(), digest=paper.copy_sha256)
    checkpoint, saved, file = make_checkpoint(), tmp_path / "checkpoints.json", tmp_path / "export.jsonl"
    assert checkpoint is not None
    saved.write_text(json.dumps({"checkpoints": [checkpoint.as_line()]}), encoding="utf-8")
    names_it = tamper(chain, paper)
    spoken = StringIO()
    with pytest.raises(SystemExit):
        call_command("verify_records", checkpoints=[saved], stdout=spoken)
    assert spoken.getvalue().startswith(names_it)
    call_command("export_ledger", str(file), stdout=StringIO())
    script = [sys.executable, "-I", "-S", str(check_records.__file__), str(file), "--checkpoints", str(saved)]
    alone = subprocess.run(script, capture_output=True, text=True, check=False)
    assert (alone.returncode, alone.stderr) == (1, "")
    assert alone.stdout.startswith(names_it)
