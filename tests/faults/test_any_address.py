"""Whatever is written into an address of the public site: a page in plain words, never a failure."""

from urllib.parse import quote

from django.test import Client

import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from tests.faults.guessing import TRAPS, guessed, is_told_in_words, parameters, segments
from tests.small_site import SmallSite

pytestmark = pytest.mark.django_db
PAGES = parameters("page", "kind", "board", "from", "to", "q", "year", "format", "order")
LISTS = {
    "/progress/": parameters(
        "status", "board", "workstream", "organisation", "service", "confidence", "late", "kind", "order", "page", "format",
        "due", "group", "principle", "q",
    ),
    "/points/": parameters("answer", "board", "source", "group", "page", "kind"),
    "/services/": parameters("judgement", "organisation", "page", "overdue", "year"),
    "/commitments/": parameters("carried", "organisation", "page", "strategy", "kind"),
    "/groups/": parameters("page"),
    "/search/": PAGES,
    "/boards/hwb/": parameters("meetings", "decisions", "page", "year", "meetings-page", "decisions-page"),
    "/case-studies/": parameters("principle", "organisation", "page"),
    "/reports/": PAGES,
    "/records/": PAGES,
    "/check-a-file/": PAGES,
    "/meetings/": PAGES,
    "/feeds/hwb/": PAGES,
    "/sitemap.xml": parameters("p", "page"),
    "/": PAGES,
}  # fmt: skip
PLACES = (
    "/ref/{}/", "/meetings/{}/", "/feeds/{}/", "/calendars/{}.ics", "/letters/{}/", "/papers/{}/", "/papers/{}/1/", "/papers/x/{}/", "/packs/{}/",
    "/records/of/{}/", "/have-a-say/{}/", "/have-a-say/{}/thanks/", "/ask/{}/", "/ask/{}/thanks/", "/alerts/{}/", "/alerts/confirm/{}/",
    "/alerts/stop/{}/", "/partner/{}/", "/groups/{}/", "/standards/{}/", "/reports/{}/2026-27/", "/reports/hwb/{}/", "/reports/hwb/{}/pdf/",
    "/documents/{}/x.txt", "/documents/1/{}", "/media/{}", "/media/images/{}.png", "/boards/{}/", "/boards/hwb/{}/", "/progress/{}/", "/{}/",
    "/boards/hwb/2026-10-08/{}/",
)  # fmt: skip
NUMBERS = [
    "/groups/{}/",
    "/standards/{}/",
    "/documents/{}/x.txt",
    "/papers/x/{}/",
    "/members/private/{}/",
    "/members/drafts/{}/",
]


@pytest.mark.parametrize("where", sorted(LISTS))
def test_any_address_of_a_list_is_a_page_in_plain_words(where: str, small_site: SmallSite) -> None:
    @guessed
    @given(LISTS[where])
    @example([("page", "1e9")])
    @example([("page", "99999999999999999999")])
    @example([("page", "0"), ("page", "-1")])
    def ask(given: list[tuple[str, str]]) -> None:
        query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in given)
        is_told_in_words(Client(raise_request_exception=False).get(f"{where}?{query}"), f"{where}?{query}")

    ask()


@guessed
@given(some.sampled_from(sorted(LISTS)), some.binary(max_size=60))
def test_bytes_that_are_no_text_are_a_page_too(small_site: SmallSite, where: str, sent: bytes) -> None:
    query = quote(sent)
    is_told_in_words(Client(raise_request_exception=False).get(f"{where}?q={query}&page={query}&board={query}"), where)


@pytest.mark.parametrize("where", PLACES)
def test_any_part_of_an_address_is_a_page_in_plain_words(where: str, small_site: SmallSite) -> None:
    @guessed
    @given(segments)
    def ask(part: str) -> None:
        address = where.format(quote(part, safe=""))
        is_told_in_words(Client(raise_request_exception=False).get(address), address)

    ask()


@pytest.mark.parametrize("where", NUMBERS)
@pytest.mark.parametrize("number", ["0", "1", "2147483648", str(2**63), "9" * 40])
def test_any_number_in_an_address_is_a_page_in_plain_words(where: str, number: str, small_site: SmallSite) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(small_site.clerk)
    is_told_in_words(client.get(where.format(number)), where.format(number))


@pytest.mark.parametrize("trap", [trap for trap in TRAPS if len(trap) < 100])
def test_a_trap_in_every_parameter_at_once_is_a_page(trap: str, small_site: SmallSite) -> None:
    client = Client(raise_request_exception=False)
    for where, strategy in LISTS.items():
        names = (
            "page",
            "board",
            "status",
            "late",
            "order",
            "format",
            "answer",
            "judgement",
            "carried",
            "meetings",
            "decisions",
            "q",
        )
        query = "&".join(f"{name}={quote(trap)}" for name in names)
        assert strategy is not None
        is_told_in_words(client.get(f"{where}?{query}"), f"{where}?{query}")
