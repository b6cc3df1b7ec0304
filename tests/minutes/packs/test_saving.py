"""A full disk while a pack is made: told as what it is, and the worker lives on."""

import errno
from pathlib import Path

import pytest
from pikepdf import Pdf

from minutes.packs.build import pack_assets
from minutes.packs.render import Renderer
from minutes.packs.saving import save_whole
from tests.minutes.packs.fingerprints import HEIGHT, WIDTH

FULL = Path("/dev/full")


@pytest.mark.parametrize("pages", [1, 2_000])
def test_a_pdf_that_finds_no_room_is_refused_and_the_process_goes_on(tmp_path: Path, pages: int) -> None:
    with Pdf.new() as pdf:
        for _page in range(pages):
            pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        with pytest.raises(OSError) as refused:
            save_whole(pdf, FULL)
        assert refused.value.errno == errno.ENOSPC
        save_whole(pdf, tmp_path / "whole.pdf")
    with Pdf.open(tmp_path / "whole.pdf") as kept:
        assert len(kept.pages) == pages


def test_a_section_that_finds_no_room_is_no_fault_of_the_section(sections_kept: Path, settings: object) -> None:
    assets = pack_assets(settings.ROOT)  # type: ignore[attr-defined]
    page = "<!doctype html><html lang='en-GB'><head><title>A</title></head><body><h1>A</h1></body></html>"
    with Renderer(cache=sections_kept, assets=assets) as renderer:
        with pytest.raises(OSError) as refused:
            renderer.print_raw("A", page, FULL)
        assert refused.value.errno == errno.ENOSPC
        renderer.print_raw("A", page, sections_kept / "raw.pdf")
