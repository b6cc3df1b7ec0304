"""The pictures of the README say what the demonstration says, and that is the same on any day."""

from pathlib import Path

import pytest

from tests.browser.shown import demonstration, digest_of, words_shown
from tests.house.picture_sources import WORDS

pytestmark = pytest.mark.browser


def test_the_pictures_say_what_the_site_says_now(static_files: Path, tmp_path: Path) -> None:
    with demonstration(tmp_path, static_files) as address:
        words = words_shown(address, tmp_path)
    assert "Home care" in words or "home care" in words
    assert WORDS.read_text(encoding="ascii").strip() == digest_of(words), (
        "make them anew: python -m tests.browser.make_pictures"
    )
