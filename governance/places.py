"""Places in a template where apps above may put something, so that a template never names an app above its own."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Context = Callable[[Any, Any], dict[str, Any]]


@dataclass(frozen=True)
class Placed:
    """What stands in a place: a template and where its context comes from (given the record and the request)."""

    template: str
    context: Context


_places: dict[str, list[Placed]] = defaultdict(list)


def register(place: str, template: str, context: Context) -> None:
    """Put a template in a place.

    Args:
        place: such as `board.meetings`.
        template: the template to render there.
        context: what it is given, from the record and the request.

    Raises:
        ValueError: the template stands there already.
    """
    if any(placed.template == template for placed in _places[place]):
        raise ValueError(f"{template} stands in {place} already")
    _places[place].append(Placed(template, context))


def placed_in(place: str) -> list[Placed]:
    """What stands in a place, in the order it was put there."""
    return list(_places.get(place, ()))
