"""Records that are made up stand in the tree, under references of their own, in the proportions of a council, in a database of their own."""

import io
from datetime import date
from itertools import islice

from django.core.management import CommandError, call_command
from django.test import Client

from wagtail.models import Page

import pytest

from governance.enums import ActionStatus
from governance.models import ActionPage, BoardPage, ProgressUpdatePage, Reference, User
from governance.operations.progress import differences
from home.made_up.meetings import meetings_of
from home.operations.generating import generate_pages
from home.operations.scaling import measure_sizes, table
from minutes.models import MeetingPage, MinutePage, Paper
from tests import building

TODAY = date(2026, 11, 22)


def generate(pages: int) -> str:
    """What the command says."""
    out = io.StringIO()
    call_command("generate_records", pages=pages, seed=3, today=TODAY, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.mark.django_db
def test_a_site_is_made_up_and_grows_when_it_is_run_again(client: Client) -> None:
    assert "items of agendas" in generate(60)
    first = set(Page.objects.values_list("url_path", flat=True))
    generate(150)
    assert Page.objects.live().count() >= 150
    assert first < set(Page.objects.values_list("url_path", flat=True))
    assert not any(Page.find_problems())
    assert differences() == []
    assert Paper.objects.exists() and ProgressUpdatePage.objects.live().exists()
    for page in (MeetingPage.objects.latest("starts_at"), ActionPage.objects.latest("pk"), MinutePage.objects.latest("pk")):
        answer = client.get(f"/ref/{Reference.objects.get(page=page).slug}/", follow=True)
        assert (answer.status_code, page.title in answer.content.decode()) == (200, True)
    assert MeetingPage.objects.filter(starts_at__date__gt=TODAY).count() == 0


def test_a_database_with_other_records_is_refused(board: BoardPage) -> None:
    with pytest.raises(CommandError, match="holds other records"):
        generate(10)
    assert BoardPage.objects.count() == 1


def test_pages_are_added_to_a_board_that_is_there(board: BoardPage, clerk: User) -> None:
    before = Page.objects.live().count()
    made = generate_pages(pages=40, board=board, by=clerk)
    assert made.pages == Page.objects.live().count() - before >= 40
    assert MeetingPage.objects.child_of(board).exists()
    last = ActionPage.objects.count()
    assert building.make_action(board, clerk).reference == f"HWB-A{last + 1}"


def test_the_same_seed_makes_the_same() -> None:
    twice = [list(islice(meetings_of(seed="7", first=date(2006, 1, 2), last=TODAY), 3)) for _time in range(2)]
    assert twice[0] == twice[1]
    assert twice[0] != list(islice(meetings_of(seed="8", first=date(2006, 1, 2), last=TODAY), 3))


def test_twenty_years_have_the_proportions_of_a_board() -> None:
    meetings = list(meetings_of(seed="7", first=date(2006, 1, 2), last=TODAY))
    minutes = [minute for meeting in meetings for minute in meeting.minutes]
    promised = [promised for minute in minutes for promised in minute.promised.values()]
    said = {news.says["status"] for each in promised for news in each.news}
    assert 155 < len(meetings) < 172
    assert 9 < len(minutes) / len(meetings) < 11
    assert 0.2 < len(promised) / len(minutes) < 0.45
    assert said == set(ActionStatus) - {ActionStatus.PROPOSED, ActionStatus.AGREED}
    assert any(not each.news for each in promised) and any(minute.proposal.motion_lost for minute in minutes)
    assert max(news.says["date"] for each in promised for news in each.news) <= TODAY


@pytest.mark.django_db
@pytest.mark.usefixtures("look")
def test_pages_are_measured_at_each_size() -> None:
    found = measure_sizes(sizes=[40, 90], seed=3, today=TODAY, times=1, tell=lambda words: None)
    assert list(found) == [40, 90]
    assert {"board", "meeting", "minute", "action", "search, one word"} <= found[40].views.keys() == found[90].views.keys()
    lines = table(found)
    assert len(lines) == 2 + len(found[40].views) + 2
    assert lines[0] == "| | 40 pages | 90 pages | last to first |"
