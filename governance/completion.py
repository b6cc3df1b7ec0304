"""Whether a resolution closes an action. Governance knows no resolutions: the app above registers how to find them."""

from collections.abc import Callable
from typing import Any

from governance.registering import Additions

Source = Callable[[Any], bool]
_sources: Additions[Source] = Additions("is asked")
register = _sources.add
"""Add a way to find what closes an action."""


def closed_by_resolution(action: Any) -> bool:
    """Whether a public resolution closes the action."""
    return any(source(action) for source in _sources)
