"""A static copy stands alone: a plain web server serves it, and every link in it leads somewhere."""

import threading
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.core.management import CommandError, call_command

import pytest

from governance.models import User
from governance.operations.checkpoints import make_checkpoint
from home.static_copy import LINK, name_of
from tests import building
from tests.house.chain import Chain, make_chain
from tests.kept import kept

pytestmark = pytest.mark.django_db
ADDRESS = "http://localhost"
DRAFT = "Not for the public yet"


class Quiet(SimpleHTTPRequestHandler):
    """Python's own server of files, saying nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def chain(clerk: User) -> Chain:
    """Every type of record, public, and a draft."""
    made = kept("chain", lambda: make_chain(clerk))
    building.make_action(made.records["board"], clerk, DRAFT, publish=False)
    return made


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
    for name in ("/records/checkpoints.json", "/records/checkpoints.atom", "/records/check_records.py", "/sitemap.xml"):
        assert read(f"{served}{name}")
    assert "Check this" in read(f"{served}{chain.records['resolution'].url}")


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
