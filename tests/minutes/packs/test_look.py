"""How six pages look: compared with pictures kept in text. `KEEP_PICTURES=1` in the environment keeps them as they are now."""

import os
from pathlib import Path

import pytest

from minutes.packs.build import BuiltPack
from tests.minutes.packs.fingerprints import differing, fingerprint
from tests.minutes.packs.whole import Whole

KEPT = Path(__file__).with_name("pictures")
MOST = 25
"""So many of the 5,100 fields may differ: fonts are drawn a little differently by each version of the drawing library."""
LOOKED_AT = {"cover": 1, "agenda": 3, "item": 5, "uploaded-paper": 7}
BY_KEY = {"actions": "actions", "accessibility": "accessibility"}


def pages_of(pack: BuiltPack) -> dict[str, int]:
    """The pages that are looked at, by the name of their picture."""
    begins = {row["key"]: int(row["labels"][0]) for row in pack.layout}
    return LOOKED_AT | {name: begins[key] for name, key in BY_KEY.items()}


@pytest.mark.parametrize("name", [*LOOKED_AT, *BY_KEY])
def test_a_page_looks_as_it_did(whole: Whole, name: str) -> None:
    file, found = KEPT / f"{name}.txt", fingerprint(whole.mixed.file, pages_of(whole.mixed)[name])
    if os.environ.get("KEEP_PICTURES"):
        file.write_text("\n".join(found) + "\n", encoding="ascii")
    fields = list(differing(found, file.read_text(encoding="ascii").splitlines()))
    assert len(fields) <= MOST, f"The page “{name}” looks different in {len(fields)} fields, the first at {fields[:3]}."


def test_another_page_is_told_from_the_one_kept(whole: Whole) -> None:
    """A check of the check."""
    kept = (KEPT / "agenda.txt").read_text(encoding="ascii").splitlines()
    assert len(list(differing(fingerprint(whole.mixed.file, 1), kept))) > MOST
