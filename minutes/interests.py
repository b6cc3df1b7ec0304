"""The categories of interest that a body's members declare."""

import json
from functools import cache
from importlib.resources import files

from governance.models import BoardPage


@cache
def _usual() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(files("governance.data").joinpath("interest_categories.json").read_text("utf-8"))
    return found


def categories_of(board: BoardPage) -> list[str]:
    """The board's own categories; without any, the usual ones of its type of board."""
    own = [row.name for row in board.interest_categories.all()]
    return own or _usual().get(board.body_type.name, _usual()[""])
