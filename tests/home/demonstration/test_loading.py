"""Loading: whole, once, the same for the same day, and never beside other records."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import CommandError, call_command

from wagtail.models import Page

import pytest

from governance.exceptions import Refused
from home.operations.demonstration import is_loaded, load_demonstration
from tests import building
from tests.home.demonstration.conftest import TODAY


def _silent(*step: Any) -> None:
    """Nobody watches."""


@pytest.mark.django_db
@pytest.mark.parametrize("make", [building.make_user, building.make_organisation])
def test_a_database_that_holds_other_records_is_refused(make: Any) -> None:
    make()
    pages = Page.objects.count()
    with pytest.raises(Refused, match="holds other records"):
        load_demonstration(today=TODAY, tell=_silent)
    with pytest.raises(CommandError, match="so that nobody takes its records for real ones"):
        call_command("load_demonstration")
    assert Page.objects.count() == pages
    assert not is_loaded()


@pytest.mark.django_db
def test_the_command_counts_its_steps_and_writes_the_log_ins_for_its_owner_alone(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def load(*, today: date, tell: Any) -> bool:
        for number in range(1, 41):
            tell(number, 40, "A step")
        return True

    settings.VAR = tmp_path
    monkeypatch.setattr("home.management.commands.load_demonstration.load_demonstration", load)
    call_command("load_demonstration", today=TODAY)
    assert (tmp_path / "made_on").read_text(encoding="ascii") == "2026-11-22\n"
    rows = json.loads((tmp_path / "logins.json").read_text(encoding="utf-8"))
    assert [set(row) for row in rows] == [{"role", "username", "password"}] * 7
    assert (tmp_path / "logins.json").stat().st_mode & 0o777 == 0o600
    said = capsys.readouterr().out
    assert said.count("of 40 steps") == 10
    assert "two years of records" in said
