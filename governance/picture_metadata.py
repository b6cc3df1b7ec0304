"""What a picture's file says besides the picture: where and when it was taken, by whose camera. The public is sent none of it."""

from collections.abc import Iterator

_JPEG, _PNG, _RIFF = b"\xff\xd8", b"\x89PNG\r\n\x1a\n", b"RIFF"
_SCAN, _COMMENT = 0xDA, 0xFE
_SAID_BY_PROGRAMS = range(0xE1, 0xF0)
_COLOURS, _ADOBE = 0xE2, 0xEE
"""Of what programs add to a JPEG, the colour profile and the way its colours are coded belong to the picture."""
_OF_PNG = frozenset({b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"tIME"})
_OF_WEBP = frozenset({b"EXIF", b"XMP "})


def without_metadata(data: bytes) -> bytes:
    """A picture without what its file says besides. Of a kind that is not known here, as it is.

    Args:
        data: the whole file. Its picture must have been turned the right way up already, because which way that is stands there too.
    """
    if data.startswith(_JPEG):
        return b"".join(_of_jpeg(data))
    if data.startswith(_PNG):
        return _PNG + b"".join(_of_png(data))
    if data.startswith(_RIFF) and data[8:12] == b"WEBP":
        kept = b"".join(_of_webp(data))
        return _RIFF + (len(kept) + 4).to_bytes(4, "little") + b"WEBP" + kept
    return data


def _of_jpeg(data: bytes) -> Iterator[bytes]:
    yield _JPEG
    place = len(_JPEG)
    while place + 4 <= len(data) and data[place] == 0xFF and data[place + 1] != _SCAN:
        marker, end = data[place + 1], place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        is_besides = marker == _COMMENT or (marker in _SAID_BY_PROGRAMS and marker not in {_COLOURS, _ADOBE})
        if not is_besides:
            yield data[place:end]
        place = end
    # From the first scan on everything is the picture.
    yield data[place:]


def _of_png(data: bytes) -> Iterator[bytes]:
    place = len(_PNG)
    while place < len(data):
        end = place + 12 + int.from_bytes(data[place : place + 4], "big")
        if data[place + 4 : place + 8] not in _OF_PNG:
            yield data[place:end]
        place = end


def _of_webp(data: bytes) -> Iterator[bytes]:
    place = 12
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        end = place + 8 + length + length % 2
        if data[place : place + 4] not in _OF_WEBP:
            yield data[place:end]
        place = end
