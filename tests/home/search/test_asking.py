"""An address of the search page means something or nothing, never a failure."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from home.search.asking import LONGEST_QUERY, MOST_WORDS, asked_by


def test_what_was_typed_is_kept_and_its_words_are_folded() -> None:
    asked = asked_by({"q": "Tŷ Dŵr \x00plan", "kind": "action", "board": "", "from": "2026-10-01", "other": "x"})
    assert (asked.query, asked.words) == ("Tŷ Dŵr plan", ["ty", "dwr", "plan"])
    assert asked.narrowed == {"kind": "action", "from": "2026-10-01"}
    assert (asked.from_day, asked.to_day, asked.not_days) == (date(2026, 10, 1), None, ())


def test_what_is_no_day_is_left_out_and_named() -> None:
    asked = asked_by({"q": "care", "from": "2026-02-31", "to": "tomorrow"})
    assert (asked.from_day, asked.to_day, asked.narrowed) == (None, None, {})
    assert asked.not_days == ("from", "to")


def test_filters_that_mean_nothing_are_left_out() -> None:
    asked = asked_by({"q": "care", "kind": "nonsense", "board": "HWB", "from": "2026-10-01"})
    assert asked.among({"kind": {"action"}, "board": {"HWB"}}).narrowed == {"board": "HWB", "from": "2026-10-01"}


def test_an_address_changes_one_filter_and_keeps_the_others() -> None:
    asked = asked_by({"q": "home care", "kind": "action", "board": "HWB", "page": "3"})
    assert asked.address() == "q=home+care&kind=action&board=HWB"
    assert asked.address(kind="") == "q=home+care&board=HWB"


@given(st.dictionaries(st.sampled_from(["q", "kind", "board", "from", "to"]), st.text(max_size=300)))
def test_every_address_is_read_and_bounded(address: dict[str, str]) -> None:
    asked = asked_by(address)
    assert len(asked.query) <= LONGEST_QUERY
    assert len(asked.words) <= MOST_WORDS
    assert "\x00" not in asked.query + "".join(asked.narrowed.values())
