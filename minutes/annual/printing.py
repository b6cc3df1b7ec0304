"""An annual report as a tagged PDF (PDF/UA-1 and PDF/A-3a), by the same engine as the packs."""

from datetime import UTC, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from governance.addresses import absolute
from governance.look import print_fonts
from minutes.annual.content import AnnualContent
from minutes.packs.assemble import Numbers, assemble, count_pages, only_part
from minutes.packs.build import NUMBER_SIZE, pack_assets
from minutes.packs.file_words import FileWords
from minutes.packs.render import Renderer

TEMPLATE = "minutes/annual/printed_report.html"


def print_report(content: AnnualContent, *, cache_dir: Path) -> tuple[bytes, int]:
    """The file of a report, and how many pages it has. The same content gives the same bytes.

    Args:
        content: all that it prints.
        cache_dir: where rendered sections are kept.

    Raises:
        SectionFailed: it could not be rendered.
        LookMissing: the print fonts have not been made.
    """
    with translation.override(content.language.lower()), Renderer(cache=cache_dir, assets=pack_assets(settings.ROOT)) as engine:
        title = report_title(content)
        said = {"content": content, "title": title, "site_address": absolute("")}
        section = engine.render(title, render_to_string(TEMPLATE, said))
    words = FileWords(
        title=title,
        language=content.language,
        subject=f"{content.board_code} {content.year}",
        author=content.council_name or content.board_name,
        issued_at=datetime.combine(content.as_at, time(), UTC),
    )
    numbers = Numbers(font=print_fonts(settings.ROOT)["bold"], size=NUMBER_SIZE)
    with TemporaryDirectory(dir=cache_dir) as folder:
        finished = Path(folder) / "report.pdf"
        assemble([only_part("report", title, section)], words, finished, numbers=numbers)
        return finished.read_bytes(), count_pages(section)


def report_title(content: AnnualContent) -> str:
    """Such as “Health and Wellbeing Board: annual report 2026-27”."""
    return _("%(board)s: annual report %(year)s") % {"board": content.board_name, "year": content.year}
