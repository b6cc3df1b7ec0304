"""The process that turns HTML into tagged PDF: the only file that imports WeasyPrint.

It runs by itself (`python render_child.py`) and never inside the site: WeasyPrint needs pango, which not every machine that
serves pages has, and text written by many hands must not be able to take the site's memory, time, files or network.
It reads one job a line on standard input and answers each with one line; a first line names the files it may use.
"""

import json
import logging
import resource
import sys
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import weasyprint
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

MEMORY_BYTES = 1_500_000_000
FILE_BYTES = 200_000_000
OPEN_FILES = 128
ASSET = "asset:"
FORBIDDEN_EVENTS = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen")


def limit_process() -> None:
    """Bound memory, file size and open files for as long as the process lives."""
    for kind, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(kind)[1]
        allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (allowed, allowed))


def limit_time(seconds: int) -> None:
    """Let the next job use so many seconds of processor time; the system ends the process when it takes more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds + 1, hard))


def forbid_network_and_programs(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook, which once set cannot be taken away: no connection, no other program."""
    if event.startswith(FORBIDDEN_EVENTS):
        raise PermissionError(f"A pack's section tried to use {event}.")


class NotAsWritten(Exception):
    """WeasyPrint left something out, or could not make it accessible."""


class Complaints(logging.Handler):
    """What WeasyPrint says it could not do: a picture not described or not loaded, a link to nowhere."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.lines.append(record.getMessage())

    def check(self) -> None:
        """Let the section fail if there was any.

        Raises:
            NotAsWritten: with the first message.
        """
        if self.lines:
            raise NotAsWritten(f"It would not print as written: {self.lines[0][:300]}.")


class Assets(URLFetcher):
    """Resolves the names it was given and nothing else; anything else ends the section."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(fail_on_errors=True)
        self._files = files

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of an asset.

        Raises:
            FatalURLFetchingError: the address is not that of an asset.
        """
        name = url.removeprefix(ASSET)
        if not url.startswith(ASSET) or name not in self._files:
            raise FatalURLFetchingError(f"The text asks for “{url[:200]}”, which is not part of the pack.")
        return URLFetcherResponse(url, self._files[name], _headers(name))


def main() -> None:
    """Answer jobs until standard input ends."""
    limit_process()
    complaints = Complaints()
    weasyprint.LOGGER.handlers = [complaints]
    assets = Assets({name: Path(path).read_bytes() for name, path in json.loads(sys.stdin.readline()).items()})
    sys.addaudithook(forbid_network_and_programs)
    for line in sys.stdin:
        job = json.loads(line)
        limit_time(job["seconds"])
        complaints.lines.clear()
        try:
            pages = _render(assets, job)
            complaints.check()
        # The first is no Exception, so that WeasyPrint itself does not pass over it. Whatever goes wrong ends one section only.
        except (FatalURLFetchingError, Exception) as error:  # noqa: BLE001
            _answer({"error": _reason(error)} | ({"errno": error.errno} if isinstance(error, OSError) else {}))
        else:
            _answer({"pages": pages})


def _render(assets: Assets, job: dict[str, Any]) -> int:
    """Write one tagged PDF; how many pages it has."""
    html = Path(job["html"]).read_text(encoding="utf-8")
    document = weasyprint.HTML(string=html, url_fetcher=assets).render(presentational_hints=False)
    document.metadata.attachments = []
    document.write_pdf(job["pdf"], pdf_variant="pdf/a-3a")
    return len(document.pages)


def _headers(name: str) -> EmailMessage:
    """The content type, which WeasyPrint needs for stylesheets and drawings."""
    types = {".css": "text/css", ".svg": "image/svg+xml", ".ttf": "font/ttf", ".png": "image/png"}
    message = EmailMessage()
    message["Content-Type"] = types.get(Path(name).suffix, "application/octet-stream")
    return message


def _reason(error: BaseException) -> str:
    """The error in a sentence: the first cause that speaks of the text, else the kind of error."""
    cause: BaseException | None = error
    while cause is not None:
        if "part of the pack" in str(cause) or isinstance(cause, NotAsWritten):
            return str(cause)
        cause = cause.__cause__
    if isinstance(error, MemoryError):
        return "Printing it needs more memory than a section may use."
    if isinstance(error, RecursionError):
        return "The text is nested too deep to print."
    return f"It could not be laid out ({type(error).__name__}: {str(error)[:300]})."


def _answer(answer: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
