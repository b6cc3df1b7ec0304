"""Packages that only some installations need: the extra `scale` brings them."""

from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

from django.core.exceptions import ImproperlyConfigured


def require_packages(setting: str, *names: str, find: Callable[[str], Any] = find_spec) -> None:
    """Refuse a setting whose packages are not installed, before anything falls over for want of them.

    Args:
        setting: the variable of the environment that was given.
        names: the packages as they are imported.
        find: how a package is looked for.

    Raises:
        ImproperlyConfigured: in one sentence, which package is missing and how it comes.
    """
    missing = [name for name in names if find(name) is None]
    if missing:
        raise ImproperlyConfigured(
            f"{setting} is set, but the package {missing[0]} is not installed: install the extra “scale”, or take the setting away."
        )
