"""The papers of the demonstration: our own words, made into the sorts of files that boards are sent."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.template.loader import render_to_string

from pikepdf import Pdf

from governance.look import LookMissing, print_fonts
from home.demonstration.documents import Document, document
from home.demonstration.drawing import Face, draw
from home.demonstration.stage import Stage
from home.demonstration.word_document import write_document
from minutes.enums import FileCheck
from minutes.models import AgendaItemPage, Paper
from minutes.operations.checking import check_file
from minutes.operations.pack_building import section_cache
from minutes.operations.paper_files import publish_anyway, take_file
from minutes.operations.papers import list_paper
from minutes.packs.build import pack_assets
from minutes.packs.file_words import Claim, FileWords, describe_file
from minutes.packs.render import Renderer, SectionFailed

Blocks = list[tuple[str, str]]
EXPORTED_AT = datetime(2026, 1, 5, 9, tzinfo=UTC)
"""What the files say of the time they were made; the published copies say nothing of it."""
ENDINGS = {"printed": "pdf", "drawn": "pdf", "document": "docx"}


def bring_paper(stage: Stage, item: AgendaItemPage, paper: Document, *, by: Any, at: datetime) -> Paper:
    """List a paper as the data says, with its file where it has one, checked and answered for."""
    fields = {name: value for name, value in paper.items() if name not in {"key", "file", "because", "belongs_to"}}
    owner = stage.find(paper["belongs_to"]) if "belongs_to" in paper else None
    listed = list_paper(item=item, by=by, at=at, belongs_to=owner, **fields)
    if "key" in paper:
        stage.keep(paper["key"], listed)
    if "file" in paper:
        _bring_file(stage, listed, paper, by=by, at=at)
    return listed


def _bring_file(stage: Stage, listed: Paper, paper: Document, *, by: Any, at: datetime) -> None:
    words = document(f"papers/{paper['file']}")
    form = words["form"]
    name = f"{paper['file']}.{ENDINGS[form]}"
    file = take_file(paper=listed, upload=File(BytesIO(made(form, listed.title, words)), name=name), by=by, at=at)
    checked = check_file(file=file.pk, at=at)
    if checked is not None and checked.check_state == FileCheck.FAILED and form == "document":
        # Without LibreOffice the author sends a PDF instead.
        stand_in = File(BytesIO(made("printed", listed.title, words)), name=f"{paper['file']}.pdf")
        file = take_file(paper=listed, upload=stand_in, by=by, at=at)
        checked = check_file(file=file.pk, at=at)
    if checked is not None and checked.check_state == FileCheck.FINDINGS:
        because = paper.get("because", "It was made on a machine without the means to do better.")
        publish_anyway(file=checked, because=because, by=stage.users["approver"], at=at)


def made(form: str, title: str, words: Document, cache: Path | None = None) -> bytes:
    """The file of a paper.

    Args:
        form: `printed` by our own renderer, `drawn` as an old program does it, or a `document` of a word processor.
        cache: where printed sections are kept; with those of the packs unless said.
    """
    blocks = list(blocks_of(words))
    if form == "document":
        return write_document(title, blocks)
    try:
        fonts = print_fonts(settings.ROOT)
    except LookMissing:
        return draw(title, blocks, Face(None))
    return draw(title, blocks, Face(fonts["regular"])) if form == "drawn" else _printed(title, words, blocks, fonts, cache)


def _printed(title: str, words: Document, blocks: Blocks, fonts: Any, cache: Path | None) -> bytes:
    """A tagged PDF in the look of the packs that says it is PDF/UA and PDF/A; drawn where the renderer's libraries are not there."""
    html = render_to_string("home/demonstration/paper.html", {"title": title, "by": words.get("by", ""), "blocks": blocks})
    try:
        with Renderer(cache=cache or section_cache(), assets=pack_assets(settings.ROOT)) as renderer:
            return _with_claims(renderer.render(title, html), title, words)
    except SectionFailed:
        return draw(title, blocks, Face(fonts["regular"]))


def _with_claims(file: Path, title: str, words: Document) -> bytes:
    """The file with what a good export says of itself."""
    told = FileWords(title=title, language="en-GB", subject=title, author=words.get("by", ""), issued_at=EXPORTED_AT)
    finished = BytesIO()
    with Pdf.open(file) as pdf:
        describe_file(pdf, told, Claim(is_accessible=True, is_archivable=True), intent=None)
        pdf.save(finished, deterministic_id=True)
    return finished.getvalue()


def blocks_of(words: Document) -> Iterator[tuple[str, str]]:
    """The headings and paragraphs of a paper, then what many people answered, put together from what they said."""
    for section in words.get("sections", []):
        if section.get("heading"):
            yield "heading", section["heading"]
        yield from (("text", " ".join(part.split())) for part in section["text"].split("\n\n") if part.strip())
    answers = words.get("answers", {})
    for number in range(1, answers.get("number", 0) + 1):
        yield "heading", f"{answers['called']} {number}: {_pick(answers['places'], number, 1)}"
        for place, kind in enumerate(("said", "wished", "added")):
            yield "text", _pick(answers[kind], number, place + 2)


def _pick(choices: list[str], number: int, step: int) -> str:
    """One of the choices; neighbours get others, and the same number always the same."""
    return choices[(number * (step + 2) + number // len(choices)) % len(choices)]
