"""The lists of a record are read together, and hold what each holds when it is read by itself."""

from typing import Any

from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from wagtail.models import Page

import pytest

from governance import gathering, remembering, wayfinding
from governance.models import ActionPage, Evidence
from home.models import HomePage
from minutes.models import Pack, ProgrammeEntry
from tests import building
from tests.small_site import SmallSite


def found(page: Any) -> Any:
    """A record as an address leads to it, when its page begins; None where no address leads to a page of its own."""
    front = HomePage.objects.get()
    way = wayfinding.find(front, page.url_path.removeprefix(front.url_path).strip("/").split("/"))
    if way is None:
        return None
    wayfinding.remember(RequestFactory().get("/"), way)
    remembering.start(way.page)
    return way.page


def told(record: Any) -> Any:
    """What was fetched of a record: its own columns, those of the records that came with it, and the lists that came with it."""
    with_it = {name: other and columns(other) for name, other in record._state.fields_cache.items()}
    lists = {name: [columns(one) for one in rows] for name, rows in vars(record).items() if name in BROUGHT}
    return columns(record), with_it, lists


BROUGHT = {"shown_files", "taken_corrections"}


def columns(record: Any) -> Any:
    """The columns that were fetched, by their names."""
    names = [field.attname for field in record._meta.concrete_fields if field.attname in vars(record)]
    return type(record), {name: repr(vars(record)[name]) for name in names}


def records_of_every_kind() -> list[Any]:
    """The live records of the small site whose page shows a list."""
    return [page for page in Page.objects.live().filter(depth__gt=2).specific() if gathering.lists_of(type(page))]


def test_what_is_read_together_is_what_each_list_holds(small_site: SmallSite) -> None:
    compared = set()
    for page in records_of_every_kind():
        record = found(page)
        if record is None:
            continue
        for name, ask in gathering.lists_of(type(record)).items():
            alone = [told(row) for row in ask(record)]
            assert [told(row) for row in gathering.rows_of(record, name)] == alone, (page, name)
            compared |= {(type(record), name)} if alone else set()
    assert {name for _kind, name in compared} >= {"history", "points", "papers", "packs", "votes", "attendances", "seats"}


def test_lists_that_hold_something_take_one_query(small_site: SmallSite) -> None:
    record = found(small_site.action)
    with CaptureQueriesContext(connection) as asked:
        for name in ("evidence", "milestones", "partners", "points", "history"):
            gathering.rows_of(record, name)
    # The first tells which lists hold rows.
    assert len(asked) == 2


def test_a_preview_asks_for_its_own_rows(small_site: SmallSite) -> None:
    action = ActionPage.objects.get(pk=building.make_action(small_site.board, small_site.clerk, "Something new").pk)
    action.evidence.add(Evidence(title="A note of the draft"))
    assert [row.title for row in gathering.rows_of(action, "evidence")] == ["A note of the draft"]


def test_a_list_that_is_gathered_already_is_refused() -> None:
    with pytest.raises(ValueError, match="gathered already"):
        gathering.register(ActionPage, evidence=lambda action: action.evidence.all())


def test_every_list_can_be_told(small_site: SmallSite) -> None:
    for page in records_of_every_kind():
        asked: dict[str, Any] = {name: ask(page) for name, ask in gathering.lists_of(type(page)).items()}
        assert gathering.read_together(asked).keys() == asked.keys()


def test_what_json_would_change_is_refused() -> None:
    with pytest.raises(TypeError, match="seconds of Pack"):
        gathering.read_together({"packs": Pack.objects.defer("layout"), "notes": Evidence.objects.all()})


def test_a_row_too_wide_for_one_object_is_refused() -> None:
    with pytest.raises(TypeError, match="more columns"):
        gathering.read_together(
            {
                "meetings": ProgrammeEntry.objects.select_related("meeting", "because_of", "comes_back_from", "carried_from"),
                "notes": Evidence.objects.all(),
            }
        )
