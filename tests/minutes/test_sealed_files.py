"""Files sealed block by block: what comes out is what went in, or nothing."""

import io

import pytest

from governance.sealing import CannotOpen, key_of_a_file
from minutes.sealed_files import BLOCK, MARK, opened_blocks, seal_file


def sealed(plain: bytes, key: str) -> bytes:
    """A sealed file."""
    made = io.BytesIO()
    seal_file(io.BytesIO(plain), made, key=key)
    return made.getvalue()


def opened(content: bytes, key: str) -> bytes:
    """What a sealed file opens to."""
    return b"".join(opened_blocks(io.BytesIO(content), key=key))


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_a_file_of_any_size_opens_to_what_it_was(size: int) -> None:
    key, plain = key_of_a_file(), bytes(range(256)) * (size // 256) + bytes(size % 256)
    kept = sealed(plain, key)
    assert opened(kept, key) == plain
    assert size < 100 or plain[:100] not in kept


def test_a_file_that_is_cut_off_changed_or_put_in_another_order_does_not_open() -> None:
    key = key_of_a_file()
    kept = sealed(b"a" * BLOCK + b"b" * BLOCK + b"c", key)
    length = int.from_bytes(kept[len(MARK) : len(MARK) + 4], "big") + 4
    head, first = kept[: len(MARK)], kept[len(MARK) : len(MARK) + length]
    second, last = kept[len(MARK) + length : len(MARK) + 2 * length], kept[len(MARK) + 2 * length :]
    assert head + first + second + last == kept
    flipped = bytearray(kept)
    flipped[len(kept) // 2] ^= 1
    for wrong in (
        head + first + second,
        head + second + first + last,
        head + first + last,
        head + last,
        head + first + first + second + last,
        kept[:-1],
        kept[:10],
        head,
        b"",
        head + b"\xff\xff\xff\xff" + first[4:],
        bytes(flipped),
    ):
        with pytest.raises(CannotOpen, match="not what was sealed"):
            opened(wrong, key)


def test_the_key_of_another_file_does_not_open_it() -> None:
    with pytest.raises(CannotOpen):
        opened(sealed(b"x", key_of_a_file()), key_of_a_file())
