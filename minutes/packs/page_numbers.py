"""The running page number: printed at the outer edge of the foot of every page, and the same as the viewer's page label.

It is set when the sections are joined, so that a section that only moved does not have to be rendered again; it is marked as
pagination, which is not read aloud in the middle of a sentence. It is drawn before what is on the page, so that nothing an uploaded
page leaves behind can move it; uploaded pages have an empty foot or a strip for it (`minutes.packs.uploads`).
"""

from collections.abc import Sequence
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

from minutes.packs.foot import MM, Foot, foot_matrix

FONT = Name("/ResolvedPageNumber")
FIRST, LAST = 32, 255
"""The characters of the font, as Windows code page 1252 numbers them."""
FROM_RIGHT = 20 * MM
FROM_FOOT = 11 * MM
IN_STRIP = 5 * MM
"""From the lower edge of the strip below an uploaded page."""
OWN = Foot(1.0, is_strip=False)
"""Where the number of our own pages is."""


class Numberer:
    """Prints numbers on the pages of one pack."""

    def __init__(self, pack: Pdf, font_file: Path, *, size: float) -> None:
        """Embed the font.

        Args:
            pack: what is numbered.
            font_file: a TrueType font.
            size: of the numbers, in points.
        """
        self._pack, self._size = pack, size
        self._font, self._widths = _embed(pack, font_file)

    def print_on(self, page: Page, label: str, *, marked: str = "", foot: Foot = OWN) -> None:
        """Print a page's number, whatever is on the page.

        Args:
            page: a page of the pack.
            label: its number.
            marked: words that stand before the number.
            foot: where it is printed.
        """
        words = f"{marked}   {label}" if marked else label
        code = words.encode("cp1252", "replace")
        size = self._size * foot.scale
        x = -FROM_RIGHT * foot.scale - sum(self._widths[byte - FIRST] for byte in code) * size / 1000
        y = (IN_STRIP if foot.is_strip else FROM_FOOT) * foot.scale
        matrix = " ".join(f"{part:g}" for part in foot_matrix(page.obj))
        page.add_resource(self._font, Name.Font, FONT)
        text = (
            b"/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC\n"
            + f"q {matrix} cm 0 g BT {FONT} {size:g} Tf {x:.2f} {y:.2f} Td <{code.hex()}> Tj ET Q\nEMC\n".encode()
        )
        page.contents_add(self._pack.make_stream(text), prepend=True)


def label_pages(pack: Pdf, labels: Sequence[str]) -> None:
    """Let viewers show the printed numbers; an empty one for a blank page (ISO 32000-1, 12.4.2)."""
    nums: list[int | Dictionary] = []
    for number, label in enumerate(labels):
        before = labels[number - 1] if number else ""
        if label.isdecimal() and before.isdecimal() and int(label) == int(before) + 1:
            continue
        nums += [number, Dictionary(S=Name.D, St=int(label)) if label.isdecimal() else Dictionary(P=String(label))]
    pack.Root.PageLabels = Dictionary(Nums=Array(nums))


@lru_cache(maxsize=4)
def _reduced(font_file: Path) -> tuple[bytes, tuple[int, ...], dict[str, Any]]:
    """The font with the characters of the code page only, the width of each in thousandths, and its measures."""
    text = "".join(bytes([code]).decode("cp1252", "ignore") for code in range(FIRST, LAST + 1))
    font = TTFont(font_file, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=["GSUB", "GPOS", "GDEF"])
    reducer = subset.Subsetter(options)
    reducer.populate(text=text)
    reducer.subset(font)
    file = BytesIO()
    font.save(file)
    scale = 1000 / font["head"].unitsPerEm
    names = font.getBestCmap()
    characters = [bytes([code]).decode("cp1252", "ignore") for code in range(FIRST, LAST + 1)]
    glyphs = [names.get(ord(character), ".notdef") if character else ".notdef" for character in characters]
    widths = tuple(round(font["hmtx"][glyph][0] * scale) for glyph in glyphs)
    return file.getvalue(), widths, _measures(font, scale)


def _embed(pack: Pdf, font_file: Path) -> tuple[Object, tuple[int, ...]]:
    """The font as an object of the pack, and how wide each character is in thousandths of its size."""
    data, widths, measures = _reduced(font_file)
    descriptor = pack.make_indirect(Dictionary(**measures))
    descriptor.FontFile2 = pack.make_stream(data, Length1=len(data))
    dictionary = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=descriptor.FontName,
        FirstChar=FIRST,
        LastChar=LAST,
        Widths=Array(widths),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=descriptor,
    )
    return pack.make_indirect(dictionary), widths


def _measures(font: TTFont, scale: float) -> dict[str, Any]:
    """What the file says of the font (ISO 32000-1, 9.8)."""
    head, metrics = font["head"], font["hhea"]
    return {
        "Type": Name.FontDescriptor,
        "FontName": Name(f"/PAGENO+{font['name'].getDebugName(6) or 'Numbers'}"),
        "FontFamily": "Page numbers",
        "Flags": 32,
        "FontBBox": [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)],
        "ItalicAngle": 0,
        "Ascent": round(metrics.ascent * scale),
        "Descent": round(metrics.descent * scale),
        "CapHeight": round(getattr(font["OS/2"], "sCapHeight", metrics.ascent) * scale),
        "StemV": 120,
    }
