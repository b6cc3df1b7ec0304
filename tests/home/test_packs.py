"""Issued packs as they are read, and checking a file."""

import hashlib
from datetime import date
from typing import Any

from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.models import BoardPage, Membership, Person, User
from governance.operations.roles import give_role
from home import checking
from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.models import MeetingPage, Pack
from minutes.operations.pack_withdrawal import withdraw_pack
from tests import building
from tests.minutes.packing_stage import build_at_once, content_of, issued, make_meeting

pytestmark = pytest.mark.django_db
CHECK = "/check-a-file/"


@pytest.fixture
def meeting(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> MeetingPage:
    """A meeting with a published agenda, whose packs are built at once."""
    cache.clear()
    build_at_once(monkeypatch)
    return make_meeting(board, clerk)


def two_versions(meeting: MeetingPage, clerk: User) -> tuple[Pack, Pack]:
    """A pack and the next version of it."""
    first = issued(meeting, clerk)
    building.make_item(meeting, clerk, "Cycling")
    second = issued(meeting, clerk)
    first.refresh_from_db()
    return first, second


def test_an_earlier_version_is_still_read_and_names_the_latest(meeting: MeetingPage, clerk: User, client: Client) -> None:
    first, second = two_versions(meeting, clerk)
    answer = client.get(f"/packs/{first.slug}/")
    assert b"".join(answer) == content_of(first)
    assert f"/packs/{second.slug}/" in answer["Link"] and "latest-version" in answer["Link"]
    assert "Link" not in client.get(f"/packs/{second.slug}/")
    assert answer["Content-Disposition"] == 'inline; filename="hwb-2026-10-08-agenda-v1.pdf"'


def test_a_withdrawn_pack_says_why_at_its_address(meeting: MeetingPage, clerk: User, client: Client) -> None:
    first, second = two_versions(meeting, clerk)
    withdraw_pack(pack=first, by=clerk, reason="It named a person.")
    answer = client.get(f"/packs/{first.slug}/")
    shown = answer.content.decode()
    assert answer.status_code == 410
    assert "It named a person." in shown and f"/packs/{second.slug}/" in shown
    page = client.get(meeting.get_url()).content.decode()
    assert "It named a person." in page and second.sha512 in page


def test_nothing_is_there_before_it_is_issued(meeting: MeetingPage, client: Client) -> None:
    assert client.get("/packs/hwb-2026-10-08-agenda-v1/").status_code == 404
    assert client.post("/packs/hwb-2026-10-08-agenda-v1/").status_code == 405


def test_a_file_that_the_store_has_lost_is_no_server_error(meeting: MeetingPage, clerk: User, client: Client) -> None:
    pack = issued(meeting, clerk)
    pack.file.storage.delete(str(pack.file.name))
    assert client.get(f"/packs/{pack.slug}/").status_code == 404


def test_a_members_pack_is_read_by_who_sits_on_the_board_and_by_its_editors(
    board: BoardPage, meeting: MeetingPage, clerk: User, client: Client
) -> None:
    pack = issued(meeting, clerk, audience=PackAudience.MEMBERS)
    assert client.get(f"/packs/{pack.slug}/").status_code == 404
    address = reverse("members_pack", args=[pack.slug])
    for unknown in (address, reverse("members_pack", args=["nothing"])):
        assert client.get(unknown)["Location"].startswith("/members/log-in/")
    person = Person.objects.create(name="Siân Ŵyn")
    member = building.make_user("sian", is_superuser=False, person=person)
    client.force_login(member)
    assert client.get(address).status_code == 404
    Membership.objects.create(person=person, board=board, from_date=date(2026, 1, 1))
    answer = client.get(address)
    assert b"".join(answer) == content_of(pack)
    assert answer["Cache-Control"] == "private, no-cache"
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    client.force_login(editor)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.PARTNER, Role.MEMBER, Role.AUDITOR])
def test_who_does_not_sit_on_the_board_reads_no_members_pack(
    board: BoardPage, meeting: MeetingPage, clerk: User, client: Client, role: Role
) -> None:
    pack = issued(meeting, clerk, audience=PackAudience.MEMBERS)
    person = building.make_user("person", is_superuser=False, is_staff=False)
    give_role(user=person, role=role, **building.holder_of(role, board))
    client.force_login(person)
    assert client.get(reverse("members_pack", args=[pack.slug])).status_code == 404


@pytest.mark.parametrize(
    ("kind", "path", "words"),
    [
        (PackKind.AGENDA, "agenda-pack/", "There is no agenda pack yet"),
        (PackKind.AGENDA, "current-pack/", "There is no agenda pack yet"),
        (PackKind.ACTIONS, "minutes-pack/", "have not been issued"),
        (PackKind.ACTIONS, "decisions/", "There is no decision sheet yet"),
    ],
)
def test_addresses_below_the_meeting_lead_to_its_packs(
    meeting: MeetingPage, clerk: User, client: Client, kind: str, path: str, words: str
) -> None:
    address = f"{meeting.get_url()}{path}"
    missing = client.get(address)
    assert (missing.status_code, words in missing.content.decode()) == (404, True)
    pack = issued(meeting, clerk, kind=kind)
    issued(meeting, clerk, kind=kind, edition=PackEdition.LARGE_PRINT)
    if kind == PackKind.AGENDA:
        assert client.get(address)["Location"] == f"/packs/{pack.slug}/"
    else:
        assert client.get(address).status_code == 404


def test_one_item_has_its_pack(meeting: MeetingPage, clerk: User, client: Client) -> None:
    item = meeting.get_children().first().specific
    missing = client.get(f"{item.get_url()}pack/")
    assert (missing.status_code, "no pack of this item" in missing.content.decode()) == (404, True)
    pack = issued(meeting, clerk, kind=PackKind.ITEM, item=item)
    assert client.get(f"{item.get_url()}pack/")["Location"] == f"/packs/{pack.slug}/"
    assert f"/packs/{pack.slug}/" in client.get(item.get_url()).content.decode()


def test_the_meetings_page_lists_versions_editions_and_page_numbers(meeting: MeetingPage, clerk: User, client: Client) -> None:
    first, second = two_versions(meeting, clerk)
    large = issued(meeting, clerk, edition=PackEdition.LARGE_PRINT)
    layout = [{"key": "item-1", "title": "1. Home care", "digest": "a", "labels": ["12", "12A"]}]
    changes = [{"how": "changed", "title": "1. Home care", "page": "12", "was": "11"}]
    third = Pack.objects.create(
        meeting=meeting,
        version=3,
        reference="HWB/2026-10-08/AGENDA/v3",
        slug="hwb-2026-10-08-agenda-v3",
        state="issued",
        asked_at=second.asked_at,
        issued_at=second.issued_at,
        sha512="0" * 128,
        file="packs/x.pdf",
        layout=layout,
        changes=changes,
        says="Changed: “1. Home care”.",
    )
    Pack.objects.filter(pk=second.pk).update(state="superseded")
    shown = client.get(meeting.get_url()).content.decode()
    for pack in (first, second, third, large):
        assert f"/packs/{pack.slug}/" in shown
    assert "Page 12 of the pack" in shown and "Changed: “1. Home care”." in shown
    told = client.get(f"{meeting.get_url()}changes/").content.decode()
    assert "<b>Changed:</b> 1. Home care" in told and "Page 12" in told
    assert "This is the first version." in told and "<b>New:</b> Cycling" in told


def test_changes_of_a_meeting_without_a_pack(meeting: MeetingPage, client: Client) -> None:
    assert "No pack has been issued" in client.get(f"{meeting.get_url()}changes/").content.decode()


def upload(client: Client, data: bytes, **fields: Any) -> Any:
    """Send a file to be checked."""
    return client.post(CHECK, {"file": SimpleUploadedFile("pack.pdf", data), **fields})


def test_a_file_is_told_to_be_current_earlier_withdrawn_or_unknown(meeting: MeetingPage, clerk: User, client: Client) -> None:
    first, second = two_versions(meeting, clerk)
    assert "This is the pack as it was issued" in upload(client, content_of(second)).content.decode()
    earlier = upload(client, content_of(first)).content.decode()
    assert "This is an earlier version" in earlier and f"/packs/{second.slug}/" in earlier
    assert "This is not a pack that we issued" in upload(client, content_of(first) + b"!").content.decode()
    data = content_of(first)
    withdraw_pack(pack=first, by=clerk, reason="It named a person.")
    withdrawn = upload(client, data).content.decode()
    assert "This pack was withdrawn" in withdrawn and "It named a person." in withdrawn


def test_a_checksum_is_pasted_as_people_have_it(meeting: MeetingPage, clerk: User, client: Client) -> None:
    pack = issued(meeting, clerk)
    halves = f"{pack.sha512[:64]}\n {pack.sha512[64:]}"
    for pasted in (pack.sha512, f" {pack.sha512.upper()}  pack.pdf\n", halves):
        assert "as it was issued" in client.post(CHECK, {"checksum": pasted}).content.decode()


def test_a_members_pack_is_known_and_not_linked_to(meeting: MeetingPage, clerk: User, client: Client) -> None:
    pack = issued(meeting, clerk, audience=PackAudience.MEMBERS)
    shown = upload(client, content_of(pack)).content.decode()
    assert "as it was issued" in shown and "For members of the board" in shown
    assert "/packs/" not in shown


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose a file"),
        ({"checksum": "  "}, "Choose a file"),
        ({"checksum": "abc"}, "128 characters"),
        ({"checksum": "g" * 128}, "128 characters"),
        ({"checksum": "<b>" + "0" * 124 + "\x00"}, "128 characters"),
    ],
)
def test_what_cannot_be_checked_is_said_in_words(db: None, client: Client, fields: dict[str, str], words: str) -> None:
    cache.clear()
    answer = client.post(CHECK, fields)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_what_was_pasted_stands_there_again(db: None, client: Client) -> None:
    assert 'value="0abc&lt;"' in client.post(CHECK, {"checksum": "0abc<"}).content.decode()


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name="),
        ("multipart/form-data", b"no boundary"),
        ("application/json", b"{}"),
        ("multipart/form-data; boundary=" + "\u00e9", b"x"),
    ],
)
def test_a_broken_request_is_no_server_error(db: None, client: Client, content_type: str, body: bytes) -> None:
    cache.clear()
    assert client.generic("POST", CHECK, body, content_type=content_type).status_code == 422


def test_a_file_is_kept_nowhere_and_one_that_is_too_large_is_not_read(
    meeting: MeetingPage, client: Client, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = "/nowhere"
    data = b"x" * 6_000_000
    shown = upload(client, data).content.decode()
    assert hashlib.sha512(data).hexdigest() in shown
    monkeypatch.setattr(checking, "LARGEST", 1000)
    monkeypatch.setattr(checking, "HashOnly", None)
    answer = upload(client, data)
    assert (answer.status_code, "larger than any pack" in answer.content.decode()) == (422, True)


def test_one_place_does_not_check_without_end(db: None, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(checking, "FROM_ONE_PLACE", 2)
    statuses = [client.post(CHECK, {"checksum": "0" * 128}).status_code for _number in range(3)]
    assert statuses == [200, 200, 429]
    assert client.get(CHECK).status_code == 200
