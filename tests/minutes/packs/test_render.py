"""The limited process: what it refuses, and that the site does not need what it needs."""

import subprocess
import sys
from pathlib import Path

from django.conf import settings

import pikepdf
import pytest

from minutes.packs import render
from minutes.packs.build import pack_assets
from minutes.packs.render import Renderer, SectionFailed

PAGE = '<!doctype html><html lang="en"><head><title>T</title></head><body>{}</body></html>'


def refuse(kept: Path, body: str, *, seconds: int = 20) -> str:
    with (
        pytest.raises(SectionFailed) as failed,
        Renderer(cache=kept, assets=pack_assets(settings.ROOT), seconds=seconds) as renderer,
    ):
        renderer.render("Item 7", PAGE.format(body))
    assert failed.value.section == "Item 7"
    assert "\n" not in failed.value.reason
    assert not list(kept.glob("*.pdf"))
    return failed.value.reason


@pytest.mark.parametrize(
    ("body", "asked"),
    [
        ('<img src="file:///etc/passwd" alt="x">', "file:///etc/passwd"),
        ('<img src="http://127.0.0.1:9/x.png" alt="x">', "http://127.0.0.1:9/x.png"),
        ('<p style="background: url(http://127.0.0.1:9/)">x</p>', "http://127.0.0.1:9/"),
        ('<style>@import url("file:///etc/passwd");</style>x', "file:///etc/passwd"),
        ("<style>@font-face{font-family:X;src:url(file:///etc/passwd)}p{font-family:X}</style><p>x</p>", "file:///etc/passwd"),
        ('<a rel="attachment" href="file:///etc/passwd">x</a>', "file:///etc/passwd"),
        ('<object data="file:///etc/passwd"></object>', "file:///etc/passwd"),
        ('<base href="file:///etc/"><img src="passwd" alt="x">', "file:///etc/passwd"),
        ('<img src="asset:../settings.py" alt="x">', "asset:../settings.py"),
        ('<img src="data:image/png;base64,AAAA" alt="x">', "data:image/png;base64,AAAA"),
    ],
)
def test_nothing_outside_the_pack_is_fetched(look: None, tmp_path: Path, body: str, asked: str) -> None:
    assert refuse(tmp_path, body) == f"The text asks for “{asked}”, which is not part of the pack."


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<ul><li>" * 300 + "x", "nested too deep"),
        ('<p style="font-size: 1e9px">x</p>', "could not be laid out"),
        ('<img src="asset:closed.svg">', "no required alt description"),
        ('<a href="#nowhere">x</a>', "nowhere"),
        ('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd" width="9" height="9"/></svg>', "as written"),
    ],
)
def test_what_would_not_print_as_written_is_refused(look: None, tmp_path: Path, body: str, reason: str) -> None:
    assert reason in refuse(tmp_path, body)


def test_an_attached_file_is_not_attached(look: None, tmp_path: Path) -> None:
    with Renderer(cache=tmp_path, assets=pack_assets(settings.ROOT)) as renderer:
        made = renderer.render("Item 7", PAGE.format('<link rel="attachment" href="file:///etc/passwd">x'))
    with pikepdf.open(made) as pdf:
        assert len(pdf.attachments) == 0
        assert not [
            thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Type") == "/EmbeddedFile"
        ]


def test_a_section_that_takes_too_long_is_ended(look: None, tmp_path: Path) -> None:
    assert refuse(tmp_path, "<div>" * 20_000 + "x", seconds=1) == "Printing it takes more time than a section may."


def test_a_renderer_goes_on_after_a_section_failed(look: None, tmp_path: Path) -> None:
    with Renderer(cache=tmp_path, assets=pack_assets(settings.ROOT)) as renderer:
        with pytest.raises(SectionFailed):
            renderer.render("Bad", PAGE.format('<p style="font-size: 1e9px">x</p>'))
        assert renderer.render("Good", PAGE.format("<p>x</p>")).is_file()


def test_the_process_may_not_connect_nor_start_programs(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        f"""
import runpy, sys
child = runpy.run_path({str(render.CHILD)!r})
sys.addaudithook(child["forbid_network_and_programs"])
import os, socket, subprocess
for attempt in (
    lambda: socket.create_connection(("127.0.0.1", 9)),
    lambda: subprocess.run(["true"]),
    lambda: os.system("true"),
    lambda: os.fork(),
):
    try:
        attempt()
    except PermissionError:
        continue
    raise SystemExit("allowed")
"""
    )
    subprocess.run([sys.executable, script], check=True, capture_output=True)


def test_the_site_starts_without_weasyprint() -> None:
    look_for = "import minutes.packs.render, sys; raise SystemExit('weasyprint' in sys.modules)"
    subprocess.run([sys.executable, "-c", look_for], check=True, cwd=settings.ROOT)


def test_a_missing_library_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    child = tmp_path / "child.py"
    child.write_text("raise OSError(\"cannot load library 'libgobject-2.0-0'\")")
    monkeypatch.setattr(render, "CHILD", child)
    with pytest.raises(SectionFailed, match="libraries are not installed"), Renderer(cache=tmp_path, assets={}) as renderer:
        renderer.render("Cover", PAGE.format("x"))


def test_a_section_is_rendered_once_for_the_same_page_and_assets(look: None, tmp_path: Path) -> None:
    assets = pack_assets(settings.ROOT)
    for expected in (1, 0):
        with Renderer(cache=tmp_path, assets=assets) as renderer:
            renderer.render("Item 7", PAGE.format("<p>x</p>"))
            assert renderer.rendered == expected
    other = {**assets, "print.css": assets["closed.svg"]}
    with Renderer(cache=tmp_path, assets=other) as renderer:
        renderer.render("Item 7", PAGE.format("<p>x</p>"))
        assert renderer.rendered == 1
