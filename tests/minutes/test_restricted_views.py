"""Who opens a part that is not for publication, by which door, and what each is told."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import pytest
from bs4 import BeautifulSoup
from cryptography.fernet import Fernet

from governance.enums import Role
from governance.models import BoardPage, Membership, User
from minutes.enums import InterestAction
from minutes.models import AgendaItemPage, ResolutionPage, RestrictedPart, RestrictedReading, RestrictedRelease, RestrictedWords
from minutes.restricted_reading import may_read_restricted
from tests import building
from tests.kept import kept
from tests.minutes.restricted_stage import CANARY, WORDS, declare, ground, make_part, make_private_item, somebody

pytestmark = pytest.mark.django_db
STEPS = (
    "write_restricted",
    "draft_exclusion",
    "continue_restriction",
    "release_restricted",
    "release_proposed",
    "return_release",
    "publish_summary",
)


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part of a public item."""
    return kept("restricted part", lambda: make_part(make_private_item(board, clerk), clerk))


def logged_in(user: User) -> Client:
    """A browser of somebody's."""
    client = Client()
    client.force_login(user)
    return client


def members_page(user: User, item: int) -> Any:
    """The part as the members' area gives it."""
    return logged_in(user).get(reverse("members_restricted", args=[item]))


@pytest.mark.parametrize(
    ("role", "reads"),
    [
        (Role.EDITOR, True),
        (Role.APPROVER, True),
        (Role.ADMINISTRATOR, True),
        (Role.AUDITOR, True),
        (Role.AUTHOR, False),
        (Role.PARTNER, False),
        (Role.MEMBER, False),
        (None, False),
    ],
)
def test_the_role_says_who_reads(board: BoardPage, part: RestrictedPart, role: Role | None, reads: bool) -> None:
    user = somebody("reader-of-roles", board, role)
    assert may_read_restricted(user, part) is reads
    page = members_page(user, part.item_id)
    assert page.status_code == (200 if reads else 404)
    assert (CANARY in page.content.decode()) is reads
    admin = logged_in(user).get(reverse("restricted_part", args=[part.item_id]))
    assert (CANARY in admin.content.decode()) is reads
    assert RestrictedReading.objects.filter(by=user).count() == (2 if reads else 0)


def test_members_of_the_board_read_it_once_the_agenda_is_public(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    member = somebody("member", board, seat="member")
    page = members_page(member, part.item_id)
    assert page.status_code == 200
    assert {"private", "no-store"} <= set(page.headers["Cache-Control"].replace(" ", "").split(","))
    assert WORDS.title in page.content.decode()
    assert BeautifulSoup(page.content, "html.parser").title.get_text().find(CANARY) == -1  # type: ignore[union-attr]
    draft = make_part(make_private_item(board, clerk, publish=False, title="Not public yet"), clerk)
    assert members_page(member, draft.item_id).status_code == 404
    other = building.make_board(clerk, "PLACE", "Place Partnership Board")
    assert members_page(somebody("other", other, seat="chair"), part.item_id).status_code == 404
    Membership.objects.filter(person=member.person).update(to_date=date(2026, 2, 1))
    assert members_page(User.objects.get(pk=member.pk), part.item_id).status_code == 404
    assert Client().get(reverse("members_restricted", args=[part.item_id])).status_code == 302


@pytest.mark.parametrize(
    ("did", "reads"), [(InterestAction.LEFT, False), (InterestAction.SPOKE_AND_LEFT, False), (InterestAction.STAYED, True)]
)
@pytest.mark.parametrize("by_name", [True, False])
def test_who_left_for_an_interest_reads_it_no_more(
    board: BoardPage, clerk: User, part: RestrictedPart, did: str, reads: bool, by_name: bool
) -> None:
    member, colleague = somebody("member", board, Role.EDITOR, seat="member"), somebody("colleague", board, seat="member")
    declare(part.item, clerk, did, None if by_name else member.person, f"Councillor {member.person}, Ashmere Council")
    assert may_read_restricted(member, part) is reads
    assert may_read_restricted(colleague, part)
    area = logged_in(member).get(reverse("members_area")).content.decode()
    assert (reverse("members_restricted", args=[part.item_id]) in area) is reads
    for step in STEPS:
        assert (logged_in(member).get(reverse(step, args=[part.item_id])).status_code == 200) is reads


def test_not_yours_and_not_there_are_answered_alike(board: BoardPage, part: RestrictedPart) -> None:
    without = building.make_item(part.item.meeting, User.objects.get(username="clerk"), title="Open")
    stranger, author = logged_in(somebody("stranger", board, seat="")), logged_in(somebody("author", board, Role.AUTHOR))
    for name in ("members_restricted", "restricted_part", *STEPS):
        for client in (stranger, author):
            answers = [client.get(reverse(name, args=[key])) for key in (part.item_id, without.pk, 10**6)]
            assert len({(answer.status_code, answer.content) for answer in answers}) == 1, name
            assert answers[0].status_code in {302, 404}
    for step in STEPS:
        assert author.post(reverse(step, args=[part.item_id]), {"because": "x", "text": "x"}).status_code == 404
    assert RestrictedPart.objects.get().version == 1
    assert not RestrictedRelease.objects.all().exists()


def test_an_approver_releases_and_does_not_write(board: BoardPage, part: RestrictedPart) -> None:
    client = logged_in(somebody("approver", board, Role.APPROVER))
    for step, status in zip(STEPS, (404, 404, 200, 200, 200, 200, 200), strict=True):
        assert client.get(reverse(step, args=[part.item_id])).status_code == status, step
    auditor = logged_in(somebody("auditor", board, Role.AUDITOR))
    assert {auditor.get(reverse(step, args=[part.item_id])).status_code for step in STEPS} == {404}


def test_a_second_factor_is_asked_for_where_one_is_needed(settings: Any, clerk: User, part: RestrictedPart) -> None:
    settings.SECOND_FACTOR = "restricted"
    for name in ("members_restricted", "restricted_part", *STEPS):
        address = reverse(name, args=[part.item_id])
        for answer in (logged_in(clerk).get(address), logged_in(clerk).post(address, {"because": "x", "text": "x"})):
            if answer.status_code == 405:
                continue
            assert (answer.status_code, answer["Location"]) == (302, f"{reverse('second_factor')}?next={address}"), name
    assert members_page(somebody("stranger"), part.item_id).status_code == 404
    assert not RestrictedReading.objects.exists()
    assert (RestrictedPart.objects.get().version, RestrictedRelease.objects.count()) == (1, 0)


def test_no_key_opens_it_is_a_sentence_at_every_door(settings: Any, clerk: User, part: RestrictedPart) -> None:
    settings.RESTRICTED_KEYS = [Fernet.generate_key().decode()]
    client = logged_in(clerk)
    for name in ("members_restricted", "restricted_part", "write_restricted", "release_restricted"):
        answer = client.get(reverse(name, args=[part.item_id]))
        assert answer.status_code == 409, name
        assert "No key of this installation opens these words" in answer.content.decode()
    said = client.post(reverse("release_restricted", args=[part.item_id]), {"text": "Typed", "because": "Why"})
    assert (said.status_code, "Typed" in said.content.decode()) == (409, True)


def typed(**changed: Any) -> dict[str, Any]:
    """What the clerk sends."""
    usual = {
        "title": "Real",
        "text": "One\r\ntwo",
        "grounds": [ground().pk],
        "public_interest": "Because.",
        "decided_by": "Monitoring Officer",
        "review_on": "2100-01-01",
        "seen": 0,
    }
    return {**usual, **changed}


def test_the_clerk_writes_in_one_form_and_nothing_is_lost(board: BoardPage, clerk: User) -> None:
    item = make_private_item(board, clerk, publish=False)
    client, where = logged_in(clerk), reverse("write_restricted", args=[item.pk])
    panel = client.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()
    assert where in panel
    form = client.get(where)
    assert "no-store" in form.headers["Cache-Control"]
    assert "It would weaken the council&#x27;s hand." in form.content.decode()
    for wrong, status in (
        (typed(grounds=[]), 400),
        (typed(decided_by=" "), 400),
        (typed(seen=3), 409),
        (typed(review_on="2020-01-01"), 409),
    ):
        answer = client.post(where, wrong)
        assert answer.status_code == status
        assert "One\r\ntwo" in answer.content.decode().replace("\n", "\r\n").replace("\r\r", "\r")
    assert client.post(where, typed()).status_code == 302
    assert RestrictedPart.objects.get().words() == RestrictedWords(title="Real", text="One\ntwo")
    again = client.get(where).content.decode()
    assert "One" in again
    assert client.post(where, typed(seen=1, text="Three")).status_code == 302
    assert RestrictedPart.objects.get().version == 2
    assert "Open what is not for publication" in client.get(reverse("wagtailadmin_pages:edit", args=[item.pk])).content.decode()


def test_each_step_is_taken_on_a_page_of_its_own(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    client = logged_in(clerk)
    shown = reverse("restricted_part", args=[part.item_id])
    assert client.post(reverse("draft_exclusion", args=[part.item_id])).headers["Location"] == shown
    assert ResolutionPage.objects.get().title == "Exclusion of the press and public"
    assert client.post(reverse("draft_exclusion", args=[part.item_id])).status_code == 409
    kept_back = {"reason": "Not signed.", "review_on": "2101-01-01"}
    assert client.post(reverse("continue_restriction", args=[part.item_id]), kept_back).headers["Location"] == shown
    assert client.post(reverse("publish_summary", args=[part.item_id])).status_code == 409
    other = logged_in(somebody("approver", board, Role.APPROVER))
    assert part.public_summary in other.get(reverse("publish_summary", args=[part.item_id])).content.decode()
    assert other.post(reverse("publish_summary", args=[part.item_id])).status_code == 302
    address = part.item.get_url()
    public = Client().get(address).content.decode()
    assert part.public_summary in public
    assert CANARY not in public
    form = client.get(reverse("release_restricted", args=[part.item_id]))
    assert WORDS.minute in form.content.decode()
    assert (
        client.post(reverse("release_restricted", args=[part.item_id]), {"text": "Cleared", "because": "Signed."}).headers[
            "Location"
        ]
        == shown
    )
    assert "Cleared" not in Client().get(address).content.decode()
    assert client.post(reverse("release_proposed", args=[part.item_id])).status_code == 409
    reading = other.get(reverse("release_proposed", args=[part.item_id])).content.decode()
    for words in ("Cleared", "Signed.", "left out here"):
        assert words in reading
    assert other.post(reverse("release_proposed", args=[part.item_id])).headers["Location"] == shown
    public = Client().get(address).content.decode()
    for words in ("Cleared", "Signed.", "left out here"):
        assert words in public
    assert CANARY not in public
    page = client.get(shown).content.decode()
    for words in (
        "released in part",
        "kept back until 1 January 2101",
        "Not signed.",
        "The motion",
        "Public since",
        WORDS.resolved,
    ):
        assert words in page
    whole = {"title": WORDS.title, "text": WORDS.text, "resolved": WORDS.resolved, "minute": WORDS.minute, "because": "All."}
    assert client.post(reverse("release_restricted", args=[part.item_id]), whole).status_code == 302
    assert "A release is proposed" in client.get(shown).content.decode()
    assert other.post(reverse("return_release", args=[part.item_id]), {"comment": " "}).status_code == 400
    assert other.post(reverse("return_release", args=[part.item_id]), {"comment": "Not yet."}).status_code == 302
    assert other.post(reverse("release_proposed", args=[part.item_id])).status_code == 409
    assert client.post(reverse("release_restricted", args=[part.item_id]), whole).status_code == 302
    assert other.post(reverse("release_proposed", args=[part.item_id])).status_code == 302
    assert "Nothing is left out" in Client().get(address).content.decode()


def test_the_members_area_asks_as_often_for_many_parts_as_for_one(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    member = somebody("member", board, seat="member")
    client = logged_in(member)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse("members_area")).status_code == 200
        return len(queries)

    asked()
    before = asked()
    for number in range(3):
        make_part(make_private_item(board, clerk, title=f"Contract {number}"), clerk)
    assert asked() == before
    assert client.get(reverse("members_area")).content.decode().count("Not for publication") == 4


def test_what_needs_doing_names_reviews_and_lost_motions(board: BoardPage, clerk: User, part: RestrictedPart) -> None:
    home = reverse("wagtailadmin_home")
    editor = logged_in(somebody("editor", board, Role.EDITOR))
    assert "can be released" not in editor.get(home).content.decode()
    RestrictedPart.objects.update(review_on=date(2026, 1, 1))
    shown = editor.get(home).content.decode()
    assert "See whether “A contract” can be released" in shown
    assert reverse("restricted_part", args=[part.item_id]) in shown
    assert CANARY not in shown
    motion = building.make_resolution(AgendaItemPage.objects.get(pk=part.item_id), clerk, publish=False)
    ResolutionPage.objects.filter(pk=motion.pk).update(live=True, outcome="lost")
    RestrictedPart.objects.update(motion=motion)
    assert "the motion to exclude was not carried" in editor.get(home).content.decode()
