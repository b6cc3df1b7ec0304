"""The bench, tiny: every figure is there, and no page asks more of the database when there is more in it."""

import json

from django.core.management import CommandError, call_command

import pytest

from governance.models import BoardPage, User
from home.bench.measuring import WrongAnswer, costs
from home.bench.subjects import Subject
from home.bench.table import lines

PAGES = 20
# So many more questions may be asked where there is something instead of nothing: which pages a search finds, which lists the home
# of the admin shows and what a meeting has depends on what there is. That longer lists ask no more is tested beside each of them.
DEPENDS_ON_WHAT_IS_FOUND = {
    "search, one word": 5,
    "admin: dashboard": 4,
    "admin: edit meeting": 1,
    "meeting": 1,
    "meeting ahead": 1,
    "members' area": 1,
}


@pytest.mark.django_db
@pytest.mark.usefixtures("look")
def test_more_pages_cost_no_more_queries(capsys: pytest.CaptureFixture[str]) -> None:
    sizes = {"sheets": 8, "heavy_sheets": 8, "megabytes": 5, "serving": 0}
    call_command("bench", pages=PAGES, promises=12, news=2, times=1, items=3, json=True, **sizes)
    found = json.loads(capsys.readouterr().out)
    pages = found["pages"]
    assert pages["large"] - pages["small"] >= PAGES
    views = {row["name"]: row for row in found["views"]}
    assert {"front page", "progress page", "action", "meeting", "resolution", "members' area"} <= views.keys()
    assert {"progress page, filtered", "progress page, as CSV", "annual report"} <= views.keys()
    assert {"admin: edit resolution", "admin: list below the board", "admin: register of actions"} <= views.keys()
    more = {name: row["large"]["queries"] - row["small"]["queries"] for name, row in views.items()}
    assert {name: grown for name, grown in more.items() if grown > DEPENDS_ON_WHAT_IS_FOUND.get(name, 0)} == {}
    assert all(0 < row["small"]["queries"] < 80 for row in views.values())
    assert all(rate["small"] > 0 and rate["large"] > 0 for rate in found["rates"].values())
    assert len(found["rates"]) == 10
    saves = [found["rates"][f"milliseconds to save at the desk, {which}"] for which in ("median", "95th percentile")]
    assert saves[0]["large"] <= saves[1]["large"]
    table = list(lines(found))
    assert len(table) == 4 + len(views) + len(found["rates"]) + len(found["binding"])
    assert found["binding"]["pages of the pack"] >= 8
    assert all(figure > 0 for figure in found["binding"].values())
    assert "times faster than in one go" in found["binding"]
    assert found["binding"]["its megabytes"] > 1
    assert found["binding"]["megabytes of memory to build it"] > 50
    with pytest.raises(CommandError, match="wants an empty one"):
        call_command("bench")


def test_a_page_that_does_not_answer_is_not_timed(board: BoardPage) -> None:
    with pytest.raises(WrongAnswer, match="answered 404, not 200"):
        costs([Subject("nothing", "/there/is/nothing/")], times=1)


def test_a_database_with_other_records_is_refused(clerk: User) -> None:
    with pytest.raises(CommandError, match="holds other records"):
        call_command("bench", pages=1, promises=1, news=1, times=1, items=1)
    assert not BoardPage.objects.exists()
