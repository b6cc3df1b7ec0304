"""Who opens a restricted paper, by the one door there is, and who takes which step with it."""

from pathlib import Path
from typing import Any

from django.conf import settings as site
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

import pytest

from governance.enums import Role
from governance.models import BoardPage, LedgerEntry, User
from governance.needs_doing import needs_of
from minutes.enums import InterestAction
from minutes.models import Paper, RestrictedPaper, RestrictedPart, RestrictedReading
from minutes.operations.releasing_papers import propose_paper_release
from minutes.operations.restricted_checking import check_restricted_paper
from minutes.operations.restricted_papers import withdraw_restricted_paper
from tests import building
from tests.minutes.paper_stage import upload
from tests.minutes.papers import samples
from tests.minutes.restricted_stage import (
    CANARY,
    bring_paper,
    checked_paper,
    declare,
    make_part,
    make_private_item,
    paper_saying,
    somebody,
)
from tests.minutes.test_restricted_views import logged_in

pytestmark = pytest.mark.django_db
STEPS = (
    "replace_restricted_paper",
    "accept_restricted_paper",
    "withdraw_restricted_paper",
    "propose_paper_release",
    "release_paper",
    "return_paper_release",
)


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part of a public item."""
    return make_part(make_private_item(board, clerk), clerk)


@pytest.fixture
def paper(part: RestrictedPart, clerk: User) -> RestrictedPaper:
    """A checked paper of it."""
    return checked_paper(part, clerk)


def door(paper: RestrictedPaper, which: str = "copy") -> str:
    """Where a file is opened."""
    return reverse("restricted_paper", args=[paper.pk, which])


def content_of(answer: Any) -> bytes:
    """What was sent."""
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def step(name: str, paper: RestrictedPaper) -> str:
    """Where a step is taken."""
    return reverse(name, args=[paper.part.item_id, paper.pk])


def test_every_role_gets_what_the_policy_says(board: BoardPage, clerk: User, paper: RestrictedPaper) -> None:
    works, reads, nothing = (200, 200), (200, 404), (404, 404)
    for number, (role, seat, expected) in enumerate(
        [
            (Role.EDITOR, "", works),
            (Role.APPROVER, "", works),
            (Role.ADMINISTRATOR, "", works),
            (Role.AUDITOR, "", reads),
            (None, "member", reads),
            (Role.AUTHOR, "", nothing),
            (Role.PARTNER, "", nothing),
            (Role.MEMBER, "", nothing),
            (None, "", nothing),
        ]
    ):
        user = somebody(f"role-{number}", board, role, seat)
        got = tuple(logged_in(user).get(door(paper, which)).status_code for which in ("copy", "original"))
        assert got == expected, (role, seat)
        assert RestrictedReading.objects.filter(by=user, paper=paper).count() == got.count(200)
    assert Client().get(door(paper)).status_code == 302
    assert logged_in(clerk).get(door(paper, "other")).status_code == 404
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    assert logged_in(somebody("elsewhere", other, seat="chair")).get(door(paper)).status_code == 404


def test_a_file_is_sent_whole_and_kept_by_nobody(board: BoardPage, paper: RestrictedPaper) -> None:
    client = logged_in(somebody("member", board, seat="member"))
    ways: list[dict[str, Any]] = [{}, {"HTTP_RANGE": "bytes=0-9"}, {"HTTP_IF_NONE_MATCH": "*"}]
    for how in ways:
        answer = client.get(door(paper), **how)
        assert answer.status_code == 200
        sent = content_of(answer)
        assert sent.startswith(b"%PDF-") and len(sent) == int(answer.headers["Content-Length"])
        assert {"private", "no-store"} <= set(answer.headers["Cache-Control"].replace(" ", "").split(","))
        assert answer.headers["Content-Disposition"] == 'inline; filename="restricted-paper-1.pdf"'
        assert not {"ETag", "Last-Modified", "Accept-Ranges"} & set(answer.headers)
        assert CANARY not in repr(answer.headers)
    asked = client.head(door(paper))
    assert (asked.status_code, asked.content, int(asked.headers["Content-Length"])) == (200, b"", len(sent))
    assert client.post(door(paper)).status_code == 405


def test_a_declared_interest_shuts_the_door_at_once(board: BoardPage, clerk: User, paper: RestrictedPaper) -> None:
    member, stays = somebody("member", board, Role.EDITOR, seat="member"), somebody("stays", board, seat="member")
    assert logged_in(member).get(door(paper)).status_code == 200
    declare(paper.part.item, clerk, InterestAction.LEFT, member.person)
    for address in (door(paper), door(paper, "original"), *(step(name, paper) for name in STEPS)):
        assert logged_in(member).get(address).status_code == 404, address
    assert logged_in(stays).get(door(paper)).status_code == 200


def test_members_read_what_is_checked_alone(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    member = logged_in(somebody("member", board, seat="member"))
    waiting = bring_paper(part, clerk)
    page = reverse("members_restricted", args=[part.item_id])
    assert f"{CANARY} paper" not in member.get(page).content.decode()
    assert member.get(door(waiting)).status_code == 404
    check_restricted_paper(paper=waiting.pk)
    shown = member.get(page).content.decode()
    assert f"{CANARY} paper" in shown and door(waiting) in shown and f"{CANARY} file" not in shown
    withdraw_restricted_paper(paper=waiting, by=clerk, because="Wrong.")
    assert f"{CANARY} paper" not in member.get(page).content.decode()
    assert member.get(door(waiting)).status_code == 404
    assert content_of(logged_in(clerk).get(door(waiting)))


def test_not_yours_and_not_there_are_answered_alike(board: BoardPage, paper: RestrictedPaper) -> None:
    for client in (logged_in(somebody("stranger")), logged_in(somebody("author", board, Role.AUTHOR))):
        answers = [client.get(reverse("restricted_paper", args=[key, "copy"])) for key in (paper.pk, 10**6)]
        assert len({(answer.status_code, answer.content) for answer in answers}) == 1
        for name in STEPS:
            answers = [client.get(reverse(name, args=[paper.part.item_id, key])) for key in (paper.pk, 10**6)]
            assert len({(answer.status_code, answer.content) for answer in answers}) == 1
            assert client.post(step(name, paper), {"because": "x", "title": "x"}).status_code in {302, 404}
        address = reverse("add_restricted_paper", args=[paper.part.item_id])
        assert client.post(address, {"title": "x", "kind": "report", "upload": upload()}).status_code in {302, 404}
    assert RestrictedPaper.objects.get().state == "checked"
    assert not Paper.objects.exists()


def test_a_paper_goes_through_its_pages(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    editor = logged_in(somebody("editor", board, Role.EDITOR))
    approver, second = (logged_in(somebody(name, board, Role.APPROVER)) for name in ("approver", "second"))
    home, add = reverse("restricted_part", args=[part.item_id]), reverse("add_restricted_paper", args=[part.item_id])
    assert add in editor.get(home).content.decode() and add not in approver.get(home).content.decode()
    assert approver.get(add).status_code == 404
    assert "no-store" in editor.get(add).headers["Cache-Control"]
    refused = editor.post(add, {"title": CANARY, "kind": "report", "upload": upload(b"hello", "notes.txt")})
    assert refused.status_code == 409 and "plain text" in refused.content.decode()
    assert editor.post(add, {"title": CANARY, "kind": "report"}).status_code == 400
    data = samples.pdf("BT /F1 12 Tf 72 700 Td (The price) Tj ET", change=samples.javascript)
    sent = editor.post(add, {"title": CANARY, "kind": "appendix", "upload": upload(data, f"{CANARY}.pdf")})
    assert sent.status_code == 302
    paper = RestrictedPaper.objects.get()
    check_restricted_paper(paper=paper.pk)
    shown = editor.get(home).content.decode()
    assert "JavaScript" in shown and f"{CANARY}.pdf" in shown and step("accept_restricted_paper", paper) in shown
    today = timezone.localdate()
    assert "Look at Restricted paper 1: it cannot be used yet" in [
        need.words for need in needs_of(User.objects.get(username="editor"), today).waiting
    ]
    auditor = logged_in(somebody("auditor", board, Role.AUDITOR))
    assert auditor.post(step("accept_restricted_paper", paper), {"because": "x"}).status_code == 404
    assert approver.post(step("accept_restricted_paper", paper), {"because": "The programme was removed."}).status_code == 302
    assert approver.get(step("propose_paper_release", paper)).context["form"].initial["title"] == CANARY
    asked = {"title": "The contract", "because": "It is signed."}
    assert approver.post(step("propose_paper_release", paper), asked).status_code == 302
    assert step("release_paper", paper) in approver.get(home).content.decode()
    reading = second.get(step("release_paper", paper)).content.decode()
    assert "The contract" in reading and door(paper) in reading
    assert "Read the release that is proposed, and publish or return it" in [
        need.words for need in needs_of(User.objects.get(username="second"), today).waiting
    ]
    assert approver.post(step("release_paper", paper)).status_code == 409
    assert second.post(step("return_paper_release", paper), {"comment": "Another title."}).status_code == 302
    assert "No release of this paper" in second.post(step("release_paper", paper)).content.decode()
    assert approver.post(step("propose_paper_release", paper), asked).status_code == 302
    assert second.post(step("release_paper", paper)).status_code == 302
    assert Paper.objects.get().title == "The contract"
    assert "Public as" in editor.get(home).content.decode()
    assert not LedgerEntry.objects.filter(note__contains=CANARY).exists()


def test_a_newer_file_is_brought_and_a_paper_taken_back(board: BoardPage, paper: RestrictedPaper) -> None:
    editor = logged_in(somebody("editor", board, Role.EDITOR))
    replace, back = step("replace_restricted_paper", paper), step("withdraw_restricted_paper", paper)
    assert editor.get(replace).context["form"].initial["title"] == f"{CANARY} paper"
    newer = {"title": "Newer", "kind": "report", "upload": upload(paper_saying("Newer"))}
    assert editor.post(replace, newer).status_code == 302
    assert RestrictedPaper.objects.count() == 2
    newest = RestrictedPaper.objects.get(version=2)
    assert editor.get(back).status_code == 200
    assert editor.post(step("withdraw_restricted_paper", newest), {"because": "Wrong file."}).status_code == 302
    assert "Taken back on" in editor.get(reverse("restricted_part", args=[paper.part.item_id])).content.decode()


def test_without_its_key_every_page_says_a_sentence(
    board: BoardPage, clerk: User, paper: RestrictedPaper, settings: Any
) -> None:
    client = logged_in(clerk)
    propose_paper_release(paper=paper, title="T", because="B", by=somebody("other", board, Role.APPROVER))
    settings.RESTRICTED_KEYS = []
    answer = client.get(door(paper))
    assert answer.status_code == 409 and "RESTRICTED_KEYS" in answer.content.decode()
    for name in STEPS:
        assert client.get(step(name, paper)).status_code == 200
        given = {"because": "x", "title": "x", "comment": "x", "kind": "report", "upload": upload()}
        assert client.post(step(name, paper), given).status_code in {302, 409}, name
    assert reverse("restricted_part", args=[paper.part.item_id])
    # The part itself still opens where only the paper does not.
    settings.RESTRICTED_KEYS = []
    assert client.get(reverse("members_restricted", args=[paper.part.item_id])).status_code == 409
    assert RestrictedPaper.objects.get().state == "checked"


def test_a_paper_that_does_not_open_leaves_the_others_readable(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    first, second = checked_paper(part, clerk), checked_paper(part, clerk, paper_saying("Second"), title="The second")
    RestrictedPaper.objects.filter(pk=first.pk).update(sealed=second.sealed)
    shown = logged_in(clerk).get(reverse("members_restricted", args=[part.item_id])).content.decode()
    assert "Restricted paper 1: What is kept here was sealed for another paper" in shown and "The second" in shown
    assert (
        "What is kept here was sealed" in logged_in(clerk).get(reverse("restricted_part", args=[part.item_id])).content.decode()
    )


def test_many_papers_cost_no_more_queries_than_few(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    def asked(address: str) -> int:
        client = logged_in(clerk)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    addresses = [reverse(name, args=[part.item_id]) for name in ("restricted_part", "members_restricted")]
    bring_paper(part, clerk)
    before = [asked(address) for address in addresses]
    for number in range(5):
        bring_paper(part, clerk, paper_saying(f"Word{number}"))
    assert [asked(address) for address in addresses] == before


def test_a_large_upload_lies_in_a_folder_of_ours_alone(board: BoardPage, part: RestrictedPart) -> None:
    editor = logged_in(somebody("editor", board, Role.EDITOR))
    large = paper_saying() + b"\n%" + b"x" * 3_000_000
    given = {"title": CANARY, "kind": "report", "upload": upload(large)}
    assert editor.post(reverse("add_restricted_paper", args=[part.item_id]), given).status_code == 302
    assert list((Path(site.VAR) / "uploads").iterdir()) == []
    name = str(RestrictedPaper.objects.get().original)
    with storages["restricted"].open(name) as opened:
        assert CANARY.encode() not in opened.read()
