"""Checks of the keys that open words which are not for publication."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning
from django.core.checks import register as register_check

from governance.sealing import problems_of_keys


def there_are_keys(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Without a key nothing can be written that is not for publication, and nothing that was can be read."""
    if not settings.RESTRICTED_KEYS:
        hint = "Set RESTRICTED_KEYS in the environment: 32 random bytes in URL-safe base 64, the newest key first."
        return [Warning("There is no key for words that are not for publication.", hint=hint, id="minutes.W001")]
    return [Error(problem, id="minutes.E001") for problem in problems_of_keys()]


def register() -> None:
    """Add the check. Called once, when the app is ready."""
    register_check(there_are_keys, Tags.security)
