"""The chain from agenda item to outcome, as it stands on every record it passes through."""

from datetime import date

from django.test import Client

import pytest

from governance.chain import ChainStep, Step, chain_of_action, latest_updates
from governance.enums import ActionStatus
from governance.models import ActionPage, BoardPage, User
from tests import building
from tests.small_site import SmallSite


def _titles(steps: list[ChainStep], key: Step) -> list[str]:
    return [link.title for step in steps if step.key == key for link in step.links]


def test_the_chain_runs_from_item_to_update(small_site: SmallSite) -> None:
    steps = chain_of_action(small_site.action)
    assert [_titles(steps, key) for key in Step] == [
        ["Home care"],
        ["HWB/2026-27/1(2)"],
        ["Design home care with people"],
        ["The plan takes longer"],
        [],
    ]
    assert [step.key for step in steps if step.here] == [Step.ACTION]
    assert steps[-1].empty == "Not yet: due by 31 March 2027"


def test_a_closed_action_has_an_outcome(small_site: SmallSite) -> None:
    building.make_update(small_site.action, small_site.clerk, date(2026, 11, 21), title="Done", status=ActionStatus.COMPLETED)
    steps = chain_of_action(ActionPage.objects.get(pk=small_site.action.pk))
    assert _titles(steps, Step.OUTCOME) == ["Completed"]


def test_every_record_of_the_chain_shows_it_and_where_the_reader_is(small_site: SmallSite, client: Client) -> None:
    here = {
        "Agenda item": small_site.item,
        "Resolution": small_site.resolution,
        "Action": small_site.action,
        "Update": small_site.update,
    }
    for name, page in here.items():
        text = " ".join(client.get(page.get_url()).content.decode().split())
        assert f'{name}<span class="govuk-visually-hidden"> (you are here)</span>' in text, name


@pytest.mark.django_db
def test_the_latest_update_is_that_of_its_own_action(clerk: User, board: BoardPage) -> None:
    first, second = building.make_action(board, clerk, "One"), building.make_action(board, clerk, "Two")
    wanted = building.make_update(first, clerk, date(2026, 11, 3))
    building.make_update(first, clerk, date(2026, 11, 2))
    building.make_update(first, clerk, date(2026, 11, 9), publish=False)
    actions = list(ActionPage.objects.filter(pk__in=[first.pk, second.pk]))
    assert {path: update.pk for path, update in latest_updates(actions).items()} == {first.path: wanted.pk}
