"""“Check a file”: whether a file is a pack as it was issued, or an annual report as it stands. It is read once to make its checksum, and kept nowhere."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from governance.exceptions import Refused
from governance.visitors import place_of
from minutes.enums import PackAudience, PackState
from minutes.models import AnnualReport, Pack
from minutes.public_packs import current_version

LARGEST = 1 << 30
"""Bytes: more than any pack has."""
FROM_ONE_PLACE = 60
WITHIN = 600
"""So many checks from one place in so many seconds: enough for an office, not for a machine."""
_SHA512 = re.compile(r"[0-9a-f]{128}")


class HashedFile(UploadedFile):
    """A file that was sent and not kept: its name, its size and its checksum."""

    def __init__(self, name: str, size: int, sha512: str) -> None:
        super().__init__(None, name, size=size)
        self.sha512 = sha512


class HashOnly(FileUploadHandler):
    """Takes a file block by block, makes its checksum, and stores nothing."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """The next file begins."""
        super().new_file(*args, **kwargs)
        self._digest = hashlib.sha512()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """One block. Nothing is handed on, so that nobody else keeps it."""
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> HashedFile:
        """The file has arrived."""
        return HashedFile(self.file_name or "", file_size, self._digest.hexdigest())


class TooMany(Refused):
    """Too many files were checked from one place."""


class NoChecksum(Refused):
    """What was pasted is none. It is shown again, so that it can be put right."""

    def __init__(self, reason: str, pasted: str) -> None:
        super().__init__(reason)
        self.pasted = pasted[:400]


@dataclass(frozen=True)
class Verdict:
    """What is known of a file.

    Attributes:
        sha512: its checksum.
        found: the pack it is; None when nothing was ever issued with that checksum.
        latest: the version that is issued now.
        report: the annual report it is, as it stands now; None for everything else.
    """

    sha512: str
    found: Pack | None
    latest: Pack | None
    report: AnnualReport | None = None

    @property
    def is_current(self) -> bool:
        """Whether it is the pack as it is issued now."""
        return self.found is not None and self.found.state == PackState.ISSUED

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was withdrawn."""
        return self.found is not None and self.found.state == PackState.WITHDRAWN

    @property
    def is_public(self) -> bool:
        """Whether it may be linked to."""
        return self.found is not None and self.found.audience == PackAudience.PUBLIC


# Nothing is changed by a check, so that no cookie is needed; and a file must not be read before this view can say how.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_a_file(request: HttpRequest) -> HttpResponse:
    """The form, and what is known of the file or checksum that was sent."""
    if request.method != "POST":
        return _form(request)
    try:
        sha512 = _sent_checksum(request)
    except TooMany as refusal:
        return _form(request, str(refusal), 429)
    except NoChecksum as refusal:
        return _form(request, str(refusal), 422, pasted=refusal.pasted)
    except Refused as refusal:
        return _form(request, str(refusal), 422)
    found = Pack.objects.with_checksum(sha512).select_related("meeting").order_by("-issued_at").first()
    latest = current_version(found) if found is not None and found.audience == PackAudience.PUBLIC else None
    report = AnnualReport.objects.public().defer("content").select_related("board").filter(sha512=sha512).first()
    return _form(request, verdict=Verdict(sha512, found, latest, report))


def checksum_in(text: str) -> str:
    """The checksum that somebody pasted, with or without the name of a file behind it or spaces within.

    Raises:
        NoChecksum: there is none.
    """
    words = text.strip().lower().split()
    whole = "".join(words)
    for candidate in (whole, *words):
        if _SHA512.fullmatch(candidate):
            return candidate
    raise NoChecksum(_("A SHA-512 checksum has 128 characters, each of them 0 to 9 or a to f. Paste it whole."), text)


def _sent_checksum(request: HttpRequest) -> str:
    """The checksum of what was sent.

    Raises:
        Refused: nothing usable was sent, or too much.
    """
    _count(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Refused(_("That file is larger than any pack (%(size)s).") % {"size": filesizeformat(LARGEST)})
    request.upload_handlers = [HashOnly(request)]
    try:
        file, pasted = request.FILES.get("file"), request.POST.get("checksum", "")
    except (MultiPartParserError, SuspiciousOperation):
        raise Refused(_("The file did not arrive whole. Choose it again.")) from None
    if isinstance(file, HashedFile):
        return file.sha512
    if not pasted.strip():
        raise Refused(_("Choose a file, or paste its checksum."))
    return checksum_in(pasted)


def _count(request: HttpRequest) -> None:
    key = f"check-a-file:{place_of(request)}"
    cache.add(key, 0, WITHIN)
    try:
        asked = cache.incr(key)
    except ValueError:
        # It ran out between the two.
        asked = 1
    if asked > FROM_ONE_PLACE:
        raise TooMany(_("Too many files were checked from your connection. Try again in ten minutes."))


def _form(
    request: HttpRequest, problem: str = "", status: int = 200, verdict: Verdict | None = None, pasted: str = ""
) -> HttpResponse:
    answer = {"problem": problem, "verdict": verdict, "pasted": pasted}
    return render(request, "home/check_a_file.html", answer, status=status)
