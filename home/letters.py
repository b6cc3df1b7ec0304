"""An update as one printed page in large print, for people who are told on paper: made once for each content, and kept."""

import contextlib
import fcntl
import hashlib
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

import segno

from governance.look import print_fonts
from governance.models import ActionPage, ProgressUpdatePage
from governance.wording import day_in_full
from minutes.operations.packing import section_cache
from minutes.packs.addresses import address as permanent_address
from minutes.packs.assemble import Numbers, assemble, count_pages, only_part
from minutes.packs.file_words import FileWords
from minutes.packs.render import RECIPE, Renderer
from minutes.public_record import live_parent

STYLE = Path("templates/home/letters/letter.css")
TEMPLATE = "home/letters/letter.html"
LENGTHS = (120, 90, 65, 45, 30, 20, 12)
"""How many words of each answer are printed: as many as one page takes. All of them stand where the address leads."""
LETTERS_IN_A_WORD = 9
"""On average at most; text without spaces is cut by this."""
NUMBER_SIZE = 16.0
"""Points."""
WAIT = 20.0
"""Seconds that a reader waits while other letters are printed."""
LANGUAGE = "en-GB"


class LettersBusy(Exception):
    """Other letters are being printed and have not been finished in time."""


@dataclass(frozen=True)
class Letter:
    """What one letter prints.

    Attributes:
        update: a live update of a live action.
        address: its permanent address.
    """

    update: ProgressUpdatePage
    action: ActionPage
    board: Any
    address: str

    def html(self, words: int) -> str:
        """The page, with so many words of each answer."""
        context = {"letter": self, "words": words, "letters": words * LETTERS_IN_A_WORD, "language": LANGUAGE}
        return render_to_string(TEMPLATE, context)

    @property
    def code(self) -> bytes:
        """The address as a QR code (ISO/IEC 18004), which a phone's camera reads."""
        drawing = BytesIO()
        made = segno.make(self.address, error="m", micro=False)
        made.save(drawing, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True)
        return drawing.getvalue()

    @property
    def short_address(self) -> str:
        """The address as people copy it from paper."""
        return self.address.split("://", 1)[-1].rstrip("/")


def letter_of(update: ProgressUpdatePage) -> Letter | None:
    """The letter of an update; None when the update or its action is not public."""
    action = live_parent(update, ActionPage)
    if not update.live or action is None or not action.live or not update.reference:
        return None
    return Letter(update, action, action.board, permanent_address(update.reference))


def kept_letter(letter: Letter) -> Path | None:
    """Where the letter is kept, if it has been made."""
    file = _place(letter)
    return file if file.is_file() else None


def make_letter(letter: Letter, *, wait: float | None = None) -> Path:
    """Where the letter is kept, made now if it was not. Letters are printed one at a time, whoever asks.

    Args:
        wait: seconds to wait for others; as long as a reader does unless given.

    Raises:
        LettersBusy: others were not finished in time.
        SectionFailed: it cannot be printed.
        LookMissing: the print fonts have not been made.
    """
    with _one_at_a_time(WAIT if wait is None else wait):
        file = _place(letter)
        if not file.is_file():
            finished = _printed(letter)
            with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as unfinished:
                unfinished.write(finished)
            Path(unfinished.name).replace(file)
    return file


def _place(letter: Letter) -> Path:
    """Named by all that decides its bytes."""
    digest = hashlib.sha256()
    tools = f"{RECIPE} {version('weasyprint')} {version('pikepdf')} {LENGTHS}"
    style = (settings.ROOT / STYLE).read_text(encoding="utf-8")
    for part in (tools, style, letter.html(LENGTHS[0]), letter.code.decode(), repr(_words(letter))):
        digest.update(hashlib.sha256(part.encode()).digest())
    folder = section_cache() / "letters"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{digest.hexdigest()}.pdf"


def _printed(letter: Letter) -> bytes:
    """The letter as a tagged PDF (PDF/UA-1) of one page, with as many words as that takes."""
    fonts = print_fonts(settings.ROOT)
    title = _title(letter)
    with tempfile.NamedTemporaryFile(dir=section_cache(), suffix=".svg") as code:
        code.write(letter.code)
        code.flush()
        assets = {"letter.css": settings.ROOT / STYLE, "code.svg": Path(code.name)}
        assets |= {f"{name}.ttf": path for name, path in fonts.items()}
        with Renderer(cache=section_cache(), assets=assets) as renderer:
            for words in LENGTHS:
                page = renderer.render(title, letter.html(words))
                if count_pages(page) == 1:
                    break
    numbers = Numbers(font=fonts["bold"], size=NUMBER_SIZE)
    with tempfile.TemporaryDirectory(dir=section_cache()) as folder:
        finished = Path(folder) / "letter.pdf"
        assemble([only_part("letter", title, page)], _words(letter), finished, numbers=numbers)
        return finished.read_bytes()


def _title(letter: Letter) -> str:
    words = {"action": letter.action.title, "day": day_in_full(letter.update.date)}
    return _("News of %(action)s, %(day)s") % words


def _words(letter: Letter) -> FileWords:
    published = letter.update.first_published_at
    assert published is not None  # noqa: S101 (it is live)
    author = str(letter.board.organisation or letter.board.title)
    return FileWords(
        title=_title(letter), language=LANGUAGE, subject=str(letter.update.reference), author=author, issued_at=published
    )


@contextlib.contextmanager
def _one_at_a_time(wait: float) -> Iterator[None]:
    """Hold the lock of the printing process, across all processes of this machine.

    Raises:
        LettersBusy: it was not free in time.
    """
    deadline = time.monotonic() + wait
    with (section_cache() / "letters.lock").open("wb") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise LettersBusy from None
                time.sleep(0.1)
        yield
