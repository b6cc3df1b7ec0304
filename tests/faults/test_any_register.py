"""Whatever is written into an address of a register or a report of the admin, or sent to a step: taken, or refused in words, never a failure."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.db import transaction
from django.test import Client

import pytest
from hypothesis import given
from hypothesis import strategies as some

from governance.views import RecordStepView
from tests.faults.guessing import TRAPS, fields, guessed, words
from tests.kept import kept
from tests.leaks.asking import ENDS_THE_VISIT, FAILING
from tests.leaks.planting import Planted, plant
from tests.leaks.walking import addresses, routes
from tests.small_site import SmallSite

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:Exception ignored in.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"),
]
USUAL = ("q", "p", "o", "ot", "e", "page", "ordering", "export", "next", "id", "results_only", "_w_filter_fragment", "per_page")
LOOKUPS = ("", "__exact", "__isnull", "__gte", "__lt", "__in", "__id__exact", "__code")
SHORT_TRAPS = [trap for trap in TRAPS if len(trap) < 100]


@pytest.fixture
def planted(small_site: SmallSite, look: None) -> Planted:
    """The small site with something in every table."""
    return kept("planted", lambda: plant(small_site))


def lists() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address of the admin that names no row, with the parameters that its view knows."""
    for pattern, route in routes():
        address = "/" + pattern.replace("^", "").replace("$", "")
        is_plain = not {"<", "(", "\\"} & set(address)
        if address.startswith("/admin/") and is_plain and address not in ENDS_THE_VISIT | FAILING:
            yield address, (*USUAL, *_filters(route.callback))


def _filters(view: Any) -> tuple[str, ...]:
    """The names by which a list is narrowed, with the lookups that somebody may add to them."""
    shown = getattr(view, "view_class", None)
    kept_by = (getattr(view, "view_initkwargs", None) or {}).get("model_admin")
    named = [name if isinstance(name, str) else name[0] for name in getattr(kept_by, "list_filter", ())]
    declared = list(getattr(getattr(shown, "filterset_class", None), "base_filters", {}) or {})
    return tuple(f"{name}{lookup}" for name in named for lookup in LOOKUPS) + tuple(declared)


def clerk_of(planted: Planted) -> Client:
    """The browser of somebody to whom everything is open."""
    client = Client(raise_request_exception=False)
    client.force_login(planted.site.clerk)
    return client


def is_no_failure(answer: Any, where: str) -> None:
    """Assert that an answer is no failure and says nothing of the inside."""
    assert answer.status_code < 500, where
    if not answer.streaming:
        assert b"Traceback (most recent" not in answer.content, where


def query(given: list[tuple[str, str]]) -> str:
    """Parameters as an address has them."""
    return "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in given)


def test_the_registers_and_their_filters_are_found() -> None:
    found = dict(lists())
    assert len(found) > 80
    assert sum(1 for names in found.values() if len(names) > len(USUAL)) > 10


def test_anything_asked_of_any_register_is_no_failure(planted: Planted) -> None:
    client = clerk_of(planted)
    one = some.sampled_from(sorted(lists())).flatmap(
        lambda each: some.tuples(some.just(each[0]), some.lists(some.tuples(some.sampled_from(each[1]), words), max_size=5))
    )

    @guessed
    @given(some.lists(one, min_size=5, max_size=7))
    def ask(asked: list[tuple[str, list[tuple[str, str]]]]) -> None:
        for where, parameters in asked:
            address = f"{where}?{query(parameters)}"
            is_no_failure(client.get(address), address)

    ask()


def test_a_trap_in_every_parameter_of_every_register_is_no_failure(planted: Planted) -> None:
    client = clerk_of(planted)
    for number, (where, names) in enumerate(sorted(lists())):
        trap = SHORT_TRAPS[number % len(SHORT_TRAPS)]
        address = f"{where}?{query([(name, trap) for name in names])}"
        is_no_failure(client.get(address), address)


def test_anything_sent_to_any_step_is_no_failure(planted: Planted) -> None:
    client, every = clerk_of(planted), addresses(planted, pages=1)
    steps = {}
    for pattern, route in routes():
        shown = getattr(route.callback, "view_class", None)
        if isinstance(shown, type) and issubclass(shown, RecordStepView):
            steps[every[pattern][0]] = tuple(getattr(shown.form_class, "base_fields", {})) or ("confirm",)
    assert len(steps) > 50
    one = some.sampled_from(sorted(steps)).flatmap(lambda where: some.tuples(some.just(where), fields(*steps[where])))

    @guessed
    @given(some.lists(one, min_size=5, max_size=7))
    def send(sent: list[tuple[str, dict[str, str]]]) -> None:
        for where, form in sent:
            before = transaction.savepoint()
            is_no_failure(client.post(where, form), f"{where} {form}")
            transaction.savepoint_rollback(before)

    send()
