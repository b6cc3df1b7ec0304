"""Whether a resolution closes an action. Governance knows no resolutions: the app above registers how to find them."""

from collections.abc import Callable
from typing import Any

Source = Callable[[Any], bool]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Add a way to find what closes an action.

    Raises:
        ValueError: it is registered already.
    """
    if source in _sources:
        raise ValueError(f"{source.__name__} is asked already")
    _sources.append(source)


def closed_by_resolution(action: Any) -> bool:
    """Whether a public resolution closes the action."""
    return any(source(action) for source in _sources)
