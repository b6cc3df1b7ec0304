"""The part of a members' pack that is not for publication: read, printed and sealed while the pack is built, section by section.

What is printed lies open in a folder of the worker alone until it is sealed. Nothing that goes wrong here is told in the words of what is
printed: neither the row of the pack nor the log has them.
"""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from governance.exceptions import Refused
from governance.sealing import CannotOpen
from minutes.enums import PackAudience
from minutes.models import MeetingPage, Pack, RestrictedPaper, RestrictedPart, SealedSection, SealedWords
from minutes.models.restricted_papers import COPY
from minutes.operations.sealed_storage import stored_sealed
from minutes.operations.work_folders import own_folder
from minutes.packs.binding import section_html
from minutes.packs.build import pack_assets
from minutes.packs.closed_part import PACKS, ClosedItem, ClosedSection, closed_labels, closed_sections
from minutes.packs.content import PackContent
from minutes.packs.content_papers import PaperLine
from minutes.packs.gather import live_items
from minutes.packs.numbering import Run
from minutes.packs.render import Renderer
from minutes.packs.sheaf import Sheaf, keep, kept
from minutes.packs.uploads import take_paper
from minutes.restriction import RestrictionState

logger = logging.getLogger(__name__)
FOLDER = "packs"


def holds_closed_part(row: Pack) -> bool:
    """Whether a pack has a part that is not for publication, if anything is kept back."""
    return row.audience == PackAudience.MEMBERS and row.kind in PACKS


def closed_versions(row: Pack) -> tuple[str, ...]:
    """Which versions of what is kept back go with a pack, by neutral names: they tell when it is out of date."""
    if not holds_closed_part(row):
        return ()
    found = []
    for part in _parts(row.meeting):
        found.append(f"part {part.pk}, version {part.version}")
        found += [f"part {part.pk}, paper {paper.number}, version {paper.version}" for paper in _papers(part)]
    return tuple(found)


def make_closed_part(*, row: Pack, content: PackContent, before: Pack | None) -> list[SealedSection]:
    """Print and seal the part of a pack that is not for publication. The rows are to be saved when the pack is issued.

    Args:
        row: a pack that holds such a part.
        content: what else the pack prints.
        before: the version whose page numbers it keeps.

    Raises:
        Refused: something could not be opened or printed; said by the item's number alone.
    """
    items = [item for item in map(_item, _parts(row.meeting)) if not item.is_empty]
    with translation.override(content.language.lower()), own_folder() as folder:
        sections = closed_sections(content, items)
        sheaves = _printed(sections, content, folder, {item.part: item.number for item in items})
        labels = closed_labels(
            [Run(each.section.key, sheaf.pages) for each, sheaf in zip(sections, sheaves, strict=True)], _runs_of(before)
        )
        numbered = zip(sections, sheaves, labels, strict=True)
        return [_sealed(row, place, *each) for place, each in enumerate(numbered)]


def _parts(meeting: MeetingPage) -> list[RestrictedPart]:
    """What is kept back of a meeting's public items, in their order."""
    items = {item.pk: item for item in live_items(meeting)}
    parts = {part.item_id: part for part in RestrictedPart.objects.filter(item__in=items, state=RestrictionState.IN_FORCE)}
    for key, part in parts.items():
        part.item = items[key]
    return [parts[key] for key in items if key in parts]


def _papers(part: RestrictedPart) -> list[RestrictedPaper]:
    return list(RestrictedPaper.objects.checked().filter(part=part).select_related("part").order_by("number"))


def _item(part: RestrictedPart) -> ClosedItem:
    item = part.item
    number = item.number or str(item.position)
    try:
        words = part.words()
        papers = tuple((paper.pk, _paper_line(paper)) for paper in _papers(part))
    except CannotOpen as problem:
        raise Refused(_("Item %(number)s: %(problem)s") % {"number": number, "problem": problem}) from None
    return ClosedItem(
        part=part.pk,
        number=number,
        title=words.title,
        public_title=item.title,
        grounds=tuple(ground.short_name for ground in part.grounds.all()),
        text=words.text,
        resolved=words.resolved,
        minute=words.minute,
        papers=papers,
    )


def _paper_line(paper: RestrictedPaper) -> PaperLine:
    told = paper.secrets()
    return PaperLine(
        key=f"closed-{paper.part_id}-paper-{paper.number}",
        title=told.title,
        kind_words=told.kind_in_words,
        stored=str(paper.pk),
        sha256=told.sha256[COPY],
        pages=told.facts["pages"],
        is_archivable=told.facts["is_archivable"],
        free_feet=tuple(told.facts["free_feet"]),
    )


def _printed(sections: list[ClosedSection], content: PackContent, folder: Path, numbers: dict[int, str]) -> list[Sheaf]:
    """The pages of each section, in the folder."""
    with Renderer(cache=folder / "sections", assets=pack_assets(settings.ROOT)) as renderer:
        return [_print(each, content, folder, renderer, numbers) for each in sections]


def _print(each: ClosedSection, content: PackContent, folder: Path, renderer: Renderer, numbers: dict[int, str]) -> Sheaf:
    try:
        if each.section.paper is not None:
            cache = folder / "sections"
            return take_paper(each.section.paper, cache=cache, open_stored=lambda name: _opened(name, folder))
        file = renderer.render(each.section.title, section_html(each.section, content, {}))
        return kept(file)
    # Whatever it is, it may say what was to be printed.
    except Exception as problem:  # noqa: BLE001 (told by its name alone)
        number = numbers.get(each.part or 0, "")
        logger.warning("The part of item %s not for publication could not be printed: %s", number, type(problem).__name__)
        words = _(
            "What item %(number)s says that is not for publication could not be printed. Look at its words and its papers."
        )
        raise Refused(words % {"number": number}) from None


def _opened(name: str, folder: Path) -> IO[bytes]:
    """The checked copy of a restricted paper, open in the folder."""
    paper = RestrictedPaper.objects.select_related("part").get(pk=int(name))
    target = folder / f"paper-{paper.pk}"
    with target.open("wb") as file:
        for block in paper.blocks(COPY, paper.secrets()):
            file.write(block)
    return target.open("rb")


def _runs_of(before: Pack | None) -> list[Run]:
    """The numbered sections of a version before, in the order of their numbers."""
    rows = SealedSection.objects.filter(pack=before) if before is not None else SealedSection.objects.none()
    return [Run(row.key, len(row.labels), tuple(row.labels)) for row in rows.order_by("position")]


def _sealed(row: Pack, place: int, each: ClosedSection, sheaf: Sheaf, labels: tuple[str, ...]) -> SealedSection:
    section = SealedSection(
        pack=row, part_id=each.part, paper_id=each.paper, key=each.section.key, position=place, labels=list(labels)
    )
    keep(sheaf)
    facts = sheaf.file.with_suffix(".json").read_text(encoding="utf-8")
    with sheaf.file.open("rb") as plain, stored_sealed(plain, FOLDER) as stored:
        section.file, section.file_sha256 = stored.name, stored.sha256
    told = each.section
    section.keep(
        SealedWords(key=stored.key, size=stored.size, title=told.title, level=told.level, marked=told.marked, facts=facts)
    )
    return section


def unsealed(section: SealedSection, folder: Path) -> tuple[SealedWords, Sheaf]:
    """A sealed section, open in a folder, with what is known of its pages.

    Raises:
        CannotOpen: no key opens it, or it is not what was sealed.
        OSError: it cannot be read from the store, or not be written.
    """
    words = section.words()
    target = folder / f"section-{section.position}.pdf"
    write_blocks(section.blocks(words), target)
    target.with_suffix(".json").write_text(json.dumps(json.loads(words.facts)), encoding="utf-8")
    return words, kept(target)


def write_blocks(blocks: Iterator[bytes], target: Path) -> None:
    """Write the blocks of a file."""
    with target.open("wb") as file:
        for block in blocks:
            file.write(block)
