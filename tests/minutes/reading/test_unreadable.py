"""What is no page of minutes is refused with a sentence that says why."""

import pytest

from minutes.reading import (
    LIMIT,
    BinaryFile,
    EmptyMinutes,
    FileTooLarge,
    OnlyPageFurniture,
    PdfGivenAsText,
    UnreadableMinutes,
    decode,
    read,
)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", EmptyMinutes),
        (b" \r\n\t\n", EmptyMinutes),
        (b"\xef\xbb\xbf\n", EmptyMinutes),
        (b"%PDF-1.7\n%\xe2\xe3", PdfGivenAsText),
        (b"\n%PDF-1.4", PdfGivenAsText),
        (b"PK\x03\x04\x14\x00\x06", BinaryFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", BinaryFile),
        (b"{\\rtf1 words}", BinaryFile),
        (b"RESOLVED\x00that", BinaryFile),
        (b"a" * (LIMIT + 1), FileTooLarge),
    ],
)
def test_bytes_that_are_no_minutes(data: bytes, reason: type[UnreadableMinutes]) -> None:
    with pytest.raises(reason, match=r"^[A-Z].*\.$"):
        decode(data)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", EmptyMinutes),
        ("\u00a0\n\ufeff", EmptyMinutes),
        ("%PDF-1.7", PdfGivenAsText),
        ("PK\x03\x04", BinaryFile),
        ("a" * (LIMIT + 1), FileTooLarge),
        ("Skip to content\nAgenda item\nShare this item\nBack to top", OnlyPageFurniture),
        ("Decision details\nDecision Maker: Executive\nIs Key decision?: No", OnlyPageFurniture),
    ],
)
def test_text_that_is_no_minutes(text: str, reason: type[UnreadableMinutes]) -> None:
    with pytest.raises(reason, match=r"^[A-Z].*\.$"):
        read(text)


def test_windows_letters_are_read_with_a_warning() -> None:
    text, warnings = decode("RESOLVED \u2013 That \u00a312k be spent on the chair\u2019s room.".encode("cp1252"))

    assert read(text).clauses[0].text == "That \u00a312k be spent on the chair\u2019s room."
    assert "Windows-1252" in warnings[0]


def test_utf8_needs_no_warning_and_loses_its_mark() -> None:
    assert decode("\ufeffPond".encode()) == ("Pond", [])


def test_utf16_is_read_with_a_warning() -> None:
    text, warnings = decode("Pond".encode("utf-16"))

    assert text.endswith("Pond")
    assert "UTF-16" in warnings[0]
