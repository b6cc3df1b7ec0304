"""From the bytes of a file to the text of a page."""

from minutes.reading.exceptions import BinaryFile, EmptyMinutes, FileTooLarge, PdfGivenAsText

LIMIT = 2_000_000
"""The most bytes one page may have. The longest council meeting in print is under a quarter of this."""

_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")


def check_size(size: int) -> None:
    """Refuse a page of more than ``LIMIT`` bytes; ``size`` may be known before anything is read."""
    if size > LIMIT:
        raise FileTooLarge(
            f"The file is larger than {LIMIT // 1_000_000} MB, which no page of minutes is. Give one meeting item."
        )


def check_characters(text: str) -> None:
    """Refuse text that is empty or is another kind of file read as if it were text."""
    start = text.strip().lstrip("\ufeff").strip()
    if not start:
        raise EmptyMinutes("The file is empty.")
    if start.startswith("%PDF"):
        raise PdfGivenAsText("This is a PDF, not text. Copy the words of the minutes into a plain text file.")
    if "\x00" in text or start.startswith(("PK\x03\x04", "PK\x05\x06", "{\\rtf")):
        raise BinaryFile("This is not a text file. Save the minutes as plain text first.")


def decode(data: bytes) -> tuple[str, list[str]]:
    """The text in ``data``, and warnings where its encoding had to be guessed.

    UTF-8 is expected; UTF-16 is taken where its mark says so; anything else is read as Windows-1252, which is what
    word processors on office machines wrote. Raises a kind of ``UnreadableMinutes`` for what is no text.
    """
    check_size(len(data))
    if not data.strip():
        raise EmptyMinutes("The file is empty.")
    if data.lstrip()[:5].startswith(b"%PDF"):
        raise PdfGivenAsText("This is a PDF, not text. Copy the words of the minutes into a plain text file.")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decoded(data.decode("utf-16", errors="replace"), ["The file is in UTF-16; it was converted."])
    if data.startswith(_ARCHIVES) or b"\x00" in data:
        raise BinaryFile("This is not a text file. Save the minutes as plain text first.")
    try:
        return _decoded(data.decode("utf-8-sig"), [])
    except UnicodeDecodeError:
        guessed = data.decode("cp1252", errors="replace")
        return _decoded(
            guessed, ["The file is not in UTF-8; it was read as Windows-1252. Check quotation marks and pound signs."]
        )


def _decoded(text: str, warnings: list[str]) -> tuple[str, list[str]]:
    check_characters(text)
    return text, warnings
