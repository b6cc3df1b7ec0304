"""After a laptop was lost an administrator logs somebody out everywhere: nobody else does, the person is told, and it stands in the history."""

from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from wagtail.models import ModelLogEntry

import pytest

from governance.enums import Role
from governance.exceptions import NotAllowed, Refused
from governance.models import BoardPage, Delivery, LedgerEntry, User
from governance.operations.log_ins import ENDED, end_sessions
from governance.operations.roles import give_role
from tests import building

pytestmark = pytest.mark.django_db


@pytest.fixture
def sam(db: None) -> User:
    """Somebody who is logged in on two machines."""
    return building.make_user("sam", is_superuser=False, is_staff=False)


def logged_in(user: User) -> Client:
    """A browser of theirs."""
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    """Whether somebody is still logged in there."""
    return client.get(reverse("members_area")).status_code == 200


def test_every_session_of_one_person_ends_and_nobody_elses(board: BoardPage, clerk: User, sam: User) -> None:
    lost, office, own = logged_in(sam), logged_in(sam), logged_in(clerk)
    anonymous = Client()
    anonymous.session.save()
    entries = LedgerEntry.objects.count()
    assert is_in(lost) and is_in(office)
    assert end_sessions(user=sam, reason=" Left on a train. ", by=clerk) == 2
    assert (is_in(lost), is_in(office), is_in(own)) == (False, False, True)
    entry = ModelLogEntry.objects.for_instance(sam).get(action=ENDED)
    assert (entry.user, entry.data) == (clerk, {"reason": "Left on a train.", "number": 2})
    assert entry.formatter.format_message(entry) == "Logged out everywhere. Left on a train."
    (told,) = Delivery.objects.all()
    assert told.to == sam.email and "Left on a train." in told.text
    assert LedgerEntry.objects.count() == entries, "the ledger tells the public of nobody's log-in"
    assert is_in(logged_in(sam)), "who knows the password logs in again"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_ends_any(board: BoardPage, clerk: User, sam: User, role: Role) -> None:
    other = building.make_user("other", is_superuser=False, is_staff=False)
    give_role(user=other, role=role, **building.holder_of(role, board))
    other = User.objects.get(pk=other.pk)
    open_there = logged_in(sam)
    with pytest.raises(NotAllowed):
        end_sessions(user=sam, reason="Why not.", by=other)
    assert logged_in(other).post(reverse("end_sessions", args=[sam.pk]), {"reason": "Why not."}).status_code == 302
    assert is_in(open_there)


def test_what_is_refused_says_why_and_ends_nothing(board: BoardPage, clerk: User, sam: User) -> None:
    administrator = building.make_user("admin", is_superuser=False, is_staff=False)
    give_role(user=administrator, role=Role.ADMINISTRATOR)
    administrator = User.objects.get(pk=administrator.pk)
    open_there = logged_in(clerk)
    with pytest.raises(NotAllowed, match="Only an administrator"):
        end_sessions(user=clerk, reason="Left on a train.", by=administrator)
    with pytest.raises(Refused, match="Say why"):
        end_sessions(user=clerk, reason="  ", by=clerk)
    assert is_in(open_there)
    with pytest.raises(Refused, match="Nobody is logged in as sam"):
        end_sessions(user=sam, reason="Left on a train.", by=administrator)
    assert not ModelLogEntry.objects.filter(action=ENDED).exists()


def test_the_step_is_offered_in_the_list_of_log_ins(board: BoardPage, clerk: User, sam: User) -> None:
    lost, client = logged_in(sam), logged_in(clerk)
    step = reverse("end_sessions", args=[sam.pk])
    assert step in client.get(reverse("wagtailusers_users:index")).content.decode()
    assert "has to log in again" in client.get(step).content.decode()
    assert client.post(step, {"reason": ""}).status_code == 400 and is_in(lost)
    assert client.post(step, {"reason": "Left on a train."})["Location"] == reverse("wagtailusers_users:index")
    assert not is_in(lost)
    assert "Nobody is logged in as sam" in client.post(step, {"reason": "Again."}).content.decode()


def test_an_administrator_logs_themselves_out_too(board: BoardPage, clerk: User) -> None:
    lost, client = logged_in(clerk), logged_in(clerk)
    assert client.post(reverse("end_sessions", args=[clerk.pk]), {"reason": "My own laptop."}).status_code == 302
    assert not is_in(lost) and not is_in(client)


def test_whoever_runs_the_server_may_too(sam: User, board: BoardPage) -> None:
    lost = logged_in(sam)
    assert end_sessions(user=sam, reason="Asked for by telephone.") == 1
    assert not is_in(lost) and not Session.objects.filter(pk=lost.session.session_key).exists()
