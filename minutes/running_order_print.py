"""The chair's running order as a tagged PDF, by the same engine as the packs. It is no pack: nothing of it is stored."""

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from governance.look import print_fonts
from governance.wording import day
from minutes.operations.work_folders import own_folder
from minutes.packs.assemble import Numbers, assemble, only_part
from minutes.packs.build import NUMBER_SIZE, pack_assets
from minutes.packs.file_words import FileWords
from minutes.packs.render import Renderer

TEMPLATE = "minutes/printed_running_order.html"


def print_running_order(said: dict[str, Any], *, language: str) -> bytes:
    """The file. What is made on the way lies in a folder that is gone afterwards.

    Args:
        said: the meeting, its desk, its lines with their notes, and the note on the whole meeting.

    Raises:
        SectionFailed: it could not be rendered.
        LookMissing: the print fonts have not been made.
    """
    meeting = said["meeting"]
    # What a killed process leaves there is thrown away by the sweep of that folder.
    with own_folder() as folder, translation.override(language.lower()):
        title = _("Running order, %(board)s, %(day)s") % {"board": meeting.board.title, "day": day(meeting.starts_at)}
        with Renderer(cache=folder, assets=pack_assets(settings.ROOT)) as engine:
            section = engine.render(title, render_to_string(TEMPLATE, {**said, "title": title, "language": language}))
        words = FileWords(
            title=title,
            language=language,
            subject=meeting.reference or "",
            author=meeting.board.title,
            issued_at=timezone.now(),
        )
        finished = folder / "running-order.pdf"
        numbers = Numbers(font=print_fonts(settings.ROOT)["bold"], size=NUMBER_SIZE)
        assemble([only_part("running-order", title, section)], words, finished, numbers=numbers)
        return finished.read_bytes()
