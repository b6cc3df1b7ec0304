"""An annual report is PDF/UA-1 (ISO 14289-1), and the same content gives the same file."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from minutes.annual.content import Answers
from minutes.annual.printing import print_report
from tests.minutes.annual.sample import sample_year
from tests.pdf.verapdf import validate


def test_it_says_what_it_is_and_is_the_same_each_time(sections_kept: Path) -> None:
    data, pages = print_report(sample_year(), cache_dir=sections_kept)
    assert print_report(sample_year(), cache_dir=sections_kept) == (data, pages)
    with pikepdf.open(BytesIO(data)) as pdf:
        assert len(pdf.pages) == pages
        with pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Health and Wellbeing Board: annual report 2026-27"
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root[0].children][-1] == "What people raised"


@pytest.mark.pdf
def test_every_report_is_pdf_ua(sections_kept: Path, tmp_path: Path) -> None:
    full = sample_year()
    nothing = Answers(raised=0, answered=0)
    empty = replace(
        full,
        meetings=(),
        resolutions=(),
        attendance=(),
        services=(),
        workshops=(),
        promises=tuple(replace(group, total=0, lines=()) for group in full.promises),
        points=nothing,
        questions=nothing,
        is_over=True,
        as_at=date(2027, 6, 1),
    )
    long = replace(full, resolutions=full.resolutions * 80, meetings=full.meetings * 20)
    files = []
    for name, content in (("full", full), ("empty", empty), ("long", long)):
        files.append(tmp_path / f"{name}.pdf")
        files[-1].write_bytes(print_report(content, cache_dir=sections_kept)[0])
    verdicts = validate(files)
    assert [verdict.broken for verdict in verdicts] == [(), (), ()]
    assert verdicts[0].assertions > 1_000
