"""The claim every pack makes of itself: it is PDF/UA-1 (ISO 14289-1)."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from minutes.enums import PackAudience, PackEdition, PackKind
from minutes.packs.build import build
from tests.minutes.packs.sample import minutes_of_july, sample_pack
from tests.pdf.verapdf import validate

PACKS: dict[str, dict[str, Any]] = {
    "agenda": {},
    "members": {"audience": PackAudience.MEMBERS},
    "large": {"edition": PackEdition.LARGE_PRINT},
    "minutes": {"kind": PackKind.MINUTES, "minutes": minutes_of_july()},
    "actions": {"kind": PackKind.ACTIONS},
    "bare": {"venue": "", "chair": "", "how_to_attend": "", "contact": "", "members": ()},
    "bare minutes": {
        "kind": PackKind.MINUTES,
        "minutes": replace(minutes_of_july(), present=(), in_attendance=(), apologies=()),
    },
}
RICH = (
    "<ul>stray<li><p>one</p><p>two</p></li><li>a<ol><li>b<ul><li>c</li></ul>after</li></ol></li></ul>"
    "<blockquote><p>quoted</p></blockquote><table><caption>Votes</caption>"
    "<tr><td>no header</td><td rowspan=2>x</td></tr><tr><td>y</td></tr></table>"
    "<p><a href='https://example.org/a/very/long/address/that/wraps/over/more/than/one/line/of/the/page'>A link of many "
    "words, long enough to be broken over two lines of the printed page</a></p><h3>H</h3><h6>J</h6><p>H<sub>2</sub>O</p>"
)


@pytest.mark.pdf
def test_every_kind_of_pack_is_pdf_ua(sections_kept: Path, tmp_path: Path) -> None:
    files = []
    contents = {name: sample_pack(**changes) for name, changes in PACKS.items()}
    item = replace(sample_pack().items[6], body=RICH)
    contents["rich text"] = sample_pack(items=(item,))
    for name, content in contents.items():
        file = tmp_path / f"{name}.pdf"
        build(content, cache_dir=sections_kept, target=file)
        files.append(file)
    verdicts = dict(zip(contents, validate(files), strict=True))
    assert {name: verdict.broken for name, verdict in verdicts.items()} == dict.fromkeys(contents, ())
    assert verdicts["agenda"].assertions > 50_000


@pytest.mark.pdf
def test_the_validator_sees_what_is_wrong(built_file: Path, tmp_path: Path) -> None:
    """A check of the check: without its tags the same pack fails."""
    bare = tmp_path / "bare.pdf"
    with pikepdf.open(built_file) as pdf:
        del pdf.Root["/StructTreeRoot"]
        del pdf.Root["/MarkInfo"]
        pdf.save(bare)
    (verdict,) = validate([bare])
    assert any(rule.startswith("7.1-") for rule in verdict.broken)
