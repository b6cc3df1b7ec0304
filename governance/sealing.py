"""Sealing words that are not for publication, and opening them again: encrypted, with keys that lie outside the database."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from governance.exceptions import Refused


class CannotOpen(Refused):
    """No key of this installation opens the words, or they are not those of that item."""


def problems_of_keys() -> list[str]:
    """What is wrong with the keys in RESTRICTED_KEYS; nothing where each is a key. Never the key itself."""
    found = []
    for number, key in enumerate(settings.RESTRICTED_KEYS, start=1):
        try:
            Fernet(key)
        except (ValueError, TypeError):
            found.append(f"Key {number} of RESTRICTED_KEYS is not 32 random bytes in URL-safe base 64.")
    return found


def seal(words: Mapping[str, Any], *, of: int) -> str:
    """Seal words with the newest key.

    Args:
        of: the key of the item they belong to; they open as those of no other.

    Raises:
        Refused: there is no key.
    """
    plain = json.dumps({"of": of, "words": words}, ensure_ascii=False, sort_keys=True)
    return _keys().encrypt(plain.encode()).decode("ascii")


def unseal(sealed: str, *, of: int) -> dict[str, Any]:
    """The words that were sealed.

    Raises:
        CannotOpen: no key opens them, or they were sealed as those of another item.
    """
    content: dict[str, Any] = json.loads(_opened(sealed))
    if content["of"] != of:
        raise CannotOpen(_("The words that are kept here were sealed for another item, so they are not shown."))
    words: dict[str, Any] = content["words"]
    return words


def seal_anew(sealed: str) -> str:
    """The same words sealed with the newest key.

    Raises:
        CannotOpen: no key opens them.
    """
    return _keys().encrypt(_opened(sealed)).decode("ascii")


def key_of_a_file() -> str:
    """A new key, for one file alone. It is kept sealed beside what is told of the file, so that keys are changed without the file."""
    return Fernet.generate_key().decode("ascii")


def seal_block(plain: bytes, *, key: str) -> bytes:
    """Seal a block of a file with the file's own key."""
    return Fernet(key).encrypt(plain)


def open_block(sealed: bytes, *, key: str) -> bytes:
    """A block of a file, opened.

    Raises:
        CannotOpen: it is not what was sealed with this key.
    """
    try:
        return Fernet(key).decrypt(sealed)
    except InvalidToken:
        raise CannotOpen(_("The file that is kept here is not what was sealed, so it is not shown.")) from None


def _opened(sealed: str) -> bytes:
    try:
        return _keys().decrypt(sealed)
    except InvalidToken:
        words = _(
            "No key of this installation opens these words. Whoever keeps the server can add the key of then to RESTRICTED_KEYS."
        )
        raise CannotOpen(words) from None


def _keys() -> MultiFernet:
    if not settings.RESTRICTED_KEYS or problems_of_keys():
        raise CannotOpen(_("This installation has no key for words that are not for publication: set RESTRICTED_KEYS."))
    return MultiFernet([Fernet(key) for key in settings.RESTRICTED_KEYS])
