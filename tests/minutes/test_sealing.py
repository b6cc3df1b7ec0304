"""Words are sealed with the newest key, opened with any, and with none a plain sentence says so."""

from typing import Any

import pytest
from cryptography.fernet import Fernet

from governance.exceptions import Refused
from governance.sealing import CannotOpen, problems_of_keys, seal, seal_anew, unseal
from minutes.checks import there_are_keys

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
WORDS = {"title": "Quinquefoil ŵ", "text": ""}


def test_what_is_sealed_says_nothing_and_opens_again(settings: Any) -> None:
    settings.RESTRICTED_KEYS = [OLD]
    sealed = seal(WORDS, of=7)
    assert "Quinquefoil" not in sealed
    assert unseal(sealed, of=7) == WORDS
    with pytest.raises(CannotOpen, match="another item"):
        unseal(sealed, of=8)


def test_old_keys_open_and_the_newest_seals(settings: Any) -> None:
    settings.RESTRICTED_KEYS = [OLD]
    sealed = seal(WORDS, of=7)
    settings.RESTRICTED_KEYS = [NEW, OLD]
    assert unseal(sealed, of=7) == WORDS
    anew = seal_anew(sealed)
    settings.RESTRICTED_KEYS = [NEW]
    assert unseal(anew, of=7) == WORDS
    for broken in (sealed, "", "not sealed", anew[:-4]):
        with pytest.raises(CannotOpen, match="No key"):
            unseal(broken, of=7)


@pytest.mark.parametrize("keys", [[], ["too short"], [NEW, "not a key ŵ"]])
def test_without_a_key_a_sentence_says_so_and_the_key_is_not_printed(settings: Any, keys: list[str]) -> None:
    settings.RESTRICTED_KEYS = keys
    with pytest.raises(Refused, match="RESTRICTED_KEYS"):
        seal(WORDS, of=7)
    found = there_are_keys()
    assert [message.id for message in found] == (["minutes.E001"] if keys else ["minutes.W001"])
    assert not any(key in problem for key in keys for problem in problems_of_keys())


def test_good_keys_raise_no_concern(settings: Any) -> None:
    assert there_are_keys() == []
    settings.RESTRICTED_KEYS = [NEW, OLD]
    assert there_are_keys() == []
