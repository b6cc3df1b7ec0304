"""The closed minute of an item, confirmed in the closed part: as read or with corrections, both kept sealed."""

from datetime import date
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

import pytest
from cryptography.fernet import Fernet

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, LedgerEntry, User
from minutes.models import ClosedConfirmation, MeetingPage, RestrictedPart, RestrictedWords
from minutes.operations.closed_confirming import confirm_closed_minute
from tests import building
from tests.building import london
from tests.kept import kept
from tests.minutes.restricted_stage import CANARY, WORDS, make_part, make_private_item, release, somebody
from tests.minutes.test_restricted_views import logged_in

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)


@pytest.fixture
def part(board: BoardPage, clerk: User) -> RestrictedPart:
    """A part with a closed minute."""
    return kept("restricted part", lambda: make_part(make_private_item(board, clerk), clerk))


def confirm(part: RestrictedPart, by: User, **changed: Any) -> ClosedConfirmation:
    """Confirm a closed minute as read."""
    usual = {"minute": WORDS.minute, "confirmed_on": DAY, "seen": part.version, "presided_by": f"{CANARY} presided"}
    return confirm_closed_minute(part=part, by=by, **{**usual, **changed})


def test_it_is_confirmed_as_read_and_final(part: RestrictedPart, clerk: User) -> None:
    confirmation = confirm(part, clerk)
    assert (confirmation.is_corrected, confirmation.draft(), str(confirmation)) == (
        False,
        WORDS.minute,
        "Confirmation of a closed minute",
    )
    now = RestrictedPart.objects.get()
    assert (now.version, now.words()) == (1, WORDS)
    with pytest.raises(Refused, match="closed minute is confirmed"):
        make_part(part.item, clerk)
    with pytest.raises(Refused, match="confirmed already"):
        confirm(now, clerk)
    entry = LedgerEntry.objects.filter(page=part.item_id).order_by("pk").last()
    assert entry is not None and entry.note == "Closed minute confirmed on 2026-11-12"


def test_it_is_confirmed_with_corrections_and_both_are_kept_sealed(part: RestrictedPart, clerk: User) -> None:
    # The public minutes may be confirmed before.
    MeetingPage.objects.filter(pk=part.item.meeting.pk).update(status="confirmed")
    confirm(part, clerk, minute=f"{CANARY} minute, put right")
    now, confirmation = RestrictedPart.objects.get(), ClosedConfirmation.objects.get()
    assert (now.version, now.words().minute, now.words().text) == (2, f"{CANARY} minute, put right", WORDS.text)
    assert confirmation.is_corrected and confirmation.draft() == f"{CANARY} minute"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_draft FROM minutes_closedconfirmation")
        assert CANARY not in repr(cursor.fetchall())
    assert release(now, now.words(), "Signed.", clerk).whole


def test_it_refuses_what_cannot_have_been(part: RestrictedPart, board: BoardPage, clerk: User) -> None:
    early = building.make_meeting(board, clerk, london(2026, 9, 1, 14))
    far = building.make_meeting(board, clerk, london(2099, 9, 1, 14))
    for changed, why in (
        ({"minute": " "}, "not taken away"),
        ({"confirmed_on": date(2026, 10, 1)}, "not before its meeting"),
        ({"confirmed_on": date(2099, 1, 1)}, "not to come"),
        ({"seen": 7}, "Somebody else wrote"),
        ({"at_meeting": early}, "next suitable meeting"),
        ({"at_meeting": far}, "has not taken place"),
    ):
        with pytest.raises(Refused, match=why):
            confirm(part, clerk, **changed)
    other = building.make_meeting(building.make_board(clerk, "PLACE", "Place Board"), clerk, london(2026, 11, 1, 14))
    with pytest.raises(Refused, match="another board"):
        confirm(part, clerk, at_meeting=other)
    without = make_part(make_private_item(board, clerk, title="B"), clerk, RestrictedWords(text="x"))
    with pytest.raises(Refused, match="no closed minute"):
        confirm(without, clerk)
    release(part, WORDS, "Signed.", clerk)
    with pytest.raises(Refused, match="released"):
        confirm(RestrictedPart.objects.get(pk=part.pk), clerk)
    assert not ClosedConfirmation.objects.exists()


def test_it_is_confirmed_on_its_page_and_the_public_reads_the_day_alone(
    part: RestrictedPart, board: BoardPage, clerk: User, settings: Any
) -> None:
    address, home = (reverse(name, args=[part.item_id]) for name in ("confirm_closed", "restricted_part"))
    later = building.make_meeting(board, clerk, london(2026, 11, 12, 14))
    approver = logged_in(somebody("approver", board, Role.APPROVER))
    assert address in approver.get(home).content.decode()
    for user in (somebody("author", board, Role.AUTHOR), somebody("auditor", board, Role.AUDITOR)):
        assert logged_in(user).get(address).status_code in {302, 404}
        assert logged_in(user).post(address, {"minute": "x"}).status_code in {302, 404}
    shown = approver.get(address)
    assert shown.context["form"].initial["at_meeting"] == later.pk and "no-store" in shown.headers["Cache-Control"]
    given = {"minute": f"{CANARY} put right", "at_meeting": later.pk, "confirmed_on": "2026-11-12", "seen": 1}
    assert approver.post(address, {**given, "confirmed_on": ""}).status_code == 400
    assert approver.post(address, {**given, "seen": 9}).status_code == 409
    assert approver.post(address, given).status_code == 302
    told = approver.get(home).content.decode()
    assert "Confirmed in the closed part on 12 November 2026, with corrections" in told
    assert f"{CANARY} put right" in told and f"{CANARY} minute" in told and address not in told
    page = Client().get(part.item.get_url()).content.decode()
    assert "The closed minute of this item was confirmed on 12 November 2026." in page and CANARY not in page
    member = logged_in(somebody("member", board, seat="member")).get(reverse("members_restricted", args=[part.item_id]))
    assert "Confirmed on 12 November 2026." in member.content.decode()
    settings.RESTRICTED_KEYS = []
    assert approver.get(home).status_code == 409


def test_keys_are_changed_and_the_database_keeps_it(part: RestrictedPart, clerk: User, settings: Any) -> None:
    confirm(part, clerk)
    new = [Fernet.generate_key().decode()]
    settings.RESTRICTED_KEYS = [*new, *settings.RESTRICTED_KEYS]
    call_command("rotate_restricted_keys", stdout=StringIO())
    settings.RESTRICTED_KEYS = new
    assert ClosedConfirmation.objects.get().draft() == WORDS.minute
    for attempt in (
        lambda: ClosedConfirmation.objects.update(confirmed_on=date(2026, 12, 1)),
        lambda: ClosedConfirmation.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
