"""Sealing whole files and opening them again, block by block, so that no process holds a whole one and nothing lies open on a disk.

A sealed file is a mark and, for each block, its length and its seal. In each seal stand the block's place and whether it is the last:
blocks that are taken out, put in another order or cut off do not open.
"""

from collections.abc import Iterator
from typing import IO

from django.utils.translation import gettext as _

from governance.sealing import CannotOpen, open_block, seal_block

MARK = b"RESOLVED-SEALED-1\n"
BLOCK = 1 << 20
_LONGEST = 2 * BLOCK
_NUMBER = 4
"""So many bytes hold a length or a place."""


def seal_file(plain: IO[bytes], sealed: IO[bytes], *, key: str) -> None:
    """Seal a file.

    Args:
        plain: open for reading, at its beginning.
        sealed: open for writing.
        key: of this file alone, see `governance.sealing.key_of_a_file`.
    """
    sealed.write(MARK)
    number, block = 0, plain.read(BLOCK)
    while True:
        following = plain.read(BLOCK) if block else b""
        token = seal_block(_number(number) + bytes([not following]) + block, key=key)
        sealed.write(_number(len(token)) + token)
        if not following:
            return
        number, block = number + 1, following


def opened_blocks(sealed: IO[bytes], *, key: str) -> Iterator[bytes]:
    """The blocks of a sealed file, opened one after the other.

    Raises:
        CannotOpen: it is not what was sealed with this key, or its end is missing.
    """
    if sealed.read(len(MARK)) != MARK:
        raise _is_damaged()
    number, is_last = 0, False
    while not is_last:
        head = sealed.read(_NUMBER)
        if len(head) < _NUMBER or int.from_bytes(head, "big") > _LONGEST:
            raise _is_damaged()
        plain = open_block(sealed.read(int.from_bytes(head, "big")), key=key)
        if plain[:_NUMBER] != _number(number):
            raise _is_damaged()
        is_last = bool(plain[_NUMBER])
        number += 1
        yield plain[_NUMBER + 1 :]


def _number(value: int) -> bytes:
    return value.to_bytes(_NUMBER, "big")


def _is_damaged() -> CannotOpen:
    return CannotOpen(_("The file that is kept here is not what was sealed, so it is not shown."))
