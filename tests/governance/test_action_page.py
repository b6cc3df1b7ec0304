"""The page of an action tells the whole promise, in its order, and asks little of the database."""

import re
from datetime import date
from html import unescape
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import pytest
import time_machine

from governance.enums import ActionKind, ActionStatus, Difference
from governance.models import (
    ActionPage,
    BoardPage,
    Evidence,
    Involvement,
    Milestone,
    MilestoneDone,
    PeopleGroup,
    ProgressUpdatePage,
    User,
)
from minutes.operations.adoption import link_action
from tests import building
from tests.building import london
from tests.small_site import SmallSite

MOST = 30
"""25 for the promise, its story and what became of it, the rest for what people say and what came of that."""
ORDER = [
    "The promise in plain English",
    "The words it comes from",
    "Who leads, and who takes part",
    "Where it stands",
    "What came of it",
    "By when",
    "Steps on the way",
    "The stages the board named",
    "The four principles",
    "Who was involved",
    "How far this is co-production",
    "What shows it",
    "Everything that happened",
]


def page_of(client: Client, page: Any) -> str:
    """The words of a page, each run of spaces as one."""
    response = client.get(page.get_url())
    assert response.status_code == 200
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def headings(client: Client, page: Any) -> list[str]:
    """The second-level headings of the page itself."""
    text = client.get(page.get_url()).content.decode()
    main = text[text.index("<main") : text.index("</main")]
    return [unescape(heading) for heading in re.findall(r"<h2[^>]*>([^<]+)</h2>", main)]


def complete_action(board: BoardPage, clerk: User) -> ActionPage:
    """A co-production action with everything, which has ended."""
    action = building.make_action(
        board,
        clerk,
        kind=ActionKind.COPRODUCTION,
        stages="<p>First stage.</p>",
        lead_role="Director",
        contact="Adult Care, 01632 960 002",
        milestones=[Milestone(name="Workshop", due_on=date(2026, 10, 1))],
        evidence=[Evidence(title="Notes")],
    )
    done = MilestoneDone(milestone=action.milestones.get(), done_on=date(2026, 10, 2))
    building.make_update(action, clerk, date(2026, 10, 20), milestones_done=[done], title="It began")
    building.make_update(action, clerk, status=ActionStatus.COMPLETED, title="It is done", they_say="Nobody hurries me now.")
    return ActionPage.objects.get(pk=action.pk)


@pytest.mark.django_db
def test_it_opens_with_the_sentence_and_tells_everything_in_order(board: BoardPage, clerk: User, client: Client) -> None:
    action = complete_action(board, clerk)
    assert [heading for heading in headings(client, action) if heading in ORDER] == ORDER
    text = page_of(client, action)
    sentence = (
        "The Health and Wellbeing Board promised “We will design home care with the people who use it”: it is completed, "
        "it will be looked at again by 4 May 2027, and questions go to Adult Care, 01632 960 002."
    )
    assert sentence in text
    for told in (
        "Named by the chair, 9 October 2026",
        "A difference is seen. People choose who comes to help them.",
        "Forty people who use home care.",
        "They were asked in October.",
        "Nobody hurries me now.",
        "By 4 May 2027",
        "Done 2 October 2026 . It was due 1 October 2026",
        "No date was agreed, so nothing is late.",
        "Nothing is recorded yet.",
        "Nobody has judged yet how far the work is shared.",
    ):
        assert told in text


@pytest.mark.django_db
def test_no_difference_seen_is_an_answer_and_a_passed_day_to_look_again_is_said(
    board: BoardPage, clerk: User, client: Client
) -> None:
    action = building.make_action(board, clerk)
    building.make_update(
        action,
        clerk,
        date(2026, 5, 1),
        status=ActionStatus.COMPLETED,
        difference=Difference.NONE,
        what_is_different="",
        for_whom="",
        look_again_on=date(2026, 11, 21),
    )
    with time_machine.travel(london(2026, 11, 21, 23, 59)):
        assert "No difference seen." in page_of(client, action)
        assert "it will be looked at again by 21 November" in page_of(client, action)
    with time_machine.travel(london(2026, 11, 22, 0, 1)):
        text = page_of(client, action)
    assert "It was to be looked at again by 21 November 2026. That day has passed, and nothing has been said yet." in text
    assert "it was to be looked at again by 21 November" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "late"),
    [(london(2026, 7, 8, 23, 59), False), (london(2026, 7, 9, 0, 1), True), (london(2026, 7, 9, 0, 59), True)],
)
def test_news_is_late_from_midnight_in_london(board: BoardPage, clerk: User, client: Client, moment: Any, late: bool) -> None:
    action = building.make_action(board, clerk)
    building.make_update(action, clerk, date(2026, 6, 1), next_news_on=date(2026, 7, 8))
    with time_machine.travel(moment):
        text = page_of(client, action)
    assert ("news is late by 1 day" in text) is late
    assert ("News is late by 1 day." in text) is late


@pytest.mark.django_db
def test_every_change_of_the_date_is_told_with_who_agreed_it_and_why(board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk, first_due_on=date(2026, 12, 31), due_words="by the end of the year")
    building.make_update(
        action, clerk, new_due_on=date(2027, 3, 31), date_reason="More people came", date_agreed_by="the chair"
    )
    text = page_of(client, action)
    assert (
        "The first date was 31 December 2026. As minuted: “by the end of the year”. Set by the chair, 9 October 2026." in text
    )
    assert "31 December 2026 31 March 2027 More people came. Agreed by the chair, 3 November 2026." in text


@pytest.mark.django_db
def test_a_correction_is_told_on_both_pages_and_in_the_story(board: BoardPage, clerk: User, client: Client) -> None:
    action = building.make_action(board, clerk)
    wrong = building.make_update(action, clerk, date(2026, 10, 20), title="Eleven came")
    right = building.make_update(action, clerk, date(2026, 11, 3), title="Seven came", corrects=wrong)
    assert "This update was corrected on 3 November 2026." in page_of(client, wrong)
    assert "This corrects the update of 20 October 2026." in page_of(client, right)
    story = page_of(client, action)
    assert "Progress update, corrected on 3 November 2026 Eleven came" in story
    assert "Correction of the update of 20 October 2026 Seven came" in story


@pytest.mark.django_db
def test_what_was_handed_on_leads_to_who_carries_it(board: BoardPage, clerk: User, client: Client) -> None:
    place = building.make_board(clerk, "PLACE", "Place Partnership Board")
    there = building.make_action(place, clerk, "Keep the groups going")
    here = building.make_action(board, clerk, "Start walking groups")
    update = building.make_update(
        here,
        clerk,
        status=ActionStatus.HANDED_ON,
        reason="It is nearer.",
        handed_to="Place Partnership",
        handed_to_action=there,
        handed_to_address="",
    )
    for page in (here, update):
        text = client.get(page.get_url()).content.decode()
        assert f'<a href="{there.get_url()}">Follow it here: Keep the groups going</a>' in text
    assert "it was handed on to Place Partnership" in page_of(client, here)


@pytest.mark.django_db
def test_the_page_of_an_update_tells_the_steps_and_the_outcome(board: BoardPage, clerk: User, client: Client) -> None:
    action = complete_action(board, clerk)
    first, last = ProgressUpdatePage.objects.child_of(action).order_by("date")
    assert "Steps that are done Workshop 2 October 2026" in page_of(client, first)
    assert "What came of it A difference is seen." in page_of(client, last)
    assert "What happens next" not in page_of(client, last)


def test_the_page_asks_at_most_so_often_however_much_there_is(small_site: SmallSite, client: Client) -> None:
    meeting = building.make_meeting(small_site.board, small_site.clerk, london(2026, 10, 15, 14))
    item = building.make_item(meeting, small_site.clerk, "Home care again")
    building.make_minute(item, small_site.clerk)
    grow(small_site, item, 0)
    few = queries(small_site, client)
    for number in range(1, 10):
        grow(small_site, item, number)
    assert queries(small_site, client) == few <= MOST


def queries(site: SmallSite, client: Client) -> int:
    """How often the page asks when nothing is remembered."""
    client.get(site.action.get_url())
    cache.clear()
    with CaptureQueriesContext(connection) as asked:
        client.get(site.action.get_url())
    return len(asked)


def grow(site: SmallSite, item: Any, number: int) -> None:
    """One more of what the page lists."""
    by, action = site.clerk, ActionPage.objects.get(pk=site.action.pk)
    group = PeopleGroup.objects.create(name=f"Group {number}")
    Involvement.objects.create(action=action, group=group, stage="plan")
    Evidence.objects.create(action=action, title=f"Note {number}")
    step = Milestone.objects.create(action=action, name=f"Step {number}")
    done = MilestoneDone(milestone=step, done_on=date(2026, 11, 4))
    building.make_update(action, by, date(2026, 11, 4), title=f"News {number}", milestones_done=[done])
    resolution = building.make_resolution(item, by, number=1 + number)
    link_action(resolution=resolution, action=action, by=by, kind="changes")
