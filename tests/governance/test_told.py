"""Published is not told: an update says on which day those who took part were told, and how, or neither."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import pytest

from governance.exceptions import Refused
from governance.models import BoardPage, ProgressUpdatePage, User
from governance.operations.telling import record_told
from tests import building


@pytest.mark.django_db
def test_the_day_and_the_way_are_told_together(board: BoardPage, clerk: User) -> None:
    update = building.make_update(building.make_action(board, clerk), clerk)
    for fields in ({"told_on": date(2026, 11, 5), "told_how": ""}, {"told_on": None, "told_how": "by letter"}):
        for name, value in fields.items():
            setattr(update, name, value)
        with pytest.raises(ValidationError, match="Say both"):
            update.full_clean()
        with pytest.raises(IntegrityError), transaction.atomic():
            ProgressUpdatePage.objects.filter(pk=update.pk).update(**fields)


@pytest.mark.django_db
def test_that_they_were_told_is_recorded_once_and_afterwards(board: BoardPage, clerk: User) -> None:
    update = building.make_update(building.make_action(board, clerk), clerk)
    at = building.london(2026, 11, 22, 10)
    for on, how in ((date(2026, 11, 23), "by letter"), (date(2026, 11, 2), "by letter"), (date(2026, 11, 5), " ")):
        with pytest.raises(Refused):
            record_told(update=update, on=on, how=how, by=clerk, at=at)
    told = record_told(update=update, on=date(2026, 11, 5), how="by letter", by=clerk, at=at)
    assert (told.told_on, told.told_how, told.what_changed) == (date(2026, 11, 5), "by letter", update.what_changed)
    with pytest.raises(Refused, match="already"):
        record_told(update=update, on=date(2026, 11, 6), how="by telephone", by=clerk, at=at)
    draft = building.make_update(building.make_action(board, clerk, "Two"), clerk, publish=False)
    with pytest.raises(Refused, match="Publish"):
        record_told(update=draft, on=date(2026, 11, 5), how="by letter", by=clerk, at=at)
