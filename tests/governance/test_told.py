"""Published is not told: an update says on which day those who took part were told, and how, or neither."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

import pytest

from governance.models import BoardPage, ProgressUpdatePage, User
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
