"""A static copy stands alone: a plain web server serves it, and every link in it leads somewhere."""

import re
import threading
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import CommandError, call_command
from django.utils import timezone

import pytest
from PIL import Image

from governance.models import ContentImage, LedgerCheckpoint, User
from governance.operations.checkpoints import make_checkpoint
from home.models import ContentPage, HomePage
from home.static_copy import LINK, name_of
from minutes.enums import PackKind, PackState, PaperState
from minutes.models import Pack, PaperFile
from minutes.operations.papers import list_paper, publish_papers
from tests import building
from tests.house.chain import Chain, make_chain
from tests.kept import kept

pytestmark = pytest.mark.django_db
ADDRESS = "http://localhost"
DRAFT = "Not for the public yet"
PAPER, PACK = b"%PDF-1.7 the paper", b"%PDF-1.7 the pack"


class Quiet(SimpleHTTPRequestHandler):
    """Python's own server of files, saying nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def chain(clerk: User) -> Chain:
    """Every type of record, public, and a draft."""
    made = kept("chain", lambda: make_chain(clerk))
    building.make_action(made.records["board"], clerk, DRAFT, publish=False)
    _paper(made, clerk)
    _pack(made)
    _picture()
    return made


def _picture() -> None:
    """A page with a photograph, which is shown at several sizes."""
    taken = BytesIO()
    Image.new("RGB", (1200, 900), "navy").save(taken, "JPEG")
    picture = ContentImage.objects.create(title="A hall", file=ImageFile(taken, "hall.jpg"))
    page = ContentPage(title="The hall", slug="the-hall", body=[("picture", {"image": picture, "alt": "A hall"})])
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()


def _paper(chain: Chain, clerk: User) -> None:
    """A published paper with its file."""
    paper = list_paper(item=chain.fresh("item"), title="Home care: a report", kind="report", by=clerk, state=PaperState.CHECKED)
    publish_papers(papers=[paper], by=clerk, at=timezone.now())
    file = PaperFile(paper=paper, version=1, original_name="a.pdf", original_sha256="0" * 64, copy_sha256="1" * 64)
    file.bytes, file.pages, file.uploaded_at, file.published_at = len(PAPER), 1, timezone.now(), timezone.now()
    file.original.save("a.pdf", ContentFile(PAPER), save=False)
    file.copy.save("a.pdf", ContentFile(PAPER), save=False)
    file.save()


def _pack(chain: Chain) -> None:
    """An issued agenda pack with its file."""
    known: dict[str, Any] = {"version": 1, "sha512": "0" * 128, "bytes": len(PACK), "pages": 1}
    named = {"reference": "HWB/AGENDA", "slug": "hwb-agenda"}
    pack = Pack(meeting=chain.fresh("meeting"), kind=PackKind.AGENDA, state=PackState.ISSUED, **known, **named)
    pack.asked_at = pack.issued_at = timezone.now()
    pack.file.save("hwb-agenda.pdf", ContentFile(PACK), save=False)
    pack.save()


@pytest.fixture
def served(chain: Chain, tmp_path: Path) -> Iterator[str]:
    """The address of a copy of the site, served by itself."""
    make_checkpoint()
    folder = tmp_path / "copy"
    call_command("export_static", str(folder), address=ADDRESS, stdout=StringIO())
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_static", str(folder), address=ADDRESS, stdout=StringIO())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def read(address: str) -> str:
    """What is served there."""
    with urllib.request.urlopen(address) as opened:  # noqa: S310
        return str(opened.read().decode(errors="replace"))


def test_the_copy_boots_alone_and_its_links_lead_somewhere(served: str, chain: Chain) -> None:
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        text = read(f"{served}{address}")
        assert DRAFT not in text, address
        if "<html" not in text:
            continue
        for match in LINK.finditer(text):
            whole = urlsplit(urljoin(f"{served}{address}", match[3].replace("&amp;", "&")))
            if f"{whole.scheme}://{whole.netloc}" == served and whole.path not in seen:
                seen.add(whole.path)
                waiting.append(whole.path)
    assert len(seen) > 40
    kinds = {address.rpartition(".")[2] for address in seen}
    assert {"atom", "ics", "pdf"} <= kinds
    assert {read(f"{served}{address}") for address in seen if address.endswith(".pdf")} >= {PAPER.decode(), PACK.decode()}
    checkpoints = read(f"{served}/records/checkpoints.json")
    assert LedgerCheckpoint.objects.get().sha256 in checkpoints
    for board in ("/feeds/hwb.atom", "/calendars/hwb.ics"):
        assert read(f"{served}{board}")
    for name in ("/records/checkpoints.json", "/records/checkpoints.atom", "/records/check_records.py", "/sitemap.xml"):
        assert read(f"{served}{name}")
    assert "Check this" in read(f"{served}{chain.records['resolution'].url}")
    sizes = re.findall(r"(/media/images/\S+) \d+w", read(f"{served}/the-hall/"))
    assert len(sizes) == 4
    assert all(read(f"{served}{address}") for address in sizes)


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("/", "text/html", "index.html"),
        ("/boards/hwb/", "text/html", "boards/hwb/index.html"),
        ("/progress/?page=2", "text/html", "progress/page-2/index.html"),
        ("/progress/?format=csv", "text/csv", "progress.csv"),
        ("/papers/hwb-1/", "application/pdf", "papers/hwb-1.pdf"),
        ("/feeds/hwb/", "application/atom+xml", "feeds/hwb.atom"),
        ("/calendars/hwb.ics", "text/calendar", "calendars/hwb.ics"),
    ],
)
def test_each_address_has_its_file(address: str, kind: str, name: str) -> None:
    assert name_of(address, kind) == name
