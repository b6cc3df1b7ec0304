"""Marks line art that belongs to no tag as decoration, in PDFs that our own LibreOffice made (ISO 14289-1, 7.1).

LibreOffice tags the text of a document and leaves the lines of its tables and borders outside of the tags.
"""

from typing import Any

import pikepdf

PATH = frozenset({"m", "l", "c", "v", "y", "h", "re"})
CLIP = frozenset({"W", "W*"})
PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh"})
OPENING = frozenset({"BMC", "BDC"})


def mark_artifacts(pdf: pikepdf.Pdf) -> int:
    """Mark every path outside of the tags, on every page. Returns how many."""
    return sum(_mark_page(pdf, page) for page in pdf.pages)


def _mark_page(pdf: pikepdf.Pdf, page: pikepdf.Page) -> int:
    kept: list[Any] = []
    path: list[Any] = []
    depth = marked = 0
    for instruction in pikepdf.parse_content_stream(page):
        operator = str(instruction.operator)
        if depth == 0 and (operator in PATH or operator in CLIP):
            path.append(instruction)
            continue
        if depth == 0 and operator in PAINT:
            kept += [_instruction("BMC", pikepdf.Name.Artifact), *path, instruction, _instruction("EMC")]
            path, marked = [], marked + 1
            continue
        depth += (operator in OPENING) - (operator == "EMC")
        kept += [*path, instruction]
        path = []
    if marked:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream([*kept, *path]))
    return marked


def _instruction(operator: str, *operands: Any) -> pikepdf.ContentStreamInstruction:
    return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))
