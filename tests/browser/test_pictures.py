"""The pictures of the README say what the demonstration says, and that is the same on any day."""

from pathlib import Path

import pytest

from tests.browser.serving import answering
from tests.browser.shown import digest_of, words_shown
from tests.house.picture_sources import WORDS

pytestmark = pytest.mark.browser


def test_the_pictures_say_what_the_site_says_now(demonstration: dict[str, str]) -> None:
    with answering(demonstration) as address:
        words = words_shown(address, Path(demonstration["RESOLVED_VAR"]))
    assert "Home care" in words or "home care" in words
    assert WORDS.read_text(encoding="ascii").strip() == digest_of(words), (
        "make them anew: python -m tests.browser.make_pictures"
    )
