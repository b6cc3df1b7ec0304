"""Telling members, substitutes and authors of a pack: once each, by mail or on paper."""

from datetime import date, timedelta
from typing import Any

from django.core import mail
from django.utils import timezone

import pytest

from governance.enums import PacksBy, Role
from governance.exceptions import Refused
from governance.models import BoardPage, Delivery, Membership, Person, User
from governance.operations.mail import send_deliveries
from governance.operations.roles import give_role
from minutes.enums import MeetingStatus, PackAudience, PackEdition, PackKind
from minutes.models import AgendaItemPage, Dispatch, MeetingPage, Supplement
from minutes.operations.dispatching import dispatch_pack, mark_posted
from minutes.operations.meetings import set_status
from minutes.operations.pack_withdrawal import withdraw_pack
from tests import building
from tests.minutes.packing_stage import build_at_once, issued, make_meeting

pytestmark = pytest.mark.django_db
LATER = timezone.now().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=30)


@pytest.fixture
def meeting(board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch) -> MeetingPage:
    """A meeting in a month with a published agenda, whose packs are built at once."""
    build_at_once(monkeypatch)
    return make_meeting(board, clerk, starts_at=LATER)


def seat(board: BoardPage, name: str, email: str = "", role: str = "member", **fields: Any) -> Person:
    """Somebody who sits on the board."""
    person = Person.objects.create(name=name, email=email)
    fields.setdefault("from_date", date(2026, 1, 1))
    Membership.objects.create(person=person, board=board, role=role, **fields)
    return person


def sent() -> dict[str, Any]:
    """The mails that went out, by address."""
    send_deliveries()
    return {message.to[0]: message for message in mail.outbox}


def test_members_substitutes_and_authors_are_told_once(board: BoardPage, meeting: MeetingPage, clerk: User) -> None:
    member = seat(board, "Siân Ŵyn", "sian@example.org", role="chair")
    seat(board, "Tom Ashby", "tom@example.org", role="substitute")
    seat(board, "Ada Former", "ada@example.org", to_date=date(2026, 2, 1))
    building.make_user("sian", is_superuser=False, person=member)
    author = building.make_user("author", is_superuser=False, is_staff=False)
    give_role(user=author, role=Role.AUTHOR, board=board)
    idle = building.make_user("idle", is_superuser=False, is_staff=False)
    give_role(user=idle, role=Role.AUTHOR, board=board)
    AgendaItemPage.objects.child_of(meeting).filter(title="Home care").update(owner=author)
    pack = issued(meeting, clerk)
    mails = sent()
    assert set(mails) == {"sian@example.org", "tom@example.org", "author@example.org"}
    assert mails["sian@example.org"].subject.endswith(": the agenda pack")
    assert "/members/" in mails["sian@example.org"].body
    assert f"/packs/{pack.slug}/" in mails["tom@example.org"].body
    assert "substitute on the Health and Wellbeing Board" in mails["tom@example.org"].body
    assert "wrote a report" in mails["author@example.org"].body
    assert "Home care" not in "".join(f"{message.body}{message.subject}" for message in mail.outbox)
    assert sorted(Dispatch.objects.values_list("name", "role")) == [
        ("Siân Ŵyn", "member"),
        ("Tom Ashby", "substitute"),
        ("author", "author"),
    ]
    assert dispatch_pack(pack=pack, at=timezone.now()) == []
    assert send_deliveries() == 0


def test_what_somebody_prefers_is_kept_to_and_who_has_no_address_gets_paper(
    board: BoardPage, meeting: MeetingPage, clerk: User
) -> None:
    seat(board, "A Screen", "a@example.org")
    seat(board, "B Paper", "b@example.org", packs_by=PacksBy.PAPER)
    seat(board, "C Both", "c@example.org", packs_by=PacksBy.BOTH)
    seat(board, "D Nowhere")
    two = seat(board, "E Twice", "e@example.org", role="substitute")
    Membership.objects.create(person=two, board=board, from_date=date(2026, 1, 1), packs_by=PacksBy.PAPER)
    Person.objects.filter(name="A Screen").update(email="not an address")
    issued(meeting, clerk)
    rows = {
        row.name: (row.delivery_id is not None, row.on_paper, row.paper_because, row.role) for row in Dispatch.objects.all()
    }
    assert rows == {
        "A Screen": (False, True, "The e-mail address cannot be written to.", "member"),
        "B Paper": (False, True, "", "member"),
        "C Both": (True, True, "", "member"),
        "D Nowhere": (False, True, "No e-mail address is known.", "member"),
        "E Twice": (True, True, "", "member"),
    }


def test_a_later_version_tells_what_changed(board: BoardPage, meeting: MeetingPage, clerk: User) -> None:
    seat(board, "Siân Ŵyn", "sian@example.org")
    issued(meeting, clerk)
    sent()
    mail.outbox.clear()
    building.make_item(meeting, clerk, "Cycling")
    issued(meeting, clerk)
    (message,) = sent().values()
    assert message.subject.endswith(": the agenda pack has changed")
    assert "This is version 2." in message.body and "What has changed since version 1:" in message.body


def test_a_supplement_says_what_is_new(board: BoardPage, meeting: MeetingPage, clerk: User) -> None:
    seat(board, "Siân Ŵyn", "sian@example.org")
    late = Supplement.objects.create(meeting=meeting, number=1, says="The budget report", published_at=timezone.now())
    issued(meeting, clerk, kind=PackKind.SUPPLEMENT, supplement=late)
    issued(meeting, clerk, kind=PackKind.CONSOLIDATED)
    (message,) = sent().values()
    assert message.subject.endswith(": supplement 1")
    assert "What is new: The budget report." in message.body


@pytest.mark.parametrize(
    "asked", [{"audience": PackAudience.MEMBERS}, {"edition": PackEdition.LARGE_PRINT}, {"kind": PackKind.ACTIONS}]
)
def test_other_packs_are_announced_to_nobody(board: BoardPage, meeting: MeetingPage, clerk: User, asked: dict) -> None:
    seat(board, "Siân Ŵyn", "sian@example.org")
    issued(meeting, clerk, **asked)
    assert not Dispatch.objects.exists()


def test_nobody_is_told_of_the_pack_of_a_meeting_that_has_been(
    board: BoardPage, clerk: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_at_once(monkeypatch)
    seat(board, "Siân Ŵyn", "sian@example.org")
    issued(make_meeting(board, clerk, starts_at=building.london(2026, 3, 5, 14)), clerk)
    assert not Dispatch.objects.exists()


@pytest.mark.parametrize("what", ["pack withdrawn", "meeting cancelled"])
def test_a_mail_that_has_not_gone_out_is_stopped(board: BoardPage, meeting: MeetingPage, clerk: User, what: str) -> None:
    seat(board, "Siân Ŵyn", "sian@example.org")
    pack = issued(meeting, clerk)
    if what == "pack withdrawn":
        withdraw_pack(pack=pack, by=clerk, reason="It named a person.")
    else:
        set_status(meeting=meeting, status=MeetingStatus.CANCELLED, reason="Flooding.", by=clerk)
    assert "sian@example.org" not in sent()
    delivery = Dispatch.objects.get().delivery
    assert delivery is not None and delivery.sent_at is None and delivery.failed_because


def test_mail_of_which_no_row_is_left_is_not_sent(meeting: MeetingPage) -> None:
    Delivery.objects.create(
        key="dispatch:0",
        to="a@example.org",
        subject="x",
        text="x",
        kind="dispatch",
        created_at=LATER,
        next_try_at=timezone.now(),
    )
    assert sent() == {}


def test_paper_copies_are_marked_as_posted_by_whom(board: BoardPage, meeting: MeetingPage, clerk: User) -> None:
    seat(board, "B Paper", packs_by=PacksBy.PAPER)
    seat(board, "A Screen", "a@example.org")
    pack = issued(meeting, clerk)
    paper, screen = Dispatch.objects.get(on_paper=True), Dispatch.objects.get(on_paper=False)
    for wrong in ([], [screen.pk], [paper.pk, 0]):
        with pytest.raises(Refused, match="Choose whose"):
            mark_posted(pack=pack, rows=wrong, by=clerk)
    assert mark_posted(pack=pack, rows=[paper.pk], by=clerk) == 1
    paper.refresh_from_db()
    first = paper.posted_at
    assert (paper.posted_by, first is not None) == (clerk, True)
    assert mark_posted(pack=pack, rows=[paper.pk], by=building.make_user("other")) == 0
    paper.refresh_from_db()
    assert (paper.posted_by, paper.posted_at) == (clerk, first)
