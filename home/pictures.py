"""Documents and pictures of content pages: private by default, public while a public page refers to them.

Whoever asks for one that is not public gets the same answer as for one that is not there.
"""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from wagtail.documents.views.serve import serve
from wagtail.permission_policies.pages import PagePermissionPolicy

from governance.models import ContentDocument, ContentImage, ContentRendition

# The picture formats that may be uploaded (WAGTAILIMAGES_EXTENSIONS); none of them can carry a script.
CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
# A browser may keep what is public, and asks first whether it still is.
PUBLIC, PRIVATE = "public, no-cache", "private, no-store"
SEES_DRAFTS = frozenset({"change", "publish", "view"})


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One picture at one size. The file as uploaded, which may tell where it was taken, is only for those who see drafts.

    Args:
        name: the file's name below the folder of public files. It must be that of a picture the records know, so that no
            other file, folder or document is ever opened.

    Raises:
        Http404: the records know no such picture, it is not public, or its file is not there.
    """
    content_type = CONTENT_TYPES.get(PurePosixPath(name).suffix.lower())
    file, kept = _known(request.user, name) if content_type and "\x00" not in name else (None, "")
    if file is None:
        raise Http404
    # A changed picture gets a new file name.
    etag = quote_etag(str(file.name))
    unchanged = get_conditional_response(request, etag=etag) if kept == PUBLIC else None
    try:
        response = unchanged or FileResponse(file.open("rb"), content_type=content_type)
    except FileNotFoundError:
        raise Http404 from None
    response["Cache-Control"] = kept
    response["ETag"] = etag
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_safe
def document(request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """One document, sent by Wagtail's own view.

    Raises:
        Http404: there is none, or it is not public and the person does not see drafts.
    """
    found = ContentDocument.objects.filter(pk=key).first() if len(key) < len(str(2**63)) else None
    is_public = found is not None and found.is_public
    # Who asks is looked at whether or not there is such a document: an answer that varies by person tells otherwise that there is.
    if not (is_public or sees_drafts(request.user)) or found is None:
        raise Http404
    response: HttpResponseBase = serve(request, key, name)
    response["Cache-Control"] = PUBLIC if is_public else PRIVATE
    return response


def sees_drafts(user: Any) -> bool:
    """Whether the person writes, publishes or looks over the drafts of some board, so that previews show them what will be there."""
    return bool(user.is_active) and bool(PagePermissionPolicy().user_has_any_permission(user, SEES_DRAFTS))


def _known(user: Any, name: str) -> tuple[File | None, str]:
    """The file of that name, with how long it may be kept."""
    rendition = ContentRendition.objects.filter(file=name).select_related("image").first()
    if rendition is not None and rendition.image.is_public:
        return rendition.file, PUBLIC
    known = rendition or ContentImage.objects.filter(file=name).first()
    # Who asks is looked at first, so that the answer is the same where there is none.
    return (known.file, PRIVATE) if sees_drafts(user) and known is not None else (None, "")
