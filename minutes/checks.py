"""Checks of the keys that open words which are not for publication."""

import logging
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning
from django.core.checks import register as register_check
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, DatabaseError

from governance.sealing import problems_of_keys
from minutes.operations.restricted_keys import is_anything_sealed

logger = logging.getLogger(__name__)
NO_KEY_FOR_WHAT_IS_SEALED = "Words that are not for publication are sealed in this database, and RESTRICTED_KEYS holds no key. Set the keys that sealed them."


def there_are_keys(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Without a key nothing can be written that is not for publication, and nothing that was can be read."""
    if not settings.RESTRICTED_KEYS:
        hint = "Set RESTRICTED_KEYS in the environment: 32 random bytes in URL-safe base 64, the newest key first."
        return [Warning("There is no key for words that are not for publication.", hint=hint, id="minutes.W001")]
    return [Error(problem, id="minutes.E001") for problem in problems_of_keys()]


def what_is_sealed_has_a_key(app_configs: Any = None, databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Where something is sealed already, no key is no small matter: members could not read what they are summoned to decide."""
    if DEFAULT_DB_ALIAS not in (databases or ()) or not lacks_keys():
        return []
    return [Error(NO_KEY_FOR_WHAT_IS_SEALED, id="minutes.E002")]


def require_keys() -> None:
    """Refuse to serve records without the keys of what is sealed in them. Called when a server or a worker starts.

    Raises:
        ImproperlyConfigured: something is sealed, and there is no key.
    """
    if lacks_keys():
        raise ImproperlyConfigured(NO_KEY_FOR_WHAT_IS_SEALED)


def lacks_keys() -> bool:
    """Whether something is sealed and there is no key. A database that cannot be asked refuses nobody: it may come back."""
    if settings.RESTRICTED_KEYS:
        return False
    try:
        return is_anything_sealed()
    except DatabaseError as problem:
        logger.warning("Nobody could look whether words are sealed that no key opens: %s", problem)
        return False


def register() -> None:
    """Add the checks. Called once, when the app is ready."""
    register_check(there_are_keys, Tags.security)
    register_check(what_is_sealed_has_a_key, Tags.database)
