"""An administrator takes away what somebody has lost: nobody else does, the person is told, and it stands in the history."""

from io import StringIO

from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from governance.enums import Role
from governance.exceptions import NotAllowed, Refused
from governance.models import BoardPage, Delivery, LedgerEntry, User
from governance.operations.roles import give_role
from governance.operations.second_factor import TAKEN_AWAY, take_away_second_factor
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(db: None) -> User:
    """Somebody with an app and recovery codes."""
    user = building.make_user("sam", is_superuser=False, is_staff=False)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def test_it_is_taken_away_told_and_written_down(board: BoardPage, clerk: User, sam: User) -> None:
    TOTP.activate(clerk, generate_totp_secret())
    entries = LedgerEntry.objects.count()
    assert take_away_second_factor(user=sam, reason=" Came to the office. ", by=clerk) == 2
    assert list(Authenticator.objects.values_list("user", flat=True)) == [clerk.pk], "nobody else's"
    entry = ModelLogEntry.objects.for_instance(sam).get(action=TAKEN_AWAY)
    assert (entry.user, entry.data["reason"]) == (clerk, "Came to the office.")
    assert entry.formatter.format_message(entry) == "Second factor taken away. Came to the office."
    (told,) = Delivery.objects.all()
    assert told.to == sam.email and "because it was said to be lost" in told.text
    assert LedgerEntry.objects.count() == entries, "the ledger tells the public of nobody's log-in"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_takes_any_away(board: BoardPage, clerk: User, sam: User, role: Role) -> None:
    other = building.make_user("other", is_superuser=False, is_staff=False)
    give_role(user=other, role=role, **building.holder_of(role, board))
    other = User.objects.get(pk=other.pk)
    with pytest.raises(NotAllowed):
        take_away_second_factor(user=sam, reason="They asked.", by=other)
    client = Client()
    client.force_login(other)
    assert client.post(reverse("take_away_second_factor", args=[sam.pk]), {"reason": "They asked."}).status_code == 302
    assert Authenticator.objects.filter(user=sam).count() == 2


def test_what_is_refused_says_why(board: BoardPage, clerk: User, sam: User) -> None:
    administrator = building.make_user("admin", is_superuser=False, is_staff=False)
    give_role(user=administrator, role=Role.ADMINISTRATOR)
    administrator = User.objects.get(pk=administrator.pk)
    for user, by in ((clerk, clerk), (administrator, administrator), (clerk, administrator)):
        with pytest.raises(NotAllowed, match="Only another administrator"):
            take_away_second_factor(user=user, reason="They asked.", by=by)
    with pytest.raises(Refused, match="how you know"):
        take_away_second_factor(user=sam, reason="  ", by=administrator)
    assert take_away_second_factor(user=sam, reason="They asked.", by=administrator) == 2
    with pytest.raises(Refused, match="sam has no second factor"):
        take_away_second_factor(user=sam, reason="They asked.", by=administrator)


def test_the_step_is_offered_in_the_list_of_log_ins(board: BoardPage, clerk: User, sam: User, client: Client) -> None:
    client.force_login(clerk)
    step = reverse("take_away_second_factor", args=[sam.pk])
    listed = client.get(reverse("wagtailusers_users:index")).content.decode()
    assert step in listed and reverse("take_away_second_factor", args=[clerk.pk]) not in listed
    page = client.get(step).content.decode()
    assert "shown to the public" not in page and "How you know who asks" in page
    empty = client.post(step, {"reason": ""})
    assert empty.status_code == 400
    assert client.post(step, {"reason": "Came to the office."})["Location"] == reverse("wagtailusers_users:index")
    assert not Authenticator.objects.filter(user=sam).exists()
    assert "sam has no second factor" in client.post(step, {"reason": "Again."}).content.decode()


def test_whoever_runs_the_server_helps_the_last_administrator(clerk: User) -> None:
    TOTP.activate(clerk, generate_totp_secret())
    call_command("take_away_second_factor", "clerk", "I know them.", stdout=StringIO())
    assert not Authenticator.objects.exists()
    entry = ModelLogEntry.objects.for_instance(clerk).get(action=TAKEN_AWAY)
    assert (entry.user, entry.data["reason"]) == (None, "I know them.")
    assert "Whoever runs the server took away" in Delivery.objects.get().text
    for name, words in (("clerk", "has no second factor"), ("nobody", "Nobody has the log-in")):
        with pytest.raises(CommandError, match=words):
            call_command("take_away_second_factor", name, "I know them.")
