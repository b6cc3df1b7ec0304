"""Groups of people and the standards they wrote, in public."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.test import Client

import pytest

from governance.exceptions import Refused
from governance.models import Involvement, LedgerEntry, PeopleGroup, Standard, User
from governance.operations.standards import record_standard
from tests import building

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def group(board: Any) -> PeopleGroup:
    """A quality board."""
    return PeopleGroup.objects.create(
        name="North quality board", remit="Agrees standards.", since=date(2020, 1, 7), how_to_join="Ring the library."
    )


def standard(group: PeopleGroup, by: User, **fields: Any) -> Standard:
    """A standard the group wrote."""
    fields = {"title": "Good care", "text": "<p>Somebody you know.</p>", "agreed_on": DAY, **fields}
    return record_standard(groups=[group], by=by, **fields)


def test_a_group_says_what_it_is_for_and_what_it_shaped(group: PeopleGroup, board: Any, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk)
    draft = building.make_action(board, clerk, "Draft action", publish=False)
    for each in (action, draft):
        Involvement.objects.create(action=each, group=group, stage="plan", number=7)
    standard(group, clerk, action=action)
    shown = client.get(f"/groups/{group.pk}/").content.decode()
    for words in ("Agrees standards.", "It has met since 7 January 2020.", "Ring the library.", action.title, "Good care"):
        assert words in shown
    assert "Draft action" not in shown
    listed = client.get("/groups/").content.decode()
    assert "It took part in 1 action." in listed
    assert "It helped to write 1 standard." in listed
    assert f'href="/groups/{group.pk}/"' in client.get(action.get_url()).content.decode() or not action.is_coproduction
    assert LedgerEntry.objects.filter(page=action, note="Standard recorded: Good care, 1").exists()


def test_a_group_that_ended_asks_nobody_to_join(group: PeopleGroup, client: Client) -> None:
    PeopleGroup.objects.update(ended_on=DAY)
    shown = client.get(f"/groups/{group.pk}/").content.decode()
    assert "It ended on 1 June 2026." in shown
    assert "Ring the library." not in shown


def test_versions_lead_to_each_other(group: PeopleGroup, clerk: User, client: Client) -> None:
    first = standard(group, clerk)
    second = standard(group, clerk, version="2", replaces=first)
    assert f'href="/standards/{second.pk}/"' in client.get(f"/standards/{first.pk}/").content.decode()
    assert f'href="/standards/{first.pk}/"' in client.get(f"/standards/{second.pk}/").content.decode()


def test_a_standard_that_nobody_wrote_is_refused(clerk: User, board: Any) -> None:
    with pytest.raises(Refused, match="Say which groups"):
        record_standard(title="Good care", text="<p>Well.</p>", groups=[], agreed_on=DAY, by=clerk)
    assert not Standard.objects.exists()


def test_a_version_is_recorded_once_and_with_words(group: PeopleGroup, clerk: User) -> None:
    standard(group, clerk)
    with pytest.raises(ValidationError):
        standard(group, clerk)
    with pytest.raises(ValidationError):
        standard(group, clerk, version="2", text="")


def test_what_is_not_published_is_not_there(group: PeopleGroup, clerk: User, client: Client) -> None:
    hidden = standard(group, clerk, publish=False)
    assert client.get(f"/standards/{hidden.pk}/").status_code == 404
    assert "Good care" not in client.get(f"/groups/{group.pk}/").content.decode()
    for address in (f"/groups/{'9' * 30}/", f"/standards/{'9' * 30}/", "/groups/0/"):
        assert client.get(address).status_code == 404
    assert client.get("/groups/?page=nonsense").status_code == 200
