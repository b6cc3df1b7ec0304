"""Papers that are not for publication: sealed, checked, answered for, taken back, released."""

import errno
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

import pytest
from cryptography.fernet import Fernet

from governance.exceptions import Refused
from governance.kept_files import every_file
from governance.models import BoardPage, FileOnRecord, LedgerEntry, User
from governance.operations import fixity
from governance.sealed_things import what_does_not_open
from governance.sealing import CannotOpen
from minutes.enums import FileCheck, PaperKind, PaperState
from minutes.models import (
    AgendaItemPage,
    MeetingPage,
    Paper,
    ReleaseProposal,
    RestrictedPaper,
    RestrictedPart,
    RestrictedReading,
)
from minutes.models.restricted_papers import COPY, ORIGINAL
from minutes.operations import left_work, restricted_checking, sealed_storage
from minutes.operations.left_files import LEFT_FOR
from minutes.operations.releasing import release_proposed, return_release
from minutes.operations.releasing_papers import propose_paper_release, release_paper
from minutes.operations.restricted_checking import check_restricted_paper, take_up_left_papers
from minutes.operations.restricted_papers import (
    accept_restricted_paper,
    prune_restricted_files,
    read_restricted_paper,
    withdraw_restricted_paper,
)
from minutes.operations.work_folders import work_folder
from minutes.papers import whole_check
from minutes.papers.check import CheckFailed
from minutes.restriction import RESTRICTED_PAPER_TRANSITIONS, RestrictedPaperState
from tests import building
from tests.kept import kept
from tests.minutes.papers import samples
from tests.minutes.restricted_stage import (
    CANARY,
    WORDS,
    bring_paper,
    checked_paper,
    files_saying,
    make_part,
    make_private_item,
    paper_saying,
    release,
    release_to_all,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part of a public item."""
    return kept("restricted part", lambda: make_part(make_private_item(board, clerk), clerk))


def row(paper: RestrictedPaper) -> RestrictedPaper:
    """A paper as it stands now."""
    return RestrictedPaper.objects.get(pk=paper.pk)


def whole(paper: RestrictedPaper, which: str, by: User) -> bytes:
    """A file of a paper, opened."""
    return b"".join(read_restricted_paper(paper=paper, which=which, by=by).blocks())


def stored(name: Any) -> bytes:
    """A sealed file as it lies in the store."""
    with storages["restricted"].open(str(name)) as opened:
        return opened.read()


def test_a_paper_is_sealed_checked_and_read_and_its_reading_noted(part: RestrictedPart, clerk: User) -> None:
    data = paper_saying()
    paper = bring_paper(part, clerk, data)
    assert (paper.number, paper.version, paper.state, str(paper)) == (1, 1, "received", "Restricted paper 1, version 1")
    assert CANARY not in repr(vars(paper)) + repr(paper.secrets())
    checked = check_restricted_paper(paper=paper.pk)
    assert checked is not None and (checked.check_state, checked.state) == ("clean", "checked")
    assert check_restricted_paper(paper=paper.pk) is None
    assert whole(paper, ORIGINAL, clerk) == data
    assert whole(checked, COPY, clerk).startswith(b"%PDF-")
    told = checked.secrets()
    assert (told.title, told.name, told.facts["pages"], told.sizes[ORIGINAL]) == (
        f"{CANARY} paper",
        f"{CANARY} file.pdf",
        1,
        len(data),
    )
    assert f"{CANARY} page" in checked.text()
    assert RestrictedReading.objects.filter(part=part, paper=paper, by=clerk).count() == 2
    notes = list(
        LedgerEntry.objects.filter(page=part.item_id, event="restricted").order_by("pk").values_list("note", flat=True)
    )
    assert notes[-2:] == ["Restricted paper 1, version 1: received", "Restricted paper 1, version 1: checked"]


def test_nothing_of_it_lies_open_in_the_database_or_on_the_disk(part: RestrictedPart, clerk: User) -> None:
    checked_paper(part, clerk)
    assert files_saying(CANARY) == []
    assert not list(work_folder().iterdir())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM minutes_restrictedpaper")
        assert CANARY not in repr(cursor.fetchall())


def test_what_is_no_paper_is_refused_and_nothing_is_left(part: RestrictedPart, clerk: User) -> None:
    def how_many() -> int:
        return sum(1 for file in (Path(site.VAR) / "restricted").rglob("*") if file.is_file())

    before = how_many()
    data = paper_saying()
    for given, why in (
        ({"data": b""}, "empty"),
        ({"data": b"hello"}, "plain text"),
        ({"title": " "}, "title"),
        ({"title": "x" * 251}, "title"),
        ({"kind": PaperKind.SIGNED}, "report"),
        ({"kind": "nothing"}, "report"),
    ):
        with pytest.raises(Refused, match=why):
            bring_paper(part, clerk, **{"data": data, **dict[str, Any](given)})
    assert how_many() == before
    bring_paper(part, clerk, data)
    with pytest.raises(Refused, match="here already, as Restricted paper 1"):
        bring_paper(part, clerk, data)
    assert how_many() == before + 1
    assert RestrictedPaper.objects.count() == 1


def test_a_final_part_takes_no_paper(part: RestrictedPart, clerk: User) -> None:
    MeetingPage.objects.filter(pk=part.item.meeting.pk).update(status="confirmed")
    with pytest.raises(Refused, match="confirmed"):
        bring_paper(RestrictedPart.objects.get(pk=part.pk), clerk)
    MeetingPage.objects.filter(pk=part.item.meeting.pk).update(status="held")
    released = RestrictedPart.objects.get(pk=part.pk)
    release(released, WORDS, "Signed.", clerk)
    with pytest.raises(Refused, match="released already"):
        bring_paper(RestrictedPart.objects.get(pk=part.pk), clerk)


def test_a_full_disk_and_a_missing_key_are_sentences(
    part: RestrictedPart, clerk: User, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as patch:
        patch.setattr(sealed_storage, "seal_file", full)
        with pytest.raises(Refused, match="no room left"):
            bring_paper(part, clerk)
        patch.setattr(sealed_storage, "seal_file", lambda *args, **kwargs: (_ for _ in ()).throw(OSError(errno.EIO, "broken")))
        with pytest.raises(OSError, match="broken"):
            bring_paper(part, clerk)
    paper = bring_paper(part, clerk)
    keys, settings.RESTRICTED_KEYS = settings.RESTRICTED_KEYS, []
    with pytest.raises(CannotOpen, match="RESTRICTED_KEYS"):
        bring_paper(part, clerk, samples.pdf("BT ET"))
    failed = check_restricted_paper(paper=paper.pk)
    assert failed is not None and failed.check_state == FileCheck.FAILED and "RESTRICTED_KEYS" in failed.failure
    for attempt in (
        lambda: read_restricted_paper(paper=paper, which=ORIGINAL, by=clerk),
        lambda: withdraw_restricted_paper(paper=paper, by=clerk, because="x"),
    ):
        with pytest.raises(CannotOpen):
            attempt()
    assert list(what_does_not_open()) == [str(part), f"{part}: Restricted paper 1, version 1"]
    settings.RESTRICTED_KEYS = keys
    assert list(what_does_not_open()) == []
    # A check that failed leaves the way open for the same file.
    assert bring_paper(part, clerk, newer_than=paper).version == 2


def test_a_file_that_is_missing_or_was_exchanged_is_a_sentence(part: RestrictedPart, clerk: User) -> None:
    first, second = checked_paper(part, clerk), checked_paper(part, clerk, paper_saying("Other"), title="Other")
    storage = storages["restricted"]
    mine, other = str(first.copy), str(second.copy)
    mine_as_it_was = stored(mine)
    storage.delete(mine)
    with pytest.raises(Refused, match="missing"):
        read_restricted_paper(paper=first, which=COPY, by=clerk)
    storage.save(mine, ContentFile(stored(other)))
    with pytest.raises(CannotOpen, match="not what was sealed"):
        read_restricted_paper(paper=first, which=COPY, by=clerk)
    assert not RestrictedReading.objects.filter(paper__isnull=False).exists()
    storage.delete(mine)
    storage.save(mine, ContentFile(mine_as_it_was))
    RestrictedPaper.objects.filter(pk=first.pk).update(sealed=second.sealed)
    with pytest.raises(CannotOpen, match="another paper"):
        row(first).secrets()


def test_what_the_check_finds_is_sealed_and_somebody_answers_for_it(part: RestrictedPart, clerk: User) -> None:
    def covered(made: Any) -> None:
        samples.personal(made)
        samples.javascript(made)

    paper = checked_paper(part, clerk, paper_saying(change=covered))
    assert (paper.check_state, paper.state) == ("findings", "received")
    assert paper.secrets().findings
    with pytest.raises(Refused, match="Give the reason"):
        accept_restricted_paper(paper=paper, by=clerk, because=" ")
    with pytest.raises(Refused, match="A person answers"):
        accept_restricted_paper(paper=paper, by=None, because="Needed.")
    accept_restricted_paper(paper=paper, by=clerk, because=f"{CANARY} is needed.")
    assert row(paper).state == "checked" and row(paper).secrets().accepted_because == f"{CANARY} is needed."
    with pytest.raises(Refused, match="waits for a decision"):
        accept_restricted_paper(paper=paper, by=clerk, because="Again.")
    assert not LedgerEntry.objects.filter(note__contains=CANARY).exists()


def test_what_cannot_be_used_is_blocked(part: RestrictedPart, clerk: User) -> None:
    paper = checked_paper(part, clerk, b"%PDF-1.7 broken")
    assert (paper.check_state, paper.state, bool(paper.copy)) == ("blocked", "received", False)
    with pytest.raises(Refused, match="cannot be published by anybody"):
        accept_restricted_paper(paper=paper, by=clerk, because="Needed.")


def test_members_read_the_version_before_until_the_newer_one_is_checked(part: RestrictedPart, clerk: User) -> None:
    first = checked_paper(part, clerk)
    second = bring_paper(part, clerk, paper_saying("Second"), newer_than=first)
    assert (second.number, second.version, row(first).state) == (1, 2, "checked")
    third = bring_paper(part, clerk, paper_saying("Third"), newer_than=first)
    assert (third.version, row(second).state) == (3, "superseded")
    check_restricted_paper(paper=third.pk)
    assert (row(first).state, row(third).state) == ("superseded", "checked")
    # The check of one that was replaced meanwhile changes nothing that is read.
    check_restricted_paper(paper=second.pk)
    assert (row(second).state, row(third).state) == ("superseded", "checked")
    withdraw_restricted_paper(paper=row(third), by=clerk, because="Wrong supplier.")
    with pytest.raises(Refused, match="takes no newer file"):
        bring_paper(part, clerk, paper_saying("Fourth"), newer_than=third)


def test_a_paper_is_taken_back_with_a_reason(part: RestrictedPart, clerk: User) -> None:
    paper = checked_paper(part, clerk)
    with pytest.raises(Refused, match="Say why"):
        withdraw_restricted_paper(paper=paper, by=clerk, because=" ")
    proposal = propose_paper_release(paper=paper, title="T", because="B", by=clerk)
    with pytest.raises(Refused, match="Its release is proposed"):
        withdraw_restricted_paper(paper=paper, by=clerk, because="Wrong.")
    return_release(proposal=proposal, comment="No.", by=building.make_user("second"))
    withdraw_restricted_paper(paper=paper, by=clerk, because=f"{CANARY} is wrong.")
    assert row(paper).secrets().withdrawn_because == f"{CANARY} is wrong."
    assert not LedgerEntry.objects.filter(note__contains=CANARY).exists()
    with pytest.raises(Refused, match="cannot become"):
        withdraw_restricted_paper(paper=paper, by=clerk, because="Again.")


def test_a_paper_is_released_whole_by_two(part: RestrictedPart, clerk: User) -> None:
    paper, other = checked_paper(part, clerk), building.make_user("second")
    for given, why in (({"title": " "}, "public title"), ({"because": ""}, "Say why")):
        with pytest.raises(Refused, match=why):
            propose_paper_release(
                paper=paper, by=clerk, **{"title": "The contract", "because": "Signed.", **dict[str, Any](given)}
            )
    proposal = propose_paper_release(paper=paper, title="The contract", because="It is signed.", by=clerk)
    assert "contract" not in proposal.sealed
    with pytest.raises(Refused, match="proposed already"):
        propose_paper_release(paper=paper, title="T", because="B", by=other)
    with pytest.raises(Refused, match="You proposed it"):
        release_paper(proposal=proposal, by=clerk)
    with pytest.raises(Refused, match="of a paper and not of words"):
        release_proposed(proposal=proposal, by=other)
    public = release_paper(proposal=proposal, by=other)
    assert (public.state, public.title, public.released_because) == (PaperState.PUBLISHED, "The contract", "It is signed.")
    file = public.files.get()
    with file.copy.open("rb") as opened:
        assert opened.read() == whole(paper, COPY, clerk)
    assert f"{CANARY} page" in file.text and file.original_name == "Restricted paper 1.pdf"
    assert (row(paper).state, row(paper).released_as) == ("released", public)
    entry = LedgerEntry.objects.get(event="released")
    assert (entry.content_sha256, entry.note) == (
        file.copy_sha256,
        f"Restricted paper 1, version 1: released as {public.reference}",
    )
    assert ReleaseProposal.objects.get().sealed == ""
    with pytest.raises(Refused, match="settled already"):
        release_paper(proposal=proposal, by=other)
    # Of one whose release was settled nothing of the sealed original became public.
    assert file.original.name == file.copy.name


def test_a_release_is_of_the_file_that_was_read(part: RestrictedPart, clerk: User, board: BoardPage) -> None:
    paper, other = checked_paper(part, clerk), building.make_user("second")
    proposal = propose_paper_release(paper=paper, title="T", because="B", by=clerk)
    bring_paper(part, clerk, paper_saying("Newer"), newer_than=paper)
    with pytest.raises(Refused, match="A newer file"):
        release_paper(proposal=proposal, by=other)
    draft = make_part(make_private_item(board, clerk, publish=False, title="Not public"), clerk)
    with pytest.raises(Refused, match="not public"):
        propose_paper_release(paper=checked_paper(draft, clerk), title="T", because="B", by=clerk)
    waiting = bring_paper(part, clerk, paper_saying("Waiting"), title="Waiting")
    with pytest.raises(Refused, match="cannot become"):
        propose_paper_release(paper=waiting, title="T", because="B", by=clerk)
    assert not Paper.objects.exists()


def test_words_are_released_whole_only_once_no_paper_is_kept_back(part: RestrictedPart, clerk: User) -> None:
    paper = checked_paper(part, clerk)
    assert not release(part, WORDS, "Signed.", clerk).whole
    assert RestrictedPart.objects.get().is_in_force
    release_to_all(paper, clerk)
    assert release(part, WORDS, "Signed.", clerk).whole
    assert not RestrictedPart.objects.get().is_in_force


def test_keys_are_changed_without_the_files(part: RestrictedPart, clerk: User, settings: Any) -> None:
    paper = checked_paper(part, clerk)
    propose_paper_release(paper=paper, title="T", because="B", by=clerk)
    before = {name: stored(name) for name in (paper.original, paper.copy)}
    old, new = settings.RESTRICTED_KEYS, [Fernet.generate_key().decode()]
    settings.RESTRICTED_KEYS = [*new, *old]
    said = StringIO()
    call_command("rotate_restricted_keys", stdout=said)
    assert f"2 of 2: {part}: Restricted paper 1, version 1" in said.getvalue()
    settings.RESTRICTED_KEYS = new
    assert whole(row(paper), COPY, clerk).startswith(b"%PDF-") and row(paper).text()
    assert ReleaseProposal.objects.get().words().title == "T"
    assert before == {name: stored(name) for name in before}
    settings.RESTRICTED_KEYS = old
    with pytest.raises(CommandError, match="2 of 2 could not be opened"):
        call_command("rotate_restricted_keys", stdout=StringIO())


def test_the_check_says_nothing_of_the_file_where_it_fails(
    part: RestrictedPart, clerk: User, monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise CheckFailed(f"The process ended. {CANARY}")

    monkeypatch.setattr(whole_check, "look", fail)
    failed = checked_paper(part, clerk)
    assert failed.check_state == FileCheck.FAILED and CANARY not in failed.failure + caplog.text
    assert "Restricted paper 1" in caplog.text


def test_what_a_dead_worker_left_is_taken_up_again(part: RestrictedPart, clerk: User) -> None:
    paper = bring_paper(part, clerk)
    slow = restricted_checking._claim(paper.pk)
    assert slow is not None and restricted_checking._claim(paper.pk) is None
    assert take_up_left_papers() == 0
    assert take_up_left_papers(at=timezone.now() + 2 * left_work.LEASE) == 1
    assert check_restricted_paper(paper=paper.pk) is not None
    names = {str(row(paper).copy), str(row(paper).original)}
    with (
        sealed_storage.stored_sealed(ContentFile(b"x").file, "papers") as other,
        pytest.raises(Refused, match="Another worker"),
    ):
        restricted_checking._finish(slow, whole_check.Checked(whole_check.Looked(findings=()), None), other, timezone.now())
    late = restricted_checking._finish(slow, whole_check.Checked(whole_check.Looked(findings=()), None), None, timezone.now())
    assert late is None and {str(row(paper).copy), str(row(paper).original)} == names
    assert prune_restricted_files() == 0
    assert prune_restricted_files(at=timezone.now() + LEFT_FOR * 2) >= 1
    assert all(storages["restricted"].exists(name) for name in names)


def test_sealed_files_are_looked_after_as_they_lie(part: RestrictedPart, clerk: User) -> None:
    paper = checked_paper(part, clerk)
    mine = [file for file in every_file() if file.store == "restricted"]
    assert [file.what for file in mine] == [f"{part}: Restricted paper 1, version 1"] * 2
    assert not any(file.is_public for file in mine)
    fixity.check_every_file()
    results = dict(FileOnRecord.objects.filter(store="restricted", what__gt="").values_list("name", "result"))
    assert results == {paper.original.name: "same", paper.copy.name: "same"}
    path = Path(storages["restricted"].path(str(paper.copy)))
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    fixity.check_every_file()
    assert FileOnRecord.objects.get(name=paper.copy.name).result == "changed"
    assert path.stat().st_mode & 0o077 == 0


def test_the_database_keeps_a_paper_and_its_files(part: RestrictedPart, clerk: User) -> None:
    checked_paper(part, clerk)
    for attempt in (
        lambda: RestrictedPaper.objects.all()._raw_delete("default"),
        lambda: RestrictedPaper.objects.update(original="x"),
        lambda: RestrictedPaper.objects.update(copy="x"),
        lambda: RestrictedPaper.objects.update(number=9),
        lambda: RestrictedPaper.objects.update(state="released"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_every_state_says_where_it_leads() -> None:
    assert set(RESTRICTED_PAPER_TRANSITIONS) == set(RestrictedPaperState)


def test_the_public_finds_nothing_until_it_is_released(part: RestrictedPart, clerk: User, client: Any) -> None:
    paper = checked_paper(part, clerk)
    item = AgendaItemPage.objects.get(pk=part.item_id)
    assert CANARY not in client.get(item.get_url()).content.decode()
    public = release_to_all(paper, clerk)
    page = client.get(item.get_url()).content.decode()
    assert "The contract" in page and "Kept back at first, and released: It is signed." in page
    assert client.get(f"/papers/{public.slug}/").status_code == 200
    assert item.get_url() in client.get(f"/search/?q={CANARY}").content.decode()
    assert timezone.now() - row(paper).uploaded_at < timedelta(minutes=5)
