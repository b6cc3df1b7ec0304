"""The contents of a pack for machines: what it holds, under which references, on which pages. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from minutes.packs.content import AgendaLine, PackContent
from minutes.packs.content_papers import PaperLine
from minutes.packs.layout import Bound

FORMAT = 1
"""Raised when a reader of the last one could not read this one."""


def machine_contents(content: PackContent, bound: Sequence[Bound], unread: Sequence[str] = ()) -> dict[str, Any]:
    """What the pack holds, as JSON.

    Args:
        content: what the pack was made of, with restricted items reduced to their public face.
        bound: its sections with their page numbers.
        unread: the keys of papers that a screen reader cannot read.
    """
    pages = {section.key: section.labels for section in bound}
    return {
        "format": FORMAT,
        "reference": content.reference,
        "version": content.version,
        "kind": str(content.kind),
        "audience": str(content.audience),
        "edition": str(content.edition),
        "language": content.language,
        "issued_at": content.issued_at.isoformat(),
        "board": content.board_name,
        "council": content.council_name,
        **content.occasion,
        "items": [_item(item, pages, unread) for item in content.items],
        "resolutions": [
            {"label": line.label, "text": line.text, "reference": line.reference, "address": line.address}
            for line in content.resolutions
        ],
        "actions": [
            {"reference": action.reference, "promise": action.promise, "address": action.address} for action in content.actions
        ],
        "sections": [{"key": section.key, "title": section.title, "pages": list(section.labels)} for section in bound],
    }


def _item(item: AgendaLine, pages: Mapping[str, Sequence[str]], unread: Sequence[str]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "number": item.number,
        "title": item.title,
        "purpose": str(item.purpose),
        "reference": item.reference,
        "address": item.address,
        "page": next(iter(pages.get(item.place, ())), ""),
        "recommendations": list(item.recommendations),
        "papers": [_paper(paper, pages, unread) for paper in item.papers],
    }
    if item.restricted:
        told["not_public"] = {"ground": item.restricted.ground, "reason": item.restricted.reason}
    return told


def _paper(paper: PaperLine, pages: Mapping[str, Sequence[str]], unread: Sequence[str]) -> dict[str, Any]:
    return {
        "title": paper.title,
        "kind": paper.kind_words,
        "reference": paper.reference,
        "address": paper.address,
        "sha256": paper.sha256,
        "pages": list(pages.get(paper.key, ())),
        "read_by_screen_readers": paper.key not in unread,
    }
