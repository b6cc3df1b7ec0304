"""The pictures of the README show the pages as they are now."""

from pathlib import Path

import pytest
from PIL import Image

from tests.house import picture_sources
from tests.house.picture_sources import DIGEST, PICTURES, SOURCES, digest


def test_the_pictures_were_made_of_what_is_there_now() -> None:
    assert DIGEST.read_text(encoding="ascii").strip() == digest(), "make them anew: python -m tests.browser.make_pictures"


def test_the_pictures_are_pictures_of_a_page_each() -> None:
    for name in ("progress", "pack"):
        with Image.open(PICTURES / f"{name}.png") as picture:
            assert min(picture.size) > 300
            assert len(picture.convert("L").getcolors() or [0] * 256) > 10


def test_every_source_is_there_and_a_changed_one_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert all(list(picture_sources.ROOT.glob(pattern)) for pattern in SOURCES)
    monkeypatch.setattr(picture_sources, "ROOT", tmp_path)
    before = digest()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "base.html").write_text("other", encoding="utf-8")
    assert digest() != before
