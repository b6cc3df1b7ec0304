"""Search finds what is public, shows where the words stand, and no input makes it fail."""

import re
from datetime import date, timedelta

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Reference
from home.search.asking import LONGEST_QUERY
from home.search.matching import found_for
from home.search.results import KINDS, Results
from minutes.enums import PackState
from minutes.models import Pack
from tests import building
from tests.building import london
from tests.kept import kept
from tests.small_site import DRAFT, SmallSite

TRAPS = [
    '"',
    "'",
    "\x00",
    "%",
    "%s",
    "_",
    "*",
    "care*",
    '"home care',
    "AND",
    "OR NOT",
    "NEAR(",
    "title:care",
    "care & !plan",
    "care:*",
    "a" * 5_000,
    "a " * 2_500,
    "ﷺ" * 300,
    "home\x00care",
    "-",
    "--",
    "^",
    ":",
    "{}",
    "\\",
    "😀",
    "ŵ",
    "½",
    "漢字",
    "1e9",
]


def index() -> None:
    """The index as the worker would have it: everything, drafts too."""
    call_command("update_index", verbosity=0)


@pytest.fixture
def site(small_site: SmallSite) -> SmallSite:
    """A small site that is indexed."""
    kept("index of the small site", index)
    return small_site


def results(client: Client, query: str, **asked: str) -> Results:
    """What the page of that address shows."""
    response = client.get("/search/", {"q": query, **asked})
    assert response.status_code == 200
    found: Results = response.context["results"]
    return found


def test_the_words_are_marked_where_they_stand(site: SmallSite, client: Client) -> None:
    text = client.get("/search/", {"q": "winter plan"}).content.decode()
    assert "<mark>winter</mark> <mark>plan</mark>" in text.lower()


def test_a_clause_is_found_and_linked(site: SmallSite, client: Client) -> None:
    text = client.get("/search/", {"q": "designed", "kind": "resolution"}).content.decode()
    assert f'href="{site.resolution.get_url()}"' in text
    assert "HWB/2026-27/1(2)" in text


def test_a_resolution_is_called_by_its_item_and_its_label(site: SmallSite, client: Client) -> None:
    hit = next(hit for hit in results(client, "designed", kind="resolution").hits if hit.page.pk == site.resolution.pk)
    assert re.sub(r"<[^>]+>", "", hit.title) == f"{site.item.title}: resolution (2)"


def test_what_was_said_is_linked_where_it_stands(site: SmallSite, client: Client) -> None:
    words = " ".join(re.findall(r"\w+", re.sub(r"<[^>]+>", " ", site.minute.text))[:4])
    hit = next(hit for hit in results(client, words, kind="minute").hits if hit.page.pk == site.minute.pk)
    assert hit.anchor == "said"
    hit = next(hit for hit in results(client, "note the report", kind="item").hits if hit.page.pk == site.item.pk)
    assert hit.anchor == "recommended"
    for page, anchor in ((site.minute, "said"), (site.item, "recommended")):
        assert f'id="{anchor}"' in client.get(page.get_url()).content.decode()


def test_every_kind_is_found_by_its_title(site: SmallSite, client: Client) -> None:
    for kind, model in KINDS.items():
        page = model.objects.live().first()
        assert page is not None, kind
        assert page.pk in {one.pk for one in found_for(re.findall(r"[^\W_]+", page.title.lower())[:20])}, kind


def test_accents_and_beginnings_of_words_are_found(site: SmallSite, client: Client) -> None:
    building.make_action(site.board, site.clerk, "Visit Siân at Tŷ Dŵr")
    index()
    for query in ("sian ty dwr", "SIÂN", "Tŷ Dŵr", "visi sia"):
        assert "Visit Siân at Tŷ Dŵr" in {hit.page.title for hit in results(client, query).hits}, query
    assert results(client, "vi").total == 0  # Two letters are a word, not a beginning.


def test_titles_come_first_then_the_words_in_a_row_then_the_newest(site: SmallSite, client: Client) -> None:
    def update(day: int, title: str, what: str) -> None:
        building.make_update(site.action, site.clerk, date(2026, 11, day), title=title, what_changed=what)

    update(1, "Older", "A badger sett was found.")
    update(2, "Apart", "The sett of a badger was found.")
    update(3, "Newer", "A badger sett was left alone.")
    update(4, "Of neither", "A badger was seen.")
    building.make_action(site.board, site.clerk, "Keep the sett of the badger")
    index()
    titles = [hit.page.title for hit in results(client, "badger sett").hits]
    assert titles == ["Keep the sett of the badger", "Newer", "Older", "Apart"]


def test_results_are_narrowed_by_kind_board_and_day(site: SmallSite, client: Client) -> None:
    every = results(client, "care")
    both = results(client, "care", kind="action", board="HWB")
    assert {hit.kind for hit in both.hits} == {"Action"}
    assert both.asked.narrowed == {"kind": "action", "board": "HWB"}
    counts = {choice.value: choice.count for choice in every.filters[0].choices}
    assert counts["action"] == both.total
    assert sum(counts.values()) == every.total > both.total
    dated = results(client, "care", **{"from": "2026-10-08", "to": "2026-10-08"})
    assert 0 < dated.total < every.total
    assert {hit.day for hit in dated.hits} == {date(2026, 10, 8)}
    assert dated.every == every.total


@pytest.mark.parametrize(
    ("name", "value"),
    [("kind", "nonsense"), ("board", "NONE"), ("page", "1e9"), ("page", "99999999999"), ("from", "31 May"), ("to", "\x00")],
)
def test_a_filter_that_means_nothing_is_none(site: SmallSite, client: Client, name: str, value: str) -> None:
    assert results(client, "care", **{name: value}).total == results(client, "care").total


def test_what_is_no_day_is_said_in_words(site: SmallSite, client: Client) -> None:
    text = client.get("/search/", {"q": "care", "from": "2026-02-31"}).content.decode()
    assert "The first date is not a day of the calendar, so it was left out." in text


def test_nothing_found_says_what_to_try(site: SmallSite, client: Client) -> None:
    assert "Try fewer words" in client.get("/search/", {"q": "zzzz"}).content.decode()
    narrowed = client.get("/search/", {"q": "care", "from": "2090-01-01"}).content.decode()
    assert "none fits the filters" in narrowed
    assert 'href="?q=care"' in narrowed


def test_a_reference_leads_straight_to_its_record(site: SmallSite, client: Client) -> None:
    apart = {site.action.pk, site.held.pk}
    for page in (site.resolution, site.action, site.minute, site.held):
        reference = Reference.objects.filter(page=page.pk).latest("given_at").text
        for typed in (reference, reference.lower(), *([re.sub("[/-]", " ", reference)] if page.pk in apart else [])):
            response = client.get("/search/", {"q": typed}, follow=True)
            assert response.redirect_chain[-1][0] == page.get_url(), typed
    assert client.get("/search/", {"q": str(site.withdrawn.reference)}, follow=True).status_code == 410


def test_other_words_lead_to_results(site: SmallSite, client: Client) -> None:
    for query in ("HWB", "HWB-A99", "HWB/2026-27/38(1)", "2026"):
        assert client.get("/search/", {"q": query}).status_code == 200
    assert site.board.pk == results(client, "HWB").hits[0].page.pk
    assert client.get("/search/", {"q": str(site.action.reference), "kind": "action"}).status_code == 200


def test_the_reference_of_an_issued_pack_leads_to_it(site: SmallSite, client: Client) -> None:
    pack = Pack.objects.create(
        meeting=site.ahead, version=1, reference="HWB/2026-12-03/AGENDA/v1", slug="hwb-2026-12-03-agenda-v1",
        asked_at=london(2026, 11, 20), state=PackState.QUEUED,
    )  # fmt: skip
    assert client.get("/search/", {"q": pack.reference}).status_code == 200
    Pack.objects.filter(pk=pack.pk).update(
        state=PackState.ISSUED, issued_at=london(2026, 11, 20), sha512="0", file="packs/one.pdf"
    )
    assert client.get("/search/", {"q": pack.reference})["Location"] == "/packs/hwb-2026-12-03-agenda-v1/"


def test_text_of_a_draft_is_neither_found_nor_shown(site: SmallSite, client: Client) -> None:
    response = client.get("/search/", {"q": DRAFT})
    assert response.context["results"].total == 0
    assert response.content.decode().count(DRAFT) == 2  # in the title and in the box, as it was typed


def test_what_was_withdrawn_or_made_private_is_not_found(site: SmallSite, client: Client) -> None:
    assert site.withdrawn.pk not in {one.pk for one in found_for(["news", "that", "was", "withdrawn"])}
    words = ["care"]
    assert site.item.pk in {one.pk for one in found_for(words)}
    PageViewRestriction.objects.create(page=site.held, restriction_type=PageViewRestriction.LOGIN)
    assert site.item.pk not in {one.pk for one in found_for(words)}


@pytest.mark.parametrize("query", TRAPS)
def test_traps_are_answered(site: SmallSite, client: Client, query: str) -> None:
    assert client.get("/search/", {"q": query}).status_code == 200


@pytest.mark.parametrize("query", ['"', "\x00", "*", "(", "  ", "%", "\\", "😀"])
def test_what_holds_no_word_finds_nothing(site: SmallSite, client: Client, query: str) -> None:
    assert results(client, query).total == 0


def test_a_long_text_is_cut_to_what_the_box_takes(site: SmallSite, client: Client) -> None:
    assert results(client, "care " * 1_000).asked.query == ("care " * 1_000)[:LONGEST_QUERY]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80), number=st.text(max_size=5), day=st.text(max_size=12))
def test_no_text_makes_it_fail(site: SmallSite, query: str, number: str, day: str) -> None:
    response = Client().get("/search/", {"q": query, "page": number, "from": day})
    assert response.status_code in {200, 302}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(alphabet=st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=30))
def test_the_database_reads_every_word(site: SmallSite, query: str) -> None:
    words = re.findall(r"[^\W_]+", query)
    if words:
        found_for(words[:20])  # Here nothing catches what the database would refuse.


def test_pages_have_addresses_that_can_be_shared(site: SmallSite, client: Client) -> None:
    for number in range(30):
        building.make_action(site.board, site.clerk, f"Look after hedgehogs {number}")
    index()
    first, second = (results(client, "hedgehogs", kind="action", page=number) for number in ("1", "2"))
    assert (first.total, len(first.hits), len(second.hits)) == (30, 20, 10)
    assert not {hit.page.pk for hit in first.hits} & {hit.page.pk for hit in second.hits}
    assert "?q=hedgehogs&amp;kind=action&amp;page=2" in client.get("/search/?q=hedgehogs&kind=action").content.decode()


def test_many_results_ask_as_often_as_few(site: SmallSite, client: Client) -> None:
    def queries() -> int:
        index()
        client.get("/search/", {"q": "otters"})
        with CaptureQueriesContext(connection, ) as asked:  # fmt: skip
            assert results(client, "otters").total
        return len(asked)

    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            day = date(2026, 10, 9) + timedelta(days=number % 40)
            building.make_update(site.action, site.clerk, day, title=f"Otters {number}")

    grow(0, 5)
    few = queries()
    grow(5, 50)
    assert queries() == few
    assert few <= 25
