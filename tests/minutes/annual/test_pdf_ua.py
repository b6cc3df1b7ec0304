"""An annual report is PDF/UA-1 (ISO 14289-1), and the same content gives the same file."""

import json
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from minutes.annual.content import AnnualContent, Answers
from minutes.annual.pack_content import annual_pack
from minutes.annual.printing import print_report
from minutes.packs.build import BuiltPack, build
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
            bookmarks = [entry.title for entry in outline.root]
            chapters = {entry.title: [below.title for below in entry.children] for entry in outline.root[1:]}
        told = json.loads(pdf.attachments["contents.json"].get_file().read_bytes())
        assert [str(page.label) for page in pdf.pages] == [str(number) for number in range(1, pages + 1)]
    assert bookmarks[1:] == ["Promises", "Decisions and meetings", "People and services"]
    assert chapters["People and services"][-1] == "What people raised"
    assert (told["kind"], told["year"]["label"], "meeting" in told) == ("annual", "2026-27", False)
    assert [line["reference"] for line in told["resolutions"]] == [line.reference for line in sample_year().resolutions]
    assert [section["title"] for section in told["sections"]] == bookmarks


def test_only_the_chapter_that_changed_is_printed_again(sections_kept: Path, tmp_path: Path) -> None:
    def built(content: AnnualContent) -> BuiltPack:
        return build(annual_pack(content, site_address=""), cache_dir=sections_kept, target=tmp_path / "report.pdf")

    built(sample_year())
    again = built(replace(sample_year(), points=Answers(raised=90, answered=1)))
    # The front has the figures, the last chapter their words.
    assert (again.rendered, again.reused) == (2, 2)


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
