"""A cache that may be away: what was kept there is asked for anew, and nobody sees an error page for it."""

import logging
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache

from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

SECONDS_BETWEEN_WARNINGS = 60
"""A page asks the cache several times: while Redis is away, a warning for each would bury whatever else the log says."""


class Misses:
    """Says that the cache is away: at once, then once a minute with how often it was missed since.

    Args:
        clock: tells seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._missed = 0
        self._next = float("-inf")

    def note(self, away: Exception) -> None:
        """Take note of one question that found the cache away.

        Args:
            away: why it did.
        """
        with self._lock:
            self._missed += 1
            now = self._clock()
            if now < self._next:
                return
            missed, self._missed, self._next = self._missed, 0, now + SECONDS_BETWEEN_WARNINGS
        logger.warning("The cache is away: %s. Missed since the last such line: %d.", type(away).__name__, missed)


misses = Misses()


class ForgivingRedisCache(RedisCache):
    """Redis, and an empty cache while Redis is away or full. Nothing that has to last is kept in it."""

    def add(self, *given: Any, **named: Any) -> bool:
        """Keep what is not kept yet. False while Redis is away."""
        return bool(self._tried("add", False, *given, **named))

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """What is kept; nothing while Redis is away."""
        return self._tried("get", default, key, default, version)

    def set(self, *given: Any, **named: Any) -> None:
        """Keep something."""
        self._tried("set", None, *given, **named)

    def touch(self, *given: Any, **named: Any) -> bool:
        """Keep it longer."""
        return bool(self._tried("touch", False, *given, **named))

    def delete(self, *given: Any, **named: Any) -> bool:
        """Forget something."""
        return bool(self._tried("delete", False, *given, **named))

    def get_many(self, *given: Any, **named: Any) -> Any:
        """What is kept of several."""
        return self._tried("get_many", {}, *given, **named)

    def set_many(self, *given: Any, **named: Any) -> Any:
        """Keep several; none that failed is named, because nobody asks."""
        return self._tried("set_many", [], *given, **named)

    def delete_many(self, *given: Any, **named: Any) -> None:
        """Forget several."""
        self._tried("delete_many", None, *given, **named)

    def has_key(self, *given: Any, **named: Any) -> bool:
        """Whether something is kept."""
        return bool(self._tried("has_key", False, *given, **named))

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """Count on. While Redis is away, as if nothing was counted yet.

        Raises:
            ValueError: nothing is kept under that key.
        """
        return int(self._tried("incr", delta, key, delta, version))

    def clear(self) -> None:
        """Forget everything."""
        self._tried("clear", None)

    def _tried(self, method: str, otherwise: Any, *given: Any, **named: Any) -> Any:
        try:
            return getattr(super(), method)(*given, **named)
        except (RedisError, OSError) as away:
            misses.note(away)
            return otherwise
