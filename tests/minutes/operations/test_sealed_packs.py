"""Members' packs with what is not for publication: sealed apart, numbered apart, and in each copy only what its readers may read."""

import io
import logging
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import pikepdf
import pytest
from cryptography.fernet import Fernet

from governance.enums import Role
from governance.kept_files import every_file
from governance.models import BoardPage, LedgerEntry, User
from governance.sealed_things import what_does_not_open
from governance.sealing import CannotOpen
from minutes.enums import InterestAction, PackAudience, PackEdition, PackKind
from minutes.models import (
    AgendaItemPage,
    MeetingPage,
    Pack,
    RestrictedPaper,
    RestrictedPart,
    RestrictedReading,
    RestrictedWords,
    SealedPack,
    SealedSection,
)
from minutes.operations import closed_parts, left_work, packing, sealed_packs
from minutes.operations.left_files import LEFT_FOR
from minutes.operations.meetings import publish_agenda
from minutes.operations.pack_contents import is_up_to_date
from minutes.operations.restricted_papers import withdraw_restricted_paper
from minutes.operations.sealed_packs import make_copy, prune_sealed_packs, take_up_left_copies
from minutes.operations.work_folders import work_folder
from minutes.packs.closed_part import marking
from tests import building
from tests.minutes.packing_stage import issued
from tests.minutes.restricted_stage import (
    CANARY,
    checked_paper,
    declare,
    files_saying,
    make_part,
    make_private_item,
    paper_saying,
    publish_by_another,
    somebody,
)
from tests.minutes.test_restricted_views import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("look")]
OTHER = "Zanzibar"


@pytest.fixture
def meeting(board: BoardPage, clerk: User) -> MeetingPage:
    """A published agenda with an open item and two taken in private, the first with a paper."""
    meeting = building.make_meeting(board, clerk)
    building.make_item(meeting, clerk, "Home care", publish=False)
    items = [
        make_private_item(board, clerk, publish=False, meeting=meeting, title=name) for name in ("A contract", "A dispute")
    ]
    for item in items:
        publish_by_another(item)
    meeting = publish_agenda(meeting=MeetingPage.objects.get(pk=meeting.pk), by=clerk)
    first, second = (AgendaItemPage.objects.get(pk=item.pk) for item in items)
    checked_paper(make_part(first, clerk), clerk)
    make_part(second, clerk, RestrictedWords(title=f"{OTHER} title", text=f"{OTHER} text"))
    return meeting


def pack_for_members(meeting: MeetingPage, clerk: User, **asked: Any) -> Pack:
    """The members' agenda pack, built."""
    return issued(meeting, clerk, audience=PackAudience.MEMBERS, **asked)


def fetched(pack: Pack, user: User, name: str = "members_pack") -> Any:
    """What a member gets, once the worker has made their copy."""
    client, address = logged_in(user), reverse(name, args=[pack.slug])
    answer = client.get(address)
    if answer.status_code == 202:
        for copy in SealedPack.objects.filter(state="waiting"):
            make_copy(copy=copy.pk)
        answer = client.get(address)
    return answer


def content_of(answer: Any) -> bytes:
    """What was sent."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def words_of(content: bytes) -> str:
    """The words on the pages of a PDF."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=False)
    # Other tests leave what only begins like a PDF.
    return (content if done.returncode else done.stdout).decode(errors="replace")


def labels_of(content: bytes) -> list[str]:
    """The number of each page as viewers show it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [str(page.label) for page in pdf.pages]


def test_members_read_what_is_not_for_publication_at_the_end_of_their_pack(
    board: BoardPage, clerk: User, meeting: MeetingPage, caplog: Any
) -> None:
    caplog.set_level(logging.DEBUG)
    pack = pack_for_members(meeting, clerk)
    member = somebody("member", board, seat="member")
    content = content_of(fetched(pack, member))
    pages = words_of(content).split("\f")
    closed = [page for page in pages if "NOT FOR PUBLICATION: Paragraph 3" in page]
    assert len(closed) == 4 and closed == pages[-5:-1]
    for word in (f"{CANARY} title", f"{CANARY} text", f"{CANARY} page", f"{OTHER} title", f"{OTHER} text"):
        assert word in " ".join(closed), word
    labels = labels_of(content)
    assert labels[-4:] == ["R1", "R2", "R3", "R4"]
    with pack.file.open("rb") as opened:
        base = opened.read()
    assert labels[:-4] == labels_of(base) and len(labels) == (pack.pages or 0) + 4
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        assert [item.title for item in outline.root][-1] == "Not for publication"
        assert len(outline.root) > 2 and "/StructTreeRoot" in pdf.Root
        assert str(pdf.docinfo["/Title"]).startswith(meeting.board.title)
    for visitor in (Client(), logged_in(member)):
        checked = visitor.post(reverse("check_a_file"), {"file": SimpleUploadedFile("pack.pdf", content)}).content.decode()
        assert "cannot be checked here" in checked and pack.reference not in checked and CANARY not in checked
    assert CANARY not in caplog.text and OTHER not in caplog.text
    assert RestrictedReading.objects.filter(by=member, pack=pack).count() == 2


def test_nothing_of_it_lies_open_and_the_pack_itself_has_none_of_it(
    clerk: User, board: BoardPage, meeting: MeetingPage
) -> None:
    public = issued(meeting, clerk)
    pack = pack_for_members(meeting, clerk)
    for copy in SealedPack.objects.all():
        assert make_copy(copy=copy.pk) is not None
    fetched(pack, somebody("member", board, seat="member"))
    for one in (public, pack):
        with one.file.open("rb") as opened:
            said = words_of(opened.read())
        assert "A contract" in said and CANARY not in said and OTHER not in said and "NOT FOR PUBLICATION" not in said
        assert CANARY not in repr([one.layout, one.contents, one.changes, one.says, one.stage])
    assert files_saying(CANARY) == []
    for name in ("restricted", "sections", "private/packs"):
        printed = [file.read_bytes() for file in (Path(site.VAR) / name).rglob("*") if file.is_file()]
        assert not any(CANARY in words_of(content) for content in printed if content.startswith(b"%PDF-")), name
    assert not list(work_folder().iterdir())
    with connection.cursor() as cursor:
        for table in ("minutes_pack", "minutes_sealedsection", "minutes_sealedpack", "django_tasks_database_dbtaskresult"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            assert CANARY not in repr(cursor.fetchall()), table
    assert not LedgerEntry.objects.filter(note__contains=CANARY).exists()
    assert not SealedSection.objects.filter(pack=public).exists()


def test_from_a_declared_interest_that_item_is_gone_from_the_members_copy(
    board: BoardPage, clerk: User, meeting: MeetingPage
) -> None:
    pack = pack_for_members(meeting, clerk)
    member, colleague = somebody("member", board, seat="member"), somebody("colleague", board, seat="member")
    whole = content_of(fetched(pack, member))
    first, second = (part.item for part in RestrictedPart.objects.order_by("pk"))
    declare(first, clerk, InterestAction.LEFT, member.person)
    assert logged_in(member).get(reverse("members_pack", args=[pack.slug])).status_code == 202
    said = words_of(mine := content_of(fetched(pack, member)))
    assert CANARY not in said and f"{OTHER} text" in said
    assert CANARY.encode() not in mine and labels_of(mine)[-2:] == ["R1", "R4"]
    with pikepdf.open(io.BytesIO(mine)) as pdf:
        plain = io.BytesIO()
        pdf.save(plain, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
        assert CANARY.encode() not in plain.getvalue() and CANARY.encode("utf-16-be") not in plain.getvalue()
    assert content_of(fetched(pack, colleague)) == whole
    declare(second, clerk, InterestAction.LEFT, member.person)
    with pack.file.open("rb") as opened:
        assert content_of(fetched(pack, member)) == opened.read()
    assert RestrictedReading.objects.filter(by=member, pack=pack).count() == 3


def test_who_does_not_sit_on_the_board_gets_none_of_it(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    pack = pack_for_members(meeting, clerk)
    address = reverse("members_pack", args=[pack.slug])
    for user in (somebody("stranger"), somebody("author", board, Role.AUTHOR), somebody("partner", board, Role.PARTNER)):
        assert logged_in(user).get(address).status_code == 404
    assert Client().get(address).status_code == 302
    assert b"NOT FOR" not in Client().get(reverse("pack", args=[pack.slug])).content
    assert (
        logged_in(somebody("member", board, seat="member")).get(reverse("members_closed_pack", args=[pack.slug])).status_code
        == 404
    )


def test_it_is_kept_by_nobody_and_says_how_far_it_is(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    pack = pack_for_members(meeting, clerk)
    member, address = logged_in(somebody("member", board, seat="member")), reverse("members_pack", args=[pack.slug])
    waiting = member.get(address)
    assert (waiting.status_code, waiting["Refresh"]) == (202, "10") and "is being made" in waiting.content.decode()
    assert make_copy(copy=SealedPack.objects.get().pk) is not None
    assert make_copy(copy=SealedPack.objects.get().pk) is None
    for answer in (waiting, member.get(address), member.get(address, HTTP_RANGE="bytes=0-9"), member.head(address)):
        assert {"private", "no-store"} <= set(answer["Cache-Control"].replace(" ", "").split(","))
        assert not {"ETag", "Last-Modified"} & set(answer.headers)
    assert member.head(address).content == b""
    area = member.get(reverse("members_area")).content.decode()
    assert "With what is not for publication" in area and CANARY not in area


def test_the_print_set_has_it_in_a_file_of_its_own(board: BoardPage, clerk: User, meeting: MeetingPage) -> None:
    pack = pack_for_members(meeting, clerk, edition=PackEdition.PRINT_SET)
    member = somebody("member", board, seat="member")
    assert CANARY not in words_of(content_of(fetched(pack, member)))
    content = content_of(fetched(pack, member, "members_closed_pack"))
    pages = words_of(content).split("\f")[:-1]
    marked = [number for number, page in enumerate(pages) if page.strip()]
    assert all("NOT FOR PUBLICATION" in pages[number] for number in marked)
    # Each section begins on a right-hand page.
    assert all(number % 2 == 0 for number in marked) and len(marked) == 4
    assert "A contract" not in pages[0] and "Health and Wellbeing Board" in pages[0]
    assert reverse("members_closed_pack", args=[pack.slug]) in logged_in(member).get(reverse("members_area")).content.decode()
    stranger = logged_in(somebody("stranger"))
    assert stranger.get(reverse("members_closed_pack", args=[pack.slug])).status_code == 404


def test_a_later_version_keeps_the_numbers_and_a_change_puts_the_pack_out_of_date(
    board: BoardPage, clerk: User, meeting: MeetingPage
) -> None:
    pack = pack_for_members(meeting, clerk)
    assert is_up_to_date(pack) and "is issued" not in pack.failure
    part = RestrictedPart.objects.order_by("pk")[0]
    checked_paper(part, clerk, paper_saying("Added"), title="Another")
    assert not is_up_to_date(Pack.objects.get(pk=pack.pk))
    again = pack_for_members(meeting, clerk)
    assert again.version == 2
    assert [row.labels for row in SealedSection.objects.filter(pack=again)] == [["1"], ["2"], ["3"], ["3A"], ["4"]]
    withdraw_restricted_paper(paper=RestrictedPaper.objects.get(number=1), by=clerk, because="Wrong.")
    assert f"{CANARY} page" not in words_of(content_of(fetched(again, somebody("member", board, seat="member"))))


def test_what_cannot_be_printed_or_opened_is_told_by_its_number_alone(
    board: BoardPage, clerk: User, meeting: MeetingPage, monkeypatch: pytest.MonkeyPatch, settings: Any, caplog: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(f"{CANARY} cannot be laid out")

    asked = packing.ask_for_pack(meeting=meeting, by=clerk, audience=PackAudience.MEMBERS)
    with monkeypatch.context() as patch:
        patch.setattr(closed_parts, "take_paper", fail)
        failed = packing.build_pack(pack=asked.pk)
    assert failed is not None and failed.state == "failed" and "What item 2 says that is not for publication" in failed.failure
    keys, settings.RESTRICTED_KEYS = settings.RESTRICTED_KEYS, []
    failed = packing.build_pack(pack=packing.ask_for_pack(meeting=meeting, by=clerk, audience=PackAudience.MEMBERS).pk)
    assert failed is not None and "RESTRICTED_KEYS" in failed.failure
    settings.RESTRICTED_KEYS = keys
    pack = pack_for_members(meeting, clerk)
    copy = SealedPack.objects.get()
    with monkeypatch.context() as patch:
        patch.setattr(sealed_packs, "assemble", fail)
        broken = make_copy(copy=copy.pk)
    assert broken is not None and broken.state == "failed" and CANARY not in broken.failure + caplog.text
    client, address = logged_in(somebody("member", board, seat="member")), reverse("members_pack", args=[pack.slug])
    # Asked for again, it is made again.
    assert client.get(address).status_code == 202
    settings.RESTRICTED_KEYS = []
    assert "RESTRICTED_KEYS" in getattr(make_copy(copy=copy.pk), "failure", "")
    settings.RESTRICTED_KEYS = keys
    client.get(address)
    make_copy(copy=copy.pk)
    settings.RESTRICTED_KEYS = [Fernet.generate_key().decode()]
    closed = client.get(address)
    assert closed.status_code == 409 and "No key of this installation" in closed.content.decode()
    assert len(list(what_does_not_open())) == 3 + 4 + 1
    settings.RESTRICTED_KEYS = keys
    storages["restricted"].delete(str(SealedPack.objects.get().file))
    assert "missing in the store" in client.get(address).content.decode()


def test_keys_are_changed_files_looked_after_and_what_was_left_taken_up(
    board: BoardPage, clerk: User, meeting: MeetingPage, settings: Any
) -> None:
    pack = pack_for_members(meeting, clerk)
    copy = SealedPack.objects.get()
    slow = sealed_packs._claim(copy.pk)
    assert slow is not None and take_up_left_copies() == 0
    assert take_up_left_copies(at=timezone.now() + 2 * left_work.LEASE) == 1
    assert make_copy(copy=copy.pk) is not None
    with pytest.raises(Exception, match="Another worker"):
        sealed_packs._keep(slow, "x", "x", SealedPack.objects.get().words())
    assert sum(file.store == "restricted" and "AGENDA" in file.what for file in every_file()) == 5
    old, new = settings.RESTRICTED_KEYS, [Fernet.generate_key().decode()]
    settings.RESTRICTED_KEYS = [*new, *old]
    call_command("rotate_restricted_keys", stdout=io.StringIO())
    settings.RESTRICTED_KEYS = new
    assert f"{CANARY} text" in words_of(content_of(fetched(pack, somebody("member", board, seat="member"))))
    assert prune_sealed_packs() == 0
    prune_sealed_packs(at=timezone.now() + LEFT_FOR * 2)
    assert all(
        storages["restricted"].exists(str(row.file)) for row in [*SealedSection.objects.all(), *SealedPack.objects.all()]
    )
    other = SealedSection.objects.order_by("pk").last()
    SealedSection.objects.filter(position=1).update(sealed=other.sealed if other else "")
    with pytest.raises(CannotOpen, match="another pack"):
        SealedSection.objects.get(position=1).words()
    for attempt in (
        lambda: SealedSection.objects.update(file="x"),
        lambda: SealedSection.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_a_mark_names_the_grounds_as_far_as_there_is_room() -> None:
    assert (
        marking(["Paragraph 3, Schedule 12A", "Paragraph 5, Schedule 12A"]) == "NOT FOR PUBLICATION: Paragraph 3, Paragraph 5"
    )
    assert marking([f"Paragraph {number}, Schedule 12A" for number in range(7)]) == "NOT FOR PUBLICATION"
    assert marking(["Paragraph 3", "Paragraph 5"], PackEdition.LARGE_PRINT) == "NOT FOR PUBLICATION: Paragraph 3, Paragraph 5"
    assert PackKind.MINUTES not in closed_parts.PACKS
