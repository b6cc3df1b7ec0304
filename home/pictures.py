"""Pictures of content pages, where no web server or object storage stands in front that serves them."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from governance.models import ContentImage, ContentRendition

# The picture formats that may be uploaded (WAGTAILIMAGES_EXTENSIONS); none of them can carry a script.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# A changed picture gets a new file name, so an hour is safe and spares the database.
KEPT_BY_BROWSERS = "public, max-age=3600"


@require_safe
def picture(request: HttpRequest, name: str) -> FileResponse:
    """One picture at one size. The file as uploaded, which may tell where it was taken, is only for those who edit.

    Args:
        name: the file's name below the folder of public files. It must be that of a picture the records know, so that no
            other file, folder or document is ever opened.

    Raises:
        Http404: the records know no such picture, or its file is not there.
    """
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    file, kept = _known(request.user, name) if content_type and "\x00" not in name else (None, "")
    if file is None:
        raise Http404
    try:
        response = FileResponse(file.open("rb"), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = kept
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _known(user: Any, name: str) -> tuple[File | None, str]:
    """The file of that name, with how long it may be kept."""
    rendition = ContentRendition.objects.filter(file=name).first()
    if rendition is not None:
        return rendition.file, KEPT_BY_BROWSERS
    original = ContentImage.objects.filter(file=name).first() if user.has_perm("wagtailadmin.access_admin") else None
    return (original.file, "private, no-store") if original is not None else (None, "")
