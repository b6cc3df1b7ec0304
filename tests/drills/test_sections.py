"""A table of thousands of rows in an item's text is printed within the limits of the printing process, and stays accessible."""

import subprocess
from dataclasses import replace
from pathlib import Path

from minutes.packs.build import build
from tests.drills.sizes import drilled
from tests.minutes.packs.sample import sample_pack

ROWS = {"small": 400, "full": 3_000, "long": 6_000}
HEAD = "<thead><tr><th>Street</th><th>People</th></tr></thead>"


def test_a_very_long_table_is_printed(look: None, tmp_path: Path) -> None:
    rows = ROWS[drilled(engine_matters=False)]
    cells = "".join(f"<tr><th scope='row'>Street {number}</th><td>{number}</td></tr>" for number in range(1, rows + 1))
    item = replace(sample_pack().items[6], body=f"<table>{HEAD}<tbody>{cells}</tbody></table>")
    content = sample_pack(items=(item,), previous_minutes=None, actions=())
    pack = build(content, cache_dir=tmp_path / "sections", target=tmp_path / "pack.pdf")
    assert pack.claim.is_accessible and pack.pages > rows // 30
    last = ["pdftotext", "-f", str(pack.pages - 1), str(pack.file), "-"]
    assert f"Street {rows}" in subprocess.run(last, check=True, capture_output=True, text=True).stdout
