"""What must hold before news becomes public: each refusal in plain words, at its border, and nothing refused without need."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from governance.enums import CLOSED_STATUSES, ActionStatus, Difference
from governance.news_rules import Circumstances, check_ending, check_publication, check_references
from governance.progress import News

DAY = date(2026, 11, 3)
TODAY = date(2026, 11, 22)
ENDED = {"difference": Difference.SEEN, "what_is_different": "Visits are longer.", "for_whom": "Carers.", "how_known": "Asked."}


def news(status: str = ActionStatus.UNDER_WAY, **said: Any) -> News:
    """Good news of the third of November."""
    return News(**{"key": 9, "date": DAY, "status": status, "confidence": "on_track", **said})


def completed(**said: Any) -> News:
    """News that everything is done, with what that takes."""
    return news(ActionStatus.COMPLETED, **{**ENDED, "look_again_on": date(2027, 5, 1), **said})


def problems(said: News, **known: Any) -> dict[str, str]:
    """What is refused, for an action that is under way unless said otherwise."""
    return check_publication(said, Circumstances(**{"today": TODAY, "status": ActionStatus.UNDER_WAY, **known}))


def test_good_news_and_a_good_end_are_not_refused() -> None:
    assert problems(news()) == {}
    assert problems(completed()) == {}
    assert check_ending(completed()) == {}


@pytest.mark.parametrize(("day", "refused"), [(TODAY, False), (date(2026, 11, 23), True)])
def test_news_is_not_of_a_day_to_come(day: date, refused: bool) -> None:
    assert ("date" in problems(news(date=day))) is refused


@pytest.mark.parametrize(("day", "refused"), [(DAY, False), (date(2026, 11, 4), True)])
def test_a_correction_is_not_older_than_what_it_corrects(day: date, refused: bool) -> None:
    found = problems(news(corrects=1), corrected=news(key=1, date=day))
    assert ("date" in found) is refused
    if refused:
        assert found["date"] == "The update that this corrects is dated 4 November 2026. A correction is not older."


@pytest.mark.parametrize(("day", "refused"), [(DAY, False), (date(2026, 11, 4), True)])
def test_before_it_was_agreed_it_can_only_be_proposed(day: date, refused: bool) -> None:
    assert ("date" in problems(news(), agreed_on=day)) is refused
    proposed = problems(news(ActionStatus.PROPOSED), agreed_on=day, status=ActionStatus.PROPOSED)
    assert proposed == {}


def test_an_update_is_corrected_once() -> None:
    assert set(problems(news(corrects=1), corrected=news(key=1), corrected_already=True)) == {"corrects"}


@pytest.mark.parametrize("status", sorted(CLOSED_STATUSES))
def test_of_what_has_ended_only_the_outcome_or_a_reopening_is_told(status: ActionStatus) -> None:
    same = news(status, reason="The money ended.", how_known="Seen.", look_again_on=date(2027, 5, 1))
    assert set(problems(same, status=status)) == {"status"}
    looked_at_again = news(status, reason="The money ended.", **ENDED)
    assert problems(looked_at_again, status=status) == {}
    assert set(problems(news(), status=status)) == {"reason"}
    assert problems(news(reason="There is money again."), status=status) == {}


def test_what_is_public_already_must_be_able_to_follow() -> None:
    later = news(key=10, date=date(2026, 11, 10))
    found = problems(completed(), following=later)
    assert found == {
        "status": "The update of 10 November 2026 says “Under way”, which cannot follow “Completed”. Correct that one first."
    }
    assert problems(news(ActionStatus.PAUSED, reason="Snow."), following=later) == {}


def test_a_milestone_is_the_actions_own_and_done_once() -> None:
    known: dict[str, Any] = {"milestones": {4: "First workshop", 5: "Plan"}, "done": frozenset({5})}
    assert problems(news(milestones=((4, DAY),)), **known) == {}
    refusals = {
        ((6, DAY),): "Choose milestones of this action.",
        ((5, DAY),): "“Plan” is done already. A mistake is corrected by naming the old update.",
        ((4, DAY), (4, DAY)): "“First workshop” is named twice.",
        ((4, date(2026, 11, 4)),): "“First workshop” cannot be done after the day of the news.",
    }
    for rows, words in refusals.items():
        assert problems(news(milestones=rows), **known) == {"milestones_done": words}


def test_completed_has_to_be_shown() -> None:
    unknown = completed(how_known=" ")
    assert set(problems(unknown)) == {"how_known"}
    assert problems(unknown, has_evidence=True) == {}
    assert set(problems(completed(look_again_on=None))) == {"look_again_on"}
    assert set(problems(completed(), lacks_resolution=True)) == {"status"}
    assert problems(news(), lacks_resolution=True) == {}


def test_the_end_says_what_is_different_and_nothing_seen_is_an_answer() -> None:
    assert set(check_ending(completed(difference=""))) == {"difference"}
    assert set(check_ending(completed(what_is_different="", for_whom=" "))) == {"what_is_different", "for_whom"}
    assert check_ending(completed(difference=Difference.NONE, what_is_different="", for_whom="")) == {}
    assert set(check_ending(completed(difference=Difference.TOO_EARLY, look_again_on=None))) == {"look_again_on"}
    assert set(check_ending(completed(look_again_on=DAY))) == {"look_again_on"}
    assert check_ending(news(ActionStatus.CLOSED)) == {}


def test_an_outcome_has_no_place_in_news_of_work_under_way() -> None:
    assert set(check_ending(news(difference=Difference.NONE))) == {"difference"}


def test_handing_on_names_the_body_and_leads_there() -> None:
    assert set(check_ending(news(ActionStatus.HANDED_ON))) == {"handed_to", "handed_to_address"}
    assert check_ending(news(ActionStatus.HANDED_ON, handed_to="Place", handed_to_action=3)) == {}
    assert check_ending(news(ActionStatus.HANDED_ON, handed_to="Place", handed_to_address="https://place.example.org/")) == {}


def test_what_it_names_is_public_and_in_the_right_place() -> None:
    action = SimpleNamespace(board_id=1)
    own = SimpleNamespace(pk=3, live=True, is_child_of=lambda page: page is action)
    assert check_references(action, own, None, key=9) == {}
    assert set(check_references(action, own, None, key=3)) == {"corrects"}
    assert set(check_references(SimpleNamespace(board_id=1), own, None, key=9)) == {"corrects"}
    draft = SimpleNamespace(pk=3, live=False, is_child_of=lambda page: True)
    assert set(check_references(action, draft, None, key=9)) == {"corrects"}
    for live, board, refused in ((True, 2, False), (True, 1, True), (False, 2, True)):
        target = SimpleNamespace(live=live, board_id=board)
        assert ("handed_to_action" in check_references(action, None, target, key=9)) is refused
