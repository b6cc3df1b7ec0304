"""Files in object storage: a part of one is fetched alone, so that no process ever holds a whole pack to send a page of it."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.encoding import filepath_to_uri

from storages.backends.s3 import S3Storage

BLOCK = 1 << 16
IN_MEMORY = 8 << 20
"""So much of a file that is opened whole stays in memory; the rest of it goes to a temporary file."""


class ObjectStorage(S3Storage):
    """A bucket that speaks S3."""

    def get_default_settings(self) -> dict[str, object]:
        """Its settings where nothing else is said."""
        return {**super().get_default_settings(), "file_overwrite": False, "max_memory_size": IN_MEMORY}

    def stream(self, name: str, first: int, last: int) -> Iterator[bytes]:
        """The bytes of a file from the first to the last, both included, as they arrive.

        Args:
            name: the file's name in this store.
            first, last: counted from 0.

        Raises:
            FileNotFoundError: the store has no such file.
        """
        stored = self.open(name).obj
        body = stored.get(Range=f"bytes={first}-{last}")["Body"]
        with body:
            yield from body.iter_chunks(BLOCK)


class ContentStorage(ObjectStorage):
    """Where documents and pictures of content pages lie. Their addresses are of this site, which asks whether they are public."""

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        """The address within the site."""
        return f"{settings.MEDIA_URL}{filepath_to_uri(name)}"
