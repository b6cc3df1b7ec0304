"""Printing processes that wait for the next pack."""

from pathlib import Path

from django.conf import settings

import pytest

from minutes.packs.build import pack_assets
from minutes.packs.render import Renderer
from minutes.packs.resting import MOST_JOBS, RestingPlace

PAGE = "<!doctype html><html lang='en'><head><title>T</title></head><body><p>{}</p></body></html>"


class Resting:
    """A process that only knows whether it was ended."""

    def __init__(self, jobs: int = 1) -> None:
        self.jobs, self.ended = jobs, False

    def end(self) -> None:
        self.ended = True


def test_a_process_is_found_under_its_key_and_once() -> None:
    place, process = RestingPlace(), Resting()
    place.put("pack", process)
    assert place.take("letter") is None
    assert place.take("pack") is process
    assert place.take("pack") is None


def test_a_process_that_nobody_wants_is_ended() -> None:
    place, process = RestingPlace(seconds=0.0), Resting()
    place.put("pack", process)
    place.end_old()
    assert process.ended and place.take("pack") is None


def test_a_process_that_printed_much_is_not_kept() -> None:
    place, process = RestingPlace(), Resting(jobs=MOST_JOBS)
    place.put("pack", process)
    assert process.ended and place.take("pack") is None


def test_the_next_renderer_finds_the_process_of_the_last(look: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = RestingPlace()
    assets = pack_assets(settings.ROOT)
    with Renderer(cache=tmp_path, assets=assets, rests=place) as renderer:
        renderer.render("First", PAGE.format("First"))
    monkeypatch.setattr("subprocess.Popen", None)
    with Renderer(cache=tmp_path, assets=assets, rests=place) as renderer:
        assert renderer.render("Second", PAGE.format("Second")).is_file()
    place.end_all()
