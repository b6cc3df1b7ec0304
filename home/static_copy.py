"""The whole public site as plain files, which any web server can serve: pages, files, feeds, calendars and checkpoints.

It is read the way a visitor reads it, link by link, so that nothing is in it that is not public.
"""

import html
import re
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import default_storage
from django.db.models import Max, Min
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.models import Reference
from minutes import public_record
from minutes.month import Month

BEGINS_AT = (
    "/",
    "/records/",
    "/records/checkpoints/",
    "/records/checkpoints.json",
    "/records/checkpoints.atom",
    "/sitemap.xml",
)
NEEDS_THE_SITE = ("admin", "alerts", "check-a-file", "have-a-say", "letters", "members", "partner", "search")
"""What a file cannot do: forms, and what is for one person. Links to these lead to the site itself."""
ENDINGS = {
    "application/atom+xml": ".atom",
    "application/json": ".json",
    "application/pdf": ".pdf",
    "application/xml": ".xml",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "text/plain": ".txt",
}
LINK = re.compile(r"""(\s(?:href|src|action)=)(["'])(.*?)\2""", flags=re.DOTALL)
SIZES = re.compile(r"""\ssrcset=(["'])(.*?)\1""", flags=re.DOTALL)
"""The same picture at several sizes: addresses with the width of each. They have no host, and lead to the copy's own files as they are."""
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)""")
EVERY = 100
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Answer:
    """What an address answers."""

    status: int
    kind: str
    body: bytes
    leads_to: str = ""


@dataclass
class StaticCopy:
    """One copy being written.

    Args:
        folder: where to, empty.
        address: of the site itself, without a slash at its end.
        tell: is told how far it is.

    Attributes:
        files: the name of the file by the address it answers for.
        dead: addresses that are linked to and answer nothing, with a page that links there.
    """

    folder: Path
    address: str
    tell: Tell
    files: dict[str, str] = field(default_factory=dict)
    dead: dict[str, str] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _leading: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        parts = urlsplit(self.address)
        self._client = Client(headers={"host": parts.netloc}, raise_request_exception=False)
        self._secure = parts.scheme == "https"
        ends = public_record.meetings_of(None).aggregate(first=Min("starts_at"), last=Max("starts_at"))
        days = [timezone.localdate(), *(timezone.localdate(at) for at in ends.values() if at)]
        self._months = str(Month.of(min(days))), str(Month.of(max(days)))

    def write(self) -> None:
        """Read every page and file, write them, then have the links lead from file to file.

        Raises:
            Refused: the folder is not empty.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if any(self.folder.iterdir()):
            raise Refused(_("%(folder)s is not empty. Give each copy a folder of its own.") % {"folder": self.folder})
        waiting = deque((address, "") for address in self._beginnings())
        seen = {address for address, _page in waiting}
        while waiting:
            address, linked_from = waiting.popleft()
            for found in self._take(address, linked_from):
                if found not in seen:
                    seen.add(found)
                    waiting.append((found, address))
            if len(self.files) % EVERY == 0:
                self.tell(f"{len(self.files)} files, {len(waiting)} addresses to go ...")
        for address, name in self._pages.items():
            if address in self._leading:
                target = self._leading[address]
                served = self._served(target) if target in self.files else urljoin(self.address, target)
                (self.folder / name).write_bytes(_leads_to(served))
            else:
                self._relink(address, self.folder / name)

    def _beginnings(self) -> Iterator[str]:
        yield from BEGINS_AT
        for slug in Reference.objects.order_by("pk").values_list("slug", flat=True):
            yield f"/ref/{slug}/"

    def _take(self, address: str, linked_from: str) -> list[str]:
        """Write what one address answers. Returns what it links to within the site."""
        answer = self._answer(address)
        if answer.leads_to:
            target = self._inside(address, answer.leads_to)
            self._leading[address] = target or answer.leads_to
            self._keep(address, "text/html", b"")
            return [target] if target else []
        if answer.status not in {200, 410}:
            if linked_from:
                self.dead[address] = linked_from
            return []
        self._keep(address, answer.kind, answer.body)
        text = answer.body.decode(errors="replace") if answer.kind in {"text/html", "text/css", "application/xml"} else ""
        if answer.kind == "text/html":
            links = [html.unescape(match[3]) for match in LINK.finditer(text)]
            links += [
                size.split()[0] for match in SIZES.finditer(text) for size in html.unescape(match[2]).split(",") if size.strip()
            ]
        elif answer.kind == "text/css":
            links = IN_STYLES.findall(text)
        else:
            links = re.findall(r"<loc>([^<]+)</loc>", text)
        return [found for link in links if (found := self._inside(address, link))]

    def _answer(self, address: str) -> Answer:
        path = unquote(urlsplit(address).path)
        if path.startswith(settings.STATIC_URL):
            return _stored(path, _static_file(path.removeprefix(settings.STATIC_URL)))
        response: Any = self._client.get(address, secure=self._secure)
        if response.status_code in {301, 302, 303, 307, 308}:
            return Answer(response.status_code, "", b"", response["Location"])
        if response.status_code == 404 and path.startswith(settings.MEDIA_URL):
            name = path.removeprefix(settings.MEDIA_URL)
            shown = name.startswith("images/") and default_storage.exists(name)
            return _stored(path, default_storage.open(name).read() if shown else None)
        kind = response.get("Content-Type", "").partition(";")[0].strip()
        return Answer(response.status_code, kind, b"".join(response))

    def _keep(self, address: str, kind: str, body: bytes) -> None:
        """Write a file under the name that a plain web server finds for its address."""
        name = name_of(address, kind)
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(body)
        self.files[address] = name
        if kind == "text/html":
            self._pages[address] = name

    def _inside(self, address: str, link: str) -> str:
        """The address within the site that a link leads to; empty where it leads elsewhere or to what a file cannot do."""
        whole = urlsplit(urljoin(f"{self.address}{address}", link.strip()))
        parts = whole.path.split("/")
        if f"{whole.scheme}://{whole.netloc}" != self.address or parts[1] in NEEDS_THE_SITE:
            return ""
        if parts[1] == "meetings" and parts[2:3] and parts[2] and not self._months[0] <= parts[2] <= self._months[1]:
            # Months go on for ever; the copy has those from the first meeting to the last.
            return ""
        query = dict(parse_qsl(whole.query))
        if query and not (set(query) == {"page"} and query["page"].isdecimal()) and set(query) != {"format"}:
            # A choice of filters is made on the site; the copy has the whole list.
            return ""
        return f"{whole.path}?{whole.query}" if query else whole.path

    def _relink(self, address: str, path: Path) -> None:
        """Have the links of a page lead to the files of this copy, and to the site itself where there is none."""

        def led(match: re.Match[str]) -> str:
            link = html.unescape(match[3])
            if link.startswith(("#", "mailto:", "tel:", "data:")):
                return match[0]
            inside = self._inside(address, link)
            fragment = f"#{urlsplit(link).fragment}" if urlsplit(link).fragment else ""
            target = self._served(inside) if inside in self.files else urljoin(f"{self.address}{address}", link)
            return f"{match[1]}{match[2]}{html.escape(target + (fragment if inside in self.files else ''))}{match[2]}"

        path.write_text(LINK.sub(led, path.read_text(encoding="utf-8")), encoding="utf-8")

    def _served(self, address: str) -> str:
        return f"/{self.files[address].removesuffix('index.html')}"


def name_of(address: str, kind: str) -> str:
    """The file in which a plain web server finds an address.

    Args:
        address: a path, with the number of a page of a list or a format behind it.
        kind: the type of its content.
    """
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    if ".." in path.split("/"):
        raise Refused(_("The address %(address)s cannot be a file.") % {"address": address})
    query = dict(parse_qsl(parts.query))
    if "page" in query:
        path = f"{path}page-{query['page']}/"
    if kind == "text/html":
        return f"{path}index.html" if not path or path.endswith("/") else path
    if path.endswith("/"):
        return f"{path.rstrip('/')}{ENDINGS.get(kind, '.bin')}"
    return path


def _leads_to(target: str) -> bytes:
    """A page that leads on, because a file cannot redirect."""
    link = html.escape(target)
    words = html.escape(_("This record is here"))
    page = (
        f'<!doctype html>\n<html lang="en-GB"><head><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={link}">'
    )
    return f'{page}<title>{words}</title></head><body><p><a href="{link}">{words}</a></p></body></html>\n'.encode()


def _static_file(name: str) -> bytes | None:
    """A stylesheet, a font or a picture of the look."""
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as opened:
            return bytes(opened.read())
    found = finders.find(name)
    return Path(str(found)).read_bytes() if found else None


def _stored(path: str, body: bytes | None) -> Answer:
    kind = "text/css" if path.endswith(".css") else "application/octet-stream"
    return Answer(404, "", b"") if body is None else Answer(200, kind, body)
