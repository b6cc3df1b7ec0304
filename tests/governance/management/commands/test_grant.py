"""`manage.py grant`."""

from io import StringIO

from django.core.management import CommandError, call_command

import pytest

from governance.models import BoardPage
from tests import building

pytestmark = pytest.mark.django_db


def test_it_gives_a_role_and_says_so(board: BoardPage) -> None:
    user = building.make_user("sam", is_superuser=False)
    said = StringIO()
    call_command("grant", "editor", "sam", "--board", "HWB", stdout=said)
    assert said.getvalue() == "sam: HWB: Democratic services editor\n"
    assert user.groups.count() == 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["editor", "nobody", "--board", "HWB"], "Nobody has the log-in"),
        (["editor", "sam", "--board", "XYZ"], "no board with the code"),
        (["editor", "sam"], "say which"),
        (["mayor", "sam"], "invalid choice"),
    ],
)
def test_it_says_in_one_line_why_not(board: BoardPage, arguments: list[str], words: str) -> None:
    user = building.make_user("sam", is_superuser=False)
    with pytest.raises(CommandError, match=words):
        call_command("grant", *arguments)
    assert not user.groups.exists()
