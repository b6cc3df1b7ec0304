"""A plain PDF drawn line by line, as an old program of a partner makes it: without tags, so that no screen reader reads it well."""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name

PAGE = (595, 842)
LEFT, TOP, BOTTOM = 64, 770, 70
BODY, HEADING, LEADING = 12.0, 15.0, 17.0
WIDE = 467.0


class Face:
    """A font with the widths of its letters."""

    def __init__(self, file: Path | None) -> None:
        self.file = file
        self._widths = dict.fromkeys(range(32, 256), 556.0) if file is None else _widths(file)

    def width(self, text: str, size: float) -> float:
        """How long a text is, in points."""
        return sum(self._widths.get(code, 556.0) for code in coded(text)) * size / 1000

    def dictionary(self, pdf: pikepdf.Pdf) -> pikepdf.Object:
        """The font as a PDF holds it; one of the standard fonts where there is no file."""
        if self.file is None:
            return pdf.make_indirect(
                Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
            )
        described = Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name.Drawn,
            Flags=32,
            FontBBox=Array([-200, -300, 1200, 1000]),
            ItalicAngle=0,
            Ascent=950,
            Descent=-250,
            CapHeight=668,
            StemV=80,
            FontFile2=pdf.make_stream(self.file.read_bytes()),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=Name.Drawn,
                FirstChar=32,
                LastChar=255,
                Widths=Array([round(self._widths.get(code, 0)) for code in range(32, 256)]),
                Encoding=Name.WinAnsiEncoding,
                FontDescriptor=pdf.make_indirect(described),
            )
        )


def _widths(file: Path) -> dict[int, float]:
    font = TTFont(file)
    letters, advances, scale = font.getBestCmap(), font["hmtx"], 1000 / font["head"].unitsPerEm
    named = {code: letters.get(ord(bytes([code]).decode("cp1252", errors="replace"))) for code in range(32, 256)}
    return {code: advances[name][0] * scale for code, name in named.items() if name}


def coded(text: str) -> bytes:
    """A text in the letters of Western Europe; what is not among them loses its accent or becomes a question mark."""
    return text.replace("ŵ", "w").replace("ŷ", "y").replace("Ŵ", "W").replace("Ŷ", "Y").encode("cp1252", errors="replace")


def draw(title: str, blocks: Iterable[tuple[str, str]], face: Face) -> bytes:
    """The PDF. The same words give the same bytes.

    Args:
        blocks: (“heading” or “text”, words) in their order.
    """
    pdf = pikepdf.new()
    font = face.dictionary(pdf)
    for lines in _pages(title, blocks, face):
        pdf.add_blank_page(page_size=PAGE)
        page = pdf.pages[-1].obj
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(b"\n".join(lines))
    pdf.docinfo[Name.Title] = title
    pdf.docinfo[Name.Creator] = "Register of answers, version 3"
    file = io.BytesIO()
    pdf.save(file, deterministic_id=True)
    return file.getvalue()


def _pages(title: str, blocks: Iterable[tuple[str, str]], face: Face) -> Iterator[list[bytes]]:
    lines, height = [_line(title, HEADING + 5, TOP)], TOP - 44.0
    for kind, words in blocks:
        size = HEADING if kind == "heading" else BODY
        wrapped = list(_wrapped(words, face, size))
        needed = LEADING * len(wrapped) + (40 if kind == "heading" else 0)
        if height - needed < BOTTOM:
            yield lines
            lines, height = [], float(TOP)
        height -= 10 if kind == "heading" else 0
        for words_of_line in wrapped:
            lines.append(_line(words_of_line, size, height))
            height -= LEADING * size / BODY
        height -= 7
    yield lines


def _line(words: str, size: float, height: float) -> bytes:
    escaped = coded(words).replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    return b"BT /F1 %.1f Tf %d %.1f Td (%s) Tj ET" % (size, LEFT, height, escaped)


def _wrapped(words: str, face: Face, size: float) -> Iterator[str]:
    line = ""
    for word in words.split():
        longer = f"{line} {word}".strip()
        if line and face.width(longer, size) > WIDE:
            yield line
            longer = word
        line = longer
    if line:
        yield line
