"""Who changed a record last, told from its versions."""

from typing import Any

import pytest

from governance.approving import check_approves, last_changed_by, words_of
from governance.exceptions import Refused

FIRST: dict[str, Any] = {"pk": None, "title": "Care", "live": False, "presenters": [{"pk": None, "item": None, "name": "Sue"}]}
SAVED: dict[str, Any] = {"pk": 7, "title": "Care", "live": True, "presenters": [{"pk": 3, "item": 7, "name": "Sue"}]}


def test_who_saves_without_changing_a_word_did_not_change_it() -> None:
    assert words_of(FIRST) == words_of(SAVED)
    assert last_changed_by([("ann", SAVED), ("ben", FIRST)]) == "ben"
    assert last_changed_by([("ann", SAVED), ("ben", FIRST), ("cai", {**FIRST, "title": "Car"})]) == "ben"
    assert last_changed_by([("ann", {**SAVED, "title": "Home care"}), ("ben", SAVED)]) == "ann"
    assert last_changed_by([("ann", {**SAVED, "presenters": []}), ("ben", SAVED)]) == "ann"
    assert last_changed_by([("ann", {**SAVED, "position": 4}), ("ben", SAVED)], own=["position"]) == "ben"
    assert last_changed_by([]) is None


def test_nobody_approves_what_they_changed_last() -> None:
    check_approves(record="Care", by=1, changed_by=2)
    check_approves(record="Care", by=None, changed_by=None)
    with pytest.raises(Refused, match="somebody else publishes it"):
        check_approves(record="Care", by=1, changed_by=1)
