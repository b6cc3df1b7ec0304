"""Published is not told: an update says on which day those who took part were told, and how, or neither."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

import pytest

from governance.enums import Role
from governance.exceptions import Refused
from governance.models import BoardPage, ProgressUpdatePage, User
from governance.operations.roles import give_role
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


@pytest.mark.django_db
def test_it_is_recorded_in_the_admin_and_shown_on_the_page(board: BoardPage, clerk: User, client: Client) -> None:
    update = building.make_update(building.make_action(board, clerk), clerk)
    editor = building.make_user("editor", is_superuser=False, is_staff=False)
    give_role(user=editor, role=Role.EDITOR, board=board)
    client.force_login(editor)
    address = reverse("record_told", args=[update.pk])
    assert address in client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()
    assert client.post(address, {"on": "2026-11-02", "how": "by letter"}).status_code == 409
    assert client.post(address, {"on": "2026-11-03", "how": ""}).status_code == 400
    assert client.post(address, {"on": "2026-11-03", "how": "by letter"}).status_code == 302
    assert "were told on 3 November 2026: by letter" in client.get(update.get_url()).content.decode()
    assert address not in client.get(reverse("wagtailadmin_pages:edit", args=[update.pk])).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AUTHOR, Role.AUDITOR])
def test_it_is_recorded_by_those_who_write_for_the_board(board: BoardPage, clerk: User, client: Client, role: Role) -> None:
    update = building.make_update(building.make_action(board, clerk), clerk)
    user = building.make_user("somebody", is_superuser=False, is_staff=False)
    give_role(user=user, role=role, board=board if role is Role.AUTHOR else None)
    client.force_login(user)
    assert client.post(reverse("record_told", args=[update.pk]), {"on": "2026-11-03", "how": "x"}).status_code in {302, 403}
    assert ProgressUpdatePage.objects.get().told_on is None
