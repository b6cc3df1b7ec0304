"""The running page number: printed at the outer edge of the foot of every page, and the same as the viewer's page label.

It is set when the sections are joined, so that a section that only moved does not have to be rendered again; it is marked as
pagination, which is not read aloud in the middle of a sentence.
"""

from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf, String

DIGITS = "0123456789"
FONT = "/PageNumber"
POINTS_PER_MM = 72 / 25.4
FROM_RIGHT = 20 * POINTS_PER_MM
FROM_FOOT = 11 * POINTS_PER_MM


def number_pages(pack: Pdf, font_file: Path, *, size: float) -> None:
    """Print 1, 2, 3 … on the pages and label them so.

    Args:
        font_file: a TrueType font; its digits are embedded.
        size: in points.
    """
    font, widths = _embed_digits(pack, font_file)
    for number, page in enumerate(pack.pages, start=1):
        _stamp(pack, page, str(number), font, widths, size)
    pack.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=1)]))


def _stamp(pack: Pdf, page: Page, words: str, font: Object, widths: dict[str, int], size: float) -> None:
    """Add one number after what is on the page, whatever state that leaves the page in."""
    box = page.mediabox
    x = float(box[2]) - FROM_RIGHT - sum(widths[digit] for digit in words) * size / 1000
    y = float(box[1]) + FROM_FOOT
    page.add_resource(font, Name.Font, Name(FONT))
    page.contents_add(pack.make_stream(b"q"), prepend=True)
    mark = "/Artifact <</Type /Pagination /Subtype /Footer /Attached [/Bottom]>> BDC"
    text = f"Q\n{mark}\nq 0 g BT {FONT} {size:g} Tf {x:.2f} {y:.2f} Td ({words}) Tj ET Q\nEMC"
    page.contents_add(pack.make_stream(text.encode()))


def _embed_digits(pack: Pdf, font_file: Path) -> tuple[Object, dict[str, int]]:
    """The font's digits as an embedded font, and how wide each is in thousandths of its size."""
    font = TTFont(font_file, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, drop_tables=["GSUB", "GPOS", "GDEF"])
    reducer = subset.Subsetter(options)
    reducer.populate(text=DIGITS)
    reducer.subset(font)
    file = BytesIO()
    font.save(file)
    scale = 1000 / font["head"].unitsPerEm
    names = font.getBestCmap()
    widths = {digit: round(font["hmtx"][names[ord(digit)]][0] * scale) for digit in DIGITS}
    name = Name(f"/PAGENO+{font['name'].getDebugName(6) or 'Digits'}")
    descriptor = pack.make_indirect(_descriptor(font, name, scale))
    descriptor.FontFile2 = pack.make_stream(file.getvalue(), Length1=len(file.getvalue()))
    dictionary = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=name,
        FirstChar=ord("0"),
        LastChar=ord("9"),
        Widths=Array([widths[digit] for digit in DIGITS]),
        Encoding=Name.WinAnsiEncoding,
        FontDescriptor=descriptor,
    )
    return pack.make_indirect(dictionary), widths


def _descriptor(font: TTFont, name: Name, scale: float) -> Dictionary:
    head, metrics = font["head"], font["hhea"]
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontFamily=String("Page numbers"),
        Flags=32,
        FontBBox=Array([round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]),
        ItalicAngle=0,
        Ascent=round(metrics.ascent * scale),
        Descent=round(metrics.descent * scale),
        CapHeight=round(getattr(font["OS/2"], "sCapHeight", metrics.ascent) * scale),
        StemV=120,
    )
