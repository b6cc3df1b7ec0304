"""The documents and pictures of content pages, as files that are kept."""

from collections.abc import Iterator

from governance.kept_files import KeptFile
from governance.models import ContentDocument, ContentImage, ContentRendition

PUBLIC = "default"


def files_of_content() -> Iterator[KeptFile]:
    """Every document and every picture, with the sizes it was made in."""
    for row in ContentDocument.objects.order_by("pk"):
        yield KeptFile(store=PUBLIC, name=str(row.file), what=row.title, algorithm="sha1", checksum=row.file_hash)
    for image in ContentImage.objects.order_by("pk"):
        yield KeptFile(store=PUBLIC, name=str(image.file), what=image.title, algorithm="sha1", checksum=image.file_hash)
    for rendition in ContentRendition.objects.select_related("image").order_by("pk"):
        yield KeptFile(store=PUBLIC, name=str(rendition.file), what=rendition.image.title, is_remade=True)
