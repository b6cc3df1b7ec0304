"""How six pages look at a frozen date, pixel by pixel. `KEEP_PICTURES=1` in the environment keeps them as they are now."""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw

from minutes.packs.build import BuiltPack
from tests.minutes.packs.fingerprints import HEIGHT, WIDTH, differing, keep, picture
from tests.minutes.packs.whole import Whole

KEPT = Path(__file__).with_name("pictures")
MOST = 20
"""So many pixels may differ plainly: less than a page number has."""
LOOKED_AT = {"cover": 1, "agenda": 3, "item": 5, "uploaded-paper": 7}
BY_KEY = {"actions": "actions", "accessibility": "accessibility"}


def pages_of(pack: BuiltPack) -> dict[str, int]:
    """The pages that are looked at, by the name of their picture."""
    begins = {row["key"]: int(row["labels"][0]) for row in pack.layout}
    return LOOKED_AT | {name: begins[key] for name, key in BY_KEY.items()}


@pytest.mark.parametrize("name", [*LOOKED_AT, *BY_KEY])
def test_a_page_looks_as_it_did(whole: Whole, name: str) -> None:
    file, found = KEPT / f"{name}.png", picture(whole.mixed.file, pages_of(whole.mixed)[name])
    if os.environ.get("KEEP_PICTURES"):
        keep(found, file)
    with Image.open(file) as kept:
        pixels = differing(found, kept)
    assert pixels <= MOST, f"The page “{name}” looks different in {pixels} pixels."


def test_what_a_proofreader_would_see_is_seen() -> None:
    """A check of the check: a number that is gone, a shape that is another, all a little lower; but not a softer edge."""
    with Image.open(KEPT / "agenda.png") as opened:
        kept = opened.convert("L")
    assert differing(kept.point(lambda level: min(255, level + 12)), kept) == 0
    number = kept.copy()
    ImageDraw.Draw(number).rectangle((WIDTH - 110, HEIGHT - 50, WIDTH - 40, HEIGHT - 20), fill=255)
    lower = ImageChops.offset(kept, 0, 3)
    with Image.open(KEPT / "cover.png") as other:
        for changed in (number, lower, other.convert("L")):
            assert differing(changed, kept) > MOST
