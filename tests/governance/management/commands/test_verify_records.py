"""What somebody publishes while the records are checked is no finding; what disagrees twice is."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

from django.core.management import call_command

import pytest

from governance.management.commands import verify_records
from governance.models import User
from tests.house.chain import make_chain

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("times", [1, 2])
def test_only_what_disagrees_twice_is_told(clerk: User, monkeypatch: pytest.MonkeyPatch, times: int) -> None:
    make_chain(clerk)
    looks: list[int] = []
    as_it_is = verify_records.lines

    def troubled() -> Iterator[dict[str, Any]]:
        """Lines in which one record says something else, for so many looks."""
        looks.append(1)
        for line in as_it_is():
            is_meanwhile = line["kind"] == "record" and len(looks) <= times
            yield {**line, "content": {"title": "Of another moment"}} if is_meanwhile else line

    monkeypatch.setattr(verify_records, "lines", troubled)
    said = StringIO()
    if times == 1:
        call_command("verify_records", stdout=said)
    else:
        with pytest.raises(SystemExit):
            call_command("verify_records", stdout=said)
    assert len(looks) == 2
    assert ("Changed:" in said.getvalue()) == (times == 2)
