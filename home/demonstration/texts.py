"""Texts of the demonstration: plain paragraphs and lists as they are written, made into the HTML that pages keep. Pure."""

import re
from collections.abc import Callable
from html import escape

_SLOT = re.compile(r"\[\[([a-z]+) ([^\[\]]+)\]\]")
_BULLET = re.compile(r"(?m)^- ")
_NUMBER = re.compile(r"(?m)^\d+\. ")

Fill = Callable[[str, str], str]


def filled(text: str, fill: Fill) -> str:
    """The text with its slots filled: `[[day -52w thu]]`, `[[year -52w thu]]`, `[[ref hwb-1]]`, `[[page home-care]]`.

    Args:
        fill: answers (word, rest) of a slot.
    """
    return _SLOT.sub(lambda found: fill(found[1], found[2]), text.strip())


def rich(text: str) -> str:
    """Paragraphs, lists (`- `, `1. `), headings (`### `) and quotations (`> `), each after an empty line, as HTML."""
    return "".join(_block(block.strip()) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(block: str) -> str:
    for start, item, tag in (("- ", _BULLET, "ul"), ("1. ", _NUMBER, "ol")):
        if block.startswith(start):
            rows = [row for row in item.split(block) if row.strip()]
            return f"<{tag}>{''.join(f'<li>{_line(row)}</li>' for row in rows)}</{tag}>"
    if block.startswith("### "):
        return f"<h3>{_line(block[4:])}</h3>"
    if block.startswith("> "):
        return f"<blockquote>{_line(block[2:])}</blockquote>"
    return f"<p>{_line(block)}</p>"


def _line(text: str) -> str:
    return escape(" ".join(text.split()), quote=False)


def sections(text: str) -> list[tuple[str, str]]:
    """A page's text as (heading, HTML below it): a line `## ` starts each but the first."""
    parts = re.split(r"(?m)^## (.+)$", text.strip())
    found = [("", rich(parts[0]))] if parts[0].strip() else []
    return found + [(heading.strip(), rich(body)) for heading, body in zip(parts[1::2], parts[2::2], strict=True)]
