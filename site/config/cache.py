"""A cache that may be away: what was kept there is asked for anew, and nobody sees an error page for it."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache

from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


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
            logger.warning("The cache is away: %s", type(away).__name__)
            return otherwise
