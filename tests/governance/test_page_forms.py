"""What the editor of a progress update refuses."""

from datetime import date
from typing import Any

import pytest

from governance.enums import ActionStatus
from governance.models import ActionPage, BoardPage, ProgressUpdatePage, User
from tests import building


@pytest.fixture
def action(board: BoardPage, clerk: User) -> ActionPage:
    """An action that was completed."""
    action = building.make_action(board, clerk)
    building.make_update(action, clerk, date(2026, 11, 3), status=ActionStatus.COMPLETED)
    return ActionPage.objects.get(pk=action.pk)


def errors(action: ActionPage, clerk: User, instance: ProgressUpdatePage | None = None, **answers: Any) -> dict[str, list[str]]:
    """What the form says of these answers, by field."""
    instance = instance or ProgressUpdatePage()
    form_class = ProgressUpdatePage.get_edit_handler().get_form_class()
    said = {"title": "News", "slug": "news", "date": "2026-11-10", "confidence": "on_track", "what_changed": "More."}
    form = form_class({**said, **answers}, instance=instance, parent_page=action, for_user=clerk)
    form.is_valid()
    return {name: list(messages) for name, messages in form.errors.items()}


def test_what_is_completed_is_not_paused(action: ActionPage, clerk: User) -> None:
    found = errors(action, clerk, status="paused", reason="Short of staff.")
    assert found == {"status": ["The action was “Completed”, so it cannot become “Paused”."]}


def test_taking_up_again_needs_the_reason(action: ActionPage, clerk: User) -> None:
    assert errors(action, clerk, status="under_way") == {"reason": ["Say why it is taken up again."]}
    assert errors(action, clerk, status="under_way", reason="Two homes were left out.") == {}


def test_news_of_an_earlier_day_follows_what_stood_then(action: ActionPage, clerk: User) -> None:
    assert errors(action, clerk, status="paused", reason="Short of staff.", date="2026-10-01") == {}


def test_a_correction_follows_what_stood_before_the_mistake(action: ActionPage, clerk: User) -> None:
    mistake = ProgressUpdatePage.objects.get()
    assert errors(action, clerk, status="under_way", corrects=str(mistake.pk)) == {}


def test_the_update_itself_can_be_edited(action: ActionPage, clerk: User) -> None:
    update = ProgressUpdatePage.objects.get()
    assert errors(action, clerk, update, status="under_way", date="2026-11-03") == {}


def test_news_corrects_other_news_of_its_own_action(action: ActionPage, board: BoardPage, clerk: User) -> None:
    update = ProgressUpdatePage.objects.get()
    assert set(errors(action, clerk, update, status="under_way", corrects=str(update.pk))) == {"corrects"}
    other = building.make_action(board, clerk, title="Design transport with people")
    elsewhere = building.make_update(other, clerk)
    assert set(errors(action, clerk, status="under_way", corrects=str(elsewhere.pk))) == {"corrects"}
