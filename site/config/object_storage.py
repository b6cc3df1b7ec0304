"""Files in object storage: a part of one is fetched alone, so that no process ever holds a whole pack to send a page of it."""

import contextlib
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.encoding import filepath_to_uri

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

BLOCK = 1 << 16
IN_MEMORY = 8 << 20
"""So much of a file that is opened whole stays in memory; the rest of it goes to a temporary file."""


PATIENCE = Config(connect_timeout=3, read_timeout=20, retries={"total_max_attempts": 3})
"""A store that does not answer is away: a reader waits for no minute, and the worker tries again."""


@contextlib.contextmanager
def _or_away() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as away:
        raise ConnectionError(f"The store of files is away: {type(away).__name__}") from away


class Arriving:
    """The bytes of a file as they arrive.

    Args:
        body: the answer of the store. It is closed even if nobody begins to read it.
    """

    def __init__(self, body: Any) -> None:
        self._body = body

    def __iter__(self) -> Iterator[bytes]:
        yield from self._body.iter_chunks(BLOCK)

    def close(self) -> None:
        """Whoever reads has gone, or has everything."""
        self._body.close()


class ObjectStorage(S3Storage):
    """A bucket that speaks S3."""

    def get_default_settings(self) -> dict[str, object]:
        """Its settings where nothing else is said."""
        usual = {"file_overwrite": False, "max_memory_size": IN_MEMORY, "client_config": PATIENCE}
        return {**super().get_default_settings(), **usual}

    def exists(self, name: str) -> bool:
        """Whether the store has such a file.

        Raises:
            ConnectionError: the store is away.
        """
        with _or_away():
            return bool(super().exists(name))

    def open(self, name: str, mode: str = "rb") -> Any:
        """A file, to be read whole.

        Raises:
            FileNotFoundError: the store has no such file.
            ConnectionError: the store is away.
        """
        with _or_away():
            return super().open(name, mode)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Keep a file; the name it is kept under.

        Raises:
            ConnectionError: the store is away.
        """
        with _or_away():
            return str(super().save(name, content, max_length))

    def stream(self, name: str, first: int, last: int) -> Arriving:
        """The bytes of a file from the first to the last, both included, as they arrive.

        Args:
            name: the file's name in this store.
            first, last: counted from 0.

        Raises:
            FileNotFoundError: the store has no such file.
            ConnectionError: the store is away. This is known before a byte is sent, so that the reader can be told in words.
        """
        with _or_away():
            body = self.open(name).obj.get(Range=f"bytes={first}-{last}")["Body"]
        return Arriving(body)


class ContentStorage(ObjectStorage):
    """Where documents and pictures of content pages lie. Their addresses are of this site, which asks whether they are public."""

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        """The address within the site."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
